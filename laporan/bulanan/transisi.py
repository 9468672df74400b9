"""The states of a report and the arrows between them, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from laporan.bulanan.tenggat import halangan_waktu
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak

DRAF, DIKIRIM, DIKEMBALIKAN, DISETUJUI = (
    StatusLaporan.DRAF,
    StatusLaporan.DIKIRIM,
    StatusLaporan.DIKEMBALIKAN,
    StatusLaporan.DISETUJUI,
)
PANJANG_ALASAN = 500


@dataclass(frozen=True)
class Panah:
    """One arrow: who may take a report from which states where. `sebab`: why not from another, if not as in SEBAB."""

    tindakan: str
    label: str
    dari: frozenset[StatusLaporan]
    ke: StatusLaporan | None
    peran: frozenset[Peran]
    sebab: Mapping[StatusLaporan, str] = field(default_factory=dict)


DAPAT_DIISI = frozenset({DRAF, DIKEMBALIKAN})
PANAH = {
    p.tindakan: p
    for p in (
        # Saving is no arrow, but the same three questions are asked: who, where, in which state.
        Panah("simpan", "Menyimpan laporan", DAPAT_DIISI, None, frozenset({Peran.KADER})),
        Panah("kirim", "Mengirim laporan", DAPAT_DIISI, DIKIRIM, frozenset({Peran.KADER})),
        # One tap sends a nihil month, so one tap takes it back, as long as nobody has decided on it.
        Panah(
            "tarik",
            "Menarik kembali laporan nihil",
            frozenset({DIKIRIM}),
            DRAF,
            frozenset({Peran.KADER}),
            {
                DRAF: "Laporan ini sudah ditarik kembali. Isi, lalu kirim bila sudah benar.",
                DIKEMBALIKAN: "Laporan ini sudah ada pada Anda. Perbaiki, lalu kirim lagi.",
            },
        ),
        Panah("kembalikan", "Mengembalikan laporan", frozenset({DIKIRIM}), DIKEMBALIKAN, frozenset({Peran.PLKB})),
        Panah("setujui", "Menyetujui laporan", frozenset({DIKIRIM}), DISETUJUI, frozenset({Peran.PLKB})),
        Panah(
            "buka_kembali",
            "Membuka kembali laporan",
            frozenset({DISETUJUI}),
            DIKEMBALIKAN,
            frozenset({Peran.KOORDINATOR, Peran.DPPKB}),
        ),
    )
}
# Where the report stands, and what would have to happen first.
SEBAB = {
    DRAF: "Laporan ini masih draf. Tunggu sampai kader mengirimnya.",
    DIKIRIM: "Laporan ini sudah dikirim dan menunggu petugas. Untuk mengubahnya, minta petugas mengembalikannya.",
    DIKEMBALIKAN: "Laporan ini sedang dikembalikan ke kader. Tunggu sampai kader mengirimnya lagi.",
    DISETUJUI: (
        "Laporan ini sudah disetujui dan terkunci. Bila ada yang perlu diubah, "
        "minta koordinator atau DPPKB membukanya kembali."
    ),
}


def boleh(tindakan: str, status: str, peran: str) -> bool:
    """Say whether a role may act on a report in a state."""
    panah = PANAH[tindakan]
    return status in panah.dari and peran in panah.peran


def periksa(tindakan: str, laporan: LaporanBulanan, oleh: Pengguna, cakupan: Cakupan) -> Panah:
    """Return the arrow. Raises Ditolak unless this person may take it here, in this state, on this day.

    Every refusal names its reason: role, area, state (sudah disetujui ...), lewat tenggat, periode tutup.
    """
    panah = PANAH[tindakan]
    if oleh.peran not in panah.peran:
        siapa = " atau ".join(sorted(p.label for p in panah.peran))
        raise Ditolak(f"{panah.label} hanya dilakukan oleh {siapa}. Hubungi yang bertugas di desa ini.")
    if not cakupan.memuat(laporan.desa_id):
        raise Ditolak("Desa ini di luar wilayah tugas Anda. Pilih laporan dari daftar.")
    waktu = halangan_waktu(laporan, oleh.peran)
    if laporan.status not in panah.dari:
        # Both reasons: the next step of the state alone would only lead to the other refusal.
        raise Ditolak(f"{(SEBAB | panah.sebab)[StatusLaporan(laporan.status)]} {waktu}".rstrip())
    if waktu:
        raise Ditolak(waktu)
    return panah
