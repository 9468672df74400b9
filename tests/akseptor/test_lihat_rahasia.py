"""NIK, phone and address are covered until somebody presses, and the press is in the history."""

from typing import Any

import pytest
from django.test import Client

from akseptor import actions
from akseptor.models import Akseptor
from kader.models import Jejak
from tests.alat import NAGROG, Dunia, buat_dunia, cakupan, catatan, isian

NIK, HP, ALAMAT = "3214995203907777", "+6281210203040", "Kampung Rahasia 7"


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def akseptor(dunia: Dunia) -> Akseptor:
    p, _ = actions.catat(
        dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=NIK, no_hp=HP, alamat=ALAMAT, rw="003")
    )
    return p.akseptor


def ada(isi: str) -> list[str]:
    return [r for r in (NIK, HP, ALAMAT) if r in isi.replace("<wbr>", "")]


def jejak(akseptor: Akseptor) -> list[tuple]:
    baris = Jejak.objects.filter(tindakan="lihat_rahasia", jenis="akseptor", kunci=str(akseptor.pk))
    return list(baris.values_list("oleh__nama_masuk", "wilayah_id"))


@pytest.mark.parametrize("siapa", ["kader", "plkb", "koordinator", "dppkb"])
def test_tertutup_sampai_ditekan_lalu_tercatat(dunia: Dunia, client: Client, akseptor: Akseptor, siapa: str) -> None:
    client.force_login(getattr(dunia, siapa))
    client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    alamat = f"/akseptor/{akseptor.pk}/"
    halaman = client.get(alamat)
    isi = halaman.content.decode()
    assert ada(isi) == []
    assert "•••• 7777" in isi
    assert "•••• 040" in isi
    assert "RW 003" in isi
    assert jejak(akseptor) == []
    terbuka = client.post(f"{alamat}lihat/")
    assert ada(terbuka.content.decode()) == [NIK, HP, ALAMAT]
    assert terbuka["Cache-Control"] == "no-store"
    assert NIK not in terbuka.content.decode().partition("</head>")[0]
    assert jejak(akseptor) == [(siapa, akseptor.desa_id)]
    # For this once: the next look is covered again, and the history of the couple does not repeat it.
    assert ada(client.get(alamat).content.decode()) == []
    assert "lihat_rahasia" not in client.get(alamat).content.decode()


def test_di_luar_wilayah_tidak_ditemukan_dan_tidak_dengan_get(dunia: Dunia, client: Client) -> None:
    jauh = catatan(dunia, desa=NAGROG).akseptor
    client.force_login(dunia.plkb)
    assert client.post(f"/akseptor/{jauh.pk}/lihat/").status_code == 404
    assert client.get(f"/akseptor/{jauh.pk}/lihat/").status_code == 405
    assert not jejak(jauh)


def test_dppkb_tanpa_alasan_diantar_ke_pertanyaannya(dunia: Dunia, client: Client, akseptor: Akseptor) -> None:
    client.force_login(dunia.dppkb)
    jawaban = client.post(f"/akseptor/{akseptor.pk}/lihat/")
    assert (jawaban.status_code, jawaban["Location"]) == (302, f"/akseptor/{akseptor.pk}/")
    assert jejak(akseptor) == []


def test_tanpa_token_halaman_tidak_terbuka(dunia: Dunia, akseptor: Akseptor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.plkb)
    jawaban = client.post(f"/akseptor/{akseptor.pk}/lihat/")
    assert jawaban.status_code == 403
    assert ada(jawaban.content.decode()) == []


def test_berjatah(dunia: Dunia, client: Client, akseptor: Akseptor, settings: Any) -> None:
    settings.JATAH = settings.JATAH | {"lihat_rahasia": 1}
    client.force_login(dunia.plkb)
    assert client.post(f"/akseptor/{akseptor.pk}/lihat/").status_code == 200
    lagi = client.post(f"/akseptor/{akseptor.pk}/lihat/")
    assert lagi.status_code == 429
    assert ada(lagi.content.decode()) == []
    assert len(jejak(akseptor)) == 1


def test_formulir_kader_menampilkan_ketikannya_sendiri_tanpa_tekanan(
    dunia: Dunia, client: Client, akseptor: Akseptor
) -> None:
    """Her own flow gets no slower; what another kader typed is looked at, and that is written down."""
    p = akseptor.pelayanan.get()
    client.force_login(dunia.kader)
    assert NIK in client.get(f"/akseptor/catatan/{p.pk}/ubah/").content.decode()
    assert NIK in client.get(f"/akseptor/{akseptor.pk}/pelayanan-baru/").content.decode()
    assert jejak(akseptor) == []
    dunia.tetangga.penugasan.update(wilayah_id=akseptor.desa_id)
    client.force_login(dunia.tetangga)
    client.get(f"/akseptor/catatan/{p.pk}/ubah/")
    client.get(f"/akseptor/{akseptor.pk}/pelayanan-baru/")
    assert jejak(akseptor) == [("tetangga", akseptor.desa_id)] * 2


def test_formulir_milik_kader_lain_memakai_jatah_yang_sama(
    dunia: Dunia, client: Client, akseptor: Akseptor, settings: Any
) -> None:
    settings.JATAH = settings.JATAH | {"lihat_rahasia": 1}
    p = akseptor.pelayanan.get()
    formulir = (f"/akseptor/catatan/{p.pk}/ubah/", f"/akseptor/{akseptor.pk}/pelayanan-baru/")
    dunia.tetangga.penugasan.update(wilayah_id=akseptor.desa_id)
    client.force_login(dunia.tetangga)
    assert ada(client.get(formulir[0]).content.decode()) == [NIK, HP, ALAMAT]
    for minta in (client.get, client.head):
        for alamat in formulir:
            jawaban = minta(alamat)
            assert (jawaban.status_code, ada(jawaban.content.decode())) == (429, [])
    assert client.post(f"/akseptor/{akseptor.pk}/lihat/").status_code == 429
    assert len(jejak(akseptor)) == 1
    # Of her own she opens as many as there are.
    client.force_login(dunia.kader)
    for _ in range(3):
        for alamat in formulir:
            assert client.get(alamat).status_code == 200


def test_tanpa_isi_tidak_ada_tombol(dunia: Dunia, client: Client) -> None:
    satu = catatan(dunia).akseptor
    Akseptor.objects.filter(pk=satu.pk).update(
        nik_istri="", nik_indeks=None, nik_menyusul=True, alasan_nik_menyusul="belum ada"
    )
    client.force_login(dunia.plkb)
    isi = client.get(f"/akseptor/{satu.pk}/").content.decode()
    assert "NIK menyusul" in isi
    assert "/lihat/" not in isi


def test_daftar_hanya_empat_angka(dunia: Dunia, client: Client, akseptor: Akseptor) -> None:
    client.force_login(dunia.plkb)
    for alamat in ("/akseptor/", "/", "/laporan/"):
        assert ada(client.get(alamat).content.decode()) == []
