"""Lines of the history that the database wrote by itself (`jejak_jaring`), in the words of all others."""

import json
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Choices

from akseptor.enums import Metode, StatusPeserta
from kader.enums import JenisFaskes
from kader.models import Jejak
from laporan.enums import CaraBagi
from laporan.hak.cari import LUAR
from laporan.kelola.kata import label
from poskb.dasar.angka import angka

IKUT = "ikut berubah"
# What the database writes as the reason: the operation, then whose connection it was.
OPERASI = {
    "insert": ("dibuat di luar aplikasi", "Ditambahkan langsung di basis data"),
    "update": (LUAR, "Diubah langsung di basis data"),
    "delete": ("dihapus di luar aplikasi", "Dihapus langsung di basis data"),
}
OLEH = " oleh "


def mentah(jejak: Jejak) -> bool:
    """Whether the database wrote this line: its values are those of the table, not words."""
    return jejak.tindakan in (IKUT, LUAR)


def kata_tindakan(jejak: Jejak) -> tuple[str, str]:
    """Return what was done and why, in words."""
    operasi, ada, siapa = jejak.alasan.partition(OLEH)
    if jejak.tindakan != LUAR or not ada or operasi not in OPERASI:
        return jejak.tindakan, jejak.alasan
    tindakan, sebab = OPERASI[operasi]
    return tindakan, f"{sebab}, sebagai {siapa}."


def kode_wilayah(baris: Iterable[Jejak]) -> set[str]:
    """Return the codes of areas that raw lines name."""
    return {n for j in baris if mentah(j) for n in j.perubahan.get("wilayah_id", ()) if n}


def kata_nilai(kolom: str, nilai: str, wilayah: Mapping[str, str]) -> str:
    """Return a value of the table in words; what cannot be read comes back as it is. `wilayah`: names by code."""
    if nilai == "" or kolom not in PENULIS:
        return wilayah.get(nilai, nilai) if kolom == "wilayah_id" else nilai
    try:
        return PENULIS[kolom](nilai)
    except ValueError:
        return nilai


def _pilihan(macam: type[Choices], kosong: str = "") -> Callable[[str], str]:
    return lambda teks: label(macam, json.loads(teks)) or kosong


PENULIS: dict[str, Callable[[str], str]] = {
    "target": lambda teks: angka(int(teks)),
    "metode": _pilihan(Metode),
    "status_peserta": _pilihan(StatusPeserta),
    "jenis_tempat": _pilihan(JenisFaskes, "semua"),
    "tempat": lambda teks: ", ".join(f"tempat nomor {pk}" for pk in json.loads(teks)) or "semua",
    "cara_bagi": lambda teks: str(CaraBagi(teks).label),
}
