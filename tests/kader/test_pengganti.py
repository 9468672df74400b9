"""Substitute officers: appointed and ended with dates, refused in sentences, seeing exactly what and when they should."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kader import penggantian
from kader.enums import Peran
from kader.models import Jejak, Pengguna, Penugasan
from kader.models.penugasan import cakupan_pengguna
from kader.petugas import daftar_pengganti
from poskb.dasar.tolak import Ditolak
from tests import tenggat as baris
from tests.alat import (
    CITEKO,
    GANDASOLI,
    HARI,
    KABUPATEN,
    NAGROG,
    PLERED,
    WANASARI,
    Dunia,
    buat_dunia,
    cakupan,
    catatan,
    orang,
)

MULAI, SELESAI = dt.date(2021, 7, 10), dt.date(2021, 7, 16)
LAIN = "32.14.04.2009"


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    from kader.models import Wilayah

    Wilayah.objects.create(kode=LAIN, nama="Anjun", tingkat="desa", jenis="desa", induk_id=PLERED)
    orang("plkb_lain", Peran.PLKB, LAIN)
    return satu


def pengganti() -> Pengguna:
    return Pengguna.objects.get(nama_masuk="plkb_lain")


def tunjuk(dunia: Dunia, oleh: str = "koordinator", **ubah: object) -> list[Penugasan]:
    siapa = getattr(dunia, oleh)
    isi = {
        "petugas": dunia.plkb,
        "pengganti": pengganti(),
        "kode_desa": [CITEKO, GANDASOLI],
        "mulai": MULAI,
        "selesai": SELESAI,
        "alasan": "cuti",
    }
    return penggantian.tunjuk(siapa, cakupan(siapa), **(isi | ubah))


def potret() -> list[tuple]:
    return [*Penugasan.objects.order_by("pk").values_list(), Jejak.objects.count()]


@pytest.mark.parametrize(
    ("hari", "melihat"),
    [("2021-07-09", False), ("2021-07-10", True), ("2021-07-16", True), ("2021-07-17", False)],
)
def test_pengganti_melihat_desa_tepat_pada_harinya(
    dunia: Dunia, client: Client, settings: object, hari: str, melihat: bool
) -> None:
    p = catatan(dunia)
    tunjuk(dunia)
    settings.HARI_INI = hari
    client.force_login(pengganti())
    assert client.get(f"/akseptor/{p.akseptor_id}/").status_code == (200 if melihat else 404)
    assert (CITEKO in cakupan_pengguna(pengganti(), dt.date.fromisoformat(hari), KABUPATEN).kode) is melihat
    assert CITEKO in cakupan_pengguna(dunia.plkb, dt.date.fromisoformat(hari), KABUPATEN).kode
    beranda = client.get("/").content.decode()
    assert ("Anda menggantikan Plkb sampai 16 Juli 2021." in beranda) is melihat
    bertugas = Penugasan.objects.petugas_desa(CITEKO, dt.date.fromisoformat(hari)).pengguna
    assert bertugas == (pengganti() if melihat else dunia.plkb)


def test_petugas_tetap_dan_kader_tahu_siapa_pengganti(dunia: Dunia, client: Client, settings: object) -> None:
    tunjuk(dunia)
    settings.HARI_INI = "2021-07-12"
    client.force_login(dunia.plkb)
    assert "Anda digantikan Plkb Lain sampai 16 Juli 2021 di 2 desa." in client.get("/").content.decode()
    client.force_login(dunia.kader)
    assert "petugas: Plkb Lain (pengganti sampai 16 Juli)" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        ({"selesai": MULAI - dt.timedelta(days=1)}, "tidak boleh sebelum tanggal mulai"),
        ({"mulai": HARI - dt.timedelta(days=1)}, "sudah lewat"),
        ({"selesai": dt.date(2031, 7, 16)}, "lebih dari setahun"),
        ({"mulai": dt.date(2031, 7, 1), "selesai": dt.date(2031, 7, 2)}, "lebih dari setahun"),
        ({"alasan": " \x00 "}, "alasannya"),
        ({"alasan": "x" * 301}, "paling panjang 300"),
        ({"alasan": "hubungi 0812-3456-7890"}, "nomor HP"),
        ({"kode_desa": []}, "sedikitnya satu desa"),
        ({"kode_desa": [CITEKO, NAGROG]}, "di luar wilayah tugas"),
        ({"kode_desa": [CITEKO, LAIN]}, "Anjun, Kec. Plered bukan desa binaan Plkb"),
    ],
)
def test_ditolak_dengan_kalimat_dan_tidak_menulis(dunia: Dunia, ubah: dict, kata: str) -> None:
    sebelum = potret()
    with pytest.raises(Ditolak, match=kata):
        tunjuk(dunia, **ubah)
    assert potret() == sebelum


@pytest.mark.parametrize(
    ("siapa", "kata"),
    [
        ("kader", "harus petugas PLKB"),
        ("koordinator", "harus petugas PLKB"),
        ("plkb", "dirinya sendiri"),
        ("plkb_jauh", "tidak bertugas di wilayah Anda"),
    ],
)
def test_pengganti_yang_keliru_ditolak(dunia: Dunia, siapa: str, kata: str) -> None:
    with pytest.raises(Ditolak, match=kata):
        tunjuk(dunia, pengganti=getattr(dunia, siapa))
    Pengguna.objects.filter(nama_masuk="plkb_lain").update(is_active=False)
    with pytest.raises(Ditolak, match="masih aktif"):
        tunjuk(dunia)


def test_dppkb_boleh_memilih_dari_kecamatan_lain(dunia: Dunia) -> None:
    assert len(tunjuk(dunia, "dppkb", pengganti=dunia.plkb_jauh)) == 2


@pytest.mark.parametrize("siapa", ["kader", "plkb", "admin"])
def test_peran_lain_tidak_menunjuk_dan_tidak_mengakhiri(dunia: Dunia, siapa: str) -> None:
    tugas = tunjuk(dunia)[0]
    sebelum, oleh = potret(), getattr(dunia, siapa)
    with pytest.raises(Ditolak, match="koordinator atau DPPKB"):
        tunjuk(dunia, siapa, mulai=dt.date(2021, 8, 1), selesai=dt.date(2021, 8, 2))
    with pytest.raises(Ditolak, match="koordinator atau DPPKB"):
        penggantian.akhiri(oleh, cakupan(oleh), tugas.pk)
    assert potret() == sebelum


@pytest.mark.parametrize(
    ("mulai", "selesai", "bentrok"), [(8, 9, False), (8, 10, True), (12, 13, True), (16, 20, True), (17, 20, False)]
)
def test_dua_pengganti_pada_hari_yang_sama_ditolak(dunia: Dunia, mulai: int, selesai: int, bentrok: bool) -> None:
    tunjuk(dunia, kode_desa=[CITEKO])
    isi = {"mulai": dt.date(2021, 7, mulai), "selesai": dt.date(2021, 7, selesai)}
    if bentrok:
        with pytest.raises(
            Ditolak, match=r"Citeko, Kec\. Plered sudah punya pengganti: Plkb Lain, mulai 10 Juli 2021"
        ):
            tunjuk(dunia, **isi)
        assert Penugasan.objects.filter(pengganti=True).count() == 1
    else:
        assert len(tunjuk(dunia, **isi)) == 2


@pytest.mark.django_db(transaction=True)
def test_dua_koordinator_serentak_satu_yang_jadi() -> None:
    satu = buat_dunia()
    lain = orang("plkb_lain", Peran.PLKB)

    def jalan(_: int) -> bool:
        try:
            tunjuk(satu, "dppkb", pengganti=lain)
        except Ditolak:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as kolam:
        assert sorted(kolam.map(jalan, range(4))) == [False, False, False, True]
    assert Penugasan.objects.filter(pengganti=True).count() == 2


def test_yang_berjalan_diakhiri_berhenti_seketika(dunia: Dunia, settings: object) -> None:
    tugas = tunjuk(dunia)
    settings.HARI_INI = "2021-07-12"
    assert penggantian.akhiri(dunia.koordinator, cakupan(dunia.koordinator), tugas[1].pk) == 2
    assert set(Penugasan.objects.filter(pengganti=True).values_list("selesai", flat=True)) == {dt.date(2021, 7, 11)}
    assert CITEKO not in cakupan_pengguna(pengganti(), dt.date(2021, 7, 12), KABUPATEN).kode
    with pytest.raises(Ditolak, match="sudah berakhir"):
        penggantian.akhiri(dunia.koordinator, cakupan(dunia.koordinator), tugas[0].pk)


@pytest.mark.parametrize("hari", ["2021-07-08", "2021-07-10"])
def test_yang_belum_sehari_dibatalkan_dan_riwayatnya_tinggal(
    dunia: Dunia, client: Client, settings: object, hari: str
) -> None:
    tugas = tunjuk(dunia)
    settings.HARI_INI = hari
    client.force_login(dunia.koordinator)
    client.post(f"/petugas/pengganti/{tugas[0].pk}/akhiri/")
    assert not Penugasan.objects.filter(pengganti=True).exists()
    isi = client.get("/petugas/").content.decode()
    assert isi.count("Membatalkan pengganti") == 1
    assert "Plkb Lain menggantikan Plkb, 10 Juli 2021 sampai 16 Juli 2021" in isi
    with pytest.raises(Ditolak, match="sudah dibatalkan"):
        penggantian.akhiri(dunia.koordinator, cakupan(dunia.koordinator), tugas[0].pk)


def test_akhiri_tidak_menyentuh_desa_di_luar_wilayah(dunia: Dunia, settings: object) -> None:
    lain = {"petugas": dunia.plkb_jauh, "kode_desa": [NAGROG, WANASARI]}
    milik, jauh = tunjuk(dunia)[0], tunjuk(dunia, "dppkb", **lain)[0]
    with pytest.raises(Ditolak, match="di luar wilayah tugas"):
        penggantian.akhiri(dunia.koordinator, cakupan(dunia.koordinator), jauh.pk)
    penggantian.akhiri(dunia.koordinator, cakupan(dunia.koordinator), milik.pk)
    assert set(Penugasan.objects.filter(pengganti=True).values_list("wilayah", flat=True)) == {NAGROG, WANASARI}


def test_penugasan_tetap_tidak_dapat_diakhiri_di_sini(dunia: Dunia, client: Client) -> None:
    tetap = Penugasan.objects.get(wilayah=CITEKO, sebagai=Peran.PLKB)
    client.force_login(dunia.koordinator)
    for nomor in (tetap.pk, 999_999, 10**30):
        assert client.post(f"/petugas/pengganti/{nomor}/akhiri/").status_code == 404
    tetap.refresh_from_db()
    assert tetap.selesai is None


def data(**ubah: object) -> dict:
    isi = {"desa": [CITEKO], "mulai": "2021-07-10", "selesai": "2021-07-16", "alasan": "cuti tahunan"}
    return isi | {"pengganti": pengganti().pk} | ubah


def test_lewat_halaman(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.koordinator)
    url = f"/petugas/{dunia.plkb.pk}/pengganti/"
    pilihan = client.get(url).content.decode()
    assert "Plkb Lain" in pilihan
    assert "Plkb Jauh" not in pilihan
    assert client.post(url, data()).status_code == 302
    (satu,) = daftar_pengganti(cakupan(dunia.koordinator))
    assert (satu.pengganti, satu.menggantikan, satu.alasan) == (pengganti(), ["Plkb"], "cuti tahunan")
    assert [d.kode for d in satu.desa] == [CITEKO]
    isi = client.get("/petugas/").content.decode()
    assert "menggantikan Plkb, 10 Juli 2021 sampai 16 Juli 2021" in isi
    assert client.get(f"/petugas/{dunia.plkb_jauh.pk}/pengganti/").status_code == 404
    assert client.get(f"/petugas/{10**30}/pengganti/").status_code == 404


@pytest.mark.parametrize(
    ("ubah", "status", "kata"),
    [
        ({"desa": []}, 422, "sedikitnya satu desa"),
        ({"desa": [NAGROG]}, 422, "bukan desa binaan"),
        ({"desa": ["\x00"]}, 422, "bukan desa binaan"),
        ({"pengganti": "x"}, 422, "tidak dapat dipilih"),
        ({"pengganti": "9" * 30}, 422, "tidak dapat dipilih"),
        ({"mulai": "31-02-2021"}, 422, "tidak ada di kalender"),
        ({"selesai": "2021-07-09"}, 409, "tidak boleh sebelum tanggal mulai"),
        ({"mulai": "2021-07-01"}, 409, "sudah lewat"),
    ],
)
def test_masukan_buruk_menjadi_kalimat_dan_ketikan_tetap(
    dunia: Dunia, client: Client, ubah: dict, status: int, kata: str
) -> None:
    client.force_login(dunia.koordinator)
    jawaban = client.post(f"/petugas/{dunia.plkb.pk}/pengganti/", data(**ubah))
    assert jawaban.status_code == status
    assert kata in jawaban.content.decode()
    assert "cuti tahunan" in jawaban.content.decode()
    assert not Penugasan.objects.filter(pengganti=True).exists()


def test_csrf_gagal_ketikan_tetap_ada(dunia: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.koordinator)
    jawaban = client.post(f"/petugas/{dunia.plkb.pk}/pengganti/", data())
    assert jawaban.status_code == 403
    assert "cuti tahunan" in jawaban.content.decode()
    assert not Penugasan.objects.filter(pengganti=True).exists()


def test_pengganti_menyetujui_atas_namanya_sendiri(dunia: Dunia, settings: object) -> None:
    tunjuk(dunia)
    p = catatan(dunia)
    settings.HARI_INI = "2021-07-12"
    client = Client()
    client.force_login(pengganti())
    client.post(f"/akseptor/catatan/{p.pk}/verifikasi/", {"versi": p.versi})
    p.refresh_from_db()
    assert (p.tahap, p.diverifikasi_oleh) == ("terverifikasi", pengganti())


def test_kueri_tidak_ikut_jumlah_petugas(dunia: Dunia, client: Client) -> None:
    from kader.models import Wilayah

    def hitung(siapa: Pengguna, url: str) -> int:
        client.force_login(siapa)
        with CaptureQueriesContext(connection) as tangkap:
            assert client.get(url).status_code == 200
        return len(tangkap)

    tunjuk(dunia)
    baris.penggantian(LAIN)
    semua = [(dunia.koordinator, "/petugas/"), (dunia.dppkb, "/petugas/"), (dunia.plkb, "/")]
    awal = [hitung(*s) for s in semua]
    for nomor in range(20):
        kode = f"{PLERED}.21{nomor:02}"
        Wilayah.objects.create(kode=kode, nama=kode, tingkat="desa", jenis="desa", induk_id=PLERED)
        orang(f"tambahan{nomor}", Peran.PLKB, kode)
        baris.penggantian(kode)
    assert [hitung(*s) for s in semua] == awal
