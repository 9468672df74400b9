"""The mark on everything that leaves a demo: nobody may take invented numbers for those of the district."""

from django.conf import settings

TANDA = "DATA KARANGAN (mode demo)"


def tanda_karangan() -> str:
    """Return the mark in demo mode, else nothing."""
    return TANDA if settings.DEMO else ""
