"""The pages of rights and of the history: who sees what, what they say, how much they ask."""

import datetime as dt
import io
import json
import uuid

import openpyxl
import pypdfium2
import pytest
from django.test import Client

from akseptor import actions
from akseptor.models import Akseptor, PermintaanSubjek
from kader.actions import catat_jejak
from kader.models import Jejak
from poskb.dasar.waktu import WIB, sekarang
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, cakupan, catatan, isian, kunjungan, permintaan


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def dppkb(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.dppkb)
    client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    return client


def saat(jam: float) -> dict:
    """A request whose deadline lies so many hours from now."""
    diterima = sekarang() + dt.timedelta(hours=jam - 72)
    return {"diterima_pada": diterima, "tenggat": diterima + dt.timedelta(hours=72)}


def pdf(isi: bytes) -> str:
    return "\n".join(h.get_textpage().get_text_range() for h in pypdfium2.PdfDocument(isi))


def kata(teks: str) -> str:
    return " ".join(teks.split())


# --- the duty officer's page -------------------------------------------------------------------------------------
def test_urut_menurut_tenggat_dengan_sisa_waktu(dunia: Dunia, dppkb: Client) -> None:
    for jam, nama in ((60.5, "Jauh"), (-5.5, "Lewat"), (10.5, "Dekat")):
        p = catatan(dunia)
        Akseptor.objects.filter(pk=p.akseptor_id).update(nama_istri=nama)
        permintaan(p, **saat(jam))
    halaman = dppkb.get("/hak/")
    assert [m.akseptor.nama_istri for m in halaman.context["terbuka"]] == ["Lewat", "Dekat", "Jauh"]
    assert [m.sisa for m in halaman.context["terbuka"]] == ["lewat 5 jam", "sisa 10 jam", "sisa 2 hari 12 jam"]
    assert "1 lewat tenggat" in kata(halaman.content.decode())


def test_dppkb_perlu_alasan_untuk_melihat_nama(dunia: Dunia, client: Client) -> None:
    satu = permintaan(catatan(dunia))
    client.force_login(dunia.dppkb)
    for alamat in ("/hak/", f"/hak/{satu.pk}/", f"/jejak/orang/{satu.akseptor_id}/", "/jejak/insiden/"):
        assert client.get(alamat)["Location"].startswith("/akseptor/buka-data/")


