"""The people: kaders who register by phone and by page, an officer, a koordinator, the district at its dashboard."""

import json
import random
import re
import threading
import time
import urllib.parse
import uuid
from html.parser import HTMLParser

from tests.ukur.ibu import DICATAT, Ibu
from tests.ukur.klien import HOST, Pengirim, Sambungan
from tests.ukur.tahan.buku import Buku
from tests.ukur.tahan.isi import terkirim

DITERIMA = {"diterima", "sudah_ada", "duplikat"}
BULAN = "2021-06"


class Orang(threading.Thread):
    """Somebody signed in who does one thing after the other until told to stop; a fault of hers is kept."""

    def __init__(self, siapa: Pengirim, buku: Buku, benih: int, jeda: float = 0.15) -> None:
        super().__init__(daemon=True)
        self.siapa, self.buku, self.jeda = siapa, buku, jeda
        # Not the stream that makes her women: the id of an activity would be that of a woman now and then.
        self.acak = random.Random(f"orang {benih}")
        self.sambungan = Sambungan(siapa.port, sabar=15)
        self.berhenti = threading.Event()
        self.galat: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.berhenti.is_set():
                self.langkah()
                time.sleep(self.jeda * (0.5 + self.acak.random()))
        except BaseException as galat:  # noqa: BLE001 - said by the one who waits
            self.galat = galat
        finally:
            self.sambungan.tutup()

    def langkah(self) -> None:
        """Do one thing."""
        raise NotImplementedError

    def baca(self, jalur: str) -> tuple[int, bytes]:
        """Open a page."""
        kepala = f"GET {jalur} HTTP/1.1\r\nHost: {HOST}:{self.siapa.port}\r\nCookie: {self.siapa.kue}\r\n\r\n"
        return self.buku.minta(self.sambungan, f"GET {_pola(jalur)}", kepala.encode())

    def tekan(self, jalur: str, isian: dict[str, str]) -> tuple[int, bytes]:
        """Send a form as a browser does."""
        isi = urllib.parse.urlencode(isian).encode()
        mentah = self.siapa.permintaan(jalur, isi)
        mentah = mentah.replace(b"application/json", b"application/x-www-form-urlencoded", 1)
        mentah = mentah.replace(b"Accept: application/json", b"Accept: text/html", 1)
        return self.buku.minta(self.sambungan, f"POST {_pola(jalur)}", mentah)


def _pola(jalur: str) -> str:
    """A path without its ids: the book counts kinds of requests."""
    return re.sub(r"[0-9a-f-]{36}|\d\d(\.\d\d)+\.\d{4}", "*", jalur.partition("?")[0])


class Kader(Orang):
    """Registers: by the phone's sync (new ones, old ones again), by the page, and activities."""

    def __init__(self, siapa: Pengirim, buku: Buku, benih: int, faskes: list[int], jeda: float = 0.15) -> None:
        super().__init__(siapa, buku, benih, jeda)
        self.ibu = Ibu(faskes, benih)
        self.lalu: list[bytes] = []

    def langkah(self) -> None:
        undi = self.acak.random()
        if undi < 0.55:
            self._sinkron([self._ibu() for _ in range(self.acak.choice((1, 1, 2, 5)))])
        elif undi < 0.7 and self.lalu:
            # The answer was lost on the way: the phone sends the very same again.
            self._kirim(self.acak.choice(self.lalu[-20:]))
        elif undi < 0.8:
            self._sinkron([self._kegiatan()])
        elif undi < 0.95:
            self._halaman()
        else:
            self.baca("/akseptor/")

    def _ibu(self) -> dict[str, str]:
        return self.ibu.catatan(self.siapa.desa)

    def _kegiatan(self) -> dict[str, str]:
        return {
            "jenis": "kegiatan",
            "id": str(uuid.UUID(int=self.acak.getrandbits(128), version=4)),
            "dicatat_pada": DICATAT,
            "macam": "kunjungan-rumah",
            "jumlah_orang": "4",
            "tanggal": "2021-07-08",
            "desa": self.siapa.desa,
        }

    def _sinkron(self, catatan: list[dict[str, str]]) -> None:
        mentah = self.siapa.permintaan("/akseptor/sinkron/", json.dumps({"catatan": catatan}).encode())
        with self.buku.kunci:
            self.buku.terkirim |= {c["id"]: terkirim(c) for c in catatan}
        self._kirim(mentah)
        self.lalu.append(mentah)

    def _kirim(self, mentah: bytes) -> None:
        status, isi = self.buku.minta(self.sambungan, "POST /akseptor/sinkron/", mentah)
        if status != 200:
            return
        for tanda in json.loads(isi)["tanda_terima"]:
            if tanda["hasil"] in DITERIMA:
                with self.buku.kunci:
                    (self.buku.kegiatan if tanda["jenis"] == "kegiatan" else self.buku.diterima).add(tanda["id"])

    def _halaman(self) -> None:
        satu = self._ibu()
        with self.buku.kunci:
            self.buku.terkirim[satu["id"]] = terkirim(satu)
        status, _ = self.tekan("/akseptor/baru/", {k: v for k, v in satu.items() if v})
        if status == 302:
            with self.buku.kunci:
                self.buku.diterima.add(satu["id"])


