"""(a) The time of the server for each page at each size, beside bare views."""

import time
from statistics import median

from poskb.jalankan.proses import ucap
from tests.ukur.dasbor.anggaran import Anggaran
from tests.ukur.dasbor.permintaan import pengenal, permintaan
from tests.ukur.klien import Pengirim, Sambungan, masuk
from tests.ukur.panggung import Produk

HALAMAN = {
    "page /dasbor/": "/dasbor/",
    "page of a kecamatan": "/dasbor/32.14.04/",
    "page of a desa": "/dasbor/32.14.04.2001/",
    "/dasbor/data.json": "/dasbor/data.json",
    "/dasbor/hidup/, 304": "/dasbor/hidup/",
}
TELANJANG, BERSESI = "bare view", "bare view behind the middleware, signed in"


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
