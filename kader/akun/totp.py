"""The second factor: six digits from an app (django-otp), required of DPPKB and admin, offered to officers.

That it was shown stands in the session, which ends when the device is reset; so asking costs no statement. Wrong
digits are counted by our own door, because django-otp's delay doubles without end. Backup codes are kept as digests.
A device that is being set up belongs to one session: whoever saw its secret in another confirms nothing with it.
"""

import secrets

import django_otp
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from kader.actions import catat_jejak
from kader.akun import percobaan, sesi
from kader.akun.orang import PANJANG_ALASAN, periksa_mengelola
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.jejak_masuk import ANGKA_KELIRU, MASUK, catat_masuk
from kader.models import AlatTotp, Pengguna
from poskb.dasar.tetap import cap_tertua
from poskb.dasar.tolak import Ditolak

WAJIB = frozenset({Peran.DPPKB, Peran.ADMIN})
DITAWARI = WAJIB | {Peran.PLKB, Peran.KOORDINATOR}
MEMASANG, MELEPAS, MEMBUAT_CADANGAN, MEMAKAI_CADANGAN = (
    "memasang verifikasi dua langkah",
    "melepas verifikasi dua langkah",
    "membuat kode cadangan",
    "memakai kode cadangan",
)
KELIRU = "Kode ini tidak cocok. Tunggu kode berikutnya di aplikasi, lalu ketik enam angkanya."
# What she showed, in the history.
APLIKASI, CADANGAN = "aplikasi", "kode cadangan"
BANYAK_CADANGAN = 8
# Without letters and digits that look alike on paper.
HURUF = "abcdefghjkmnpqrstuvwxyz23456789"


def perlu(request: HttpRequest) -> bool:
    """Say whether this session must still show the second factor. Asks session and role, never the database."""
    if request.session.get(django_otp.DEVICE_ID_SESSION_KEY):
        return False
    return bool(request.session.get(sesi.BUTUH)) or wajib(request.user)


def wajib(orang: Pengguna) -> bool:
    """Say whether she must have one."""
    return orang.peran in WAJIB and orang.nama_masuk not in settings.AKUN_DEMO


def diminta(orang: Pengguna) -> bool:
    """Say whether a sign-in of hers asks for it: she must have one, or has. None or one query."""
    return wajib(orang) or (orang.peran in DITAWARI and alat(orang) is not None)


def alat(orang: Pengguna) -> AlatTotp | None:
    """Return her device, if she has set one up."""
    return AlatTotp.objects.filter(user=orang, confirmed=True).first()


@transaction.atomic
def calon(request: HttpRequest) -> AlatTotp:
    """Return the device that this session is about to set up: the same secret until it is confirmed.

    One that another session began is thrown away: its secret has been on somebody's screen.
    """
    orang = _kunci(request.user)
    belum = AlatTotp.objects.filter(user=orang, confirmed=False)
    satu = belum.filter(name=_milik(request)).first()
    if satu is None:
        belum.delete()
        satu = AlatTotp.objects.create(user=orang, name=_milik(request), confirmed=False)
    return satu


def lupakan_calon(orang: Pengguna) -> None:
    """Throw away what she, or who knew her old password, began to set up."""
    AlatTotp.objects.filter(user=orang, confirmed=False).delete()


def _milik(request: HttpRequest) -> str:
    # Written on the device and not into the session: of two requests at once each would write another one there.
    return f"calon {request.session[sesi.NOMOR]}"


def _kunci(orang: Pengguna) -> Pengguna:
    """Let one change of her devices at a time."""
    return Pengguna.objects.select_for_update(no_key=True).get(pk=orang.pk)


def pasang(request: HttpRequest, angka: str) -> list[str]:
    """Confirm the device with its first digits; return the backup codes. Her other sessions end.

    Raises Ditolak for wrong digits, Terkunci for too many of them.
    """
    orang = request.user
    percobaan.TOTP.coba(str(orang.pk))
    with transaction.atomic():
        _kunci(orang)
        satu = AlatTotp.objects.filter(user=orang, confirmed=False, name=_milik(request)).first()
        if satu is None or not satu.verify_token(_rapi(angka)):
            raise Ditolak(KELIRU)
        AlatTotp.objects.filter(user=orang).exclude(pk=satu.pk).delete()
        satu.confirmed, satu.name = True, APLIKASI
        satu.save(update_fields=["confirmed", "name"])
        kode = _cadangan(orang)
        sesi.akhiri(orang, kecuali=request.session.session_key)
        catat_jejak(orang, MEMASANG, orang)
    percobaan.TOTP.benar(str(orang.pk))
    _buka(request, satu, APLIKASI)
    return kode


