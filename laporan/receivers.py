"""Hears what changes the count; only writes down what has to be counted again and nudges the worker."""

import datetime as dt
import uuid
from collections.abc import Collection

from akseptor.signals import data_ditutup, pelayanan_berubah
from kader.signals import jenis_faskes_berubah
from laporan.ekspor.pekerja import buang_bernama
from laporan.kampanye.hitung import KUNCI_HITUNG
from laporan.models import Kampanye, PerluHitung
from laporan.tasks import hitung_yang_perlu
from poskb.dasar.antrean import setelah_commit
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.sisip import sisip


def tandai(sender: object, sel: set[tuple[str, dt.date]], **kwargs: object) -> None:
    """Mark (kode desa, tanggal) in the transaction of the change; the message after COMMIT may get lost, this not."""
    if not sel:
        return
    sisip([PerluHitung(desa_id=kode, tanggal=tanggal) for kode, tanggal in sorted(sel)])
    setelah_commit(hitung_yang_perlu)


def hitung_semua_lagi(sender: object, **kwargs: object) -> None:
    """Numbers are kept per kind of place, and a campaign may count some kinds only: have all counted again."""
    # The counter reads kinds under this lock: it cannot clear the flag of a change that it has not seen.
    kunci_transaksi(KUNCI_HITUNG)
    Kampanye.objects.update(perlu_hitung_ulang=True)
    setelah_commit(hitung_yang_perlu)


def buang_berkas_bernama(sender: object, orang: Collection[uuid.UUID], **kwargs: object) -> None:
    """Throw away the files of names that may hold who withdrew or was erased: they are asked for again in a minute."""
    buang_bernama(orang)


def sambungkan() -> None:
    """Connect; called once from the app's `ready`."""
    pelayanan_berubah.connect(tandai, dispatch_uid="laporan.tandai")
    data_ditutup.connect(buang_berkas_bernama, dispatch_uid="laporan.buang_berkas_bernama")
    jenis_faskes_berubah.connect(hitung_semua_lagi, dispatch_uid="laporan.hitung_semua_lagi")
