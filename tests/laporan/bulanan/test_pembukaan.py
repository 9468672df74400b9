"""A month is opened for every desa: once, however often, late or together; until somebody writes it is "belum"."""

import datetime as dt
import threading

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from kader.models import Jejak, Wilayah
from laporan import tasks
from laporan.bulanan import actions
from laporan.bulanan.lembar import buka
from laporan.bulanan.papan import bulan_desa, laporan_perlu_tindakan, papan
from laporan.bulanan.pembukaan import buka_bulan
from laporan.models import Formulir, LaporanBulanan
from poskb.celery import app
from poskb.dasar import waktu
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA, cakupan

JULI = dt.date(2021, 7, 1)


def terbuka() -> list[tuple[str, dt.date, int]]:
    return list(LaporanBulanan.semua.order_by("bulan", "desa").values_list("desa_id", "bulan", "versi"))


def semua(*bulan: dt.date) -> list[tuple[str, dt.date, int]]:
    return [(kode, b, 0) for b in bulan for kode in (DESA, TETANGGA)]


def test_dibuka_untuk_setiap_desa_dan_kedua_kali_tidak_menambah(c, capsys):
    assert buka_bulan() == 4
    assert terbuka() == semua(JUNI, JULI)
    assert buka_bulan() == 0
    tasks.buka_bulan()
    call_command("buka_bulan")
    assert "0 lembar baru" in capsys.readouterr().out
    assert terbuka() == semua(JUNI, JULI)
    assert not LaporanBulanan.objects.exists(), "a month that is only opened is no report"


def test_yang_sudah_ditulis_tidak_disentuh_dan_yang_setengah_terbuka_dilengkapi(c):
    laporan = pabrik.dikirim(c)
    sebelum = LaporanBulanan.objects.values().get()
    assert buka_bulan() == 3
    assert LaporanBulanan.objects.values().get() == sebelum
    assert terbuka() == [(DESA, JUNI, laporan.versi), (TETANGGA, JUNI, 0), (DESA, JULI, 0), (TETANGGA, JULI, 0)]
    pabrik.wilayah("32.14.01.2003", "Desa baru")
    assert buka_bulan() == 2
    assert LaporanBulanan.semua.bulan(JULI).count() == Wilayah.objects.desa().count() == 3


def test_yang_terlewat_dikejar(c, settings):
    settings.HARI_INI = "2021-03-01"
    buka_bulan()
    settings.HARI_INI = "2021-07-08"
    buka_bulan()
    bulan = LaporanBulanan.semua.order_by("bulan").values_list("bulan", flat=True).distinct()
    assert [b.month for b in bulan] == [2, 3, 4, 5, 6, 7]


def test_bulan_tanpa_formulir_dilewati(c):
    Formulir.objects.update(berlaku_mulai=JULI)
    assert buka_bulan() == 2
    assert terbuka() == semua(JULI)


@pytest.mark.parametrize("bulan", [dt.date(2021, n, 1) for n in range(1, 13)])
def test_setahun_bulan_berganti_tengah_malam_wib_bukan_utc(c, settings, monkeypatch, bulan):
    settings.HARI_INI = ""
    lalu = waktu.geser_bulan(bulan, -1)
    tepi = dt.datetime.combine(bulan, dt.time(), waktu.WIB)
    for saat, ada in (
        (tepi - dt.timedelta(seconds=1), False),
        (tepi, True),
        # 06.59 WIB: the day before by UTC.
        (tepi.replace(hour=6, minute=59), True),
    ):
        LaporanBulanan.semua.all().delete()
        monkeypatch.setattr(waktu, "jam_nyata", lambda saat=saat: saat.astimezone(waktu.WIB))
        buka_bulan()
        assert LaporanBulanan.semua.bulan(bulan).exists() is ada
        assert LaporanBulanan.semua.bulan(lalu).count() == 2
    assert saat.astimezone(dt.UTC).date() < bulan


def test_beat_membukanya_satu_menit_setelah_tengah_malam_wib(settings):
    app.loader.import_default_modules()
    jadwal = app.conf.beat_schedule["buka-bulan"]
    assert jadwal["task"] in app.tasks
    assert (str(app.conf.timezone), {1}, 24) == (
        "Asia/Jakarta",
        jadwal["schedule"].minute,
        len(jadwal["schedule"].hour),
    )


def test_yang_baru_dibuka_berarti_belum_di_mana_mana(c):
    sebelum = {siapa: pabrik.masuk(getattr(c, siapa)).get("/laporan/?bulan=2021-06") for siapa in ("kader", "dppkb")}
    buka_bulan()
    for siapa, dulu in sebelum.items():
        kini = pabrik.masuk(getattr(c, siapa)).get("/laporan/?bulan=2021-06").content.decode()
        assert kini.count("Belum diisi") == dulu.content.decode().count("Belum diisi") > 0
    assert [b.status for b in papan(cakupan(c.koordinator), JUNI)] == ["belum", "belum"]
    assert [b.bulan for b in laporan_perlu_tindakan(cakupan(c.kader)).belum_dikirim] == [JUNI]
    for siapa in (c.kader, c.plkb):
        halaman = pabrik.masuk(siapa).get(f"/laporan/{DESA}/2021-06/").content.decode()
        assert ("Belum diisi" in halaman, "Riwayat" in halaman) == (True, False)


