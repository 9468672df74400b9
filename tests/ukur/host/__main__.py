"""`python -m tests.ukur.host`: exit code 1 when something was lost, doubled or miscounted (docs/ukur.md)."""

import argparse
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from poskb.cadangan import manifes
from poskb.jalankan.proses import tunggu, ucap
from tests.jalankan_uji import berhenti
from tests.ukur.host.gugus import Gugus
from tests.ukur.host.jaringan import Host, saklar
from tests.ukur.tahan.gangguan import Gangguan
from tests.ukur.tahan.jalan import Jalan
from tests.ukur.tahan.periksa import periksa

# A session of this host that has something open, best of all the lock of counting.
MEMEGANG = """
SELECT bool_or(EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted))
FROM pg_stat_activity a WHERE client_addr = %s::inet AND xact_start IS NOT NULL
"""
SESI = "SELECT count(*) FROM pg_stat_activity WHERE client_addr = %s::inet"
# Everything that beat ever sends, from two beats at the same moment, twice.
DUA_BEAT = """
from django.conf import settings
from poskb.celery import app
for _ in range(2):
    for satu in settings.CELERY_BEAT_SCHEDULE.values():
        for _ in range(2):
            app.send_task(satu["task"])
"""
# When somebody last looked, and when numbers that are the same were counted: moments, compared without them below.
BOLEH_BEDA = {"public.laporan_penandahitung", "public.laporan_ramalan", "public.laporan_cuplikan"}
ISI_SAJA = {
    "laporan_cuplikan": "kampanye_id, wilayah_id, isi, versi",
    "laporan_ramalan": "kampanye_id, wilayah_id, hari, isi, sidik",
}


def mati_memegang(gugus: Gugus, host: Host) -> bool:
    """Lose a worker host while it holds the lock of counting; return whether such a moment was met."""
    with gugus.sql() as kursor:

        def memegang() -> bool:
            kursor.execute(MEMEGANG, [host.alamat])
            return bool(kursor.fetchone()[0])

        ketemu = tunggu(memegang, detik=20, jeda=0.0)
        host.hilang()
    return ketemu


def dua_beat(gugus: Gugus, jalan: Jalan) -> list[str]:
    """Let every task of beat run four times at once; return the tables that are not as before."""
    jalan.tenang(antrean=True)
    with gugus.sql() as kursor:
        sebelum, isi = _potret(kursor)
        gugus.python(DUA_BEAT)
        time.sleep(3)
        jalan.tenang(antrean=True)
        time.sleep(3)
        sesudah, isi_sesudah = _potret(kursor)
    beda = [b for b in manifes.beda(sebelum, sesudah) if b.partition(":")[0] not in BOLEH_BEDA]
    return beda + [nama for nama in isi if isi[nama] != isi_sesudah[nama]]


def _potret(kursor: object) -> tuple[dict, dict]:
    kursor.execute("BEGIN")
    tabel = manifes.potret(kursor)
    kursor.execute("COMMIT")
    isi = {}
    for nama, kolom in ISI_SAJA.items():
        kursor.execute(f"SELECT sum(hashtextextended(({kolom})::text, 0)::numeric) FROM public.{nama}")
        isi[nama] = kursor.fetchone()
    return tabel, isi


def jalankan(folder: Path, tumpukan: contextlib.ExitStack, detik: float) -> bool:
    """Set up, drive, lose, look; return whether all is there."""
    tumpukan.enter_context(saklar())
    gugus = Gugus(folder, tumpukan)
    ucap("Starting Postgres, Redis, two web hosts, two worker hosts ...")
    gugus.mulai()
    jalan = Jalan(gugus, benih=31)
    (web1, web2), (kerja1, kerja2) = gugus.web, gugus.kerja
    memegang: list[bool] = []
    with jalan.bekerja():
        time.sleep(detik)
        layan = {h.nama: gugus.pintu.layan[h.alamat, 8000] for h in gugus.web}
        w = jalan.ganggu(Gangguan("a web host", lambda _: web1.hilang(), "", ""))
        ucap(f"  {web1.nama} lost: page {w.jawab:.1f} s, /sehat/ {w.sehat:.1f} s, counted {w.segar:.1f} s")
        time.sleep(detik)
        kerja = Gangguan("a worker host", lambda _: memegang.append(mati_memegang(gugus, kerja1)), "", "")
        k = jalan.ganggu(kerja)
        ucap(f"  {kerja1.nama} lost: page {k.jawab:.1f} s, /sehat/ {k.sehat:.1f} s, counted {k.segar:.1f} s")
        time.sleep(detik)
    beda = dua_beat(gugus, jalan)
    with gugus.sql() as kursor:
        sisa = {}
        for host in (web1, kerja1):
            tunggu(lambda h=host: _sesi(kursor, h) == 0, detik=60)
            sisa[host.nama] = _sesi(kursor, host)
    hasil = periksa(gugus, jalan.buku, jalan.sebelum)
    buku = jalan.buku
    ucap(f"\n  connections before the first loss: {layan}; afterwards all on {web2.nama}, counted by {kerja2.nama}")
    ucap(f"  {kerja1.nama} died {'holding the lock of counting' if memegang[0] else 'between two countings'}")
    ucap(f"  sessions that the dead hosts still have in Postgres: {sisa}")
    ucap(
        f"  acknowledged records {hasil.diakui:,}   lost {len(hasil.hilang)}   doubled {hasil.dobel}   "
        f"of other content {len(hasil.berubah)}"
    )
    ucap(
        f"  acknowledged decisions {hasil.putusan:,}   lost {hasil.putusan_hilang + hasil.disetujui_hilang}"
        f"   doubled {hasil.putusan_dobel}"
    )
    ucap(
        f"  answers of 500 and more {sum(buku.lima_ratus.values())}, broken connections {sum(buku.gagal.values())}: "
        f"{sum(buku.sembuh.values())} requests cured by a retry (longest {buku.terlama:.1f} s), not cured "
        f"{len(buku.tak_sembuh)}"
    )
    ucap(f"  every task of beat four times at once: {beda or 'no table changed'}")
    ucap(f"  full recount: {hasil.hitung_ulang or 'the same as stored'}")
    return hasil.baik and not beda and not buku.tak_sembuh and w.pulih and k.pulih and not any(sisa.values())


def _sesi(kursor: object, host: Host) -> int:
    kursor.execute(SESI, [host.alamat])
    return kursor.fetchone()[0]


def utama() -> int:
    """Return the exit code."""
    pembaca = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    pembaca.add_argument("--detik", type=float, default=15, help="work between two losses (default 15)")
    pembaca.add_argument("--simpan", action="store_true", help="keep the folder with all logs")
    pilihan = pembaca.parse_args()
    if os.geteuid() or not shutil.which("ip") or not shutil.which("nsenter"):
        ucap("bench-host makes network namespaces: run it as root on Linux, with iproute2 and util-linux.")
        return 2
    # Leave through every `finally`: processes, namespaces and mounts go with us.
    for isyarat in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(isyarat, berhenti)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_DEMO": "1"}
    folder = Path(tempfile.mkdtemp(prefix="poskb-host-"))
    try:
        with contextlib.ExitStack() as tumpukan:
            baik = jalankan(folder, tumpukan, pilihan.detik)
    finally:
        if pilihan.simpan:
            ucap(f"logs: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    ucap("\nOK" if baik else "\nNOT OK")
    return 0 if baik else 1


if __name__ == "__main__":
    sys.exit(utama())
