"""The photo of an activity: what is taken, what is kept of it, and how it is read again."""

import base64
import binascii
import hashlib
import io
import logging
import struct
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from laporan.kegiatan.isian import Foto
from laporan.models import FotoKegiatan, Kegiatan
from poskb.dasar.tolak import Ditolak

logger = logging.getLogger(__name__)
# What phones and browsers make. Others need no decoder here: the fewer, the less there is to attack.
JENIS = ("JPEG", "PNG", "WEBP")
SISI, SISI_KECIL = 1280, 240
MUTU, MUTU_KECIL = 80, 70
MB_TERBESAR = 8
# Twice what the usual phone takes; a picture of a hundred million pixels would take the server's memory.
PIKSEL_TERBANYAK = 30_000_000
# Base64 of what one sync may carry at all (DATA_UPLOAD_MAX_MEMORY_SIZE). Our script sends a tenth of it.
TEKS_TERPANJANG = 2 * 1024 * 1024
BUKAN_FOTO = "Ini bukan foto yang bisa dibaca (JPEG, PNG, atau WebP), atau berkasnya rusak. Pilih foto lain."
TERLALU_BESAR = f"Foto ini lebih dari {MB_TERBESAR} MB. Pilih foto lain, atau kecilkan dulu di HP."
TERLALU_LUAS = "Ukuran gambar ini terlalu besar. Pilih foto biasa dari kamera HP."
KOSONG = "Berkas foto ini kosong. Pilih foto lain."


def rapikan(isi: bytes) -> Foto:
    """Return the photo as it is kept: upright JPEG of at most SISI pixels, without EXIF (place, time, phone).

    Raises Ditolak for what is too large, or no picture that can be read to its end.
    """
    if len(isi) > MB_TERBESAR * 1024 * 1024:
        raise Ditolak(TERLALU_BESAR)
    try:
        with Image.open(io.BytesIO(isi), formats=JENIS) as gambar:
            if gambar.width * gambar.height > PIKSEL_TERBANYAK:
                raise Ditolak(TERLALU_LUAS)
            polos = _polos(gambar)
    except Image.DecompressionBombError:
        raise Ditolak(TERLALU_LUAS) from None
    except Ditolak:
        raise
    except Exception as galat:
        # Decoders fail in their own ways, each of which says the same of the file; the log tells a fault of ours.
        logger.info("foto tidak terbaca: %s", type(galat).__name__)
        raise Ditolak(BUKAN_FOTO) from galat
    kecil = polos.copy()
    kecil.thumbnail((SISI_KECIL, SISI_KECIL))
    return Foto(_jpeg(polos, MUTU), _jpeg(kecil, MUTU_KECIL), hashlib.sha256(isi).hexdigest())


def _polos(gambar: Image.Image) -> Image.Image:
    """Return a new picture of the same pixels, small and upright, white where it was transparent: nothing else."""
    kecil = gambar if gambar.mode in {"RGB", "L", "CMYK"} else gambar.convert("RGBA")
    # A JPEG is decoded small at once.
    kecil.thumbnail((SISI, SISI))
    try:
        tegak = ImageOps.exif_transpose(kecil)
    except (SyntaxError, ValueError, TypeError, KeyError, OSError, struct.error):
        # Broken EXIF is no reason to refuse the picture.
        tegak = kecil
    hasil = Image.new("RGB", tegak.size, "white")
    hasil.paste(tegak.convert("RGB"), mask=tegak.getchannel("A") if tegak.mode == "RGBA" else None)
    return hasil


def _jpeg(gambar: Image.Image, mutu: int) -> bytes:
    hasil = io.BytesIO()
    gambar.save(hasil, "JPEG", quality=mutu, optimize=True, progressive=True)
    return hasil.getvalue()


def baca_foto(kegiatan: Kegiatan, *, kecil: bool = False) -> bytes:
    """Return the JPEG of an activity. Raises FotoKegiatan.DoesNotExist."""
    nama = "kecil" if kecil else "isi"
    return FotoKegiatan.objects.values_list(nama, flat=True).get(pk=kegiatan.pk)


def baca_teks(teks: str) -> bytes:
    """Return the bytes of a photo as a phone sends it (base64). Raises Ditolak."""
    try:
        return base64.b64decode(teks, validate=True)
    except (binascii.Error, ValueError):
        raise Ditolak(BUKAN_FOTO) from None


def sidik_teks(teks: str) -> str:
    """Return the hash under which a photo that a phone sends is known; "" for what is none."""
    try:
        return hashlib.sha256(baca_teks(teks)).hexdigest()
    except Ditolak:
        return ""


class PilihFoto(forms.FileInput):
    """A file from the page, or the text that the phone's script makes of it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """Return the file if there is one, else what was sent under its name."""
        return files.get(name) or data.get(name)


class MedanFoto(forms.Field):
    """One photo, cleaned to a Foto; None for none."""

    widget = PilihFoto(attrs={"accept": "image/*"})

    def clean(self, value: Any) -> Foto | None:
        """Raise ValidationError in our words."""
        if value in self.empty_values:
            return None
        try:
            return rapikan(_bita(value))
        except Ditolak as tolak:
            raise forms.ValidationError(tolak.pesan) from None


def _bita(nilai: UploadedFile | str) -> bytes:
    if isinstance(nilai, str):
        return baca_teks(nilai)
    if not nilai.size:
        raise Ditolak(KOSONG)
    if nilai.size > MB_TERBESAR * 1024 * 1024:
        # Not even read.
        raise Ditolak(TERLALU_BESAR)
    return nilai.read()
