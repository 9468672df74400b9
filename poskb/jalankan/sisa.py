"""What an earlier run left behind when it was killed: stopped before the next one starts, and said."""

import contextlib
import signal
from collections.abc import Iterable
from pathlib import Path

import psutil

from poskb.jalankan.proses import ucap

# Every process of a run carries this variable with its data folder.
TANDA = "POSKB_JALANKAN"


def hentikan_sisa(data: Path, *, diam: bool = False) -> None:
    """Stop every process of an earlier run of this data folder, then drop a stale postmaster.pid."""
    penjaga = [p for p in _milik(data) if "supervisor" in " ".join(_cmdline(p))]
    # The keeper first: it would restart what we stop. It stops its children itself, in their order.
    _hentikan(penjaga, signal.SIGTERM, detik=10, diam=diam)
    _hentikan(_milik(data), signal.SIGINT, detik=1.5 if diam else 5, diam=diam)
    _buang_pid(data / "postgres")


def _milik(data: Path) -> list[psutil.Process]:
    postmaster = _postmaster(data / "postgres")
    return [p for p in psutil.process_iter() if p == postmaster or _bertanda(p, data)]


def _bertanda(proses: psutil.Process, data: Path) -> bool:
    try:
        return proses.environ().get(TANDA) == str(data)
    except (psutil.Error, OSError):
        return False


def _cmdline(proses: psutil.Process) -> list[str]:
    try:
        return proses.cmdline()
    except psutil.Error:
        return []


def _postmaster(folder: Path) -> psutil.Process | None:
    """Return the running server of a data folder: the process that postmaster.pid names, if it is a Postgres."""
    try:
        proses = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError, psutil.Error):
        return None
    return proses if str(folder) in _cmdline(proses) else None


def _buang_pid(folder: Path) -> None:
    # After a crash the number may belong to an innocent process, and Postgres would refuse to start.
    if _postmaster(folder) is None:
        (folder / "postmaster.pid").unlink(missing_ok=True)


def _hentikan(daftar: Iterable[psutil.Process], isyarat: signal.Signals, *, detik: float, diam: bool) -> None:
    daftar = list(daftar)
    if not daftar:
        return
    nomor = ", ".join(str(p.pid) for p in daftar)
    if not diam:
        ucap(f"An earlier run was not stopped properly; stopping what is left of it (process {nomor}).")
    for proses in daftar:
        with contextlib.suppress(psutil.Error):
            proses.send_signal(isyarat)
    _, hidup = psutil.wait_procs(daftar, timeout=detik)
    for proses in hidup:
        with contextlib.suppress(psutil.Error):
            proses.kill()
    psutil.wait_procs(hidup, timeout=5)
