"""How a record stands on the server now, for showing beside what the phone says."""

from typing import Any

from akseptor.models import Pelayanan
from akseptor.ringkas import ringkas

TAMPIL = (
    "tahap nama_istri tanggal_lahir_istri nama_suami jumlah_anak desa rw rt metode status_peserta faskes "
    "tanggal_pelayanan pascapersalinan pascakeguguran perlu_perhatian_bidan"
).split()


def isi_server(pelayanan: Pelayanan) -> dict[str, Any]:
    """Return the form's fields as they stand; the NIK masked, phone and address left out."""
    isi = ringkas(pelayanan)
    tampil = {nama: isi[nama] for nama in TAMPIL}
    return tampil | {"nik_istri": pelayanan.akseptor.nik_tersamar, "nama_tahap": isi["nama_tahap"]}
