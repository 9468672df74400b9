"""The officer's outbox: what to send today with her own phone, and what became of it."""

import re
from urllib.parse import urlencode

import phonenumbers
from django.db import transaction

from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from laporan.enums import StatusPesan
from laporan.models import Pesan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

TERTULIS_NOMOR = re.compile(r"\+?\d[\d .-]{7,}")
SELULER = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
TANDA = {StatusPesan.DIKIRIM, StatusPesan.TIDAK_PERLU}


def nomor_wa(nama_masuk: str) -> str:
    """Return the phone number as wa.me wants it, when a sign-in name is one; "" otherwise.

    It is the number by which officer and kader know each other; it stands in a link of a page that nothing stores.
    """
    if not TERTULIS_NOMOR.fullmatch(nama_masuk):
        return ""
    try:
        nomor = phonenumbers.parse("+" + nama_masuk if nama_masuk.startswith("62") else nama_masuk, "ID")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(nomor) or phonenumbers.number_type(nomor) not in SELULER:
        return ""
    return phonenumbers.format_number(nomor, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def teks_kirim(pesan: Pesan, pengirim: str, alamat: str) -> str:
    """Return what is sent: who writes, the reminder, and the address of the report."""
    return f"Halo, ini {pengirim}. {pesan.teks}\n{alamat}"


def tautan_wa(nama_masuk: str, teks: str) -> str:
    """Return the WhatsApp link of a text; without a number the officer picks it in WhatsApp."""
    return f"https://wa.me/{nomor_wa(nama_masuk)}?{urlencode({'text': teks})}"


@transaction.atomic
def tandai(oleh: Pengguna, cakupan: Cakupan, pk: int, status: str) -> Pesan:
    """Take a reminder off the list: sent, or not needed. The same mark again changes nothing.

    Raises Ditolak for a foreign desa, another role, an unknown mark, or when somebody else was first.
    """
    if status not in TANDA:
        raise Ditolak("Pilih dulu: sudah dikirim, atau tidak perlu.")
    pesan = _pegang(oleh, cakupan, pk)
    if pesan.status == status:
        return pesan
    if pesan.status != StatusPesan.MENUNGGU:
        oleh_siapa = f" oleh {pesan.ditandai_oleh}" if pesan.ditandai_oleh else ""
        raise Ditolak(f"Pesan ini sudah ditandai “{pesan.get_status_display().lower()}”{oleh_siapa}.")
    return _tulis(oleh, pesan, "menandai", status)


@transaction.atomic
def urungkan(oleh: Pengguna, cakupan: Cakupan, pk: int) -> Pesan:
    """Put a reminder back on the list; one that waits stays so. Raises Ditolak as `tandai`, or when it is outdated."""
    pesan = _pegang(oleh, cakupan, pk)
    if pesan.status == StatusPesan.MENUNGGU:
        return pesan
    if pesan.status == StatusPesan.USANG:
        raise Ditolak("Pesan ini tidak berlaku lagi, jadi tidak perlu dikirim. Muat ulang halaman.")
    return _tulis(oleh, pesan, "mengurungkan", StatusPesan.MENUNGGU)


def _pegang(oleh: Pengguna, cakupan: Cakupan, pk: int) -> Pesan:
    if oleh.peran != Peran.PLKB:
        raise Ditolak("Pesan ke kader dikirim oleh petugas PLKB desanya.")
    pesan = Pesan.objects.select_for_update(of=("self",)).select_related("ditandai_oleh").get(pk=pk)
    if not cakupan.memuat(pesan.desa_id):
        raise Ditolak("Desa ini di luar wilayah tugas Anda. Pilih pesan dari daftar.")
    return pesan


def _tulis(oleh: Pengguna, pesan: Pesan, tindakan: str, status: str) -> Pesan:
    dari, menunggu = pesan.status, status == StatusPesan.MENUNGGU
    pesan.status = status
    pesan.ditandai_pada, pesan.ditandai_oleh = (None, None) if menunggu else (sekarang(), oleh)
    pesan.save(update_fields=["status", "ditandai_pada", "ditandai_oleh"])
    catat_jejak(oleh, tindakan, pesan, wilayah=pesan.desa_id, perubahan={"status": [str(dari), str(status)]})
    return pesan