@pytest.mark.parametrize("banyak", [1, 20])
def test_jumlah_kueri_tetap(
    dunia: Dunia, dppkb: Client, banyak: int, django_assert_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The form's window ends with the minute that is over: what was written in this one would be in it or not.
    monkeypatch.setattr("laporan.hak.insiden.sekarang", lambda: sekarang() + dt.timedelta(minutes=2))
    for n in range(banyak):
        p = catatan(dunia)
        permintaan(p)
        selesai = permintaan(p, "koreksi")
        PermintaanSubjek.objects.filter(pk=selesai.pk).update(
            keadaan="dipenuhi", jawaban="x", selesai_oleh=dunia.dppkb, selesai_pada=sekarang()
        )
        catat_jejak(dunia.plkb, f"mengubah {n}", p, wilayah=CITEKO, perubahan={"nama_istri": ["a", "b"]})
    orang = PermintaanSubjek.objects.first().akseptor_id
    for alamat, jumlah in (
        ("/hak/", 6),
        (f"/jejak/orang/{orang}/", 6),
        ("/jejak/", 5),
        ("/jejak/insiden/", 13),
    ):
        dppkb.get(alamat)
        with django_assert_num_queries(jumlah):
            assert dppkb.get(alamat).status_code == 200


def test_mencatat_permintaan_dari_halaman(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.plkb)
    alamat = f"/hak/baru/{p.akseptor_id}/"
    salah = client.post(alamat, {"jenis": "akses", "isi": "NIK 3214995203900077"})
    assert salah.status_code == 422
    assert "Jangan tulis NIK" in salah.content.decode()
    isi = {"jenis": "akses", "saluran": "kader", "bukti_diri": "ktp", "diterima_pada": "2021-07-07T09:00", "isi": "x"}
    assert client.post(alamat, isi).status_code == 302
    satu = PermintaanSubjek.objects.get()
    assert (satu.saluran, satu.tenggat) == ("kader", dt.datetime(2021, 7, 10, 9, tzinfo=WIB))
    lagi = client.post(alamat, isi)
    assert (lagi.status_code, "masih menunggu" in lagi.content.decode()) == (409, True)
    besok = client.post(alamat, isi | {"jenis": "hapus", "diterima_pada": "2021-07-09T09:00"})
    assert (besok.status_code, "belum terjadi" in besok.content.decode()) == (409, True)


def test_menarik_lalu_menghapus_lewat_halaman(dunia: Dunia, dppkb: Client) -> None:
    p = catatan(dunia)
    nama = p.akseptor.nama_istri
    isi = {"jenis": "tarik", "saluran": "langsung", "bukti_diri": "ktp", "diterima_pada": "2021-07-08T00:00"}
    dppkb.post(f"/hak/baru/{p.akseptor_id}/", isi)
    satu = PermintaanSubjek.objects.get(jenis="hapus")
    dppkb.post(f"/hak/{satu.pk}/hapus/")
    assert Akseptor.objects.get(pk=p.akseptor_id).nama_istri == nama
    dppkb.post(f"/hak/{satu.pk}/hapus/", {"yakin": "ya"})
    assert Akseptor.objects.get(pk=p.akseptor_id).dihapus_pada is not None
    for alamat in (f"/akseptor/{p.akseptor_id}/", "/hak/", f"/hak/{satu.pk}/", f"/jejak/orang/{p.akseptor_id}/"):
        jawaban = dppkb.get(alamat)
        assert jawaban.status_code == 200
        assert nama not in jawaban.content.decode()
    assert dppkb.post(f"/hak/{satu.pk}/hapus/", {"yakin": "ya"}).status_code == 409


def test_jawaban_dan_pembetulan_lewat_halaman(dunia: Dunia, dppkb: Client) -> None:
    p = catatan(dunia, tahap="terverifikasi")
    satu = permintaan(p, "koreksi")
    isi = {"nama_istri": "Euis 9", "tanggal_lahir_istri": "1990-03-12", "nama_suami": "Asep"}
    salah = dppkb.post(f"/hak/{satu.pk}/koreksi/", isi)
    assert (salah.status_code, "Euis 9" in salah.content.decode()) == (422, True)
    assert dppkb.post(f"/hak/{satu.pk}/koreksi/", isi | {"nama_istri": "Euis"}).status_code == 302
    assert Akseptor.objects.get(pk=p.akseptor_id).nama_istri == "Euis"
    assert dppkb.post(f"/hak/{satu.pk}/jawab/", {"jawaban": "", "putusan": "penuhi"}).status_code == 422
    assert (
        dppkb.post(f"/hak/{satu.pk}/jawab/", {"jawaban": "Nama dibetulkan.", "putusan": "penuhi"}).status_code == 302
    )
    satu.refresh_from_db()
    assert (satu.keadaan, satu.jawaban) == ("dipenuhi", "Nama dibetulkan.")


def test_pembetulan_tidak_membuka_nomor_dan_yang_kosong_tetap(dunia: Dunia, dppkb: Client) -> None:
    a = lengkap(dunia)
    satu = permintaan(a.pelayanan.get(), "koreksi")
    alamat = f"/hak/{satu.pk}/koreksi/"
    halaman = dppkb.get(f"/hak/{satu.pk}/").content.decode()
    assert "Kosongkan bila nomornya sudah benar" in halaman
    for rahasia in (a.nik_istri, "81234567890", "Kampung Sawah 7"):
        assert rahasia not in halaman
    isi = {"nama_istri": "Euis Sumarni", "tanggal_lahir_istri": "1990-03-12", "nama_suami": "Asep", "rw": "5"}
    nilai = Akseptor.objects.filter(pk=a.pk).values_list("rw", "no_hp", "alamat")
    for tambahan, status, sesudah in (
        ({}, 302, ("005", "+6281234567890", "Kampung Sawah 7")),
        ({"no_hp": "081234567891", "hapus_no_hp": "on"}, 422, ("005", "+6281234567890", "Kampung Sawah 7")),
        ({"no_hp": "081234567891", "hapus_alamat": "on"}, 302, ("005", "+6281234567891", "")),
        ({"hapus_no_hp": "on"}, 302, ("005", "", "")),
    ):
        assert dppkb.post(alamat, isi | tambahan).status_code == status
        assert nilai.get() == sesudah


@pytest.mark.parametrize("putusan", [{}, {"putusan": "entah"}])
def test_jawaban_tanpa_putusan_tidak_menutup(dunia: Dunia, dppkb: Client, putusan: dict) -> None:
    satu = permintaan(catatan(dunia))
    jawaban = dppkb.post(f"/hak/{satu.pk}/jawab/", {"jawaban": "Salinan diserahkan."} | putusan)
    assert (jawaban.status_code, "Tekan Dipenuhi atau Ditolak" in jawaban.content.decode()) == (422, True)
    satu.refresh_from_db()
    assert satu.terbuka


def test_penghapusan_tidak_dapat_dijawab_sebagai_dipenuhi(dunia: Dunia, dppkb: Client) -> None:
    satu = permintaan(catatan(dunia), "hapus")
    jawaban = dppkb.post(f"/hak/{satu.pk}/jawab/", {"jawaban": "Sudah.", "putusan": "penuhi"})
    assert (jawaban.status_code, "Pakai tombol Hapus data ibu" in jawaban.content.decode()) == (409, True)
    satu.refresh_from_db()
    assert satu.terbuka


# --- the copy and the printed history ------------------------------------------------------------------------------
def lengkap(dunia: Dunia) -> Akseptor:
    isi = isian(dunia, nama_istri="Euis Sumarni", no_hp="+6281234567890", alamat="Kampung Sawah 7", rt="004", rw="003")
    p, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isi)
    kunjungan(p, catatan="bertemu")
    return Akseptor.objects.get(pk=p.akseptor_id)


