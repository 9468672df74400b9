"""The worker's side: recompute what is marked, recount everything, say what differed. Never adds to a counter."""

import logging
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models.functions import Now

from laporan.kampanye.cuplikan import perbarui_cuplikan
from laporan.kampanye.progres import Sel, sql_rinci
from laporan.kampanye.rinci import KUNCI, UKURAN
from laporan.models import Capaian, Kampanye, PenandaHitung, PerluHitung
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.waktu import sekarang

logger = logging.getLogger(__name__)
KUNCI_HITUNG = "laporan.hitung"
BARIS_SEKALI_AMBIL = 2_000
# Of a whole campaign: its sorting and hashing stay in memory up to millions of services (docs/ukur.md).
MEMORI_HITUNG_PENUH = "64MB"
# So many differences of a campaign are kept and shown; how many there were is said beside them.
SELISIH_DISIMPAN = 200


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
    """Recompute every marked desa and day of every campaign, and every campaign whose rule changed.

    Returns how many of both, for whoever goes on with new numbers. Safe to run anywhere, any time.

    One counter at a time: two that overlap could write an older number over a newer one. What is marked meanwhile
    waits for its own message: otherwise a busy hour would keep one counter running without a pause.
    """
    jumlah = 0
    while True:
        with transaction.atomic():
            kunci_transaksi(KUNCI_HITUNG)
            berubah = list(Kampanye.objects.filter(perlu_hitung_ulang=True).order_by("pk"))
            for kampanye in berubah:
                _hitung_ulang(kampanye)
            penanda = _ambil_penanda()
            sel = set(penanda)
            if sel:
                for kampanye in Kampanye.objects.order_by("pk"):
                    _hitung_sel(kampanye, sel)
            PenandaHitung.objects.update_or_create(id=1, defaults={"diperiksa_pada": Now()})
        jumlah += len(sel) + len(berubah)
        if len(penanda) < BARIS_SEKALI_AMBIL:
            return jumlah


def _hitung_sel(kampanye: Kampanye, sel: Iterable[Sel]) -> None:
    """Replace the stored numbers of some cells by what the records say now."""
    sel = {(kode, t) for kode, t in sel if kampanye.mulai <= t <= kampanye.selesai}
    if sel:
        samakan(kampanye, sel)
        perbarui_cuplikan(kampanye, {kode for kode, _ in sel})


SAMAKAN = """
WITH benar AS MATERIALIZED ({rinci}),
lama AS MATERIALIZED (SELECT id, {kolom} FROM {tabel} WHERE kampanye_id = %s {batas}),
beda AS MATERIALIZED (
  SELECT lama.id, {kunci}, {ukuran_beda}, benar.jumlah IS NULL AS hilang,
         ARRAY[{ukuran_lama}] AS tersimpan, ARRAY[{ukuran_benar}] AS seharusnya,
         (desa_id, tanggal) IN (SELECT desa_id, tanggal FROM {penanda}) AS ditandai
  FROM benar FULL JOIN lama USING ({kunci})
  WHERE ({ukuran_benar}, benar.terakhir) IS DISTINCT FROM ({ukuran_lama}, lama.terakhir)
), hapus AS (
  DELETE FROM {tabel} WHERE id IN (SELECT id FROM beda WHERE hilang)
), tulis AS (
  INSERT INTO {tabel} (kampanye_id, {kolom})
  SELECT %s, {kolom} FROM beda WHERE NOT hilang
  ON CONFLICT (kampanye_id, {kunci}) DO UPDATE SET {ganti}
)
SELECT count(*) OVER (), {kunci}, tersimpan, seharusnya FROM beda WHERE NOT ditandai ORDER BY {kunci} LIMIT %s
"""


