"""Keyed hashes that outlive every rotation: what they were made of is not kept, so nobody could make them again.

What a phone has wrapped, the hash of a record that it sent, the draw of a month's sample. Their key is
`settings.KUNCI_TETAP`: the first makes, all are recognised, and one that was used once stays listed.
"""

import hashlib
import hmac

from django.conf import settings


def cap(teks: str, kunci: str | None = None) -> bytes:
    """Return the keyed hash (32 bytes) of a text that begins with its purpose, by the first key or the given one."""
    return hmac.new((kunci or settings.KUNCI_TETAP[0]).encode(), teks.encode(), hashlib.sha256).digest()


def cap_tertua(teks: str) -> bytes:
    """Return the keyed hash by the oldest key: for what must stay the same when a new key is listed in front."""
    return cap(teks, settings.KUNCI_TETAP[-1])


def semua_cap(teks: str) -> tuple[str, ...]:
    """Return the keyed hash (hex) under every key, newest first: what was stored is one of them."""
    return tuple(cap(teks, kunci).hex() for kunci in settings.KUNCI_TETAP)


def nama_kunci() -> str:
    """Return a short name of the first key, which tells nothing of it: a phone sees by it that there is a new one."""
    return cap("nama-kunci").hex()[:8]
