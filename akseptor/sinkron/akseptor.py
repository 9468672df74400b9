"""New records and changes of records, through the one form."""

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction

from akseptor import actions
from akseptor.duplikat import catat_diberi_tahu
from akseptor.forms import AkseptorForm
from akseptor.forms.medan import awal_sebagai_isi
from akseptor.kabar import kabar
from akseptor.models import Akseptor, Pelayanan, TandaTerima
from akseptor.ringkas import ringkas
from akseptor.sinkron.kiriman import Kiriman
from akseptor.sinkron.server import beda, isi_server
from akseptor.sinkron.tanda import DITERIMA, DUPLIKAT, Tanda
from akseptor.sinkron.ulang import TIDAK_ADA, Ulang
from akseptor.tertutup import kalimat_tertutup
from kader.baris import lintas_wilayah
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini


def terima(kiriman: Kiriman) -> Tanda:
    """Take one record. Refusals are receipts, not exceptions."""
    return _baru(kiriman) if kiriman.versi is None else _ubah(kiriman)


@lintas_wilayah("catatan kiriman ulang bisa sudah pindah desa, dan nomornya berlaku di semua desa")
def cari(kiriman: Kiriman) -> Pelayanan | None:
    """The record as it stands, wherever it is."""
    return Pelayanan.objects.select_related("akseptor", "faskes").filter(pk=kiriman.id).first()


ULANG = Ulang(cari, ringkas, isi_server, beda, lambda p: kalimat_tertutup(p.akseptor))


def _form(kiriman: Kiriman, data: dict[str, Any], **kwargs: Any) -> AkseptorForm:
    return AkseptorForm(data, tanya=kiriman.tanya, **keadaan(kiriman), **kwargs)


def keadaan(kiriman: Kiriman) -> dict[str, Any]:
    """What a form must know of where and when."""
    return {
        "cakupan": kiriman.cakupan,
        "tulis": kiriman.tulis,
        "hari_ini": hari_ini(),
        "kode_kabupaten": settings.KODE_KABUPATEN,
    }


def tolak_form(kiriman: Kiriman, form: AkseptorForm) -> Tanda:
    """The form's own words, and what it asks back."""
    catat_diberi_tahu(kiriman.oleh.pk, form.kemiripan)
    return kiriman.ditolak_form(
        form,
        peringatan=[{"kode": p.kode, "medan": p.medan, "pesan": p.pesan} for p in form.peringatan],
        mirip=mirip(form),
    )


def mirip(form: AkseptorForm) -> list[dict[str, str]]:
    """The likely same persons, as much of them as she may see."""
    return [{"id": str(k.id), "nama": k.nama, "wilayah": k.wilayah, "sebab": k.sebab} for k in form.kemiripan]


# --- new --------------------------------------------------------------------------------------------------------
def _baru(kiriman: Kiriman) -> Tanda:
    ada = cari(kiriman)
    if ada:
        return ULANG.sudah_ada(kiriman, ada)
    dikenal = _yang_dikenal(kiriman)
    if "akseptor" in kiriman.isi and dikenal is None:
        return kiriman.ditolak(TIDAK_ADA)
    if dikenal is not None and dikenal.tertutup:
        return kiriman.ditolak(kalimat_tertutup(dikenal))
    if kiriman.serah:
        # In a desa that is no longer hers nothing is changed: it gets a row of its own, joined to the couple by the
        # NIK and shown to the officer there.
        dikenal = None
    form = _form(kiriman, isi_baru(kiriman), akseptor=dikenal)
    if not form.is_valid():
        return tolak_form(kiriman, form)
    isian = form.isian(dicatat_pada=kiriman.dicatat_pada, sidik=kiriman.sidik)
    try:
        with transaction.atomic():
            pelayanan, baru = actions.catat(kiriman.oleh, kiriman.tulis, isian)
    except Ditolak as tolak:
        return kiriman.ditolak(tolak.pesan)
    if not baru:
        return ULANG.sudah_ada(kiriman, pelayanan)
    return tanda_baru(kiriman, form, pelayanan, kabar([pelayanan]).get(pelayanan.pk, ""))


