"""A migration that is cut off, by a kill or a restart of the server, is simply run again."""

import contextlib
import threading
import uuid
from collections.abc import Iterator

import pytest
from django.contrib.postgres.operations import ValidateConstraint
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations
from django.db.migrations.loader import MigrationLoader

from kader.actions import catat_jejak
from kader.models import Jejak
from poskb.jalankan.proses import tunggu
from tests.alat import buat_dunia, catatan
from tests.peladen import sambung

APLIKASI = {"kader", "akseptor", "laporan"}
# Django's own steps that change nothing the second time.
# AlterField: of the one that takes an index away, which looks for it first (akseptor 0004).
DJANGO = (ValidateConstraint, migrations.AlterField)


def bertahap() -> dict[tuple[str, str], migrations.Migration]:
    semua = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {k: m for k, m in semua.items() if k[0] in APLIKASI and not m.atomic}


@pytest.mark.parametrize("satu", sorted(bertahap()), ids="-".join)
def test_setiap_langkah_di_luar_transaksi_dapat_diulang(satu: tuple[str, str]) -> None:
    """Alone in its migration a step may be anything: it is done or not. Beside others it is repeated with them."""
    langkah = bertahap()[satu].operations
    aneh = [o for o in langkah if not (getattr(o, "dapat_diulang", False) or isinstance(o, DJANGO))]
    assert aneh == [] or len(langkah) == 1, "poskb/dasar/migrasi.py"


class Terputus(Exception):
    pass


@pytest.fixture
def kembali(transactional_db: None) -> Iterator[None]:
    yield
    call_command("migrate", verbosity=0)


def putus_di_akhir(monkeypatch: pytest.MonkeyPatch, migrasi: migrations.Migration) -> None:
    """Once: all steps are done, and before that is written down the process is gone."""
    akhir = migrasi.operations[-1]
    asli, pernah = akhir.database_forwards, []

    def maju(*apa: object) -> None:
        asli(*apa)
        if not pernah:
            pernah.append(1)
            raise Terputus

    monkeypatch.setattr(akhir, "database_forwards", maju)


