"""The June reports, each brought to its state as `laporan.bulanan.actions` would."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from akseptor.models import Pelayanan
from laporan.bulanan import imbang
from laporan.bulanan.bukti import per_desa, tulis_beku
from laporan.bulanan.formulir import Susunan, baca, kunci_lalu, kunci_lapor
from laporan.bulanan.riwayat import SdBulan
from laporan.demo.angka import isi_laporan
from laporan.demo.buku import Buku
from laporan.demo.orang import DESA_KADER
from laporan.demo.rencana import BELUM, Rencana
from laporan.enums import StatusLaporan
from laporan.models import Formulir, LaporanBulanan
from poskb.dasar.waktu import WIB

JUNI = dt.date(2021, 6, 1)
ALASAN_KADER = (
    "PUS {pus} lebih banyak {beda} daripada jumlah PA + H + IAS + IAT + TIAL. "
    "Cocokkan PA suntik dengan buku bantu, betulkan, lalu kirim lagi."
)
ALASAN = (
    {"II": "KIE tertulis {kie} kali, tetapi belum ada catatan kegiatannya. Periksa buku kegiatan."},
    {"V": "PA pil dan suntik tampaknya tertukar. Cocokkan dengan buku bantu."},
    {"I": "Jumlah Sub Pos KB tidak sama dengan jumlah RW. Periksa lagi."},
    {"III": "Anggota BKB belum dicocokkan dengan daftar hadir.", "V": "IAT dan TIAL belum dihitung ulang."},
)
BERBEDA = "Dilayani bidan praktik bulan ini, catatannya menyusul."
PALING_BANYAK_NIHIL = 4
BAGIAN_PUS = "V"


@dataclass
class Lapor:
    """Makes the reports of all desa into one list."""

    buku: Buku
    rencana: Rencana
    formulir: Formulir

    def __post_init__(self) -> None:
        self.acak = self.buku.acak
        self.susunan: Susunan = baca(self.formulir.isi)
        self.laporan: list[LaporanBulanan] = []
        # Every number of a desa, also those that its draft has not come to.
        self.penuh: dict[str, dict[str, int]] = {}
        self.nihil = 0

    def susun(self) -> None:
        """Make every report that is not "belum"."""
        for desa, status in self.rencana.status.items():
            if status != BELUM:
                self.laporan.append(self._tulis(desa, StatusLaporan(status)))

    @property
    def desa_nihil(self) -> set[str]:
        """The desa that report nihil: nothing was done there in June."""
        return {x.desa_id for x in self.laporan if x.nihil}

    def simpan(self) -> None:
        """Write them, then their histories. Approval closes June: all that belongs to it is there before."""
        bukti = per_desa([x.desa_id for x in self.laporan], JUNI)
        for laporan in self.laporan:
            if laporan.status == StatusLaporan.DISETUJUI:
                laporan.dihitung["peran"] = tulis_beku(bukti[laporan.desa_id])
        # Keys first: the histories name them.
        LaporanBulanan.objects.bulk_create(self.laporan, batch_size=500)
        for laporan in self.laporan:
            self._jejak(laporan)

    def sambung(self, desa: str, sd_lalu: SdBulan, sejauh: dict[str, int]) -> None:
        """Tell a report what the months before say: what they say is not typed; where they say nothing it is."""
        laporan = next((x for x in self.laporan if x.desa_id == desa), None)
        if laporan is None:
            return
        for m in self.susunan.metode:
            laporan.isi.pop(kunci_lalu(m), None)
            if sd_lalu[m] is None and laporan.status != StatusLaporan.DRAF:
                laporan.isi[kunci_lalu(m)] = sejauh[m]
        if laporan.status == StatusLaporan.DISETUJUI:
            laporan.dihitung["sd_lalu"] = {
                str(m): sejauh[m] if sd_lalu[m] is None else sd_lalu[m] for m in self.susunan.metode
            }

    def tambah_susulan(self, pelayanan: Pelayanan) -> None:
        """Let the approved report of a desa hold a verified record of an earlier month."""
        dihitung = next(x.dihitung for x in self.laporan if x.desa_id == pelayanan.desa_id)
        dihitung["catatan"] = sorted([*dihitung["catatan"], str(pelayanan.pk)])
        metode = str(pelayanan.metode)
        dihitung["baru"][metode] = dihitung["baru"].get(metode, 0) + 1

    def _tulis(self, desa: str, status: StatusLaporan) -> LaporanBulanan:
        dibuat = self.acak.jam(self.acak.hari_antara(dt.date(2021, 6, 29), dt.date(2021, 7, 3)), 8, 15)
        laporan = LaporanBulanan(
            desa_id=desa, bulan=JUNI, formulir=self.formulir, status=status, versi=1, diubah_pada=dibuat
        )
        laporan.dibuat = dibuat
        laporan.isi = isi_laporan(self.acak, self.susunan, selisih=self._selisih(desa, status))
        self.penuh[desa] = dict(laporan.isi)
        if status == StatusLaporan.DRAF:
            laporan.isi = setengah(self.susunan, laporan.isi)
            return laporan
        self._nihil_atau_berbeda(laporan)
        laporan.versi = 2
        laporan.dikirim_pada = laporan.diubah_pada = self._kirim(dibuat)
        laporan.dikirim_oleh = self.buku.orang.kader[desa]
        if status == StatusLaporan.DISETUJUI:
            self._setujui(laporan)
        elif status == StatusLaporan.DIKEMBALIKAN:
            laporan.versi = 3
            laporan.diubah_pada = self.acak.setelah(laporan.dikirim_pada, 3)
            laporan.catatan_bagian = self._alasan(laporan)
        return laporan

    def _selisih(self, desa: str, status: StatusLaporan) -> int:
        """By how much PUS is off: in the kader's returned report, and in a few others."""
        if desa == DESA_KADER:
            return 6
        boleh = status in {StatusLaporan.DIKIRIM, StatusLaporan.DIKEMBALIKAN}
        return self.acak.choice((-7, -3, 2, 5, 11)) if boleh and self.acak.mujur(0.18) else 0

    def _nihil_atau_berbeda(self, laporan: LaporanBulanan) -> None:
        """A few desa without acceptors report nihil; a few kader report one more than is recorded, with the reason."""
        ada = self.buku.baru_bulan(laporan.desa_id, JUNI)
        if not ada and self.nihil < PALING_BANYAK_NIHIL:
            self.nihil += 1
            laporan.nihil = True
            laporan.isi |= {k: 0 for k, i in self.susunan.isian.items() if i.kegiatan}
        elif laporan.desa_id != DESA_KADER and self.acak.mujur(0.05):
            metode = "suntik"
            laporan.isi[kunci_lapor(metode)] = sum(p.metode == metode for p in ada) + 1
            laporan.alasan_selisih = {metode: BERBEDA}

    def _kirim(self, dibuat: dt.datetime) -> dt.datetime:
        """Sent after the month is over: mostly by the third, some late."""
        awal = max(dibuat.date(), dt.date(2021, 7, 1))
        akhir = dt.date(2021, 7, 6) if self.acak.mujur(0.2) else dt.date(2021, 7, 3)
        saat = self.acak.jam(self.acak.hari_antara(awal, max(awal, akhir)), 9, 18)
        return max(saat, dibuat + dt.timedelta(minutes=40))

    def _setujui(self, laporan: LaporanBulanan) -> None:
        """Freeze the counts as `setujui` does: after everything was verified."""
        catatan = self.buku.baru_bulan(laporan.desa_id, JUNI)
        baru: dict[str, int] = {}
        for p in catatan:
            baru[str(p.metode)] = baru.get(str(p.metode), 0) + 1
        laporan.dihitung = {
            "baru": baru,
            "sd_lalu": {str(m): laporan.isi[kunci_lalu(m)] for m in self.susunan.metode},
            "catatan": [str(p.pk) for p in catatan],
        }
        terakhir = max(
            [p.diverifikasi_pada + dt.timedelta(minutes=10) for p in catatan]
            + [self.acak.setelah(laporan.dikirim_pada, 3)]
        )
        laporan.versi = 3
        laporan.disetujui_pada = laporan.diubah_pada = self.acak.batas(terakhir)
        laporan.disetujui_oleh = self.buku.orang.petugas[laporan.desa_id]

    def _alasan(self, laporan: LaporanBulanan) -> dict[str, str]:
        if laporan.desa_id == DESA_KADER:
            beda = imbang.selisih(self.susunan, laporan.isi)
            return {"V": ALASAN_KADER.format(pus=laporan.isi[self.susunan.imbang_jumlah], beda=beda)}
        return {k: teks.format(kie=laporan.isi.get("kie", 0)) for k, teks in self.acak.choice(ALASAN).items()}

    def _jejak(self, laporan: LaporanBulanan) -> None:
        """Write the acts behind the state."""
        kader, petugas = self.buku.orang.kader[laporan.desa_id], self.buku.orang.petugas[laporan.desa_id]
        isi = {k: [None, n] for k, n in laporan.isi.items()}
        isi |= {f"alasan_{k}": [None, t] for k, t in laporan.alasan_selisih.items()}
        isi |= {"nihil": [False, True]} if laporan.nihil else {}
        self._satu("simpan", laporan, kader, laporan.dibuat, **isi)
        if laporan.dikirim_pada is None:
            return
        beda = imbang.selisih(self.susunan, laporan.isi)
        tambahan = {"selisih_imbang": [None, beda]} if beda else {}
        self._satu("kirim", laporan, kader, laporan.dikirim_pada, status=["draf", "dikirim"], **tambahan)
        if laporan.status == StatusLaporan.DISETUJUI:
            self._satu("setujui", laporan, petugas, laporan.disetujui_pada, status=["dikirim", "disetujui"])
        elif laporan.status == StatusLaporan.DIKEMBALIKAN:
            self._satu(
                "kembalikan",
                laporan,
                petugas,
                laporan.diubah_pada,
                alasan="\n".join(f"Bagian {k}: {teks}" for k, teks in laporan.catatan_bagian.items()),
                status=["dikirim", "dikembalikan"],
                catatan_bagian=[{}, laporan.catatan_bagian],
            )

    def _satu(self, tindakan: str, laporan: LaporanBulanan, oleh: Any, pada: dt.datetime, **isi: Any) -> None:
        self.buku.tulis_jejak(tindakan, laporan, oleh, pada.astimezone(WIB), laporan.desa_id, **isi)


def setengah(susunan: Susunan, isi: dict[str, int]) -> dict[str, int]:
    """Return what a draft has that has not come to the couples yet: the last part that is typed."""
    akhir = {i.kunci for b in susunan.bagian for k in b.kelompok for i in k.isian if b.kunci == BAGIAN_PUS}
    return {k: n for k, n in isi.items() if k not in akhir and not k.startswith("baru_lalu_")}
