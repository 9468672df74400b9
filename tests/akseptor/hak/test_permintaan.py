"""Requests, their deadlines, withdrawal and correction."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from akseptor import actions
from akseptor.actions import pasangan
from akseptor.duplikat import Ditanya, cari_kemiripan
from akseptor.enums import KeadaanPermintaan, SaluranPermintaan
from akseptor.models import Akseptor, Pelayanan, PermintaanSubjek, Persetujuan
from akseptor.rahasia import indeks_buta
from kader.actions import catat_jejak
from kader.models import Jejak
from laporan.ekspor.akseptor import daftar_akseptor, tanpa_nama
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.progres import yang_dihitung
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, cakupan, catatan, isian, nik_baru, permintaan

CARA = {"saluran": "langsung", "bukti_diri": "ktp"}


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def ajukan(dunia: Dunia, siapa: str, p: Pelayanan, jenis: str = "akses", **ubah: object) -> PermintaanSubjek:
    orang = getattr(dunia, siapa)
    return actions.ajukan(orang, cakupan(orang), p.akseptor_id, jenis, **(CARA | ubah))


def tarik(dunia: Dunia, p: Pelayanan, siapa: str = "kader") -> PermintaanSubjek:
    orang = getattr(dunia, siapa)
    return actions.tarik_persetujuan(orang, cakupan(orang), p.akseptor_id, **CARA)


# --- filing and answering ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("siapa", ["kader", "plkb", "koordinator", "dppkb"])
def test_tenggat_tepat_72_jam_sejak_disampaikan(dunia: Dunia, siapa: str) -> None:
    saat = sekarang() - dt.timedelta(hours=30)
    satu = ajukan(dunia, siapa, catatan(dunia), diterima_pada=saat)
    assert satu.tenggat == saat + dt.timedelta(hours=72)
    j = Jejak.objects.tentang(satu).get()
    assert (j.tindakan, j.oleh, j.orang) == ("mencatat permintaan", getattr(dunia, siapa), [satu.akseptor_id])


@pytest.mark.parametrize("jarak", [dt.timedelta(minutes=-1), dt.timedelta(days=61)])
def test_waktu_yang_mustahil_ditolak(dunia: Dunia, jarak: dt.timedelta) -> None:
    with pytest.raises(Ditolak, match="Waktu permintaan"):
        ajukan(dunia, "plkb", catatan(dunia), diterima_pada=sekarang() - jarak)


def test_di_luar_wilayah_dan_admin_ditolak(dunia: Dunia) -> None:
    p, jauh = catatan(dunia), catatan(dunia, desa=NAGROG)
    for siapa, mana in (("plkb", jauh), ("admin", p)):
        with pytest.raises(Ditolak, match="di luar wilayah"):
            ajukan(dunia, siapa, mana)


def test_dua_kali_yang_sama_satu_permintaan(dunia: Dunia) -> None:
    p = catatan(dunia)
    ajukan(dunia, "plkb", p)
    with pytest.raises(Ditolak, match="masih menunggu"):
        ajukan(dunia, "kader", p)
    ajukan(dunia, "kader", p, "koreksi")
    assert PermintaanSubjek.objects.count() == 2


def test_basis_data_menjaga_tenggat_dan_jawaban(dunia: Dunia) -> None:
    satu = permintaan(catatan(dunia))
    for ubah in (
        {"tenggat": satu.tenggat + dt.timedelta(hours=1)},
        {"keadaan": "dipenuhi"},
        {"jawaban": "x"},
        {"jenis": "lain"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            PermintaanSubjek.objects.filter(pk=satu.pk).update(**ubah)


def test_jawaban_oleh_petugas_jaga_sekali_saja(dunia: Dunia) -> None:
    satu = permintaan(catatan(dunia))
    for siapa in ("kader", "plkb", "koordinator", "admin"):
        with pytest.raises(Ditolak, match="petugas jaga"):
            actions.jawab(getattr(dunia, siapa), cakupan(getattr(dunia, siapa)), satu.pk, "sudah", dipenuhi=True)
    with pytest.raises(Ditolak, match="Tulis jawabannya"):
        actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, "  ", dipenuhi=True)
    hasil = actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, "Salinan diserahkan.", dipenuhi=True)
    assert (hasil.keadaan, hasil.tepat_waktu) == (KeadaanPermintaan.DIPENUHI, True)
    with pytest.raises(Ditolak, match="sudah dijawab"):
        actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, "lagi", dipenuhi=False)


# --- one order of locks ------------------------------------------------------------------------------------------
JALAN = {
    "akses": lambda d, s: actions.jawab(d.dppkb, cakupan(d.dppkb), s.pk, "sudah", dipenuhi=True),
    "hapus": lambda d, s: actions.penuhi_penghapusan(d.dppkb, cakupan(d.dppkb), s.pk),
    "koreksi": lambda d, s: actions.koreksi_data_diri(d.dppkb, cakupan(d.dppkb), s.pk, BETUL),
}


@pytest.mark.parametrize("jenis", JALAN)
def test_pasangan_dipegang_sebelum_permintaannya(dunia: Dunia, jenis: str) -> None:
    """A new consent holds the couple, then the request: the other way round the two would wait in a circle."""
    satu = permintaan(catatan(dunia), jenis)
    with CaptureQueriesContext(connection) as kueri:
        JALAN[jenis](dunia, satu)
    sql = [q["sql"] for q in kueri]
    permintaan_dipegang = next(n for n, s in enumerate(sql) if "permintaansubjek" in s and "FOR UPDATE" in s)
    assert "pg_advisory_xact_lock" in "".join(sql[:permintaan_dipegang])
    assert sum("pg_advisory_xact_lock" in s for s in sql[:permintaan_dipegang]) == 1


def test_pasangan_yang_baru_digabung_terhapus_seluruhnya(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """Joined to another row between the first look and the lock."""
    p, lain = catatan(dunia), catatan(dunia)
    satu = permintaan(p, "hapus")
    asli = pasangan.kunci_pasangan

    def dipegang(*kunci: object) -> None:
        asli(*kunci)
        Akseptor.objects.filter(pk=p.akseptor_id).update(pasangan=lain.pasangan)

    monkeypatch.setattr(pasangan, "kunci_pasangan", dipegang)
    actions.penuhi_penghapusan(dunia.dppkb, cakupan(dunia.dppkb), satu.pk)
    assert Akseptor.objects.filter(dihapus_pada__isnull=False).count() == 2


# --- withdrawal --------------------------------------------------------------------------------------------------
def test_penarikan_menghentikan_pemakaian_dan_meminta_penghapusan(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    hapus = tarik(dunia, p)
    satu = PermintaanSubjek.objects.get(jenis="tarik")
    assert (satu.keadaan, satu.tepat_waktu) == (KeadaanPermintaan.DIPENUHI, True)
    assert (hapus.jenis, hapus.saluran, hapus.terbuka) == ("hapus", SaluranPermintaan.SISTEM, True)
    assert hapus.tenggat == satu.tenggat
    client.force_login(dunia.kader)
    assert client.get("/akseptor/").context["halaman"].paginator.count == 0
    assert client.get("/hp/data.json").json()["catatan"] == []
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert p.akseptor.nama_istri not in halaman
    assert "Persetujuan ditarik" in halaman
    with pytest.raises(Ditolak, match="sudah ditarik"):
        tarik(dunia, p, "plkb")


def test_sesudah_penarikan_tidak_ada_yang_diubah_atau_dikunjungi(dunia: Dunia) -> None:
    p = catatan(dunia)
    tarik(dunia, p)
    p.refresh_from_db()
    kader, plkb = (dunia.kader, cakupan(dunia.kader)), (dunia.plkb, cakupan(dunia.plkb))
    for aksi in (
        lambda: actions.ubah(*kader, p.pk, isian(dunia, id=p.pk), versi=p.versi),
        lambda: actions.pindah_tahap(*kader, p.pk, "batal", alasan="tidak jadi"),
        lambda: actions.pindah_tahap(*plkb, p.pk, "kembalikan", alasan="periksa"),
        lambda: actions.catat(*kader, isian(dunia, id=p.pk)),
    ):
        with pytest.raises(Ditolak, match="menarik persetujuannya"):
            aksi()
    # The month can still be closed: the service is judged, not she.
    assert actions.pindah_tahap(*plkb, p.pk, "verifikasi").tahap == "terverifikasi"


@pytest.mark.parametrize(
    ("siapa", "rute"),
    [
        ("kader", "/akseptor/catatan/{p}/ubah/"),
        ("kader", "/akseptor/{a}/pelayanan-baru/"),
        ("plkb", "/kunjungan/{p}/"),
        ("plkb", "/akseptor/{a}/"),
        ("plkb", "/jejak/orang/{a}/"),
        ("plkb", "/kunjungan/?bulan=2021-07"),
        ("plkb", "/dasbor/32.14.04.2006/catatan/?kampanye={k}"),
    ],
)
def test_tidak_ada_halaman_yang_menyebut_namanya_lagi(dunia: Dunia, client: Client, siapa: str, rute: str) -> None:
    p = catatan(dunia)
    nama = p.akseptor.nama_istri
    Akseptor.objects.filter(pk=p.akseptor_id).update(nama_suami="Ujang Koswara")
    catat_jejak(dunia.kader, "mengubah", p, wilayah=CITEKO, perubahan={"nama_istri": ["", nama]})
    hitung_ulang_semua()
    tarik(dunia, p)
    client.force_login(getattr(dunia, siapa))
    jawaban = client.get(rute.format(p=p.pk, a=p.akseptor_id, k=dunia.kampanye.pk), follow=True)
    assert jawaban.status_code == 200
    assert nama not in jawaban.content.decode()
    assert "Ujang Koswara" not in jawaban.content.decode()


def test_penarikan_tidak_mengubah_hitungan_tetapi_daftar_bernama(dunia: Dunia) -> None:
    p, lain = catatan(dunia), catatan(dunia)
    hitung_ulang_semua()
    bulan = HARI.replace(day=1)
    tarik(dunia, p)
    assert hitung_ulang_semua() == []
    assert yang_dihitung(dunia.kampanye).count() == 2
    petugas = cakupan(dunia.plkb)
    daftar, orang = daftar_akseptor(petugas, bulan)
    assert ([b[1] for b in daftar.baris], orang) == ([lain.akseptor.nama_istri], {lain.akseptor_id})
    assert tanpa_nama(petugas, bulan) == 1


def test_yang_ditarik_tidak_ditawarkan_sebagai_orang_yang_sama(dunia: Dunia) -> None:
    p = catatan(dunia)
    siapa = Ditanya(p.akseptor.nama_istri, p.akseptor.tanggal_lahir_istri, "Jajang", p.akseptor.nik_istri)
    assert cari_kemiripan([siapa], cakupan(dunia.kader))[0]
    tarik(dunia, p)
    assert cari_kemiripan([siapa], cakupan(dunia.kader)) == [[]]


def test_nik_yang_sama_tetap_satu_pasangan_sesudah_penarikan(dunia: Dunia) -> None:
    """Not to count her twice: until her data is erased her NIK still says who she is."""
    p = catatan(dunia)
    tarik(dunia, p)
    baru, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=p.akseptor.nik_istri))
    assert baru.pasangan == p.pasangan


def test_persetujuan_baru_membuka_lagi(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia, tahap="terverifikasi")
    Persetujuan.objects.create(
        akseptor=p.akseptor, versi_teks="2021-1", diberikan_pada=p.diterima_pada, dicatat_oleh=dunia.kader
    )
    hapus = tarik(dunia, p)
    client.force_login(dunia.kader)
    halaman = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert "Bila ibu setuju lagi" in halaman
    client.post(f"/akseptor/catatan/{p.pk}/persetujuan/", {"persetujuan_data": "on", "versi_teks": "2021-1"})
    assert Akseptor.objects.get(pk=p.akseptor_id).ditarik_pada is None
    assert Persetujuan.objects.filter(akseptor=p.akseptor).count() == 2
    hapus.refresh_from_db()
    assert (hapus.keadaan, "setuju lagi" in hapus.jawaban) == (KeadaanPermintaan.DITOLAK, True)
    assert "ditarik_pada" in Jejak.objects.get(tindakan="mencatat persetujuan").perubahan


def test_penghapusan_yang_diminta_sendiri_tidak_ikut_batal(dunia: Dunia) -> None:
    p = catatan(dunia)
    sendiri = ajukan(dunia, "plkb", p, "hapus")
    assert tarik(dunia, p) == sendiri
    actions.catat_persetujuan(dunia.kader, cakupan(dunia.kader), p.pk, "2021-1")
    sendiri.refresh_from_db()
    assert sendiri.terbuka


# --- correction --------------------------------------------------------------------------------------------------
BETUL = {
    "nama_istri": "Euis Betul",
    "tanggal_lahir_istri": dt.date(1991, 4, 5),
    "nama_suami": "Asep",
    "no_hp": "+628111",
    "rt": "001",
    "rw": "002",
    "alamat": "Kampung Baru",
}


def test_data_diri_dibetulkan_walau_laporannya_terkunci(dunia: Dunia) -> None:
    p = catatan(dunia, tahap="terverifikasi")
    satu = permintaan(p, "koreksi")
    nik = nik_baru(BETUL["tanggal_lahir_istri"])
    actions.koreksi_data_diri(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, BETUL | {"nik_istri": nik})
    a = Akseptor.objects.get(pk=p.akseptor_id)
    assert {n: getattr(a, n) for n in BETUL} == BETUL
    assert (a.nik_istri, a.nik_indeks) == (nik, indeks_buta(nik))
    j = Jejak.objects.get(tindakan="membetulkan data diri")
    assert (j.perubahan["nama_istri"], j.perubahan["nik_istri"]) == (
        [p.akseptor.nama_istri, "Euis Betul"],
        ["•", "•"],
    )
    assert PermintaanSubjek.objects.get(pk=satu.pk).terbuka


def test_nik_milik_orang_lain_dan_gabungan_tidak_disentuh(dunia: Dunia) -> None:
    p, lain = catatan(dunia), catatan(dunia)
    satu = permintaan(p, "koreksi")
    with pytest.raises(Ditolak, match="catatan lain"):
        actions.koreksi_data_diri(
            dunia.dppkb, cakupan(dunia.dppkb), satu.pk, BETUL | {"nik_istri": lain.akseptor.nik_istri}
        )
    catatan(dunia, pasangan=p.pasangan)
    with pytest.raises(Ditolak, match="digabung"):
        actions.koreksi_data_diri(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, BETUL | {"nik_istri": nik_baru()})
    assert Akseptor.objects.get(pk=p.akseptor_id).nama_istri == p.akseptor.nama_istri


@pytest.mark.django_db(transaction=True)
def test_dua_petugas_menjawab_bersamaan_satu_yang_menang() -> None:
    dunia = buat_dunia()
    satu = permintaan(catatan(dunia))
    hasil: list[str] = []
    mulai = threading.Barrier(2)

    def jawab() -> None:
        mulai.wait()
        try:
            actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, "sudah", dipenuhi=True)
            hasil.append("ya")
        except Ditolak as tolak:
            hasil.append(tolak.pesan)
        finally:
            connection.close()

    kerja = [threading.Thread(target=jawab) for _ in range(2)]
    for k in kerja:
        k.start()
    for k in kerja:
        k.join()
    assert sorted(len(h) == 2 for h in hasil) == [False, True]
    assert Jejak.objects.filter(tindakan="menjawab permintaan").count() == 1
    # What the factories wrote without a word was written down at their COMMIT, what the act did was not said twice.
    assert Jejak.objects.filter(tindakan="berubah di luar aplikasi", jenis="pelayanan").count() == 1
    assert not Jejak.objects.filter(tindakan="ikut berubah").exists()
    assert satu.akseptor.desa_id == CITEKO
