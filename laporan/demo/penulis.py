"""One report of the months before June, from its first save to where it ended, with the acts behind it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from akseptor.models import Pelayanan
from kader.models import Pengguna
from laporan.bulanan.formulir import kunci_lalu, kunci_lapor
from laporan.bulanan.riwayat import SdBulan
from laporan.demo.buku import Buku
from laporan.demo.lapor import ALASAN, Lapor, setengah
from laporan.demo.silam import DIBUKA, Nasib
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import geser_bulan

DARI_REGISTER = "Menurut buku register desa; belum dicatat satu per satu di Pos KB."
DIPERBAIKI = "Salah ketik di bagian V: PA pil tertulis {lama}, di buku bantu {baru}. Yang diinput ke SIGA ikut keliru."


@dataclass
class Penulis:
    """Writes one report with the acts behind it; `laporan.kisah` keeps them until the report has its key."""

    buku: Buku
    lapor: Lapor
    desa: str
    bulan: dt.date
    nasib: Nasib

    def __post_init__(self) -> None:
        self.acak, self.susunan = self.buku.acak, self.lapor.susunan
        orang = self.buku.orang
        self.kader: Pengguna = orang.kader[self.desa]
        self.petugas: Pengguna = orang.petugas[self.desa]
        self.koordinator: Pengguna = orang.tetap["koordinator"]
        self.awal = geser_bulan(self.bulan, 1)

    def tulis(
        self, isi: dict[str, int], sd: SdBulan, sejauh: dict[str, int], baru: dict[str, int], catatan: list[Pelayanan]
    ) -> LaporanBulanan:
        """Return the report in its state, not yet saved."""
        self.laporan = LaporanBulanan(
            desa_id=self.desa, bulan=self.bulan, formulir=self.lapor.formulir, status=self.nasib.status, versi=0
        )
        self.laporan.kisah = []
        self._isi(isi, sd, sejauh, baru, Counter(str(p.metode) for p in catatan))
        dibuat = self.acak.jam(self.acak.hari_antara(self.awal - dt.timedelta(days=3), self.awal), 8, 15)
        self._lakukan("simpan", self.kader, dibuat, **self._semua_baru())
        if self.nasib.status == StatusLaporan.DRAF:
            return self.laporan
        self._kirim(self._saat_kirim(dibuat))
        if self.nasib.ulang or self.nasib.status == StatusLaporan.DIKEMBALIKAN:
            self._kembalikan()
        if self.nasib.status == StatusLaporan.DISETUJUI:
            self._setujui(sd, catatan)
        if (self.desa, self.bulan) == DIBUKA:
            self._buka_dan_setujui_lagi()
        return self.laporan

    def _isi(
        self, isi: dict[str, int], sd: SdBulan, sejauh: dict[str, int], baru: dict[str, int], tercatat: Counter[str]
    ) -> None:
        laporan, susunan = self.laporan, self.susunan
        laporan.isi = {k: n for k, n in isi.items() if not k.startswith("baru_lalu_")}
        if self.nasib.status == StatusLaporan.DRAF:
            laporan.isi = setengah(susunan, laporan.isi)
            return
        laporan.nihil = self.nasib.nihil
        if laporan.nihil:
            laporan.isi |= {k: 0 for k, i in susunan.isian.items() if i.kegiatan}
        for m in susunan.metode:
            if sd[m] is None:
                laporan.isi[kunci_lalu(m)] = sejauh[m]
            if baru.get(m, 0) != tercatat[m]:
                laporan.isi[kunci_lapor(m)] = baru[m]
                laporan.alasan_selisih[str(m)] = DARI_REGISTER

    def _keliru(self) -> dict[str, int]:
        """What stood in the report before it was given back and corrected."""
        isi = self.laporan.isi
        if (self.desa, self.bulan) == DIBUKA:
            return {k: isi[k] + 4 for k in ("pa_pil", self.susunan.imbang_jumlah)}
        return {"toma_toga": isi["toma_toga"] + 1} if self.nasib.ulang else {}

    def _semua_baru(self) -> dict[str, Any]:
        laporan = self.laporan
        isi = {k: [None, n] for k, n in (laporan.isi | self._keliru()).items()}
        isi |= {f"alasan_{k}": [None, t] for k, t in laporan.alasan_selisih.items()}
        return isi | ({"nihil": [False, True]} if laporan.nihil else {})

    def _saat_kirim(self, dibuat: dt.datetime) -> dt.datetime:
        """By the third of the next month, or some days after it."""
        dari, sampai = (3, 8) if self.nasib.telat else (0, 2)
        hari = self.acak.hari_antara(self.awal + dt.timedelta(days=dari), self.awal + dt.timedelta(days=sampai))
        return max(self.acak.jam(hari, 9, 18), dibuat + dt.timedelta(minutes=40))

    def _kirim(self, saat: dt.datetime, dari: str = "draf") -> None:
        self._lakukan("kirim", self.kader, saat, status=[dari, "dikirim"])
        self.laporan.dikirim_pada, self.laporan.dikirim_oleh = saat, self.kader

    def _kembalikan(self) -> None:
        """Given back once; unless that was the end of it, corrected and sent again."""
        laporan, acak = self.laporan, self.acak
        catatan = {k: t.format(kie=laporan.isi.get("kie", 0)) for k, t in acak.choice(ALASAN).items()}
        laporan.catatan_bagian = catatan
        saat = acak.setelah(laporan.diubah_pada, 1)
        alasan = "\n".join(f"Bagian {k}: {teks}" for k, teks in catatan.items())
        isi = {"status": ["dikirim", "dikembalikan"], "catatan_bagian": [{}, catatan]}
        self._lakukan("kembalikan", self.petugas, saat, alasan, **isi)
        if self.nasib.ulang:
            saat = acak.setelah(saat, 1)
            self._lakukan("simpan", self.kader, saat, **{k: [n, laporan.isi[k]] for k, n in self._keliru().items()})
            self._kirim(saat + dt.timedelta(minutes=5), "dikembalikan")

    def _setujui(self, sd: SdBulan, catatan: list[Pelayanan]) -> None:
        """Freeze the counts as `setujui` does, once all of them are verified."""
        laporan = self.laporan
        lalu = {str(m): laporan.isi.get(kunci_lalu(m)) if sd[m] is None else sd[m] for m in self.susunan.metode}
        laporan.dihitung = {
            "baru": dict(Counter(str(p.metode) for p in catatan)),
            "sd_lalu": lalu,
            "catatan": sorted(str(p.pk) for p in catatan),
        }
        diperiksa = [p.diverifikasi_pada + dt.timedelta(minutes=10) for p in catatan]
        self._disetujui(max([*diperiksa, self.acak.setelah(laporan.dikirim_pada, 3)]))

    def _disetujui(self, saat: dt.datetime) -> None:
        self._lakukan("setujui", self.petugas, saat, status=["dikirim", "disetujui"])
        self.laporan.disetujui_pada, self.laporan.disetujui_oleh = saat, self.petugas

    def _buka_dan_setujui_lagi(self) -> None:
        """Typed into SIGA, then found wrong: `laporan.versi_siga` is the version that was typed in."""
        laporan, lama = self.laporan, self._keliru()
        laporan.versi_siga, laporan.angka_siga = laporan.versi, lama
        alasan = DIPERBAIKI.format(lama=lama["pa_pil"], baru=laporan.isi["pa_pil"])
        saat = self.acak.jam(self.awal + dt.timedelta(days=10), 9, 11)
        self._lakukan("buka_kembali", self.koordinator, saat, alasan, status=["disetujui", "dikembalikan"])
        laporan.dibuka_pada, laporan.dibuka_oleh, laporan.alasan_buka = saat, self.koordinator, alasan
        laporan.catatan_bagian = {"umum": alasan}
        saat += dt.timedelta(hours=2)
        self._lakukan("simpan", self.kader, saat, **{k: [n, laporan.isi[k]] for k, n in lama.items()})
        self._kirim(saat + dt.timedelta(minutes=5), "dikembalikan")
        self._disetujui(saat + dt.timedelta(hours=2))

    def _lakukan(self, tindakan: str, oleh: Pengguna, saat: dt.datetime, alasan: str = "", **isi: Any) -> None:
        self.laporan.kisah.append((tindakan, oleh, saat, alasan, isi))
        self.laporan.versi += 1
        self.laporan.diubah_pada = saat
