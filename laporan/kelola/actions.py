"""Making, changing, sharing and removing a campaign. One function per change; each writes the history."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna, Wilayah
from laporan.enums import CaraBagi
from laporan.kampanye.cuplikan import perbarui_cuplikan
from laporan.kampanye.hitung import KUNCI_HITUNG
from laporan.kampanye.progres import di_jendela
from laporan.kampanye.target import bagi_seperti, simpan_bagian
from laporan.kelola.bobot import desa_di, semua_bobot
from laporan.kelola.kata import ATURAN, MEDAN, beda_kampanye, kampanye_baru, kata_aturan, kata_selisih, nama_tempat
from laporan.kelola.pratinjau import Pratinjau, pratinjau, terapkan
from laporan.kelola.usul import cara_dari, cara_terbaik, usul
from laporan.models import CuplikanHarian, Kampanye, Penutupan, Target
from laporan.tasks import hitung_yang_perlu, ramal
from poskb.dasar.antrean import setelah_commit
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, hari_wib, tulis_tanggal

PENGATUR = frozenset({Peran.DPPKB, Peran.ADMIN})
PANJANG_ALASAN = 300
TANPA_ALASAN = "Tulis alasannya: aturan atau target berubah, dan angka yang sudah dilaporkan ikut berubah."
HILANG = "Kampanye ini sudah dihapus. Kembali ke daftar kampanye."


class SudahBerubah(Ditolak):
    """Somebody else changed the campaign meanwhile; `kini` is how it stands now."""

    def __init__(self, kini: Kampanye) -> None:
        super().__init__(
            "Kampanye ini baru saja diubah orang lain. Isian Anda masih ada; bandingkan dengan yang tersimpan, "
            "lalu simpan lagi."
        )
        self.kini = kini


def periksa_pengatur(oleh: Pengguna, cakupan: Cakupan, kode: str) -> None:
    """Raise Ditolak for who may not write campaigns of this area."""
    if oleh.peran not in PENGATUR:
        raise Ditolak("Kampanye diatur oleh DPPKB. Hubungi DPPKB.")
    if not cakupan.memuat(kode):
        raise Ditolak("Wilayah ini di luar wilayah tugas Anda.")


def ambil(oleh: Pengguna, cakupan: Cakupan, pk: int, versi: int | None) -> Kampanye:
    """Return the campaign locked as the page showed it, open for change. Raises Ditolak, SudahBerubah."""
    # Its key stays: who writes numbers of it need not wait.
    satu = Kampanye.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if satu is None:
        raise Ditolak(HILANG)
    periksa_pengatur(oleh, cakupan, satu.wilayah_id)
    tutup = Penutupan.objects.berlaku().filter(kampanye=satu).first()
    if tutup:
        raise Ditolak(
            f"Kampanye ini sudah ditutup {tulis_tanggal(hari_wib(tutup.ditutup_pada))}. "
            "Buka kembali dulu bila perlu diubah."
        )
    if satu.versi != versi:
        raise SudahBerubah(satu)
    return satu


@transaction.atomic
def buat(oleh: Pengguna, cakupan: Cakupan, kode: str, isi: Mapping[str, Any]) -> Kampanye:
    """Make a campaign of an area and share its target by the best weight that is known."""
    periksa_pengatur(oleh, cakupan, kode)
    satu = Kampanye(wilayah_id=kode, **{n: isi[n] for n in MEDAN})
    desa = desa_di(kode)
    bobot = semua_bobot(kode, desa)
    bagian = usul(satu.target, cara_terbaik(bobot), [d.kode for d in desa], bobot)
    satu.cara_bagi, satu.sumber_bagi = cara_dari(bagian, satu.target, bobot)
    satu.save(force_insert=True)
    simpan_bagian(satu, bagian)
    catat_jejak(oleh, "membuat", satu, wilayah=kode, perubahan=kampanye_baru(satu))
    setelah_commit(hitung_yang_perlu)
    return satu


@transaction.atomic
def ubah(
    oleh: Pengguna, cakupan: Cakupan, pk: int, isi: Mapping[str, Any], *, alasan: str, versi: int | None
) -> tuple[Kampanye, Pratinjau | None]:
    """Change a campaign; a changed rule is counted before and after, and the worker recounts at once.

    A changed target keeps the proportions of the shares. Returns the campaign and, for a changed rule, what it does.
    Raises Ditolak without a reason for a rule or a target, SudahBerubah for a page that is older than the campaign.
    """
    # The counter reads rules under this lock: it cannot clear the flag of a change that it has not seen.
    kunci_transaksi(KUNCI_HITUNG)
    lama = ambil(oleh, cakupan, pk, versi)
    baru = terapkan(lama, isi)
    perubahan: dict[str, list[Any]] = dict(beda_kampanye(lama, baru))
    if not perubahan:
        return lama, None
    if set(perubahan) != {"nama"}:
        alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
        baru.perlu_hitung_ulang = True
    hasil = pratinjau(lama, baru) if set(perubahan) & set(ATURAN) else None
    if hasil:
        perubahan |= hasil.perubahan
    if "target" in perubahan:
        _skalakan(baru)
    _simpan(baru)
    if not baru.perlu_hitung_ulang:
        # Only the name: what is stored of the areas carries it.
        perbarui_cuplikan(baru, None)
    catat_jejak(oleh, "mengubah", baru, wilayah=baru.wilayah_id, alasan=alasan, perubahan=perubahan)
    return baru, hasil


def _skalakan(kampanye: Kampanye) -> None:
    """Shares as they were proposed are proposed anew; others keep their proportions, rounding and all."""
    lama, bobot = bagian_kini(kampanye), semua_bobot(kampanye.wilayah_id)
    cara, _ = cara_dari(lama, sum(lama.values()), bobot)
    if cara == CaraBagi.TANGAN:
        bagian = bagi_seperti(kampanye.target, lama)
    else:
        bagian = usul(kampanye.target, cara, list(lama), bobot)
    simpan_bagian(kampanye, bagian)
    kampanye.cara_bagi, kampanye.sumber_bagi = cara_dari(bagian, kampanye.target, bobot)


def _simpan(kampanye: Kampanye) -> None:
    kampanye.versi += 1
    kampanye.save()
    if kampanye.perlu_hitung_ulang:
        setelah_commit(hitung_yang_perlu)


def bagian_kini(kampanye: Kampanye, desa: list[Wilayah] | None = None) -> dict[str, int]:
    """Return the stored share of every desa of today; a desa that is new has none. `desa`: when they are at hand."""
    nol = dict.fromkeys((d.kode for d in desa or desa_di(kampanye.wilayah_id)), 0)
    return nol | dict(Target.objects.per_desa(kampanye).values_list("desa_id", "jumlah"))


@transaction.atomic
def atur_bagian(
    oleh: Pengguna, cakupan: Cakupan, pk: int, bagian: Mapping[str, int], *, alasan: str, versi: int | None
) -> tuple[Kampanye, int]:
    """Replace the shares of a campaign; return it and how many desa changed.

    Raises Ditolak unless they sum to the target exactly and name every desa once, or for a reason that holds a number
    of a person; SudahBerubah for an old page.
    """
    kunci_transaksi(KUNCI_HITUNG)
    satu = ambil(oleh, cakupan, pk, versi)
    lama = bagian_kini(satu)
    if set(bagian) != set(lama):
        raise Ditolak("Daftar desa berubah sejak halaman ini dibuka. Muat ulang halaman.")
    if kata := kata_selisih(sum(bagian.values()), satu.target):
        raise Ditolak(f"{kata} Samakan dulu, lalu simpan lagi.")
    if alasan.strip():
        alasan = periksa_alasan(alasan, kosong=TANPA_ALASAN, terpanjang=PANJANG_ALASAN)
    beda = {f"bagian:{k}": [lama[k], n] for k, n in sorted(bagian.items()) if lama[k] != n}
    if not beda:
        return satu, 0
    simpan_bagian(satu, bagian)
    sebelum = satu.get_cara_bagi_display()
    satu.cara_bagi, satu.sumber_bagi = cara_dari(bagian, satu.target, semua_bobot(satu.wilayah_id))
    _simpan(satu)
    # Shares change no count: what the areas show is made anew at once, the forecast after it.
    perbarui_cuplikan(satu, None)
    setelah_commit(ramal)
    perubahan = {"cara_bagi": [sebelum, satu.get_cara_bagi_display()], **beda}
    catat_jejak(oleh, "membagi target", satu, wilayah=satu.wilayah_id, alasan=alasan.strip(), perubahan=perubahan)
    return satu, len(beda)


@transaction.atomic
def hapus(oleh: Pengguna, cakupan: Cakupan, pk: int, versi: int | None) -> Kampanye:
    """Remove a campaign that never began and never counted; its history stays. Raises Ditolak for every other."""
    kunci_transaksi(KUNCI_HITUNG)
    satu = ambil(oleh, cakupan, pk, versi)
    if sebab := tak_dapat_dihapus(satu):
        raise Ditolak(sebab)
    kata = kata_aturan(satu, nama_tempat([satu]))
    catat_jejak(oleh, "menghapus", satu, wilayah=satu.wilayah_id, perubahan={n: [kata[n], ""] for n in MEDAN})
    satu.delete()
    return satu


def tak_dapat_dihapus(kampanye: Kampanye) -> str:
    """Say why a campaign cannot be removed; "" when it can. Three queries at most."""
    if kampanye.mulai <= hari_ini():
        lewat = kampanye.selesai < hari_ini()
        jalan = "Tutup kampanyenya." if lewat else "Ubah hari terakhirnya, lalu tutup kampanyenya."
        return (
            f"Kampanye ini sudah mulai {tulis_tanggal(kampanye.mulai)}, jadi disimpan selamanya: "
            f"menghapus hanya bisa sebelum hari pertamanya. {jalan}"
        )
    if CuplikanHarian.objects.sudah_berjalan(kampanye).exists():
        return "Kampanye ini pernah berjalan dan angkanya pernah tampil, jadi disimpan selamanya."
    if Penutupan.objects.filter(kampanye=kampanye).exists():
        return "Kampanye ini pernah ditutup dengan angka akhir, jadi disimpan selamanya."
    if di_jendela(kampanye).exists():
        return "Sudah ada pelayanan yang dihitung kampanye ini, jadi disimpan selamanya."
    return ""
