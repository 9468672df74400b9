"""What form and sync hand to the actions: checked values, no HTTP."""

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Isian:
    """One activity as the kader wrote it, checked by `KegiatanForm`. `sidik`: hash of a phone's record, or ""."""

    id: uuid.UUID
    desa: str
    macam: str
    tanggal: dt.date
    jumlah_orang: int
    tempat: str = ""
    catatan: str = ""
    dicatat_pada: dt.datetime | None = None
    sidik: str = ""
