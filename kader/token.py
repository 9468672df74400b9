"""Keys of other offices: issue, check, revoke."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction

from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.models import Pengguna, TokenApi, Wilayah
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang

AWALAN = "poskb_"
BAIT = 32
PALING_LAMA = dt.timedelta(days=366)
# The last use is written at most this often: reading costs no write.
JEDA_PAKAI = dt.timedelta(hours=1)


def _sidik(teks: str) -> str:
    # 256 random bits need no slow hash.
    return hashlib.sha256(teks.encode()).hexdigest()


@transaction.atomic
def terbitkan(
    oleh: Pengguna,
    cakupan: Cakupan,
    *,
    kantor: str,
    keperluan: str,
    wilayah: Wilayah,
    berlaku_sampai: dt.date,
    boleh_desa: bool = False,
) -> tuple[TokenApi, str]:
    """Issue a key; return it with its text, which nobody can see again. Raises Ditolak for area or days."""
    if not cakupan.memuat(wilayah.kode):
        raise Ditolak("Wilayah itu di luar wilayah tugas Anda. Pilih dari daftar.")
    if not hari_ini() <= berlaku_sampai <= hari_ini() + PALING_LAMA:
        raise Ditolak("Token berlaku paling lama satu tahun, mulai hari ini. Pilih tanggal di antaranya.")
    teks = AWALAN + secrets.token_urlsafe(BAIT)
    token = TokenApi.objects.create(
        kantor=kantor,
        keperluan=keperluan,
        wilayah=wilayah,
        boleh_desa=boleh_desa,
        sidik=_sidik(teks),
        awal=teks[: len(AWALAN) + 4],
        berlaku_sampai=berlaku_sampai,
        dibuat_oleh=oleh,
        dibuat_pada=sekarang(),
    )
    perubahan = {"kantor": ["", kantor], "berlaku_sampai": ["", str(berlaku_sampai)], "boleh_desa": ["", boleh_desa]}
    catat_jejak(oleh, "menerbitkan token", token, wilayah=wilayah.kode, alasan=keperluan, perubahan=perubahan)
    return token, teks


@transaction.atomic
def cabut(oleh: Pengguna, token: TokenApi) -> None:
    """Revoke a key at once; one that is revoked stays so."""
    token = TokenApi.objects.select_for_update().get(pk=token.pk)
    if token.dicabut_pada:
        return
    token.dicabut_pada, token.dicabut_oleh = sekarang(), oleh
    token.save(update_fields=["dicabut_pada", "dicabut_oleh"])
    catat_jejak(oleh, "mencabut token", token, wilayah=token.wilayah_id)


def periksa(kepala: str) -> TokenApi | None:
    """Return the key that an Authorization header holds ("Bearer ..."), if it opens something today."""
    jenis, _, teks = kepala.partition(" ")
    if jenis.lower() != "bearer" or not teks.startswith(AWALAN):
        return None
    token = TokenApi.objects.berlaku(hari_ini()).filter(sidik=_sidik(teks.strip())).first()
    if token and (token.terakhir_dipakai is None or sekarang() - token.terakhir_dipakai > JEDA_PAKAI):
        TokenApi.objects.filter(pk=token.pk).update(terakhir_dipakai=sekarang())
    return token
