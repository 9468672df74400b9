"""(b, e) From a save until it shows, and memory over that run."""

import contextlib
import json
import os
import threading
import time
from pathlib import Path

from poskb.jalankan.proses import ucap
from tests.ukur.dasbor.anggaran import Anggaran, persentil
from tests.ukur.dasbor.permintaan import pengenal, permintaan
from tests.ukur.ibu import Ibu
from tests.ukur.klien import Pengirim, Sambungan, masuk
from tests.ukur.panggung import Produk
from tests.ukur.penonton import Penonton, jeda_tampil
from tests.ukur.sinkron import SIAPKAN_KADER


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


def ukur_tampil(produk: Produk, detik: int, anggaran: Anggaran) -> None:
    """(b, e) From a save until it shows: in data.json, and on open dashboards; memory of the processes over the run."""
    data = json.loads(produk.python(SIAPKAN_KADER))
    pengirim = [masuk(produk.port, *k) for k in data["kader"]]
    dppkb = masuk(produk.port, "dppkb", "")
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
        # As somebody who opens the page now: a ticket runs out after two minutes, and the page loads itself anew then.
        penonton = Penonton(produk.port, 20, *pengenal(dppkb))
        with pembaca.membaca(), penonton.menonton():
            jalan(pencatat)
            time.sleep(5)
        if penonton.status.keys() - {200, 304}:
            raise SystemExit(f"a dashboard was refused: {penonton.status}")
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
