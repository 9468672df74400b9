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


@transaction.atomic
def bagi_rata_per_desa(kampanye: Kampanye) -> None:
    """Give every desa of the campaign's area an equal share: no number of couples per desa is known to us.

    Equal up to one: kecamatan with more desa carry more.
    """
    kode = Wilayah.objects.di(kampanye.wilayah_id).desa().values_list("kode", flat=True)
    bagian = bagi_sisa_terbesar(kampanye.target, dict.fromkeys(kode, 1))
    Target.objects.per_desa(kampanye).delete()
    Target.objects.bulk_create([Target(kampanye=kampanye, desa_id=k, jumlah=n) for k, n in bagian.items()])
