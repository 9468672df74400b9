"""The worker's side: recompute what is marked, recount everything, say what differed. Never adds to a counter."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models.functions import Now

from laporan.kampanye.cuplikan import perbarui_cuplikan
from laporan.kampanye.progres import Sel, hitung
from laporan.models import Capaian, Kampanye, PenandaHitung, PerluHitung
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.waktu import sekarang

logger = logging.getLogger(__name__)
KUNCI = "laporan.hitung"
BARIS_SEKALI_AMBIL = 2_000


def _ambil_penanda() -> list[Sel]:
    """Take marks away and return what they mark. The next statement sees at least what these marks speak of."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM laporan_perluhitung WHERE id IN (SELECT id FROM laporan_perluhitung ORDER BY id LIMIT %s)"
            " RETURNING desa_id, tanggal",
            [BARIS_SEKALI_AMBIL],
        )
        return cursor.fetchall()


def hitung_yang_perlu() -> int:
    """Recompute every marked desa and day of every campaign; return how many cells. Safe to run anywhere, any time.

    One counter at a time: two that overlap could write an older number over a newer one. What is marked meanwhile
    waits for its own message: otherwise a busy hour would keep one counter running without a pause.
    """
    jumlah = 0
    while True:
        with transaction.atomic():
            kunci_transaksi(KUNCI)
            for kampanye in Kampanye.objects.filter(perlu_hitung_ulang=True).order_by("pk"):
                _hitung_ulang(kampanye)
            penanda = _ambil_penanda()
            sel = set(penanda)
            if sel:
                for kampanye in Kampanye.objects.order_by("pk"):
                    _tulis_sel(kampanye, sel)
            PenandaHitung.objects.update_or_create(id=1, defaults={"diperiksa_pada": Now()})
        jumlah += len(sel)
        if len(penanda) < BARIS_SEKALI_AMBIL:
            return jumlah


def _tulis_sel(kampanye: Kampanye, sel: Iterable[Sel]) -> None:
    """Replace the stored numbers of some cells by what the records say now."""
    sel = {(kode, t) for kode, t in sel if kampanye.mulai <= t <= kampanye.selesai}
    if not sel:
        return
    baru = hitung(kampanye, sel)
    simpan_capaian(kampanye, baru)
    _hapus_sel_kosong(kampanye, sel, baru.keys())
    perbarui_cuplikan(kampanye, {kode for kode, _ in sel})


def simpan_capaian(kampanye: Kampanye, baru: dict[tuple[str, dt.date, str], tuple[int, ...]]) -> None:
    """Write numbers; rows that exist are overwritten."""
    Capaian.objects.bulk_create(
        [
            Capaian(kampanye=kampanye, desa_id=d, tanggal=t, metode=m, tercatat=n[0], terverifikasi=n[1], semua=n[2])
            for (d, t, m), n in baru.items()
        ],
        update_conflicts=True,
        unique_fields=["kampanye", "desa", "tanggal", "metode"],
        update_fields=["tercatat", "terverifikasi", "semua"],
        batch_size=1_000,
    )


def _hapus_sel_kosong(kampanye: Kampanye, sel: set[Sel], isi: Iterable[tuple[str, dt.date, str]]) -> None:
    tetap = set(isi)
    lama = Capaian.objects.filter(
        kampanye=kampanye, desa_id__in={kode for kode, _ in sel}, tanggal__in={t for _, t in sel}
    ).values_list("pk", "desa_id", "tanggal", "metode")
    hapus = [pk for pk, d, t, m in lama if (d, t) in sel and (d, t, m) not in tetap]
    Capaian.objects.filter(pk__in=hapus).delete()


def hitung_ulang_semua() -> list[dict[str, object]]:
    """Count every campaign from the records, correct what is stored, return and keep the differences found.

    Marks still waiting are no difference: they are counted first, under the same lock.
    """
    hitung_yang_perlu()
    selisih: list[dict[str, object]] = []
    with transaction.atomic():
        kunci_transaksi(KUNCI)
        for kampanye in Kampanye.objects.order_by("pk"):
            selisih += _hitung_ulang(kampanye)
        # Read after counting: what is marked by now may have been counted or not, and is counted again anyway.
        menunggu = {(kode, t.isoformat()) for kode, t in PerluHitung.objects.values_list("desa_id", "tanggal")}
        selisih = [s for s in selisih if (s["desa"], s["tanggal"]) not in menunggu]
        PenandaHitung.objects.update_or_create(
            id=1, defaults={"diperiksa_pada": Now(), "hitung_penuh_pada": sekarang(), "selisih": selisih}
        )
    if selisih:
        logger.error("hitung ulang: %d sel berbeda dari catatan dan sudah dibetulkan", len(selisih))
    else:
        logger.info("hitung ulang: sama dengan catatan")
    return selisih


def _hitung_ulang(kampanye: Kampanye) -> list[dict[str, object]]:
    """Count one campaign whole, store what the records say, return what was stored otherwise."""
    benar = hitung(kampanye)
    lama = {
        (d, t, m): n
        for d, t, m, *n in Capaian.objects.filter(kampanye=kampanye).values_list(
            "desa_id", "tanggal", "metode", "tercatat", "terverifikasi", "semua"
        )
    }
    beda = [kunci for kunci in benar.keys() | lama.keys() if list(benar.get(kunci, ())) != list(lama.get(kunci, ()))]
    if beda:
        Capaian.objects.filter(kampanye=kampanye).delete()
        simpan_capaian(kampanye, benar)
    perbarui_cuplikan(kampanye, None)
    Kampanye.objects.filter(pk=kampanye.pk).update(perlu_hitung_ulang=False, sudah_dihitung=True)
    return [
        {
            "kampanye": kampanye.nama,
            "desa": d,
            "tanggal": t.isoformat(),
            "metode": m,
            "tersimpan": lama.get((d, t, m)),
            "seharusnya": list(benar.get((d, t, m), ())) or None,
        }
        for d, t, m in sorted(beda)
    ]
