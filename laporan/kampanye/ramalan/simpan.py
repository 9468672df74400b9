"""Forecasts are kept, one per campaign, area and day: what was said on a day of the past can be shown again."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Max

from laporan.kampanye.ramalan.hasil import VERSI_MODEL
from laporan.kampanye.ramalan.masukan import kode_diramal, semua_segitiga
from laporan.kampanye.ramalan.ramal import ramal_bertingkat
from laporan.models import Kampanye, Ramalan
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.waktu import hari_ini, sekarang

logger = logging.getLogger(__name__)
KUNCI = "laporan.ramal"
# After the last day late records still move the result; then it stands.
SUSULAN = dt.timedelta(days=60)
# A busy hour counts every second; its forecast is made at most this often.
JEDA = dt.timedelta(minutes=2)


def ramal_semua(*, jeda: dt.timedelta = dt.timedelta(0)) -> int:
    """Forecast every running campaign; return how many areas were computed. Safe to run twice, late, anywhere.

    `jeda`: leave alone what was computed less than that ago. One at a time: the lock is taken before the records are
    read, so that an older reading cannot be written over a newer one.
    """
    hari = hari_ini()
    jumlah = 0
    for kampanye in Kampanye.objects.filter(mulai__lte=hari, selesai__gte=hari - SUSULAN).order_by("pk"):
        with transaction.atomic():
            kunci_transaksi(KUNCI)
            if not _baru_saja(kampanye, hari, jeda):
                jumlah += _ramal(kampanye, hari)
    return jumlah


def _baru_saja(kampanye: Kampanye, hari: dt.date, jeda: dt.timedelta) -> bool:
    terakhir = Ramalan.objects.filter(kampanye=kampanye, hari=hari).aggregate(pada=Max("dihitung_pada"))["pada"]
    # A pinned day begins anew with every start: what lies ahead of the clock is of an earlier one.
    return terakhir is not None and sekarang() - jeda < terakhir <= sekarang()


def _ramal(kampanye: Kampanye, hari: dt.date) -> int:
    segitiga = semua_segitiga(kampanye, kode_diramal(kampanye))
    # Areas inside learn from the one above, so what it depends on is part of what they depend on.
    atas = segitiga[kampanye.wilayah_id].sidik()
    sidik = {k: f"{VERSI_MODEL}:{atas[:24]}:{s.sidik()[:24]}" for k, s in segitiga.items()}
    lama = dict(Ramalan.objects.filter(kampanye=kampanye, hari=hari).values_list("wilayah_id", "sidik"))
    if lama == sidik:
        return 0
    induk = segitiga.pop(kampanye.wilayah_id)
    perkiraan, bawah = ramal_bertingkat(induk, segitiga)
    semua = {kampanye.wilayah_id: perkiraan} | bawah
    Ramalan.objects.filter(kampanye=kampanye, hari=hari).exclude(wilayah__in=semua).delete()
    Ramalan.objects.bulk_create(
        [
            Ramalan(
                kampanye=kampanye,
                wilayah_id=k,
                hari=hari,
                isi=p.sebagai_json(),
                sidik=sidik[k],
                dihitung_pada=sekarang(),
            )
            for k, p in semua.items()
        ],
        update_conflicts=True,
        unique_fields=["kampanye", "wilayah", "hari"],
        update_fields=["isi", "sidik", "dihitung_pada"],
    )
    logger.info("ramal: kampanye %s, %d wilayah", kampanye.pk, len(semua))
    return len(semua)
