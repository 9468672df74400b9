"""A campaign in words: its rule, its numbers, what changed in it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from akseptor.enums import Metode, StatusPeserta
from kader.enums import JenisFaskes
from kader.models import Faskes
from laporan.models import Kampanye
from laporan.models.kampanye import ATURAN
from poskb.dasar.angka import angka
from poskb.dasar.waktu import tulis_tanggal

# All that the form asks.
MEDAN = ("nama", "target", *ATURAN)
LABEL = {
    "nama": "Nama",
    "target": "Target",
    "mulai": "Hari pertama",
    "selesai": "Hari terakhir",
    "metode": "Alat/cara yang dihitung",
    "status_peserta": "Status peserta yang dihitung",
    "jenis_tempat": "Jenis tempat yang dihitung",
    "tempat": "Tempat yang dihitung",
    "tercatat": "Tercatat",
    "terverifikasi": "Terverifikasi",
    "cara_bagi": "Cara membagi target",
    "sumber_bagi": "Sumber bobot",
    "wilayah": "Wilayah",
    "wilayah_id": "Wilayah",
}


def bertanda(n: int) -> str:
    """Write a difference with its sign: "+3", "−32", "0"."""
    return f"{'+' if n > 0 else '−' if n < 0 else ''}{angka(abs(n))}"


def kata_selisih(jumlah: int, target: int) -> str:
    """Say by how much shares miss the target; "" when they meet it."""
    if jumlah == target:
        return ""
    beda = target - jumlah
    return (
        f"Jumlah bagian {angka(jumlah)}, target {angka(target)}: "
        f"{'kurang' if beda > 0 else 'lebih'} {angka(abs(beda))}."
    )


def label(macam: Any, nilai: Iterable[str]) -> str:
    """The labels of chosen values in the order of the list, so that the same choice reads the same."""
    dipilih = set(nilai)
    return ", ".join(str(m.label) for m in macam if m.value in dipilih)


def nama_tempat(kampanye: Iterable[Kampanye]) -> dict[int, str]:
    """Return the names of all places that campaigns count by name. One query, none when there is none."""
    kunci = {pk for k in kampanye for pk in k.tempat}
    return dict(Faskes.objects.filter(pk__in=kunci).values_list("pk", "nama")) if kunci else {}


def kata_tempat(kampanye: Kampanye, nama: dict[int, str]) -> str:
    """Say which places count. `nama`: `nama_tempat` of the campaign."""
    if not (kampanye.jenis_tempat or kampanye.tempat):
        return "Semua tempat pelayanan"
    bagian = [label(JenisFaskes, kampanye.jenis_tempat), *sorted(nama.get(pk, f"#{pk}") for pk in kampanye.tempat)]
    return ", ".join(b for b in bagian if b)


def kata_aturan(kampanye: Kampanye, nama: dict[int, str]) -> dict[str, str]:
    """Return every column of the form as people read it, by its name."""
    return {
        "nama": kampanye.nama,
        "target": angka(kampanye.target),
        "mulai": tulis_tanggal(kampanye.mulai),
        "selesai": tulis_tanggal(kampanye.selesai),
        "metode": label(Metode, kampanye.metode),
        "status_peserta": label(StatusPeserta, kampanye.status_peserta),
        "jenis_tempat": label(JenisFaskes, kampanye.jenis_tempat) or "semua",
        "tempat": ", ".join(sorted(nama.get(pk, f"#{pk}") for pk in kampanye.tempat)) or "semua",
    }


def kampanye_baru(kampanye: Kampanye) -> dict[str, list[str]]:
    """Return every column of a campaign that was just made, for its history: {column: ["", words]}."""
    kata = kata_aturan(kampanye, nama_tempat([kampanye]))
    return {n: ["", kata[n]] for n in MEDAN}


def beda_kampanye(lama: Kampanye, baru: Kampanye) -> dict[str, list[str]]:
    """Return what differs between two states of a campaign, in words: {column: [before, after]}."""
    kolom = [n for n in MEDAN if _urut(getattr(lama, n)) != _urut(getattr(baru, n))]
    if not kolom:
        return {}
    nama = nama_tempat([lama, baru])
    sebelum, sesudah = kata_aturan(lama, nama), kata_aturan(baru, nama)
    return {n: [sebelum[n], sesudah[n]] for n in kolom}


def _urut(nilai: Any) -> Any:
    return sorted(nilai) if isinstance(nilai, list) else nilai


def keadaan(kampanye: Kampanye, hari_ini: dt.date, *, ditutup: bool) -> tuple[str, str]:
    """Return the state of a campaign on a day: a key (`mendatang`, `berjalan`, `lewat`, `ditutup`) and its words."""
    if ditutup:
        return "ditutup", "Ditutup"
    if hari_ini < kampanye.mulai:
        return "mendatang", "Akan datang"
    if hari_ini <= kampanye.selesai:
        return "berjalan", "Berjalan"
    return "lewat", "Selesai, belum ditutup"
