"""A guess at somebody's password, and under what it is counted: one way for every page that asks for one.

Three places a guess can come from:

- a browser on which she has signed in before (kader/akun/kenal.py): counted by itself, so that nobody shuts her out of
  her own phone, neither from behind the same carrier's address nor from a thousand others;
- any other: by name and address, and slowly by name alone, or a guesser with many addresses would have no limit;
- a page that asks again inside her session: by the session.
"""

from dataclasses import dataclass

from django.http import HttpRequest

from kader.akun import kenal, sesi
from kader.akun.alamat import alamat_klien
from kader.akun.percobaan import SANDI, SANDI_DI_MANA_SAJA
from kader.models.pengguna import rapikan_nama_masuk


@dataclass(frozen=True)
class Tebakan:
    """One guess: at whose password (the name, tidied up), from where, and whether that is a place of hers."""

    nama: str
    tempat: str
    miliknya: bool

    def coba(self) -> None:
        """Count it, before it is judged. Raises Terkunci when it is not heard; then it counts nowhere."""
        if not self.miliknya:
            SANDI_DI_MANA_SAJA.periksa(self.nama)
        SANDI.coba(self.nama, self.tempat)
        if not self.miliknya:
            SANDI_DI_MANA_SAJA.coba(self.nama)

    def benar(self) -> None:
        """It was right, or she proved otherwise who she is: forget the wrong ones before it."""
        SANDI.benar(self.nama, self.tempat)
        if not self.miliknya:
            SANDI_DI_MANA_SAJA.benar(self.nama)


def saat_masuk(request: HttpRequest, nama: str) -> Tebakan:
    """Return the guess of who is not signed in, at the name that was typed."""
    nama = rapikan_nama_masuk(nama)
    nomor = kenal.nomor(request, nama)
    return Tebakan(nama, f"peramban {nomor}" if nomor else alamat_klien(request), miliknya=bool(nomor))


def di_dalam(request: HttpRequest) -> Tebakan:
    """Return the guess of who is signed in and is asked for her password again."""
    nama = rapikan_nama_masuk(request.user.nama_masuk)
    return Tebakan(nama, f"sesi {request.session.get(sesi.NOMOR)}", miliknya=True)
