"""People: who looks after whom, and the acts of making, deactivating and reactivating them.

DPPKB makes officers, officers make the kaders of their desa, an admin makes DPPKB and other admins; koordinator and
DPPKB may act for kaders too, since an officer may be away. Everybody only inside the own area, and nobody on herself.
"""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kader.actions import catat_jejak
from kader.akun import sesi
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import KodeMasuk, Pengguna, Penugasan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, jam_nyata

MENGELOLA: dict[str, tuple[Peran, ...]] = {
    Peran.PLKB: (Peran.KADER,),
    Peran.KOORDINATOR: (Peran.KADER,),
    Peran.DPPKB: (Peran.PLKB, Peran.KOORDINATOR, Peran.KADER),
    Peran.ADMIN: (Peran.DPPKB, Peran.ADMIN),
}
MEMBUAT, MENONAKTIFKAN, MENGAKTIFKAN, MENGELUARKAN = (
    "membuat",
    "menonaktifkan",
    "mengaktifkan kembali",
    "mengeluarkan perangkat",
)
PANJANG_ALASAN = 300
TANPA_ALASAN = "Tulis alasannya, cukup singkat: pindah rumah, berhenti, HP hilang."
BUKAN_WEWENANG = "Orang ini tidak Anda kelola. Hubungi DPPKB."
SUDAH_ADA = "Nama masuk ini sudah dipakai orang lain. Pakai nomor HP-nya sendiri, atau tambahkan nama desanya."
JUGA_DI_TEMPAT_LAIN = "Kader ini juga bertugas di luar wilayah Anda. Minta koordinator atau DPPKB melakukannya."


def kelolaan(oleh: Pengguna, cakupan: Cakupan) -> QuerySet[Pengguna]:
    """Return the people somebody looks after.

    By where they act today; who acts nowhere today belongs to where she will act, or else to where she acted, and for
    DPPKB and admin also who never acted anywhere. Where she will act is no hold on her while she acts elsewhere.
    """
    tugas = Penugasan.objects.filter(pengguna=OuterRef("pk"), sebagai=OuterRef("peran"))
    kini, nanti = tugas.berlaku(hari_ini()), tugas.filter(mulai__gt=hari_ini())
    tempat = Q(Exists(kini.dalam(cakupan)))
    tempat |= ~Q(Exists(kini)) & Q(Exists(nanti.dalam(cakupan)))
    tempat |= ~Q(Exists(kini)) & ~Q(Exists(nanti)) & Q(Exists(tugas.dalam(cakupan)))
    if oleh.peran in {Peran.DPPKB, Peran.ADMIN}:
        tempat |= ~Q(Exists(tugas))
    return Pengguna.objects.filter(tempat, peran__in=MENGELOLA.get(oleh.peran, ())).exclude(pk=oleh.pk)


def periksa_mengelola(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna) -> None:
    """Raise Ditolak unless one looks after the other."""
    if not kelolaan(oleh, cakupan).filter(pk=orang.pk).exists():
        raise Ditolak(BUKAN_WEWENANG)


def periksa_seluruhnya(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna) -> None:
    """Raise Ditolak unless all that she does today and later lies in the area of who acts on the whole person."""
    periksa_mengelola(oleh, cakupan, orang)
    tugas = Penugasan.objects.filter(pengguna=orang, sebagai=orang.peran).exclude(selesai__lt=hari_ini())
    if not all(cakupan.memuat(kode) for kode in tugas.values_list("wilayah_id", flat=True)):
        raise Ditolak(JUGA_DI_TEMPAT_LAIN)


def satu_wilayah(orang: Pengguna) -> str | None:
    """Return the code under which an act on her is remembered: of her first area today, if any."""
    tugas = Penugasan.objects.berlaku(hari_ini()).filter(pengguna=orang, sebagai=orang.peran)
    return tugas.order_by("wilayah_id").values_list("wilayah_id", flat=True).first()


@transaction.atomic
def buat(oleh: Pengguna, nama_masuk: str, nama: str, peran: str) -> Pengguna:
    """Make a person without a password: a code lets her set it. Raises Ditolak for the wrong role, or a taken name."""
    if peran not in MENGELOLA.get(oleh.peran, ()):
        raise Ditolak("Peran ini tidak dapat Anda buat. Hubungi DPPKB.")
    try:
        with transaction.atomic():
            orang = Pengguna.objects.create_user(nama_masuk, nama=nama, peran=peran)
    except IntegrityError:
        raise Ditolak(SUDAH_ADA) from None
    # The sign-in name is often a phone number: the history tells only that there is one.
    catat_jejak(oleh, MEMBUAT, orang, perubahan={"nama": ["", nama], "peran": ["", peran], "nama_masuk": ["", "•"]})
    return orang


@transaction.atomic
def nonaktifkan(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna, alasan: str) -> None:
    """Deactivate: from now on she is nobody's session, whatever is open. Her assignments and records stay.

    A kader's sessions are kept, dead: her phone is told so by them and hands over what it holds (docs/luring.md).
    Raises Ditolak for who may not, without a reason, or when she is inactive already.
    """
    periksa_seluruhnya(oleh, cakupan, orang)
    alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
    orang = Pengguna.objects.select_for_update().get(pk=orang.pk)
    if not orang.is_active:
        raise Ditolak("Akun ini sudah nonaktif. Muat ulang halaman.")
    orang.is_active = False
    orang.save(update_fields=["is_active"])
    KodeMasuk.objects.terbuka().filter(untuk=orang).update(ditutup_pada=jam_nyata(), sebab=KodeMasuk.DICABUT)
    if orang.peran != Peran.KADER:
        sesi.akhiri(orang)
    catat_jejak(oleh, MENONAKTIFKAN, orang, wilayah=satu_wilayah(orang), alasan=alasan)


@transaction.atomic
def aktifkan(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna, alasan: str) -> None:
    """Reactivate: her password is the old one, her old sessions are gone. Raises Ditolak as `nonaktifkan`."""
    periksa_seluruhnya(oleh, cakupan, orang)
    alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
    orang = Pengguna.objects.select_for_update().get(pk=orang.pk)
    if orang.is_active:
        raise Ditolak("Akun ini sudah aktif. Muat ulang halaman.")
    orang.is_active = True
    orang.save(update_fields=["is_active"])
    sesi.akhiri(orang)
    catat_jejak(oleh, MENGAKTIFKAN, orang, wilayah=satu_wilayah(orang), alasan=alasan)


@transaction.atomic
def keluarkan(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna, nomor: object) -> None:
    """End one session of somebody else, for a lost phone. Raises Ditolak for who may not, or when it is over."""
    periksa_mengelola(oleh, cakupan, orang)
    if not sesi.akhiri_satu(orang, nomor):
        raise Ditolak("Perangkat ini sudah keluar. Muat ulang halaman.")
    catat_jejak(oleh, MENGELUARKAN, orang, wilayah=satu_wilayah(orang))
