"""The database says no: nothing is lost by a swap that fails, and each refusal is a sentence with its exit code."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from poskb.cadangan import Gagal, pulih
from poskb.cadangan.basisdata import Basisdata
from poskb.cadangan.buat import cadangkan
from tests.peladen import sambung

NAMA = f"test_cadangan_{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
KINI, LAMA, BARU = NAMA, f"{NAMA}_lama", f"{NAMA}_baru"
TAMU = f"{NAMA}_tamu"


def perintah(*kalimat: str, basisdata: str = "postgres") -> None:
    with contextlib.closing(sambung(basisdata)) as s, s.cursor() as k:
        for satu in kalimat:
            k.execute(satu)


def buang() -> None:
    perintah(*(f'DROP DATABASE IF EXISTS "{n}" WITH (FORCE)' for n in (KINI, LAMA, BARU)))
    perintah(f'DROP ROLE IF EXISTS "{TAMU}"')


@pytest.fixture
def produk() -> Iterator[Basisdata]:
    buang()
    perintah(f'CREATE DATABASE "{KINI}"', f'CREATE DATABASE "{BARU}"')
    perintah("CREATE TABLE asal (n integer)", basisdata=KINI)
    perintah("CREATE TABLE baru (n integer)", basisdata=BARU)
    try:
        yield Basisdata.kita().lain(KINI)
    finally:
        buang()


def terbuka() -> dict[str, bool]:
    with contextlib.closing(sambung()) as s, s.cursor() as k:
        k.execute("SELECT datname, datallowconn FROM pg_database WHERE datname IN (%s, %s, %s)", [KINI, LAMA, BARU])
        return dict(k.fetchall())


def isi(basisdata: str) -> set[str]:
    with contextlib.closing(sambung(basisdata)) as s, s.cursor() as k:
        k.execute("SELECT relname FROM pg_class WHERE relname IN ('asal', 'baru')")
        return {n for (n,) in k.fetchall()}


def tukar(produk: Basisdata, baru: str = BARU) -> None:
    pulih._tukar(produk, produk.lain(baru), produk.lain(LAMA))


def test_penukaran_memberi_nama_dan_menutup_yang_lama(produk: Basisdata) -> None:
    with contextlib.closing(sambung(KINI)) as orang:
        tukar(produk)
        # Whoever was connected was sent away.
        with pytest.raises(psycopg2.OperationalError):
            orang.cursor().execute("SELECT 1")
    assert terbuka() == {KINI: True, LAMA: False}
    assert isi(KINI) == {"baru"}


def test_penukaran_yang_gagal_di_tengah_tidak_mengambil_nama_produk(produk: Basisdata) -> None:
    """The second RENAME has nothing to rename."""
    with pytest.raises(Gagal) as galat:
        tukar(produk, f"{BARU}_tidak_ada")
    assert galat.value.kode == Gagal.BASISDATA
    assert terbuka() == {KINI: True, BARU: True}
    assert isi(KINI) == {"asal"}


def test_server_yang_hilang_sementara_menukar_juga(produk: Basisdata, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between both names the connection is cut, as by a restart of Postgres."""
    asli, ke = pulih.sql.SQL, []

    def putus(kata: str) -> object:
        if kata.startswith("ALTER DATABASE {} RENAME"):
            ke.append(kata)
            if len(ke) == 2:
                perintah(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'poskb-cadangan'"
                    " AND state = 'idle in transaction'"
                )
        return asli(kata)

    monkeypatch.setattr(pulih.sql, "SQL", putus)
    with pytest.raises(Gagal):
        tukar(produk)
    assert len(ke) == 2
    assert terbuka() == {KINI: True, BARU: True}
    assert isi(KINI) == {"asal"}


def test_sesi_milik_postgres_sendiri_tidak_diusir(produk: Basisdata) -> None:
    with contextlib.closing(sambung()) as s, s.cursor() as k:
        k.execute("SELECT pid, backend_type FROM pg_stat_activity WHERE datname IS NULL OR datname = 'postgres'")
        assert {jenis for _, jenis in k.fetchall()} > {"client backend"}
        k.execute(
            f"SELECT DISTINCT backend_type {pulih.SESI.replace('pid <> pg_backend_pid()', 'true')}", ["postgres"]
        )
        assert k.fetchall() == [("client backend",)]


def test_yang_berakhir_tidak_hidup_lagi(produk: Basisdata) -> None:
    perintah(
        "CREATE TABLE kader_sesi (n integer); INSERT INTO kader_sesi VALUES (1), (2)",
        "CREATE TABLE kader_kodemasuk (n integer, ditutup_pada timestamptz)",
        "INSERT INTO kader_kodemasuk VALUES (1, NULL), (2, now())",
        basisdata=KINI,
    )
    assert pulih._akhiri(produk) == 3
    assert pulih._akhiri(produk) == 0
    # A version that had no such tables.
    assert pulih._akhiri(produk.lain(BARU)) == 0


def test_tabel_yang_diakhiri_dikenal_produk(db: None) -> None:
    from django.db import connection

    with connection.cursor() as k:
        for hapus in pulih.BERAKHIR.values():
            k.execute(hapus)


def test_tabel_yang_tidak_boleh_dibaca_menjadi_kalimat(produk: Basisdata, tmp_path: Path) -> None:
    """Counting fails before pg_dump begins: exit code 4, no file."""
    perintah(f"CREATE ROLE \"{TAMU}\" LOGIN PASSWORD 'x'")
    letak = dict(produk.letak) | {"user": TAMU, "password": "x"}
    with pytest.raises(Gagal, match="permission denied") as galat:
        cadangkan(Basisdata(tuple(letak.items())), tmp_path, "k" * 40, saat="20210708T000000Z", simpan=0)
    assert galat.value.kode == Gagal.BASISDATA
    assert list(tmp_path.iterdir()) == []
