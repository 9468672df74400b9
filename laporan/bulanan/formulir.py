"""The form of the monthly report, read from data: parts, groups, fields, and the balance rule."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from akseptor.enums import Metode
from laporan.bulanan.bukti import kunci_kegiatan, kunci_orang, kunci_peran
from laporan.enums import PeranBhakti
from laporan.models import Formulir
from poskb.dasar.tolak import Ditolak

KUNCI = re.compile(r"[a-z][a-z0-9_]{0,39}")
SIFAT = {"kunci", "label", "bantuan", "bawa", "kegiatan", "paling_banyak"}


@dataclass(frozen=True)
class Isian:
    """One number to fill in.

    `bawa`: starts from last month's value. `kegiatan`: an activity of the month, 0 by definition when nihil.
    `paling_banyak`: key of the number that this one is a part of.
    """

    kunci: str
    label: str
    bantuan: str = ""
    bawa: bool = False
    kegiatan: bool = False
    paling_banyak: str = ""


@dataclass(frozen=True)
class Kelompok:
    """Fields that stand together; `metode` names the methods of the table of new acceptors, else empty.

    `peran` names the roles of the table of evidence, else empty.
    """

    judul: str
    bantuan: str
    isian: tuple[Isian, ...]
    metode: tuple[Metode, ...]
    peran: tuple[PeranBhakti, ...] = ()


@dataclass(frozen=True)
class Bagian:
    """One part, I to VI."""

    kunci: str
    judul: str
    kelompok: tuple[Kelompok, ...]


@dataclass(frozen=True)
class Susunan:
    """A whole form."""

    bagian: tuple[Bagian, ...]
    imbang_jumlah: str
    imbang_dari: tuple[str, ...]

    @cached_property
    def isian(self) -> dict[str, Isian]:
        """Every plain field by key, in reading order."""
        return {i.kunci: i for b in self.bagian for k in b.kelompok for i in k.isian}

    @cached_property
    def metode(self) -> tuple[Metode, ...]:
        """The methods whose new acceptors are reported."""
        return tuple(m for b in self.bagian for k in b.kelompok for m in k.metode)

    @cached_property
    def peran(self) -> tuple[PeranBhakti, ...]:
        """The roles whose evidence is reported."""
        return tuple(p for b in self.bagian for k in b.kelompok for p in k.peran)

    @cached_property
    def kunci_bagian(self) -> tuple[str, ...]:
        """Keys of the parts, in order."""
        return tuple(b.kunci for b in self.bagian)

    @cached_property
    def nama(self) -> dict[str, str]:
        """What to call every stored value outside its place on the page."""
        nama = {i.kunci: f"{k.judul}, {i.label}" for b in self.bagian for k in b.kelompok for i in k.isian}
        for m in self.metode:
            nama |= {kunci_target(m): f"Target {m.label}", kunci_lalu(m): f"{m.label} s/d bulan lalu"}
            nama |= {kunci_lapor(m): f"{m.label} dilaporkan", kunci_alasan(m): f"Alasan {m.label} berbeda"}
        for p in self.peran:
            nama[kunci_kegiatan(p)] = f"{p.label}, kegiatan dilaporkan"
            nama[kunci_orang(p)] = f"{p.label}, orang dilaporkan"
            nama[kunci_alasan(kunci_peran(p))] = f"Alasan {p.label} berbeda"
        return nama | {"nihil": "Nihil"}

    @cached_property
    def dibawa(self) -> tuple[str, ...]:
        """Keys of the stored values with which the next month starts."""
        return (*(k for k, i in self.isian.items() if i.bawa), *(kunci_target(m) for m in self.metode))


def kunci_target(metode: str) -> str:
    """Key of the target (PPM) of new acceptors of a method."""
    return f"baru_target_{metode}"


def kunci_lalu(metode: str) -> str:
    """Key of "until last month", used only when no earlier report of the year says it."""
    return f"baru_lalu_{metode}"


def kunci_lapor(metode: str) -> str:
    """Key of the number reported instead of the counted one."""
    return f"baru_ini_{metode}"


def kunci_alasan(metode: str) -> str:
    """Name of the form field with the reason why a reported number differs."""
    return f"alasan_{metode}"


def baca(isi: dict[str, Any]) -> Susunan:
    """Read a form from data that `periksa` accepts."""
    bagian = tuple(
        Bagian(
            b["kunci"],
            b["judul"],
            tuple(
                Kelompok(
                    k["judul"],
                    k.get("bantuan", ""),
                    tuple(Isian(**i) for i in k.get("isian", ())),
                    tuple(Metode(m) for m in k.get("akseptor_baru", ())),
                    tuple(PeranBhakti) if k.get("peran_bhakti") else (),
                )
                for k in b["kelompok"]
            ),
        )
        for b in isi["bagian"]
    )
    imbang = isi.get("imbang") or {"jumlah": "", "dari": ()}
    return Susunan(bagian, imbang["jumlah"], tuple(imbang["dari"]))


def periksa(isi: Any) -> None:
    """Check the data of a form, for admin and for the command. Raises ValidationError with every fault found."""
    galat = _galat_bentuk(isi)
    if not galat:
        susunan = baca(isi)
        galat = [*_galat_kunci(isi, susunan), *_galat_acuan(susunan)]
    if galat:
        raise ValidationError(galat)


def _galat_bentuk(isi: Any) -> list[str]:
    """Faults of shape; until there are none, nothing else can be read."""
    if not isinstance(isi, dict) or not _daftar(isi.get("bagian")):
        return ['Formulir harus berupa {"bagian": [...]} dengan sedikitnya satu bagian.']
    galat = []
    for b in isi["bagian"]:
        if not (isinstance(b, dict) and _teks(b, "kunci", "judul") and _daftar(b.get("kelompok"))):
            galat.append("Setiap bagian perlu kunci, judul, dan daftar kelompok.")
            continue
        for k in b["kelompok"]:
            galat += _galat_kelompok(k, b["kunci"])
    return galat + _galat_bentuk_imbang(isi.get("imbang"))


def _galat_bentuk_imbang(imbang: Any) -> list[str]:
    if not imbang:
        return []
    benar = isinstance(imbang, dict) and _teks(imbang, "jumlah") and _daftar(imbang.get("dari"))
    if benar and all(isinstance(k, str) for k in imbang["dari"]) and len(set(imbang["dari"])) == len(imbang["dari"]):
        return []
    return ['"imbang" perlu "jumlah" dan daftar "dari" yang berisi kunci, masing-masing satu kali.']


def _galat_kelompok(k: Any, bagian: str) -> list[str]:
    if not (isinstance(k, dict) and _teks(k, "judul")):
        return [f"Bagian {bagian}: setiap kelompok perlu judul."]
    nama = f"Bagian {bagian}, {k['judul']}"
    if not isinstance(k.get("bantuan", ""), str):
        return [f"{nama}: bantuan harus berupa teks."]
    if "akseptor_baru" in k:
        metode = k["akseptor_baru"]
        benar = _daftar(metode) and all(m in Metode.values for m in metode) and len(set(metode)) == len(metode)
        return [] if benar else [f"{nama}: akseptor_baru harus daftar metode: {', '.join(Metode.values)}."]
    if "peran_bhakti" in k:
        return [] if k["peran_bhakti"] is True else [f"{nama}: peran_bhakti harus true."]
    if not _daftar(k.get("isian")):
        return [f"{nama}: perlu daftar isian, akseptor_baru, atau peran_bhakti."]
    return [pesan for i in k["isian"] for pesan in _galat_isian(i, nama)]


def _galat_isian(i: Any, nama: str) -> list[str]:
    if not (isinstance(i, dict) and _teks(i, "kunci", "label")):
        return [f"{nama}: setiap isian perlu kunci dan label."]
    if asing := sorted(set(i) - SIFAT):
        return [f"{nama}: sifat isian tidak dikenal: {', '.join(asing)}."]
    if not all(isinstance(i.get(s, ""), str) for s in ("bantuan", "paling_banyak")):
        return [f"{nama}: bantuan dan paling_banyak harus berupa teks."]
    if not all(isinstance(i.get(s, False), bool) for s in ("bawa", "kegiatan")):
        return [f"{nama}: bawa dan kegiatan harus true atau false."]
    return []


def _galat_kunci(isi: dict[str, Any], susunan: Susunan) -> list[str]:
    """Keys: well formed, used once, not reserved. The sum of fields counts repeats that the dict hides."""
    semua = [i.kunci for b in susunan.bagian for k in b.kelompok for i in k.isian]
    galat = [f'Kunci "{k}" hanya boleh huruf kecil, angka, dan garis bawah.' for k in semua if not KUNCI.fullmatch(k)]
    galat += [f'Kunci "{k}" dipakai untuk hal lain.' for k in semua if k.startswith(AWALAN_DIPAKAI) or k in DIPAKAI]
    galat += [f'Kunci "{k}" muncul lebih dari sekali.' for k in sorted({k for k in semua if semua.count(k) > 1})]
    bagian = [b["kunci"] for b in isi["bagian"]]
    if len(set(bagian)) < len(bagian) or UMUM in bagian:
        galat.append("Kunci bagian harus berbeda-beda.")
    if len(set(susunan.peran)) < len(susunan.peran):
        galat.append("Bukti peran hanya boleh muncul satu kali.")
    if len(set(susunan.metode)) < len(susunan.metode):
        galat.append("Setiap metode hanya boleh muncul satu kali di akseptor_baru.")
    return galat


def _galat_acuan(susunan: Susunan) -> list[str]:
    acuan = [i.paling_banyak for i in susunan.isian.values() if i.paling_banyak]
    acuan += [k for k in (susunan.imbang_jumlah, *susunan.imbang_dari) if k]
    return [f'Kunci "{k}" diacu tetapi tidak ada.' for k in acuan if k not in susunan.isian]


# Names of other fields in the same HTML form.
AWALAN_DIPAKAI = ("baru_", "alasan_", "peran_")
DIPAKAI = {"versi", "nihil", "imbang_diperiksa", "umum"}
UMUM = "umum"


def _teks(benda: dict[str, Any], *kunci: str) -> bool:
    return all(isinstance(benda.get(k), str) and benda[k].strip() for k in kunci)


def _daftar(benda: Any) -> bool:
    return isinstance(benda, list) and bool(benda)


def formulir_untuk(bulan: dt.date) -> Formulir:
    """Return the version in force in a month. Raises Ditolak when there is none: then the month has no report."""
    formulir = Formulir.objects.filter(berlaku_mulai__lte=bulan).first()
    if formulir is None:
        raise Ditolak(
            "Belum ada formulir laporan yang berlaku pada bulan ini. Pilih bulan yang lebih baru, atau hubungi DPPKB."
        )
    return formulir
