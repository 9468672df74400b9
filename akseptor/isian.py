"""What a form, a sync or an import hands to the actions: checked values, no HTTP."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from akseptor.enums import Tahap


@dataclass(frozen=True)
class Isian:
    """One record as the kader wrote it, already checked by `akseptor.forms.AkseptorForm`.

    `orang_sama`: the Akseptor she says is the same person; `bukan_orang_sama`: the likely ones she says are not.
    `peringatan`: codes of warnings she confirmed. `sidik`: keyed hash of a phone's record, "" for the page's.
    """

    id: uuid.UUID
    tahap: Tahap
    nama_istri: str
    nik_istri: str
    alasan_nik_menyusul: str
    tanggal_lahir_istri: dt.date
    desa: str
    nama_suami: str = ""
    no_hp: str = ""
    rw: str = ""
    rt: str = ""
    alamat: str = ""
    jumlah_anak: int | None = None
    metode: str = ""
    status_peserta: str = ""
    faskes: int | None = None
    tanggal_pelayanan: dt.date | None = None
    pascapersalinan: bool = False
    pascakeguguran: bool = False
    perlu_perhatian_bidan: bool = False
    orang_sama: uuid.UUID | None = None
    ada_kemiripan: bool = False
    peringatan: tuple[str, ...] = field(default_factory=tuple)
    dicatat_pada: dt.datetime | None = None
    sidik: str = ""
