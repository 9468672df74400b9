"""What changed since a report was typed into SIGA."""

from dataclasses import dataclass

from laporan.bulanan.lembar import Lembar
from laporan.ekspor.isi import angka, nama_angka
from laporan.enums import StatusLaporan
from laporan.models import InputSiga


@dataclass(frozen=True)
class Beda:
    """One number: its name, what was typed into SIGA, what the report says now. None: blank."""

    nama: str
    dulu: int | None
    kini: int | None


@dataclass(frozen=True)
class Tanda:
    """The tick of one report and what is different now; `tanda` is None while there is none."""

    lembar: Lembar
    tanda: InputSiga | None
    beda: list[Beda]

    @property
    def bisa(self) -> bool:
        """Whether the report can be ticked: only approved numbers are typed into SIGA."""
        return self.lembar.disetujui

    @property
    def dibuka(self) -> bool:
        """Whether the report was reopened after the tick and is not approved again yet."""
        return self.tanda is not None and self.lembar.laporan.status != StatusLaporan.DISETUJUI

    @property
    def keadaan(self) -> str:
        """One word for list and order: berubah, dibuka, belum, sudah, menunggu."""
        if self.tanda is not None:
            return "berubah" if self.beda else ("dibuka" if self.dibuka else "sudah")
        return "belum" if self.bisa else "menunggu"


def bandingkan(tanda: InputSiga | None, lembar: Lembar) -> Tanda:
    """Return the tick beside the report. Same version, same numbers: then nothing is computed."""
    if tanda is None or tanda.versi == lembar.laporan.versi:
        return Tanda(lembar, tanda, [])
    kini, nama = angka(lembar), nama_angka(lembar)
    kunci = [*nama, *(k for k in sorted(tanda.angka) if k not in nama)]
    beda = [Beda(nama.get(k, k), tanda.angka.get(k), kini.get(k)) for k in kunci if tanda.angka.get(k) != kini.get(k)]
    return Tanda(lembar, tanda, beda)


def tanda_laporan(lembar: Lembar) -> Tanda:
    """Return the tick of one report. One query."""
    tanda = None if lembar.baru else InputSiga.objects.filter(pk=lembar.laporan.pk).select_related("oleh").first()
    return bandingkan(tanda, lembar)
