"""What is done in the who-and-where app. One function owns one change."""

from typing import Any

from django.db import models

from kader.models import Jejak, Pengguna
from poskb.dasar.waktu import sekarang


def catat_jejak(
    oleh: Pengguna | None,
    tindakan: str,
    objek: models.Model,
    *,
    wilayah: str | None = None,
    alasan: str = "",
    perubahan: dict[str, Any] | None = None,
) -> Jejak:
    """Write one act into the history, in the caller's transaction. `wilayah` is the code of the area it concerns."""
    return Jejak.objects.create(
        pada=sekarang(),
        oleh=oleh,
        peran=oleh.peran if oleh else "",
        tindakan=tindakan,
        jenis=objek._meta.model_name,
        kunci=str(objek.pk),
        wilayah_id=wilayah,
        alasan=alasan,
        perubahan=perubahan or {},
    )
