"""What an app above has to tell a kader of services that were just written. This one never imports it.

It registers its own in `ready()`, as kinds of records do (`akseptor/sinkron/jenis.py`).
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence

from akseptor.models import Pelayanan

Penutur = Callable[[Sequence[Pelayanan]], Mapping[uuid.UUID, str]]
PENUTUR: list[Penutur] = []


def daftarkan(penutur: Penutur) -> None:
    """Say who has to tell something, as {service: sentence}. Called once while the product starts."""
    PENUTUR.append(penutur)


def kabar(pelayanan: Iterable[Pelayanan]) -> dict[uuid.UUID, str]:
    """Return {service: sentences} of services as they now stand; what has nothing to be told is missing.

    Each of those who tell may ask the database once, however many services.
    """
    semua = list(pelayanan)
    hasil: dict[uuid.UUID, str] = {}
    for penutur in PENUTUR:
        for pk, kalimat in penutur(semua).items():
            hasil[pk] = f"{hasil[pk]} {kalimat}" if pk in hasil else kalimat
    return hasil