@pytest.mark.parametrize("bentuk", ["pdf", "json"])
def test_salinan_memuat_semuanya_terbaca_dan_tercatat(dunia: Dunia, dppkb: Client, bentuk: str) -> None:
    a = lengkap(dunia)
    satu = permintaan(a.pelayanan.get(), "akses")
    jawaban = dppkb.post(f"/hak/{satu.pk}/salinan/{bentuk}/")
    assert jawaban["Content-Disposition"] == f'attachment; filename="poskb-salinan-{satu.pk}.{bentuk}"'
    assert jawaban["Cache-Control"] == "no-store"
    isi = pdf(jawaban.content) if bentuk == "pdf" else jawaban.content.decode()
    for nilai in ("Euis Sumarni", a.nik_istri, "+6281234567890", "Kampung Sawah 7", "Implan", "bertemu"):
        assert nilai in isi, nilai
    j = Jejak.objects.get(tindakan="membuat salinan data")
    assert (j.orang, j.alasan, j.oleh) == ([a.pk], f"permintaan nomor {satu.pk}", dunia.dppkb)
    if bentuk == "json":
        data = json.loads(isi)
        assert data["catatan"][0]["persetujuan"][0]["versi"] == "2021-1"
        assert {p["tindakan"] for p in data["pemrosesan"]} >= {"mendaftarkan Ibu", "mencatat pelayanan Ibu"}
    else:
        assert "Diterima oleh" in isi


def test_salinan_hanya_untuk_permintaan_akses(dunia: Dunia, dppkb: Client) -> None:
    p = catatan(dunia)
    assert dppkb.post(f"/hak/{permintaan(p, 'koreksi').pk}/salinan/json/").status_code == 404
    assert dppkb.post(f"/hak/{permintaan(p).pk}/salinan/exe/").status_code == 404


def test_riwayat_pemrosesan_tercetak(dunia: Dunia, client: Client) -> None:
    a = lengkap(dunia)
    client.force_login(dunia.plkb)
    client.get(f"/akseptor/{a.pk}/")
    jawaban = client.post(f"/jejak/orang/{a.pk}/cetak/")
    isi = kata(pdf(jawaban.content))
    for nilai in (
        "Riwayat pemrosesan data pribadi",
        "Tujuan",
        "UU 27/2022",
        "teks 2021-1",
        "hanya angka jumlah",
        "8 Juli 2031",
        "Plkb (Petugas PLKB) membuka catatan Ibu",
        "Kader (Kader) mencatat pelayanan Ibu",
        "mencetak riwayat pemrosesan",
    ):
        assert nilai in isi, nilai
    # Which kinds of data there are, not the values: this paper lies about.
    for nilai in (a.nik_istri, "+6281234567890", "Kampung Sawah 7"):
        assert nilai not in isi
    assert "Euis" not in pypdfium2.PdfDocument(jawaban.content).get_metadata_dict()["Title"]
    assert Jejak.objects.get(tindakan="mencetak riwayat pemrosesan").orang == [a.pk]


