"""`make bench-dasbor`: the dashboard with 1,000, 100,000 and 5,000,000 services (docs/ukur.md).

The product with its production web server, and two bare Django views, on the same two cores and databases in the same
run; what is compared is asked in turns. Exit code 1 when a budget is missed. `--cepat` does it with 1,000, 20,000 and
200,000 services and shorter, for developing.
"""

import argparse
import contextlib
import json
import os
import re
import sys
import tempfile
import threading
import time
from html import unescape
from pathlib import Path
from statistics import median

from poskb.jalankan.proses import ucap
from tests.ukur import banyak
from tests.ukur.ibu import Ibu
from tests.ukur.klien import Pengirim, Sambungan, masuk
from tests.ukur.panggung import HOST, Panggung, Produk
from tests.ukur.penonton import Penonton, jeda_tampil
from tests.ukur.sinkron import BUAT_TABEL, SIAPKAN_KADER

HALAMAN = {
    "page /dasbor/": "/dasbor/",
    "page of a kecamatan": "/dasbor/32.14.04/",
    "/dasbor/data.json": "/dasbor/data.json",
    "/dasbor/hidup/, 304": "/dasbor/hidup/",
}
TELANJANG, BERSESI = "bare view", "bare view behind the middleware, signed in"
# Counts whole: into an empty table, again when nothing differs, and Postgres' own count of the table beside it.
HITUNG_PENUH = """
import json, time
from django.db import connection, transaction
from laporan.kampanye import hitung
from laporan.kampanye.cuplikan import perbarui_cuplikan
from laporan.models import Capaian, Kampanye
from akseptor.models import Pelayanan
k = Kampanye.objects.get()
Capaian.objects.all().delete()
hasil = {}
def lama(nama, kerja):
    awal = time.perf_counter(); n = kerja(); hasil[nama] = [time.perf_counter() - awal, n]
def penuh():
    with transaction.atomic():
        return hitung.samakan(k)[0]
lama("count(*), first", Pelayanan.objects.count)
lama("count(*)", Pelayanan.objects.count)
lama("all rows new", penuh)
with connection.cursor() as c: c.execute("VACUUM ANALYZE laporan_capaian")
lama("nothing differs", penuh)
lama("count(*), again", Pelayanan.objects.count)
perbarui_cuplikan(k, None)
Kampanye.objects.update(perlu_hitung_ulang=False, sudah_dihitung=True)
print(json.dumps(hasil))
"""
# A desa that holds as much at every size, and one that holds its share of the size: mark a day, count it, many times.
HITUNG_SEL = """
import datetime as dt, json, time
from statistics import median
from akseptor.models import Pelayanan
from django.db import connection, transaction
from laporan.kampanye import hitung
from laporan.models import Capaian, PerluHitung
hari = dt.date(2021, 6, 25)
desa = list(Pelayanan.objects.order_by().values_list("desa_id", flat=True).distinct().order_by("desa_id")[:1]) + ["{tenang}"]
hasil = {{}}
for kode in desa:
    lama = []
    for n in range({kali}):
        Capaian.objects.filter(desa_id=kode, tanggal=hari).update(jumlah=99999, tercatat=n)
        PerluHitung.objects.create(desa_id=kode, tanggal=hari)
        awal = time.perf_counter(); hitung.hitung_yang_perlu(); lama.append(time.perf_counter() - awal)
    hasil[kode] = [1000 * median(lama), Pelayanan.objects.filter(desa_id=kode, tanggal=hari).count()]
print(json.dumps([hasil[k] for k in desa]))
"""
DESA_TENANG = "print(Wilayah.objects.desa().order_by('-kode').values_list('kode', flat=True)[0])"


class Anggaran:
    """Prints a line per promise; remembers whether all were kept."""

    def __init__(self) -> None:
        self.semua = True

    def tulis(self, kata: str, angka: str, *, baik: bool, tambahan: str = "") -> None:
        self.semua &= baik
        ucap(f"  {'OK    ' if baik else 'MISS  '}  {kata:<66}{angka:>10}  {tambahan}")


def permintaan(siapa: Pengirim, jalur: str, kepala: str = "") -> bytes:
    """Return a GET as bytes, as a browser sends it."""
    return (
        f"GET {jalur} HTTP/1.1\r\nHost: {HOST}:{siapa.port}\r\nCookie: {siapa.kue}\r\n{kepala}Accept-Encoding: gzip\r\n\r\n"
    ).encode()


