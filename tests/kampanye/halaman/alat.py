"""A campaign on its page: the test district, an earlier campaign that is over, what a browser sends."""

import datetime as dt
from typing import Any

from django.test import Client

from laporan.kampanye.target import bagi_rata_per_desa
from laporan.kelola.kata import MEDAN
from laporan.models import Kampanye
from tests.alat import KABUPATEN, Dunia, buat_dunia

LALU = {"mulai": dt.date(2021, 5, 1), "selesai": dt.date(2021, 6, 30)}
DEPAN = {"mulai": dt.date(2021, 9, 1), "selesai": dt.date(2021, 9, 30)}
ALASAN = "Rapat DPPKB 5 Juli"


def dunia_berbagi() -> Dunia:
    """The test district; the running campaign has shares."""
    satu = buat_dunia()
    bagi_rata_per_desa(satu.kampanye)
    return satu


def kampanye(nama: str, *, target: int = 40, **ubah: Any) -> Kampanye:
    """Another campaign, equally shared."""
    satu = Kampanye.objects.create(nama=nama, wilayah_id=KABUPATEN, target=target, **({} | ubah))
    bagi_rata_per_desa(satu)
    return satu


def isi(satu: Kampanye, **ubah: Any) -> dict[str, Any]:
    """What the form of a campaign sends."""
    nilai = {n: getattr(satu, n) for n in MEDAN} | {"versi": satu.versi, "alasan": ""} | ubah
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in nilai.items()}


def masuk(siapa: Any) -> Client:
    client = Client()
    client.force_login(siapa)
    return client
