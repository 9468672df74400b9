"""`python -m poskb.jalankan`: start everything, say where it is, keep it, stop it on Ctrl-C."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from poskb.jalankan import bagian, sisa
from poskb.jalankan.kesehatan import Kesehatan
from poskb.jalankan.penjaga import Penjaga
from poskb.jalankan.postgres import Postgres
from poskb.jalankan.proses import Berhenti, port_bebas, ucap
from poskb.jalankan.tata import Tata, buat_tata, kunci
from poskb.jalankan.valkey import Valkey

BASISDATA = "poskb"
SABAR_SEHAT = 90
AKUN_DEMO = ("kader", "plkb", "dppkb", "admin")
SANDI_DEMO = "pos-kb-1831"


def minta_berhenti(_nomor: int, _bingkai: FrameType | None) -> None:
    """Leave from wherever we are, once: what comes after is the stopping, which nothing may interrupt."""
    for isyarat in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(isyarat, signal.SIG_IGN)
    raise KeyboardInterrupt


def siapkan_server(tata: Tata) -> tuple[Postgres | None, Valkey | None]:
    """Make the servers that the user has not named."""
    postgres = valkey = None
    if not os.environ.get("DATABASE_URL"):
        postgres = Postgres(tata.data / "postgres", tata.soket / "pg")
        if not (postgres.folder / "PG_VERSION").exists():
            ucap("Making a database (first start only) ...")
        postgres.siapkan()
    if not os.environ.get("REDIS_URL"):
        valkey = Valkey(tata.data / "valkey")
        valkey.siapkan()
    return postgres, valkey


def lingkungan(tata: Tata, postgres: Postgres | None, valkey: Valkey | None) -> dict[str, str]:
    """Return the environment of every part."""
    env = os.environ | {sisa.TANDA: str(tata.data), "POSKB_DATA_DIR": str(tata.data), "PYTHONUNBUFFERED": "1"}
    if postgres:
        env["DATABASE_URL"] = postgres.url(BASISDATA)
    if valkey:
        env["REDIS_URL"] = valkey.url()
    return env


def siapkan_data(tata: Tata, env: Mapping[str, str]) -> None:
    """Migrate, load what must be there, gather the static files: side by side, each with its own log."""
    jalan = {
        nama: _kelola(tata, nama, argumen, env)
        for nama, argumen in {"siapkan": ["siapkan"], "collectstatic": ["collectstatic", "--noinput"]}.items()
    }
    try:
        for nama, proses in jalan.items():
            if proses.wait():
                raise Berhenti(_ekor(f"`manage.py {nama}` failed", tata.log / f"{nama}.log"))
    finally:
        for proses in jalan.values():
            proses.kill()


def _kelola(tata: Tata, nama: str, argumen: list[str], env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with (tata.log / f"{nama}.log").open("wb") as log:
        return subprocess.Popen([*bagian.KELOLA, *argumen], env=env, stdout=log, stderr=log)


def _ekor(kalimat: str, log: Path) -> str:
    isi = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    return f"{kalimat}; the end of {log}:\n{isi}"


def tunggu_sehat(kesehatan: Kesehatan, penjaga: Penjaga) -> None:
    """Wait until /sehat/ says yes. Raises Berhenti with what does not answer."""
    batas = time.monotonic() + SABAR_SEHAT
    berturut = 0
    while berturut < 3:  # the web server has several processes, and the first one to answer is not all of them
        berturut = berturut + 1 if kesehatan.sehat() else 0
        if time.monotonic() > batas or not penjaga.hidup():
            raise Berhenti(f"Not everything answers after {SABAR_SEHAT} s ({kesehatan.kurang()}).")
        time.sleep(0.2)


def sambut(alamat: str, tata: Tata) -> None:
    """Print the address and, in the demo, who may sign in."""
    ucap(f"\n  Pos KB runs at  http://{alamat}/")
    if settings.DEMO:
        ucap(f"  sign in as      {', '.join(AKUN_DEMO)}   (password {SANDI_DEMO})")
    elif settings.TLS:
        ucap("  pages answer    through your TLS proxy only (POSKB_PROXY=1), or plainly with POSKB_TLS=0")
    ucap(f"  health          http://{alamat}/sehat/")
    ucap(f"  logs, data      {tata.log}, {tata.data}")
    ucap("  stop            Ctrl-C\n")


def jaga(penjaga: Penjaga) -> None:
    """Stay until Ctrl-C (KeyboardInterrupt). Raises Berhenti when the keeper itself is gone."""
    while penjaga.hidup():
        time.sleep(0.5)
    raise Berhenti("The keeper (supervisord) died; everything is being stopped. Start again with `make run`.")


def jalankan(tata: Tata, host: str, port: int) -> None:
    """Run the product until it is told to stop."""
    sisa.hentikan_sisa(tata.data)
    if not port_bebas(host, port):
        raise Berhenti(f"Port {port} is already in use. Stop what uses it, or choose another: PORT=8001 make run")
    alamat = f"{host}:{port}"
    postgres, valkey = siapkan_server(tata)
    env = lingkungan(tata, postgres, valkey)
    penjaga = Penjaga(tata, bagian.semua(alamat, postgres, valkey), env)
    try:
        penjaga.mulai()
        if valkey:
            valkey.tunggu()
        if postgres:
            postgres.tunggu()
            postgres.buat_basisdata(BASISDATA)
        ucap("Preparing the data ...")
        siapkan_data(tata, env)
        ucap("Starting web, worker and beat ...")
        penjaga.jalankan("web", "worker", "beat")
        tunggu_sehat(Kesehatan(host, port), penjaga)
        sambut(alamat, tata)
        jaga(penjaga)
    finally:
        ucap("\nStopping ...")
        penjaga.hentikan()
        sisa.hentikan_sisa(tata.data, diam=True)
        shutil.rmtree(tata.soket, ignore_errors=True)


def utama() -> int:
    """Return the exit code: 0 stopped as asked, 1 could not start or go on, 2 the settings refuse."""
    for isyarat in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(isyarat, minta_berhenti)
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poskb.settings")
        host, port = os.environ.get("POSKB_BIND") or "127.0.0.1", int(os.environ.get("PORT") or 8000)
        tata = buat_tata(settings.DATA_DIR)
        with kunci(tata, f"http://{host}:{port}/"):
            jalankan(tata, host, port)
    except KeyboardInterrupt:
        ucap("Stopped.")
        return 0
    except ImproperlyConfigured as galat:
        ucap(f"Pos KB does not start: {galat}")
        return 2
    except ValueError:
        ucap(f"Pos KB does not start: PORT={os.environ.get('PORT')!r} is no port number.")
        return 2
    except Berhenti as galat:
        ucap(f"! {galat}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(utama())
