"""What the API says, as plain values. Nothing here is about a person; desa only for a key that may see them."""

from typing import Any

from django.db.models import F

from kader.enums import Tingkat
from kader.models import TokenApi
from laporan.kampanye.isi import ANGKA
from laporan.kampanye.isi_json import isi_json
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import Papan, persen
from laporan.models import Cuplikan, Kampanye


def daftar_kampanye(token: TokenApi) -> list[dict[str, Any]]:
    """Return the campaigns that have numbers in the key's area, the latest first."""
    terlihat = Cuplikan.objects.dalam(token.cakupan).values("kampanye")
    return [
        {
            "id": k.pk,
            "nama": k.nama,
            "wilayah": k.wilayah_id,
            "mulai": k.mulai.isoformat(),
            "selesai": k.selesai.isoformat(),
            "target": k.target,
            "metode": k.metode,
            "status_peserta": k.status_peserta,
        }
        for k in Kampanye.objects.filter(pk__in=terlihat).order_by("-mulai", "-pk")
    ]


def capaian(token: TokenApi, papan: Papan) -> dict[str, Any]:
    """Return the numbers of one area, as `/dasbor/data.json` gives them; desa below it only if the key may."""
    isi = isi_json(papan)
    if not token.boleh_desa and papan.cuplikan.wilayah.tingkat == Tingkat.KECAMATAN:
        isi["per_wilayah"] = []
    return isi


def per_wilayah(token: TokenApi, lihat: Lihat, tingkat: Tingkat) -> list[dict[str, Any]]:
    """Return one line per area of a level, with its own share of the target."""
    cuplikan = lihat.cuplikan(token.cakupan).filter(wilayah__tingkat=tingkat).order_by("wilayah_id")
    angka = [F(f"isi__{a}") for a in ("target", *ANGKA)]
    return [
        {
            "kode": kode,
            "nama": nama,
            "target": target,
            **dict(zip(ANGKA, tiga, strict=True)),
            "persen": persen(tiga[0], target),
        }
        for kode, nama, target, *tiga in cuplikan.values_list("wilayah_id", "wilayah__nama", *angka)
    ]
