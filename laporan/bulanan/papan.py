"""The state of every desa's report in one month, and what waits for a person."""

import datetime as dt
from dataclasses import dataclass, field, replace

from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Wilayah
from laporan.bulanan.hitung import NOL, Hitungan, akseptor_baru, jumlah
from laporan.bulanan.kosong import tanpa_catatan
from laporan.bulanan.tanda import TandaDesa
from laporan.bulanan.tenggat import BIASA, TUTUP, Kalender, kalender, kata_sisa, lewat_tenggat, tenggat_sekarang
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import Berbulan, awal_bulan, bulan_lalu, geser_bulan, hari_ini

BELUM = "belum"
TIDAK_PERLU = ("isi", "alasan_selisih", "dihitung")
LABEL = {BELUM: "Belum diisi", **dict(StatusLaporan.choices)}


@dataclass(frozen=True)
class Baris(Berbulan):
    """One desa, one month. `laporan` is None before the first save, `tanda` where nothing waits for the officer."""

    desa: Wilayah
    bulan: dt.date
    laporan: LaporanBulanan | None
    hitungan: Hitungan = NOL
    # Over, not sent, and nothing was recorded in it: one tap reports it.
    bisa_nihil: bool = False
    tanda: TandaDesa | None = None
    kal: Kalender = BIASA
    # Who has it now, in words.
    oleh: str = ""

    @property
    def status(self) -> str:
        """A StatusLaporan, or "belum"."""
        return self.laporan.status if self.laporan else BELUM

    @property
    def label_status(self) -> str:
        return LABEL[self.status]

    @property
    def versi(self) -> int:
        return self.laporan.versi if self.laporan else 0

    @property
    def tenggat(self) -> dt.date | None:
        return tenggat_sekarang(self.bulan, self.status, self.desa.kode, self.kal)

    @property
    def lewat(self) -> bool:
        return lewat_tenggat(self.bulan, self.status, self.desa.kode, self.kal)

    @property
    def sisa(self) -> str:
        """How far away the deadline is, in words."""
        return kata_sisa(self.tenggat) if self.tenggat else ""

    @property
    def tutup(self) -> bool:
        """Whether the report can only be read, because its period is over."""
        return self.kal.tutup(self.desa.kode, self.bulan)

    @property
    def akhir(self) -> dt.date:
        """The last day of the period."""
        return self.kal.sampai(self.desa.kode, self.bulan, TUTUP)

    @property
    def urutan(self) -> tuple[int, bool, str]:
        """Sent first (they wait for the officer), the late ones on top of what is left, approved last."""
        kelompok = {StatusLaporan.DIKIRIM: 0, StatusLaporan.DISETUJUI: 2}
        return kelompok.get(self.status, 1), not self.lewat, self.desa.kode


def papan(cakupan: Cakupan, bulan: dt.date, kecamatan: str = "") -> list[Baris]:
    """Return one row per desa of a scope, or of one kecamatan in it; what needs somebody first.

    Five queries, however many desa.
    """
    desa = Wilayah.objects.desa().dalam(cakupan).select_related("induk")
    laporan = LaporanBulanan.objects.dalam(cakupan).bulan(bulan).defer(*TIDAK_PERLU)
    if kecamatan:
        desa, laporan = desa.filter(induk_id=kecamatan), laporan.filter(desa__induk=kecamatan)
    desa, laporan = list(desa), {x.desa_id: x for x in laporan}
    # By code, not by prefix: one probe of the index (desa, tanggal) each, however many services there are.
    hitungan = akseptor_baru([d.kode for d in desa], bulan)
    kal = kalender([d.kode for d in desa], [bulan])
    baris = [Baris(d, bulan, laporan.get(d.kode), jumlah(hitungan.get(d.kode, {})), kal=kal) for d in desa]
    return sorted(baris, key=lambda b: b.urutan)


def bulan_desa(cakupan: Cakupan, tambahan: dt.date | None = None) -> list[Baris]:
    """Return a kader's months: this one, the last, one she asks for, and every month opened or written; newest first.

    A month that was opened stays on her list until it is reported: silence does not scroll away. Seven queries,
    however many desa and months.
    """
    ini = awal_bulan(hari_ini())
    desa = list(Wilayah.objects.desa().dalam(cakupan).select_related("induk"))
    laporan = {
        (x.desa_id, x.bulan): x if x.versi else None for x in LaporanBulanan.semua.dalam(cakupan).defer(*TIDAK_PERLU)
    }
    bulan = {ini, geser_bulan(ini, -1), *([tambahan] if tambahan else [])}
    kunci = {(d.kode, b) for d in desa for b in bulan} | laporan.keys()
    nama = {d.kode: d for d in desa}
    kal = kalender(nama)
    baris = [
        Baris(nama[kode], b, laporan.get((kode, b)), kal=kal)
        for kode, b in sorted(kunci, key=lambda k: (-k[1].toordinal(), k[0]))
    ]
    belum = {
        (b.desa.kode, b.bulan)
        for b in baris
        if b.bulan < ini and b.status in {BELUM, StatusLaporan.DRAF} and not b.tutup
    }
    kosong = tanpa_catatan(belum)
    return [replace(b, bisa_nihil=(b.desa.kode, b.bulan) in kosong) for b in baris]


@dataclass(frozen=True)
class PerluTindakan:
    """What the first page says of reports: for a kader her own, for an officer how many wait."""

    dikembalikan: list[Baris] = field(default_factory=list)
    belum_dikirim: list[Baris] = field(default_factory=list)
    menunggu: int = 0


def laporan_perlu_tindakan(cakupan: Cakupan) -> PerluTindakan:
    """Return what waits for a person: at most seven queries.

    Kader: returned reports of any month (reasons in `laporan.catatan_bagian`), last month's while not sent, and older
    ones that can still be sent.
    Officer: how many sent reports wait in her area. Other roles: nothing waits for them.
    """
    if cakupan.peran == Peran.PLKB:
        return PerluTindakan(
            menunggu=LaporanBulanan.objects.dalam(cakupan).filter(status=StatusLaporan.DIKIRIM).count()
        )
    if cakupan.peran != Peran.KADER:
        return PerluTindakan()
    lalu = bulan_lalu()
    baris = bulan_desa(cakupan)
    return PerluTindakan(
        dikembalikan=[b for b in baris if b.status == StatusLaporan.DIKEMBALIKAN],
        belum_dikirim=[
            b
            for b in baris
            if b.status in {BELUM, StatusLaporan.DRAF} and (b.bulan == lalu or (b.bulan < lalu and not b.tutup))
        ],
    )
