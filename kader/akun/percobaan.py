"""Wrong tries at a door, counted and slowed down; nobody is locked out everywhere or for long.

Counted per door and parts: at the sign-in name and address together, so that a colleague who types wrong passwords
under another's name locks that name at her own address only (kader/akun/tebakan.py). Five tries are free, then each
further one waits: a minute, two, four, eight, at most fifteen. A day without a try forgets them. Kept under a keyed
hash: the table holds neither names nor addresses.

A try is counted before it is judged and given back when it was right, so that many at once are no way around.
Why not django-axes: its cool-off cannot grow, it keeps names, addresses and user agents readable and writes them into
the log, and what would be left of it is this one statement.
"""

import math
from dataclasses import dataclass

from django.db import connection
from django.utils.crypto import salted_hmac

from kader.models import Percobaan

BEBAS = 5
JEDA_PERTAMA, JEDA_TERLAMA = 60, 900
LUPA_DETIK = 24 * 3600

# One statement: a row that is locked now is neither changed nor returned.
HITUNG = """
INSERT INTO kader_percobaan AS p (kunci, gagal, terakhir, terkunci_sampai)
VALUES (%(kunci)s, 1, now(), CASE WHEN 1 >= %(bebas)s THEN now() + make_interval(secs => %(jeda)s) END)
ON CONFLICT (kunci) DO UPDATE SET
  gagal = CASE WHEN p.terakhir < now() - make_interval(secs => %(lupa)s) THEN 1 ELSE p.gagal + 1 END,
  terkunci_sampai = CASE
    WHEN p.terakhir >= now() - make_interval(secs => %(lupa)s) AND p.gagal + 1 >= %(bebas)s
    THEN now() + make_interval(secs => least(%(jeda)s * power(2, least(p.gagal + 1 - %(bebas)s, 20)), %(terlama)s))
  END,
  terakhir = now()
WHERE p.terkunci_sampai IS NULL OR p.terkunci_sampai <= now()
RETURNING gagal
"""
SISA = "SELECT ceil(extract(epoch FROM terkunci_sampai - now())) FROM kader_percobaan WHERE kunci = %s"


class Terkunci(Exception):
    """Too many wrong tries. `detik`: how long until the next one is heard."""

    def __init__(self, detik: int) -> None:
        super().__init__("terkunci")
        self.detik = max(detik, 1)

    @property
    def lama(self) -> str:
        """How long to wait, in words."""
        return f"{math.ceil(self.detik / 60)} menit" if self.detik > 60 else f"{self.detik} detik"


@dataclass(frozen=True)
class Pintu:
    """A door: its name, how many tries are free, and the longest wait after that, in seconds."""

    nama: str
    bebas: int = BEBAS
    terlama: int = JEDA_TERLAMA

    def kunci(self, *bagian: str) -> str:
        """Return the hash under which tries of these parts are counted."""
        return salted_hmac(f"kader.percobaan:{self.nama}", "\x1f".join(bagian), algorithm="sha256").hexdigest()

    def coba(self, *bagian: str) -> None:
        """Count one try. Raises Terkunci when it is not heard."""
        kunci = self.kunci(*bagian)
        isi = {"kunci": kunci, "bebas": self.bebas, "jeda": JEDA_PERTAMA, "terlama": self.terlama, "lupa": LUPA_DETIK}
        with connection.cursor() as kursor:
            kursor.execute(HITUNG, isi)
            if kursor.fetchone():
                return
        raise Terkunci(_sisa(kunci) or JEDA_PERTAMA)

    def periksa(self, *bagian: str) -> None:
        """Count nothing. Raises Terkunci when a try would not be heard."""
        sisa = _sisa(self.kunci(*bagian))
        if sisa > 0:
            raise Terkunci(sisa)

    def benar(self, *bagian: str) -> None:
        """The try was right: forget what came before."""
        Percobaan.objects.filter(kunci=self.kunci(*bagian)).delete()


def _sisa(kunci: str) -> int:
    with connection.cursor() as kursor:
        kursor.execute(SISA, [kunci])
        baris = kursor.fetchone()
    return int(baris[0]) if baris and baris[0] else 0


SANDI = Pintu("sandi")
# One name, whatever the address: from the hundredth wrong try of a day on, one a minute.
SANDI_DI_MANA_SAJA = Pintu("sandi-di-mana-saja", bebas=100, terlama=JEDA_PERTAMA)
KODE = Pintu("kode", bebas=10)
TOTP = Pintu("totp")
TITIPAN = Pintu("titipan", bebas=60)


def bersihkan() -> int:
    """Remove what is forgotten; return how many."""
    with connection.cursor() as kursor:
        kursor.execute("DELETE FROM kader_percobaan WHERE terakhir < now() - make_interval(secs => %s)", [LUPA_DETIK])
        return kursor.rowcount
