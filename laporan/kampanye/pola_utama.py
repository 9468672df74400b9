"""The days of the week of a whole campaign: by them each area's day is asked for more or less, on every page alike."""

import datetime as dt

from laporan.kampanye.isi import tercatat_per_hari
from laporan.kampanye.pekan import HariPekan, pola_pekan
from laporan.models import Cuplikan, CuplikanHarian


def pola_utama(cuplikan: Cuplikan | CuplikanHarian, hari: dt.date) -> list[HariPekan] | None:
    """Return the pattern that holds on a day, from the campaign's own area as it was known then; one query.

    None for that area itself: its board has it. One pattern for all: an area's own would give the same kecamatan two
    needs, in the kabupaten's table and on its page, and a desa has too few for one.
    """
    utama = cuplikan.kampanye.wilayah_id
    if cuplikan.wilayah_id == utama:
        return None
    baris = CuplikanHarian.objects.pada(hari) if isinstance(cuplikan, CuplikanHarian) else Cuplikan.objects.all()
    utama_kini = baris.filter(kampanye=cuplikan.kampanye_id, wilayah=utama)
    return pola_pekan(tercatat_per_hari(utama_kini.values_list("isi__per_hari", flat=True).first() or []), hari)
