"""The tick: only on approved numbers, undone, in history; and exactly which numbers changed since."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kader.models import Jejak
from laporan.bulanan import actions as bulanan
from laporan.bulanan.lembar import buka
from laporan.models import InputSiga, LaporanBulanan
from laporan.siga import actions
from laporan.siga.beda import Beda, tanda_laporan
from laporan.siga.daftar import daftar_siga
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, TETANGGA

URL = "/laporan/siga/"


def tandai(siapa, *kode: str) -> int:
    versi = dict(LaporanBulanan.objects.values_list("desa_id", "versi"))
    return actions.tandai(siapa, pabrik.cakupan(siapa), JUNI, {k: versi.get(k, 0) for k in kode or (DESA,)})


def isian(client, *kode: str) -> dict[str, object]:
    """What the list sends when these desa are chosen on the page as it is now."""
    versi = {b.desa.kode: b.tanda.lembar.laporan.versi for b in client.get(URL + "?bulan=2021-06").context["baris"]}
    return {"bulan": "2021-06", "desa": kode} | {f"versi-{k}": v for k, v in versi.items()}


def ubah_dan_setujui_lagi(c, **angka: int) -> None:
    laporan = LaporanBulanan.objects.get()
    bulanan.buka_kembali(c.dppkb, pabrik.cakupan(c.dppkb), DESA, JUNI, "angka keliru", laporan.versi)
    versi = LaporanBulanan.objects.get().versi
    bulanan.kirim(c.kader, pabrik.cakupan(c.kader), DESA, JUNI, pabrik.isian(**angka), versi)
    versi = LaporanBulanan.objects.get().versi
    bulanan.setujui(c.plkb, pabrik.cakupan(c.plkb), DESA, JUNI, versi)


@pytest.mark.parametrize("siapa", ["plkb", "koordinator", "dppkb"])
def test_ditandai_dan_dibatalkan_dengan_riwayat(c, siapa):
    pabrik.disetujui(c)
    orang = getattr(c, siapa)
    assert tandai(orang) == 1
    tanda = InputSiga.objects.get()
    assert (tanda.oleh, tanda.versi) == (orang, LaporanBulanan.objects.get().versi)
    actions.batalkan(orang, pabrik.cakupan(orang), JUNI, DESA)
    assert not InputSiga.objects.exists()
    jejak = [j.tindakan for j in Jejak.objects.tentang(LaporanBulanan.objects.get())][:2]
    assert jejak == [actions.BATALKAN, actions.TANDAI]
    with pytest.raises(Ditolak, match="tidak bertanda"):
        actions.batalkan(orang, pabrik.cakupan(orang), JUNI, DESA)


@pytest.mark.parametrize("keadaan", ["draf", "dikirim", "dikembalikan"])
def test_yang_belum_disetujui_ditolak(c, keadaan):
    pabrik.KEADAAN[keadaan](c)
    with pytest.raises(Ditolak, match="belum disetujui"):
        tandai(c.plkb)
    assert not InputSiga.objects.exists()


@pytest.mark.parametrize(
    ("siapa", "kata"), [("kader", "hanya dipasang"), ("admin", "hanya dipasang"), ("plkb_lain", "di luar wilayah")]
)
def test_yang_tidak_berhak_ditolak(c, siapa, kata):
    pabrik.disetujui(c)
    with pytest.raises(Ditolak, match=kata):
        tandai(getattr(c, siapa))
    assert not InputSiga.objects.exists()


def test_satu_yang_belum_menggagalkan_semua(c):
    pabrik.disetujui(c)
    with pytest.raises(Ditolak, match="belum disetujui"):
        tandai(c.koordinator, DESA, TETANGGA)
    assert not InputSiga.objects.exists()


def test_tanpa_pilihan_ditolak(c):
    with pytest.raises(Ditolak, match="Pilih sedikitnya satu"):
        actions.tandai(c.plkb, pabrik.cakupan(c.plkb), JUNI, {})


def test_angka_yang_berubah_disebut_satu_per_satu(c):
    pabrik.disetujui(c, JUNI, pabrik.isian(kie=3, rakor=1))
    tandai(c.plkb)
    assert tanda_laporan(buka(DESA, JUNI)).keadaan == "sudah"
    ubah_dan_setujui_lagi(c, kie=5, rakor=1, baru_target_iud=4)
    satu = tanda_laporan(buka(DESA, JUNI))
    assert satu.keadaan == "berubah"
    assert satu.beda == [
        Beda("II. Kegiatan bulan ini, KIE/penyuluhan", 3, 5),
        Beda("V. Peserta KB baru (PB): IUD, Target", 0, 4),
        Beda("V. Peserta KB baru (PB): IUD, Sisa", 0, 4),
    ]
    tandai(c.plkb)
    assert tanda_laporan(buka(DESA, JUNI)).beda == []


def test_halaman_basi_tidak_menandai_angka_yang_tidak_diketik(c):
    """SIGA holds what she read. Were the newer numbers kept with the tick, nobody would be told of the difference."""
    pabrik.disetujui(c, JUNI, pabrik.isian(kie=3))
    client = pabrik.masuk(c.plkb)
    lama, versi = isian(client, DESA), LaporanBulanan.objects.get().versi
    ubah_dan_setujui_lagi(c, kie=5)
    for jawab in (
        client.post(URL, lama),
        client.post(URL, {"bulan": "2021-06", "desa": DESA}),
        client.post(f"/laporan/{DESA}/2021-06/siga/", {"versi": versi}, follow=True),
        client.post(f"/laporan/{DESA}/2021-06/siga/", follow=True),
    ):
        assert "berubah sejak halaman Anda dibuka, jadi belum ada yang ditandai" in jawab.content.decode()
    assert not InputSiga.objects.exists()
    assert client.post(URL, isian(client, DESA)).status_code == 302


def test_tanpa_token_pilihannya_kembali(c):
    pabrik.disetujui(c)
    client = Client(enforce_csrf_checks=True)
    client.force_login(c.plkb)
    jawab = client.post(URL, isian(client, DESA))
    assert jawab.status_code == 403
    assert f'id="desa-{DESA}" checked' in jawab.content.decode()
    assert not InputSiga.objects.exists()


@pytest.mark.parametrize("kode", ["32.14.99.9999", "32.14", "32.14.\x00", f"{DESA}.\x00", "32.14." + "9" * 90])
def test_kode_yang_bukan_desa_menjadi_kalimat(c, kode):
    pabrik.disetujui(c)
    client = pabrik.masuk(c.dppkb)
    jawab = client.post(URL, isian(client, DESA) | {"desa": [DESA, kode]})
    assert jawab.status_code == 409
    assert "dari daftar" in jawab.content.decode()
    assert not InputSiga.objects.exists()


def test_dibuka_kembali_tanpa_ubahan_bukan_perubahan(c):
    pabrik.disetujui(c)
    tandai(c.plkb)
    versi = LaporanBulanan.objects.get().versi
    bulanan.buka_kembali(c.dppkb, pabrik.cakupan(c.dppkb), DESA, JUNI, "diperiksa", versi)
    satu = tanda_laporan(buka(DESA, JUNI))
    assert (satu.keadaan, satu.beda) == ("dibuka", [])
    with pytest.raises(Ditolak, match="belum disetujui"):
        tandai(c.plkb)
    isi = pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-06/").content.decode()
    assert "angkanya sama dengan yang diinput" in isi


def test_halaman_laporan_dan_daftar(c):
    pabrik.disetujui(c, JUNI, pabrik.isian(kie=3))
    client = pabrik.masuk(c.plkb)
    laporan = f"/laporan/{DESA}/2021-06/"
    assert "Sudah diinput ke SIGA</button>" in client.get(laporan).content.decode()
    assert f'name="versi-{DESA}" value="3"' in client.get(URL + "?bulan=2021-06").content.decode()
    assert client.post(URL, isian(client, DESA)).status_code == 302
    assert "1 sudah" in client.get(URL + "?bulan=2021-06").content.decode()
    ubah_dan_setujui_lagi(c, kie=1250)
    for alamat in (laporan, URL + "?bulan=2021-06"):
        isi = client.get(alamat).content.decode()
        assert "KIE/penyuluhan" in isi
        assert "<b>1.250</b>" in isi
    versi = client.get(laporan).context["laporan"].versi
    assert f'name="versi" value="{versi}"' in client.get(laporan).content.decode().split('id="judul-siga"')[1]
    assert client.post(laporan + "siga/", {"versi": versi}).status_code == 302
    assert not tanda_laporan(buka(DESA, JUNI)).beda
    assert client.post(laporan + "siga/batal/", {"lanjut": "siga"})["Location"] == URL + "?bulan=2021-06"
    assert client.post(URL, {"bulan": "2021-06"}).status_code == 409
    assert client.get(URL + "?bulan=2021-99").status_code == 404
    assert pabrik.masuk(c.kader).get(laporan).content.decode().count("siga/") == 0


def test_jumlah_kueri_menandai_tidak_bergantung_pada_jumlah_desa(c):
    def kueri(banyak: int) -> int:
        for nomor in range(banyak):
            pabrik.laporan_dikirim(c, f"32.14.02.2{banyak}{nomor:02d}")
        LaporanBulanan.objects.exclude(status="disetujui").update(
            status="disetujui",
            disetujui_oleh=c.plkb,
            disetujui_pada=sekarang(),
            dihitung={"baru": {}, "sd_lalu": {}, "catatan": [], "peran": {}},
        )
        with CaptureQueriesContext(connection) as tangkap:
            assert tandai(c.dppkb, *LaporanBulanan.objects.values_list("desa_id", flat=True)) >= banyak
        return len(tangkap)

    assert kueri(1) == kueri(9)
    assert Jejak.objects.filter(tindakan=actions.TANDAI).count() == 11


def test_jumlah_kueri_daftar_tidak_bergantung_pada_jumlah_desa(c):
    pabrik.disetujui(c)
    tandai(c.plkb)
    ubah_dan_setujui_lagi(c, kie=1)

    def kueri() -> int:
        with CaptureQueriesContext(connection) as tangkap:
            assert daftar_siga(pabrik.cakupan(c.dppkb), JUNI)
        return len(tangkap)

    awal = kueri()
    for nomor in range(10, 25):
        pabrik.wilayah(f"32.14.02.20{nomor}")
    assert kueri() == awal