def tunjukkan(request: HttpRequest, angka: str) -> None:
    """Show the second factor for this session: digits of the app, or one of the backup codes, which is gone then.

    Raises Ditolak for what fits neither, Terkunci for too many of them.
    """
    orang = request.user
    percobaan.TOTP.coba(str(orang.pk))
    teks = _rapi(angka)
    cocok, dengan = None, APLIKASI if teks.isdigit() else CADANGAN
    if dengan == APLIKASI:
        satu = alat(orang)
        cocok = satu and django_otp.verify_token(orang, satu.persistent_id, teks)
    elif lembar := StaticDevice.objects.filter(user=orang).first():
        cocok = django_otp.verify_token(orang, lembar.persistent_id, _sidik(orang, teks))
        if cocok:
            catat_jejak(orang, MEMAKAI_CADANGAN, orang)
    if not cocok:
        catat_masuk(orang, ANGKA_KELIRU, request, verifikasi=dengan)
        raise Ditolak(KELIRU)
    percobaan.TOTP.benar(str(orang.pk))
    _buka(request, cocok, dengan)


@transaction.atomic
def cadangan_baru(orang: Pengguna) -> list[str]:
    """Make new backup codes; the old ones open nothing any more."""
    kode = _cadangan(orang)
    catat_jejak(orang, MEMBUAT_CADANGAN, orang)
    return kode


@transaction.atomic
def lepas_sendiri(request: HttpRequest) -> None:
    """Take her own second factor away. Raises Ditolak where it is required."""
    orang = request.user
    if wajib(orang):
        raise Ditolak("Verifikasi dua langkah wajib untuk peran Anda.")
    _hapus(orang)
    sesi.akhiri(orang, kecuali=request.session.session_key)
    request.session.pop(django_otp.DEVICE_ID_SESSION_KEY, None)
    request.session[sesi.BUTUH] = False
    catat_jejak(orang, MELEPAS, orang)


@transaction.atomic
def atur_ulang(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna, alasan: str) -> None:
    """Take a lost device away from somebody else; she sets up another at her next sign-in, and all her sessions end.

    Raises Ditolak for who may not, without a reason, or when there is none.
    """
    periksa_mengelola(oleh, cakupan, orang)
    alasan = periksa_alasan(alasan, kosong="Tulis alasannya, misalnya: HP hilang.", terpanjang=PANJANG_ALASAN)
    if not _hapus(orang):
        raise Ditolak("Orang ini tidak memakai verifikasi dua langkah. Muat ulang halaman.")
    sesi.akhiri(orang)
    catat_jejak(oleh, MELEPAS, orang, alasan=alasan)


@transaction.atomic
def lepas_oleh_pengelola(orang: Pengguna) -> None:
    """The same by the operator at the server (`manage.py beri_kode --lepas-verifikasi`)."""
    if _hapus(orang):
        sesi.akhiri(orang)
        catat_jejak(None, MELEPAS, orang, alasan="oleh pengelola server")


def _rapi(angka: str) -> str:
    return "".join(angka.lower().replace("-", " ").split())[:16]


def _sidik(orang: Pengguna, kode: str) -> str:
    return cap_tertua(f"kader.akun.totp:{orang.pk}:{kode}").hex()[:16]


def _cadangan(orang: Pengguna) -> list[str]:
    StaticDevice.objects.filter(user=orang).delete()
    lembar = StaticDevice.objects.create(user=orang, name="cadangan")
    kode = ["".join(secrets.choice(HURUF) for _ in range(10)) for _ in range(BANYAK_CADANGAN)]
    # A code of digits alone would be taken for one of the app.
    kode = [k if not k.isdigit() else "k" + k[1:] for k in kode]
    StaticToken.objects.bulk_create(StaticToken(device=lembar, token=_sidik(orang, k)) for k in kode)
    return [f"{k[:5]}-{k[5:]}" for k in kode]


def _hapus(orang: Pengguna) -> int:
    StaticDevice.objects.filter(user=orang).delete()
    jumlah, _ = AlatTotp.objects.filter(user=orang).delete()
    return jumlah


def _buka(request: HttpRequest, perangkat: object, dengan: str) -> None:
    if perlu(request):
        # Until now only her password was known to be right.
        catat_masuk(request.user, MASUK, request, verifikasi=dengan)
    # Another right, another key: who learnt the old one has nothing.
    request.session.cycle_key()
    django_otp.login(request, perangkat)
