"""Parts compressed apart make one gzip body that every reader takes."""

import gzip
import io

from hypothesis import given
from hypothesis import strategies as st

from poskb.dasar.padat import gabungkan, padatkan


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=5), st.binary(max_size=3000))
def test_gabungan_terbaca_sebagai_satu(awal: list[bytes], akhir: bytes) -> None:
    # The same text again and again: a part must not refer to what lies before it.
    awal = [b * 3 + b"angka" * 50 for b in awal]
    padat = gabungkan(*(padatkan(b) for b in awal), padatkan(akhir, akhir=True))
    assert gzip.decompress(padat) == b"".join(awal) + akhir
    with gzip.GzipFile(fileobj=io.BytesIO(padat)) as berkas:
        assert berkas.read() == b"".join(awal) + akhir


def test_satu_bagian_di_banyak_halaman_dan_panjangnya_tidak_tetap() -> None:
    tengah = padatkan(b"bagian yang sama " * 500)
    semua = [
        gabungkan(padatkan(f"kepala {n}".encode()), tengah, padatkan(b"kaki", akhir=True)) for n in (1, 1, 1, 1, 1, 2)
    ]
    assert gzip.decompress(semua[-1]).startswith(b"kepala 2bagian")
    assert all(tengah.blok in satu for satu in semua)
    # As Django pads: equal pages differ in length, so that the length tells nothing of what is secret in them.
    assert len({len(satu) for satu in semua[:5]}) > 1
