"""`make audit`: known holes in what the product stands on. Exit code 0 none known, 1 some, 2 could not be asked.

pip-audit asks PyPI's advisories for every package of `.venv`, also those that came along; npm asks its registry for the
lock file. A service that cannot be reached is said and never taken for "none": an audit that nobody answered is none.
"""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from poskb.rakit import npm

AKAR = Path(__file__).resolve().parent.parent
SABAR = 300
BERSIH, BERLUBANG, TIDAK_TAHU = 0, 1, 2


@dataclass
class Hasil:
    """What a service said of one set of packages. `tak_terjawab`: why it is no answer, or not one for all."""

    nama: str
    diperiksa: int = 0
    lubang: list[str] = field(default_factory=list)
    tak_terjawab: list[str] = field(default_factory=list)

    @property
    def kode(self) -> int:
        """The exit code of it: a known hole is said first."""
        return BERLUBANG if self.lubang else TIDAK_TAHU if self.tak_terjawab or not self.diperiksa else BERSIH


def baca_pip(keluar: str, galat: str) -> Hasil:
    """Read what `pip-audit --format json` printed; anything but its list is no answer."""
    hasil = Hasil("Python (.venv, pip-audit)")
    try:
        paket = json.loads(keluar)["dependencies"]
        for satu in paket:
            if "skip_reason" in satu:
                hasil.tak_terjawab.append(f"{satu['name']}: {satu['skip_reason']}")
                continue
            hasil.diperiksa += 1
            hasil.lubang += [
                f"{satu['name']} {satu['version']}: {v['id']}, fixed in {', '.join(v['fix_versions']) or 'no version'}"
                for v in satu["vulns"]
            ]
    except (ValueError, KeyError, TypeError):
        hasil.tak_terjawab.append(_akhir(galat or keluar))
    return hasil


def baca_npm(keluar: str, galat: str) -> Hasil:
    """Read what `npm audit --json` printed; without its counts it is no answer, whatever npm's exit code says."""
    hasil = Hasil("front end (package-lock.json, npm audit)")
    try:
        isi = json.loads(keluar)
        if "error" in isi or "message" in isi:
            hasil.tak_terjawab.append(str(isi.get("message") or isi["error"])[:300])
            return hasil
        hasil.diperiksa = isi["metadata"]["dependencies"]["total"]
        if sum(isi["metadata"]["vulnerabilities"][k] for k in ("info", "low", "moderate", "high", "critical")):
            hasil.lubang = [f"{nama}: {v['severity']}, {v['range']}" for nama, v in isi["vulnerabilities"].items()]
    except (ValueError, KeyError, TypeError):
        hasil.tak_terjawab.append(_akhir(galat or keluar))
    return hasil


def _akhir(teks: str) -> str:
    kata = [baris.strip() for baris in teks.splitlines() if baris.strip() and "complete log" not in baris]
    return kata[-1][:300] if kata else "the service said nothing"


def _jalankan(perintah: list[str]) -> tuple[str, str]:
    try:
        proses = subprocess.run(perintah, cwd=AKAR, capture_output=True, text=True, check=False, timeout=SABAR)
    except (OSError, subprocess.TimeoutExpired) as galat:
        return "", str(galat)
    return proses.stdout, proses.stderr


def utama() -> int:
    """Ask both, say all; the exit code is the worst that is known."""
    pip = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
    semua = [baca_pip(*_jalankan(pip)), baca_npm(*_jalankan([*npm(), "audit", "--json", "--package-lock-only"]))]
    for hasil in semua:
        kata = {
            BERSIH: f"{hasil.diperiksa} packages, no hole known",
            BERLUBANG: f"{hasil.diperiksa} packages, {len(hasil.lubang)} KNOWN HOLES",
            TIDAK_TAHU: f"NOT AUDITED: {hasil.diperiksa} packages answered, the rest not",
        }
        print(f"{hasil.nama}: {kata[hasil.kode]}")
        tak = hasil.tak_terjawab
        lagi = [f"not answered: {len(tak) - 5} more"] if len(tak) > 5 else []
        for baris in [*hasil.lubang, *(f"not answered: {satu}" for satu in tak[:5]), *lagi]:
            print(f"  {baris}")
    kode = {hasil.kode for hasil in semua}
    return BERLUBANG if BERLUBANG in kode else max(kode)


if __name__ == "__main__":
    sys.exit(utama())
