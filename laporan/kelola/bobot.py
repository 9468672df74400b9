"""Weights per desa: read, checked, loaded whole. None is shipped: what DPPKB does not bring is not known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from kader.actions import catat_jejak
from kader.models import Pengguna, Wilayah
from laporan.enums import MacamBobot
from laporan.models import BobotWilayah
from poskb.dasar.angka import angka
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang

TERBESAR = 10_000_000
# "1831" or "1.831": people's thousands.
BULAT = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+")
DISEBUT = 10
TAHUN_PERTAMA = 2000


@dataclass(frozen=True)
class Bobot:
    """What is known of one kind. `belum`: desa without a number."""

    macam: MacamBobot
    per_desa: dict[str, int] = field(default_factory=dict)
    sumber: str = ""
    tahun: int = 0
    belum: list[Wilayah] = field(default_factory=list)

    @property
    def dapat_dipakai(self) -> bool:
        """Whether a target can be shared by it. Known for some desa only: no, the others would get nothing."""
        return bool(self.per_desa) and not self.belum and any(self.per_desa.values())

    @property
    def asal(self) -> str:
        """Source and year."""
        return f"{self.sumber}, keadaan {self.tahun}" if self.per_desa else ""

    @property
    def sebab(self) -> str:
        """Why it cannot be used; "" when it can."""
        if self.dapat_dipakai:
            return ""
        nama = self.macam.label
        if not self.per_desa:
            return f"Belum ada {nama} per desa. Aplikasi tidak membawa angka ini; muat angka DPPKB sendiri."
        if self.belum:
            return (
                f"{nama[0].upper()}{nama[1:]} baru diketahui untuk {len(self.per_desa)} desa. Belum ada: "
                f"{sebut(d.nama_lengkap for d in self.belum)}. Dipakai bila semua desa punya angka."
            )
        return f"Semua {nama} bernilai 0."


def sebut(nama: Iterable[str]) -> str:
    """Name some things in a sentence: the first ten and how many more."""
    semua = list(nama)
    lebih = len(semua) - DISEBUT
    return "; ".join(semua[:DISEBUT]) + (f"; dan {lebih} lainnya" if lebih > 0 else "")


def semua_bobot(kode: str, desa: list[Wilayah] | None = None) -> dict[MacamBobot, Bobot]:
    """Return what is known for the desa of an area, per kind. Two queries, one when the desa are at hand."""
    desa = desa_di(kode) if desa is None else desa
    per_macam: dict[str, list[BobotWilayah]] = {m.value: [] for m in MacamBobot}
    for b in BobotWilayah.objects.di(kode):
        per_macam[b.macam].append(b)
    hasil = {}
    for macam in MacamBobot:
        baris = per_macam[macam.value]
        angka_desa = {b.wilayah_id: b.jumlah for b in baris}
        asal = (baris[0].sumber, baris[0].tahun) if baris else ("", 0)
        belum = [d for d in desa if d.kode not in angka_desa]
        hasil[macam] = Bobot(macam, {d.kode: angka_desa[d.kode] for d in desa if d.kode in angka_desa}, *asal, belum)
    return hasil


def desa_di(kode: str) -> list[Wilayah]:
    """Return the desa of an area with their kecamatan, in the order of their codes."""
    return list(Wilayah.objects.di(kode).desa().select_related("induk").order_by("kode"))


def baca_baris(teks: str) -> Iterator[tuple[int, str, str]]:
    """Read lines "kode, jumlah" (comma, semicolon or tab; more columns are passed over): number, code, count."""
    for nomor, baris in enumerate(teks.lstrip("\ufeff").splitlines(), start=1):
        pemisah = next((p for p in "\t;," if p in baris), ",")
        kolom = [k.strip().strip('"') for k in baris.split(pemisah)]
        if not any(kolom) or kolom[0].lower().startswith("kode"):
            continue
        yield nomor, kolom[0], kolom[1] if len(kolom) > 1 else ""


def periksa(teks: str, desa: list[Wilayah]) -> tuple[dict[str, int], list[str], list[Wilayah]]:
    """Return the numbers by code, what is wrong with the text in sentences, and the desa that have no number.

    A line without a number is a desa that is not known yet.
    """
    dikenal = {d.kode for d in desa}
    hasil: dict[str, int] = {}
    salah: list[str] = []
    for nomor, kode, jumlah in baca_baris(teks):
        if kode not in dikenal:
            salah.append(f"Baris {nomor}: kode “{kode[:20]}” bukan kode desa di kabupaten ini.")
        elif not jumlah:
            continue
        elif not BULAT.fullmatch(jumlah) or int(jumlah.replace(".", "")) > TERBESAR:
            salah.append(f"Baris {nomor}: jumlah “{jumlah[:20]}” untuk {kode} bukan bilangan bulat.")
        elif kode in hasil:
            salah.append(f"Baris {nomor}: kode {kode} sudah ada di baris sebelumnya.")
        else:
            hasil[kode] = int(jumlah.replace(".", ""))
    return hasil, salah, [d for d in desa if d.kode not in hasil]


@transaction.atomic
def muat(
    oleh: Pengguna | None, kode: str, macam: str, teks: str, *, sumber: str, tahun: int, sebagian: bool = False
) -> Bobot:
    """Replace all weights of one kind in an area by those of a text; all or nothing.

    Two sources are never mixed: what the text does not hold is not known any more. Raises Ditolak for no source, a
    year that cannot be, lines that cannot be read, unknown codes, and, unless `sebagian`, for desa without a number.
    """
    macam = MacamBobot(macam)
    sumber = " ".join(sumber.split())
    if not sumber:
        raise Ditolak("Tulis sumber angkanya, misalnya: Pendataan Keluarga, DPPKB.")
    if not TAHUN_PERTAMA <= tahun <= hari_ini().year:
        raise Ditolak(f"Tahun {tahun} tidak mungkin. Tulis tahun keadaan angkanya, sampai {hari_ini().year}.")
    desa = desa_di(kode)
    angka_desa, salah, belum = periksa(teks, desa)
    if salah:
        raise Ditolak(f"{sebut(salah)} Betulkan, lalu muat lagi.")
    if not angka_desa:
        raise Ditolak("Tidak ada satu angka pun. Tulis satu desa per baris: kode, lalu jumlahnya.")
    if belum and not sebagian:
        raise Ditolak(f"{len(belum)} desa belum punya angka: {sebut(f'{d.kode} {d.nama_lengkap}' for d in belum)}.")
    kunci_transaksi(f"bobot:{macam}")
    lama = dict(BobotWilayah.objects.di(kode).filter(macam=macam).values_list("wilayah_id", "jumlah"))
    BobotWilayah.objects.di(kode).filter(macam=macam).delete()
    pada = sekarang()
    BobotWilayah.objects.bulk_create(
        BobotWilayah(
            wilayah_id=k, macam=macam, jumlah=n, sumber=sumber, tahun=tahun, dimuat_pada=pada, dimuat_oleh=oleh
        )
        for k, n in angka_desa.items()
    )
    perubahan = {
        "desa": [len(lama), len(angka_desa)],
        "jumlah": [angka(sum(lama.values())), angka(sum(angka_desa.values()))],
        "sumber": ["", f"{sumber}, keadaan {tahun}"],
    }
    catat_jejak(oleh, f"memuat {macam.label}", Wilayah(pk=kode), wilayah=kode, perubahan=perubahan)
    return Bobot(macam, angka_desa, sumber, tahun, belum)
