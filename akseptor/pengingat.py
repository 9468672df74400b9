"""When to remind a woman to see the midwife again, and the words that a kader may send.

An implan works about 3 years, an IUD 8 to 10, MOW and MOP are permanent (domain.md): a reminder, never an expiry.
Phones are shared in the family, so the text names no person and no method.
"""

import datetime as dt
from urllib.parse import urlencode

from akseptor.enums import TAHAP_TERLAYANI, Metode
from akseptor.models import Pelayanan

# Years after the service; the earliest where sources give a range.
TAHUN = {Metode.IMPLAN: 3, Metode.IUD: 8}
TEKS = (
    "Halo Ibu, ini pengingat dari kader desa. Ibu ditunggu di posyandu atau puskesmas sesuai janji kita. "
    "Kalau ada pertanyaan atau ingin diantar, balas pesan ini ya. Terima kasih."
)


def tanggal_pengingat(pelayanan: Pelayanan) -> dt.date | None:
    """Return the day to remind her, or None for a service that has not happened or needs none."""
    tahun = TAHUN.get(Metode(pelayanan.metode)) if pelayanan.metode else None
    if tahun is None or pelayanan.tanggal is None or pelayanan.tahap not in TAHAP_TERLAYANI:
        return None
    t = pelayanan.tanggal
    # 29 February has no day in most years.
    return t.replace(year=t.year + tahun, day=28 if (t.month, t.day) == (2, 29) else t.day)


def tautan_pengingat() -> str:
    """Return the WhatsApp link of the text; the kader picks the number herself, so none stands in a URL."""
    return f"https://wa.me/?{urlencode({'text': TEKS})}"
