"""The pages: kader, officer, district; without scripts."""

import datetime as dt
import re
import uuid

import pytest
from django.test import Client

from laporan.models import Kegiatan, MacamKegiatan
from tests.alat import CITEKO, GANDASOLI, NAGROG, Dunia, kegiatan, orang
from tests.laporan.kegiatan.alat import data, setujui


def masuk(siapa: object) -> Client:
    client = Client()
    client.force_login(siapa)
    return client


def isi(client: Client, url: str, status: int = 200) -> str:
    jawaban = client.get(url)
    assert jawaban.status_code == status
    return jawaban.content.decode()


def test_catat_lalu_tampak_di_bulannya(dunia: Dunia, hp: Client) -> None:
    satu = data(tanggal="2021-06-30", catatan="Mengenal IUD")
    jawaban = hp.post("/kegiatan/baru/", satu, follow=True)
    teks = jawaban.content.decode()
    assert jawaban.redirect_chain == [("/kegiatan/?bulan=2021-06", 302)]
    assert "Tersimpan: Penyuluhan kelompok, 25 orang." in teks
    assert "Mengenal IUD" in teks
    assert "Penyuluhan kelompok" not in isi(hp, "/kegiatan/")
    assert "tidak dicatat dua kali" in hp.post("/kegiatan/baru/", satu, follow=True).content.decode()
    assert Kegiatan.objects.count() == 1


def test_galat_kembali_utuh(dunia: Dunia, hp: Client) -> None:
    jawaban = hp.post("/kegiatan/baru/", data(macam="napza", jumlah_orang="", catatan="<b>tebal</b>"))
    teks = jawaban.content.decode()
    assert jawaban.status_code == 422
    assert "Isi berapa orang" in teks
    assert "&lt;b&gt;tebal" in teks
    # What was chosen among the other kinds is open.
    assert re.search(r'<details class="macam-lain" open>', teks)
    assert re.search(r'value="napza"[^>]*checked', teks)


def test_nomor_terpakai_diganti_dan_isian_tetap(dunia: Dunia, hp: Client) -> None:
    satu = data()
    hp.post("/kegiatan/baru/", satu)
    jawaban = hp.post("/kegiatan/baru/", satu | {"jumlah_orang": "12"})
    assert jawaban.status_code == 422
    baru = jawaban.context["form"].data["id"]
    assert baru != satu["id"]
    assert hp.post("/kegiatan/baru/", satu | {"jumlah_orang": "12", "id": baru}).status_code == 302
    assert sorted(Kegiatan.objects.values_list("jumlah_orang", flat=True)) == [12, 25]


def test_ubah_dan_bentrok(dunia: Dunia, hp: Client) -> None:
    k = kegiatan(dunia.kader, tempat="Balai RW")
    assert 'value="Balai RW"' in isi(hp, f"/kegiatan/{k.pk}/ubah/")
    ubah = data(id=k.pk, versi=1, jumlah_orang="9")
    assert hp.post(f"/kegiatan/{k.pk}/ubah/", ubah).status_code == 302
    jawaban = hp.post(f"/kegiatan/{k.pk}/ubah/", ubah | {"jumlah_orang": "8"})
    assert jawaban.status_code == 422
    assert "baru saja diubah orang lain" in jawaban.content.decode()
    teks = isi(hp, "/kegiatan/")
    assert "Riwayat (1)" in teks
    assert "Jumlah orang: 20 → <b>9</b>" in teks


