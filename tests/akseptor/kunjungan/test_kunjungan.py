"""Home visits: what an officer may write, correct and take back, and which doors a month proposes."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akseptor.actions import catat_kunjungan, tarik_kunjungan, ubah_kunjungan
from akseptor.kunjungan.daftar import Kemajuan, kemajuan
from akseptor.kunjungan.isian import IsianKunjungan
from akseptor.kunjungan.sampel import Calon, jumlah_sampel, pilih, sampel
from akseptor.models import Akseptor, Kunjungan
from kader.models import Jejak
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, cakupan, catatan, kunjungan, orang

JUNI = dt.date(2021, 6, 1)
HARI_JUNI = dt.date(2021, 6, 22)
OK = IsianKunjungan(HARI, "dikonfirmasi")


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def masuk(siapa: object) -> Client:
    client = Client()
    client.force_login(siapa)
    return client


def catat(d: Dunia, p: object, isian: IsianKunjungan = OK, siapa: str = "plkb") -> tuple:
    oleh = getattr(d, siapa)
    return catat_kunjungan(oleh, cakupan(oleh), p.pk, isian)


def test_dicatat_sekali_dengan_jejak(dunia: Dunia) -> None:
    p = catatan(dunia, HARI_JUNI)
    satu, baru = catat(dunia, p)
    lagi, kedua = catat(dunia, p)
    assert (baru, kedua, satu.pk) == (True, False, lagi.pk)
    assert satu.dari_sampel
    jejak = Jejak.objects.get(jenis="kunjungan")
    assert (jejak.tindakan, jejak.wilayah_id) == ("mencatat kunjungan", CITEKO)
    assert jejak.perubahan == {"tanggal": ["", "2021-07-08"], "hasil": ["", "dikonfirmasi"]}


@pytest.mark.parametrize(
    ("siapa", "isian", "kata"),
    [
        ("kader", OK, "oleh petugas PLKB"),
        ("koordinator", OK, "oleh petugas PLKB"),
        ("plkb_jauh", OK, "di luar wilayah"),
        ("plkb", IsianKunjungan(dt.date(2021, 7, 9), "dikonfirmasi"), "belum tiba"),
        ("plkb", IsianKunjungan(dt.date(2021, 6, 21), "dikonfirmasi"), "Sebelum pelayanannya"),
        ("plkb", IsianKunjungan(HARI, "perlu_diperbaiki"), "apa yang perlu diperbaiki"),
        ("plkb", IsianKunjungan(HARI, "dikonfirmasi", "telepon 0812-3456-7890"), "NIK atau nomor HP"),
    ],
)
def test_yang_ditolak_tidak_menulis_apa_pun(dunia: Dunia, siapa: str, isian: IsianKunjungan, kata: str) -> None:
    p = catatan(dunia, HARI_JUNI)
    with pytest.raises(Ditolak, match=kata):
        catat(dunia, p, isian, siapa)
    assert not Kunjungan.objects.exists()
    assert not Jejak.objects.exists()


@pytest.mark.parametrize("tahap", ["calon", "dikembalikan", "batal"])
def test_hanya_yang_sudah_dilayani(dunia: Dunia, tahap: str) -> None:
    with pytest.raises(Ditolak, match="sudah tercatat"):
        catat(dunia, catatan(dunia, HARI_JUNI, tahap=tahap))


def test_pengganti_boleh_selama_bertugas(dunia: Dunia) -> None:
    ganti = orang("ganti", "plkb")
    ganti.penugasan.create(wilayah_id=CITEKO, mulai=HARI, selesai=HARI, pengganti=True)
    assert catat_kunjungan(ganti, cakupan(ganti), catatan(dunia, HARI_JUNI).pk, OK)[1]


def test_hari_yang_sama_satu_kunjungan(dunia: Dunia) -> None:
    p = catatan(dunia, HARI_JUNI)
    catat(dunia, p)
    with pytest.raises(Ditolak, match="Ubah yang sudah ada"):
        catat(dunia, p, IsianKunjungan(HARI, "tidak_bertemu"))


def test_ubah_lalu_tarik_berjejak(dunia: Dunia) -> None:
    p = catatan(dunia, HARI_JUNI)
    k, _ = catat(dunia, p)
    siapa = (dunia.plkb, cakupan(dunia.plkb), k.pk)
    baru = IsianKunjungan(dt.date(2021, 7, 7), "perlu_diperbaiki", "tanggal di kartu 21 Juni")
    k = ubah_kunjungan(*siapa, baru, versi=1)
    assert (k.versi, k.hasil) == (2, "perlu_diperbaiki")
    with pytest.raises(Ditolak, match="diubah orang lain"):
        ubah_kunjungan(*siapa, OK, versi=1)
    with pytest.raises(Ditolak, match="alasan"):
        tarik_kunjungan(*siapa, versi=2, alasan=" ")
    tarik_kunjungan(*siapa, versi=2, alasan="salah rumah")
    with pytest.raises(Ditolak, match="sudah ditarik"):
        tarik_kunjungan(*siapa, versi=3, alasan="lagi")
    assert kemajuan([CITEKO], JUNI) == Kemajuan(0, 1)
    teks = masuk(dunia.plkb).get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert "menarik kunjungan" in teks
    assert "salah rumah" in teks
    assert "Hasil: Dikonfirmasi → <b>Perlu diperbaiki</b>" in teks
    assert catat(dunia, p)[1]


@pytest.mark.parametrize(
    ("banyak", "jumlah"), [(0, 0), (1, 1), (3, 3), (4, 3), (30, 3), (31, 4), (50, 5), (51, 5), (900, 5)]
)
def test_banyaknya_sampel(banyak: int, jumlah: int) -> None:
    assert jumlah_sampel(banyak) == jumlah


def test_undian_tetap_dan_penggantinya_urutan_berikut() -> None:
    calon = [Calon(uuid.UUID(int=n), uuid.UUID(int=n)) for n in range(1, 13)]
    terpilih = pilih(calon, JUNI)
    assert len(terpilih) == 3
    assert pilih(reversed(calon), JUNI) == terpilih
    assert pilih(calon, dt.date(2021, 7, 1)) != terpilih
    sisa = [c for c in calon if c.id != terpilih[0]]
    assert pilih(sisa, JUNI)[:2] == terpilih[1:]


def test_yang_sudah_dikunjungi_tidak_tergeser_dan_satu_pasangan_sekali() -> None:
    calon = [Calon(uuid.UUID(int=n), uuid.UUID(int=n)) for n in range(1, 13)]
    luar = next(c for c in calon if c.id not in pilih(calon, JUNI))
    lekat = [Calon(c.id, c.pasangan, lekat=c == luar) for c in calon]
    assert pilih(lekat, JUNI)[0] == luar.id
    assert len(pilih(lekat, JUNI)) == 3
    # Who was visited while the sample was larger keeps the place when it has become smaller.
    banyak = [Calon(c.id, c.pasangan, lekat=nomor < 5) for nomor, c in enumerate(calon)]
    assert set(pilih(banyak, JUNI)) == {c.id for c in banyak if c.lekat}
    sama = [Calon(uuid.UUID(int=n), uuid.UUID(int=99)) for n in range(1, 13)]
    assert len(pilih(sama, JUNI)) == 1


def test_sampel_hanya_yang_dilayani_bulan_itu(dunia: Dunia) -> None:
    juni = catatan(dunia, dt.date(2021, 6, 30))
    catatan(dunia, dt.date(2021, 7, 1))
    catatan(dunia, dt.date(2021, 6, 30), tahap="batal")
    catatan(dunia, dt.date(2021, 6, 30), desa=NAGROG)
    assert sampel([CITEKO], JUNI) == {CITEKO: [juni.pk]}


def test_kunjungan_di_luar_sampel_tidak_mengganti_undian(dunia: Dunia) -> None:
    semua = [catatan(dunia, HARI_JUNI) for _ in range(8)]
    terpilih = sampel([CITEKO], JUNI)[CITEKO]
    luar = next(p for p in semua if p.pk not in terpilih)
    assert not catat(dunia, luar)[0].dari_sampel
    assert sampel([CITEKO], JUNI)[CITEKO] == terpilih
    assert kemajuan([CITEKO], JUNI) == Kemajuan(0, 3)


def test_tidak_bertemu_belum_selesai(dunia: Dunia) -> None:
    p = catatan(dunia, HARI_JUNI)
    catat(dunia, p, IsianKunjungan(dt.date(2021, 7, 7), "tidak_bertemu"))
    assert kemajuan([CITEKO], JUNI) == Kemajuan(0, 1)
    catat(dunia, p)
    assert kemajuan([CITEKO], JUNI) == Kemajuan(1, 1)


def test_daftar_urut_rw_rt_dan_kemajuan(dunia: Dunia) -> None:
    for rw, rt in (("010", "1"), ("2", "004"), ("2", "003")):
        p = catatan(dunia, HARI_JUNI)
        Akseptor.objects.filter(pk=p.akseptor_id).update(rw=rw, rt=rt, nama_istri=f"Ibu {rw}-{rt}")
    catat(dunia, p)
    plkb = masuk(dunia.plkb)
    teks = plkb.get("/kunjungan/").content.decode()
    assert teks.index("Ibu 2-003") < teks.index("Ibu 2-004") < teks.index("Ibu 010-1")
    assert "<b>1</b> dari <b>3</b> rumah selesai" in teks
    assert "Sampel bulan lalu: 1 dari 3 selesai." in plkb.get("/").content.decode()
    laporan = f"/laporan/{CITEKO}/2021-06/"
    from django.core.management import call_command

    call_command("muat_formulir", verbosity=0)
    assert "Sampel kunjungan: <b>1 dari 3</b>" in plkb.get(laporan).content.decode()
    assert "Sampel kunjungan" not in masuk(dunia.kader).get(laporan).content.decode()
    lihat = masuk(dunia.koordinator).get(f"/kunjungan/?desa={CITEKO}").content.decode()
    assert "Ibu 2-003" in lihat
    assert "Simpan kunjungan" not in lihat
    # Taken back, a visit is none, on the list as in the sum.
    Kunjungan.objects.update(ditarik_pada=p.diterima_pada, ditarik_oleh=dunia.plkb, alasan_tarik="Keliru")
    (desa,) = plkb.get("/kunjungan/").context["tampil"]
    assert (desa.kemajuan.selesai, [r.kunjungan for r in desa.rumah]) == (0, [[], [], []])


def test_catat_lewat_halaman_dan_galat_kembali_utuh(dunia: Dunia) -> None:
    p = catatan(dunia, HARI_JUNI)
    plkb, url = masuk(dunia.plkb), f"/kunjungan/{p.pk}/"
    salah = {"hasil": "perlu_diperbaiki", "tanggal": "2021-07-09", "catatan": ""}
    jawaban = plkb.post(url, salah)
    assert jawaban.status_code == 422
    teks = jawaban.content.decode()
    assert "Tulis apa yang perlu diperbaiki" in teks
    assert 'value="2021-07-09"' in teks
    benar = salah | {"tanggal": "2021-07-08", "catatan": "RT keliru", "lanjut": "/kunjungan/"}
    assert plkb.post(url, benar)["Location"] == "/kunjungan/"
    k = Kunjungan.objects.get()
    assert plkb.post(f"/kunjungan/{k.pk}/ubah/", benar | {"versi": "9"}).status_code == 409
    assert plkb.post(f"/kunjungan/{k.pk}/tarik/", {"versi": "1", "alasan": ""}).status_code == 409
    assert plkb.post(f"/kunjungan/{k.pk}/tarik/", {"versi": "1", "alasan": "salah"}).status_code == 302
    assert not Kunjungan.objects.berlaku().exists()
    assert plkb.get(f"/kunjungan/{'9' * 30}/ubah/").status_code == 404


@pytest.mark.parametrize("bulan", ["2021-13", "x", "2021-08", "0001-01", "\x00"])
def test_bulan_yang_tidak_ada(dunia: Dunia, bulan: str) -> None:
    jawaban = masuk(dunia.plkb).get("/kunjungan/", {"bulan": bulan})
    assert jawaban.status_code == 404
    assert "Bulan ini tidak ada" in jawaban.content.decode()


def test_tanpa_token_isian_kembali(dunia: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.plkb)
    p = catatan(dunia, HARI_JUNI)
    jawaban = client.post(f"/kunjungan/{p.pk}/", {"hasil": "dikonfirmasi", "tanggal": "2021-07-08", "catatan": "abc"})
    assert jawaban.status_code == 403
    assert "abc" in jawaban.content.decode()
    assert not Kunjungan.objects.exists()


def test_jumlah_kueri_tetap(dunia: Dunia) -> None:
    plkb = masuk(dunia.plkb)
    jumlah = set()
    for banyak in (1, 20):
        for _ in range(banyak):
            kunjungan(catatan(dunia, HARI_JUNI))
        for _ in range(2):
            with CaptureQueriesContext(connection) as tangkap:
                assert plkb.get("/kunjungan/").status_code == 200
        jumlah.add(len(tangkap))
    # one of them writes whose doors she saw
    assert jumlah == {8}
