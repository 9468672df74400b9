"""A migration that finds its table in use: it steps back, the people go on, and it is done once the table is free."""

import contextlib
import threading
import time

import psycopg2
import pytest
from django.conf import settings as setelan
from django.core.management import CommandError, call_command
from django.db import connection

from poskb.management.commands import migrate
from tests.peladen import sambung

pytestmark = pytest.mark.django_db(transaction=True)
TABEL = "laporan_ramalan"


@contextlib.contextmanager
def dipegang() -> "contextlib.AbstractContextManager[psycopg2.extensions.connection]":
    """Somebody reads the table in a long transaction."""
    with contextlib.closing(sambung(setelan.DATABASES["default"]["NAME"])) as s, s.cursor() as k:
        s.autocommit = False
        k.execute(f"SELECT count(*) FROM {TABEL}")
        yield s
        s.rollback()


def lepas_pada_ulangan(monkeypatch, pemegang, ke: int) -> None:
    """The table becomes free at that pause between two attempts, however slow the machine is."""
    asli, jeda = migrate.time.sleep, []

    def tidur(detik: float) -> None:
        jeda.append(detik)
        asli(detik)
        if len(jeda) == ke:
            pemegang.rollback()

    monkeypatch.setattr(migrate.time, "sleep", tidur)

    # An attempt that never steps back must fail the test, not hang it.
    def darurat() -> None:
        with contextlib.suppress(psycopg2.Error):
            pemegang.rollback()

    pengaman = threading.Timer(30, darurat)
    pengaman.daemon = True
    pengaman.start()


def ada() -> bool:
    return TABEL in connection.introspection.table_names()


@pytest.fixture
def kembali() -> None:
    yield
    call_command("migrate", verbosity=0)


def test_mundur_dan_mencoba_lagi_tanpa_menahan_orang(settings, kembali, capsys, monkeypatch):
    settings.MIGRASI_TUNGGU = 150
    lama: list[float] = []
    with dipegang() as pemegang:
        berhenti = threading.Event()

        def baca() -> None:
            with contextlib.closing(sambung(setelan.DATABASES["default"]["NAME"])) as s, s.cursor() as k:
                while not berhenti.is_set():
                    awal = time.perf_counter()
                    with contextlib.suppress(psycopg2.errors.UndefinedTable):
                        k.execute(f"SELECT count(*) FROM {TABEL}")
                    lama.append(time.perf_counter() - awal)
                    berhenti.wait(0.02)

        lepas_pada_ulangan(monkeypatch, pemegang, ke=3)
        utas = threading.Thread(target=baca)
        utas.start()
        try:
            call_command("migrate", "laporan", "0014", verbosity=0)
        finally:
            berhenti.set()
            utas.join()
    assert not ada()
    assert "dicoba lagi" in capsys.readouterr().err
    assert len(lama) > 5
    # Behind a plain ALTER or DROP they would have stood for as long as the transaction lasted.
    assert max(lama) < 1.5
    with connection.cursor() as k:
        k.execute("SHOW lock_timeout")
        assert k.fetchone() == ("0",)


def test_tabel_yang_tidak_pernah_bebas_menjadi_kalimat(settings, kembali):
    settings.MIGRASI_TUNGGU, settings.MIGRASI_PERCOBAAN = 50, 2
    with dipegang(), pytest.raises(CommandError, match="berhenti tanpa mengganggu"):
        call_command("migrate", "laporan", "0014", verbosity=0)
    assert ada()


def test_dua_yang_mulai_bersama_bergiliran(settings, kembali):
    selesai = []
    with contextlib.closing(sambung(setelan.DATABASES["default"]["NAME"])) as s, s.cursor() as k:
        k.execute("SELECT pg_advisory_lock(%s)", [migrate.GILIRAN])

        def jalan() -> None:
            try:
                call_command("migrate", verbosity=0)
                selesai.append(time.perf_counter())
            finally:
                connection.close()

        utas = threading.Thread(target=jalan)
        utas.start()
        time.sleep(0.5)
        assert not selesai
        lepas = time.perf_counter()
        k.execute("SELECT pg_advisory_unlock(%s)", [migrate.GILIRAN])
        utas.join(60)
    assert selesai[0] > lepas


def test_indeks_setengah_jadi_dibuang_sebelum_dicoba_lagi(settings, kembali, monkeypatch):
    """What CREATE INDEX CONCURRENTLY leaves when it is interrupted has the name that the next attempt needs."""
    settings.MIGRASI_TUNGGU = 100
    try:
        with connection.cursor() as k:
            k.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'akseptor_hp'::regclass")
        with dipegang() as pemegang:
            lepas_pada_ulangan(monkeypatch, pemegang, ke=1)
            call_command("migrate", "laporan", "0014", verbosity=0)
        with connection.cursor() as k:
            k.execute("SELECT to_regclass('akseptor_hp')")
            assert k.fetchone() == (None,)
    finally:
        with connection.cursor() as k:
            k.execute("DROP INDEX IF EXISTS akseptor_hp; CREATE INDEX akseptor_hp ON akseptor_akseptor (hp_indeks)")
