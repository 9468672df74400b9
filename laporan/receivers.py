"""Hears that services changed; only writes down what has to be counted again and nudges the worker."""

import datetime as dt

from akseptor.signals import pelayanan_berubah
from laporan.models import PerluHitung
from laporan.tasks import hitung_yang_perlu
from poskb.dasar.antrean import setelah_commit
from poskb.dasar.sisip import sisip


def tandai(sender: object, sel: set[tuple[str, dt.date]], **kwargs: object) -> None:
    """Mark (kode desa, tanggal) in the transaction of the change; the message after COMMIT may get lost, this not."""
    if not sel:
        return
    sisip([PerluHitung(desa_id=kode, tanggal=tanggal) for kode, tanggal in sorted(sel)])
    setelah_commit(hitung_yang_perlu)


def sambungkan() -> None:
    """Connect; called once from the app's `ready`."""
    pelayanan_berubah.connect(tandai, dispatch_uid="laporan.tandai")
