"""A backup of the running product, and the road back: every table, row by row, and all that stands around them."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from poskb.jalankan.proses import tunggu
from tests.nyata.keadaan import sql
from tests.peladen import Peladen, sambung, url_basisdata
from tests.ukur.ibu import Ibu
from tests.ukur.klien import Sambungan, masuk

# `make test-lama`: minutes that every run of `make test` cannot spare.
pytestmark = pytest.mark.lama

DESA_KADER = "32.14.04.2006"
# Whatever a schema is made of, as text that does not depend on object ids.
KERANGKA = {
    "kolom": "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity, collation_name"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "indeks": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "batasan": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "pemicu": "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "fungsi": "SELECT pg_get_functiondef(oid), proacl::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    " AND prokind = 'f'",
    "kebijakan": "SELECT * FROM pg_policies",
    "rls": "SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "tampilan": "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'",
    "hak": "SELECT x.grantee::regrole::text, x.privilege_type FROM pg_database d, aclexplode(d.datacl) x"
    " WHERE datname = current_database()",
    "ekstensi": "SELECT extname, extversion FROM pg_extension",
    "urutan": "SELECT sequencename, start_value, increment_by, last_value, cycle FROM pg_sequences",
}
ISI = "SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE \"C\")) FROM {} AS t"


def keadaan(basisdata: str) -> dict[str, object]:
    """Everything of a database: each table's rows in one hash, and its schema."""
    with contextlib.closing(sambung(basisdata)) as s, s.cursor() as k:
        k.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        hasil: dict[str, object] = {}
        for (tabel,) in k.fetchall():
            k.execute(ISI.format(tabel))
            hasil[tabel] = k.fetchone()
        for nama, tanya in KERANGKA.items():
            k.execute(tanya)
            hasil[nama] = sorted(map(repr, k.fetchall()))
        return hasil


@pytest.fixture
def kosong(peladen_sendiri: Peladen) -> Iterator[list[str]]:
    """Names of empty databases, which vanish with whatever a restore put beside them."""
    nama = [f"{peladen_sendiri.basisdata}_{n}" for n in ("a", "b")]

    def buang() -> None:
        with contextlib.closing(sambung()) as s, s.cursor() as k:
            for satu in nama:
                k.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [f"^{satu}(_(lama|pulih)_.*)?$"])
                for (ada,) in k.fetchall():
                    k.execute(f'DROP DATABASE "{ada}" WITH (FORCE)')
            k.execute(f'DROP ROLE IF EXISTS "{nama[0]}_peran"')

    buang()
    with contextlib.closing(sambung()) as s, s.cursor() as k:
        for satu in nama:
            k.execute(f'CREATE DATABASE "{satu}"')
    yield nama
    buang()


def kelola(peladen: Peladen, basisdata: str, *argumen: str, **env: str) -> tuple[int, str]:
    """Run a command on a database; return exit code and all that was said."""
    proses = subprocess.run(
        [sys.executable, "manage.py", *argumen],
        env=peladen.env | {"DATABASE_URL": url_basisdata(basisdata)} | env,
        capture_output=True,
        text=True,
        check=False,
    )
    return proses.returncode, proses.stdout + proses.stderr


class Pencatat(threading.Thread):
    """A kader who registers one woman after the other; `nomor`: those that were acknowledged, with the moment."""

    def __init__(self, peladen: Peladen) -> None:
        super().__init__(daemon=True)
        self.siapa = masuk(peladen.kesehatan.port, "kader", DESA_KADER)
        ((faskes,),) = sql(peladen, "SELECT array_agg(id) FROM kader_faskes WHERE aktif")
        self.ibu = Ibu(faskes, benih=os.getpid())
        self.diterima = 0
        self.berhenti = threading.Event()

    def run(self) -> None:
        sambungan = Sambungan(self.siapa.port)
        while not self.berhenti.is_set():
            mentah = self.siapa.permintaan("/akseptor/sinkron/", self.ibu.kiriman(DESA_KADER, 1))
            status, isi = sambungan.kirim(mentah)
            assert status == 200, isi
            self.diterima += 1
        sambungan.tutup()


