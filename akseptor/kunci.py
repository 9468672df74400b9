"""Services that stand in an approved report: locked by the database, refused here in a sentence before it has to."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from akseptor.models import Pelayanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import tulis_bulan

# The name under which the trigger refuses (laporan, migration 0006).
NAMA = "pelayanan_dilaporkan_terkunci"
BARU_SAJA = (
    "Laporan bulan pelayanan ini baru saja disetujui, jadi catatannya terkunci dan tidak ada yang diubah. "
    "Bila perlu diubah, minta koordinator atau DPPKB membuka kembali laporannya."
)


def kalimat_dilaporkan(bulan: dt.date) -> str:
    """Return why a service of that month's report cannot be changed, with the next step."""
    return (
        f"Laporan {tulis_bulan(bulan)} desa ini sudah disetujui dan memuat pelayanan ini, jadi catatannya terkunci. "
        "Bila perlu diubah, minta koordinator atau DPPKB membuka kembali laporannya."
    )


def periksa_belum_dilaporkan(*pelayanan: Pelayanan) -> None:
    """Raise Ditolak when one of these stands in an approved report. They must be held: then the answer stays true."""
    for satu in pelayanan:
        if satu.bulan_laporan is not None:
            raise Ditolak(kalimat_dilaporkan(satu.bulan_laporan))


@contextmanager
def kata_basis_data() -> Iterator[None]:
    """Turn the database's own refusal into Ditolak: an approval that came between looking and writing."""
    try:
        yield
    except IntegrityError as galat:
        diag = getattr(galat.__cause__, "diag", None)
        if getattr(diag, "constraint_name", None) == NAMA:
            raise Ditolak(BARU_SAJA) from galat
        raise
