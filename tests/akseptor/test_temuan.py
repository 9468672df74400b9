"""Faults that a review found, each reproduced: they stay mended."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from akseptor import actions
from akseptor.enums import Tahap
from akseptor.models import Akseptor, Pelayanan
from laporan.kampanye.progres import hitung
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, Dunia, buat_dunia, cakupan, catatan, data_formulir, isian, nik_baru


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def tercatat(dunia: Dunia) -> int:
    return sum(n[0] for n in hitung(dunia.kampanye).values())


def test_menyatakan_sama_membawa_semua_baris_ber_nik_sama(dunia: Dunia) -> None:
    nik = nik_baru()
    a = catatan(dunia, nik=nik)
    a2 = catatan(dunia, nik=nik, pasangan=a.pasangan)
    b = catatan(dunia)
    Akseptor.objects.update(nama_istri="Siti Nuraeni", nama_suami="Jajang")
    assert tercatat(dunia) == 2
    actions.putuskan_duplikat(dunia.plkb, cakupan(dunia.plkb), a2.akseptor_id, b.akseptor_id)
    assert set(Akseptor.objects.values_list("pasangan", flat=True)) == {b.pasangan}
    assert tercatat(dunia) == 1


def test_nik_yang_menyusul_bergabung_dengan_pemiliknya(dunia: Dunia) -> None:
    nik = nik_baru()
    calon = catatan(dunia, tahap=Tahap.CALON)
    Akseptor.objects.filter(pk=calon.akseptor_id).update(
        nik_indeks=None, nik_istri="", nik_menyusul=True, alasan_nik_menyusul="belum ada"
    )
    catatan(dunia, nik=nik)
    baru = isian(dunia, nik_istri=nik, orang_sama=calon.akseptor_id)
    actions.catat(dunia.kader, cakupan(dunia.kader), baru)
    assert Akseptor.objects.values("pasangan").distinct().count() == 1
    assert Akseptor.objects.get(pk=calon.akseptor_id).perlu_tinjau_duplikat
    assert tercatat(dunia) == 1


def test_jati_diri_yang_terverifikasi_tidak_ditulis_ulang_lewat_catatan_lain(dunia: Dunia) -> None:
    v = catatan(dunia, tahap=Tahap.TERVERIFIKASI)
    lain = catatan(dunia, akseptor=v.akseptor, tahap=Tahap.CALON)
    baru = isian(dunia, id=lain.pk, tahap=Tahap.CALON, nama_istri="Orang Lain")
    with pytest.raises(Ditolak, match="sudah diverifikasi"):
        actions.ubah(dunia.kader, cakupan(dunia.kader), lain.pk, baru, versi=1)
    assert Akseptor.objects.get().nama_istri == v.akseptor.nama_istri


def test_perempuan_kedua_dengan_id_bekas_tidak_hilang(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.kader)
    satu = data_formulir(dunia)
    client.post("/akseptor/baru/", satu)
    dua = satu | {"nama_istri": "Wati Kurnia", "nik_istri": nik_baru(dt.date(1985, 5, 5))}
    tanya = client.post("/akseptor/baru/", dua)
    assert tanya.status_code == 422
    assert "Wati Kurnia" in tanya.content.decode()
    nomor = str(tanya.context["form"]["id"].value())
    assert nomor != satu["id"]
    assert client.post("/akseptor/baru/", dua | {"id": nomor}).status_code == 302
    assert Akseptor.objects.count() == 2


def test_petugas_tidak_memverifikasi_isi_yang_belum_dilihatnya(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia, metode="iud")
    Pelayanan.objects.update(metode="implan", versi=2)
    client.force_login(dunia.plkb)
    jawaban = client.post(f"/akseptor/catatan/{p.pk}/verifikasi/", {"versi": "1"}, follow=True)
    assert "baru saja diubah orang lain" in jawaban.content.decode()
    assert Pelayanan.objects.get().tahap == "dilayani"
    client.post(f"/akseptor/catatan/{p.pk}/verifikasi/", {"versi": "2"})
    assert Pelayanan.objects.get().tahap == "terverifikasi"


def test_data_pasangan_yang_lebih_baru_tidak_ditimpa_formulir_lama(dunia: Dunia) -> None:
    satu = catatan(dunia)
    nik = satu.akseptor.nik_istri
    sama = {"nik_istri": nik, "orang_sama": satu.akseptor_id}
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, **sama, metode="iud", no_hp="+6281211112222"))
    lama = isian(dunia, id=satu.pk, nik_istri=nik, nama_istri=satu.akseptor.nama_istri)
    with pytest.raises(Ditolak, match="diubah orang lain"):
        actions.ubah(dunia.kader, cakupan(dunia.kader), satu.pk, lama, versi=1)
    assert Akseptor.objects.get().no_hp == "+6281211112222"


@pytest.mark.parametrize("tindakan", ["kembalikan", "batal"])
def test_byte_nol_dalam_alasan_dijawab_kalimat(dunia: Dunia, client: Client, tindakan: str) -> None:
    p = catatan(dunia)
    client.force_login(dunia.plkb if tindakan == "kembalikan" else dunia.kader)
    url = "kembalikan" if tindakan == "kembalikan" else "tahap"
    data = {"tindakan": tindakan, "alasan": "a\x00b"}
    jawaban = client.post(f"/akseptor/catatan/{p.pk}/{url}/", data, follow=True)
    assert "papan ketik biasa" in jawaban.content.decode()


def test_byte_nol_dalam_desa_tujuan_dijawab_kalimat(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.koordinator)
    jawaban = client.post(f"/akseptor/{p.akseptor_id}/pindah-desa/", {"desa": "32.14.04.\x00"}, follow=True)
    assert "Pilih salah satu desa" in jawaban.content.decode()


def test_yang_bertentangan_disimpan_sendiri_dan_ditunjukkan_kepada_petugas(dunia: Dunia) -> None:
    lama = catatan(dunia)
    baru = isian(dunia, orang_sama=lama.akseptor_id, tanggal_lahir_istri=dt.date(1991, 1, 1))
    p, _ = actions.catat(dunia.kader, cakupan(dunia.kader), baru)
    assert p.akseptor_id != lama.akseptor_id
    assert p.pasangan == lama.pasangan
    assert p.akseptor.tanggal_lahir_istri == dt.date(1991, 1, 1)
    assert p.akseptor.perlu_tinjau_duplikat
    assert tercatat(dunia) == 1


@pytest.mark.parametrize("tahap", ["dilayani", "dikembalikan"])
def test_yang_sudah_dilayani_tidak_menjadi_calon(dunia: Dunia, client: Client, tahap: str) -> None:
    p = catatan(dunia, tahap=tahap)
    client.force_login(dunia.kader)
    data = data_formulir(dunia, id=p.pk, versi=1, nik_istri=p.akseptor.nik_istri, tahap="calon")
    assert client.post(f"/akseptor/catatan/{p.pk}/ubah/", data).status_code == 422
    assert Pelayanan.objects.get().tahap == tahap


def test_tempat_yang_sudah_tutup_tetap_pada_catatan_lama(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    dunia.faskes.aktif = False
    dunia.faskes.save()
    client.force_login(dunia.kader)
    data = data_formulir(dunia, id=p.pk, versi=1, nik_istri=p.akseptor.nik_istri)
    assert client.post(f"/akseptor/catatan/{p.pk}/ubah/", data | {"metode": "iud"}).status_code == 302
    assert client.post("/akseptor/baru/", data_formulir(dunia, id=uuid.uuid4(), desa=CITEKO)).status_code == 422


def test_pelayanan_yang_sama_pada_hari_yang_sama_tidak_dicatat_dua_kali(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.kader)
    data = data_formulir(dunia, nik_istri=p.akseptor.nik_istri, orang_sama=p.akseptor_id)
    jawaban = client.post("/akseptor/baru/", data)
    assert jawaban.status_code == 422
    assert "sudah tercatat dengan alat/cara dan tanggal yang sama" in jawaban.content.decode()
    assert Pelayanan.objects.count() == 1
    assert client.post("/akseptor/baru/", data | {"metode": "iud"}).status_code == 302


def test_tanpa_desa_tugas_formulir_tidak_dibuka(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.tanpa_wilayah)
    assert "Belum ada desa tugas" in client.get("/akseptor/baru/", follow=True).content.decode()
