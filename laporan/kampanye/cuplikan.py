"""One row per area with all that its dashboard shows, made by the worker from the daily numbers."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Sum
from django.db.models.functions import Left

from kader.cakupan import kode_leluhur
from kader.models import Wilayah
from laporan.models import Capaian, Cuplikan, Kampanye, Target
from poskb.dasar.waktu import sekarang

ANGKA = ("tercatat", "terverifikasi", "semua")


def perbarui_cuplikan(kampanye: Kampanye, kode_desa: Iterable[str] | None) -> None:
    """Make the snapshots of some desa and of all areas above them anew; of every area when `kode_desa` is None.

    `versi` rises only when what is shown changed, so an open dashboard asks and is told "nothing new".
    """
    wilayah = Wilayah.objects.di(kampanye.wilayah_id)
    if kode_desa is not None:
        wilayah = wilayah.filter(kode__in={atas for kode in kode_desa for atas in kode_leluhur(kode)})
    target = dict(Target.objects.per_desa(kampanye).values_list("desa_id", "jumlah"))
    angka = Angka(kampanye, wilayah)
    lama = {c.wilayah_id: c for c in Cuplikan.objects.filter(kampanye=kampanye, wilayah__in=angka.wilayah)}
    baru, ubah = [], []
    for w in angka.wilayah:
        isi = susun(kampanye, w, target, angka)
        cuplikan = lama.get(w.kode)
        if cuplikan is None:
            baru.append(Cuplikan(kampanye=kampanye, wilayah=w, isi=isi, dihitung_pada=sekarang()))
            continue
        if cuplikan.isi != isi:
            cuplikan.isi, cuplikan.versi = isi, cuplikan.versi + 1
        cuplikan.dihitung_pada = sekarang()
        ubah.append(cuplikan)
    Cuplikan.objects.bulk_create(baru)
    Cuplikan.objects.bulk_update(ubah, ["isi", "versi", "dihitung_pada"], batch_size=100)


class Angka:
    """The daily numbers of some areas, added up: a few queries per level, whatever the number of areas."""

    def __init__(self, kampanye: Kampanye, wilayah: Iterable[Wilayah]) -> None:
        self.wilayah = list(wilayah)
        self.per_hari: dict[str, dict[dt.date, list[int]]] = defaultdict(dict)
        self.per_metode: dict[str, dict[str, list[int]]] = defaultdict(dict)
        self.anak: dict[str, list[Wilayah]] = defaultdict(list)
        self.semua: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        milik = Capaian.objects.di(kampanye.wilayah_id).filter(kampanye=kampanye).order_by()
        jumlah = {f"n_{a}": Sum(a) for a in ANGKA}
        for panjang in {len(w.kode) for w in self.wilayah}:
            kode = {w.kode for w in self.wilayah if len(w.kode) == panjang}
            baris = milik.annotate(di=Left("desa_id", panjang)).filter(di__in=kode)
            for di, tanggal, *n in baris.values_list("di", "tanggal").annotate(**jumlah):
                self.per_hari[di][tanggal] = n
            for di, metode, *n in baris.values_list("di", "metode").annotate(**jumlah):
                self.per_metode[di][metode] = n
        for desa, *n in milik.values_list("desa_id").annotate(**jumlah):
            for atas in kode_leluhur(desa):
                self.semua[atas] = [a + b for a, b in zip(self.semua[atas], n, strict=True)]
        for w in Wilayah.objects.filter(induk__in=self.wilayah).order_by("kode"):
            self.anak[w.induk_id].append(w)


def susun(kampanye: Kampanye, wilayah: Wilayah, target: dict[str, int], angka: Angka) -> dict[str, object]:
    """Put together what the dashboard of an area shows. `target`: share per desa code."""
    per_hari, per_metode = angka.per_hari[wilayah.kode], angka.per_metode[wilayah.kode]
    nol = (0, 0, 0)
    return {
        "target": _target_di(target, wilayah.kode),
        **dict(zip(ANGKA, angka.semua[wilayah.kode], strict=True)),
        "per_hari": [
            {"tanggal": h.isoformat(), **dict(zip(ANGKA, per_hari.get(h, nol), strict=True))} for h in kampanye.hari()
        ],
        "per_metode": [
            {"metode": m, **dict(zip(ANGKA, per_metode.get(m, nol), strict=True))} for m in kampanye.metode
        ],
        # Areas one level below, in the order of their codes; a desa has none.
        "per_wilayah": [
            {
                "kode": w.kode,
                "nama": w.nama,
                "target": _target_di(target, w.kode),
                **dict(zip(ANGKA, angka.semua[w.kode], strict=True)),
            }
            for w in angka.anak[wilayah.kode]
        ],
    }


def _target_di(target: dict[str, int], kode: str) -> int:
    return sum(n for k, n in target.items() if k == kode or k.startswith(kode + "."))
