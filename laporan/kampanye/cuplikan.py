"""One row per area with all that its dashboard shows, made by the worker from the daily numbers.

A desa's row is made from its own numbers, a kecamatan's from its desa's rows, the kabupaten's from its kecamatan's:
what a change costs depends on the length of the campaign, never on how much was recorded.
"""

import datetime as dt
from collections.abc import Iterable

from kader.cakupan import kode_leluhur
from kader.models import Wilayah
from laporan.kampanye.isi import Isi, gabungkan, isi_desa, lengkapi
from laporan.models import Cuplikan, CuplikanHarian, Kampanye, Target
from poskb.dasar.waktu import hari_ini, sekarang


def perbarui_cuplikan(kampanye: Kampanye, kode_desa: Iterable[str] | None) -> None:
    """Make the snapshots of some desa and of all areas above them anew; of every area when `kode_desa` is None.

    `versi` rises only when what is shown changed, so an open dashboard asks and is told "nothing new".
    """
    wilayah = Wilayah.objects.di(kampanye.wilayah_id).order_by("kode")
    pohon = list(wilayah)
    berubah = {w.kode for w in pohon} if kode_desa is None else {a for k in kode_desa for a in kode_leluhur(k)}
    lama = {c.wilayah_id: c for c in Cuplikan.objects.filter(kampanye=kampanye, wilayah__in=_terlihat(pohon, berubah))}
    isi = susun_isi(kampanye, pohon, berubah, {kode: c.isi for kode, c in lama.items()})
    _simpan(kampanye, isi, lama)


def _terlihat(pohon: list[Wilayah], berubah: set[str]) -> set[str]:
    """What changed, and the areas right below it that it is added up from."""
    return berubah | {w.kode for w in pohon if w.induk_id in berubah}


def susun_isi(
    kampanye: Kampanye, pohon: list[Wilayah], berubah: set[str], lama: dict[str, Isi], hari: dt.date | None = None
) -> dict[str, Isi]:
    """Return what is shown of the areas `berubah`, from the bottom up; `lama`: what is stored of those beside them.

    `hari`: the day on which it is known; today when nothing is said.
    """
    target = dict(Target.objects.per_desa(kampanye).values_list("desa_id", "jumlah"))
    anak: dict[str, list[Wilayah]] = {}
    for w in pohon:
        anak.setdefault(w.induk_id, []).append(w)
    desa = [w.kode for w in pohon if w.kode in berubah and not anak.get(w.kode)]
    baru = isi_desa(kampanye, desa, target)
    # Longer codes lie deeper.
    for w in sorted((w for w in pohon if w.kode in berubah), key=lambda w: (-len(w.kode), w.kode)):
        bawah = anak.get(w.kode, [])
        if bawah:
            baru[w.kode] = gabungkan([(a, baru.get(a.kode) or lama.get(a.kode)) for a in bawah], hari or hari_ini())
    return {kode: lengkapi(kampanye, isi) for kode, isi in baru.items()}


def _simpan(kampanye: Kampanye, isi: dict[str, Isi], lama: dict[str, Cuplikan]) -> None:
    semua, berubah = [], []
    for kode, satu in isi.items():
        dulu = lama.get(kode)
        baru = Cuplikan(kampanye=kampanye, wilayah_id=kode, isi=satu, dihitung_pada=sekarang())
        if dulu:
            baru.versi = dulu.versi + (dulu.isi != satu)
        semua.append(baru)
        if not dulu or baru.versi != dulu.versi:
            berubah.append(baru)
    Cuplikan.objects.bulk_create(
        semua,
        update_conflicts=True,
        unique_fields=["kampanye", "wilayah"],
        update_fields=["isi", "versi", "dihitung_pada"],
        batch_size=100,
    )
    catat_harian(berubah)


def catat_harian(cuplikan: Iterable[Cuplikan]) -> None:
    """Keep what is known today of these areas; the last one of a day stays."""
    CuplikanHarian.objects.bulk_create(
        [
            CuplikanHarian(
                kampanye_id=c.kampanye_id,
                wilayah_id=c.wilayah_id,
                hari=hari_ini(),
                isi=c.isi,
                versi=c.versi,
                dihitung_pada=c.dihitung_pada,
            )
            for c in cuplikan
        ],
        update_conflicts=True,
        unique_fields=["kampanye", "wilayah", "hari"],
        update_fields=["isi", "versi", "dihitung_pada", "disusun"],
        batch_size=100,
    )
