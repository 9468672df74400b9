"""PDF read again: size, pages, words; rendered, so that an empty page is seen."""

import datetime as dt

import pypdfium2
import pytest

from akseptor.enums import Tahap
from kader.models import Jejak, Wilayah
from laporan.ekspor.jenis import JENIS, Permintaan
from laporan.ekspor.pdf.kertas import angka, huruf
from poskb.dasar.karangan import TANDA
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, TETANGGA

A4 = (595, 842)
URL = f"/laporan/{DESA}/2021-06/cetak.pdf"


def baca(isi: bytes) -> tuple[list[tuple[int, int]], list[str]]:
    pdf = pypdfium2.PdfDocument(isi)
    return [tuple(round(x) for x in h.get_size()) for h in pdf], [
        h.get_textpage().get_text_range().replace("\r\n", "\n") for h in pdf
    ]


def tinta(isi: bytes) -> list[float]:
    """The dark part of every page, in percent."""
    hasil = []
    for halaman in pypdfium2.PdfDocument(isi):
        abu = halaman.render(scale=1, grayscale=True).to_pil().histogram()
        hasil.append(100 * sum(abu[:128]) / sum(abu))
    return hasil


def unduh(siapa, url: str = URL) -> bytes:
    response = pabrik.masuk(siapa).get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"] == f'inline; filename="poskb-laporan-2021-06-{DESA}.pdf"'
    return response.content


def test_laporan_disetujui_pada_a4(c):
    Wilayah.objects.filter(pk=DESA).update(nama="Citeko")
    pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    pabrik.disetujui(c, JUNI, pabrik.isian(kie=1250, baru_target_implan=1, baru_lalu_implan=3))
    ukuran, teks = baca(unduh(c.kader))
    assert set(ukuran) == {A4}
    semua = "\n".join(teks)
    for kata in (
        *("Laporan bulanan Pos KB Desa, Juni 2021", "Desa Citeko", f"kode {DESA}", "1.250", "V. PUS dan peserta KB"),
        *("0 (lebih 3)", "Mengetahui,", "Petugas PLKB", "( Bu plkb )", "PPKBD", "( Bu kader )", "Citeko, 8 Juli 2021"),
    ):
        assert kata in semua, kata
    assert "BELUM DISETUJUI" not in semua
    assert [f"Halaman {n} dari {len(teks)}" in t for n, t in enumerate(teks, 1)] == [True] * len(teks)
    assert len(teks) == 1
    assert min(tinta(unduh(c.kader))) > 0.5


@pytest.mark.parametrize(
    ("keadaan", "tanda"),
    [
        ("draf", "DRAF, BELUM DISETUJUI"),
        ("dikirim", "BELUM DISETUJUI"),
        ("dikembalikan", "DIKEMBALIKAN, BELUM DISETUJUI"),
    ],
)
def test_yang_belum_disetujui_bertanda_di_setiap_halaman(c, keadaan, tanda):
    pabrik.KEADAAN[keadaan](c)
    _, teks = baca(unduh(c.plkb))
    assert all(tanda in t for t in teks)
    assert "( Bu plkb )" not in "".join(teks)
    assert ("( Bu kader )" in "".join(teks)) == (keadaan == "dikirim")


def test_laporan_kosong_dapat_dicetak_untuk_diisi_dengan_tangan(c):
    pabrik.dikirim(c, dt.date(2021, 5, 1), pabrik.isian(ppkbd_ada=77))
    _, teks = baca(unduh(c.kader))
    assert "BELUM DIISI" in teks[0]
    assert "77" not in "".join(teks)


def test_beda_dan_alasannya_tertulis_apa_adanya(c):
    isi = pabrik.isian(baru_ini_iud=2, alasan={"iud": "<b>bidan</b> & Rp"})
    pabrik.dikirim(c, JUNI, isi)
    semua = " ".join("".join(baca(unduh(c.plkb))[1]).split())
    assert "IUD: tercatat 0, dilaporkan 2. Alasan: <b>bidan</b> & Rp" in semua