def pengenal(siapa: Pengirim, jalur: str = "/dasbor/") -> tuple[str, str]:
    """Open the page; return its ticket and ETag."""
    sambungan = Sambungan(siapa.port)
    _, isi = sambungan.kirim(permintaan(siapa, jalur).replace(b"Accept-Encoding: gzip\r\n", b""))
    sambungan.tutup()
    html = isi.decode()
    return tuple(unescape(re.search(f'data-{n}="([^"]+)"', html)[1]) for n in ("karcis", "etag"))


class Sasaran:
    """What is asked again and again: a request on a connection of its own."""

    def __init__(self, siapa: Pengirim, jalur: str, kepala: str = "", status: int = 200) -> None:
        self.sambungan, self.mentah, self.status = Sambungan(siapa.port), permintaan(siapa, jalur, kepala), status
        self.putaran: list[float] = []

    def ukur(self, kali: int) -> None:
        """One round: the median of some answers, in milliseconds."""
        lama = []
        self.sambungan.tutup()
        for n in range(kali + 2):
            awal = time.perf_counter()
            status, _ = self._kirim()
            if n >= 2:
                lama.append(1000 * (time.perf_counter() - awal))
            if status != self.status:
                raise SystemExit(f"{self.mentah[:60]!r}: {status}")
        self.putaran.append(median(lama))

    def _kirim(self) -> tuple[int, bytes]:
        return self.sambungan.kirim(self.mentah)


def banding(atas: Sasaran, bawah: Sasaran) -> float:
    """Median over the rounds of a ratio inside one round: what slows a whole round down cancels out."""
    return median(a / b for a, b in zip(atas.putaran, bawah.putaran, strict=True))


def ukur_halaman(produk: dict[int, Produk], polos: dict[str, Produk], putaran: int, anggaran: Anggaran) -> None:
    """(a) The time of the server for each page at each size, beside the bare views."""
    sasaran: dict[tuple[str, int | None], Sasaran] = {}
    for banyak_, p in produk.items():
        dppkb = masuk(p.port, "dppkb", "")
        karcis, etag = pengenal(dppkb)
        kepala = f"X-Karcis: {karcis}\r\nIf-None-Match: {etag}\r\n"
        for nama, jalur in HALAMAN.items():
            hidup = "hidup" in jalur
            sasaran[nama, banyak_] = Sasaran(dppkb, jalur, kepala if hidup else "", 304 if hidup else 200)
        kue = dppkb.kue
    for nama, p in polos.items():
        sasaran[nama, None] = Sasaran(Pengirim(p.port, "", kue, ""), "/baca/")
    for _ in range(putaran):
        for s in sasaran.values():
            s.ukur(15)
    ucap(f"\n(a) Time of the server, ms, medians of {putaran} rounds")
    kecil, *_, besar = produk
    for nama in polos:
        ucap(f"  {nama:<46}{median(sasaran[nama, None].putaran):>8.2f}")
    for nama in HALAMAN:
        angka = "".join(f"{median(sasaran[nama, b].putaran):>10.2f}" for b in produk)
        ucap(f"  {nama:<46}{angka}   with {', '.join(f'{b:,}' for b in produk)}")
    for nama in HALAMAN:
        kali = banding(sasaran[nama, besar], sasaran[nama, kecil])
        anggaran.tulis(f"{nama}: {besar:,} / {kecil:,}, at most 1.2", f"{kali:.2f}", baik=kali <= 1.2)
    for nama in HALAMAN:
        for bawah in polos:
            kali = banding(sasaran[nama, besar], sasaran[bawah, None])
            anggaran.tulis(f"{nama} / {bawah}, at most 2", f"{kali:.2f}", baik=kali <= 2)


class Ingatan:
    """Resident memory of a product's processes."""

    def __init__(self, produk: Produk) -> None:
        self.produk = produk

    def baca(self) -> dict[str, float]:
        """Return MB by part: everything in the process group of the part."""
        hasil = {}
        for nama, pid in self.produk.bagian.items():
            hasil[nama] = 0.0
            for map_ in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError, ProcessLookupError, StopIteration):
                    if os.getpgid(int(map_.name)) == pid:
                        baris = next(b for b in (map_ / "status").read_text().splitlines() if b.startswith("VmRSS"))
                        hasil[nama] += int(baris.split()[1]) / 1024
        return hasil


