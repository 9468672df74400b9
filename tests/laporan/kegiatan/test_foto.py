"""What is taken as a photo, what is kept of it, and the sentence for what is none."""

import io

import pytest
from PIL import Image

from laporan.kegiatan import foto as kata
from laporan.kegiatan.form import KegiatanForm
from laporan.kegiatan.foto import rapikan
from poskb.dasar.tolak import Ditolak
from tests.alat import HARI, Dunia, cakupan
from tests.laporan.kegiatan import gambar
from tests.laporan.kegiatan.alat import data


def form(dunia: Dunia, isi: dict[str, str], berkas: dict | None = None) -> KegiatanForm:
    return KegiatanForm(isi, berkas, cakupan=cakupan(dunia.kader), hari_ini=HARI)


@pytest.mark.parametrize("jenis", ["JPEG", "PNG", "WEBP"])
def test_foto_besar_menjadi_jpeg_kecil(jenis: str) -> None:
    hasil = rapikan(gambar.foto(3000, 2000, jenis=jenis))
    besar, kecil = gambar.buka(hasil.isi), gambar.buka(hasil.kecil)
    assert (besar.format, besar.size) == ("JPEG", (1280, 853))
    assert (kecil.format, kecil.size) == ("JPEG", (240, 160))
    assert (gambar.warna(besar, 0.2, 0.5), gambar.warna(besar, 0.8, 0.5)) == ("merah", "biru")


def test_foto_ganda_dari_hp() -> None:
    """Phones store two pictures in one file (MPO): the first is the photo."""
    kedua = gambar.buka(gambar.foto(200, 200))
    ganda = gambar.foto(800, 600, jenis="MPO", save_all=True, append_images=[kedua])
    assert gambar.buka(ganda).format == "MPO"
    assert gambar.buka(rapikan(ganda).isi).size == (800, 600)


def test_foto_kecil_tidak_dibesarkan() -> None:
    assert gambar.buka(rapikan(gambar.foto(320, 200)).isi).size == (320, 200)


def test_tempat_waktu_dan_hp_tidak_ikut() -> None:
    masuk = gambar.dengan_exif(tempat=True)
    assert gambar.buka(masuk).getexif().get_ifd(gambar.GPS)
    hasil = rapikan(masuk)
    for isi in (hasil.isi, hasil.kecil):
        satu = gambar.buka(isi)
        assert not dict(satu.getexif())
        assert not set(satu.info) & {"exif", "comment", "icc_profile", "xmp"}
        for bocor in (b"Exif", b"HP Karangan", b"Bu Siti"):
            assert bocor in masuk
            assert bocor not in isi


@pytest.mark.parametrize(
    ("orientasi", "ukuran", "merah"),
    [
        (1, (800, 600), (0.1, 0.5)),
        (3, (800, 600), (0.9, 0.5)),
        (6, (600, 800), (0.5, 0.1)),
        (8, (600, 800), (0.5, 0.9)),
    ],
)
def test_tegak_bagaimana_pun_hp_dipegang(orientasi: int, ukuran: tuple[int, int], merah: tuple[float, float]) -> None:
    hasil = gambar.buka(rapikan(gambar.dengan_exif(orientasi)).isi)
    assert hasil.size == ukuran
    assert gambar.warna(hasil, *merah) == "merah"
    assert gambar.warna(hasil, 1 - merah[0], 1 - merah[1]) == "biru"


def test_exif_rusak_bukan_alasan_menolak() -> None:
    rusak = (
        gambar.dengan_exif().replace(b"Exif\0\0II*\0", b"Exif\0\0XX*\0").replace(b"Exif\0\0MM\0*", b"Exif\0\0XX\0*")
    )
    assert b"Exif\0\0XX" in rusak
    assert gambar.buka(rapikan(rusak).isi).size == (800, 600)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16", "CMYK"])
def test_segala_cara_menyimpan_warna(mode: str) -> None:
    hasil = io.BytesIO()
    Image.new(mode, (400, 300)).save(hasil, "JPEG" if mode == "CMYK" else "PNG")
    satu = gambar.buka(rapikan(hasil.getvalue()).isi)
    assert (satu.mode, satu.size) == ("RGB", (400, 300))
    if mode in {"RGBA", "LA"}:
        # What was transparent is white, not black.
        assert satu.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (b"bukan foto", kata.BUKAN_FOTO),
        (b"GIF89a" + b"\0" * 100, kata.BUKAN_FOTO),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, kata.BUKAN_FOTO),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', kata.BUKAN_FOTO),
        (gambar.foto()[:3000], kata.BUKAN_FOTO),
        (gambar.foto(jenis="PNG")[:400], kata.BUKAN_FOTO),
        (gambar.foto(jenis="TIFF"), kata.BUKAN_FOTO),
        (gambar.bom(), kata.TERLALU_LUAS),
        (gambar.bom(6000), kata.TERLALU_LUAS),
        (b"\xff\xd8" + b"\0" * (8 * 1024 * 1024), kata.TERLALU_BESAR),
    ],
    ids=["teks", "gif", "jpeg-palsu", "svg", "jpeg-terpotong", "png-terpotong", "tiff", "bom", "bom-kecil", "berat"],
)
def test_yang_bukan_foto_ditolak_dengan_kalimat(dunia: Dunia, isi: bytes, pesan: str) -> None:
    with pytest.raises(Ditolak, match=pesan[:20]):
        rapikan(isi)
    # The same sentence whichever way it came.
    for satu in (form(dunia, data(), {"foto": gambar.berkas(isi)}), form(dunia, data(foto=gambar.teks(isi)))):
        assert satu.errors == {"foto": [pesan]}


def test_bukan_base64_dan_berkas_kosong(dunia: Dunia) -> None:
    for isi in ("!!!", "data:image/jpeg;base64,AAAA", "é", "AAA"):
        assert form(dunia, data(foto=isi)).errors == {"foto": [kata.BUKAN_FOTO]}
    assert form(dunia, data(), {"foto": gambar.berkas(b"")}).errors == {"foto": [kata.KOSONG]}


def test_tanpa_foto_dan_dua_jalan_yang_sama(dunia: Dunia) -> None:
    kosong = form(dunia, data(foto="", hapus_foto=""))
    assert kosong.is_valid()
    assert (kosong.isian().foto, kosong.isian().hapus_foto) == (None, False)
    isi = gambar.foto()
    lewat_berkas = form(dunia, data(), {"foto": gambar.berkas(isi)})
    lewat_teks = form(dunia, data(foto=gambar.teks(isi)))
    assert lewat_berkas.is_valid()
    assert lewat_teks.is_valid()
    assert lewat_berkas.isian().foto == lewat_teks.isian().foto
