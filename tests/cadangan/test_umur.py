"""How old the newest backup is: asked by a monitor, so that silence is noticed too."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from poskb.cadangan import Gagal
from poskb.management.commands.cadangkan import saat_berkas


def tanya(folder: Path, jam: int = 26) -> int:
    try:
        call_command("cadangkan", str(folder), "--umur", str(jam))
    except CommandError as galat:
        return galat.returncode
    return 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "poskb-20010101T000000Z.cadangan").touch()
    return tmp_path


def test_yang_terbaru_menentukan(folder: Path) -> None:
    assert tanya(folder) == Gagal.TUA
    (folder / f"poskb-{saat_berkas()}.cadangan").touch()
    assert tanya(folder) == 0
    kemarin = dt.datetime.strptime(saat_berkas(), "%Y%m%dT%H%M%SZ") - dt.timedelta(hours=25)
    (folder / f"poskb-{saat_berkas()}.cadangan").rename(folder / f"poskb-{kemarin:%Y%m%dT%H%M%SZ}.cadangan")
    assert (tanya(folder), tanya(folder, jam=24)) == (0, Gagal.TUA)


@pytest.mark.parametrize("nama", ["poskb-besok.cadangan", f"poskb-{'9' * 8}T000000Z.cadangan.sebagian", "lain"])
def test_yang_bukan_cadangan_tidak_dihitung(tmp_path: Path, nama: str) -> None:
    (tmp_path / nama).touch()
    assert tanya(tmp_path) == Gagal.TUA


def test_folder_yang_tidak_ada_adalah_masalah(tmp_path: Path) -> None:
    assert tanya(tmp_path / "tidak-ada") == Gagal.TUA
