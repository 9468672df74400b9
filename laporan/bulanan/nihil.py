"""A month in which nothing happened, reported with one tap. `actions.tarik` takes it back."""

import datetime as dt

from django.db import transaction

from kader.cakupan import Cakupan
from kader.models import Pengguna
from laporan.bulanan import actions
from laporan.bulanan.formulir import kunci_alasan
from laporan.bulanan.isian import LaporanForm
from laporan.bulanan.kelengkapan import Isian, lengkapi_nihil
from laporan.bulanan.lembar import Lembar, buka
from laporan.models import LaporanBulanan


@transaction.atomic
def kirim_nihil(oleh: Pengguna, cakupan: Cakupan, kode_desa: str, bulan: dt.date, versi: int) -> LaporanBulanan:
    """Save and send a month as nihil. Raises as `actions.kirim`; BelumLengkap where only the form can help.

    What stood in the sheet goes into the history, so that taking it back gives it back.
    """
    lembar = buka(kode_desa, bulan)
    sebelum = {"isi": lembar.laporan.isi, "alasan_selisih": lembar.laporan.alasan_selisih}
    ingat = {actions.SEBELUM_NIHIL: [sebelum, None]}
    return actions.kirim(oleh, cakupan, kode_desa, bulan, _isian(lembar), versi, ingat=ingat)


def form_nihil(lembar: Lembar) -> LaporanForm:
    """Return the form as if she had ticked nihil and pressed send: for what is still missing."""
    isian = lengkapi_nihil(_isian(lembar), lembar.susunan, lembar.asal)
    data = {k: str(n) for k, n in isian.isi.items()} | {kunci_alasan(k): t for k, t in isian.alasan.items()}
    form = LaporanForm(data | {"nihil": "on"}, lembar=lembar)
    form.is_valid()
    return form


def _isian(lembar: Lembar) -> Isian:
    """What stands in the sheet, said to be nihil."""
    return Isian(lembar.laporan.isi, lembar.laporan.alasan_selisih, nihil=True)
