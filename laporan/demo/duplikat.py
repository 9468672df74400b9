"""Four likely duplicates: two with one NIK in two desa, two with similar names."""

import datetime as dt

from akseptor.enums import MKJP, StatusPeserta, Tahap
from akseptor.models import Akseptor, Pelayanan
from laporan.demo.buku import Buku
from laporan.demo.kisah import Spek
from laporan.demo.orang import DESA_DRAF, DESA_SETUJU, DESA_TUNGGU
from laporan.demo.rencana import BELUM, Rencana

TERBUKA = (BELUM, "draf")


def tambah_duplikat(buku: Buku, rencana: Rencana) -> None:
    """Write them; in one pair of each kind the officer who signs in sees both rows."""
    jauh = [d for d, status in rencana.status.items() if status in TERBUKA and not d.startswith("32.14.04.")]
    for asal, tujuan in ((DESA_SETUJU, DESA_DRAF), (_ramai(rencana, jauh[0]), jauh[0])):
        _nik_sama(buku, _pertama(buku, asal), tujuan)
    sepi = jauh[len(jauh) // 2]
    for asal, tujuan in ((DESA_TUNGGU, DESA_TUNGGU), (_ramai(rencana, sepi), sepi)):
        _nama_mirip(buku, _pertama(buku, asal), tujuan)


def _ramai(rencana: Rencana, selain: str) -> str:
    """The desa with most couples in another kecamatan."""
    luar = [d for d in rencana.jumlah if d[:8] not in {selain[:8], "32.14.04"}]
    return max(luar, key=lambda d: (rencana.jumlah[d], d))


def _pertama(buku: Buku, desa: str) -> Pelayanan:
    """A verified record of a counted couple whose NIK is known, not used for another pair."""
    dipakai = {p.pasangan for p in buku.pelayanan if p.pasangan != p.akseptor_id}
    return next(
        p
        for p in buku.pelayanan
        if p.desa_id == desa
        and p.tahap == Tahap.TERVERIFIKASI
        and p.metode in MKJP
        and p.status_peserta == StatusPeserta.BARU
        and p.akseptor.nik_indeks
        and p.tanggal >= dt.date(2021, 6, 18)
        and p.pasangan not in dipakai
    )


def _catat_lagi(buku: Buku, asal: Pelayanan, desa: str) -> tuple[Akseptor, Pelayanan]:
    """Write the same woman once more, a few days later, in a desa."""
    hari = asal.tanggal + dt.timedelta(days=3)
    baru = buku.catat(desa, Spek(Tahap.DILAYANI, asal.metode, hari))
    akseptor = baru.akseptor
    akseptor.tanggal_lahir_istri = asal.akseptor.tanggal_lahir_istri
    akseptor.nama_suami = asal.akseptor.nama_suami
    akseptor.perlu_tinjau_duplikat = True
    return akseptor, baru


def _nik_sama(buku: Buku, asal: Pelayanan, desa: str) -> None:
    akseptor, baru = _catat_lagi(buku, asal, desa)
    akseptor.nama_istri = asal.akseptor.nama_istri
    akseptor.pasang_nik(asal.akseptor.nik_istri)
    akseptor.nik_menyusul, akseptor.alasan_nik_menyusul = False, ""
    baru.peringatan_dikonfirmasi = list(asal.peringatan_dikonfirmasi)
    akseptor.pasangan = baru.pasangan = asal.pasangan


def _nama_mirip(buku: Buku, asal: Pelayanan, desa: str) -> None:
    akseptor, baru = _catat_lagi(buku, asal, desa)
    # One letter less, as a name is heard at the door; without a NIK nobody can tell yet.
    akseptor.nama_istri = asal.akseptor.nama_istri[:-1]
    akseptor.pasang_nik("")
    akseptor.nik_menyusul, akseptor.alasan_nik_menyusul = True, "Ibu tidak membawa KTP ke pelayanan."
    baru.peringatan_dikonfirmasi = [k for k in asal.peringatan_dikonfirmasi if k == "usia"]
