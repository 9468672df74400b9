"""One-time codes: issued by whoever looks after a person, read out or shown as a QR, used once by her.

Twelve digits in three groups, because they are read out on the telephone. The first four find the row, the other
eight are the secret; five wrong ones kill the code, so guessing it is one in 20 million. Kept as a keyed digest.
Times are the real clock's: a pinned day must not keep a code alive.
"""

import datetime as dt
import hmac
import re
import secrets

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kader.actions import catat_jejak
from kader.akun import percobaan
from kader.akun.alamat import alamat_klien
from kader.akun.orang import periksa_mengelola, periksa_seluruhnya
from kader.akun.sandi import akhiri_yang_lama
from kader.cakupan import Cakupan
from kader.jejak_masuk import KODE_MATI, catat_masuk
from kader.models import KodeMasuk, Pengguna
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import jam_nyata

MENGELUARKAN, MENCABUT, MEMAKAI = "mengeluarkan kode", "mencabut kode", "memakai kode"
PANJANG, PENUNJUK = 12, 4
SALAH_TERBANYAK = 5
KELIRU = (
    "Kode ini tidak berlaku: keliru, sudah dipakai, sudah diganti, atau habis waktunya. Periksa angkanya, atau minta "
    "kode baru kepada petugas Anda."
)
NONAKTIF = "Akun ini dinonaktifkan. Aktifkan dulu, baru buat kodenya."


def rapikan(teks: str) -> str:
    """Return the digits of what was typed or read from a QR; empty when these are not twelve."""
    angka = re.sub(r"[\s.–-]", "", teks)
    return angka if len(angka) == PANJANG and angka.isascii() and angka.isdigit() else ""


def tulis(kode: str) -> str:
    """Write a code as it is read out: "4821-0937-5516"."""
    return "-".join(kode[i : i + 4] for i in range(0, PANJANG, 4))


def _sidik(kode: str) -> str:
    return salted_hmac("kader.akun.kode", kode, algorithm="sha256").hexdigest()


def keperluan(orang: Pengguna) -> str:
    """Return what a code is for: her first password, or a new one."""
    return KodeMasuk.ATUR_ULANG if orang.has_usable_password() else KodeMasuk.AKTIVASI


def umur(perlu: str) -> dt.timedelta:
    """Return how long a code of a kind lives."""
    return dt.timedelta(minutes=settings.KODE_MENIT[perlu])


def _tutup(kode: KodeMasuk, sebab: str) -> None:
    kode.ditutup_pada, kode.sebab = jam_nyata(), sebab
    kode.save(update_fields=["ditutup_pada", "sebab"])


@transaction.atomic
def terbitkan(oleh: Pengguna | None, cakupan: Cakupan | None, orang: Pengguna) -> tuple[KodeMasuk, str]:
    """Issue a code; return it with its digits, which nobody can see again. One that was open is revoked.

    Whoever reads a code out could use it: so all that she does must lie in the area of who issues it. `oleh` None is
    the operator at the server (`manage.py beri_kode`). Raises Ditolak for who may not, and for a deactivated person.
    """
    if oleh is not None and cakupan is not None:
        periksa_seluruhnya(oleh, cakupan, orang)
    kunci_transaksi("kode-masuk")
    orang = Pengguna.objects.select_for_update().get(pk=orang.pk)
    if not orang.is_active:
        raise Ditolak(NONAKTIF)
    kini, perlu = jam_nyata(), keperluan(orang)
    terbuka = KodeMasuk.objects.terbuka()
    terbuka.filter(berlaku_sampai__lte=kini).update(ditutup_pada=kini, sebab=KodeMasuk.HABIS)
    terbuka.filter(untuk=orang).update(ditutup_pada=kini, sebab=KodeMasuk.DIGANTI)
    terpakai = set(terbuka.values_list("penunjuk", flat=True))
    angka = next(a for a in iter(_acak, None) if a[:PENUNJUK] not in terpakai)
    kode = KodeMasuk.objects.create(
        untuk=orang,
        keperluan=perlu,
        penunjuk=angka[:PENUNJUK],
        sidik=_sidik(angka),
        dibuat_oleh=oleh,
        dibuat_pada=kini,
        berlaku_sampai=kini + umur(perlu),
    )
    catat_jejak(oleh, MENGELUARKAN, orang, perubahan={"keperluan": ["", kode.get_keperluan_display()]})
    return kode, angka


def _acak() -> str:
    return f"{secrets.randbelow(10**PANJANG):0{PANJANG}d}"


@transaction.atomic
def cabut(oleh: Pengguna, cakupan: Cakupan, orang: Pengguna) -> bool:
    """Revoke the open code of a person; say whether there was one. Raises Ditolak for who may not."""
    periksa_mengelola(oleh, cakupan, orang)
    kode = KodeMasuk.objects.terbuka().select_for_update().filter(untuk=orang).first()
    if kode is None:
        return False
    _tutup(kode, KodeMasuk.DICABUT)
    catat_jejak(oleh, MENCABUT, orang)
    return True


def periksa(teks: str, request: HttpRequest) -> KodeMasuk:
    """Return the open code that was typed. Wrong tries count on the address, and on the code whose first digits fit.

    Raises Ditolak for one that opens nothing, Terkunci for too many tries from one address.
    """
    alamat = alamat_klien(request)
    percobaan.KODE.coba(alamat)
    angka = rapikan(teks)
    # In a transaction of its own: the count must stand, whatever the caller does.
    with transaction.atomic():
        calon = KodeMasuk.objects.terbuka().select_for_update().filter(penunjuk=angka[:PENUNJUK]).first()
        if calon is not None and not hmac.compare_digest(calon.sidik, _sidik(angka)):
            calon.salah += 1
            calon.save(update_fields=["salah"])
            if calon.salah >= SALAH_TERBANYAK:
                _tutup(calon, KodeMasuk.SALAH)
                catat_masuk(calon.untuk, KODE_MATI, request)
            calon = None
        elif calon is not None and (calon.berlaku_sampai <= jam_nyata() or not calon.untuk.is_active):
            calon = None
    if calon is None:
        raise Ditolak(KELIRU)
    percobaan.KODE.benar(alamat)
    return calon


@transaction.atomic
def pakai(kode: KodeMasuk, sandi: str) -> Pengguna:
    """Set the password that was typed with a code (`periksa`, validators passed): once. All her sessions end.

    Raises Ditolak when the code was used or revoked meanwhile.
    """
    orang = Pengguna.objects.select_for_update().get(pk=kode.untuk_id)
    kini = KodeMasuk.objects.terbuka().select_for_update().filter(pk=kode.pk, berlaku_sampai__gt=jam_nyata()).first()
    if kini is None or not orang.is_active:
        raise Ditolak(KELIRU)
    _tutup(kini, KodeMasuk.DIPAKAI)
    orang.set_password(sandi)
    orang.save(update_fields=["password"])
    akhiri_yang_lama(orang)
    catat_jejak(orang, MEMAKAI, orang, perubahan={"keperluan": ["", kini.get_keperluan_display()]})
    return orang
