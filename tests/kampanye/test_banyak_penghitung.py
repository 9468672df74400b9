"""Several workers at once, tasks that run twice, late and out of order, a worker killed in the middle.

Whatever happens: afterwards stored = records, every snapshot = its sums, and today is in the history.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akseptor.models import Pelayanan
from laporan import tasks
from laporan.kampanye import hitung
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.models import Capaian, Cuplikan, Kampanye, PerluHitung
from laporan.receivers import tandai
from poskb.jalankan.proses import tunggu
from tests.alat import CITEKO, GANDASOLI, HARI, Dunia, buat_dunia, catatan
from tests.kampanye.cocok import periksa, tersimpan
from tests.kampanye.test_aturan_acak import kampanye_lain
from tests.kampanye.test_urutan import TINDAKAN, Kejadian
from tests.peladen import sambung, url_basisdata

# What brokers do: a message delivered twice, later than a newer one, or never; a full recount in between.
PESAN = ["tidak ada", "sekali", "dua kali", "semua", "sebagian"]


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.lists(st.tuples(st.sampled_from(TINDAKAN), st.sampled_from(PESAN)), max_size=15))
def test_pesan_yang_hilang_dobel_atau_terlambat(benih: int, urutan: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        dunia = buat_dunia()
        lain = kampanye_lain(dunia)
        kejadian = Kejadian(dunia, benih)
        for tindakan, pesan in urutan:
            kejadian.jalankan(tindakan)
            if pesan == "sebagian":
                # One mark taken per look: what is left belongs to messages that come later.
                with pytest.MonkeyPatch.context() as tambal:
                    tambal.setattr(hitung, "BARIS_SEKALI_AMBIL", 1)
                    hitung_yang_perlu()
            elif pesan == "semua":
                assert hitung_ulang_semua() == []
            for _ in range({"sekali": 1, "dua kali": 2}.get(pesan, 0)):
                tasks.hitung_yang_perlu()
        tasks.hitung_yang_perlu()
        for k in (dunia.kampanye, lain):
            periksa(k)
        assert hitung_ulang_semua() == []
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("benih", range(3))
def test_banyak_penghitung_sementara_catatan_berubah(benih: int) -> None:
    """Three change records, three count, one recounts all, over and over at the same time."""
    dunia = buat_dunia()
    kampanye_lain(dunia)
    acak = random.Random(benih)
    rencana = [[acak.choice(TINDAKAN) for _ in range(12)] for _ in range(3)]
    selesai = threading.Event()
    galat: list[BaseException] = []
    selisih: list[object] = []

    def mengubah(n: int) -> None:
        kejadian = Kejadian(dunia, 1000 * benih + n)
        for tindakan in rencana[n]:
            kejadian.jalankan(tindakan)

    def menghitung() -> None:
        while not selesai.is_set():
            hitung_yang_perlu()

    def menghitung_semua() -> None:
        while not selesai.is_set():
            selisih.extend(hitung_ulang_semua())

    def jalan(kerja: Callable[[], None]) -> None:
        try:
            kerja()
        except BaseException as e:  # noqa: BLE001 - the thread hands every failure to the test
            galat.append(e)
        finally:
            connection.close()

    pengubah = [threading.Thread(target=jalan, args=(lambda n=n: mengubah(n),)) for n in range(3)]
    penghitung = [threading.Thread(target=jalan, args=(k,)) for k in [menghitung] * 3 + [menghitung_semua]]
    for u in (*pengubah, *penghitung):
        u.start()
    for u in pengubah:
        u.join(120)
    selesai.set()
    for u in penghitung:
        u.join(120)
    assert galat == []
    # A full recount never finds a fault: nobody wrote an older number over a newer one.
    assert selisih == []
    hitung_yang_perlu()
    assert Pelayanan.objects.exists()
    for k in Kampanye.objects.all():
        periksa(k)


@contextmanager
def tertahan(tabel: str) -> Iterator["psycopg2.extensions.connection"]:
    """Let nobody write into a table; reading goes on."""
    sambungan = sambung(connection.settings_dict["NAME"])
    sambungan.autocommit = False
    try:
        with sambungan.cursor() as kursor:
            kursor.execute(f"LOCK TABLE {tabel} IN EXCLUSIVE MODE")
        yield sambungan
    finally:
        sambungan.close()


@contextmanager
def penghitung() -> Iterator[subprocess.Popen]:
    """A counting process of its own."""
    env = os.environ | {
        "DATABASE_URL": url_basisdata(connection.settings_dict["NAME"]),
        "POSKB_HARI_INI": "2021-07-08",
    }
    proses = subprocess.Popen([sys.executable, "manage.py", "hitung_perubahan"], env=env, stdout=subprocess.DEVNULL)
    try:
        yield proses
    finally:
        proses.kill()
        proses.wait()


def menunggu(tabel: str) -> bool:
    """Say whether somebody waits to write into the table."""
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [tabel],
        )
        return kursor.fetchone()[0] > 0


def isi_awal(dunia: Dunia) -> None:
    for desa in (CITEKO, GANDASOLI):
        catatan(dunia, HARI, desa=desa)
    tandai(None, {(CITEKO, HARI), (GANDASOLI, HARI)})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "tabel", ["laporan_capaian", "laporan_cuplikan", "laporan_cuplikanharian", "laporan_penandahitung"]
)
def test_penghitung_dibunuh_di_tengah(tabel: str) -> None:
    """kill -9 in the middle of the statement that writes: all of it happened or none, and the next one goes on."""
    dunia = buat_dunia()
    hitung_yang_perlu()
    catatan(dunia)
    tandai(None, {(CITEKO, HARI)})
    hitung_yang_perlu()
    sebelum = tersimpan(dunia.kampanye)
    versi = dict(Cuplikan.objects.values_list("pk", "versi"))
    isi_awal(dunia)
    penanda = PerluHitung.objects.count()
    with tertahan(tabel), penghitung() as proses:
        assert tunggu(lambda: menunggu(tabel), detik=60, jeda=0.05), "the counter never came to the write"
        proses.send_signal(signal.SIGKILL)
        proses.wait()
        # Its statement still waits in the database, with its locks; then the lock goes and nobody is there to commit.
    assert tunggu(lambda: not menunggu(tabel), detik=30, jeda=0.05)
    assert tunggu(lambda: not _pemegang(), detik=30, jeda=0.05), f"the dead counter keeps its lock: {_pemegang()}"
    assert tersimpan(dunia.kampanye) == sebelum
    assert dict(Cuplikan.objects.values_list("pk", "versi")) == versi
    assert PerluHitung.objects.count() == penanda
    assert hitung_yang_perlu() == 2
    periksa(dunia.kampanye)


def _pemegang() -> list[tuple]:
    """Who holds an advisory lock in this database, since when, and what it does."""
    with connection.cursor() as kursor:
        kursor.execute(
            "SELECT a.pid, a.state, a.wait_event_type, a.xact_start, left(a.query, 200)"
            " FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid) WHERE l.locktype = 'advisory'"
            " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return kursor.fetchall()


@pytest.mark.django_db(transaction=True)
def test_dibunuh_berkali_kali_sementara_yang_lain_menghitung() -> None:
    """Counters die at any moment, others take over; nothing is lost and nothing is counted twice."""
    dunia = buat_dunia()
    hitung_yang_perlu()
    acak = random.Random(7)
    for _ in range(6):
        for _ in range(3):
            catatan(dunia, HARI, desa=acak.choice([CITEKO, GANDASOLI]))
            tandai(None, {(CITEKO, HARI), (GANDASOLI, HARI)})
        with penghitung() as proses:
            time.sleep(acak.uniform(0.6, 2.2))
            proses.send_signal(signal.SIGKILL)
            proses.wait()
    assert tunggu(lambda: not _pemegang(), detik=30, jeda=0.05), _pemegang()
    hitung_yang_perlu()
    periksa(dunia.kampanye)
    assert sum(Capaian.objects.values_list("tercatat", flat=True)) == 18