class Pencatat:
    """Kaders who save, so many a second, all of it counting; knows when each save was answered."""

    def __init__(self, pengirim: list[Pengirim], ibu: Ibu) -> None:
        self.pengirim, self.ibu = pengirim, ibu
        self.simpan: list[float] = []
        self.lama: list[float] = []

    def catat(self, n: int, sambungan: Sambungan) -> None:
        """Save one record, served today."""
        siapa = self.pengirim[n % len(self.pengirim)]
        satu = self.ibu.catatan(siapa.desa) | {
            "metode": "implan",
            "status_peserta": "baru",
            "tanggal_pelayanan": "2021-07-08",
        }
        mentah = siapa.permintaan("/akseptor/sinkron/", json.dumps({"catatan": [satu]}).encode())
        awal = time.perf_counter()
        status, isi = sambungan.kirim(mentah)
        selesai = time.perf_counter()
        tanda = json.loads(isi)["tanda_terima"][0] if status == 200 else {}
        if tanda.get("hasil") != "diterima":
            raise SystemExit(f"a record was not written: {status} {isi[:300]!r}")
        self.simpan.append(selesai)
        self.lama.append(selesai - awal)

    def deras(self, per_detik: int, detik: float, utas: int = 4) -> None:
        """Save at an even pace."""
        mulai = time.perf_counter()
        antre = iter(range(int(per_detik * detik)))
        kunci = threading.Lock()
        galat: list[BaseException] = []

        def jalan() -> None:
            sambungan = Sambungan(self.pengirim[0].port)
            try:
                while True:
                    with kunci:
                        n = next(antre, None)
                    if n is None:
                        return
                    time.sleep(max(0.0, mulai + n / per_detik - time.perf_counter()))
                    self.catat(n, sambungan)
            except BaseException as e:  # noqa: BLE001 - said by the one who waits
                galat.append(e)
            finally:
                sambungan.tutup()

        semua = [threading.Thread(target=jalan) for _ in range(utas)]
        for u in semua:
            u.start()
        for u in semua:
            u.join()
        if galat:
            raise galat[0]


class PembacaData:
    """Asks data.json again and again; knows when it saw which number."""

    def __init__(self, siapa: Pengirim, jeda: float = 0.1) -> None:
        self.siapa, self.jeda = siapa, jeda
        self.lihat: list[tuple[float, int]] = []

    def tercatat(self) -> int:
        """Return the number now."""
        sambungan = Sambungan(self.siapa.port)
        mentah = permintaan(self.siapa, "/dasbor/data.json").replace(b"Accept-Encoding: gzip\r\n", b"")
        _, isi = sambungan.kirim(mentah)
        sambungan.tutup()
        return json.loads(isi)["tercatat"]

    @contextlib.contextmanager
    def membaca(self) -> "contextlib.AbstractContextManager[None]":
        henti = threading.Event()

        def jalan() -> None:
            while not henti.is_set():
                n = self.tercatat()
                if not self.lihat or self.lihat[-1][1] != n:
                    self.lihat.append((time.perf_counter(), n))
                henti.wait(self.jeda)

        utas = threading.Thread(target=jalan)
        utas.start()
        try:
            yield
        finally:
            henti.set()
            utas.join()