def test_bulan_yang_pernah_dibuka_tetap_ditagih_sampai_dilaporkan(c, settings):
    settings.HARI_INI = "2021-05-02"
    buka_bulan()
    settings.HARI_INI = pabrik.HARI_INI
    buka_bulan()
    assert [b.bulan for b in bulan_desa(cakupan(c.kader)) if b.status == "belum"][1:] == [
        JUNI,
        MEI,
        dt.date(2021, 4, 1),
    ]
    # Her first page asks for what can still be sent: the period of the older ones is over.
    assert [b.bulan for b in laporan_perlu_tindakan(cakupan(c.kader)).belum_dikirim] == [JUNI]
    pabrik.dikirim(c, MEI)
    assert MEI not in [b.bulan for b in bulan_desa(cakupan(c.kader)) if b.status == "belum"]


def test_pembetulan_bulan_lalu_masih_mengalir_sampai_simpan_pertama(c):
    pabrik.draf(c, MEI, pabrik.isian(ppkbd_ada=1))
    buka_bulan()
    with pabrik.masanya(MEI):
        actions.simpan(c.kader, cakupan(c.kader), DESA, MEI, pabrik.isian(ppkbd_ada=2), 1)
    assert buka(DESA, JUNI).laporan.isi["ppkbd_ada"] == 2
    laporan = actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(ppkbd_ada=3), 0)
    assert (laporan.versi, buka(DESA, JUNI).laporan.isi["ppkbd_ada"]) == (1, 3)
    jejak = Jejak.objects.tentang(laporan).get()
    assert (jejak.tindakan, jejak.perubahan["ppkbd_ada"]) == ("simpan", [None, 3])


def test_yang_baru_dibuka_bukan_laporan_bulan_lalu(c):
    pabrik.draf(c, MEI, pabrik.isian(kie=4, baru_lalu_iud=6))
    buka_bulan()
    juli = buka(DESA, JULI)
    assert juli.laporan.isi["kie"] == 4, "the latest report is May's; June is only opened"
    assert juli.sd_lalu("iud") is None, "nobody reported June: the chain is broken"


def test_formulir_yang_berlaku_saat_ditulis_yang_dipakai(c):
    buka_bulan()
    baru = Formulir.objects.create(versi="baru", berlaku_mulai=JUNI, isi=Formulir.objects.get().isi)
    assert buka(DESA, JUNI).laporan.formulir == baru
    laporan = pabrik.draf(c)
    laporan.refresh_from_db()
    assert laporan.formulir == baru


def test_versi_nol_yang_berisi_ditolak_basis_data(c):
    buka_bulan()
    for kolom in ({"isi": {"kie": 1}}, {"nihil": True}, {"status": "dikirim"}, {"catatan_bagian": {"I": "x"}}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LaporanBulanan.semua.filter(desa=DESA, bulan=JUNI).update(**kolom)


def test_jumlah_kueri_tidak_bergantung_pada_jumlah_desa(c):
    def kueri() -> int:
        LaporanBulanan.semua.all().delete()
        with CaptureQueriesContext(connection) as tangkap:
            buka_bulan()
        return len(tangkap)

    sedikit = kueri()
    for nomor in range(10, 40):
        pabrik.wilayah(f"32.14.01.20{nomor}")
    assert kueri() == sedikit


@pytest.mark.django_db(transaction=True)
def test_dibuka_dan_ditulis_bersamaan_hanya_satu_yang_jadi(c):
    """Eight first saves and two openings at once: one save is the report, the others are told."""
    mulai, hasil = threading.Barrier(10), []

    def jalan(nomor: int) -> None:
        try:
            mulai.wait(10)
            if nomor >= 8:
                buka_bulan()
                return
            actions.simpan(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(rakor=nomor), 0)
            hasil.append(nomor)
        except actions.SudahBerubah:
            hasil.append("ditolak")
        finally:
            connections.close_all()

    utas = [threading.Thread(target=jalan, args=(n,)) for n in range(10)]
    for u in utas:
        u.start()
    for u in utas:
        u.join(30)
    pemenang = [h for h in hasil if h != "ditolak"]
    assert (len(hasil), len(pemenang)) == (8, 1)
    laporan = LaporanBulanan.objects.get()
    assert (laporan.versi, laporan.isi["rakor"]) == (1, pemenang[0])
    assert Jejak.objects.tentang(laporan).count() == 1
    assert terbuka() == [(DESA, JUNI, 1), (TETANGGA, JUNI, 0), (DESA, JULI, 0), (TETANGGA, JULI, 0)]
