"""How poskb/settings.py reads the environment: a value that is none of its kind stops the start with a sentence."""

import os
import re

from django.core.exceptions import ImproperlyConfigured


def env_bool(name: str, *, default: bool) -> bool:
    """Read a yes/no variable. Raises ImproperlyConfigured for anything but 1/0, true/false, ya/tidak."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "ya"}:
        return True
    if value in {"0", "false", "tidak"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def env_int(name: str, *, default: int) -> int:
    """Read a whole number. Raises ImproperlyConfigured when it is none."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number.") from None


def env_nama(name: str, *, default: str) -> str:
    """Read the beginning of names in the database. Raises ImproperlyConfigured for what is no plain name."""
    value = os.environ.get(name, "").strip() or default
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", value):
        raise ImproperlyConfigured(f"{name}={value!r}: write small letters, digits and _ , at most 31.")
    return value


def env_list(name: str, *, default: str) -> list[str]:
    """Read a comma separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_angka(name: str, *, default: dict[str, int]) -> dict[str, int]:
    """Read "kader=3,tutup=15": whole numbers by name (days, hours, amounts); what is not named keeps its default.

    Raises ImproperlyConfigured for anything else. Whether days make sense is a system check (laporan/checks.py).
    """
    numbers = dict(default)
    for part in env_list(name, default=""):
        key, _, value = (text.strip() for text in part.partition("="))
        if key not in default or not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name}: {part!r}: write name=number, with a name of {', '.join(default)}.")
        numbers[key] = int(value)
    return numbers


def periksa_beda(**keys: list[str]) -> None:
    """Raise ImproperlyConfigured when one secret serves two purposes: who learns it for one would have the other.

    An old key of the index may be the stable one: installations from before KUNCI_TETAP put it there.
    """
    used = [(name, value) for name, values in keys.items() for value in values]
    for i, (name, value) in enumerate(used):
        for other, same in used[i + 1 :]:
            old_index = {name, other} == {"POSKB_KUNCI_INDEKS", "POSKB_KUNCI_TETAP"}
            if value == same and not (old_index and value != keys["POSKB_KUNCI_INDEKS"][0]):
                raise ImproperlyConfigured(f"{name} and {other} hold the same secret. Make one for each purpose.")
