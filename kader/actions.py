"""What is done in the who-and-where app. One function owns one change."""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import models

from kader.models import Jejak, Pengguna
from poskb.dasar.waktu import sekarang


def susun_jejak(
    oleh: Pengguna | None,
    tindakan: str,
    objek: models.Model,
    *,
    wilayah: str | None = None,
    alasan: str = "",
    perubahan: dict[str, Any] | None = None,
    orang: Collection[uuid.UUID] | None = None,
) -> Jejak:
    """Return one act of the history, not yet written. `wilayah` is the code of the area it concerns.

    `orang`: whose data it concerns; left out, the person of the row itself (`orang_id` of its model), or nobody.
    """
    if orang is None:
        satu = getattr(objek, "orang_id", None)
        orang = [satu] if satu else []
    return Jejak(
        pada=sekarang(),
        oleh_id=oleh.pk if oleh else None,
        peran=oleh.peran if oleh else "",
        tindakan=tindakan,
        jenis=objek._meta.model_name,
        kunci="" if objek.pk is None else str(objek.pk),
        wilayah_id=wilayah,
        alasan=alasan,
        perubahan=perubahan or {},
        orang=list(orang),
    )


def catat_jejak(oleh: Pengguna | None, tindakan: str, objek: models.Model, **isi: Any) -> Jejak:
    """Write one act (`susun_jejak`) into the history, in the caller's transaction."""
    jejak = susun_jejak(oleh, tindakan, objek, **isi)
    jejak.save(force_insert=True)
    return jejak
