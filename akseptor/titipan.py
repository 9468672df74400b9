"""Records of a deactivated kader: taken from her phone without a session, shown to nobody but her officer.

What proves whose phone it is, is the signed word (`tanda`) that the phone got with its last valid list; what proves
nothing else: the door only takes. The records wait sealed and go the road of a rescue file when her officer presses.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from akseptor.cadangan import buka_cadangan
from akseptor.models import Titipan
from akseptor.sinkron.impor import Baris, baca_milik, impor_isi, wilayah_kader
from akseptor.sinkron.kiriman import semua_sidik
from akseptor.sinkron.tanda import DITERIMA, DUPLIKAT, SUDAH_ADA
from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.baris import dalam_wilayah
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

PALING_BANYAK = 100
MENUNGGU_TERBANYAK = 50
MENGAMBIL, MENUTUP = "mengambil titipan", "menutup titipan"
PANJANG_ALASAN = 300
MASIH_AKTIF = "Akun ini masih aktif. Masuk lagi, lalu catatan terkirim sendiri."
TERLALU_BANYAK = "Terlalu banyak sekaligus. Catatan tetap di HP; coba lagi nanti."
TIDAK_ADA = "Titipan ini sudah diambil. Muat ulang halaman."


@dataclass(frozen=True)
class Dititipkan:
    """All that waits of one kader."""

    kader: Pengguna
    jumlah: int
    titipan: list[Titipan]

    @property
    def pernah_diambil(self) -> bool:
        """Whether what is left was refused when it was taken."""
        return all(t.diambil_pada for t in self.titipan)


@transaction.atomic
def terima(berkas: bytes) -> list[str]:
    """Keep an envelope; return the ids of its records, for which the phone may let them go.

    Raises Ditolak for what is none, for a kader who is not deactivated, and for too many that wait.
    """
    isi = buka_cadangan(berkas)
    kader = baca_milik(isi)
    if kader.is_active:
        raise Ditolak(MASIH_AKTIF)
    catatan = isi["catatan"]
    kunci = [c.get("id") for c in catatan]
    miliknya = wilayah_kader(kader)
    kode = miliknya.kode
    if not kode or not catatan or not all(isinstance(k, str) for k in kunci):
        raise Ditolak("Titipan ini tidak terbaca. Tunjukkan HP ini kepada petugas.")
    with dalam_wilayah(miliknya, kader.pk):
        _simpan(kader, kode[0], berkas, catatan)
    return [str(k) for k in kunci]


def _simpan(kader: Pengguna, desa: str, berkas: bytes, catatan: list[dict[str, Any]]) -> None:
    """Put the envelope down, once."""
    kunci_transaksi(f"titipan:{kader.pk}")
    semua = Titipan.objects.filter(kader=kader)
    cap = semua_sidik({"catatan": catatan})
    if not semua.filter(sidik__in=cap).exists():
        if len(catatan) > PALING_BANYAK or semua.menunggu().count() >= MENUNGGU_TERBANYAK:
            raise Ditolak(TERLALU_BANYAK)
        Titipan.objects.create(
            kader=kader,
            desa_id=desa,
            berkas=berkas,
            jumlah=len(catatan),
            sidik=cap[0],
            diterima_pada=sekarang(),
        )
        catat_jejak(None, "menitipkan catatan", kader, wilayah=desa, perubahan={"jumlah": ["", str(len(catatan))]})


def daftar(cakupan: Cakupan) -> list[Dititipkan]:
    """Return what waits in an area, kader by kader. One query."""
    per_kader: dict[int, list[Titipan]] = {}
    baris = Titipan.objects.dalam(cakupan).menunggu().defer("berkas").select_related("kader")
    for t in baris.order_by("kader__nama", "kader_id", "pk"):
        per_kader.setdefault(t.kader_id, []).append(t)
    return [Dititipkan(t[0].kader, sum(x.jumlah for x in t), t) for t in per_kader.values()]


@transaction.atomic
def ambil(oleh: Pengguna, cakupan: Cakupan, kader: int) -> list[Baris]:
    """Take over what a kader's phone handed over, in the order in which it came, as a sync under her name.

    What was received is removed from here; what was refused stays until it can be received or is given up. Taking it
    again changes nothing of what was received. Whose it is to take was settled when it came (`Titipan.desa`), wherever
    else she acted and whatever became of her since. Raises Ditolak when there is none.
    """
    semua = list(Titipan.objects.dalam(cakupan).menunggu().filter(kader=kader).select_for_update(of=("self",)))
    if not semua:
        raise Ditolak(TIDAK_ADA)
    hasil: list[Baris] = []
    for t in semua:
        hasil += _ambil_satu(oleh, cakupan, t)
    catat_jejak(oleh, MENGAMBIL, semua[0].kader, wilayah=semua[0].desa_id, perubahan={"jumlah": ["", str(len(hasil))]})
    return hasil


def _ambil_satu(oleh: Pengguna, cakupan: Cakupan, t: Titipan) -> list[Baris]:
    t.diambil_oleh, t.diambil_pada = oleh, sekarang()
    try:
        isi = buka_cadangan(bytes(t.berkas))
    except Ditolak:
        # It was opened when it came, so its key has gone since: it can only be closed, with a reason.
        t.save()
        return []
    baris = impor_isi(oleh, cakupan, t.kader, isi).baris
    if all(b.tanda.hasil in {DITERIMA, SUDAH_ADA, DUPLIKAT} for b in baris):
        t.berkas, t.selesai_pada = b"", sekarang()
    t.save()
    return baris


@transaction.atomic
def tutup(oleh: Pengguna, cakupan: Cakupan, kader: int, alasan: str) -> int:
    """Give up what was refused, with a reason; its content goes. Raises Ditolak for what was never taken over."""
    alasan = periksa_alasan(alasan, kosong="Tulis alasannya, misalnya: sudah dicatat lagi.", terpanjang=PANJANG_ALASAN)
    semua = list(Titipan.objects.dalam(cakupan).menunggu().filter(kader=kader).select_for_update(of=("self",)))
    if not semua:
        raise Ditolak(TIDAK_ADA)
    if not all(t.diambil_pada for t in semua):
        raise Ditolak("Ambil dulu titipannya, baru ditutup.")
    for t in semua:
        t.berkas, t.selesai_pada = b"", sekarang()
        t.save()
    catat_jejak(oleh, MENUTUP, semua[0].kader, wilayah=semua[0].desa_id, alasan=alasan)
    return len(semua)
