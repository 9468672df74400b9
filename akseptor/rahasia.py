"""Columns that are ciphertext at rest, and the blind indexes beside them (docs/rahasia.md).

`manage.py putar_kunci` finds columns by these classes, so one that is added later is rotated too.
"""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

from poskb.dasar.tetap import cap

TUJUAN = b"poskb kolom rahasia 1"


# --- ciphers -------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=16)
def _sandi_satu(kunci: str) -> tuple[Fernet, Fernet]:
    """The cipher of a configured key, and the one that it stood for before keys were derived for their purpose."""
    bahan = kunci.encode()
    turunan = HKDF(SHA256(), 32, salt=None, info=TUJUAN).derive(bahan), hashlib.sha256(bahan).digest()
    return Fernet(base64.urlsafe_b64encode(turunan[0])), Fernet(base64.urlsafe_b64encode(turunan[1]))


@lru_cache(maxsize=4)
def _sandi(kunci: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([satu for k in kunci for satu in _sandi_satu(k)])


def sandi() -> MultiFernet:
    """Return the cipher of the configured keys: the first encrypts, all decrypt."""
    return _sandi(tuple(settings.KUNCI_DATA))


def sandi_utama() -> Fernet:
    """Return the cipher of the first key alone: what it does not open is under an old one."""
    return _sandi_satu(settings.KUNCI_DATA[0])[0]


# --- blind indexes -------------------------------------------------------------------------------------------------
def indeks_buta(teks: str, kunci: str | None = None) -> str:
    """Return the keyed hash (64 hex digits) under which a text is written: under the first key, or the one given."""
    return hmac.new((kunci or settings.KUNCI_INDEKS[0]).encode(), teks.encode(), hashlib.sha256).hexdigest()


def semua_indeks(teks: str) -> list[str]:
    """Return every hash under which equal texts may stand, newest first: while keys are rotated, more than one.

    Whoever looks a text up, or locks it, asks for all of them. Empty for no text.
    """
    return [indeks_buta(teks, kunci) for kunci in settings.KUNCI_INDEKS] if teks else []


def indeks_hp(nomor: str) -> str | None:
    """Return the keyed hash under which a phone number is written; None for none."""
    return indeks_buta(f"hp:{nomor}") if nomor else None


def kunci_hp(kader: int) -> list[bytes]:
    """Return the server's half (32 bytes) of the key to a kader's outbox, newest first (docs/luring.md)."""
    return [cap(f"kunci-hp:{kader}", kunci) for kunci in settings.KUNCI_TETAP]


# --- columns -------------------------------------------------------------------------------------------------------
class _Rahasia:
    """Encrypted in the database. Cannot be filtered or sorted."""

    def get_lookup(self, lookup_name: str) -> object:
        """Allow only `isnull`: any other comparison would silently compare ciphertext."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None  # type: ignore[misc]


class TeksRahasia(_Rahasia, models.TextField):
    """Text that is encrypted in the database; empty stays empty."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return sandi().decrypt(value.encode()).decode() if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        value = super().get_prep_value(value)
        return sandi().encrypt(value.encode()).decode() if value else value


class BitaRahasia(_Rahasia, models.BinaryField):
    """Bytes (a photo, a file) that are encrypted in the database; empty stays empty."""

    def from_db_value(self, value: bytes | None, expression: object, connection: object) -> bytes | None:
        return sandi().decrypt(bytes(value)) if value else value

    def get_prep_value(self, value: bytes | None) -> bytes | None:
        value = super().get_prep_value(value)
        return sandi().encrypt(bytes(value)) if value else value


class IndeksButa(models.CharField):
    """The blind index of the secret column `dari`. Who writes the one writes the other (`indeks`)."""

    def __init__(self, *args: Any, dari: str, **kwargs: Any) -> None:
        self.dari = dari
        super().__init__(*args, **({"max_length": 64, "null": True, "blank": True, "editable": False} | kwargs))

    def deconstruct(self) -> Any:
        nama, jalur, args, kwargs = super().deconstruct()
        return nama, jalur, args, kwargs | {"dari": self.dari}

    def semua(self, teks: str) -> list[str]:
        """Return every hash under which this text may stand in this column, newest first."""
        return semua_indeks(teks)


class IndeksHp(IndeksButa):
    """The blind index of a phone number: taken anew at every save, also of many rows at once.

    So no way to write the number can forget it. A save with `update_fields` must name both.
    """

    def semua(self, teks: str) -> list[str]:
        """Return every hash under which this number may stand, newest first."""
        return semua_indeks(f"hp:{teks}") if teks else []

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:  # noqa: FBT001  Django's signature
        """Return the index of the number as it stands, and leave it on the row."""
        nilai = indeks_hp(getattr(model_instance, self.dari))
        setattr(model_instance, self.attname, nilai)
        return nilai