class Petugas(Orang):
    """The officer: verifies and returns what was registered, closes reports that wait for her."""

    def langkah(self) -> None:
        undi = self.acak.random()
        if undi < 0.1:
            self._laporan()
        elif undi < 0.2:
            self.baca(self.acak.choice(("/", "/laporan/", "/akseptor/")))
        else:
            self._putuskan()

    def _putuskan(self) -> None:
        with self.buku.kunci:
            belum = sorted(self.buku.diterima - set(self.buku.putusan))
        if not belum:
            return
        satu = self.acak.choice(belum)
        tindakan = "verifikasi" if self.acak.random() < 0.7 else "kembalikan"
        isian = {"versi": "1"} | ({"alasan": "Tanggal di register lain"} if tindakan == "kembalikan" else {})
        status, _ = self.tekan(f"/akseptor/catatan/{satu}/{tindakan}/", isian)
        if status == 302:
            with self.buku.kunci:
                self.buku.putusan[satu] = tindakan

    def _laporan(self) -> None:
        status, isi = self.baca(f"/laporan/?bulan={BULAN}")
        desa = sorted(set(re.findall(r"/laporan/(\d\d\.\d\d\.\d\d\.\d{4})/" + BULAN, isi.decode(errors="replace"))))
        if status != 200 or not desa:
            return
        kode = self.acak.choice(desa)
        _, isi = self.baca(f"/laporan/{kode}/{BULAN}/")
        for tindakan in ("tutup", "setujui"):
            jalur = f"/laporan/{kode}/{BULAN}/{tindakan}/"
            isian = formulir(isi, jalur)
            if isian and self.tekan(jalur, isian)[0] == 302:
                _, sesudah = self.baca(f"/laporan/{kode}/{BULAN}/")
                if formulir(sesudah, jalur) is None:
                    with self.buku.kunci:
                        self.buku.disetujui.add(kode)
                return


class Kabupaten(Orang):
    """The district: the dashboard, its numbers, and files that are made for it."""

    def langkah(self) -> None:
        undi = self.acak.random()
        if undi < 0.8:
            self.baca(
                self.acak.choice(("/dasbor/", "/dasbor/data.json", "/dasbor/32.14.04/", "/laporan/?bulan=2021-06"))
            )
            return
        _, isi = self.baca("/laporan/ekspor/data.json")
        ada = json.loads(isi)["ekspor"] if isi else []
        for satu in ada:
            if satu["keadaan"] == "selesai":
                self.baca(f"/laporan/ekspor/{satu['id']}/")
            if satu["keadaan"] not in {"menunggu", "berjalan"}:
                self.tekan(f"/laporan/ekspor/{satu['id']}/hapus/", {})
        if len(ada) < 3:
            self.tekan("/laporan/ekspor/", {"jenis": self.acak.choice(("bulan", "rekap_xlsx")), "bulan": BULAN})


class _Isian(HTMLParser):
    """Collects the hidden fields of the form with one address."""

    def __init__(self, jalur: str) -> None:
        super().__init__()
        self.jalur, self.dalam = jalur, False
        self.isian: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        sifat = dict(attrs)
        if tag == "form":
            self.dalam = sifat.get("action") == self.jalur
            if self.dalam:
                self.isian = {}
        elif tag == "input" and self.dalam and sifat.get("type") == "hidden" and sifat.get("name"):
            self.isian[sifat["name"]] = sifat.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.dalam = False


def formulir(html: bytes, jalur: str) -> dict[str, str] | None:
    """Return the hidden fields of the form that posts to this address; None when the page has none."""
    pembaca = _Isian(jalur)
    pembaca.feed(html.decode(errors="replace"))
    return pembaca.isian
