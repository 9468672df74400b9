"""Sharing a target so that the shares sum exactly."""

from collections.abc import Mapping

from django.db import transaction

from kader.models import Wilayah
from laporan.models import Kampanye, Target


def bagi_sisa_terbesar(jumlah: int, bobot: Mapping[str, int]) -> dict[str, int]:
    """Share a whole number by weights, largest remainder first; the shares sum to `jumlah` exactly.

    The same input gives the same shares. Raises ValueError without a positive weight.
    """
    total = sum(bobot.values())
    if total <= 0 or min(bobot.values()) < 0:
        raise ValueError("weights must not be negative and at least one must be positive")
    bagian = {kunci: jumlah * b // total for kunci, b in bobot.items()}
    sisa = jumlah - sum(bagian.values())
    pecahan = {kunci: jumlah * b % total for kunci, b in bobot.items()}
    batas = sorted(pecahan.values(), reverse=True)[sisa]
    di_atas = [kunci for kunci, n in pecahan.items() if n > batas]
    setara = sorted(kunci for kunci, n in pecahan.items() if n == batas)
    for kunci in [*di_atas, *_tersebar(setara, sisa - len(di_atas), jumlah)]:
        bagian[kunci] += 1
    return bagian


def _tersebar(kunci: list[str], banyak: int, jumlah: int) -> list[str]:
    """Choose some of those that have an equal claim, evenly over the list; where it starts moves with `jumlah`.

    The first of the list would always be the same areas: the lowest codes.
    """
    n = len(kunci)
    awal = jumlah // n % n
    return [k for i, k in enumerate(kunci) if ((i + 1) * banyak + awal) // n > (i * banyak + awal) // n]


def bagi_bertingkat(jumlah: int, bobot: Mapping[str, int]) -> dict[str, int]:
    """Share a number among desa by weights: first among their kecamatan, then inside each.

    Shared among all desa at once, what is left over by equal desa would fall to whole kecamatan and pass others by.
    Raises ValueError without a positive weight.
    """
    milik = _per_kecamatan(bobot)
    per_kecamatan = bagi_sisa_terbesar(jumlah, {induk: sum(isi.values()) for induk, isi in milik.items()})
    return _ke_desa(per_kecamatan, milik)


def _per_kecamatan(bobot: Mapping[str, int]) -> dict[str, dict[str, int]]:
    milik: dict[str, dict[str, int]] = {}
    for kode, b in bobot.items():
        milik.setdefault(kode.rpartition(".")[0], {})[kode] = b
    return milik


def _ke_desa(per_kecamatan: Mapping[str, int], milik: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    bagian = {kode: 0 for isi in milik.values() for kode in isi}
    for induk, n in per_kecamatan.items():
        if n:
            bagian |= bagi_sisa_terbesar(n, milik[induk])
    return bagian


def bagi_seperti(jumlah: int, contoh: Mapping[str, int]) -> dict[str, int]:
    """Share a number among desa in the proportions of other shares; equally where these are all nothing.

    Desa of a kecamatan whose shares differ by one at most were shared equally, and stay so: 9 and 10 in proportion to
    each other would become 9 and 11. Raises ValueError for nobody to share with.
    """
    milik = _per_kecamatan(contoh if any(contoh.values()) else dict.fromkeys(contoh, 1))
    per_kecamatan = bagi_sisa_terbesar(jumlah, {induk: sum(isi.values()) for induk, isi in milik.items()})
    return _ke_desa(per_kecamatan, {induk: _rata_bila_setara(isi) for induk, isi in milik.items()})


def _rata_bila_setara(contoh: Mapping[str, int]) -> Mapping[str, int]:
    return dict.fromkeys(contoh, 1) if max(contoh.values()) - min(contoh.values()) <= 1 else contoh


def sisa_menyesuaikan(jumlah: int, dasar: Mapping[str, int], isian: Mapping[str, int]) -> dict[str, int]:
    """Keep every share that differs from `dasar` and let the others take what is left, in their proportions.

    Raises ValueError when what is kept is more than the whole, or when nothing is left to adjust.
    """
    tetap = {kunci: n for kunci, n in isian.items() if n != dasar.get(kunci, 0)}
    sisa = jumlah - sum(tetap.values())
    if sisa < 0:
        raise ValueError("what is kept exceeds the whole")
    return tetap | bagi_seperti(sisa, {kunci: dasar.get(kunci, 0) for kunci in isian if kunci not in tetap})


def bobot_rata(kampanye: Kampanye) -> dict[str, int]:
    """Return the same weight for every desa of the campaign's area."""
    return dict.fromkeys(Wilayah.objects.di(kampanye.wilayah_id).desa().values_list("kode", flat=True), 1)


@transaction.atomic
def simpan_bagian(kampanye: Kampanye, bagian: Mapping[str, int]) -> None:
    """Replace the shares. Raises ValueError unless they sum to the target."""
    if sum(bagian.values()) != kampanye.target:
        raise ValueError("shares must sum to the target")
    Target.objects.per_desa(kampanye).delete()
    Target.objects.bulk_create([Target(kampanye=kampanye, desa_id=k, jumlah=n) for k, n in bagian.items()])


def bagi_rata_per_desa(kampanye: Kampanye) -> None:
    """Give every desa of the campaign's area an equal share: no number of couples per desa is known to us.

    Equal up to one: kecamatan with more desa carry more.
    """
    simpan_bagian(kampanye, bagi_bertingkat(kampanye.target, bobot_rata(kampanye)))
