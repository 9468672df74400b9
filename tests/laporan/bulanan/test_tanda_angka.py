"""Flags of the numbers of a report: each kind with a case that raises it and one that does not."""

import datetime as dt

import pytest

from laporan.bulanan.tanda import tanda_bulan
from laporan.bulanan.tanda.angka import melonjak
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import geser_bulan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI


def sejarah(c, kunci, deret, bulan=JUNI):
    """Sent reports of the months before, oldest first; "pus" goes along, so that the balance stays."""
    for mundur, nilai in enumerate(reversed(deret), start=1):
        pabrik.laporan_dikirim(
            c, DESA, geser_bulan(bulan, -mundur), pabrik.isian(**{kunci: nilai, **_pus(kunci, nilai)})
        )


def _pus(kunci, nilai):
    return {"pus": nilai} if kunci.startswith("pa_") else {}


def ini(c, **angka):
    pabrik.laporan_dikirim(c, DESA, JUNI, pabrik.isian(**angka))
    return tanda_bulan([DESA], JUNI)[DESA]


def kalimat(milik, jenis):
    return [t.kalimat for t in milik.tanda if t.jenis == jenis]


def test_laporan_biasa_tanpa_tanda(c):
    milik = ini(c, pus=100, pa_implan=60, hamil=40)
    assert (milik.tanda, milik.bersih, milik.per_jenis) == ((), True, [])


def test_pus_tidak_seimbang_disebut_berapa_dan_di_mana(c):
    milik = ini(c, pus=106, pa_implan=60, hamil=40)
    (tanda,) = milik.tanda
    assert (tanda.jenis, tanda.tempat, tanda.banyak, tanda.menahan) == ("imbang", "#bagian-V", 1, True)
    assert "PUS 106 lebih banyak 6" in tanda.kalimat
    assert not milik.bersih


@pytest.mark.parametrize(
    ("nilai", "deret", "ya"),
    [
        (40, [20, 21, 22], True),
        (0, [20, 21, 22], True),
        (22, [20, 21, 22], False),  # within all that was reported before
        (27, [22, 20, 21], True),  # outside, and 6 from the middle and the last
        (26, [22, 20, 21], False),  # 5: small numbers move
        (9, [4, 2, 3], True),
        (8, [4, 2, 3], False),
        (1300, [1180, 1210, 1200], False),  # 8 % of a large number
        (1441, [1180, 1210, 1200], True),  # more than 20 %
        (1440, [1180, 1210, 1200], False),
        (300, [100, 300, 101], False),  # it was there before
        (131, [100, 100, 110], False),  # far from the middle, but it has been on its way: not from the last
        (104, [100, 100, 100, 10], False),  # far from the last, which was the odd one; not from the middle
    ],
)
def test_lonjakan_di_luar_semua_dan_jauh_dari_tengah(nilai, deret, ya):
    assert melonjak(nilai, deret) is ya


def test_angka_melonjak_dibandingkan_dengan_bulan_desa_itu_sendiri(c):
    sejarah(c, "toma_toga", [10, 12, 11])
    (teks,) = kalimat(ini(c, toma_toga=30), "lonjakan")
    assert teks.startswith(
        "Kegiatan bulan ini, Toma/toga aktif naik menjadi 30. Dalam 3 laporan sebelumnya 10 sampai 12."
    )


def test_angka_yang_turun_dan_yang_selalu_sama(c):
    sejarah(c, "toma_toga", [12, 12, 12])
    (teks,) = kalimat(ini(c, toma_toga=0), "lonjakan")
    assert "turun menjadi 0. Dalam 3 laporan sebelumnya selalu 12." in teks


def test_target_ikut_dibandingkan(c):
    sejarah(c, "baru_target_iud", [10, 10, 10])
    (teks,) = kalimat(ini(c, baru_target_iud=100), "lonjakan")
    assert teks.startswith("Target IUD naik menjadi 100.")


def test_kurang_dari_tiga_bulan_belum_bicara(c):
    sejarah(c, "toma_toga", [10, 12])
    assert ini(c, toma_toga=90).bersih


def test_hanya_enam_bulan_terakhir_dan_hanya_yang_dikirim(c):
    sejarah(c, "toma_toga", [90, 11, 10, 12, 11, 10, 12])
    assert len(kalimat(ini(c, toma_toga=30), "lonjakan")) == 1
    LaporanBulanan.objects.filter(bulan__lt=JUNI).exclude(bulan__gte=dt.date(2021, 4, 1)).update(status="draf")
    assert kalimat(tanda_bulan([DESA], JUNI)[DESA], "lonjakan") == []


def test_akseptor_baru_dibandingkan_dengan_yang_beku_saat_disetujui(c):
    sejarah(c, "rakor", [0, 0, 0])
    for n, laporan in enumerate(LaporanBulanan.objects.order_by("bulan")):
        laporan.status, laporan.disetujui_oleh, laporan.disetujui_pada = "disetujui", c.plkb, laporan.dikirim_pada
        laporan.dihitung = {"baru": {"implan": 10 + n}, "sd_lalu": {}, "catatan": []}
        laporan.save()
    pabrik.pelayanan(bersih=True)
    (teks,) = kalimat(ini(c), "lonjakan")
    assert teks.startswith("Akseptor baru, semua cara turun menjadi 1. Dalam 3 laporan sebelumnya 10 sampai 12.")


def test_beda_dari_catatan_membawa_alasan_kader(c):
    pabrik.pelayanan(bersih=True)
    pabrik.laporan_dikirim(c, DESA, JUNI, pabrik.isian(baru_ini_implan=3, alasan={"implan": "Menyusul dua"}))
    milik = tanda_bulan([DESA], JUNI)[DESA]
    (teks,) = kalimat(milik, "beda")
    assert teks.startswith("Implan: dilaporkan 3, tercatat 1. Alasan kader: “Menyusul dua”.")
    assert not milik.bersih


def test_dilaporkan_sama_dengan_tercatat_tidak_disebut(c):
    pabrik.pelayanan(bersih=True)
    assert ini(c, baru_ini_implan=1).bersih


def test_yang_tidak_menunggu_petugas_tidak_punya_tanda(c):
    pabrik.laporan_dikirim(c, DESA, JUNI, pabrik.isian(pus=5))
    for status in ("draf", "dikembalikan"):
        LaporanBulanan.objects.update(status=status)
        assert tanda_bulan([DESA], JUNI) == {}


def test_bukti_peran_beda_dari_kegiatan_dengan_alasannya(c):
    milik = ini(c, peran_kegiatan_2=3)
    (teks,) = kalimat(milik, "beda")
    assert teks == (
        "Pertemuan: dilaporkan 3 kegiatan dan 0 orang, tercatat 0 kegiatan dan 0 orang. "
        "Kader belum menulis alasannya. Setujui bila alasannya cukup; bila tidak, kembalikan."
    )
    (tanda,) = [t for t in milik.tanda if t.jenis == "beda"]
    assert tanda.tempat == "#bagian-VI"
