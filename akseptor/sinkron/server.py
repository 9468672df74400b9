"""How a record stands on the server now, for showing beside what the phone says."""

from collections.abc import Mapping
from typing import Any

from django import forms

from akseptor.enums import Tahap
from akseptor.forms import AkseptorForm
from akseptor.models import Pelayanan
from akseptor.ringkas import ringkas
from akseptor.tahap import PANAH
from kader.models import Faskes
from poskb.dasar.waktu import tulis_tanggal_iso

TAMPIL = (
    "tahap nama_istri tanggal_lahir_istri nama_suami jumlah_anak desa rw rt metode status_peserta faskes "
    "tanggal_pelayanan pascapersalinan pascakeguguran perlu_perhatian_bidan"
).split()
KOSONG = "kosong"


def isi_server(pelayanan: Pelayanan) -> dict[str, Any]:
    """Return the form's fields as they stand; the NIK masked, phone and address left out."""
    isi = ringkas(pelayanan)
    tampil = {nama: isi[nama] for nama in TAMPIL}
    return tampil | {"nik_istri": pelayanan.akseptor.nik_tersamar, "nama_tahap": isi["nama_tahap"]}


def beda(pelayanan: Pelayanan, isi: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what the phone says otherwise than the server, in the words of the form: `label`, `hp`, `server`."""
    if "tindakan" in isi:
        gerak = PANAH.get(isi["tindakan"])
        return [baris_beda("Tahap", gerak.label if gerak else KOSONG, Tahap(pelayanan.tahap).label)]
    di_server = isi_server(pelayanan)
    kata = [
        baris_beda(str(bidang.label), tulis_medan(nama, bidang, isi[nama]), tulis_medan(nama, bidang, di_server[nama]))
        for nama, bidang in AkseptorForm.base_fields.items()
        if nama in TAMPIL and nama in isi
    ]
    return [baris for baris in kata if baris["hp"] != baris["server"]]


def baris_beda(label: str, hp: str, server: str) -> dict[str, str]:
    """Return one line of the comparison."""
    return {"label": label, "hp": hp, "server": server}


def tulis_medan(nama: str, bidang: forms.Field, nilai: Any) -> str:
    """Write a field's value as people read it."""
    if isinstance(bidang, forms.BooleanField):
        return "ya" if nilai and nilai != "false" else "tidak"
    if nilai in (None, ""):
        return KOSONG
    teks = str(nilai).strip()
    if isinstance(bidang, forms.ModelChoiceField):
        return _nama_faskes(teks) if nama == "faskes" else teks
    if isinstance(bidang, forms.ChoiceField):
        return str(dict(bidang.choices).get(teks) or teks)
    if isinstance(bidang, forms.DateField):
        return tulis_tanggal_iso(teks)
    return teks.zfill(3) if nama in {"rt", "rw"} else teks


def _nama_faskes(teks: str) -> str:
    faskes = Faskes.objects.filter(pk=teks).first() if teks.isascii() and teks.isdigit() and len(teks) < 10 else None
    return str(faskes) if faskes else teks
