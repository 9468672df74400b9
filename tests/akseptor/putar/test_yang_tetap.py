"""What must outlive a rotation: a repeated sending is known again, a phone opens its outbox."""

from typing import Any

from django.test import Client

from akseptor.rahasia import kunci_hp, sandi, semua_indeks
from tests.akseptor.putar.alat import kunci_baru
from tests.akseptor.test_sinkron import hasil
from tests.alat import (
    Dunia,
    data_formulir,
)


def test_kiriman_ulang_dikenali_sesudah_kunci_berganti(dunia: Dunia, client: Client, settings: Any) -> None:
    client.force_login(dunia.kader)
    satu = data_formulir(dunia)
    assert hasil(client, satu) == ["diterima"]
    kunci_baru(settings)
    assert hasil(client, satu) == ["sudah_ada"]
    # Also under a new stable key, as long as the old one stays listed; without it a resend would be a conflict.
    lama = settings.KUNCI_TETAP
    settings.KUNCI_TETAP = ["kunci tetap yang baru", *lama]
    assert hasil(client, satu) == ["sudah_ada"]
    ubah = data_formulir(dunia, id=satu["id"], nama_istri="Siti Baru", nik_istri=satu["nik_istri"]) | {"versi": 1}
    assert hasil(client, ubah) == ["diterima"]
    settings.KUNCI_TETAP = ["kunci tetap yang lebih baru", *settings.KUNCI_TETAP]
    assert hasil(client, ubah) == ["sudah_ada"]
    settings.KUNCI_TETAP = ["kunci tetap lain"]
    assert hasil(client, ubah) == ["konflik"]


def test_kunci_hp_tidak_ikut_berputar(dunia: Dunia, client: Client, settings: Any) -> None:
    client.force_login(dunia.kader)
    sebelum = client.get("/hp/kunci.json").json()
    assert sebelum["lama"] == []
    kunci_baru(settings)
    assert client.get("/hp/kunci.json").json() == sebelum
    nama = client.get("/").content.decode().partition('data-kunci="')[2][:8]
    settings.KUNCI_TETAP = ["kunci tetap yang baru", *settings.KUNCI_TETAP]
    sesudah = client.get("/hp/kunci.json").json()
    assert sesudah["kunci"] != sebelum["kunci"]
    assert sesudah["lama"] == [sebelum["kunci"]]
    # A phone sees by the name that there is a new one.
    assert client.get("/").content.decode().partition('data-kunci="')[2][:8] != nama
    assert len(kunci_hp(dunia.kader.pk)) == 2


def test_indeks_kosong_untuk_tanpa_nik() -> None:
    assert semua_indeks("") == []
    assert sandi().decrypt(sandi().encrypt(b"x")) == b"x"