def test_cadangan_sementara_dipakai_lalu_dipulihkan_utuh(
    peladen_sendiri: Peladen, kosong: list[str], tmp_path: Path
) -> None:
    a, b = kosong
    pencatat = Pencatat(peladen_sendiri)
    pencatat.start()
    try:
        assert tunggu(lambda: pencatat.diterima >= 5, detik=20)
        sebelum = sql(peladen_sendiri, "SELECT count(*) FROM akseptor_pelayanan")[0][0]
        kode, kata = kelola(peladen_sendiri, peladen_sendiri.basisdata, "cadangkan", str(tmp_path))
        assert kode == 0, kata
        sesudah = sql(peladen_sendiri, "SELECT count(*) FROM akseptor_pelayanan")[0][0]
    finally:
        pencatat.berhenti.set()
        pencatat.join()
    assert sesudah > sebelum, "nobody wrote while it was made"
    (berkas,) = tmp_path.iterdir()
    assert berkas.stat().st_mode & 0o777 == 0o600
    assert b"PGDMP" not in berkas.read_bytes()

    kode, kata = kelola(peladen_sendiri, a, "pulihkan", str(berkas))
    assert (kode, "Semua orang harus masuk lagi" in kata) == (0, True), kata
    with contextlib.closing(sambung(a)) as s, s.cursor() as k:
        k.execute("SELECT count(*) FROM akseptor_pelayanan")
        assert sebelum <= k.fetchone()[0] <= sesudah
        # Whoever was signed out after the backup must not be in again.
        k.execute("SELECT count(*) FROM kader_sesi")
        assert k.fetchone() == (0,)
    assert sql(peladen_sendiri, "SELECT count(*) > 0 FROM kader_sesi") == [(True,)]
    peran = f"{a}_peran"
    with contextlib.closing(sambung(a)) as s, s.cursor() as k:
        k.execute(f'CREATE ROLE "{peran}" NOLOGIN; GRANT SELECT ON akseptor_pelayanan TO "{peran}"')
        k.execute(f'REVOKE TEMPORARY ON DATABASE "{a}" FROM PUBLIC; GRANT TEMPORARY ON DATABASE "{a}" TO "{peran}"')
        k.execute("ALTER TABLE kader_jejak ENABLE ROW LEVEL SECURITY")
        k.execute(f"CREATE POLICY uji ON kader_jejak TO \"{peran}\" USING (tindakan <> 'uji')")
    # The restored one is quiet: from it once more, and both are compared without asking the manifest.
    kode, kata = kelola(peladen_sendiri, a, "cadangkan", str(tmp_path), "--simpan", "1")
    assert kode == 0, kata
    assert not berkas.exists(), "--simpan 1 keeps the newest alone"
    (berkas,) = tmp_path.iterdir()
    asal = keadaan(a)
    # A new server: the role that grants and a policy name is not there.
    with contextlib.closing(sambung()) as s, s.cursor() as k:
        k.execute(f'DROP DATABASE "{a}" WITH (FORCE)')
        k.execute(f'DROP ROLE "{peran}"')
    kode, kata = kelola(peladen_sendiri, b, "pulihkan", str(berkas))
    assert (kode, f"dibuat tanpa kata sandi: {peran}" in kata) == (0, True), kata
    hasil = keadaan(b)
    assert len(asal) > 40
    assert {n for n in asal | hasil if asal.get(n) != hasil.get(n)} == set()
    kode, kata = kelola(peladen_sendiri, b, "migrate", "--check")
    assert kode == 0, kata

    # A database with something in it is refused, and untouched.
    kode, kata = kelola(peladen_sendiri, b, "pulihkan", str(berkas))
    assert (kode, "tidak kosong" in kata) == (4, True)
    with contextlib.closing(sambung(b)) as s, s.cursor() as k:
        k.execute("TRUNCATE akseptor_persetujuan")
    rusak = keadaan(b)
    for nama, isi, env in (
        ("bita", _balik(berkas.read_bytes()), {}),
        ("potong", berkas.read_bytes()[:-1000], {}),
        ("kunci", berkas.read_bytes(), {"POSKB_KUNCI_CADANGAN": "x" * 40}),
    ):
        lain = tmp_path / nama
        lain.write_bytes(isi)
        kode, kata = kelola(peladen_sendiri, b, "pulihkan", "--timpa", str(lain), **env)
        assert (kode, "Tidak ada yang disentuh" in kata) == (3, True), (nama, kata)
        assert keadaan(b) == rusak
    # Told to, it takes the name; what stood there stays, shut.
    kode, kata = kelola(peladen_sendiri, b, "pulihkan", "--timpa", str(berkas))
    assert kode == 0, kata
    assert keadaan(b) == asal
    with contextlib.closing(sambung()) as s, s.cursor() as k:
        k.execute("SELECT datname, datallowconn FROM pg_database WHERE datname LIKE %s", [f"{b}\\_%"])
        ((lama, buka),) = k.fetchall()
        assert not buka
        k.execute(f'ALTER DATABASE "{lama}" ALLOW_CONNECTIONS true')
    assert keadaan(lama) == rusak


def _balik(isi: bytes) -> bytes:
    tengah = len(isi) // 2
    return isi[:tengah] + bytes([isi[tengah] ^ 1]) + isi[tengah + 1 :]


def test_yang_terbunuh_tidak_meninggalkan_cadangan(peladen_sendiri: Peladen, tmp_path: Path) -> None:
    proses = subprocess.Popen(
        [sys.executable, "manage.py", "cadangkan", str(tmp_path)], env=peladen_sendiri.env, stdout=subprocess.DEVNULL
    )
    assert tunggu(lambda: any(tmp_path.glob("*.sebagian")), detik=20, jeda=0.005)
    proses.kill()
    proses.wait()
    assert not list(tmp_path.glob("*.cadangan"))
    time.sleep(1)  # names are seconds
    kode, kata = kelola(peladen_sendiri, peladen_sendiri.basisdata, "cadangkan", str(tmp_path))
    assert kode == 0, kata
    assert [p.suffix for p in tmp_path.iterdir()] == [".cadangan"]


@pytest.mark.parametrize(
    ("env", "folder", "kode", "kata"),
    [
        ({"POSKB_KUNCI_CADANGAN": "pendek"}, "x", 2, "lebih pendek dari 32"),
        ({"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/poskb"}, "x", 4, "tidak dapat dibuka"),
        ({}, "berkas/x", 1, "tidak dapat ditulis"),
    ],
)
def test_yang_gagal_berkata_mengapa(
    peladen_sendiri: Peladen, tmp_path: Path, env: dict[str, str], folder: str, kode: int, kata: str
) -> None:
    (tmp_path / "berkas").write_text("")
    hasil, dikatakan = kelola(peladen_sendiri, peladen_sendiri.basisdata, "cadangkan", str(tmp_path / folder), **env)
    assert (hasil, kata in dikatakan) == (kode, True), dikatakan
    assert not list(tmp_path.glob("**/*.cadangan*"))
