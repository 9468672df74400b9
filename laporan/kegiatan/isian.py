"""What form and sync hand to the actions: checked values, no HTTP."""

import datetime as dt
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Foto:
    """A photo that may be kept: JPEG, whole and small, only the picture. `sidik`: SHA-256 of what was sent."""

    isi: bytes
    kecil: bytes
    sidik: str


@dataclass(frozen=True)
class Isian:
    """One activity as the kader wrote it, checked by `KegiatanForm`. `sidik`: hash of a phone's record, or "".

    `foto` None leaves a photo as it is, unless `hapus_foto` takes it away; a new one wins over that.
    """

    id: uuid.UUID
    desa: str
    macam: str
    tanggal: dt.date
    jumlah_orang: int
    tempat: str = ""
    catatan: str = ""
    dicatat_pada: dt.datetime | None = None
    sidik: str = ""
    foto: Foto | None = None
    hapus_foto: bool = False

    def sidik_foto(self, sebelum: str) -> str:
        """Return the hash of the photo that stands after this was written; `sebelum` stood there before."""
        if self.foto:
            return self.foto.sidik
        return "" if self.hapus_foto else sebelum
