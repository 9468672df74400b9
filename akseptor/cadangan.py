"""The rescue file of a phone: made with the server's public key, opened only here.

ECDH on P-256, HKDF-SHA256, AES-256-GCM: what every browser has built in. The private key is derived from
`settings.KUNCI_TETAP`, which no rotation of the data key touches: a phone without signal keeps the public key for
months. Files from before that setting were made with `settings.KUNCI_DATA`; they open while that key is still listed.
"""

import base64
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing

from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak

KURVA = ec.SECP256R1()
# Order of P-256 (FIPS 186-5): a private key is a number below it.
ORDE = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
GARAM = "poskb.cadangan"
BUKAN_CADANGAN = "Ini bukan berkas cadangan Pos KB, atau berkasnya rusak. Minta kader mengirim sekali lagi."


def _kunci_pribadi(rahasia: str) -> ec.EllipticCurvePrivateKey:
    angka = int.from_bytes(hashlib.sha512(f"cadangan:{rahasia}".encode()).digest(), "big")
    return ec.derive_private_key(angka % (ORDE - 1) + 1, KURVA)


def kunci_publik() -> str:
    """Return the key that phones encrypt to (base64 of the uncompressed point)."""
    titik = _kunci_pribadi(settings.KUNCI_TETAP[0]).public_key()
    isi = titik.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return base64.b64encode(isi).decode()


def tanda_hp(kader: Pengguna) -> str:
    """Return the word that a phone puts into its file: this kader was signed in there."""
    return signing.Signer(salt=GARAM).sign(kader.pk)


def pemilik_cadangan(tanda: str) -> int:
    """Return the id of the kader whose phone made a file. Raises Ditolak for a word that is not ours."""
    try:
        return int(signing.Signer(salt=GARAM).unsign(tanda))
    except (signing.BadSignature, ValueError, TypeError):
        raise Ditolak(BUKAN_CADANGAN) from None


def buka_cadangan(berkas: bytes) -> dict[str, Any]:
    """Return what is in a rescue file: `tanda`, `jam_hp`, `catatan`. Raises Ditolak when it is none."""
    try:
        amplop = json.loads(berkas)
        titik, iv, isi = (base64.b64decode(amplop[k], validate=True) for k in ("kunci", "iv", "isi"))
        hp = ec.EllipticCurvePublicKey.from_encoded_point(KURVA, titik)
    except (ValueError, KeyError, TypeError, UnicodeDecodeError, RecursionError):
        raise Ditolak(BUKAN_CADANGAN) from None
    for rahasia in [*settings.KUNCI_TETAP, *settings.KUNCI_DATA]:
        bersama = _kunci_pribadi(rahasia).exchange(ec.ECDH(), hp)
        kunci = HKDF(hashes.SHA256(), 32, salt=b"", info=b"poskb cadangan 1").derive(bersama)
        try:
            hasil = json.loads(AESGCM(kunci).decrypt(iv, isi, None))
        except (InvalidTag, ValueError, RecursionError):
            continue
        if isinstance(hasil, dict) and isinstance(hasil.get("catatan"), list) and isinstance(hasil.get("tanda"), str):
            return hasil
    raise Ditolak(BUKAN_CADANGAN)
