"""What the worker does for the records of people: fetch, call, no rule."""

from celery import shared_task
from django.conf import settings

from akseptor import retensi as masa_simpan


@shared_task(name="akseptor.retensi")
def retensi() -> None:
    """Erase what is kept no longer, where the operator wants that to happen by itself."""
    if settings.RETENSI_OTOMATIS:
        masa_simpan.jalankan()
