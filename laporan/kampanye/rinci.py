"""The daily numbers in full detail, as one SQL statement over the rule's own querysets.

One statement sees one snapshot of the records; it serves a single marked desa and day as well as the whole campaign,
and never brings a record into Python.
"""

import datetime as dt

from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from akseptor.models import Pelayanan

# The columns by which `Capaian` counts, and what it holds for each.
KUNCI = ("desa_id", "tanggal", "metode", "status_peserta", "tahap", "tempat")
# Days from the service to its arrival at the server, first and last (None: and more).
TUNDA = {"tunda_0": (0, 0), "tunda_3": (1, 3), "tunda_7": (4, 7), "tunda_lama": (8, None)}
UKURAN = ("jumlah", "tercatat", "nik_menyusul", *TUNDA)
DASAR = ("desa_id", "hari", "metode", "status_peserta", "tahap", "jenis_tempat")
BAGIAN = "SELECT * FROM ({sql}) AS bagian({kolom})"
GABUNGAN = "SELECT {kunci}, {jumlah}, max(terakhir) AS terakhir FROM ({bagian}) AS semua GROUP BY {kunci}"


def susun_sql(
    terlayani: QuerySet[Pelayanan], belum: QuerySet[Pelayanan], dihitung: QuerySet[Pelayanan]
) -> tuple[str, list[object]]:
    """Return a SELECT of KUNCI, UKURAN and `terakhir` (last day of arrival), and its parameters.

    `terlayani`, `belum`: all services shown, those that happened and the others; `dihitung`: those of them that count.
    """
    semua = {"jumlah": Count("id")}
    teks, nilai = [], []
    for qs, ukuran in ((terlayani, semua), (belum, semua), (dihitung, _TERHITUNG)):
        sql, parameter = _kelompok(qs, ukuran).query.sql_with_params()
        teks.append(BAGIAN.format(sql=sql, kolom=", ".join((*KUNCI, *UKURAN, "terakhir"))))
        nilai += parameter
    jumlah = ", ".join(f"sum({u})::int AS {u}" for u in UKURAN)
    return GABUNGAN.format(kunci=", ".join(KUNCI), jumlah=jumlah, bagian=" UNION ALL ".join(teks)), nilai


def batas_tunda(ukuran: str) -> Q:
    """Return the condition on `dengan_hari` that a service arrived with this delay; a slow clock makes none."""
    dari, sampai = TUNDA[ukuran]
    batas = Q()
    if dari:
        batas &= Q(sampai__gte=F("tanggal") + dt.timedelta(days=dari))
    if sampai is not None:
        batas &= Q(sampai__lte=F("tanggal") + dt.timedelta(days=sampai))
    return batas


_TERHITUNG = {
    "tercatat": Count("id"),
    "nik_menyusul": Count("id", filter=Q(akseptor__nik_menyusul=True)),
    **{ukuran: Count("id", filter=batas_tunda(ukuran)) for ukuran in TUNDA},
}


def _kelompok(pelayanan: QuerySet[Pelayanan], ukuran: dict[str, Count]) -> QuerySet[Pelayanan]:
    """Group by KUNCI; a measure that is not given is 0."""
    lengkap = {f"n_{u}": ukuran.get(u, Value(0)) for u in UKURAN}
    return (
        pelayanan.dengan_hari()
        .order_by()
        .annotate(jenis_tempat=Coalesce("faskes__jenis", Value("")))
        .values_list(*DASAR)
        .annotate(**lengkap, n_terakhir=Max("sampai"))
    )
