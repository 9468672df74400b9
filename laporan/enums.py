"""Closed lists of the app."""

from django.db.models import TextChoices


class StatusLaporan(TextChoices):
    """State of a monthly report. The arrows are in `laporan/bulanan/transisi.py`."""

    DRAF = "draf", "Draf"
    DIKIRIM = "dikirim", "Dikirim"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"
    DISETUJUI = "disetujui", "Disetujui"
