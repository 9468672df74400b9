"""Activities that a phone sends (docs/sinkron.md): new ones, changes, removals, through the one form."""

from typing import Any

from django.db import transaction

from akseptor.actions import NomorTerpakai
from akseptor.forms.medan import awal_sebagai_isi
from akseptor.models import TandaTerima
from akseptor.sinkron.kiriman import TIDAK_TERBACA, Kiriman
from akseptor.sinkron.tanda import DITERIMA, Tanda
from akseptor.sinkron.ulang import TIDAK_ADA, Ulang
from kader.baris import lintas_wilayah
from laporan.kegiatan import actions
from laporan.kegiatan.form import KegiatanForm
from laporan.kegiatan.ringkas import beda, isi_server, ringkas_satu
from laporan.models import Kegiatan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini


@lintas_wilayah("kegiatan kiriman ulang bisa bukan di desanya lagi, dan nomornya berlaku di semua desa")
def cari(kiriman: Kiriman) -> Kegiatan | None:
    """The activity as it stands, wherever it is."""
    return Kegiatan.objects.select_related("macam").filter(pk=kiriman.id).first()


ULANG = Ulang(cari, ringkas_satu, isi_server, beda)


def terima(kiriman: Kiriman) -> Tanda:
    """Take one activity. Refusals are receipts, not exceptions."""
    hapus = bool(kiriman.isi.get("hapus"))
    if kiriman.versi is None:
        return kiriman.ditolak(TIDAK_TERBACA) if hapus else _baru(kiriman)
    kegiatan = cari(kiriman)
    if hapus and kegiatan and kegiatan.dihapus and kiriman.cakupan.memuat(kegiatan.desa_id):
        # Whoever removed it: what she wanted is so.
        return ULANG.beres(kiriman, kegiatan)
    lama = ULANG.periksa(kiriman, kegiatan)
    if lama or kegiatan is None:
        return lama or kiriman.ditolak(TIDAK_ADA)
    return _hapus(kiriman, kegiatan) if hapus else _ubah(kiriman, kegiatan)


def _form(kiriman: Kiriman, data: dict[str, Any], kegiatan: Kegiatan | None = None) -> KegiatanForm:
    return KegiatanForm(data, cakupan=kiriman.tulis, hari_ini=hari_ini(), kegiatan=kegiatan)


def _baru(kiriman: Kiriman) -> Tanda:
    ada = cari(kiriman)
    if ada:
        return ULANG.sudah_ada(kiriman, ada)
    form = _form(kiriman, kiriman.isi | {"id": str(kiriman.id)})
    if not form.is_valid():
        return kiriman.ditolak_form(form)
    isian = form.isian(dicatat_pada=kiriman.dicatat_pada, sidik=kiriman.sidik)
    try:
        with transaction.atomic():
            kegiatan, baru = actions.catat(kiriman.oleh, kiriman.tulis, isian)
    except NomorTerpakai as tolak:
        # Written by another request a moment ago.
        ada = cari(kiriman)
        return ULANG.sudah_ada(kiriman, ada) if ada else kiriman.ditolak(tolak.pesan)
    except Ditolak as tolak:
        return kiriman.ditolak(tolak.pesan)
    return _diterima(kiriman, kegiatan) if baru else ULANG.sudah_ada(kiriman, kegiatan)


def _ubah(kiriman: Kiriman, kegiatan: Kegiatan) -> Tanda:
    if kegiatan.dihapus:
        return kiriman.ditolak(actions.SUDAH_DIHAPUS)
    # What was not sent stays as it is.
    isi = awal_sebagai_isi(_form(kiriman, {}, kegiatan)) | kiriman.isi
    form = _form(kiriman, isi | {"id": str(kiriman.id), "versi": str(kiriman.versi)}, kegiatan)
    if not form.is_valid():
        return kiriman.ditolak_form(form)
    try:
        with transaction.atomic():
            hasil = actions.ubah(kiriman.oleh, kiriman.cakupan, kegiatan.pk, form.isian(), versi=kiriman.versi)
            TandaTerima.objects.dari(kiriman, hasil.versi)
    except Ditolak as tolak:
        return ULANG.tolak_perubahan(kiriman, tolak)
    return _diterima(kiriman, hasil)


def _hapus(kiriman: Kiriman, kegiatan: Kegiatan) -> Tanda:
    alasan = kiriman.isi.get("alasan", "")
    try:
        with transaction.atomic():
            hasil = actions.hapus(kiriman.oleh, kiriman.cakupan, kegiatan.pk, versi=kiriman.versi, alasan=alasan)
            TandaTerima.objects.dari(kiriman, hasil.versi)
    except Ditolak as tolak:
        return ULANG.tolak_perubahan(kiriman, tolak)
    return _diterima(kiriman, hasil)


def _diterima(kiriman: Kiriman, kegiatan: Kegiatan) -> Tanda:
    # What lies outside her area is not kept on her phone.
    milik = kiriman.cakupan.memuat(kegiatan.desa_id)
    return kiriman.tanda(DITERIMA, versi=kegiatan.versi, ringkas=ringkas_satu(kegiatan) if milik else None)
