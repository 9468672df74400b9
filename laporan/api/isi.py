"""What the API says, as plain values. Nothing here is about a person; desa only for a key that may see them."""

from typing import Any

from kader.cakupan import panjang_kode
from kader.enums import Tingkat
from kader.models import TokenApi
from laporan.kampanye.angka_akhir import beku_per_wilayah
from laporan.kampanye.isi import ANGKA
from laporan.kampanye.isi_json import isi_json
from laporan.kampanye.lihat import Lihat, kampanye_terlihat
from laporan.kampanye.papan import Papan, persen


def daftar_kampanye(token: TokenApi) -> list[dict[str, Any]]:
    """Return the campaigns that have numbers in the key's area, the latest first."""
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
        for k in kampanye_terlihat(token.cakupan)
    ]


def capaian(token: TokenApi, papan: Papan) -> dict[str, Any]:
    """Return the numbers of one area, as `/dasbor/data.json` gives them; desa below it only if the key may."""
    isi = isi_json(papan)
    if not token.boleh_desa:
        isi["desa_diam"] = []
        if papan.cuplikan.wilayah.tingkat == Tingkat.KECAMATAN:
            isi["per_wilayah"], isi["mutu_per_wilayah"] = [], []
    return isi


def per_wilayah(token: TokenApi, lihat: Lihat, tingkat: Tingkat) -> list[dict[str, Any]]:
    """Return one line per area of a level, with its own share of the target and, once closed, its final figure."""
    akhir = beku_per_wilayah(lihat.kampanye, panjang_kode(tingkat), lihat.tanggal) if lihat.kampanye else None
    return [
        {
            "kode": kode,
            "nama": nama,
            "target": target,
            **dict(zip(ANGKA, tiga, strict=True)),
            "persen": persen(tiga[0], target),
            "angka_akhir": None if akhir is None else akhir.get(kode, 0),
        }
        for kode, nama, target, *tiga in lihat.angka_per_wilayah(token.cakupan, tingkat, "wilayah_id", "wilayah__nama")
    ]
