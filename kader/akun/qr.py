"""A text as a QR: inline SVG without style and script, drawn by segno (pure Python, no dependency)."""

import segno
from django.utils.safestring import SafeString, mark_safe


def gambar_qr(teks: str, judul: str) -> SafeString:
    """Return the SVG. `judul` is read aloud in its place; it must not hold the text itself."""
    isi = segno.make(teks, error="m", micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None, title=judul
    )
    # Made of module coordinates; `title` is escaped by segno.
    return mark_safe(isi.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308
