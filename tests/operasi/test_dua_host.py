"""What several hosts lean on: which of them can serve, and one heartbeat of several beats."""

import redis
from django.conf import settings
from django.db import connection

from poskb import sehat
from poskb.celery import PenjadwalBerdetak, app, kunci_detak


def test_web_yang_dapat_melayani_tidak_bergantung_pada_redis(client, transactional_db, settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(sehat, "_pemeriksa_web", sehat.Pemeriksa("database"))
    jawab = client.get("/sehat/web/", secure=False)
    assert (jawab.status_code, jawab.json()) == (200, {"database": "ok"})
    assert jawab["Cache-Control"] == "no-store"


def test_web_tanpa_basis_data_dikeluarkan_dari_giliran(client, monkeypatch):
    def putus() -> bool:
        raise OSError

    monkeypatch.setitem(sehat.BAGIAN, "database", putus)
    monkeypatch.setattr(sehat, "_pemeriksa_web", sehat.Pemeriksa("database"))
    jawab = client.get("/sehat/web/")
    assert (jawab.status_code, jawab.json()) == (503, {"database": "tidak menjawab"})


def test_beat_yang_berhenti_tidak_menghapus_detak_beat_lain(tmp_path):
    klien = redis.Redis.from_url(app.conf.broker_url)
    dua = [PenjadwalBerdetak(app, schedule={}, schedule_filename=str(tmp_path / n)) for n in "ab"]
    dua[1]._nama = "lain:2"
    try:
        klien.set(kunci_detak(), dua[1]._nama, ex=15)
        dua[0].close()
        assert klien.get(kunci_detak()) == b"lain:2"
        dua[1].close()
        assert klien.get(kunci_detak()) is None
    finally:
        klien.delete(kunci_detak())
        klien.close()


def test_server_memperhatikan_sambungan_yang_diam(db):
    """Without it a host that lost its power would hold its locks for two hours (docs/keputusan.md). Sockets of this
    machine cannot fall silent, so there Postgres shows 0: what is looked at is what the session asks for."""
    opsi = settings.DATABASES["default"]["OPTIONS"]
    assert opsi["tcp_user_timeout"] == 25_000
    with connection.cursor() as kursor:
        kursor.execute("SELECT setting, boot_val, source FROM pg_settings WHERE name = 'tcp_keepalives_idle'")
        assert kursor.fetchone()[2] == "client"
