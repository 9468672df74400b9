"""Columns that are ciphertext at rest: NIK, phone, address."""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _sandi(kunci: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(k.encode()).digest())) for k in kunci])


def sandi() -> MultiFernet:
    """Return the cipher of the configured keys: the first encrypts, all decrypt."""
    return _sandi(tuple(settings.KUNCI_DATA))


def indeks_buta(teks: str) -> str:
    """Return the keyed hash (64 hex digits) under which equal texts are found without being readable."""
    return hmac.new(settings.KUNCI_INDEKS.encode(), teks.encode(), hashlib.sha256).hexdigest()


def kunci_hp(kader: int) -> bytes:
    """Return the server's half (32 bytes) of the key to a kader's outbox on her phones (docs/luring.md)."""
    return hmac.new(settings.KUNCI_INDEKS.encode(), f"kunci-hp:{kader}".encode(), hashlib.sha256).digest()


class TeksRahasia(models.TextField):
    """Text that is encrypted in the database. Cannot be filtered or sorted; empty stays empty."""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return sandi().decrypt(value.encode()).decode() if value else value

    def get_prep_value(self, value: str | None) -> str | None:
        value = super().get_prep_value(value)
        return sandi().encrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> object:
        """Allow only `isnull`: any other comparison would silently compare ciphertext."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def indeks_hp(nomor: str) -> str | None:
    """Return the keyed hash under which equal phone numbers are found; None for none."""
    return indeks_buta(f"hp:{nomor}") if nomor else None


class IndeksHp(models.CharField):
    """The blind index of a phone number in the column `dari`: taken anew at every save, also of many rows at once.

    So no way to write the number can forget it. A save with `update_fields` must name both.
    """

    def __init__(self, *args: Any, dari: str, **kwargs: Any) -> None:
        self.dari = dari
        super().__init__(*args, **({"max_length": 64, "null": True, "blank": True, "editable": False} | kwargs))

    def deconstruct(self) -> Any:
        nama, jalur, args, kwargs = super().deconstruct()
        return nama, jalur, args, kwargs | {"dari": self.dari}

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:  # noqa: FBT001  Django's signature
        """Return the index of the number as it stands, and leave it on the row."""
        nilai = indeks_hp(getattr(model_instance, self.dari))
        setattr(model_instance, self.attname, nilai)
        return nilai
