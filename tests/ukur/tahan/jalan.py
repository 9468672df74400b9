"""The run: people start, faults come one after the other, each is timed until all is well again."""

import contextlib
import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median

import psycopg2
import redis

from poskb.jalankan.proses import tunggu
from tests.ukur.klien import SANDI, masuk
from tests.ukur.panggung import HOST
from tests.ukur.tahan.buku import Buku
from tests.ukur.tahan.gangguan import Gangguan
from tests.ukur.tahan.orang import Kabupaten, Kader, Orang, Petugas
from tests.ukur.tahan.rumah import Rumah

# The kaders of the desa of the demo's officer, able to sign in.
SIAPKAN = f"""
import json
from django.contrib.auth.hashers import make_password
from kader.models import Faskes, Pengguna, Penugasan
desa = Penugasan.objects.filter(pengguna__nama_masuk="plkb").values("wilayah_id")
tugas = list(Penugasan.objects.filter(sebagai="kader", wilayah_id__in=desa).select_related("pengguna").order_by("wilayah_id"))
Pengguna.objects.filter(pk__in=[t.pengguna_id for t in tugas]).update(password=make_password("{SANDI}"))
print(json.dumps({{
    "kader": [[t.pengguna.nama_masuk, t.wilayah_id] for t in tugas],
    "faskes": list(Faskes.objects.filter(aktif=True).values_list("pk", flat=True)),
}}))
"""
PALING_LAMA = 120.0


@dataclass
class Waktu:
    """Seconds after one fault until: a page answers, /sehat/ is well, what was saved afterwards is counted."""

    jawab: float = -1.0
    sehat: float = -1.0
    segar: float = -1.0

    @property
    def pulih(self) -> bool:
        """Whether all of it came back in time."""
        return min(self.jawab, self.sehat, self.segar) >= 0


@dataclass
class Catatan:
    """All faults of one kind."""

    waktu: list[Waktu] = field(default_factory=list)

    def ringkas(self, apa: str) -> str:
        """Return "median / longest" of one measure; "-" for one that never came."""
        nilai = [getattr(w, apa) for w in self.waktu]
        return "never" if min(nilai) < 0 else f"{median(nilai):.1f} / {max(nilai):.1f}"


class Jalan:
    """People and faults on one product."""

    def __init__(self, rumah: Rumah, benih: int, kader: int = 4, jeda: float = 0.15) -> None:
        self.rumah, self.acak, self.buku = rumah, random.Random(benih), Buku()
        self.riwayat: dict[str, Catatan] = {}
        data = json.loads(rumah.python(SIAPKAN))
        siapa = [masuk(rumah.port, *k) for k in data["kader"][:kader]]
        self.orang: list[Orang] = [
            *(Kader(s, self.buku, benih * 100 + n, data["faskes"], jeda) for n, s in enumerate(siapa)),
            Petugas(masuk(rumah.port, "plkb", ""), self.buku, benih, jeda),
            Kabupaten(masuk(rumah.port, "dppkb", ""), self.buku, benih, 2 * jeda),
        ]
        # She is asked after each fault; she waits for nobody.
        self.penguji = Kader(siapa[0], Buku(), benih * 100 + 99, data["faskes"])
        with rumah.sql() as kursor:
            kursor.execute("SELECT count(*) FROM akseptor_pelayanan")
            (self.sebelum,) = kursor.fetchone()

    @contextlib.contextmanager
    def bekerja(self) -> Iterator[None]:
        """Let them work while the block runs; each finishes what she began. Raises what one of them stumbled over."""
        for satu in self.orang:
            satu.start()
        try:
            yield
        finally:
            for satu in self.orang:
                satu.berhenti.set()
            for satu in self.orang:
                satu.join(150)
        self.buku.terkirim |= self.penguji.buku.terkirim
        self.buku.diterima |= self.penguji.buku.diterima
        self.buku.tak_sembuh += self.penguji.buku.tak_sembuh
        for satu in self.orang:
            if satu.galat:
                raise satu.galat

    def ganggu(self, gangguan: Gangguan) -> Waktu:
        """Do one thing to it and wait until it is over."""
        gangguan.lakukan(self.acak.randrange(100))
        awal, waktu = time.monotonic(), Waktu()
        ukur: list[tuple[str, Callable[[], None]]] = [
            ("jawab", lambda: self._jawab()),
            ("sehat", lambda: tunggu(self._sehat, detik=PALING_LAMA, jeda=0.1) or self._menyerah()),
            ("segar", lambda: self._segar()),
        ]

        def satu(nama: str, tunggu_: Callable[[], None]) -> None:
            with contextlib.suppress(TimeoutError):
                tunggu_()
                setattr(waktu, nama, time.monotonic() - awal)

        utas = [threading.Thread(target=satu, args=u) for u in ukur]
        for u in utas:
            u.start()
        for u in utas:
            u.join()
        gangguan.usai()
        self.riwayat.setdefault(gangguan.nama, Catatan()).waktu.append(waktu)
        return waktu

    def _menyerah(self) -> None:
        raise TimeoutError

    def _sehat(self) -> bool:
        return self.rumah.kesehatan.sehat()

    def _jawab(self) -> None:
        """A signed-in page that reads the database."""

        def ada() -> bool:
            with contextlib.suppress(OSError, http.client.HTTPException):
                sambungan = http.client.HTTPConnection(HOST, self.rumah.port, timeout=5)
                sambungan.request("GET", "/akseptor/", headers={"Cookie": self.penguji.siapa.kue})
                return sambungan.getresponse().status == 200
            return False

        if not tunggu(ada, detik=PALING_LAMA, jeda=0.05):
            raise TimeoutError

    def _segar(self) -> None:
        """A woman registered now is counted: none of the marks that are there after her is left."""
        self.penguji._sinkron([self.penguji._ibu()])
        batas: list[int] = []

        def terhitung() -> bool:
            with contextlib.suppress(psycopg2.Error), self.rumah.sql() as kursor:
                if not batas:
                    kursor.execute("SELECT coalesce(max(id), 0) FROM laporan_perluhitung")
                    batas.append(kursor.fetchone()[0])
                kursor.execute("SELECT count(*) FROM laporan_perluhitung WHERE id <= %s", batas)
                return kursor.fetchone()[0] == 0
            return False

        if not tunggu(terhitung, detik=PALING_LAMA, jeda=0.1):
            raise TimeoutError

    def tenang(self, *, antrean: bool = False) -> None:
        """Wait until everything is counted; `antrean`: and the queue is empty."""

        def kosong() -> bool:
            with contextlib.suppress(psycopg2.Error, redis.RedisError), self.rumah.sql() as kursor:
                kursor.execute("SELECT count(*) FROM laporan_perluhitung")
                return kursor.fetchone()[0] == 0 and not (antrean and self._antre())
            return False

        if not tunggu(kosong, detik=180, jeda=0.3):
            raise TimeoutError("the worker does not get done")

    def _antre(self) -> int:
        with self.rumah.redis() as klien:
            return int(klien.llen(self.rumah.env.get("POSKB_ANTREAN", "poskb")))
