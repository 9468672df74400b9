"""One row per area with all that its dashboard shows, made by the worker from the daily numbers."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Sum

from kader.cakupan import kode_leluhur
from kader.enums import Tingkat
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
    lama = {c.wilayah_id: c for c in Cuplikan.objects.filter(kampanye=kampanye)}
    baru, ubah = [], []
    for w in wilayah:
        isi = susun(kampanye, w, target)
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


def susun(kampanye: Kampanye, wilayah: Wilayah, target: dict[str, int]) -> dict[str, object]:
    """Put together what the dashboard of an area shows. `target`: share per desa code."""
    baris = Capaian.objects.di(wilayah.kode).filter(kampanye=kampanye).order_by()
    jumlah = {f"n_{a}": Sum(a) for a in ANGKA}
    per_hari = {t: n for t, *n in baris.values_list("tanggal").annotate(**jumlah)}
    per_metode = {m: n for m, *n in baris.values_list("metode").annotate(**jumlah)}
    total = [sum(n[i] for n in per_hari.values()) for i in range(3)]
    return {
        "target": _target_di(target, wilayah.kode),
        **dict(zip(ANGKA, total, strict=True)),
        "per_hari": [
            {"tanggal": h.isoformat(), **dict(zip(ANGKA, per_hari.get(h, (0, 0, 0)), strict=True))}
            for h in kampanye.hari()
        ],
        "per_metode": [
            {"metode": m, **dict(zip(ANGKA, per_metode.get(m, (0, 0, 0)), strict=True))} for m in kampanye.metode
        ],
        "per_wilayah": _per_wilayah(kampanye, wilayah, target),
    }


def _target_di(target: dict[str, int], kode: str) -> int:
    return sum(n for k, n in target.items() if k == kode or k.startswith(kode + "."))


def _per_wilayah(kampanye: Kampanye, wilayah: Wilayah, target: dict[str, int]) -> list[dict[str, object]]:
    """Numbers of the areas one level below, in the order of their codes; a desa has none below."""
    if wilayah.tingkat == Tingkat.DESA:
        return []
    anak = Wilayah.objects.filter(induk=wilayah).order_by("kode")
    letak = len(kode_leluhur(wilayah.kode))
    angka: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    per_desa = (
        Capaian.objects.di(wilayah.kode)
        .filter(kampanye=kampanye)
        .order_by()
        .values_list("desa_id")
        .annotate(**{f"n_{a}": Sum(a) for a in ANGKA})
    )
    for desa, *n in per_desa:
        di = kode_leluhur(desa)[letak]
        angka[di] = [a + b for a, b in zip(angka[di], n, strict=True)]
    return [
        {
            "kode": w.kode,
            "nama": w.nama,
            "target": _target_di(target, w.kode),
            **dict(zip(ANGKA, angka[w.kode], strict=True)),
        }
        for w in anak
    ]
