"""The lock comes to a product in use: what was approved before is locked by the migration, and let go by its reverse."""

import pytest
from django.core.management import call_command

from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import JUNI


def migrasi(tujuan: str) -> None:
    call_command("migrate", "laporan", tujuan, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_yang_sudah_disetujui_ikut_terkunci_saat_dipasang(settings):
    settings.HARI_INI, settings.KODE_KABUPATEN = pabrik.HARI_INI, pabrik.KAB
    c = pabrik.cerita()
    satu, lain = pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI), pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    pabrik.disetujui(c)
    susulan = pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    migrasi("0005")
    try:
        assert not Pelayanan.objects.filter(bulan_laporan__isnull=False).exists()
        # Without the lock somebody returned one; it was signed, so it is locked as it stands.
        Pelayanan.objects.filter(pk=lain.pk).update(
            tahap="dikembalikan", diverifikasi_oleh=None, diverifikasi_pada=None
        )
    finally:
        call_command("migrate", verbosity=0)
    bulan = dict(Pelayanan.objects.values_list("pk", "bulan_laporan"))
    assert bulan == {satu.pk: JUNI, lain.pk: JUNI, susulan.pk: None}
