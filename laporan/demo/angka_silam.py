"""The numbers of the months before, found backwards from June: they move gently, and the sum is always right."""

from laporan.bulanan.formulir import Susunan
from laporan.demo.acak import Acak
from laporan.demo.orang import DESA_TUNGGU

# New acceptors of a month by method: outside the campaign most are served with what is not long-acting.
BARU = {"suntik": 50, "pil": 20, "implan": 14, "iud": 9, "kondom": 4, "mow": 2, "mop": 1}
# At most so many: what a desa wrote into its register in an ordinary month.
BARU_TERBANYAK = 6
SEKITAR = (-1, 0, 0, 0, 1)


def mundur(acak: Acak, susunan: Susunan, kini: dict[str, int]) -> dict[str, int]:
    """Return the numbers of the month before: what is a part of something stays one."""
    lalu = dict(kini)
    for kunci, isian in susunan.isian.items():
        lalu[kunci] = _sebelum(acak, kunci, kini[kunci], bergerak=isian.kegiatan or kunci == "toma_toga")
        if kunci in susunan.imbang_dari:
            lalu[kunci] = max(0, round(kini[kunci] * acak.uniform(0.985, 1.012)) + acak.choice(SEKITAR))
        if isian.paling_banyak:
            lalu[kunci] = min(lalu[kunci], lalu[isian.paling_banyak])
    return seimbang(susunan, lalu)


def _sebelum(acak: Acak, kunci: str, kini: int, *, bergerak: bool) -> int:
    if not kini and kunci not in {"rakor", "kie"}:
        return 0  # no group: no meeting and no member
    if bergerak:
        return max(0, kini + acak.choice(SEKITAR))
    # Groups grow slowly.
    return max(1, kini - acak.choice((0, 0, 0, 1, 2))) if kunci.endswith(("_sasaran", "_anggota")) else kini


def seimbang(susunan: Susunan, isi: dict[str, int]) -> dict[str, int]:
    """Return the numbers with PUS as the sum of its parts."""
    return isi | {susunan.imbang_jumlah: sum(isi[k] for k in susunan.imbang_dari)}


def baru_sebulan(acak: Acak, juni: int) -> dict[str, int]:
    """Return new acceptors of a month by method, about as many as June has where June is no rush."""
    banyak = max(0, min(juni, BARU_TERBANYAK) + acak.choice(SEKITAR))
    hasil: dict[str, int] = {}
    for metode in acak.choices(list(BARU), weights=list(BARU.values()), k=banyak):
        hasil[metode] = hasil.get(metode, 0) + 1
    return hasil


def lonjakkan(susunan: Susunan, isi: dict[str, int], nomor: int) -> None:
    """Spoil a June report in one of three ways that an officer meets: columns swapped, too much added, a slip."""
    if nomor % 3 == 0:
        isi["pa_pil"], isi["pa_suntik"] = isi["pa_suntik"], isi["pa_pil"]
    elif nomor % 3 == 1:
        tambah = isi["ias"] // 2 + 6
        isi["ias"] += tambah
        isi[susunan.imbang_jumlah] += tambah
    else:
        isi["kelompok_kb_ada"] += 10


def desa_melonjak(dikirim: list[str]) -> list[str]:
    """Return the desa whose June jumps: one of the officer who signs in, and some of those that wait far from her."""
    return [DESA_TUNGGU, *[d for d in dikirim if d > "32.14.04.2010"][::6]]
