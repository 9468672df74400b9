"""The aggregate as a DHIS2 dataValueSet, to be imported there with `idScheme=CODE`.

Codes: areas by their Kemendagri code, methods and numbers by the names below, the campaign as attribute option
("POSKB_K3"); period by service day or month.
"""

from typing import Any

from django.db.models import CharField, Func, Value
from django.db.models.functions import Cast, Left

from akseptor.enums import TAHAP_TERLAYANI
from kader.cakupan import panjang_kode
from kader.enums import Tingkat
from kader.models import TokenApi
from laporan.models import Capaian, Kampanye

DATA_SET = "POSKB_MKJP"
UNSUR = ("POSKB_TERCATAT", "POSKB_TERVERIFIKASI", "POSKB_PELAYANAN")
PERIODE = {"harian": "YYYYMMDD", "bulanan": "YYYYMM"}


class TulisTanggal(Func):
    """to_char of a date."""

    function = "to_char"
    output_field = CharField()


def data_value_set(token: TokenApi, kampanye: Kampanye, tingkat: Tingkat, periode: str) -> dict[str, Any]:
    """Return the set: per area of the level, period and method the couples counted, verified, and all services.

    `periode`: a key of PERIODE. Zeros are left out, as DHIS2 does by default.
    """
    baris = (
        Capaian.objects.dalam(token.cakupan)
        .filter(kampanye=kampanye, tahap__in=TAHAP_TERLAYANI)
        .annotate(
            di=Left(Cast("desa_id", CharField()), panjang_kode(tingkat)),
            saat=TulisTanggal("tanggal", Value(PERIODE[periode])),
        )
        .jumlahkan("di", "saat", "metode")
        .order_by("di", "saat", "metode")
    )
    return {
        "dataSet": DATA_SET,
        "dataValues": [
            {
                "dataElement": unsur,
                "period": saat,
                "orgUnit": di,
                "categoryOptionCombo": f"POSKB_{metode.upper()}",
                # Campaigns overlap: without a name of its own the second one imported would overwrite the first.
                "attributeOptionCombo": f"POSKB_K{kampanye.pk}",
                "value": str(n),
            }
            for di, saat, metode, *angka in baris
            for unsur, n in zip(UNSUR, angka, strict=True)
            if n
        ],
    }