def test_riwayat_satu_orang_menyebut_pembacaan_dan_ekspor(dunia: Dunia, client: Client) -> None:
    a = lengkap(dunia)
    catat_jejak(dunia.dppkb, "mengunduh ekspor", dunia.faskes, orang=[a.pk], perubahan={"jumlah": [None, 1]})
    client.force_login(dunia.plkb)
    halaman = kata(client.get(f"/jejak/orang/{a.pk}/").content.decode())
    for nilai in ("membuka catatan Ibu", "mengunduh daftar bernama yang memuat Ibu", "mendaftarkan Ibu"):
        assert nilai in halaman, nilai


def test_riwayat_ikut_pindah_desa(dunia: Dunia, client: Client) -> None:
    """Moved here from another officer's desa: what was done there belongs to her, so it is on her paper too."""
    a = catatan(dunia, desa=NAGROG, dicatat_oleh=dunia.jauh).akseptor
    lama = catat_jejak(dunia.plkb_jauh, "membuka", a, wilayah=NAGROG)
    Akseptor.objects.filter(pk=a.pk).update(desa_id=CITEKO)
    client.force_login(dunia.plkb)
    halaman = client.get(f"/jejak/orang/{a.pk}/")
    assert lama.pk in [j.pk for j in halaman.context["halaman"]]
    cetakan = kata(pdf(client.post(f"/jejak/orang/{a.pk}/cetak/").content))
    assert f"{dunia.plkb_jauh.nama} (Petugas PLKB) membuka catatan Ibu" in cetakan
    client.force_login(dunia.plkb_jauh)
    assert client.get(f"/jejak/orang/{a.pk}/").status_code == 404


# --- search --------------------------------------------------------------------------------------------------------
def cari(client: Client, **isi: object) -> list[Jejak]:
    jawaban = client.post("/jejak/", {"dari": "2021-07-08", "sampai": "2021-07-08"} | isi)
    assert jawaban.status_code == 200, jawaban.context["form"].errors
    return list(jawaban.context["baris"])


def test_mencari_menurut_waktu_pelaku_tindakan_orang(dunia: Dunia, dppkb: Client) -> None:
    p, jauh = catatan(dunia), catatan(dunia, desa=NAGROG)
    satu = catat_jejak(dunia.plkb, "mengubah", p, wilayah=CITEKO)
    dua = catat_jejak(dunia.kader, "membuka", jauh, wilayah=NAGROG)
    tiga = catat_jejak(dunia.plkb, "mengunduh ekspor", dunia.faskes, orang=[p.akseptor_id, jauh.akseptor_id])
    semua = {satu, dua, tiga}

    def dapat(**isi: object) -> set:
        return set(cari(dppkb, **isi)) & semua

    assert dapat() == semua
    assert dapat(pelaku="PLKB") == {satu, tiga}
    assert dapat(kelompok="pembacaan") == {dua}
    assert dapat(kelompok="ekspor") == {tiga}
    assert dapat(kelompok="perubahan") == {satu}
    assert dapat(nomor=str(p.akseptor_id)) == {satu, tiga}
    assert dapat(nomor=str(p.pk)) == {satu}
    assert dapat(wilayah="32.14.09") == {dua}
    assert dapat(dari="2021-07-07", sampai="2021-07-07") == set()
    assert dapat(sebelum=tiga.pk) == {satu, dua}


@pytest.mark.parametrize(
    "isi",
    [
        {"dari": "2021-07-09"},
        {"dari": "2019-01-01"},
        {"dari": "bukan"},
        {"dari": "9999-12-01", "sampai": "9999-12-31"},
        {"dari": "0001-01-01", "sampai": "0001-01-02"},
        {"kelompok": "lain"},
        {"pelaku": "a\x00"},
        {"nomor": "\x00"},
        {"wilayah": "32.15.01"},
        {"sebelum": "x"},
        {"sebelum": str(2**70)},
    ],
)
def test_pertanyaan_yang_keliru_tidak_menampilkan_apa_pun(dunia: Dunia, dppkb: Client, isi: dict) -> None:
    jawaban = dppkb.post("/jejak/", {"dari": "2021-07-08", "sampai": "2021-07-08"} | isi)
    assert (jawaban.status_code, jawaban.context["baris"]) == (422, [])


def test_halaman_berikut_tanpa_menghitung_semuanya(dunia: Dunia, dppkb: Client) -> None:
    for n in range(60):
        catat_jejak(dunia.plkb, f"x{n}", dunia.plkb)
    jawaban = dppkb.post("/jejak/", {"dari": "2021-07-08", "sampai": "2021-07-08"})
    pertama = jawaban.context["baris"]
    kedua = cari(dppkb, sebelum=jawaban.context["lagi"])
    assert len(pertama) == 50
    assert max(j.pk for j in kedua) < min(j.pk for j in pertama)


