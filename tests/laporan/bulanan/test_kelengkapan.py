"""What a sent report must satisfy: complete, parts within wholes, a reason per difference, nihil, balance."""

import pytest

from kader.models import Jejak
from laporan.bulanan import actions
from laporan.bulanan.kelengkapan import Isian
from laporan.models import LaporanBulanan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, cakupan


def kirim(c, satu, versi=0):
    return actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, satu, versi)


def kurang(c, satu):
    """Send; return what keeps it back, having seen that nothing was written."""
    sebelum = pabrik.potret()
    with pytest.raises(actions.BelumLengkap) as galat:
        kirim(c, satu)
    assert pabrik.potret() == sebelum
    return galat.value.kekurangan


def test_yang_kosong_disebut_satu_per_satu(c):
    semua = kurang(c, Isian({}, {}))
    assert set(semua) == set(pabrik.isian().isi)
    assert set(semua.values()) == {"Isi 0 bila tidak ada."}


@pytest.mark.parametrize(
    ("isi", "kolom"),
    [
        ({"ppkbd_ada": 1, "ppkbd_dilaporkan": 2}, "ppkbd_dilaporkan"),
        ({"bkb_anggota": 5, "bkb_anggota_pus": 6}, "bkb_anggota_pus"),
        ({"uppka_anggota": 9, "uppka_masih_pus": 5, "uppka_pus_kb": 6}, "uppka_pus_kb"),
    ],
)
def test_bagian_tidak_melebihi_keseluruhan(c, isi, kolom):
    assert set(kurang(c, pabrik.isian(**isi))) == {kolom}


def test_selisih_dengan_catatan_perlu_alasan_per_metode(c):
    pabrik.pelayanan()
    satu = pabrik.isian(baru_ini_implan=3, baru_ini_iud=1, alasan={"iud": "Satu dilayani di Karawang"})
    assert kurang(c, satu) == {"alasan_implan": "Tulis mengapa berbeda: tercatat 1, dilaporkan 3."}
    laporan = kirim(c, pabrik.isian(baru_ini_implan=3, alasan={"implan": "Dua menyusul", "iud": "tidak perlu"}))
    assert laporan.isi["baru_ini_implan"] == 3
    assert laporan.alasan_selisih == {"implan": "Dua menyusul"}


@pytest.mark.parametrize(("pus", "kata"), [(13, "lebih banyak 3"), (7, "lebih sedikit 3")])
def test_tidak_imbang_dikatakan_lalu_boleh_dikirim(c, pus, kata):
    isi = {"pus": pus, "pa_implan": 4, "pa_kondom": 2, "hamil": 1, "ias": 1, "iat": 1, "tial": 1}
    semua = kurang(c, pabrik.isian(**isi))
    assert set(semua) == {"imbang_diperiksa"}
    assert kata in semua["imbang_diperiksa"]
    laporan = kirim(c, pabrik.isian(imbang_diperiksa=True, **isi))
    assert laporan.status == "dikirim"
    assert Jejak.objects.tentang(laporan).first().perubahan["selisih_imbang"] == [None, pus - 10]
    assert kata in pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-06/").content.decode()


def test_imbang_tidak_menegur(c):
    assert kirim(c, pabrik.isian(pus=10, pa_iud=4, tial=6)).status == "dikirim"


def test_nihil_mencatat_kegiatan_nol_dan_membawa_angka_lalu(c):
    pabrik.draf(c, MEI, pabrik.isian(ppkbd_ada=1, kie=4, pus=10, pa_iud=10, baru_target_iud=12))
    laporan = kirim(c, Isian({"kie": 4, "ppkbd_ada": 2}, {}, nihil=True))
    assert (laporan.status, laporan.nihil) == ("dikirim", True)
    assert (laporan.isi["kie"], laporan.isi["ppkbd_ada"], laporan.isi["pus"]) == (0, 2, 10)
    assert laporan.isi["baru_target_iud"] == 12


@pytest.mark.parametrize("lapor", [{}, {"baru_ini_iud": 1, "alasan": {"iud": "di luar"}}])
def test_nihil_hanya_tanpa_akseptor_baru(c, lapor):
    if not lapor:
        pabrik.pelayanan()
    assert set(kurang(c, pabrik.isian(nihil=True, **lapor))) == {"nihil"}


def test_draf_menerima_yang_belum_lengkap(c):
    pabrik.draf(c, satu=Isian({"pus": 5}, {}))
    assert LaporanBulanan.objects.get().isi == {"pus": 5}
