"""Finds a Chromium for the browser tests, or gets one."""

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from poskb.jalankan.proses import ucap

NAMA = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BENDERA = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TANPA = (
    "NO CHROMIUM: browser tests are SKIPPED. Get one with `apt-get install chromium` or "
    "`.venv/bin/python -m playwright install --with-deps chromium`, then run `make test` again."
)


@functools.cache
def cari() -> str | None:
    """Return the path of a Chromium that starts: the one named, the one on PATH, or playwright's own."""
    calon = [os.environ.get("POSKB_CHROMIUM"), *map(shutil.which, NAMA)]
    return next((jalur for jalur in calon if jalur and _jalan(jalur)), None) or _milik_playwright()


def sediakan() -> str | None:
    """Return a Chromium, installing one if need be: Debian's package where we are root, else playwright's."""
    return cari() or _pasang_debian() or _pasang_playwright()


def _jalan(jalur: str) -> bool:
    # A stub that only says "install the snap" is on PATH too: ask for its version.
    try:
        return subprocess.run([jalur, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _milik_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        jalur = playwright.chromium.executable_path
    return jalur if Path(jalur).exists() else None


def _pasang_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    ucap("Installing Chromium (Debian's package) ...")
    pasang = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"]
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for perintah in (["apt-get", "update", "-qq"], pasang):
        if subprocess.run(perintah, env=env, stdout=subprocess.DEVNULL, check=False).returncode:
            return None
    return cari()


def _pasang_playwright() -> str | None:
    ucap("Installing Chromium (playwright's own) ...")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return cari()
