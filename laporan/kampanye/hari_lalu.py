"""What must be said of the numbers of a past day: when they were counted, and by which knowledge."""

import datetime as dt

from laporan.models import CuplikanHarian
from poskb.dasar.waktu import WIB, hari_wib, tulis_saat, tulis_tanggal


def kata_dihitung(cuplikan: CuplikanHarian, hari: dt.date) -> str:
    """Say when the numbers that are shown for a day were counted.

    A day on which nothing was counted anew, because nothing changed or because nobody counted, shows those of an
    earlier one and says so.
    """
    saat = cuplikan.dihitung_pada
    if cuplikan.disusun:
        return f"Disusun {tulis_saat(saat)} dari catatan: koreksi sesudah hari itu bisa ikut tampil."
    if cuplikan.hari == hari and hari_wib(saat) == hari:
        return f"Dihitung pukul {saat.astimezone(WIB):%H.%M} WIB hari itu."
    return f"Dihitung {tulis_saat(saat)}; sesudahnya, sampai akhir {tulis_tanggal(hari)}, tidak ada angka baru."
