"""What was sent and what is kept, field by field: an id that is there says nothing of what stands beside it.

`terkirim` is said by the people, `tersimpan` asked of the product in a process of its own, through its own decryption.
"""

from collections.abc import Iterable
from typing import Any

# Prints {id: fields} of everything that the product holds.
TANYA = "from tests.ukur.tahan.isi import tersimpan; import json; print(json.dumps(tersimpan()))"
YA = ("pascapersalinan", "pascakeguguran", "perlu_perhatian_bidan")
AKSEPTOR = "nama_istri nik_istri tanggal_lahir_istri nama_suami no_hp rw rt alamat jumlah_anak".split()
PELAYANAN = ("metode", "status_peserta", *YA)


def terkirim(catatan: dict[str, str]) -> dict[str, Any]:
    """Return the fields of a record as somebody sent it, written the way the product writes them."""
    if catatan.get("jenis") == "kegiatan":
        return {n: str(catatan[n]) for n in ("macam", "jumlah_orang", "tanggal", "desa")}
    isi = {n: str(catatan[n]) for n in (*AKSEPTOR, *PELAYANAN, "desa", "faskes")}
    isi |= {n: catatan[n].zfill(3) for n in ("rw", "rt")} | {n: bool(catatan[n]) for n in YA}
    isi["no_hp"] = catatan["no_hp"] and "+62" + catatan["no_hp"].removeprefix("0")
    isi["tanggal"] = catatan["tanggal_pelayanan"]
    return isi


def tersimpan() -> dict[str, dict[str, Any]]:
    """Return the fields of all records that the database holds."""
    from akseptor.models import Pelayanan
    from laporan.models import Kegiatan

    hasil = {}
    for p in Pelayanan.objects.select_related("akseptor"):
        isi = {n: str(getattr(p.akseptor, n)) for n in AKSEPTOR} | {n: getattr(p, n) for n in PELAYANAN}
        hasil[str(p.pk)] = isi | {"desa": p.desa_id, "faskes": str(p.faskes_id), "tanggal": str(p.tanggal)}
    for k in Kegiatan.objects.all():
        isi = {"macam": k.macam_id, "jumlah_orang": str(k.jumlah_orang), "tanggal": str(k.tanggal), "desa": k.desa_id}
        hasil[str(k.pk)] = isi
    return hasil


def berubah(janji: dict[str, dict], nomor: Iterable[str], kini: dict[str, dict]) -> list[str]:
    """Return "id: fields" of acknowledged records that are there with another content; one that is away is lost."""
    hasil = []
    for n in sorted(set(nomor) & kini.keys()):
        beda = [b for b in sorted(janji[n].keys() | kini[n].keys()) if janji[n].get(b) != kini[n].get(b)]
        if beda:
            hasil.append(f"{n}: {', '.join(beda)}")
    return hasil
