"""A rescue file brought in by the officer: the same road as the phone's own sync, under the kader's name."""

from dataclasses import dataclass

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
from kader.models.penugasan import cakupan_pengguna
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
JENIS = {"tahap": "Perpindahan tahap", "kegiatan": "Kegiatan"}


@dataclass(frozen=True)
class Baris:
    """One record of the file and what became of it."""

    nama: str
    tanda: Tanda

    @property
    def sebab(self) -> list[str]:
        """The sentences of a refusal, each once."""
        return list(dict.fromkeys(p for pesan in self.tanda.galat.values() for p in pesan)) or [self.tanda.pesan]


@dataclass(frozen=True)
class Impor:
    """Whose file it was and a receipt per record."""

    kader: Pengguna
    baris: list[Baris]


def impor_cadangan(oleh: Pengguna, cakupan: Cakupan, berkas: bytes) -> Impor:
    """Take a rescue file. A later sync of the same records from the phone changes nothing.

    Raises Ditolak for a file that is none, and for a kader who does not work in the officer's area today.
    """
    isi = buka_cadangan(berkas)
    kader = Pengguna.objects.filter(pk=pemilik_cadangan(isi["tanda"]), peran=Peran.KADER, is_active=True).first()
    miliknya = cakupan_pengguna(kader, hari_ini(), settings.KODE_KABUPATEN) if kader else None
    if isi.get("kader") not in (None, kader and kader.pk):
        # Two kaders on one phone: the file must be of the one whose word it carries.
        raise Ditolak(BUKAN_CADANGAN)
    if kader is None or not miliknya.kode or not all(cakupan.memuat(kode) for kode in miliknya.kode):
        raise Ditolak(BUKAN_WILAYAH)
    catatan = isi["catatan"]
    if not all(isinstance(c, dict) for c in catatan):
        raise Ditolak(TIDAK_TERBACA)
    if len(catatan) > TERBANYAK:
        raise Ditolak(TERLALU_BANYAK)
    jam = Jam(baca_saat(isi.get("jam_hp")))
    tanda: list[Tanda] = []
    with transaction.atomic():
        for awal in range(0, len(catatan), PALING_BANYAK):
            tanda += terima_kumpulan(kader, miliknya, catatan[awal : awal + PALING_BANYAK], jam)
        catat_jejak(oleh, "mengimpor cadangan", kader, perubahan={"jumlah": ["", str(len(catatan))]})
    return Impor(kader, [Baris(_nama(c), t) for c, t in zip(catatan, tanda, strict=True)])


def _nama(catatan: dict) -> str:
    nama = catatan.get("nama_istri")
    if isinstance(nama, str) and nama:
        # A lone surrogate is refused by the sync, and would break the page that says so.
        return nama.encode(errors="replace").decode()
    return JENIS.get(str(catatan.get("jenis")), "Catatan")