def test_hapus_urungkan_dan_yang_dihapus_tetap_terbaca(dunia: Dunia, hp: Client) -> None:
    k = kegiatan(dunia.kader)
    jawaban = hp.post(f"/kegiatan/{k.pk}/hapus/", {"versi": "1", "alasan": "dobel"}, follow=True)
    teks = jawaban.content.decode()
    assert "Dihapus: Penyuluhan kelompok, 8 Juli." in teks
    assert teks.count(f"/kegiatan/{k.pk}/pulihkan/") == 2
    assert "1 kegiatan dihapus" in teks
    assert f"/kegiatan/{k.pk}/ubah/" not in teks
    assert "Pulihkan dulu" in hp.get(f"/kegiatan/{k.pk}/ubah/", follow=True).content.decode()
    assert "dobel" in isi(masuk(dunia.plkb), f"/kegiatan/?desa={CITEKO}")
    teks = hp.post(f"/kegiatan/{k.pk}/pulihkan/", follow=True).content.decode()
    assert "Dipulihkan: Penyuluhan kelompok." in teks
    assert "Riwayat (2)" in teks


@pytest.mark.parametrize("versi", ["", "7", "-1", "²", "1" * 20])
def test_hapus_dengan_versi_keliru_tidak_menghapus(dunia: Dunia, hp: Client, versi: str) -> None:
    k = kegiatan(dunia.kader)
    teks = hp.post(f"/kegiatan/{k.pk}/hapus/", {"versi": versi}, follow=True).content.decode()
    assert "baru saja diubah orang lain" in teks
    assert Kegiatan.objects.berlaku().exists()


def test_bulan_disetujui_hanya_dibaca(dunia: Dunia, hp: Client) -> None:
    k = kegiatan(dunia.kader, dt.date(2021, 6, 9))
    setujui(dunia.plkb, dt.date(2021, 6, 1))
    teks = isi(hp, "/kegiatan/?bulan=2021-06")
    assert "hanya bisa dibaca" in teks
    assert f"/kegiatan/{k.pk}/ubah/" not in teks
    assert "terkunci" in hp.get(f"/kegiatan/{k.pk}/ubah/", follow=True).content.decode()
    hp.post(f"/kegiatan/{k.pk}/hapus/", {"versi": "1"})
    jawaban = hp.post("/kegiatan/baru/", data(tanggal="2021-06-10"))
    assert jawaban.status_code == 422
    assert "sudah disetujui" in jawaban.content.decode()
    assert Kegiatan.objects.berlaku().count() == 1


def test_petugas_membaca_per_desa_tanpa_tombol(dunia: Dunia) -> None:
    k = kegiatan(dunia.kader, catatan="catatan kader")
    kegiatan(dunia.tetangga, desa=GANDASOLI, macam_id="napza", jumlah_orang=7)
    kegiatan(dunia.jauh, desa=NAGROG)
    plkb = masuk(dunia.plkb)
    teks = isi(plkb, "/kegiatan/")
    assert f"desa={CITEKO}" in teks
    assert "Gandasoli" in teks
    assert "Nagrog" not in teks
    teks = isi(plkb, f"/kegiatan/?desa={CITEKO}")
    assert "catatan kader" in teks
    assert "/kegiatan/baru/" not in teks
    assert "/ubah/" not in teks
    assert plkb.post(f"/kegiatan/{k.pk}/hapus/", {"versi": "1"}).status_code == 403


def test_dppkb_melihat_jumlah_tanpa_catatan(dunia: Dunia) -> None:
    kegiatan(dunia.kader, catatan="catatan kader")
    dppkb = masuk(dunia.dppkb)
    teks = isi(dppkb, "/kegiatan/")
    assert "1 kegiatan, 20 orang, 2 desa" in teks
    assert "1 desa tanpa kegiatan" in teks
    teks = isi(dppkb, f"/kegiatan/?desa={CITEKO}")
    assert "Penyuluhan kelompok" in teks
    assert "catatan kader" not in teks


def test_jumlah_per_peran(dunia: Dunia, hp: Client) -> None:
    kegiatan(dunia.kader)
    kegiatan(dunia.kader, macam_id="napza", jumlah_orang=5)
    kegiatan(dunia.kader, dt.date(2021, 6, 30))
    kegiatan(dunia.kader, dihapus_pada="2021-07-08T09:00+07:00", dihapus_oleh=dunia.kader)
    rekap = hp.get("/kegiatan/").context["rekap"]
    assert (rekap.jumlah.kegiatan, rekap.jumlah.orang) == (2, 25)
    assert [j.kegiatan for _, j in rekap.baris] == [0, 0, 1, 0, 1, 0]


