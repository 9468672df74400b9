"""What the worker does for accounts. May run twice, late or out of order."""

from celery import shared_task

from kader.akun.bersih import bersihkan


@shared_task(name="kader.bersihkan_akun")
def bersihkan_akun() -> None:
    """Remove what is over."""
    bersihkan()