def skema() -> dict[str, list]:
    tanya = {
        "kolom": "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public'",
        "indeks": "SELECT indexrelid::regclass::text, indisvalid, pg_get_indexdef(indexrelid) FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace",
        "pemicu": "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
        "kebijakan": "SELECT tablename, policyname, roles, qual, with_check FROM pg_policies",
        "rls": "SELECT relname, relrowsecurity, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    }
    hasil = {}
    with connection.cursor() as k:
        for nama, kalimat in tanya.items():
            k.execute(kalimat)
            hasil[nama] = sorted(map(repr, k.fetchall()))
    return hasil


def test_setiap_migrasi_yang_terputus_diulang_sampai_jadi(kembali: None, monkeypatch: pytest.MonkeyPatch) -> None:
    harus = skema()
    call_command("migrate", "akseptor", "0003", verbosity=0)
    call_command("migrate", "kader", "0007", verbosity=0)
    daftar = bertahap()
    assert len(daftar) >= 8
    # The loader reads the modules again, the steps are theirs.
    for migrasi in daftar.values():
        putus_di_akhir(monkeypatch, migrasi)
    putus = 0
    while True:
        try:
            call_command("migrate", verbosity=0)
        except Terputus:
            putus += 1
            assert putus <= len(daftar)
        else:
            break
    assert putus == len(daftar)
    assert skema() == harus


def test_indeks_yang_diputus_server_dibangun_lagi(kembali: None) -> None:
    """CREATE INDEX CONCURRENTLY waits for whoever writes; its session is ended; half of an index is left."""
    call_command("migrate", "kader", "0007", verbosity=0)
    galat: list[Exception] = []

    def jalan() -> None:
        try:
            call_command("migrate", "kader", "0008", verbosity=0)
        except DatabaseError as satu:
            galat.append(satu)
        finally:
            with contextlib.suppress(Exception):
                connection.close()

    nama = connection.settings_dict["NAME"]
    with contextlib.closing(sambung(nama)) as penulis, penulis.cursor() as k:
        penulis.autocommit = False
        k.execute("LOCK TABLE kader_jejak IN ROW EXCLUSIVE MODE")
        utas = threading.Thread(target=jalan)
        utas.start()
        with contextlib.closing(sambung(nama)) as s, s.cursor() as lain:

            def menunggu() -> int | None:
                lain.execute(
                    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                    " AND query LIKE 'CREATE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'"
                )
                return (lain.fetchone() or [None])[0]

            try:
                assert tunggu(menunggu, detik=30, jeda=0.05)
            finally:
                lain.execute("SELECT pg_terminate_backend(%s)", [menunggu()])
                utas.join(30)
            assert galat
            lain.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'jejak_pada'::regclass")
            assert lain.fetchone() == (False,)
            penulis.rollback()
            call_command("migrate", "kader", "0008", verbosity=0)
            lain.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'jejak_pada'::regclass")
            assert lain.fetchone() == (True,)


def test_sisa_proses_yang_terbunuh_dibuang_di_awal(kembali: None) -> None:
    """Also of an index that no step of this run would make."""
    with connection.cursor() as k:
        k.execute("CREATE INDEX uji_sisa ON kader_jejak (pada)")
        k.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'uji_sisa'::regclass")
        try:
            call_command("migrate", "--plan", verbosity=0)
            k.execute("SELECT to_regclass('uji_sisa') IS NULL")
            assert k.fetchone() == (False,), "a plan changes nothing"
            call_command("migrate", verbosity=0)
            k.execute("SELECT to_regclass('uji_sisa') IS NULL")
            assert k.fetchone() == (True,)
        finally:
            k.execute("DROP INDEX IF EXISTS uji_sisa")


def test_riwayat_lama_belajar_tentang_siapa_sedikit_demi_sedikit(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import importlib

    migrasi = importlib.import_module("akseptor.migrations.0012_jejak_orang")
    dunia = buat_dunia()
    p = catatan(dunia)
    harus = {}
    for objek, siapa in ((p, p.akseptor_id), (p.akseptor, p.akseptor_id), (dunia.kader, None)):
        for _ in range(3):
            catat_jejak(dunia.kader, "uji", objek, wilayah=p.desa_id)
            harus[Jejak.objects.latest("pk").pk] = [siapa] if siapa else []
    # What no row answers to, or is no key at all.
    for kunci in (str(uuid.uuid4()), "bukan-kunci", "99999999999999999"):
        satu = Jejak.objects.create(
            oleh=dunia.kader, peran="kader", tindakan="uji", jenis="pelayanan", kunci=kunci, pada=p.diterima_pada
        )
        harus[satu.pk] = []
    with connection.cursor() as k:
        k.execute("ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tetap")
        k.execute("UPDATE kader_jejak SET orang = '{}'")
        k.execute("ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tetap")
    monkeypatch.setattr(migrasi, "SEKALI", 2)
    # Between the lines about her service, filled by then, and the rest.
    putus = (min(harus) + 3 - Jejak.objects.earliest("pk").pk) // 2 + 1
    asli, kali = migrasi.sebentar, []

    def sebentar(*perintah: str) -> None:
        kali.append(1)
        if len(kali) == putus:
            raise Terputus
        asli(*perintah)

    monkeypatch.setattr(migrasi, "sebentar", sebentar)
    with connection.schema_editor(atomic=False) as editor:
        with pytest.raises(Terputus):
            migrasi.isi(None, editor)
        assert 0 < Jejak.objects.exclude(orang=[]).count() < 6
        # Whoever comes between two batches finds the lock on.
        with connection.cursor() as k:
            with pytest.raises(DatabaseError):
                k.execute("UPDATE kader_jejak SET orang = '{}'")
            k.execute("SELECT tgenabled FROM pg_trigger WHERE tgname = 'jejak_tetap'")
            assert k.fetchone() == ("A",)
        migrasi.isi(None, editor)
    assert dict(Jejak.objects.filter(pk__in=harus).values_list("pk", "orang")) == harus
