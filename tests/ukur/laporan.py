"""`make bench-laporan`: the board and the matrix of 192 desa, with 3 and with 36 months of reports (docs/ukur.md).

The product with its production web server on a real Postgres; one client asks one page after the other, so that what
is measured is the time of the server. Exit code 1 when a budget is missed.
"""

import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from poskb.jalankan.proses import ucap
from tests.ukur.klien import Pengirim, Sambungan, masuk
from tests.ukur.panggung import HOST, Panggung, Produk

ANGGARAN = 100
KALI = 15
HALAMAN = {
    "board, district": ("dppkb", "/laporan/"),
    "board, one kecamatan": ("dppkb", "/laporan/?kecamatan=32.14.04"),
    "matrix, district": ("dppkb", "/laporan/kelengkapan/"),
    "board, officer": ("plkb", "/laporan/"),
    "matrix, officer": ("plkb", "/laporan/kelengkapan/"),
}
# Exists only with 36 months: twelve columns.
SETAHUN = {"matrix, a full year": ("dppkb", "/laporan/kelengkapan/?tahun=2020")}
# Approved reports with the content of one that is there, half of them late, each locking its services; activities
# beside them. Months that the demo has keep their reports.
ISI = """
import datetime as dt, uuid
from django.db import connection, transaction
from akseptor.models import Akseptor, Pelayanan
from kader.actions import susun_jejak
from kader.models import Faskes, Jejak, Penugasan, Wilayah
from laporan.models import Kegiatan, LaporanBulanan, MacamKegiatan
from poskb.dasar.waktu import WIB, geser_bulan
contoh = LaporanBulanan.objects.filter(status="disetujui").first()
ada = dict(((d, b), s) for d, b, s in LaporanBulanan.semua.values_list("desa_id", "bulan", "status"))
kader = dict(Penugasan.objects.filter(sebagai="kader").values_list("wilayah_id", "pengguna_id"))
macam, faskes = list(MacamKegiatan.objects.all()), Faskes.objects.first()
laporan, kegiatan, akseptor, pelayanan = [], [], [], []
for n, kode in enumerate(Wilayah.objects.desa().values_list("kode", flat=True)):
    for lalu in range({dari}, {sampai}):
        bulan = geser_bulan(dt.date(2021, 6, 1), -lalu)
        pada = dt.datetime.combine(geser_bulan(bulan, 1) + dt.timedelta(days=(n + lalu) % 5), dt.time(9), WIB)
        isi = {{"dicatat_oleh_id": kader[kode], "dicatat_pada": pada, "diterima_pada": pada}}
        periksa = {{"tahap": "terverifikasi", "diverifikasi_oleh_id": contoh.disetujui_oleh_id, "diverifikasi_pada": pada}}
        periksa = {{"tahap": "dilayani"}} if (kode, bulan) in ada else periksa
        kunci = []
        for i in range(6):
            hari = bulan + dt.timedelta(days=3 * i)
            if ada.get((kode, bulan)) != "disetujui":
                satu = Kegiatan(desa_id=kode, macam=macam[(n + i) % len(macam)], tanggal=hari, jumlah_orang=20, **isi)
                kegiatan.append(satu)
            pk = uuid.uuid4()
            kunci.append(str(pk))
            akseptor.append(Akseptor(id=pk, pasangan=pk, desa_id=kode, nama_istri="Ukur", nik_menyusul=True,
                alasan_nik_menyusul="ukur", tanggal_lahir_istri=dt.date(1990, 1, 1)))
            pelayanan.append(Pelayanan(id=pk, akseptor_id=pk, desa_id=kode, pasangan=pk, metode="implan",
                status_peserta="baru", faskes=faskes, tanggal=hari, **periksa, **isi,
                bulan_laporan=None if ada.get((kode, bulan), "disetujui") != "disetujui" else bulan))
        if (kode, bulan) not in ada:
            laporan.append(LaporanBulanan(desa_id=kode, bulan=bulan, formulir=contoh.formulir, status="disetujui",
                isi=contoh.isi, dihitung=contoh.dihitung | {{"baru": {{"implan": 6}}, "catatan": kunci}},
                diubah_pada=pada, dikirim_pada=pada, disetujui_pada=pada,
                dikirim_oleh_id=kader[kode], disetujui_oleh_id=contoh.disetujui_oleh_id))
with transaction.atomic():
    # The demo's approved months take nothing more: written beside the triggers, with the lock that they would set.
    connection.cursor().execute("SET LOCAL session_replication_role = replica")
    for satu in filter(None, (kegiatan, akseptor, pelayanan, laporan)):
        type(satu[0]).objects.bulk_create(satu, batch_size=2000)
jejak = [susun_jejak(None, "kirim", x, wilayah=x.desa_id) for x in laporan]
for j, x in zip(jejak, laporan):
    j.pada = x.dikirim_pada
Jejak.objects.bulk_create(jejak, batch_size=2000)
connection.cursor().execute("VACUUM ANALYZE")
print(LaporanBulanan.objects.count(), Kegiatan.objects.count(), Pelayanan.objects.count())
"""


