"""New records and changes of records, through the one form."""

from typing import Any

from django.conf import settings
from django.db import transaction

from akseptor import actions
from akseptor.actions.tulis import SUDAH_BERUBAH
from akseptor.forms import AkseptorForm
from akseptor.models import Pelayanan, TandaTerima
from akseptor.ringkas import ringkas
from akseptor.sinkron.kiriman import Kiriman
from akseptor.sinkron.server import isi_server
from akseptor.sinkron.tanda import DITERIMA, DUPLIKAT, KONFLIK, SUDAH_ADA, Tanda
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini

TIDAK_ADA = (
    "Catatan ini tidak ada di server, atau di luar wilayah tugas Anda. Bila memang milik Anda, catat sebagai catatan "
    "baru atau hubungi petugas PLKB."
)
BERUBAH = "Catatan ini diubah di server setelah Anda membukanya. Bandingkan keduanya, lalu pilih."
LAIN_ISI = "Catatan ini sudah diterima server dengan isi yang berbeda. Bandingkan keduanya, lalu pilih."


def terima(kiriman: Kiriman) -> Tanda:
    """Take one record. Refusals are receipts, not exceptions."""
    return _baru(kiriman) if kiriman.versi is None else _ubah(kiriman)


def cari(kiriman: Kiriman) -> Pelayanan | None:
    """The record as it stands, wherever it is."""
    return Pelayanan.objects.select_related("akseptor", "faskes").filter(pk=kiriman.id).first()


def susun_form(kiriman: Kiriman, data: dict[str, Any], **kwargs: Any) -> AkseptorForm:
    return AkseptorForm(
        data,
        cakupan=kiriman.cakupan,
        hari_ini=hari_ini(),
        kode_kabupaten=settings.KODE_KABUPATEN,
        tanya=kiriman.tanya,
        **kwargs,
    )


def tolak_form(kiriman: Kiriman, form: AkseptorForm) -> Tanda:
    """The form's own words, and what it asks back."""
    galat = {medan: [str(p) for p in pesan] for medan, pesan in form.errors.items()}
    pertama = next(iter(galat.values()))[0]
    return kiriman.ditolak(
        pertama,
        galat,
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
        return _sudah_ada(kiriman, ada)
    form = form_baru(kiriman)
    if not form.is_valid():
        return tolak_form(kiriman, form)
    isian = form.isian(dicatat_pada=kiriman.dicatat_pada, sidik=kiriman.sidik)
    try:
        with transaction.atomic():
            pelayanan, baru = actions.catat(kiriman.oleh, kiriman.cakupan, isian)
    except Ditolak as tolak:
        return kiriman.ditolak(tolak.pesan)
    return tanda_baru(kiriman, form, pelayanan) if baru else _sudah_ada(kiriman, pelayanan)


def form_baru(kiriman: Kiriman, **kwargs: Any) -> AkseptorForm:
    """The form of a new record."""
    return susun_form(kiriman, kiriman.isi | {"id": str(kiriman.id)}, **kwargs)


def tanda_baru(kiriman: Kiriman, form: AkseptorForm, pelayanan: Pelayanan) -> Tanda:
    """The receipt of a record that was written now."""
    bertanya = bool(form.kemiripan) and not form.cleaned_data["orang_sama"]
    pesan = "Tersimpan. Catatan ini mirip dengan yang sudah ada; petugas akan memastikannya." if bertanya else ""
    return kiriman.tanda(
        DUPLIKAT if bertanya else DITERIMA,
        pesan=pesan,
        versi=pelayanan.versi,
        mirip=mirip(form) if bertanya else [],
        ringkas=ringkas(pelayanan),
    )


def _sudah_ada(kiriman: Kiriman, ada: Pelayanan) -> Tanda:
    """The id is taken: by the very same, by the same kader saying something else, or by somebody else."""
    if ada.dicatat_oleh_id != kiriman.oleh.pk:
        return kiriman.ditolak(actions.NomorTerpakai().pesan)
    if ada.sidik and ada.sidik != kiriman.sidik:
        return kiriman.tanda(KONFLIK, pesan=LAIN_ISI, versi=ada.versi, server=isi_server(ada))
    return kiriman.tanda(SUDAH_ADA, versi=ada.versi, ringkas=ringkas(ada))


# --- changes ----------------------------------------------------------------------------------------------------
def _ubah(kiriman: Kiriman) -> Tanda:
    pelayanan = cari(kiriman)
    lama = periksa_ulang(kiriman, pelayanan)
    if lama or pelayanan is None:
        return lama or kiriman.ditolak(TIDAK_ADA)
    if pelayanan.terkunci:
        return kiriman.ditolak(actions.kalimat_terkunci(pelayanan))
    form = susun_form(kiriman, _lengkapi(kiriman, pelayanan), pelayanan=pelayanan)
    if not form.is_valid():
        return tolak_form(kiriman, form)
    try:
        with transaction.atomic():
            hasil = actions.ubah(kiriman.oleh, kiriman.cakupan, pelayanan.pk, form.isian(), versi=kiriman.versi)
            TandaTerima.objects.dari(kiriman, hasil.versi)
    except Ditolak as tolak:
        return tolak_perubahan(kiriman, tolak)
    return kiriman.tanda(DITERIMA, versi=hasil.versi, ringkas=ringkas(hasil))


def _lengkapi(kiriman: Kiriman, pelayanan: Pelayanan) -> dict[str, Any]:
    """What was sent over what stands: a phone holds no NIK of what was received, so it sends none."""
    awal = susun_form(kiriman, {}, pelayanan=pelayanan).awal_sebagai_isi()
    if kiriman.isi.get("nik_istri"):
        awal["nik_menyusul"] = awal["alasan_nik_menyusul"] = ""
    return awal | kiriman.isi | {"id": str(kiriman.id), "versi": str(kiriman.versi)}


def periksa_ulang(kiriman: Kiriman, pelayanan: Pelayanan | None) -> Tanda | None:
    """What must be answered before a change is tried: not hers, done before, or meanwhile changed."""
    if pelayanan is None or not kiriman.cakupan.memuat(pelayanan.desa_id):
        return kiriman.ditolak(TIDAK_ADA)
    if TandaTerima.objects.ada(kiriman):
        return kiriman.tanda(SUDAH_ADA, versi=pelayanan.versi, ringkas=ringkas(pelayanan))
    if pelayanan.versi != kiriman.versi:
        return kiriman.tanda(KONFLIK, pesan=BERUBAH, versi=pelayanan.versi, server=isi_server(pelayanan))
    return None


def tolak_perubahan(kiriman: Kiriman, tolak: Ditolak) -> Tanda:
    """Refused by the action: somebody was faster, or a rule."""
    if tolak.pesan == SUDAH_BERUBAH:
        return periksa_ulang(kiriman, cari(kiriman)) or kiriman.ditolak(tolak.pesan)
    return kiriman.ditolak(tolak.pesan)
