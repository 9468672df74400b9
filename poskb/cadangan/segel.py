"""A sealed file that is written and read as a stream.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), as age and Tink use it, on AES-256-GCM: the
plain text is cut into segments of 1 MiB, the nonce of each is its number and a last byte that is 1 on the final one.
So a changed, moved, repeated or missing segment, a cut end and an appended one are all noticed. Each file has a key of
its own, HKDF-SHA256 of the operator's key and 32 random bytes, so nonces never meet; the head (magic, name of the key,
salt) is authenticated with every segment.
"""

import hmac
import os
from collections.abc import Iterator, Sequence
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from poskb.cadangan import Gagal

MAGIS = b"POSKB-CADANGAN-1\n"
NAMA, GARAM, SEGMEN, TAG = 8, 32, 1024 * 1024, 16
RUSAK = "Berkas cadangan ini rusak, terpotong atau pernah diubah. Tidak ada yang disentuh; pakai berkas lain."


def _turunkan(kunci: str, garam: bytes | None, untuk: bytes, panjang: int) -> bytes:
    return HKDF(SHA256(), panjang, garam, b"poskb cadangan 1: " + untuk).derive(kunci.encode())


def nama_kunci(kunci: str) -> bytes:
    """Return eight bytes that tell one key from another and nothing of either."""
    return _turunkan(kunci, None, b"nama", NAMA)


def _nonce(nomor: int, *, terakhir: bool) -> bytes:
    return nomor.to_bytes(11, "big") + bytes([terakhir])


class Penyegel:
    """Takes plain bytes, writes sealed ones; without `selesai()` nobody can open the file."""

    def __init__(self, keluar: IO[bytes], kunci: str) -> None:
        garam = os.urandom(GARAM)
        self._keluar, self._nomor, self._tunggu = keluar, 0, bytearray()
        self._kepala = MAGIS + nama_kunci(kunci) + garam
        self._sandi = AESGCM(_turunkan(kunci, garam, b"isi", 32))
        keluar.write(self._kepala)

    def tulis(self, isi: bytes) -> None:
        """Take more. A full segment leaves when something follows it: the last one is sealed otherwise."""
        self._tunggu += isi
        while len(self._tunggu) > SEGMEN:
            self._segel(bytes(self._tunggu[:SEGMEN]), terakhir=False)
            del self._tunggu[:SEGMEN]

    def selesai(self) -> None:
        """Seal the end."""
        self._segel(bytes(self._tunggu), terakhir=True)

    def _segel(self, isi: bytes, *, terakhir: bool) -> None:
        nonce = _nonce(self._nomor, terakhir=terakhir)
        self._keluar.write(self._sandi.encrypt(nonce, isi, self._kepala))
        self._nomor += 1


def buka(berkas: IO[bytes], kunci: Sequence[str]) -> Iterator[bytes]:
    """Yield the plain bytes. Each piece is authentic when it comes; only the end of the iteration says: whole.

    Raises Gagal for another file, another key, and whatever was changed or cut.
    """
    kepala = berkas.read(len(MAGIS) + NAMA + GARAM)
    if not kepala.startswith(MAGIS) or len(kepala) != len(MAGIS) + NAMA + GARAM:
        raise Gagal("Ini bukan berkas cadangan Pos KB, atau awalnya rusak. Tidak ada yang disentuh.", Gagal.BERKAS)
    nama, garam = kepala[len(MAGIS) : -GARAM], kepala[-GARAM:]
    milik = next((k for k in kunci if hmac.compare_digest(nama_kunci(k), nama)), None)
    if milik is None:
        ada = ", ".join(nama_kunci(k).hex() for k in kunci) or "tidak ada"
        raise Gagal(
            f"Berkas ini disegel dengan kunci {nama.hex()}; POSKB_KUNCI_CADANGAN berisi {ada}. "
            "Tambahkan kunci lamanya di belakang koma. Tidak ada yang disentuh.",
            Gagal.BERKAS,
        )
    sandi = AESGCM(_turunkan(milik, garam, b"isi", 32))
    nomor, segmen = 0, berkas.read(SEGMEN + TAG)
    while True:
        berikut = berkas.read(SEGMEN + TAG)
        try:
            isi = sandi.decrypt(_nonce(nomor, terakhir=not berikut), segmen, kepala)
        except (InvalidTag, ValueError):
            raise Gagal(RUSAK, Gagal.BERKAS) from None
        yield isi
        if not berikut:
            return
        nomor, segmen = nomor + 1, berikut
