"""Which pages are readings of a person, and that they are written once."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from kader import baca
from kader.baca import KE_HP, MELIHAT_DAFTAR, MEMBACA
from kader.models import Jejak
from poskb.dasar.waktu import sekarang
from tests.alat import CITEKO, Dunia, buat_dunia, catatan, kunjungan, permintaan


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def pembacaan(**saring: object) -> int:
    return Jejak.objects.filter(tindakan=MEMBACA, **saring).count()


def buka_nama(client: Client) -> None:
    client.post("/akseptor/buka-data/", {"alasan": "memeriksa catatan ganda"})


@pytest.mark.parametrize(
    ("siapa", "rute"),
    [
        ("kader", "/akseptor/{a}/"),
        ("kader", "/akseptor/catatan/{p}/ubah/"),
        ("kader", "/akseptor/{a}/pelayanan-baru/"),
        ("kader", "/hak/baru/{a}/"),
        ("plkb", "/akseptor/{a}/"),
        ("plkb", "/kunjungan/{p}/"),
        ("plkb", "/kunjungan/{k}/ubah/"),
        ("plkb", "/jejak/orang/{a}/"),
        ("plkb", "/hak/{m}/"),
        ("koordinator", "/akseptor/{a}/"),
        ("dppkb", "/akseptor/{a}/"),
        ("dppkb", "/jejak/orang/{a}/"),
        ("dppkb", "/hak/{m}/"),
    ],
)
def test_halaman_satu_orang_tercatat(dunia: Dunia, client: Client, siapa: str, rute: str) -> None:
    p = catatan(dunia)
    k, m = kunjungan(p), permintaan(p)
    client.force_login(getattr(dunia, siapa))
    if siapa == "dppkb":
        buka_nama(client)
    assert client.get(rute.format(a=p.akseptor_id, p=p.pk, k=k.pk, m=m.pk)).status_code == 200
    j = Jejak.objects.get(tindakan=MEMBACA)
    assert (j.oleh, j.orang, j.kunci) == (getattr(dunia, siapa), [p.akseptor_id], str(p.akseptor_id))
    assert j.wilayah_id == CITEKO


@pytest.mark.parametrize(("siapa", "kali"), [("kader", 1), ("plkb", 3)])
def test_kader_sekali_sejam_yang_lain_selalu(dunia: Dunia, client: Client, siapa: str, kali: int) -> None:
    p, lain = catatan(dunia), catatan(dunia)
    client.force_login(getattr(dunia, siapa))
    for _ in range(3):
        client.get(f"/akseptor/{p.akseptor_id}/")
    assert pembacaan() == kali
    client.get(f"/akseptor/{lain.akseptor_id}/")
    assert pembacaan(kunci=str(lain.akseptor_id)) == 1


def test_sesudah_sejam_dicatat_lagi(dunia: Dunia, monkeypatch: object) -> None:
    p, kini = catatan(dunia), sekarang()
    for menit, jumlah in ((0, 1), (59, 1), (61, 2), (62, 2)):
        saat = kini + dt.timedelta(minutes=menit)
        monkeypatch.setattr(baca, "sekarang", lambda saat=saat: saat)
        monkeypatch.setattr("kader.actions.sekarang", lambda saat=saat: saat)
        baca.catat_baca(dunia.kader, MEMBACA, p.akseptor, wilayah=CITEKO)
        assert pembacaan() == jumlah


def test_daftar_menyebut_siapa_saja_dalam_satu_baris(dunia: Dunia, client: Client) -> None:
    semua = {catatan(dunia).akseptor_id for _ in range(30)}
    client.force_login(dunia.plkb)
    client.get("/akseptor/")
    j = Jejak.objects.get(tindakan=MELIHAT_DAFTAR)
    assert (j.jenis, j.kunci, len(j.orang), set(j.orang) <= semua) == ("halaman", "akseptor:daftar", 25, True)
    assert j.perubahan == {"jumlah": [None, 25]}


def test_hp_satu_baris_sejam_dan_tidak_untuk_304(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.kader)
    tanda = client.get("/hp/data.json")["ETag"]
    j = Jejak.objects.get(tindakan=KE_HP)
    assert (j.oleh, j.orang) == (dunia.kader, [p.akseptor_id])
    client.get("/hp/data.json")
    assert client.get("/hp/data.json", headers={"if-none-match": tanda}).status_code == 304
    assert Jejak.objects.filter(tindakan=KE_HP).count() == 1


def test_halaman_kosong_dan_angka_saja_bukan_pembacaan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    client.get("/akseptor/")
    client.get(f"/dasbor/{CITEKO}/")
    client.get(f"/akseptor/{uuid.uuid4()}/")
    assert not Jejak.objects.filter(tindakan__in=[MEMBACA, MELIHAT_DAFTAR]).exists()


def test_satu_pernyataan_sql(dunia: Dunia, django_assert_num_queries: object) -> None:
    p = catatan(dunia)
    for siapa in (dunia.kader, dunia.plkb):
        with django_assert_num_queries(1):
            baca.catat_baca(siapa, MEMBACA, p.akseptor, wilayah=CITEKO)
