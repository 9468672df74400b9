"""The history of one couple, as people read it."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from akseptor.models import Akseptor, Kunjungan, Pelayanan, Persetujuan
from kader.baca import PEMBACAAN
from kader.baris import lintas_wilayah
from kader.models import Faskes, Jejak, Wilayah

# Keys that mean nothing to a reader.
TANPA_ARTI = {"pasangan", "id"}
MODEL = (Akseptor, Pelayanan)
# A visit has a date of its own: its columns are read in its own words.
MODEL_LAIN = {"kunjungan": (Kunjungan,), "persetujuan": (Persetujuan,)}


@dataclass(frozen=True)
class Ubahan:
    """One changed field: label, before, after."""

    label: str
    sebelum: str
    sesudah: str


def riwayat(akseptor: Akseptor, pelayanan: list[Pelayanan]) -> list[Jejak]:
    """Return the acts on a couple, its services, visits and consent, newest first, without mere reading; each with
    `.ubahan`. The visits come with the services, the consent with the couple (`prefetch_related`).
    """
    kunci = (
        Q(jenis="akseptor", kunci=str(akseptor.pk))
        | Q(jenis="pelayanan", kunci__in=[str(p.pk) for p in pelayanan])
        | Q(jenis="persetujuan", kunci__in=[str(s.pk) for s in akseptor.persetujuan.all()])
        | Q(jenis="kunjungan", kunci__in=[str(k.pk) for p in pelayanan for k in p.kunjungan.all()])
    )
    with lintas_wilayah("riwayat ikut pindah desa bersama pasangannya"):
        jejak = list(
            Jejak.objects.filter(kunci).exclude(tindakan__in=PEMBACAAN).select_related("oleh").order_by("-pk")
        )
    nama = _nama_kunci_asing(jejak)
    for j in jejak:
        model = MODEL_LAIN.get(j.jenis, MODEL)
        j.ubahan = [
            baca_ubahan(medan, *nilai, model=model, nama=nama)
            for medan, nilai in j.perubahan.items()
            if medan not in TANPA_ARTI
        ]
    return jejak


def _nama_kunci_asing(jejak: list[Jejak]) -> dict[tuple[str, str], str]:
    """Names of the areas and places that the changes speak of, in two queries."""
    dicari: dict[str, set[str]] = {"desa_id": set(), "faskes_id": set()}
    for j in jejak:
        for medan in dicari.keys() & j.perubahan.keys():
            dicari[medan] |= {n for n in j.perubahan[medan] if n}
    nama = {}
    if dicari["desa_id"]:
        nama |= {
            ("desa_id", w.pk): str(w) for w in Wilayah.objects.filter(pk__in=dicari["desa_id"]).select_related("induk")
        }
    if dicari["faskes_id"]:
        nama |= {("faskes_id", str(f.pk)): str(f) for f in Faskes.objects.filter(pk__in=dicari["faskes_id"])}
    return nama


def baca_ubahan(
    medan: str,
    sebelum: str,
    sesudah: str,
    *,
    model: tuple[type[models.Model], ...],
    nama: dict[tuple[str, str], str],
) -> Ubahan:
    """Return one changed column in the words of its model; `nama`: what stands for a (column, key)."""
    kolom = {f.attname: f for m in model for f in m._meta.concrete_fields}.get(medan)
    pilihan = dict(kolom.flatchoices) if kolom is not None else {}
    label = str(kolom.verbose_name) if kolom is not None else medan

    def baca(nilai: str) -> str:
        return str(
            pilihan.get(nilai) or nama.get((medan, nilai)) or {"True": "ya", "False": "tidak"}.get(nilai, nilai)
        )

    return Ubahan(label[:1].upper() + label[1:], baca(sebelum), baca(sesudah))
