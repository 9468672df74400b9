"""Sharing a target so that the shares sum exactly."""

from collections.abc import Mapping

from django.db import transaction

from kader.models import Wilayah
from laporan.models import Kampanye, Target


def bagi_sisa_terbesar(jumlah: int, bobot: Mapping[str, int]) -> dict[str, int]:
    """Share a whole number by weights, largest remainder first; the shares sum to `jumlah` exactly.

    Ties go to the smaller key, so the same input gives the same shares. Raises ValueError without a positive weight.
    """
    total = sum(bobot.values())
    if total <= 0 or min(bobot.values()) < 0:
        raise ValueError("weights must not be negative and at least one must be positive")
    bagian = {kunci: jumlah * b // total for kunci, b in bobot.items()}
    sisa = jumlah - sum(bagian.values())
    urut = sorted(bobot, key=lambda kunci: (-(jumlah * bobot[kunci] % total), kunci))
    for kunci in urut[:sisa]:
        bagian[kunci] += 1
    return bagian


def bagi_seperti(jumlah: int, contoh: Mapping[str, int]) -> dict[str, int]:
    """Share a number in the proportions of other shares; equally where these are all nothing.

    Raises ValueError for nobody to share with.
    """
    return bagi_sisa_terbesar(jumlah, contoh if any(contoh.values()) else dict.fromkeys(contoh, 1))


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
    simpan_bagian(kampanye, bagi_sisa_terbesar(kampanye.target, bobot_rata(kampanye)))
