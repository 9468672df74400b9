"""What many ask at once is made once, and forgotten soon."""

import threading
import time

import pytest

from poskb.dasar import sekejap
from poskb.dasar.sekejap import Sekejap


@pytest.fixture
def jam(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until it is moved."""
    kini = [1000.0]
    monkeypatch.setattr(sekejap.time, "monotonic", lambda: kini[0])
    return kini


def test_dibuat_sekali_sampai_umurnya_lewat(jam: list[float]) -> None:
    ingat, dibuat = Sekejap(umur=0.5), []

    def buat() -> int:
        dibuat.append(1)
        return len(dibuat)

    assert [ingat.ambil("a", buat) for _ in range(3)] == [1, 1, 1]
    assert ingat.ambil("b", buat) == 2
    jam[0] += 0.49
    assert ingat.ambil("a", buat) == 1
    jam[0] += 0.01
    assert ingat.ambil("a", buat) == 3
    ingat.lupakan()
    assert ingat.ambil("a", buat) == 4


def test_kegagalan_diingat_lalu_dicoba_lagi(jam: list[float]) -> None:
    """A database that is away is asked once for everybody, and again when the moment is over."""
    ingat, dicoba = Sekejap(umur=0.5), []

    def gagal() -> None:
        dicoba.append(1)
        raise ConnectionError("away")

    for _ in range(5):
        with pytest.raises(ConnectionError):
            ingat.ambil("a", gagal)
    assert len(dicoba) == 1
    jam[0] += 0.5
    assert ingat.ambil("a", lambda: "back") == "back"


def test_versi_lain_menggantikan_yang_lama(jam: list[float]) -> None:
    ingat = Sekejap(umur=60)
    assert [ingat.ambil("a", lambda v=v: f"isi {v}", cap=v) for v in (1, 1, 2)] == ["isi 1", "isi 1", "isi 2"]
    assert ingat.ambil("a", lambda: "baru", cap=2) == "isi 2"
    assert len(ingat._isi) == 1


def test_tidak_tumbuh_tanpa_batas(jam: list[float]) -> None:
    ingat = Sekejap(umur=60, paling_banyak=3)
    for n in range(10):
        ingat.ambil(n % 2 and n, lambda n=n: n)
    assert len(ingat._isi) == 3
    # What is asked often stays.
    assert 0 in ingat._isi


def test_yang_datang_bersamaan_menunggu_satu_pembuat() -> None:
    ingat, dibuat, hasil = Sekejap(umur=60), [], []
    mulai = threading.Barrier(10)

    def buat() -> str:
        dibuat.append(1)
        time.sleep(0.1)
        return "isi"

    def satu(kunci: str) -> None:
        mulai.wait()
        hasil.append(ingat.ambil(kunci, buat))

    utas = [threading.Thread(target=satu, args=("ab"[n % 2],)) for n in range(10)]
    awal = time.monotonic()
    for u in utas:
        u.start()
    for u in utas:
        u.join(10)
    assert hasil == ["isi"] * 10
    assert len(dibuat) == 2
    # Makers of different keys do not wait for each other.
    assert time.monotonic() - awal < 5