@dataclass(frozen=True)
class Lama:
    """Milliseconds of one page: until the answer is there (median), and of a processor for it (web server alone)."""

    tunggu: float
    prosesor: float


def prosesor(induk: int) -> float:
    """Return the milliseconds of a processor that a process and its children have used. Linux."""
    jumlah = 0
    for berkas in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, _, sisa = berkas.read_text().partition(" (")
            kolom = sisa.rpartition(") ")[2].split()
            if induk in (int(pid), int(kolom[1])):
                jumlah += int(kolom[11]) + int(kolom[12])
    return 1000 * jumlah / os.sysconf("SC_CLK_TCK")


def ukur(siapa: Pengirim, jalur: str, web: int) -> Lama:
    """Ask for a page again and again."""
    sambungan = Sambungan(siapa.port)
    mentah = (
        f"GET {jalur} HTTP/1.1\r\nHost: {HOST}:{siapa.port}\r\nCookie: {siapa.kue}\r\nAccept-Encoding: gzip\r\n\r\n"
    )
    lama = []
    for nomor in range(KALI + 5):
        if nomor == 5:
            dulu = prosesor(web)
        awal = time.perf_counter()
        status, _ = sambungan.kirim(mentah.encode())
        lama.append(1000 * (time.perf_counter() - awal))
        if status != 200:
            raise SystemExit(f"{jalur}: {status}")
    sambungan.tutup()
    return Lama(median(lama[5:]), (prosesor(web) - dulu) / KALI)


def putaran(produk: Produk, halaman: dict[str, tuple[str, str]]) -> dict[str, Lama]:
    """Measure every page once."""
    orang = {nama: masuk(produk.port, nama, "") for nama in ("dppkb", "plkb")}
    return {nama: ukur(orang[siapa], jalur, produk.web.proses.pid) for nama, (siapa, jalur) in halaman.items()}


# Made in the worker, without its queue: collect the month of 192 desa and write the file.
EKSPOR = """
import datetime as dt, time
from kader.cakupan import Cakupan
from kader.enums import Peran
from laporan.ekspor.jenis import JENIS, Permintaan
p = Permintaan(Cakupan(Peran.DPPKB, ("32.14",)), dt.date(2021, 6, 1), "", "Ukur", "")
for kode in ("bulan", "rekap_pdf", "cetak"):
    lama = []
    for _ in range(3):
        awal = time.perf_counter()
        isi = JENIS[kode].buat(p, lambda *_: None)
        lama.append(time.perf_counter() - awal)
    print(f"  {JENIS[kode].nama:<28}{sorted(lama)[1]:>6.1f} s {len(isi) / 1024:>8.0f} kB")
"""


def utama() -> int:
    """Measure, print, and return 1 when a budget is missed."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_DEMO": "1"}
    with contextlib.ExitStack() as tumpukan:
        folder = Path(tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="poskb-ukur-")))
        produk = Produk(Panggung(folder, tumpukan), "laporan")
        produk.panggung.postgres.buat_basisdata("laporan")
        produk.kelola("siapkan")
        produk.kelola("collectstatic", "--noinput")
        produk.mulai_web("laporan")
        ucap(f"3 months:  {produk.python(ISI.format(dari=0, sampai=3)).strip()} reports, activities, services")
        sedikit = putaran(produk, HALAMAN)
        ucap(f"36 months: {produk.python(ISI.format(dari=3, sampai=36)).strip()}\n")
        banyak = putaran(produk, HALAMAN | SETAHUN)
        ekspor = produk.python(EKSPOR)
    ucap(f"  {'median, ms':<22}{'3 months':>10}{'36 months':>11}{'processor':>11}{'budget':>8}")
    for nama, lama in banyak.items():
        lulus = "OK" if lama.tunggu <= ANGGARAN else "NOT OK"
        dulu = f"{sedikit[nama].tunggu:.1f}" if nama in sedikit else ""
        ucap(f"  {nama:<22}{dulu:>10}{lama.tunggu:>11.1f}{lama.prosesor:>11.1f}{ANGGARAN:>8}  {lulus}")
    ucap(f"\nexports of 192 desa, one month, median of 3:\n{ekspor.rstrip()}")
    return int(any(lama.tunggu > ANGGARAN for lama in banyak.values()))


if __name__ == "__main__":
    sys.exit(utama())
