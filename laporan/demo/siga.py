"""Reports of April and May that were typed into SIGA; one of them was opened and corrected afterwards."""

import datetime as dt

from kader.cakupan import Cakupan
from kader.enums import Peran
from laporan.demo.buku import Buku
from laporan.demo.orang import DESA_KADER, KECAMATAN
from laporan.demo.silam import APRIL, DIBUKA, MEI
from laporan.ekspor.isi import angka
from laporan.ekspor.sebulan import lembar_sebulan
from laporan.enums import StatusLaporan
from laporan.models import InputSiga, LaporanBulanan
from laporan.siga.actions import TANDAI

# Where the ticks are set, by month; the rest of the district still has it before it.
BERTANDA = {APRIL: (KECAMATAN, "32.14.06", "32.14.12"), MEI: (KECAMATAN, "32.14.09")}
BELUM_BERTANDA = {(DESA_KADER, MEI)}


def tambah_siga(buku: Buku, laporan: list[LaporanBulanan], kabupaten: str) -> int:
    """Write the ticks with the numbers of their moment; return how many. The reports must be stored."""
    baris: list[InputSiga] = []
    for bulan, kecamatan in BERTANDA.items():
        per_desa = {
            x.desa_id: x
            for x in laporan
            if x.bulan == bulan
            and x.status == StatusLaporan.DISETUJUI
            and x.desa_id[:8] in kecamatan
            and (x.desa_id, bulan) not in BELUM_BERTANDA
        }
        cakupan = Cakupan(Peran.DPPKB, (kabupaten,))
        semua = lembar_sebulan(cakupan, bulan, desa=per_desa)
        baris += [_satu(buku, per_desa[x.desa.kode], angka(x.lembar)) for x in semua]
    InputSiga.objects.bulk_create(baris)
    for t in baris:
        buku.tulis_jejak(TANDAI, t.laporan, t.oleh, t.pada, t.laporan.desa_id)
    return len(baris)


def _satu(buku: Buku, laporan: LaporanBulanan, kini: dict[str, int]) -> InputSiga:
    """Typed in a day or two after approval; the corrected one before it was opened, with what stood there then."""
    pertama = next(pada for tindakan, _, pada, *_ in laporan.kisah if tindakan == "setujui")
    versi = laporan.versi
    if (laporan.desa_id, laporan.bulan) == DIBUKA:
        versi, kini = laporan.versi_siga, kini | laporan.angka_siga
    saat = buku.acak.setelah(pertama, 2) + dt.timedelta(minutes=20)
    return InputSiga(laporan=laporan, oleh=buku.orang.petugas[laporan.desa_id], pada=saat, versi=versi, angka=kini)
