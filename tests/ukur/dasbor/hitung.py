"""(c, d) A full recount beside count(*), and one marked cell at each size."""

import json

from poskb.jalankan.proses import ucap
from tests.ukur.dasbor.anggaran import Anggaran
from tests.ukur.panggung import Produk

# Counts whole: into an empty table, again when nothing differs, and Postgres' own count of the table beside it.
HITUNG_PENUH = """
import json, time
from django.db import connection, transaction
from laporan.kampanye import hitung
from laporan.kampanye.cuplikan import perbarui_cuplikan
from laporan.models import Capaian, Kampanye
from akseptor.models import Pelayanan
k = Kampanye.objects.order_by("pk").first()
Capaian.objects.all().delete()
hasil = {}
def lama(nama, kerja):
    awal = time.perf_counter(); n = kerja(); hasil[nama] = [time.perf_counter() - awal, n]
def penuh():
    with transaction.atomic():
        return hitung.samakan(k)[0]
lama("count(*), first", Pelayanan.objects.count)
lama("count(*)", Pelayanan.objects.count)
lama("all rows new", penuh)
with connection.cursor() as c: c.execute("VACUUM ANALYZE laporan_capaian")
lama("nothing differs", penuh)
lama("count(*), again", Pelayanan.objects.count)
perbarui_cuplikan(k, None)
Kampanye.objects.update(perlu_hitung_ulang=False, sudah_dihitung=True)
print(json.dumps(hasil))
"""
# A desa that holds as much at every size, and one that holds its share of the size: mark a day, count it, many times.
HITUNG_SEL = """
import datetime as dt, json, time
from statistics import median
from akseptor.models import Pelayanan
from django.db import connection, transaction
from laporan.kampanye import hitung
from laporan.models import Capaian, PerluHitung
hari = dt.date(2021, 6, 25)
desa = list(Pelayanan.objects.order_by().values_list("desa_id", flat=True).distinct().order_by("desa_id")[:1]) + ["{tenang}"]
hasil = {{}}
for kode in desa:
    lama = []
    for n in range({kali}):
        Capaian.objects.filter(desa_id=kode, tanggal=hari).update(jumlah=99999, tercatat=n)
        PerluHitung.objects.create(desa_id=kode, tanggal=hari)
        awal = time.perf_counter(); hitung.hitung_yang_perlu(); lama.append(time.perf_counter() - awal)
    hasil[kode] = [1000 * median(lama), Pelayanan.objects.filter(desa_id=kode, tanggal=hari).count()]
print(json.dumps([hasil[k] for k in desa]))
"""
DESA_TENANG = "print(Wilayah.objects.desa().order_by('-kode').values_list('kode', flat=True)[0])"


def ukur_hitung(produk: dict[int, Produk], kali: int, anggaran: Anggaran) -> None:
    """(c, d) A full recount beside count(*), and one marked cell at each size."""
    besar = max(produk)
    ucap(f"\n(c) Full recount of {besar:,} services in one SQL statement")
    for n, p in produk.items():
        hasil = json.loads(p.python(HITUNG_PENUH))
        if n == besar:
            for nama, (detik, jumlah) in hasil.items():
                ucap(f"  {nama:<24}{detik:>9.2f} s   {jumlah:,} rows")
            for nama in ("all rows new", "nothing differs"):
                ucap(f"  {nama} / count(*): {hasil[nama][0] / hasil['count(*), again'][0]:.1f}")
    ucap("\n(d) One marked desa and day counted again (count, snapshots of three areas, history), ms")
    tenang, ramai = {}, {}
    for n, p in produk.items():
        kode = p.python("from kader.models import Wilayah\n" + DESA_TENANG).strip()
        ramai[n], tenang[n] = json.loads(p.python(HITUNG_SEL.format(tenang=kode, kali=kali)))
    for n in produk:
        ucap(
            f"  {n:>12,}: {tenang[n][0]:6.1f} with {tenang[n][1]} services in the cell, {ramai[n][0]:6.1f} with {ramai[n][1]}"
        )
    rasio = tenang[besar][0] / tenang[min(produk)][0]
    anggaran.tulis(f"the same cell, {besar:,} / {min(produk):,}, at most 1.5", f"{rasio:.2f}", baik=rasio <= 1.5)
