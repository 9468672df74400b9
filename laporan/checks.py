"""System checks of the settings of deadlines: run by every `manage.py` command."""

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from laporan.enums import TingkatTenggat


@register()
def tenggat_masuk_akal(**kwargs: object) -> list[CheckMessage]:
    """Every level has a day that each month has, in the order in which a report climbs."""
    return [
        Error(pesan, hint="See POSKB_TENGGAT and POSKB_TENGGAT_MENOLAK in README.md.", id=kode)
        for kode, pesan in _keliru(settings.TENGGAT_LAPORAN, settings.TENGGAT_MENOLAK)
    ]


def _keliru(hari: dict[str, int], menolak: list[str]) -> Iterator[tuple[str, str]]:
    if set(hari) != set(TingkatTenggat.values):
        yield "poskb.E003", f"TENGGAT_LAPORAN must name exactly: {', '.join(TingkatTenggat.values)}."
        return
    urut = [hari[t] for t in TingkatTenggat.values]
    if any(not 1 <= h <= 28 for h in urut):
        yield "poskb.E004", "TENGGAT_LAPORAN: a day must lie between 1 and 28, so that every month has it."
    if urut != sorted(urut):
        yield "poskb.E005", "TENGGAT_LAPORAN: no level can be due before the one below it, nor after the close."
    asing = [t for t in menolak if t not in TingkatTenggat.values]
    if asing:
        yield "poskb.E006", f"TENGGAT_MENOLAK names no level: {', '.join(asing)}."
