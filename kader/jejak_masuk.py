"""Sign-ins, refused sign-ins and sign-outs, in the history.

Django says them on every way in (page, admin, whatever comes later); these are signals of acts, not of models. Kept:
who, which kind of device, and the network it came from without the place in it (the last octet of IPv4, all but the
first 48 bits of IPv6 are cut off): enough to see "from another network", not enough to follow a person. A name that
nobody has is not kept: it may be a password typed into the wrong field.
"""

import ipaddress
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from kader.actions import catat_jejak
from kader.akun.alamat import alamat_klien
from kader.akun.peranti import nama_peranti
from kader.models import Pengguna

MASUK, GAGAL, KELUAR = "masuk", "gagal masuk", "keluar"
PERISTIWA = (MASUK, GAGAL, KELUAR)


def jaringan(request: HttpRequest | None) -> str:
    """Return the network of the caller, its own place in it cut off; behind a front server, what that one saw."""
    # Of IPv6 it is a network already; what is cut off is more than that.
    alamat = alamat_klien(request).partition("/")[0] if request else ""
    if not alamat:
        return ""
    panjang = 24 if ipaddress.ip_address(alamat).version == 4 else 48
    return str(ipaddress.ip_network(f"{alamat}/{panjang}", strict=False))


def catat_masuk(pengguna: Pengguna | None, tindakan: str, request: HttpRequest | None, **tambahan: str) -> None:
    """Write a sign-in or what is like it. `pengguna` None: a name that nobody has. `tambahan`: more to tell, in words.

    For whoever builds lockout, codes or a second step: call it with a word of your own beside `PERISTIWA`.
    """
    peranti = nama_peranti(request.META.get("HTTP_USER_AGENT", "") if request else "")
    perubahan = {"perangkat": [None, peranti], "jaringan": [None, jaringan(request)]}
    perubahan |= {nama: [None, kata] for nama, kata in tambahan.items()}
    # Who was refused did not act: the line is about her, not by her.
    oleh = None if tindakan == GAGAL else pengguna
    catat_jejak(oleh, tindakan, pengguna or Pengguna(), perubahan=perubahan)


def _masuk(request: HttpRequest | None, user: Any, **lain: object) -> None:
    catat_masuk(user, MASUK, request)


def _keluar(request: HttpRequest | None, user: Any, **lain: object) -> None:
    if user is not None:
        catat_masuk(user, KELUAR, request)


def _gagal(credentials: dict[str, Any], request: HttpRequest | None = None, **lain: object) -> None:
    nama = str(credentials.get("username") or credentials.get(Pengguna.USERNAME_FIELD) or "").replace("\x00", "")
    catat_masuk(Pengguna.objects.filter(nama_masuk=nama.strip().lower()).first(), GAGAL, request)


def sambungkan() -> None:
    """Connect; called once from the app's `ready`."""
    user_logged_in.connect(_masuk, dispatch_uid="kader.jejak_masuk.masuk")
    user_logged_out.connect(_keluar, dispatch_uid="kader.jejak_masuk.keluar")
    user_login_failed.connect(_gagal, dispatch_uid="kader.jejak_masuk.gagal")
