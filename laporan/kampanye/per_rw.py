"""A desa by RW, as far as it may be shown."""

from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from laporan.kampanye.progres import yang_dihitung
from laporan.kampanye.sembunyi import Tersembunyi, sembunyikan
from laporan.models import Kampanye

TANPA_RW = "RW tidak diisi"


@lintas_wilayah("satu pasangan dihitung sekali, di desa mana pun; yang keluar hanya jumlah per RW")
def per_rw(kampanye: Kampanye, kode_desa: str, cakupan: Cakupan) -> Tersembunyi | None:
    """Return the counted couples of one desa by RW, small numbers left out (`sembunyi`). Two queries.

    None while an older campaign counts some of the same days there: two tables that differ by one woman name her RW.

    Read from the records and not kept in any snapshot: what is not stored per day cannot be compared day by day.
    """
    if Kampanye.objects.lebih_dulu(kampanye, kode_desa).exists():
        return None
    dihitung = yang_dihitung(kampanye).dalam(cakupan).filter(desa=kode_desa)
    rw = dihitung.order_by("diterima_pada", "id").values_list("akseptor__rw", flat=True)
    return sembunyikan([_nama(r) for r in rw])


def _nama(rw: str) -> str:
    # "3", "03" and "003" are one place.
    return f"RW {rw.lstrip('0') or '0'}" if rw else TANPA_RW
