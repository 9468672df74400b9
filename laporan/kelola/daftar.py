"""Every campaign of an area with its state and its number, for the list."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import IntegerField, Sum
from django.db.models.functions import Cast

from kader.cakupan import Cakupan
from laporan.kampanye.papan import Bar, bar, persen
from laporan.kelola.kata import keadaan, nama_tempat
from laporan.models import AngkaAkhir, Cuplikan, Kampanye, Penutupan, Target

KELOMPOK = (
    ("berjalan", "Sedang berjalan"),
    ("lewat", "Sudah selesai, menunggu ditutup"),
    ("mendatang", "Akan datang"),
    ("ditutup", "Sudah ditutup"),
)


@dataclass(frozen=True)
class Butir:
    """One campaign. Its numbers are those of the area of whoever looks; None while nobody has counted it."""

    kampanye: Kampanye
    kode: str
    kata: str
    penutupan: Penutupan | None
    tercatat: int | None
    terverifikasi: int | None
    target: int | None
    bersamaan: list[Kampanye]
    tempat: dict[int, str]

    @property
    def dihitung_ulang(self) -> bool:
        """Whether its rule changed and its numbers are still those of the old one, so none is shown."""
        return self.tercatat is None and self.kampanye.sudah_dihitung

    @property
    def bar(self) -> Bar:
        return bar(self.tercatat or 0, self.terverifikasi or 0, self.target or 0)

    @property
    def persen(self) -> float | None:
        return persen(self.tercatat or 0, self.target or 0)


def daftar(cakupan: Cakupan, hari_ini: dt.date) -> list[tuple[str, list[Butir]]]:
    """Return the campaigns by state, each state with its heading; empty states are left out. Six queries at most."""
    kampanye = list(Kampanye.objects.dalam(cakupan).order_by("-mulai", "-pk"))
    tutup = {p.kampanye_id: p for p in Penutupan.objects.berlaku().filter(kampanye__in=kampanye)}
    angka = _angka_kini(cakupan, kampanye) | _angka_akhir(cakupan, list(tutup.values()))
    tempat = nama_tempat(kampanye)
    per_keadaan: dict[str, list[Butir]] = {k: [] for k, _ in KELOMPOK}
    for k in kampanye:
        kode, kata = keadaan(k, hari_ini, ditutup=k.pk in tutup)
        bersamaan = [x for x in kampanye if x.pk != k.pk and x.mulai <= k.selesai and x.selesai >= k.mulai]
        isi = Butir(k, kode, kata, tutup.get(k.pk), *angka.get(k.pk, (None, None, None)), bersamaan, tempat)
        per_keadaan[kode].append(isi)
    # What comes next stands first among what is to come.
    per_keadaan["mendatang"].reverse()
    return [(judul, per_keadaan[k]) for k, judul in KELOMPOK if per_keadaan[k]]


def _angka_kini(cakupan: Cakupan, kampanye: list[Kampanye]) -> dict[int, tuple[int, int, int]]:
    """The stored numbers of the areas that somebody has; one row per area, without its days."""
    # By a rule that was changed since: true no longer.
    berlaku = [k for k in kampanye if not k.perlu_hitung_ulang]
    baris = Cuplikan.objects.filter(kampanye__in=berlaku, wilayah__in=cakupan.kode).order_by()
    jumlah = (Sum(Cast(f"isi__{nama}", IntegerField())) for nama in ("tercatat", "terverifikasi", "target"))
    return {
        pk: tuple(n)
        for pk, *n in baris.values_list("kampanye_id").annotate(**dict(zip(("t", "v", "s"), jumlah, strict=True)))
    }


def _angka_akhir(cakupan: Cakupan, tutup: list[Penutupan]) -> dict[int, tuple[int, int, int]]:
    """The final figures. The shares of a closed campaign cannot change, so those of today are those of that day."""
    if not tutup:
        return {}
    beku = AngkaAkhir.objects.dalam(cakupan).filter(penutupan__in=tutup).order_by().values_list("penutupan_id")
    angka = {pk: (t, v) for pk, t, v in beku.annotate(t=Sum("tercatat"), v=Sum("terverifikasi"))}
    bagian = Target.objects.dalam(cakupan).filter(kampanye__in=[p.kampanye_id for p in tutup]).order_by()
    target = dict(bagian.values_list("kampanye_id").annotate(n=Sum("jumlah")))
    return {p.kampanye_id: (*angka.get(p.pk, (0, 0)), target.get(p.kampanye_id, 0)) for p in tutup}
