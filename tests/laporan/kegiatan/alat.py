"""What a browser posts, and a month that is closed."""

import datetime as dt
import uuid

from kader.models import Pengguna
from laporan.models import Formulir, LaporanBulanan
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO


def data(**ubah: object) -> dict[str, str]:
    """The usual case: a tile, a number, today."""
    nilai = {
        "id": str(uuid.uuid4()),
        "macam": "penyuluhan-kelompok",
        "jumlah_orang": "25",
        "tanggal": "2021-07-08",
        "desa": CITEKO,
        "tempat": "Posyandu Melati",
        "catatan": "",
    }
    return {k: str(v) for k, v in (nilai | ubah).items() if v is not None}


def buka_semua(siapa: Pengguna) -> None:
    """Reopen every approved report, as the database asks for it."""
    LaporanBulanan.objects.filter(status="disetujui").update(
        status="dikembalikan",
        disetujui_oleh=None,
        disetujui_pada=None,
        dibuka_oleh=siapa,
        dibuka_pada=dt.datetime(2021, 7, 6, 9, tzinfo=WIB),
        alasan_buka="Salah tulis",
    )


def setujui(petugas: Pengguna, bulan: dt.date, status: str = "disetujui") -> LaporanBulanan:
    """An approved report, or one in another state."""
    ya = status == "disetujui"
    pada = dt.datetime(2021, 7, 5, 9, tzinfo=WIB)
    return LaporanBulanan.objects.create(
        desa_id=CITEKO,
        bulan=bulan,
        formulir=Formulir.objects.first(),
        status=status,
        diubah_pada=pada,
        disetujui_oleh=petugas if ya else None,
        disetujui_pada=pada if ya else None,
    )
