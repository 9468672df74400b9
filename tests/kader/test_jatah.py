"""What could be misused in bulk has a limit per person, counted in Postgres; whoever has to wait loses nothing."""

import io
import uuid
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from akseptor.models import Pelayanan
from kader.jatah import pakai
from kader.models import PemakaianJatah
from tests.akseptor.test_serentak import serentak
from tests.alat import KABUPATEN, Dunia, buat_dunia, catatan, data_formulir


@pytest.fixture
def dunia(db: None) -> Dunia:
    call_command("muat_formulir", verbosity=0, stdout=io.StringIO())
    return buat_dunia()


@pytest.fixture
def kader(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.kader)
    return client


def batas(settings: Any, **jatah: int) -> None:
    settings.JATAH = settings.JATAH | jatah


def sampai(jawaban: Any) -> None:
    """429 with a sentence and when to come back."""
    assert jawaban.status_code == 429
    assert 0 < int(jawaban["Retry-After"]) <= 3600
    assert "tunggu" in jawaban.content.decode()


def kirim(client: Client, *catatan: dict) -> Any:
    return client.post("/akseptor/sinkron/", {"catatan": list(catatan)}, content_type="application/json")


def test_hitungan_per_orang_dan_jendela(db: None, settings: Any) -> None:
    batas(settings, cari=2)
    assert [bool(pakai("cari", siapa)) for siapa in ("p1", "p1", "p2", "p1", "p2", "p2")] == [
        False,
        False,
        False,
        True,
        False,
        True,
    ]
    # The next window begins anew, in the same row.
    PemakaianJatah.objects.update(mulai="2020-01-01T00:00Z")
    assert pakai("cari", "p1") == 0
    assert PemakaianJatah.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_serentak_tidak_lolos_lebih(settings: Any) -> None:
    batas(settings, cari=10)
    lolos = serentak(*[lambda: pakai("cari", "p1")] * 8, *[lambda: pakai("cari", "p1")] * 8)
    assert sum(h == 0 for h in lolos) == 10


def test_tanya_lewat_sinkron_berjatah_per_catatan_dan_tercatat(
    dunia: Dunia, kader: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    batas(settings, tanya=3)
    tanya = [data_formulir(dunia) | {"tanya": True} for _ in range(3)]
    assert kirim(kader, *tanya).status_code == 200
    lebih = data_formulir(dunia, nama_istri="Wati Lain")
    jawaban = kirim(kader, lebih | {"tanya": True})
    sampai(jawaban)
    assert "Tidak ada yang hilang" in jawaban.json()["pesan"]
    assert f"jatah tanya habis: p{dunia.kader.pk}" in caplog.text
    assert not Pelayanan.objects.filter(pk=lebih["id"]).exists()
    # What the phone sends by itself, without the question, goes through.
    assert kirim(kader, lebih).json()["tanda_terima"][0]["hasil"] == "diterima"


def test_formulir_kembali_dengan_ketikan_dan_tanpa_jawaban(
    dunia: Dunia, kader: Client, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The page's own form asks too: over the limit it says nothing of who is known, and loses nothing."""
    batas(settings, tanya=1)
    lain = catatan(dunia, desa="32.14.09.2001").akseptor
    data = data_formulir(dunia, nik_istri=lain.nik_istri, nama_istri="Neneng Ketikan", alamat="Kampung Ketikan")
    pertama = kader.post("/akseptor/baru/", data)
    assert "NIK sama" in pertama.content.decode()
    assert f"pengguna {dunia.kader.pk} diberi tahu NIK sama dengan akseptor {lain.pk}" in caplog.text
    kedua = kader.post("/akseptor/baru/", data | {"id": str(uuid.uuid4())})
    sampai(kedua)
    isi = kedua.content.decode()
    assert "Neneng Ketikan" in isi
    assert "Kampung Ketikan" in isi
    assert "NIK sama" not in isi
    assert "Orang yang sama" not in isi
    assert Pelayanan.objects.count() == 1


@pytest.mark.parametrize(
    ("nama", "siapa", "alamat", "isi"),
    [
        ("cari", "plkb", "/akseptor/", {"cari": "Siti"}),
        ("ekspor", "plkb", "/laporan/ekspor/", {"bulan": "2021-06", "jenis": "bulan"}),
        ("buka_data", "dppkb", "/akseptor/buka-data/", {"alasan": "x"}),
        ("cadangan", "plkb", "/akseptor/cadangan/", {}),
        ("token", "dppkb", "/kantor-lain/", {}),
    ],
)
def test_yang_lain_berjatah(
    dunia: Dunia, client: Client, settings: Any, nama: str, siapa: str, alamat: str, isi: dict
) -> None:
    batas(settings, **{nama: 1})
    client.force_login(getattr(dunia, siapa))
    assert client.post(alamat, isi).status_code != 429
    sampai(client.post(alamat, isi))
    # Looking at the page costs nothing, and nobody else waits.
    assert client.get(alamat).status_code == 200
    client.force_login(dunia.plkb_jauh if siapa == "plkb" else dunia.admin if nama == "token" else dunia.dppkb)
    assert client.post(alamat, isi).status_code != 429 or siapa == "dppkb"


def test_token_kantor_lain_berjatah_sendiri(dunia: Dunia, client: Client, settings: Any) -> None:
    from kader import token
    from kader.cakupan import Cakupan
    from kader.enums import Peran
    from kader.models import Wilayah
    from tests.alat import HARI

    batas(settings, api=1)
    satu, dua = (
        token.terbitkan(
            dunia.dppkb,
            Cakupan(Peran.DPPKB, (KABUPATEN,)),
            kantor=k,
            keperluan="diuji oleh tes",
            wilayah=Wilayah.objects.get(pk=KABUPATEN),
            berlaku_sampai=HARI,
        )[1]
        for k in ("Satu", "Dua")
    )

    def baca(teks: str) -> Any:
        return client.get("/api/v1/kampanye/", headers={"Authorization": f"Bearer {teks}"})

    assert baca(satu).status_code == 200
    sampai(baca(satu))
    assert baca(dua).status_code == 200


def test_setiap_jatah_dipakai_dan_setiap_yang_dipakai_ada(settings: Any) -> None:
    from pathlib import Path

    akar = Path(__file__).parents[2]
    kode = "\n".join(p.read_text() for app in ("kader", "akseptor", "laporan") for p in (akar / app).rglob("*.py"))
    for nama in settings.JATAH:
        assert f'berjatah("{nama}"' in kode or f'pakai("{nama}"' in kode, nama
