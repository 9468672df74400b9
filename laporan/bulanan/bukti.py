"""Evidence per role: the activities of the month and the people in them, counted from the records.

Another number may be reported, with a reason; then it stands in the report beside the counted one.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from laporan.enums import PeranBhakti
from laporan.kegiatan.daftar import Jumlah, Rekap, jumlahkan, rekap
from laporan.models import Kegiatan

Bukti = dict[int, Jumlah]


def kunci_kegiatan(peran: int) -> str:
    """Key of the number of activities reported instead of the counted one."""
    return f"peran_kegiatan_{peran}"


def kunci_orang(peran: int) -> str:
    """Key of the number of people reported instead of the counted one."""
    return f"peran_orang_{peran}"


def kunci_peran(peran: int) -> str:
    """Key of the reason why a role's numbers differ."""
    return f"peran_{peran}"


def per_peran(kode_desa: str, bulan: dt.date) -> Bukti:
    """Return what the records of a month count, every role named. One query."""
    return rekap(Kegiatan.objects.filter(desa_id=kode_desa).berlaku().pada_bulan(bulan)).per_peran


def per_desa(kode_desa: Collection[str], bulan: dt.date) -> dict[str, Bukti]:
    """Return {kode desa: what the records of a month count}, every role named. One query, however many desa."""
    hasil = {kode: Rekap().per_peran for kode in kode_desa}
    baris = Kegiatan.objects.filter(desa_id__in=kode_desa).berlaku().pada_bulan(bulan)
    for kode, peran, satu in jumlahkan(baris, "desa_id", "macam__peran_bhakti"):
        hasil[kode][peran] = satu
    return hasil


def jumlah(bukti: Bukti) -> Jumlah:
    """Add the roles up."""
    return sum(bukti.values(), Jumlah())


def dilaporkan(isi: Mapping[str, int], peran: int, tercatat: Jumlah) -> Jumlah:
    """Return what is reported of a role: the counted numbers unless others are given."""
    return Jumlah(
        isi.get(kunci_kegiatan(peran), tercatat.kegiatan),
        isi.get(kunci_orang(peran), tercatat.orang),
    )


def rapikan(isi: dict[str, int], alasan: dict[str, str], peran: Iterable[int], bukti: Bukti) -> None:
    """Take out of both what says nothing: a number that equals the counted one, a reason without a difference."""
    for p in peran:
        for kunci, tercatat in ((kunci_kegiatan(p), bukti[p].kegiatan), (kunci_orang(p), bukti[p].orang)):
            if isi.get(kunci) == tercatat:
                del isi[kunci]
        if kunci_kegiatan(p) not in isi and kunci_orang(p) not in isi:
            alasan.pop(kunci_peran(p), None)


def tanpa_alasan(
    isi: Mapping[str, int], alasan: Mapping[str, str], peran: Iterable[int], bukti: Bukti
) -> dict[str, str]:
    """Return {key of the reason: sentence} of every role whose reported numbers differ without one."""
    beda = {p: dilaporkan(isi, p, bukti[p]) for p in peran}
    return {
        kunci_peran(p): f"Tulis mengapa berbeda: tercatat {kata(bukti[p])}, dilaporkan {kata(lapor)}."
        for p, lapor in beda.items()
        if lapor != bukti[p] and not alasan.get(kunci_peran(p))
    }


def tulis_beku(bukti: Bukti) -> dict[str, list[int]]:
    """Write counts as JSON holds them."""
    return {str(p): [j.kegiatan, j.orang] for p, j in bukti.items()}


def baca_beku(dihitung: Mapping[str, Any]) -> Bukti | None:
    """Return what `tulis_beku` wrote; None for a report approved before evidence was part of the form."""
    beku = dihitung.get("peran")
    return None if beku is None else {p: Jumlah(*beku.get(str(p), (0, 0))) for p in PeranBhakti.values}


def kata(jumlah: Jumlah) -> str:
    """Write both numbers as people read them."""
    return f"{jumlah.kegiatan} kegiatan dan {jumlah.orang} orang"
