"""The rest of the district: records by lot, in the proportions of a plausible campaign."""

import datetime as dt

from akseptor.enums import Metode, StatusPeserta, Tahap
from laporan.demo.acak import BOBOT_HARI, Acak
from laporan.demo.buku import Buku
from laporan.demo.kisah import Spek
from laporan.demo.rencana import Rencana
from laporan.enums import StatusLaporan
from laporan.models import Kampanye

MKJP = {Metode.IMPLAN: 55.0, Metode.IUD: 32.0, Metode.MOW: 10.5, Metode.MOP: 2.5}
LAIN = {Metode.SUNTIK: 60.0, Metode.PIL: 28.0, Metode.KONDOM: 12.0}
STATUS_LAIN = {StatusPeserta.BARU: 60.0, StatusPeserta.GANTI_CARA: 25.0, StatusPeserta.ULANGAN: 15.0}
# Beside the couples that count, as shares of their number: 86 % of the MKJP services are of new acceptors.
GANTI_CARA, ULANGAN, KOMPLIKASI = 0.105, 0.047, 0.012
TAHAP_SISA = {Tahap.CALON: 0.095, Tahap.DIRUJUK: 0.055, Tahap.DITUNDA: 0.012, Tahap.BATAL: 0.01}
BANYAK_LAIN, BANYAK_SEBELUM, BANYAK_DIKEMBALIKAN = 40, 26, 9
ALASAN = {
    Tahap.DITUNDA: (
        "Ibu masih menyusui dan ingin bertanya dulu kepada bidan.",
        "Ibu sedang batuk pilek; pelayanan diatur minggu depan.",
        "Menunggu suami pulang kerja dari luar kota.",
        "Tidak ada kendaraan ke puskesmas; menunggu jadwal gempungan.",
    ),
    Tahap.BATAL: (
        "Ibu pindah ke luar kabupaten.",
        "Ibu memutuskan belum ber-KB dulu.",
        "Ibu ternyata hamil.",
        "Tercatat dua kali; yang dipakai catatan yang satunya.",
    ),
    Tahap.DIKEMBALIKAN: (
        "Metode di kartu peserta IUD, di sini tertulis implan. Cocokkan lalu betulkan.",
        "Tanggal pelayanan tidak ada di register puskesmas. Tanyakan lagi kepada bidan.",
        "Tempat pelayanan keliru: hari itu tidak ada pelayanan di sana. Betulkan tempatnya.",
        "Menurut register ibu ini ganti cara, bukan baru. Periksa kartu peserta.",
    ),
}
# How likely a June service is verified, by the state of the desa's report; approved means all of them.
TERVERIFIKASI_JUNI = {StatusLaporan.DISETUJUI: 1.0, StatusLaporan.DIKIRIM: 0.82, StatusLaporan.DIKEMBALIKAN: 0.75}
TERVERIFIKASI_BIASA, TERVERIFIKASI_JULI = 0.6, 0.22


class Variasi:
    """Fills the book for one campaign."""

    def __init__(self, buku: Buku, rencana: Rencana, kampanye: Kampanye, berkisah: set[str]) -> None:
        self.buku, self.rencana, self.kampanye = buku, rencana, kampanye
        self.acak: Acak = buku.acak
        self.desa = [d for d in rencana.jumlah if d not in berkisah]
        # Where more is done there is more of everything.
        self.bobot = [rencana.jumlah[d] + 0.5 for d in self.desa]
        lama = (self.acak.hari_ini - kampanye.mulai).days + 1
        self.hari = [kampanye.mulai + dt.timedelta(days=n) for n in range(lama)]

    def isi(self) -> None:
        """Write the counted couples first, then what stands beside them."""
        for desa in self.desa:
            for _ in range(self.rencana.jumlah[desa]):
                self._layani(desa, self._hari_kampanye(), self._mkjp(), StatusPeserta.BARU)
        dihitung = sum(self.rencana.jumlah.values())
        for status, bagian in ((StatusPeserta.GANTI_CARA, GANTI_CARA), (StatusPeserta.ULANGAN, ULANGAN)):
            for desa in self._undi(round(dihitung * bagian)):
                self._layani(desa, self._hari_kampanye(), self._mkjp(), status)
        for desa in self._undi(BANYAK_LAIN):
            self._layani(
                desa, self._hari_kampanye(), self.acak.timbang(LAIN), StatusPeserta(self.acak.timbang(STATUS_LAIN))
            )
        for desa in self._undi(BANYAK_SEBELUM):
            hari = self.acak.hari_antara(dt.date(2021, 6, 1), self.kampanye.mulai - dt.timedelta(days=1))
            self._layani(desa, hari, self._mkjp(), StatusPeserta.BARU)
        self._komplikasi(round(dihitung * KOMPLIKASI))
        self._belum_dilayani(dihitung)

    def _undi(self, banyak: int) -> list[str]:
        return self.acak.choices(self.desa, weights=self.bobot, k=banyak)

    def _mkjp(self) -> str:
        return self.acak.timbang(MKJP)

    def _hari_kampanye(self) -> dt.date:
        """A service day: weekends low, a crowd on the first day, today only begun."""
        bobot = [BOBOT_HARI[h.weekday()] for h in self.hari]
        bobot[0] *= 1.7
        bobot[-1] *= 0.25
        return self.acak.choices(self.hari, weights=bobot)[0]

    def _layani(self, desa: str, hari: dt.date, metode: str, status: StatusPeserta) -> None:
        tahap = Tahap.TERVERIFIKASI if self.acak.mujur(self._peluang(desa, hari)) else Tahap.DILAYANI
        self.buku.catat(desa, Spek(tahap, metode, hari, status))

    def _peluang(self, desa: str, hari: dt.date) -> float:
        if hari.month == 6:
            return TERVERIFIKASI_JUNI.get(self.rencana.status[desa], TERVERIFIKASI_BIASA)
        return TERVERIFIKASI_JULI if hari < self.acak.hari_ini - dt.timedelta(days=1) else 0

    def _komplikasi(self, banyak: int) -> None:
        """A second service of a couple, some days after the first."""
        pertama = [p for p in self.buku.pelayanan if p.desa_id in self.desa and p.metode in {"implan", "iud"}]
        pertama = [p for p in pertama if p.tahap == Tahap.TERVERIFIKASI and p.tanggal <= dt.date(2021, 6, 24)]
        for p in self.acak.sample(pertama, banyak):
            hari = p.tanggal + dt.timedelta(days=self.acak.randint(4, 6))
            tahap = Tahap.TERVERIFIKASI if self.acak.mujur(self._peluang(p.desa_id, hari)) else Tahap.DILAYANI
            self.buku.catat(p.desa_id, Spek(tahap, p.metode, hari, StatusPeserta.KOMPLIKASI), p.akseptor)

    def _belum_dilayani(self, dihitung: int) -> None:
        for tahap, bagian in TAHAP_SISA.items():
            for desa in self._undi(round(dihitung * bagian)):
                alasan = self.acak.choice(ALASAN[tahap]) if tahap in ALASAN else ""
                self.buku.catat(desa, Spek(tahap, self._mkjp(), alasan=alasan))
        for desa in self._undi(BANYAK_DIKEMBALIKAN):
            hari = self.acak.hari_antara(self.kampanye.mulai, self.acak.hari_ini - dt.timedelta(days=3))
            alasan = self.acak.choice(ALASAN[Tahap.DIKEMBALIKAN])
            self.buku.catat(desa, Spek(Tahap.DIKEMBALIKAN, self._mkjp(), hari, alasan=alasan))
