"""Where a counted number comes from: how many records of the year stand behind it, by service day.

A report may say more (other numbers were reported, or an earlier form was on paper): the page then shows both, and the
link counts what it shows.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from laporan.bulanan.hitung import yang_dihitung


@dataclass(frozen=True)
class Catatan:
    """Records of one method: of the months before, and of this one."""

    lalu: int = 0
    ini: int = 0

    @property
    def sd_ini(self) -> int:
        """Of the year through this month."""
        return self.lalu + self.ini


KOSONG = Catatan()


def catatan_setahun(kode_desa: str, bulan: dt.date) -> dict[str, Catatan]:
    """Return {metode: Catatan} from January through a month, in one query. What has none is missing."""
    baris = yang_dihitung(bulan.replace(month=1), bulan).filter(desa_id=kode_desa).order_by()
    jumlah = {"lalu": Count("pk", filter=Q(tanggal__lt=bulan)), "ini": Count("pk", filter=Q(tanggal__gte=bulan))}
    return {b["metode"]: Catatan(b["lalu"], b["ini"]) for b in baris.values("metode").annotate(**jumlah)}
