"""The reports of March, April and May, each brought to where it stands as `laporan.bulanan.actions` would."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from laporan.bulanan.bukti import per_desa, tulis_beku
from laporan.bulanan.formulir import kunci_lalu
from laporan.bulanan.pembukaan import buka_baris
from laporan.bulanan.riwayat import SdBulan, sd_bulan_lalu
from laporan.demo.angka import isi_laporan
from laporan.demo.angka_silam import baru_sebulan, desa_melonjak, lonjakkan, mundur, seimbang
from laporan.demo.buku import Buku
from laporan.demo.lapor import JUNI, Lapor
from laporan.demo.mei import catat_mei, desa_bercatatan
from laporan.demo.orang import DESA_KADER
from laporan.demo.penulis import Penulis
from laporan.demo.rencana import BELUM
from laporan.demo.silam import MEI, SILAM, Nasib
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import geser_bulan

# Share of the year until May that was written before March.
SEBELUM_MARET = 0.4


@dataclass
class LaporSilam:
    """Makes them desa by desa, month by month; `lapor` holds June, from which the numbers are found backwards."""

    buku: Buku
    lapor: Lapor
    nasib: dict[tuple[str, dt.date], Nasib]
    laporan: list[LaporanBulanan] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.acak, self.susunan = self.buku.acak, self.lapor.susunan
        self.desa = sorted(self.buku.orang.kader)
        self.bercatatan = desa_bercatatan(self.acak, self.nasib, self.desa)

    def susun(self) -> None:
        """Make every report that somebody wrote; tell June what came before it, then let some of June jump."""
        for desa in self.desa:
            self._desa(desa)
        dikirim = [x.desa_id for x in self.lapor.laporan if x.status == StatusLaporan.DIKIRIM]
        juni = {x.desa_id: x for x in self.lapor.laporan}
        for nomor, desa in enumerate(desa_melonjak(dikirim)):
            lonjakkan(self.susunan, juni[desa].isi, nomor)

    def simpan(self) -> None:
        """Write them, the months that nobody wrote in, and the histories. All that they count is there before."""
        for bulan in SILAM:
            bukti = per_desa(self.desa, bulan)
            for laporan in self.laporan:
                if laporan.bulan == bulan and laporan.status == StatusLaporan.DISETUJUI:
                    laporan.dihitung["peran"] = tulis_beku(bukti[laporan.desa_id])
        LaporanBulanan.objects.bulk_create(sorted(self.laporan, key=lambda x: x.bulan), batch_size=500)
        for laporan in self.laporan:
            for tindakan, oleh, pada, alasan, isi in laporan.kisah:
                self.buku.tulis_jejak(tindakan, laporan, oleh, pada, laporan.desa_id, alasan=alasan, **isi)
        for bulan in SILAM:
            belum = [d for d in self.desa if self.nasib[d, bulan].status == BELUM]
            buka_baris(belum, bulan, self.lapor.formulir)

    def _desa(self, desa: str) -> None:
        isi = self._isi(desa)
        juni = len(self.buku.baru_bulan(desa, JUNI))
        setahun: dict[dt.date, LaporanBulanan] = {}
        dihitung: dict[dt.date, dict[str, int]] = {}
        sejauh = {m: round(isi[MEI][kunci_lalu(m)] * SEBELUM_MARET) for m in self.susunan.metode}
        for bulan in SILAM:
            nasib = self.nasib[desa, bulan]
            baru = {} if nasib.nihil else baru_sebulan(self.acak, juni)
            if nasib.status != BELUM:
                sd = self._sd_lalu(bulan, setahun, dihitung)
                catatan = catat_mei(self.buku, desa, baru) if bulan == MEI and desa in self.bercatatan else []
                dihitung[bulan] = dict(Counter(str(p.metode) for p in catatan))
                penulis = Penulis(self.buku, self.lapor, desa, bulan, nasib)
                setahun[bulan] = penulis.tulis(isi[bulan], sd, sejauh, baru, catatan)
            sejauh = {m: n + baru.get(m, 0) for m, n in sejauh.items()}
        self.laporan += setahun.values()
        self.lapor.sambung(desa, self._sd_lalu(JUNI, setahun, dihitung), sejauh)

    def _isi(self, desa: str) -> dict[dt.date, dict[str, int]]:
        """The plain numbers of every month, the latest first found."""
        kini = self.lapor.penuh.get(desa) or isi_laporan(self.acak, self.susunan)
        hasil = {}
        for bulan in reversed(SILAM):
            kini = mundur(self.acak, self.susunan, kini)
            if (desa, bulan) == (DESA_KADER, MEI):
                # What her officer asks her to look at: by so much she is off in June.
                kini["pa_suntik"] = self.lapor.penuh[desa]["pa_suntik"] + 6
                kini["ias"] += 3  # so that no other number explains it as well
                kini = seimbang(self.susunan, kini)
            hasil[bulan] = kini
        return hasil

    def _sd_lalu(
        self, bulan: dt.date, setahun: dict[dt.date, LaporanBulanan], dihitung: dict[dt.date, dict[str, int]]
    ) -> SdBulan:
        """What the months before say, as `laporan.bulanan.riwayat.riwayat` reads it from the database."""
        if geser_bulan(bulan, -1) not in setahun:
            return dict.fromkeys(self.susunan.metode)
        return sd_bulan_lalu(bulan, setahun, dihitung, self.susunan.metode)
