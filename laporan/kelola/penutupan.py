"""Closing a campaign: the final figure is frozen; what comes or changes after it is told beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from akseptor.enums import Metode
from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.models import Pengguna, Wilayah
from laporan.kampanye.angka_akhir import yang_susulan
from laporan.kampanye.progres import hitung
from laporan.kelola.actions import HILANG, ambil, periksa_pengatur
from laporan.kelola.kata import bertanda
from laporan.models import AngkaAkhir, Capaian, Kampanye, Penutupan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, sekarang, tulis_tanggal

PANJANG = 500
TANPA_CATATAN = "Tulis catatannya: atas dasar apa kampanye ditutup, misalnya rapat dan tanggalnya."
TANPA_ALASAN = "Tulis alasannya: angka akhir yang sudah diumumkan akan berubah."
# Desa and method.
Sel = tuple[str, str]


@transaction.atomic
def tutup(oleh: Pengguna, cakupan: Cakupan, pk: int, *, catatan: str, versi: int | None) -> Penutupan:
    """Close a campaign whose last day is over, and freeze what counts at this moment, by the one rule.

    Raises Ditolak while it runs, when it is closed, without a note; SudahBerubah for an old page.
    """
    satu = ambil(oleh, cakupan, pk, versi)
    if hari_ini() <= satu.selesai:
        raise Ditolak(
            f"Kampanye ini dihitung sampai {tulis_tanggal(satu.selesai)}. Tutup sesudah hari itu, "
            "atau ubah hari terakhirnya lebih dulu."
        )
    catatan = periksa_alasan(catatan, kosong=TANPA_CATATAN, terpanjang=PANJANG)
    sel = per_sel(satu)
    # After counting: what arrives in between stands beside the final figure as a correction, never in it and late too.
    akhir = Penutupan.objects.create(
        kampanye=satu, target=satu.target, ditutup_pada=sekarang(), ditutup_oleh=oleh, catatan=catatan
    )
    AngkaAkhir.objects.bulk_create(
        AngkaAkhir(penutupan=akhir, desa_id=desa, metode=metode, tercatat=n[0], terverifikasi=n[1])
        for (desa, metode), n in sorted(sel.items())
        if n[0]
    )
    Kampanye.objects.filter(pk=satu.pk).update(versi=satu.versi + 1)
    jumlah = [sum(n[i] for n in sel.values()) for i in (0, 1)]
    perubahan = {"tercatat": ["", jumlah[0]], "terverifikasi": ["", jumlah[1]]}
    catat_jejak(oleh, "menutup", satu, wilayah=satu.wilayah_id, alasan=catatan, perubahan=perubahan)
    return akhir


@transaction.atomic
def buka_kembali(oleh: Pengguna, cakupan: Cakupan, pk: int, *, alasan: str) -> Penutupan:
    """Undo the closing; the frozen figure stays. Raises Ditolak when it is not closed, or without a reason."""
    satu = Kampanye.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if satu is None:
        raise Ditolak(HILANG)
    periksa_pengatur(oleh, cakupan, satu.wilayah_id)
    akhir = Penutupan.objects.berlaku().filter(kampanye=satu).first()
    if akhir is None:
        raise Ditolak("Kampanye ini tidak sedang ditutup. Muat ulang halaman.")
    alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG)
    akhir.dibuka_pada, akhir.dibuka_oleh, akhir.alasan_dibuka = sekarang(), oleh, alasan
    akhir.save(update_fields=["dibuka_pada", "dibuka_oleh", "alasan_dibuka"])
    Kampanye.objects.filter(pk=satu.pk).update(versi=satu.versi + 1)
    catat_jejak(oleh, "membuka kembali", satu, wilayah=satu.wilayah_id, alasan=alasan)
    return akhir


def per_sel(kampanye: Kampanye) -> dict[Sel, tuple[int, int]]:
    """Return what counts now per desa and method: (tercatat, terverifikasi)."""
    tercatat: Counter[Sel] = Counter()
    terverifikasi: Counter[Sel] = Counter()
    for (desa, _, metode), (t, v, *_lain) in hitung(kampanye).items():
        tercatat[desa, metode] += t
        terverifikasi[desa, metode] += v
    return {sel: (n, terverifikasi[sel]) for sel, n in tercatat.items()}


@lintas_wilayah("angka akhir kampanye dibaca di semua wilayah; yang keluar hanya jumlah")
def susulan(penutupan: Penutupan, cakupan: Cakupan | None = None) -> dict[Sel, int]:
    """Return the couples that count now and of which nothing that counts had arrived when it was closed.

    With a scope only those inside it.
    """
    baru = yang_susulan(penutupan)
    if cakupan is not None:
        baru = baru.dalam(cakupan)
    return {(d, m): n for d, m, n in baru.order_by().values_list("desa_id", "metode").annotate(n=Count("id"))}


@dataclass(frozen=True)
class Baris:
    """The final figure and what became of it since: `kini` = `akhir` + `susulan` + `naik` - `turun`."""

    kode: str
    nama: str
    akhir: int
    akhir_terverifikasi: int
    susulan: int
    naik: int
    turun: int
    kini: int
    kini_terverifikasi: int

    @property
    def berubah(self) -> bool:
        return bool(self.susulan or self.naik or self.turun)

    @property
    def tanda_verifikasi(self) -> str:
        """Verified since, with its sign."""
        return bertanda(self.kini_terverifikasi - self.akhir_terverifikasi)


@dataclass(frozen=True)
class Sesudah:
    """A closed campaign in the area of whoever looks."""

    semua: Baris
    per_kecamatan: list[Baris]
    per_desa: list[Baris]
    per_metode: list[Baris]


def sesudah(penutupan: Penutupan, cakupan: Cakupan) -> Sesudah:
    """Compare the frozen figure with what the worker counted last, inside a scope. Four queries."""
    beku = AngkaAkhir.objects.dalam(cakupan).filter(penutupan=penutupan)
    akhir = {(d, m): (t, v) for d, m, t, v in beku.values_list("desa_id", "metode", "tercatat", "terverifikasi")}
    hitungan = Capaian.objects.dalam(cakupan).filter(kampanye=penutupan.kampanye_id)
    kini = {(d, m): (t, v) for d, m, t, v, _ in hitungan.jumlahkan("desa_id", "metode") if t}
    baru = susulan(penutupan, cakupan)
    angka = {sel: _sel(akhir.get(sel, (0, 0)), kini.get(sel, (0, 0)), baru.get(sel, 0)) for sel in akhir | kini}
    wilayah = Wilayah.objects.dalam(cakupan).di(penutupan.kampanye.wilayah_id).desa().select_related("induk")
    desa = {w.kode: w.nama_lengkap for w in wilayah.order_by("kode")}
    kecamatan = {w.induk_id: w.induk.nama for w in wilayah}
    return Sesudah(
        _kumpul("", "Jumlah", angka.values()),
        [
            _kumpul(k, nama, (n for (d, _), n in angka.items() if d.startswith(f"{k}.")))
            for k, nama in sorted(kecamatan.items())
        ],
        [_kumpul(k, nama, (n for (d, _), n in angka.items() if d == k)) for k, nama in desa.items()],
        [
            _kumpul(m.value, str(m.label), (n for (_, metode), n in angka.items() if metode == m.value))
            for m in Metode
            if m.value in penutupan.kampanye.metode
        ],
    )


def _sel(akhir: tuple[int, int], kini: tuple[int, int], susulan: int) -> tuple[int, ...]:
    koreksi = kini[0] - susulan - akhir[0]
    return (*akhir, susulan, max(koreksi, 0), max(-koreksi, 0), *kini)


def _kumpul(kode: str, nama: str, sel: Iterable[tuple[int, ...]]) -> Baris:
    return Baris(kode, nama, *(sum(n) for n in zip((0,) * 7, *sel, strict=True)))
