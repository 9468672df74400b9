"""The stages of a service and the arrows between them, as data."""

from dataclasses import dataclass

from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from kader.enums import Peran
from poskb.dasar.tolak import Ditolak


@dataclass(frozen=True)
class Panah:
    """One arrow: who may move which stages where, and whether a reason is asked."""

    tindakan: str
    label: str
    dari: frozenset[Tahap]
    ke: Tahap
    peran: frozenset[Peran]
    beralasan: bool = False


KADER = frozenset({Peran.KADER})
PETUGAS = frozenset({Peran.PLKB})

PANAH = {
    p.tindakan: p
    for p in (
        Panah("rujuk", "Sudah dirujuk", frozenset({Tahap.CALON}), Tahap.DIRUJUK, KADER),
        Panah(
            "layani",
            "Sudah dilayani",
            frozenset({Tahap.CALON, Tahap.DIRUJUK, Tahap.DIKEMBALIKAN}),
            Tahap.DILAYANI,
            KADER,
        ),
        Panah("tunda", "Tunda", frozenset({Tahap.CALON, Tahap.DIRUJUK}), Tahap.DITUNDA, KADER, beralasan=True),
        Panah("lanjutkan", "Lanjutkan lagi", frozenset({Tahap.DITUNDA}), Tahap.CALON, KADER),
        Panah(
            "batal",
            "Batalkan",
            frozenset({Tahap.CALON, Tahap.DIRUJUK, Tahap.DITUNDA, Tahap.DILAYANI, Tahap.DIKEMBALIKAN}),
            Tahap.BATAL,
            KADER,
            beralasan=True,
        ),
        Panah("verifikasi", "Verifikasi", frozenset({Tahap.DILAYANI}), Tahap.TERVERIFIKASI, PETUGAS),
        Panah(
            "kembalikan",
            "Kembalikan ke kader",
            frozenset({Tahap.DILAYANI, Tahap.TERVERIFIKASI}),
            Tahap.DIKEMBALIKAN,
            PETUGAS,
            beralasan=True,
        ),
    )
}
# Moves that need no more than a tap and perhaps a reason; "layani" goes through the form, which asks for the rest.
SEKALI_TEKAN = ("rujuk", "tunda", "lanjutkan", "batal")


def boleh(pelayanan: Pelayanan, peran: str) -> list[Panah]:
    """Return the arrows open to a role from where the service stands; none while an approved report holds it."""
    if pelayanan.dilaporkan:
        return []
    return [p for p in PANAH.values() if pelayanan.tahap in p.dari and peran in p.peran]


def periksa(panah: Panah, tahap: str, peran: str, alasan: str) -> None:
    """Raise Ditolak unless this role may take this arrow from this stage, with the reason it asks for."""
    if peran not in panah.peran:
        siapa = " atau ".join(sorted(p.label for p in panah.peran))
        raise Ditolak(f"{panah.label} hanya dilakukan oleh {siapa}.")
    if tahap not in panah.dari:
        raise Ditolak(
            f"Catatan ini sekarang berstatus {Tahap(tahap).label.lower()}, jadi tidak bisa: {panah.label.lower()}. "
            "Muat ulang halaman untuk melihat keadaan terakhir."
        )
    if panah.beralasan and not alasan.strip():
        raise Ditolak(f"{panah.label}: tulis dulu alasannya, supaya yang lain tahu apa yang harus dilakukan.")
    if "\x00" in alasan:
        raise Ditolak("Alasan memuat tanda yang tidak dapat disimpan. Tulis ulang dengan papan ketik biasa.")
    if len(alasan) > 500:
        raise Ditolak("Alasan paling panjang 500 huruf. Persingkat, lalu kirim lagi.")
