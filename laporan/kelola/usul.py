"""Proposals for the shares of a target: by a weight that is known for every desa, else equal. Nothing is written."""

from collections.abc import Mapping

from laporan.enums import CaraBagi, MacamBobot
from laporan.kampanye.target import bagi_bertingkat
from laporan.kelola.bobot import Bobot

URUTAN = (CaraBagi.PUS, CaraBagi.PENDUDUK, CaraBagi.RATA)


def usul(target: int, cara: CaraBagi, kode: list[str], bobot: Mapping[MacamBobot, Bobot]) -> dict[str, int]:
    """Return shares of the desa of these codes. Raises ValueError for a weight that is not known for all of them."""
    if cara == CaraBagi.RATA:
        return bagi_bertingkat(target, dict.fromkeys(kode, 1))
    satu = bobot[MacamBobot(cara)]
    if not satu.dapat_dipakai:
        raise ValueError(satu.sebab)
    return bagi_bertingkat(target, {k: satu.per_desa[k] for k in kode})


def cara_terbaik(bobot: Mapping[MacamBobot, Bobot]) -> CaraBagi:
    """Return how a new campaign is shared: by PUS, else by population, else equally."""
    return next(c for c in URUTAN if c == CaraBagi.RATA or bobot[MacamBobot(c)].dapat_dipakai)


def cara_dari(bagian: Mapping[str, int], target: int, bobot: Mapping[MacamBobot, Bobot]) -> tuple[CaraBagi, str]:
    """Say of which proposal these shares are, and the source of its weight; TANGAN when of none."""
    for cara in URUTAN:
        satu = None if cara == CaraBagi.RATA else bobot[MacamBobot(cara)]
        if (satu is None or satu.dapat_dipakai) and usul(target, cara, list(bagian), bobot) == dict(bagian):
            return cara, satu.asal if satu else ""
    return CaraBagi.TANGAN, ""
