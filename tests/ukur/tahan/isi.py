"""What was sent and what is kept, as one digest per record: an id that is there says nothing of what stands beside it.

`terkirim` is said by the people, `tersimpan` asked of the product in a process of its own, through its own decryption.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

# Prints {id: digest} of everything that the product holds.
TANYA = "from tests.ukur.tahan.isi import tersimpan; import json; print(json.dumps(tersimpan()))"
YA = ("pascapersalinan", "pascakeguguran", "perlu_perhatian_bidan")
AKSEPTOR = "nama_istri nik_istri tanggal_lahir_istri nama_suami no_hp rw rt alamat jumlah_anak".split()
PELAYANAN = ("metode", "status_peserta", *YA)


def cap(isi: dict[str, Any]) -> str:
    """Return the digest of a record, whatever the order of its fields."""
    return hashlib.sha256(json.dumps(isi, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def terkirim(catatan: dict[str, str]) -> str:
    """Return the digest of a record as somebody sent it, written the way the product writes it."""
    if catatan.get("jenis") == "kegiatan":
        return cap({n: str(catatan[n]) for n in ("macam", "jumlah_orang", "tanggal", "desa")})
    isi = {n: str(catatan[n]) for n in (*AKSEPTOR, *PELAYANAN, "desa", "faskes")}
    isi |= {n: catatan[n].zfill(3) for n in ("rw", "rt")} | {n: bool(catatan[n]) for n in YA}
    isi["no_hp"] = catatan["no_hp"] and "+62" + catatan["no_hp"].removeprefix("0")
    isi["tanggal"] = catatan["tanggal_pelayanan"]
    return cap(isi)


def tersimpan() -> dict[str, str]:
    """Return the digests of all records that the database holds."""
    from akseptor.models import Pelayanan
    from laporan.models import Kegiatan

    hasil = {}
    for p in Pelayanan.objects.select_related("akseptor"):
        isi = {n: str(getattr(p.akseptor, n)) for n in AKSEPTOR} | {n: getattr(p, n) for n in PELAYANAN}
        hasil[str(p.pk)] = cap(isi | {"desa": p.desa_id, "faskes": str(p.faskes_id), "tanggal": str(p.tanggal)})
    for k in Kegiatan.objects.all():
        isi = {"macam": k.macam_id, "jumlah_orang": str(k.jumlah_orang), "tanggal": str(k.tanggal), "desa": k.desa_id}
        hasil[str(k.pk)] = cap(isi)
    return hasil


def berubah(janji: dict[str, str], nomor: Iterable[str], kini: dict[str, str]) -> list[str]:
    """Return the acknowledged records that are there with another content; one that is not there is lost, not changed."""
    return sorted(n for n in nomor if n in kini and kini[n] != janji[n])
