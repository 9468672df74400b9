"""Consent that is asked afterwards: one act of the kader, provable, refused where the record is locked."""

import datetime as dt

import pytest

from akseptor import actions
from akseptor.enums import Tahap
from akseptor.models import Pelayanan, Persetujuan
from akseptor.persetujuan import VERSI, teks_berlaku
from kader.models import Jejak
from laporan.bulanan.tanda.catatan import catatan_bulan
from laporan.bulanan.tanda.jenis import Jenis
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, NAGROG, buat_dunia, cakupan, catatan

pytestmark = pytest.mark.django_db
JULI = dt.date(2021, 7, 1)


@pytest.fixture
def dunia():
    return buat_dunia()


def kirim(client, p, **ubah):
    isi = {"persetujuan_data": "on", "versi_teks": VERSI} | ubah
    return client.post(f"/akseptor/catatan/{p.pk}/persetujuan/", isi, follow=True)


def ditandai(p) -> bool:
    """Whether the officer's queue flags it as without consent."""
    (satu,) = catatan_bulan([p.desa_id], p.tanggal.replace(day=1))[p.desa_id]
    return Jenis.PERSETUJUAN in satu.sebab


def test_sekali_tekan_di_halaman_ibu(dunia, client):
    p = catatan(dunia, tanggal=dt.date(2021, 7, 2))
    client.force_login(dunia.kader)
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert teks_berlaku() in halaman
    assert "Persetujuan ibu belum tercatat" in halaman
    assert ditandai(p)

    halaman = kirim(client, p).content.decode()
    assert "Persetujuan ibu tercatat." in halaman
    assert "Persetujuan ibu belum tercatat" not in halaman
    assert "mencatat persetujuan" in halaman
    assert f"Versi teks: kosong → <b>{VERSI}</b>" in halaman
    satu = Persetujuan.objects.get()
    assert (satu.akseptor_id, satu.versi_teks, satu.cara, satu.dicatat_oleh) == (
        p.akseptor_id,
        VERSI,
        "lisan",
        dunia.kader,
    )
    jejak = Jejak.objects.get(tindakan="mencatat persetujuan")
    assert (jejak.jenis, jejak.kunci, jejak.wilayah_id, jejak.oleh) == (
        "persetujuan",
        str(satu.pk),
        CITEKO,
        dunia.kader,
    )
    assert not ditandai(p)
    # What the officer saw of the record still stands.
    assert Pelayanan.objects.get(pk=p.pk).versi == p.versi


def test_dua_kali_tetap_satu(dunia, client):
    p = catatan(dunia)
    client.force_login(dunia.kader)
    kirim(client, p)
    kirim(client, p)
    assert Persetujuan.objects.count() == 1
    assert Jejak.objects.filter(tindakan="mencatat persetujuan").count() == 1


@pytest.mark.parametrize(
    ("ubah", "kalimat"),
    [
        ({"persetujuan_data": ""}, "Bacakan teks ini dan minta persetujuannya."),
        ({"versi_teks": "2019-1"}, "Kalimat persetujuannya sudah diperbarui"),
        ({"versi_teks": ""}, "Kalimat persetujuannya sudah diperbarui"),
    ],
)
def test_tanpa_centang_atau_dengan_kalimat_lama_ditolak(dunia, client, ubah, kalimat):
    p = catatan(dunia)
    client.force_login(dunia.kader)
    assert kalimat in kirim(client, p, **ubah).content.decode()
    assert not Persetujuan.objects.exists()


@pytest.mark.parametrize(
    ("tahap", "kalimat"),
    [
        (Tahap.TERVERIFIKASI, "sudah diverifikasi, jadi tidak bisa diubah"),
        (Tahap.BATAL, "sudah dibatalkan"),
        (Tahap.DITUNDA, "Tekan Lanjutkan lagi dulu"),
    ],
)
def test_yang_terkunci_ditolak_dengan_sebabnya(dunia, client, tahap, kalimat):
    p = catatan(dunia, tahap=tahap)
    client.force_login(dunia.kader)
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert kalimat in halaman
    assert "Catat persetujuan" not in halaman
    assert kalimat in kirim(client, p).content.decode()
    assert not Persetujuan.objects.exists()


def test_ibu_dengan_catatan_terkunci_dan_terbuka_tetap_bisa(dunia, client):
    lama = catatan(dunia, tanggal=dt.date(2021, 6, 20), tahap=Tahap.TERVERIFIKASI)
    baru = catatan(dunia, akseptor=lama.akseptor, status_peserta="ulangan")
    client.force_login(dunia.kader)
    assert f"/akseptor/catatan/{baru.pk}/persetujuan/" in client.get(f"/akseptor/{lama.akseptor_id}/").content.decode()


def test_yang_dikembalikan_diingatkan_untuk_dikirim_lagi(dunia, client):
    p = catatan(dunia, tahap=Tahap.DIKEMBALIKAN)
    client.force_login(dunia.kader)
    assert "tekan Perbaiki dan kirim lagi" in kirim(client, p).content.decode()


def test_hanya_kader_desanya(dunia, client):
    p, jauh = catatan(dunia), catatan(dunia, desa=NAGROG)
    with pytest.raises(Ditolak, match="Hanya kader"):
        actions.catat_persetujuan(dunia.plkb, cakupan(dunia.plkb), p.pk, VERSI)
    with pytest.raises(Ditolak, match="di luar wilayah"):
        actions.catat_persetujuan(dunia.kader, cakupan(dunia.kader), jauh.pk, VERSI)
    client.force_login(dunia.kader)
    assert kirim(client, jauh).status_code == 404
    assert not Persetujuan.objects.exists()


def test_petugas_melihat_siapa_mencatatnya(dunia, client):
    p = catatan(dunia)
    client.force_login(dunia.plkb)
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert "<b>belum tercatat</b>" in halaman
    assert "Catat persetujuan" not in halaman
    actions.catat_persetujuan(dunia.kader, cakupan(dunia.kader), p.pk, VERSI)
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert "lisan, 8 Juli 2021" in halaman
    assert f"dicatat Kader, teks {VERSI}" in halaman