@pytest.mark.parametrize("bulan", ["2021-13", "x", "2021-08", "0001-01", "1021-01", "<b>", "\x00"])
@pytest.mark.parametrize("siapa", ["kader", "plkb"])
def test_bulan_yang_tidak_ada(dunia: Dunia, bulan: str, siapa: str) -> None:
    teks = isi(masuk(getattr(dunia, siapa)), f"/kegiatan/?bulan={bulan}", 404)
    assert "Juli 2021" in teks
    assert "<b>”" not in teks


@pytest.mark.parametrize("desa", [NAGROG, "32.14.04", "x", "\x00"])
def test_desa_di_luar_wilayah_tidak_ditemukan(dunia: Dunia, desa: str) -> None:
    jawaban = masuk(dunia.plkb).get("/kegiatan/", {"desa": desa})
    assert jawaban.status_code == (200 if desa == "\x00" else 404)


def test_kerangka_sama_sepanjang_hari_dan_tanpa_nomor(dunia: Dunia, hp: Client) -> None:
    satu = hp.get("/kegiatan/baru/?kerangka=1")
    assert 'name="id"' in satu.content.decode()
    assert not re.search(r'name="id"[^>]*value="[0-9a-f]', satu.content.decode())
    assert "csrfmiddlewaretoken" not in satu.content.decode()
    lagi = hp.get("/kegiatan/baru/?kerangka=1", headers={"If-None-Match": satu["ETag"]})
    assert lagi.status_code == 304


def test_kader_tanpa_desa(dunia: Dunia) -> None:
    client = masuk(dunia.tanpa_wilayah)
    assert client.get("/kegiatan/baru/").status_code == 302
    assert "Belum ada kegiatan" in isi(client, "/kegiatan/")


def test_tanpa_token_isian_kembali(dunia: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.kader)
    jawaban = client.post("/kegiatan/baru/", data(tempat="Balai RW 9"))
    assert jawaban.status_code == 403
    assert 'value="Balai RW 9"' in jawaban.content.decode()
    assert not Kegiatan.objects.exists()


def test_macam_dimuat_sekali_dan_milik_dppkb(dunia: Dunia) -> None:
    from django.core.management import call_command

    MacamKegiatan.objects.filter(pk="napza").update(nama="Napza dan rokok", aktif=False)
    call_command("muat_macam_kegiatan", verbosity=0)
    napza = MacamKegiatan.objects.get(pk="napza")
    assert (napza.nama, napza.aktif) == ("Napza dan rokok", False)
    assert set(MacamKegiatan.objects.values_list("peran_bhakti", flat=True)) == {1, 2, 3, 4, 5, 6}


JUMLAH = {("kader", "/kegiatan/"): 9, ("plkb", f"/kegiatan/?desa={CITEKO}"): 10, ("plkb", "/kegiatan/"): 5} | {
    ("kader", "/kegiatan/baru/"): 4
}


@pytest.mark.parametrize("banyak", [1, 20])
@pytest.mark.parametrize(("siapa", "url"), JUMLAH)
def test_jumlah_kueri_tetap(
    dunia: Dunia, siapa: str, url: str, banyak: int, django_assert_num_queries: object
) -> None:
    for _ in range(banyak):
        oleh = orang(f"k-{uuid.uuid4()}", "kader", CITEKO)
        k = kegiatan(oleh)
        masuk(oleh).post(f"/kegiatan/{k.pk}/ubah/", data(id=k.pk, versi=1, jumlah_orang="9"))
        mati = kegiatan(oleh)
        masuk(oleh).post(f"/kegiatan/{mati.pk}/hapus/", {"versi": "1"})
    client = masuk(getattr(dunia, siapa))
    client.get(url)
    with django_assert_num_queries(JUMLAH[siapa, url]):
        assert client.get(url).status_code == 200
