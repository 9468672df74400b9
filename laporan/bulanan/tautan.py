"""The addresses of the rows behind the numbers of a report. Nothing of a person stands in them."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from laporan.models import LaporanBulanan
from poskb.dasar.waktu import geser_bulan


def tautan(laporan: LaporanBulanan) -> dict[str, Any]:
    """Return the beginning of the address of a method's records, and its ends by span of months.

    `alamat_baru` + method + one of `rentang` is a list of exactly the services that `yang_dihitung` counts.
    """
    awal, ini = laporan.bulan.replace(month=1), laporan.bulan
    saring = {"desa": laporan.desa_id, "status": "baru", "tahap": "terlayani", "metode": ""}
    return {
        "alamat_baru": f"{reverse('akseptor:daftar')}?{urlencode(saring)}",
        "rentang": {
            "ini": f"&bulan={ini:%Y-%m}",
            "lalu": f"&dari={awal:%Y-%m}&sampai={geser_bulan(ini, -1):%Y-%m}",
            "sd_ini": f"&dari={awal:%Y-%m}&sampai={ini:%Y-%m}",
        },
    }