def isi_baru(kiriman: Kiriman) -> dict[str, Any]:
    """What the form of a new record is given."""
    return kiriman.isi | {"id": str(kiriman.id)}


def tanda_baru(kiriman: Kiriman, form: AkseptorForm, pelayanan: Pelayanan, berita: str = "") -> Tanda:
    """The receipt of a record that was written now; `berita`: what there is to tell of it (`akseptor.kabar`)."""
    bertanya = bool(form.kemiripan) and not form.cleaned_data["orang_sama"]
    catat_diberi_tahu(kiriman.oleh.pk, form.kemiripan if bertanya else [])
    pesan = "Tersimpan. Catatan ini mirip dengan yang sudah ada; petugas akan memastikannya." if bertanya else ""
    return kiriman.tanda(
        DUPLIKAT if bertanya else DITERIMA,
        pesan=f"{pesan} {berita}".strip() if bertanya else tersimpan(berita),
        versi=pelayanan.versi,
        mirip=mirip(form) if bertanya else [],
        # What lies outside her area is not kept on her phone.
        ringkas=ringkas(pelayanan) if kiriman.cakupan.memuat(pelayanan.desa_id) else None,
    )


def tersimpan(berita: str) -> str:
    """Return what a receipt says beside "diterima": nothing, or that it was received and what there is to tell."""
    return berita and f"Diterima server. {berita}"


def _yang_dikenal(kiriman: Kiriman) -> Akseptor | None:
    """The couple that gets another service, when she wrote it down from its page: in her area, or where that was."""
    try:
        kunci = uuid.UUID(kiriman.isi.get("akseptor", ""))
    except ValueError:
        return None
    if kiriman.serah is None:
        return Akseptor.objects.dalam(kiriman.cakupan).filter(pk=kunci).first()
    with lintas_wilayah("apakah persetujuannya masih ada, di desa tempat kader dulu mencatatnya"):
        ada = Akseptor.objects.dalam(kiriman.serah).filter(pk=kunci)
        return ada.only("ditarik_pada", "dihapus_pada").first()


# --- changes ----------------------------------------------------------------------------------------------------
def _ubah(kiriman: Kiriman) -> Tanda:
    pelayanan = cari(kiriman)
    lama = ULANG.periksa(kiriman, pelayanan)
    if lama or pelayanan is None:
        return lama or kiriman.ditolak(TIDAK_ADA)
    if pelayanan.terkunci:
        return kiriman.ditolak(actions.kalimat_terkunci(pelayanan))
    form = _form(kiriman, _lengkapi(kiriman, pelayanan), pelayanan=pelayanan)
    if not form.is_valid():
        return tolak_form(kiriman, form)
    try:
        with transaction.atomic():
            hasil = actions.ubah(kiriman.oleh, kiriman.cakupan, pelayanan.pk, form.isian(), versi=kiriman.versi)
            TandaTerima.objects.dari(kiriman, hasil.versi)
    except Ditolak as tolak:
        return ULANG.tolak_perubahan(kiriman, tolak)
    pesan = tersimpan(kabar([hasil]).get(hasil.pk, ""))
    return kiriman.tanda(DITERIMA, pesan=pesan, versi=hasil.versi, ringkas=ringkas(hasil))


def _lengkapi(kiriman: Kiriman, pelayanan: Pelayanan) -> dict[str, Any]:
    """What was sent over what stands: a phone holds no NIK of what was received, so it sends none."""
    awal = awal_sebagai_isi(_form(kiriman, {}, pelayanan=pelayanan))
    if kiriman.isi.get("nik_istri"):
        awal["nik_menyusul"] = awal["alasan_nik_menyusul"] = ""
    return awal | kiriman.isi | {"id": str(kiriman.id), "versi": str(kiriman.versi)}