def samakan(kampanye: Kampanye, sel: set[Sel] | None = None) -> tuple[int, list[dict[str, object]]]:
    """Make the stored numbers equal to the records, in one statement: of some desa and days, or of the campaign.

    Returns how many rows differed, and the first of them in words of the difference report; what is marked is no
    difference: mark and change are of one transaction, so one statement sees both or neither. Nothing is written
    where nothing differs. Call it in a transaction.
    """
    rinci, nilai = sql_rinci(kampanye, sel)
    kolom = (*UKURAN, "terakhir")
    batas = "" if sel is None else "AND (desa_id, tanggal) IN (SELECT unnest(%s::text[]), unnest(%s::date[]))"
    pernyataan = SAMAKAN.format(
        rinci=rinci,
        tabel=Capaian._meta.db_table,
        penanda=PerluHitung._meta.db_table,
        batas=batas,
        kunci=", ".join(KUNCI),
        kolom=", ".join((*KUNCI, *kolom)),
        ukuran_beda=", ".join(f"benar.{u}" for u in kolom),
        ukuran_lama=", ".join(f"lama.{u}" for u in UKURAN),
        ukuran_benar=", ".join(f"benar.{u}" for u in UKURAN),
        ganti=", ".join(f"{u} = EXCLUDED.{u}" for u in kolom),
    )
    sel_kolom = [] if sel is None else [list(x) for x in zip(*sorted(sel), strict=True)]
    with connection.cursor() as cursor:
        if sel is None:
            cursor.execute("SELECT set_config('work_mem', %s, true)", [MEMORI_HITUNG_PENUH])
        cursor.execute(pernyataan, [*nilai, kampanye.pk, *sel_kolom, kampanye.pk, SELISIH_DISIMPAN])
        baris = cursor.fetchall()
    return (baris[0][0] if baris else 0), [_selisih(kampanye, *b[1:]) for b in baris]


def _selisih(kampanye: Kampanye, *baris: object) -> dict[str, object]:
    *kunci, tersimpan, seharusnya = baris
    nama = dict(zip(KUNCI, kunci, strict=True))
    return {
        "kampanye": kampanye.nama,
        "desa": nama["desa_id"],
        "tanggal": nama["tanggal"].isoformat(),
        **{k: nama[k] for k in KUNCI[2:]},
        "tersimpan": _ukuran(tersimpan),
        "seharusnya": _ukuran(seharusnya),
    }


def _ukuran(nilai: list[int | None]) -> dict[str, int] | None:
    return None if nilai[0] is None else dict(zip(UKURAN, nilai, strict=True))


def hitung_ulang_semua() -> list[dict[str, object]]:
    """Count every campaign from the records, correct what is stored, return and keep the differences found.

    Marks still waiting are no difference: they are counted first. A transaction for each campaign, so that marks of
    the others need not wait for all.
    """
    hitung_yang_perlu()
    selisih: list[dict[str, object]] = []
    jumlah = 0
    for pk in Kampanye.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            kunci_transaksi(KUNCI_HITUNG)
            # Read under the lock: its rule may have changed, or it is gone.
            for kampanye in Kampanye.objects.filter(pk=pk):
                banyak, contoh = _hitung_ulang(kampanye)
                jumlah += banyak
                selisih += contoh
            PenandaHitung.objects.update_or_create(id=1, defaults={"diperiksa_pada": Now()})
    PenandaHitung.objects.update_or_create(
        id=1, defaults={"hitung_penuh_pada": sekarang(), "selisih": selisih, "jumlah_selisih": jumlah}
    )
    if jumlah:
        logger.error("hitung ulang: %d angka berbeda dari catatan dan sudah dibetulkan", jumlah)
    else:
        logger.info("hitung ulang: sama dengan catatan")
    return selisih


def _hitung_ulang(kampanye: Kampanye) -> tuple[int, list[dict[str, object]]]:
    """Count one campaign whole, store what the records say; return what was stored otherwise (`samakan`)."""
    hasil = samakan(kampanye)
    perbarui_cuplikan(kampanye, None)
    Kampanye.objects.filter(pk=kampanye.pk).update(perlu_hitung_ulang=False, sudah_dihitung=True)
    return hasil