METODE = ("implan", "iud", "mow", "mop", "suntik", "pil", "kondom")


@pytest.mark.parametrize(
    ("huruf_", "bagian_terakhir"),
    [(480, "Bukti enam peran"), (9500, "Kondom: tercatat 0, dilaporkan 2.")],
    ids=["more than a sheet", "more than two"],
)
def test_tanda_tangan_tidak_pernah_sendiri(c, huruf_, bagian_terakhir):
    """Long reasons: the signatures go on with the last part, or with the last of the reasons."""
    alasan = {m: ("bidan praktik " * (huruf_ // 14)) + m for m in METODE}
    pabrik.dikirim(c, JUNI, pabrik.isian(alasan=alasan, **{f"baru_ini_{m}": 2 for m in METODE}))
    _, teks = baca(unduh(c.plkb))
    assert len(teks) > 1
    assert ["Laporan bulanan Pos KB Desa, Juni 2021" in t for t in teks] == [True] * len(teks)
    assert ["Mengetahui," in t for t in teks] == [False] * (len(teks) - 1) + [True]
    akhir = " ".join(teks[-1].split())
    assert ("Petugas PLKB" in akhir, "PPKBD" in akhir, bagian_terakhir in akhir) == (True, True, True)


def test_mencetak_tercatat(c):
    pabrik.dikirim(c)
    unduh(c.dppkb)
    jejak = Jejak.objects.get(tindakan="mencetak laporan")
    assert (jejak.oleh, jejak.wilayah_id, jejak.perubahan) == (c.dppkb, DESA, {"bulan": [None, "2021-06"]})


def test_desa_lain_tidak_ditemukan(c):
    assert pabrik.masuk(c.plkb_lain).get(URL).status_code == 404
    assert pabrik.masuk(c.plkb).get(URL.replace("2021-06", "2021-13")).status_code == 404


def test_banyak_laporan_dinomori_sendiri_sendiri(c):
    pabrik.dikirim(c)
    maju = []
    p = Permintaan(pabrik.cakupan(c.koordinator), JUNI, "", "Bu", "")
    _, teks = baca(JENIS["cetak"].buat(p, lambda *x: maju.append(x)))
    # Each is one sheet, whole.
    assert ["Halaman 1 dari 1" in t for t in teks] == [True, True]
    assert ["Keadaan umum" in t and "Bukti enam peran" in t and "Mengetahui," in t for t in teks] == [True, True]
    assert f"kode {DESA}" in teks[0]
    assert f"kode {TETANGGA}" in teks[-1]
    assert maju[-1] == (2, 2)


def test_rekap_rebah_dengan_jumlah(c):
    pabrik.wilayah("32.14.02.2001")
    pabrik.dikirim(c, JUNI, pabrik.isian(kie=1234))
    p = Permintaan(pabrik.cakupan(c.dppkb), JUNI, "", "Bu", "")
    isi = JENIS["rekap_pdf"].buat(p, lambda *_: None)
    ukuran, teks = baca(isi)
    assert set(ukuran) == {A4[::-1]}
    assert "1 dari 3 desa melapor, 0 disetujui" in teks[0]
    assert "SEMENTARA" in teks[0]
    assert "1.234" in "".join(teks)
    assert "Jumlah" in teks[0]
    assert min(tinta(isi)) > 0.3


@pytest.mark.parametrize("demo", [True, False])
def test_data_karangan_bertanda_di_setiap_halaman(c, settings, demo):
    settings.DEMO = demo
    pabrik.dikirim(c)
    p = Permintaan(pabrik.cakupan(c.koordinator), JUNI, "", "Bu", "")
    for jenis in ("rekap_pdf", "cetak"):
        _, teks = baca(JENIS[jenis].buat(p, lambda *_: None))
        assert [TANDA in t for t in teks] == [demo] * len(teks)


def test_huruf_dan_angka_di_kertas():
    assert huruf("Nur’aéni ş\x00") == "Nur’aéni s"
    assert [angka(x) for x in (None, 0, 1250, -3)] == ["–", "0", "1.250", "−3"]
