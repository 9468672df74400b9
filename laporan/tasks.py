"""What the worker does: fetch, call, no rule. Each may run twice, late or out of order."""

from celery import shared_task

from laporan.bulanan import pembukaan, pengingat
from laporan.ekspor import pekerja
from laporan.kampanye import hitung, susun_riwayat
from poskb.dasar.antrean import setelah_commit


@shared_task(name="laporan.hitung_yang_perlu")
def hitung_yang_perlu() -> None:
    """Count again whatever is marked; what counted anew is forecast anew."""
    if hitung.hitung_yang_perlu():
        setelah_commit(ramal)


@shared_task(name="laporan.hitung_ulang_semua")
def hitung_ulang_semua() -> None:
    """Count everything from the records and report what differed; fill days that nobody kept."""
    hitung.hitung_ulang_semua()
    susun_riwayat.semua()


@shared_task(name="laporan.ramal")
def ramal() -> None:
    """Forecast every running campaign whose records changed, each at most every two minutes."""
    # Imported here: numpy stays out of the web processes, which import this module to send messages.
    from laporan.kampanye.ramalan.simpan import JEDA, ramal_semua

    ramal_semua(jeda=JEDA)


@shared_task(name="laporan.buka_bulan")
def buka_bulan() -> None:
    """Open the month, and whatever was not opened in time."""
    pembukaan.buka_bulan()


@shared_task(name="laporan.perbarui_pesan")
def perbarui_pesan() -> None:
    """Write this morning's reminders into the officers' outboxes; outdate those that no longer hold."""
    pengingat.perbarui_pesan()


@shared_task(name="laporan.kerjakan_ekspor")
def kerjakan_ekspor() -> None:
    """Make the next export that waits; when more wait, ask to be called again."""
    if pekerja.kerjakan():
        setelah_commit(kerjakan_ekspor)


@shared_task(name="laporan.bersihkan_ekspor")
def bersihkan_ekspor() -> None:
    """Remove files that expired."""
    pekerja.bersihkan()
