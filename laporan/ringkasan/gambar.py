"""The page as a picture: what is printed and what is sent are the same drawing."""

import io
from threading import Lock

import pypdfium2
from PIL import Image

# About 1240 pixels wide: sharp on a phone, some 150 kB.
TITIK_PER_INCI = 150
# PDFium serves one thread at a time.
SATU = Lock()


def gambar_halaman(pdf: bytes) -> bytes:
    """Return the first page of a PDF as PNG."""
    with SATU:
        dokumen = pypdfium2.PdfDocument(pdf)
        try:
            halaman = dokumen[0].render(scale=TITIK_PER_INCI / 72).to_pil()
        finally:
            dokumen.close()
    keluar = io.BytesIO()
    # Few colours: a third of the bytes on a weak line.
    halaman.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(keluar, "PNG", optimize=True)
    return keluar.getvalue()
