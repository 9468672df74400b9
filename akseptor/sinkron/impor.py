"""A rescue file brought in by the officer: the same road as the phone's own sync, under the kader's name."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from akseptor.cadangan import BUKAN_CADANGAN, buka_cadangan, pemilik_cadangan
from akseptor.sinkron.jam import Jam, baca_saat
from akseptor.sinkron.kiriman import TIDAK_TERBACA
from akseptor.sinkron.kumpulan import PALING_BANYAK, terima_kumpulan
from akseptor.sinkron.tanda import Tanda
from kader.actions import catat_jejak
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from kader.models.penugasan import cakupan_pengguna, cakupan_terakhir
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini

BUKAN_WILAYAH = (
    "Berkas ini milik kader di luar desa binaan Anda, atau kader yang tidak bertugas lagi. Teruskan berkasnya kepada "
    "petugas PLKB desa itu, atau hubungi koordinator."
)

# Years of work without signal. All are taken in one request: more would hold a web process for minutes.
TERBANYAK = 2000
TERLALU_BANYAK = (
    f"Berkas ini memuat lebih dari {TERBANYAK} catatan, jadi tidak diterima sekaligus. Minta kader mengirim dari "
    "HP-nya sendiri begitu ada sinyal, atau hubungi DPPKB."
)
# What an officer may read of a record that was refused, so that it can be written again: no number of anybody.
TERBACA = (
    *("nama_suami", "tanggal_lahir_istri", "tahap", "metode", "status_peserta", "tanggal_pelayanan", "rw", "rt"),
    *("macam", "tanggal", "jumlah_orang", "tempat", "tindakan", "alasan"),
)
JENIS = {"tahap": "Perpindahan tahap", "kegiatan": "Kegiatan"}


@dataclass(frozen=True)
class Baris:
    """One record of the file and what became of it."""

    nama: str
    tanda: Tanda
    catatan: dict[str, Any]

    @property
    def sebab(self) -> list[str]:
        """The sentences of a refusal, each once."""
        return list(dict.fromkeys(p for pesan in self.tanda.galat.values() for p in pesan)) or [self.tanda.pesan]

    @property
    def isi(self) -> list[tuple[str, str]]:
        """What it says, as far as an officer may read it here."""
        teks = {k: self.catatan.get(k) for k in TERBACA}
        return [(k.replace("_", " "), v) for k, v in teks.items() if isinstance(v, str) and v]


@dataclass(frozen=True)
class Impor:
    """Whose file it was and a receipt per record."""

    kader: Pengguna
    baris: list[Baris]


def wilayah_kader(kader: Pengguna) -> Cakupan:
    """Return where records of a kader belong: where she acts, or, once deactivated, where she acted last."""
    hitung = cakupan_pengguna if kader.is_active else cakupan_terakhir
    return hitung(kader, hari_ini(), settings.KODE_KABUPATEN)


def baca_milik(isi: dict[str, Any]) -> Pengguna:
    """Return the kader whose phone made this. Raises Ditolak for nobody's, and for two kaders mixed."""
    kader = Pengguna.objects.filter(pk=pemilik_cadangan(isi["tanda"]), peran=Peran.KADER).first()
    if isi.get("kader") not in (None, kader and kader.pk):
        # Two kaders on one phone: the file must be of the one whose word it carries.
        raise Ditolak(BUKAN_CADANGAN)
    if kader is None:
        raise Ditolak(BUKAN_WILAYAH)
    if not all(isinstance(c, dict) for c in isi["catatan"]):
        raise Ditolak(TIDAK_TERBACA)
    return kader


def impor_cadangan(oleh: Pengguna, cakupan: Cakupan, berkas: bytes) -> Impor:
    """Take a rescue file, or what the phone of a deactivated kader handed over. A later sync changes nothing.

    Raises Ditolak for a file that is none, and for a kader who does not work in the officer's area; of one who works
    nowhere now her last area counts: her records stay with the officer there.
    """
    isi = buka_cadangan(berkas)
    kader = baca_milik(isi)
    terakhir = cakupan_terakhir(kader, hari_ini(), settings.KODE_KABUPATEN)
    if not terakhir.kode or not all(cakupan.memuat(kode) for kode in terakhir.kode):
        raise Ditolak(BUKAN_WILAYAH)
    return impor_isi(oleh, cakupan, kader, isi)


def impor_isi(oleh: Pengguna, cakupan: Cakupan, kader: Pengguna, isi: dict[str, Any]) -> Impor:
    """Take what a kader's phone sealed. That it lies with whom it should is the caller's to know; records of a desa
    outside the officer's area (`cakupan`) are put down there and nothing of it is shown.
    """
    catatan = isi["catatan"]
    if len(catatan) > TERBANYAK:
        raise Ditolak(TERLALU_BANYAK)
    jam = Jam(baca_saat(isi.get("jam_hp")), tersimpan=True)
    miliknya = wilayah_kader(kader)
    tanda: list[Tanda] = []
    with transaction.atomic():
        for awal in range(0, len(catatan), PALING_BANYAK):
            bagian = catatan[awal : awal + PALING_BANYAK]
            tanda += terima_kumpulan(kader, miliknya, bagian, jam, terbuka=cakupan)
        catat_jejak(oleh, "mengimpor cadangan", kader, perubahan={"jumlah": ["", str(len(catatan))]})
    return Impor(kader, [Baris(_nama(c), t, c) for c, t in zip(catatan, tanda, strict=True)])


def _nama(catatan: dict) -> str:
    nama = catatan.get("nama_istri")
    if isinstance(nama, str) and nama:
        # A lone surrogate is refused by the sync, and would break the page that says so.
        return nama.encode(errors="replace").decode()
    return JENIS.get(str(catatan.get("jenis")), "Catatan")
