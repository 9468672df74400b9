"""What past days would have shown, put together afterwards: for campaigns that began before anybody kept their days.

The records are brought back to what they were at the end of a day as far as they tell: those that had arrived, in
the stage their history gives. Corrections of date, method or desa are not undone, so the rows carry `disusun`.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from akseptor.models import Pelayanan
from kader.models import Jejak, Wilayah
from laporan.kampanye.cuplikan import susun_isi
from laporan.kampanye.hitung import KUNCI_HITUNG, samakan
from laporan.kampanye.isi import Isi
from laporan.models import Capaian, CuplikanHarian, Kampanye
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.waktu import WIB, hari_ini, sekarang

TABEL = {"pelayanan": Pelayanan._meta.db_table, "capaian": Capaian._meta.db_table, "jejak": Jejak._meta.db_table}
AKHIR_HARI = dt.time(23, 59, 59, 999_999)

# A temporary table hides the real one of its name, so the counting rule runs over the past unchanged.
BAYANGAN = """
CREATE TEMPORARY TABLE {pelayanan} (LIKE {skema}.{pelayanan} INCLUDING DEFAULTS INCLUDING INDEXES) ON COMMIT DROP;
CREATE TEMPORARY TABLE {capaian} (LIKE {skema}.{capaian} INCLUDING ALL) ON COMMIT DROP;
"""
KEMBALIKAN = """
TRUNCATE pg_temp.{pelayanan};
INSERT INTO pg_temp.{pelayanan} SELECT * FROM {skema}.{pelayanan} WHERE diterima_pada <= %(saat)s
  AND metode = ANY(%(metode)s) AND (tanggal IS NULL OR tanggal BETWEEN %(mulai)s AND %(selesai)s);
UPDATE pg_temp.{pelayanan} AS p SET tahap = lalu.tahap
FROM (SELECT DISTINCT ON (kunci) kunci::uuid AS pelayanan, perubahan -> 'tahap' ->> 1 AS tahap
      FROM {jejak} WHERE jenis = %(jenis)s AND perubahan ? 'tahap' AND pada <= %(saat)s
      ORDER BY kunci, id DESC) AS lalu
WHERE lalu.pelayanan = p.id AND lalu.tahap <> p.tahap;
ANALYZE pg_temp.{pelayanan};
"""
BUANG = "DROP TABLE pg_temp.{pelayanan}, pg_temp.{capaian}"


def semua() -> None:
    """Fill the days of every campaign: one that was made in the middle of its window has none of before."""
    for kampanye in Kampanye.objects.order_by("pk"):
        susun_riwayat(kampanye)


@transaction.atomic
def susun_riwayat(kampanye: Kampanye) -> int:
    """Fill the days before today that nobody kept; return how many days. What was kept is left alone."""
    kunci_transaksi(KUNCI_HITUNG)
    pertama = CuplikanHarian.objects.filter(kampanye=kampanye).order_by("hari").values_list("hari", flat=True).first()
    hari = [h for h in kampanye.hari() if h < min(hari_ini(), pertama or hari_ini())]
    if not hari:
        return 0
    pohon = list(Wilayah.objects.di(kampanye.wilayah_id).order_by("kode"))
    lama: dict[str, Isi] = {}
    with _bayangan() as skema:
        for satu in hari:
            _kembalikan(skema, kampanye, dt.datetime.combine(satu, AKHIR_HARI, WIB))
            samakan(kampanye)
            isi = susun_isi(kampanye, pohon, {w.kode for w in pohon}, {}, satu)
            baru = {kode: nilai for kode, nilai in isi.items() if lama.get(kode) != nilai}
            lama |= baru
            _simpan(kampanye, satu, baru)
    return len(hari)


@contextmanager
def _bayangan() -> Iterator[str]:
    """Hide services and daily numbers behind empty tables of this transaction; hand out the real tables' schema."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (skema,) = cursor.fetchone()
        cursor.execute(BAYANGAN.format(skema=skema, **TABEL))
        # An exception rolls the transaction back, and the tables with it.
        yield skema
        cursor.execute(BUANG.format(**TABEL))


def _kembalikan(skema: str, kampanye: Kampanye, saat: dt.datetime) -> None:
    """Bring back what the campaign can count at all: method and date stay what they are now."""
    nilai = {"saat": saat, "jenis": Pelayanan._meta.model_name, "metode": ["", *kampanye.metode]}
    nilai |= {"mulai": kampanye.mulai, "selesai": kampanye.selesai}
    with connection.cursor() as cursor:
        cursor.execute(KEMBALIKAN.format(skema=skema, **TABEL), nilai)


def _simpan(kampanye: Kampanye, hari: dt.date, isi: dict[str, Isi]) -> None:
    CuplikanHarian.objects.bulk_create(
        [
            CuplikanHarian(
                kampanye=kampanye,
                wilayah_id=kode,
                hari=hari,
                isi=satu,
                versi=0,
                dihitung_pada=sekarang(),
                disusun=True,
            )
            for kode, satu in isi.items()
        ],
        batch_size=200,
    )