def test_admin_dan_dppkb_tanpa_alasan_tidak_melihat_isi_orang(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    catat_jejak(
        dunia.kader, "mengubah", p, wilayah=CITEKO, alasan="Euis pindah", perubahan={"nama_istri": ["Euis", "Iis"]}
    )
    for siapa in (dunia.admin, dunia.dppkb):
        client.force_login(siapa)
        isi = client.get("/jejak/").content.decode()
        assert "nama istri" in isi
        assert "Euis" not in isi
        assert "Iis" not in isi
    client.post("/akseptor/buka-data/", {"alasan": "memeriksa keluhan ibu"})
    assert "Euis" in client.get("/jejak/").content.decode()


# --- incident ------------------------------------------------------------------------------------------------------
def test_laporan_insiden_menyebut_siapa_melihat_siapa(dunia: Dunia, dppkb: Client) -> None:
    p, lain, jauh = catatan(dunia), catatan(dunia), catatan(dunia, desa=NAGROG)
    for orang in ([p.akseptor_id, lain.akseptor_id], [p.akseptor_id]):
        catat_jejak(dunia.plkb, "melihat daftar", dunia.plkb, orang=orang)
    catat_jejak(dunia.plkb, "mengunduh ekspor", dunia.faskes, orang=[p.akseptor_id])
    catat_jejak(dunia.kader, "membuka", jauh, wilayah=NAGROG)
    jendela = "dari=2021-07-08T00:00&sampai=2021-07-09T00:00"
    isi = dppkb.get(f"/jejak/insiden/?{jendela}&wilayah=32.14.04").context["insiden"]
    assert [(o.nama, o.orang, o.dibaca, o.diekspor) for o in isi.pelaku] == [("Plkb", 2, 2, 1)]
    assert [(o.akseptor.pk, o.kali, o.diekspor) for o in isi.orang] == [
        (p.akseptor_id, 3, True),
        (lain.akseptor_id, 1, False),
    ]
    semua = dppkb.get(f"/jejak/insiden/?{jendela}&oleh={dunia.kader.pk}").context["insiden"]
    assert [(o.akseptor.pk) for o in semua.orang] == [jauh.akseptor_id]
    assert dppkb.get("/jejak/insiden/?dari=2021-07-08T10:00&sampai=2021-07-08T09:00").status_code == 422
    assert dppkb.get(f"/jejak/insiden/?{jendela}&oleh=99999999999999999999999").status_code == 422
    for tahun in ("9999-12-31T00:00&sampai=9999-12-31T23:59", "0001-01-01T00:00&sampai=0001-01-01T01:00"):
        assert dppkb.get(f"/jejak/insiden/?dari={tahun}").status_code == 422


def test_buku_insiden_lengkap_dan_tercatat(dunia: Dunia, dppkb: Client) -> None:
    p = catatan(dunia)
    catat_jejak(dunia.plkb, "membuka", p, wilayah=CITEKO)
    Client().post("/masuk/", {"username": "plkb", "password": "keliru"})
    jawaban = dppkb.get("/jejak/insiden/?dari=2021-07-08T00:00&sampai=2021-07-09T00:00&unduh=1")
    buku = openpyxl.load_workbook(io.BytesIO(jawaban.content))
    assert buku.sheetnames == ["Tentang", "Per pelaku", "Per orang", "Ekspor", "Masuk", "Di luar aplikasi"]
    assert buku["Per orang"]["A2"].value == p.akseptor.nama_istri
    assert p.akseptor.nik_istri not in str([[s.value for s in b] for w in buku for b in w.iter_rows()])
    masuk = [[s.value for s in b] for b in buku["Masuk"].iter_rows(min_row=2)]
    assert ["gagal masuk", "Plkb"] in [[b[2], b[5]] for b in masuk]
    j = Jejak.objects.get(tindakan="membuat laporan insiden")
    assert (j.oleh, j.orang) == (dunia.dppkb, [p.akseptor_id])


def test_nomor_yang_tidak_ada(dunia: Dunia, dppkb: Client) -> None:
    for alamat in (f"/hak/{2**70}/", "/hak/1/", f"/jejak/orang/{uuid.uuid4()}/", f"/hak/baru/{uuid.uuid4()}/"):
        assert dppkb.get(alamat).status_code == 404
    assert HARI.year == 2021
