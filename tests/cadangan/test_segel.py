"""The sealed file: comes back as it was, or not at all."""

import io

import pytest

from poskb.cadangan import Gagal
from poskb.cadangan.segel import GARAM, MAGIS, NAMA, SEGMEN, TAG, Penyegel, buka

KUNCI, LAMA = "k" * 40, "l" * 40
KEPALA = len(MAGIS) + NAMA + GARAM


def segel(isi: bytes, kunci: str = KUNCI, potong: int = 300_000) -> bytes:
    keluar = io.BytesIO()
    satu = Penyegel(keluar, kunci)
    for awal in range(0, len(isi), potong):
        satu.tulis(isi[awal : awal + potong])
    satu.selesai()
    return keluar.getvalue()


def baca(berkas: bytes, *kunci: str) -> bytes:
    return b"".join(buka(io.BytesIO(berkas), kunci or (KUNCI,)))


def isi(panjang: int) -> bytes:
    return (bytes(range(256)) * (panjang // 256 + 1))[:panjang]


@pytest.mark.parametrize("panjang", [0, 1, SEGMEN - 1, SEGMEN, SEGMEN + 1, 2 * SEGMEN, 3 * SEGMEN + 77])
def test_kembali_seperti_semula(panjang: int) -> None:
    berkas = segel(isi(panjang))
    assert baca(berkas) == isi(panjang)
    assert isi(64) not in berkas
    assert len(berkas) == KEPALA + panjang + TAG * max(1, -(-panjang // SEGMEN))


def test_dua_berkas_tidak_memakai_kunci_yang_sama() -> None:
    assert segel(b"sama")[KEPALA:] != segel(b"sama")[KEPALA:]


@pytest.mark.parametrize("letak", [0, 5, len(MAGIS), len(MAGIS) + NAMA, KEPALA - 1, KEPALA, KEPALA + 9, -SEGMEN, -1])
def test_satu_bita_yang_berubah_ditolak(letak: int) -> None:
    berkas = bytearray(segel(isi(2 * SEGMEN + 5)))
    berkas[letak] ^= 1
    with pytest.raises(Gagal) as galat:
        baca(bytes(berkas))
    assert galat.value.kode == Gagal.BERKAS


@pytest.mark.parametrize(
    "panjang", [0, 10, KEPALA, KEPALA + 1, KEPALA + SEGMEN + TAG, KEPALA + 2 * (SEGMEN + TAG), -1, -TAG - 5]
)
def test_yang_terpotong_ditolak_juga_tepat_di_batas(panjang: int) -> None:
    with pytest.raises(Gagal):
        baca(segel(isi(2 * SEGMEN + 5))[:panjang])


def test_yang_ditambah_dan_yang_ditukar_ditolak() -> None:
    berkas = segel(isi(3 * SEGMEN))
    a, b = (slice(KEPALA + n * (SEGMEN + TAG), KEPALA + (n + 1) * (SEGMEN + TAG)) for n in (0, 1))
    for rusak in (
        berkas + b"x",
        berkas + berkas[a],
        berkas[:KEPALA] + berkas[b] + berkas[a] + berkas[b.stop :],
        berkas[:KEPALA] + berkas[b.start :],
        # The front of one file, the end of another of the same key.
        berkas[: b.stop] + segel(isi(3 * SEGMEN))[b.stop :],
    ):
        with pytest.raises(Gagal):
            baca(rusak)


def test_tanpa_selesai_tidak_terbuka() -> None:
    keluar = io.BytesIO()
    Penyegel(keluar, KUNCI).tulis(isi(2 * SEGMEN))
    with pytest.raises(Gagal):
        baca(keluar.getvalue())


def test_kunci_lain_disebut_dan_kunci_lama_masih_membuka() -> None:
    berkas = segel(b"rahasia", LAMA)
    assert baca(berkas, KUNCI, LAMA) == b"rahasia"
    with pytest.raises(Gagal, match="disegel dengan kunci") as galat:
        baca(berkas, KUNCI)
    assert LAMA not in galat.value.pesan
    assert KUNCI not in galat.value.pesan
