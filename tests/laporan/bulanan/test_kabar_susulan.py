"""A kader is told at once, on the page and in the receipt, that what she wrote is susulan."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest

from akseptor.enums import StatusPeserta, Tahap
from akseptor.models import Pelayanan
from kader.models import Faskes
from laporan.bulanan.kabar import kabar_susulan
from tests.alat import data_formulir, nik_baru
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, KEC, MEI, TETANGGA

KALIMAT = (
    "Laporan Mei 2021 desa ini sudah disetujui, jadi catatan ini dihitung sebagai susulan di laporan Juni 2021. "
    "Anda tidak perlu melakukan apa-apa."
)


@pytest.fixture
def mei(c):
    """May is approved."""
    pabrik.disetujui(c, MEI)
    return c


def data(c, **ubah):
    dunia = SimpleNamespace(
        faskes=Faskes.objects.get_or_create(nama="Puskesmas", jenis="puskesmas", wilayah_id=KEC)[0]
    )
    return data_formulir(dunia, desa=DESA, tanggal_pelayanan="2021-05-30", **ubah)


def sinkron(c, *catatan):
    isi = json.dumps({"catatan": list(catatan)})
    jawaban = pabrik.masuk(c.kader).post("/akseptor/sinkron/", isi, content_type="application/json")
    return jawaban.json()["tanda_terima"]


def test_di_halaman_sesudah_disimpan(mei):
    halaman = pabrik.masuk(mei.kader).post("/akseptor/baru/", data(mei), follow=True).content.decode()
    assert "Tersimpan: " in halaman
    assert KALIMAT in halaman


def test_di_tanda_terima(mei):
    (tanda,) = sinkron(mei, data(mei))
    assert (tanda["hasil"], tanda["pesan"]) == ("diterima", f"Diterima server. {KALIMAT}")


def test_di_kumpulan_hanya_bagi_yang_susulan(mei):
    lain = data(mei, nama_istri="Oneng Rohaeti", nik_istri=nik_baru(dt.date(1984, 2, 1))) | {
        "tanggal_pelayanan": "2021-06-30"
    }
    ganti = data(mei, nama_istri="Cicih Hartati", nik_istri=nik_baru(dt.date(1981, 5, 1)), status_peserta="ganti_cara")
    tanda = sinkron(mei, data(mei), lain, ganti)
    assert [t["pesan"] for t in tanda] == [f"Diterima server. {KALIMAT}", "", ""]


def test_ketika_calon_lama_dilayani_di_bulan_yang_disetujui(mei):
    p = pabrik.pelayanan(dt.date(2021, 5, 30), tahap=Tahap.CALON, nama="Siti Aminah", bersih=True)
    Pelayanan.objects.filter(pk=p.pk).update(tanggal=None)
    isi = data(mei, id=p.pk, versi=1, nama_istri="Siti Aminah", tanggal_lahir_istri="1990-03-12")
    halaman = pabrik.masuk(mei.kader).post(f"/akseptor/catatan/{p.pk}/ubah/", isi, follow=True).content.decode()
    assert "Perubahan tersimpan." in halaman
    assert KALIMAT in halaman


def test_perubahan_dari_hp(mei):
    sinkron(mei, isi := data(mei) | {"tanggal_pelayanan": "2021-06-02"})
    (tanda,) = sinkron(mei, {"id": isi["id"], "versi": 1, "tanggal_pelayanan": "2021-05-30"})
    assert (tanda["hasil"], tanda["pesan"]) == ("diterima", f"Diterima server. {KALIMAT}")


def test_lebih_dari_setahun_tidak_masuk_laporan_mana_pun(c):
    lama = dt.date(2020, 6, 1)
    p = pabrik.pelayanan(lama)
    bulan = [dt.date(2020 + (5 + n) // 12, (5 + n) % 12 + 1, 1) for n in range(14)]
    for b in bulan:
        pabrik.laporan_dikirim(c, DESA, b)
    Pelayanan.objects.filter(pk=p.pk).update(tahap=Tahap.DILAYANI)
    _setujui_semua(c)
    assert "tidak masuk laporan mana pun. Beri tahu petugas" in kabar_susulan([p])[p.pk]


def _setujui_semua(c):
    from laporan.models import LaporanBulanan
    from poskb.dasar.waktu import sekarang

    LaporanBulanan.objects.update(
        status="disetujui",
        disetujui_oleh=c.plkb,
        disetujui_pada=sekarang(),
        dihitung={"baru": {}, "sd_lalu": {}, "catatan": []},
    )


@pytest.mark.parametrize(
    ("ubah", "desa"),
    [
        ({"tanggal": dt.date(2021, 6, 2)}, DESA),
        ({"tanggal": dt.date(2021, 5, 2)}, TETANGGA),
        ({"tanggal": dt.date(2021, 5, 2), "tahap": Tahap.CALON}, DESA),
        ({"tanggal": dt.date(2021, 5, 2), "status": StatusPeserta.ULANGAN}, DESA),
    ],
)
def test_yang_tidak_susulan_tidak_dikatakan_apa_apa(mei, ubah, desa, django_assert_max_num_queries):
    p = pabrik.pelayanan(desa=desa, **ubah)
    with django_assert_max_num_queries(1):
        assert kabar_susulan([p]) == {}


def test_yang_sudah_di_laporan_disetujui_juga_tidak(c):
    p = pabrik.pelayanan(dt.date(2021, 6, 18), tahap=Tahap.TERVERIFIKASI)
    pabrik.disetujui(c, JUNI)
    p.refresh_from_db()
    assert kabar_susulan([p]) == {}
    assert kabar_susulan([]) == {}
