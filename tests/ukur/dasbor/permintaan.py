"""What a browser asks of the dashboard."""

import re
from html import unescape

from tests.ukur.klien import Pengirim, Sambungan
from tests.ukur.panggung import HOST


def permintaan(siapa: Pengirim, jalur: str, kepala: str = "") -> bytes:
    """Return a GET as bytes, as a browser sends it."""
    return (
        f"GET {jalur} HTTP/1.1\r\nHost: {HOST}:{siapa.port}\r\nCookie: {siapa.kue}\r\n{kepala}Accept-Encoding: gzip\r\n\r\n"
    ).encode()


def pengenal(siapa: Pengirim, jalur: str = "/dasbor/") -> tuple[str, str]:
    """Open the page; return its ticket and ETag."""
    sambungan = Sambungan(siapa.port)
    _, isi = sambungan.kirim(permintaan(siapa, jalur).replace(b"Accept-Encoding: gzip\r\n", b""))
    sambungan.tutup()
    html = isi.decode()
    return tuple(unescape(re.search(f'data-{n}="([^"]+)"', html)[1]) for n in ("karcis", "etag"))
