"""Sign-ins, refused sign-ins and sign-outs, in the history.

Django says them on every way in (page, admin, whatever comes later); these are signals of acts, not of models. What it
does not know of (the second factor, a deactivated account, codes) says it here itself. A sign-in is written when it is
complete: where a second factor is asked, the password alone is a line of its own. Kept:
who, which kind of device, and the network it came from without the place in it (the last octet of IPv4, all but the
first 48 bits of IPv6 are cut off): enough to see "from another network", not enough to follow a person. A name that
nobody has is not kept: it may be a password typed into the wrong field.
"""

import ipaddress
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from kader.actions import catat_jejak
from kader.akun import sesi
from kader.akun.alamat import alamat_klien
from kader.akun.peranti import nama_peranti
from kader.models import Pengguna

MASUK, GAGAL, KELUAR = "masuk", "gagal masuk", "keluar"
SANDI_BENAR = "kata sandi benar, menunggu verifikasi"
ANGKA_KELIRU = "kode verifikasi keliru"
AKUN_NONAKTIF = "masuk ditolak, akun nonaktif"
KODE_MATI = "kode mati karena terlalu sering keliru"
DITOLAK = (GAGAL, ANGKA_KELIRU, AKUN_NONAKTIF, KODE_MATI)
PERISTIWA = (MASUK, SANDI_BENAR, KELUAR, *DITOLAK)


def jaringan(request: HttpRequest | None) -> str:
    """Return the network of the caller, its own place in it cut off; behind a front server, what that one saw."""
    # Of IPv6 it is a network already; what is cut off is more than that.
    alamat = alamat_klien(request).partition("/")[0] if request else ""
    if not alamat:
        return ""
    panjang = 24 if ipaddress.ip_address(alamat).version == 4 else 48
    return str(ipaddress.ip_network(f"{alamat}/{panjang}", strict=False))


def catat_masuk(pengguna: Pengguna | None, tindakan: str, request: HttpRequest | None, **tambahan: str) -> None:
    """Write one of `PERISTIWA`. `pengguna` None: a name that nobody has. `tambahan`: more to tell, in words."""
    peranti = nama_peranti(request.META.get("HTTP_USER_AGENT", "") if request else "")
    perubahan = {"perangkat": [None, peranti], "jaringan": [None, jaringan(request)]}
    perubahan |= {nama: [None, kata] for nama, kata in tambahan.items()}
    # Who was refused, or has not yet shown that it is she, did not act: the line is about her, not by her.
    oleh = pengguna if tindakan in (MASUK, KELUAR) else None
    catat_jejak(oleh, tindakan, pengguna or Pengguna(), perubahan=perubahan)


def _masuk(request: HttpRequest | None, user: Any, **lain: object) -> None:
    # `kader.akun.masuk` has filled the session already.
    belum = request is not None and request.session.get(sesi.BUTUH)
    catat_masuk(user, SANDI_BENAR if belum else MASUK, request)


def _keluar(request: HttpRequest | None, user: Any, **lain: object) -> None:
    if user is not None:
        catat_masuk(user, KELUAR, request)


def _gagal(credentials: dict[str, Any], request: HttpRequest | None = None, **lain: object) -> None:
    nama = str(credentials.get("username") or credentials.get(Pengguna.USERNAME_FIELD) or "").replace("\x00", "")
    try:
        pengguna = Pengguna.objects.get_by_natural_key(nama)
    except Pengguna.DoesNotExist:
        pengguna = None
    catat_masuk(pengguna, GAGAL, request)


def sambungkan() -> None:
    """Connect; called once from the app's `ready`."""
    user_logged_in.connect(_masuk, dispatch_uid="kader.jejak_masuk.masuk")
    user_logged_out.connect(_keluar, dispatch_uid="kader.jejak_masuk.keluar")
    user_login_failed.connect(_gagal, dispatch_uid="kader.jejak_masuk.gagal")