def persentil(nilai: list[float], p: int) -> float:
    urut = sorted(nilai)
    return urut[min(len(urut) - 1, len(urut) * p // 100)]


def ukur_tampil(produk: Produk, detik: int, anggaran: Anggaran) -> None:
    """(b, e) From a save until it shows: in data.json, and on open dashboards; memory of the processes over the run."""
    data = json.loads(produk.python(SIAPKAN_KADER))
    pengirim = [masuk(produk.port, *k) for k in data["kader"]]
    dppkb = masuk(produk.port, "dppkb", "")
    karcis, etag = pengenal(dppkb)
    ibu, ingatan = Ibu(data["faskes"], benih=int(time.time())), Ingatan(produk)
    Pencatat(pengirim, ibu).deras(20, 20)
    produk.tunggu_tenang()

    ucap(f"\n(b) A save until it shows, 20 saves a second for {detik} s, 20 open dashboards")
    sebelum = ingatan.baca()
    for kata, jalan in (
        ("20 a second", lambda p: p.deras(20, detik)),
        ("one every 4 s, else idle", lambda p: p.deras(1, 1, utas=1) or [_satu(p, n) for n in range(detik // 4)]),
    ):
        produk.tunggu_tenang()
        time.sleep(1)
        pencatat, pembaca = Pencatat(pengirim, ibu), PembacaData(dppkb)
        awal = pembaca.tercatat()
        penonton = Penonton(produk.port, 20, karcis, etag)
        with pembaca.membaca(), penonton.menonton():
            jalan(pencatat)
            time.sleep(5)
        for tempat, lihat in (("data.json", [pembaca.lihat]), ("an open dashboard", penonton.lihat)):
            lama = [j for satu in lihat for j in jeda_tampil(pencatat.simpan, awal, satu)]
            kurang = len(pencatat.simpan) * len(lihat) - len(lama)
            p50, p95, akhir = persentil(lama, 50), persentil(lama, 95), max(lama)
            batas = 2 if tempat == "data.json" else 3
            anggaran.tulis(
                f"{kata}: in {tempat}, p95 under {batas} s",
                f"{p95:.2f} s",
                baik=p95 < batas and not kurang,
                tambahan=f"p50 {p50:.2f}, longest {akhir:.2f}, never seen {kurang}",
            )
        ucap(
            f"          saves: p50 {1000 * persentil(pencatat.lama, 50):.0f} ms, p95 {1000 * persentil(pencatat.lama, 95):.0f} ms"
        )
    sesudah = ingatan.baca()
    ucap("\n(e) Memory over that run, MB")
    for nama in sesudah:
        tumbuh = sesudah[nama] / sebelum[nama] - 1
        anggaran.tulis(
            f"{nama}: grows by at most 5 %",
            f"{100 * tumbuh:+.1f} %",
            baik=tumbuh <= 0.05,
            tambahan=f"{sebelum[nama]:.0f} -> {sesudah[nama]:.0f}",
        )


def _satu(pencatat: Pencatat, n: int) -> None:
    time.sleep(4)
    sambungan = Sambungan(pencatat.pengirim[0].port)
    pencatat.catat(n, sambungan)
    sambungan.tutup()


def ukur_penonton(produk: Produk, detik: int, anggaran: Anggaran) -> None:
    """(f) What open dashboards cost the database: transactions a second with nobody, one and 500 watching."""
    karcis, etag = pengenal(masuk(produk.port, "dppkb", ""))
    laju = {}
    ucap(f"\n(f) Open dashboards, {detik} s each")
    with produk.panggung.sql("postgres") as kursor:
        for banyak_ in (0, 1, 500, 0):
            produk.tunggu_tenang()
            penonton = Penonton(produk.port, banyak_, karcis, etag)
            with penonton.menonton():
                time.sleep(3)
                awal, saat, sibuk = _transaksi(kursor, produk.basisdata), time.perf_counter(), os.times()
                time.sleep(detik)
                kini = (_transaksi(kursor, produk.basisdata) - awal) / (time.perf_counter() - saat)
                # With nobody there, before and after: the quieter of the two is what the others are compared with.
                laju[banyak_] = min(laju.get(banyak_, kini), kini)
                sibuk = sum(os.times()[:2]) - sum(sibuk[:2])
            if penonton.lama:
                ucap(
                    f"  {banyak_:>4} watch: {laju[banyak_]:.1f} transactions/s; {len(penonton.lama) / (detik + 3):.0f} answers/s"
                    f" {penonton.status}, p50 {1000 * persentil(penonton.lama, 50):.1f} ms,"
                    f" p95 {1000 * persentil(penonton.lama, 95):.1f} ms; the client's own processor {100 * sibuk / detik:.0f} %"
                )
            else:
                ucap(f"     0 watch: {laju[banyak_]:.1f} transactions/s (worker and beat)")
    tambahan = {n: laju[n] - laju[0] for n in (1, 500)}
    # Two web processes, each asks at most twice a second, with a check of the connection before; one watcher asks less often.
    anggaran.tulis(
        "500 watchers: added database transactions/s, at most 9",
        f"{tambahan[500]:.1f}",
        baik=tambahan[500] <= 9,
        tambahan=f"one watcher {tambahan[1]:.1f}",
    )


def _transaksi(kursor: object, basisdata: str) -> int:
    # A backend reports when it is idle, at the latest a second after its last statement.
    kursor.execute("SELECT pg_stat_clear_snapshot()")
    kursor.execute("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = %s", [basisdata])
    return kursor.fetchone()[0]


def ukur_hitung(produk: dict[int, Produk], kali: int, anggaran: Anggaran) -> None:
    """(c, d) A full recount beside count(*), and one marked cell at each size."""
    besar = max(produk)
    ucap(f"\n(c) Full recount of {besar:,} services in one SQL statement")
    for n, p in produk.items():
        hasil = json.loads(p.python(HITUNG_PENUH))
        if n == besar:
            for nama, (detik, jumlah) in hasil.items():
                ucap(f"  {nama:<24}{detik:>9.2f} s   {jumlah:,} rows")
            for nama in ("all rows new", "nothing differs"):
                ucap(f"  {nama} / count(*): {hasil[nama][0] / hasil['count(*), again'][0]:.1f}")
    ucap("\n(d) One marked desa and day counted again (count, snapshots of three areas, history), ms")
    tenang, ramai = {}, {}
    for n, p in produk.items():
        kode = p.python("from kader.models import Wilayah\n" + DESA_TENANG).strip()
        ramai[n], tenang[n] = json.loads(p.python(HITUNG_SEL.format(tenang=kode, kali=kali)))
    for n in produk:
        ucap(
            f"  {n:>12,}: {tenang[n][0]:6.1f} with {tenang[n][1]} services in the cell, {ramai[n][0]:6.1f} with {ramai[n][1]}"
        )
    rasio = tenang[besar][0] / tenang[min(produk)][0]
    anggaran.tulis(f"the same cell, {besar:,} / {min(produk):,}, at most 1.5", f"{rasio:.2f}", baik=rasio <= 1.5)


def jalankan(folder: Path, tumpukan: contextlib.ExitStack, ukuran: list[int], putaran: int, detik: int) -> bool:
    """Set up, measure, print; return whether every budget is kept."""
    panggung = Panggung(folder, tumpukan)
    panggung.postgres.buat_basisdata("ukur")
    dasar = Produk(panggung, "ukur")
    ucap(f"load when it began: {os.getloadavg()[0]:.1f}\nPreparing the demo's people ...")
    dasar.kelola("siapkan")
    dasar.kelola("collectstatic", "--noinput")
    with panggung.sql("ukur") as kursor:
        kursor.execute(banyak.KOSONGKAN)
        kursor.execute(f"{BUAT_TABEL}; INSERT INTO ukur_baris (nama) VALUES ('satu')")
    produk = {}
    for n in ukuran:
        with panggung.sql("postgres") as kursor:
            kursor.execute(f"CREATE DATABASE ukur_{n} TEMPLATE ukur")
        produk[n] = Produk(panggung, f"ukur_{n}")
        awal = time.monotonic()
        with panggung.sql(f"ukur_{n}") as kursor:
            banyak.isi(kursor, n)
        ucap(f"{n:,} services filled in, {time.monotonic() - awal:.0f} s")
    anggaran = Anggaran()
    ukur_hitung(produk, 20, anggaran)
    for p in produk.values():
        p.mulai()
    setelan = {"DJANGO_SETTINGS_MODULE": "tests.ukur.setelan_telanjang"}
    besar = f"ukur_{max(ukuran)}"
    polos = {
        TELANJANG: Produk(panggung, besar, **setelan),
        BERSESI: Produk(panggung, besar, **setelan, TELANJANG_SESI="1"),
    }
    for nama, p in polos.items():
        p.mulai_web("telanjang" if nama == TELANJANG else "bersesi")
    ukur_halaman(produk, polos, putaran, anggaran)
    tengah = sorted(ukuran)[1]
    ukur_penonton(produk[tengah], detik // 2, anggaran)
    ukur_tampil(produk[tengah], detik, anggaran)
    ucap(f"\nload when it ended: {os.getloadavg()[0]:.1f}")
    return anggaran.semua


def utama() -> int:
    """Return the exit code."""
    pembaca = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    pembaca.add_argument("--cepat", action="store_true", help="up to 200,000 services and shorter, for developing")
    pembaca.add_argument("--biarkan", action="store_true", help="stay until Enter is pressed, to look around")
    pilihan = pembaca.parse_args()
    ukuran, putaran, detik = (
        ([1_000, 20_000, 200_000], 5, 24) if pilihan.cepat else ([1_000, 100_000, 5_000_000], 15, 60)
    )
    os.environ |= {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_DEMO": "1"}
    with contextlib.ExitStack() as tumpukan:
        folder = Path(
            tumpukan.enter_context(tempfile.TemporaryDirectory(prefix="poskb-ukur-", ignore_cleanup_errors=True))
        )
        semua = jalankan(folder, tumpukan, ukuran, putaran, detik)
        if pilihan.biarkan:
            input(f"{folder} ")
    return 0 if semua else 1


if __name__ == "__main__":
    sys.exit(utama())
