"""Closed lists of the app: stage, method, status. Words of domain.md; the key of a method is its name."""

from django.db.models import TextChoices


class Tahap(TextChoices):
    """Stage of a service. The arrows between them are in `akseptor/tahap.py`."""

    CALON = "calon", "Calon"
    DIRUJUK = "dirujuk", "Dirujuk"
    DILAYANI = "dilayani", "Dilayani"
    TERVERIFIKASI = "terverifikasi", "Terverifikasi"
    DITUNDA = "ditunda", "Ditunda"
    BATAL = "batal", "Batal"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"


# What a kader may choose in the form; the rest is reached by a move.
TAHAP_ISIAN = (Tahap.CALON, Tahap.DIRUJUK, Tahap.DILAYANI)
# The stages in which a service has happened and stands.
TAHAP_TERLAYANI = (Tahap.DILAYANI, Tahap.TERVERIFIKASI)


class Metode(TextChoices):
    """Contraceptive method."""

    IMPLAN = "implan", "Implan"
    IUD = "iud", "IUD"
    MOW = "mow", "MOW (tubektomi)"
    MOP = "mop", "MOP (vasektomi)"
    SUNTIK = "suntik", "Suntik"
    PIL = "pil", "Pil"
    KONDOM = "kondom", "Kondom"


MKJP = (Metode.IMPLAN, Metode.IUD, Metode.MOW, Metode.MOP)


class StatusPeserta(TextChoices):
    """Status of the acceptor at this service (register R/I/KB/20). Ganti cara is not baru."""

    BARU = "baru", "Baru"
    GANTI_CARA = "ganti_cara", "Ganti cara"
    ULANGAN = "ulangan", "Ulangan"
    KOMPLIKASI = "komplikasi", "Komplikasi"


class HasilKunjungan(TextChoices):
    """What an officer found at the door."""

    DIKONFIRMASI = "dikonfirmasi", "Dikonfirmasi"
    TIDAK_BERTEMU = "tidak_bertemu", "Dikunjungi, tidak bertemu"
    PERLU_DIPERBAIKI = "perlu_diperbaiki", "Perlu diperbaiki"


class JenisPermintaan(TextChoices):
    """What a woman may ask about her own data (UU 27/2022, pasal 5 to 13)."""

    AKSES = "akses", "Minta salinan datanya"
    KOREKSI = "koreksi", "Minta data dibetulkan"
    TARIK = "tarik", "Menarik persetujuan"
    HAPUS = "hapus", "Minta data dihapus"
    KEBERATAN = "keberatan", "Keberatan atas pemakaian data"


class SaluranPermintaan(TextChoices):
    """How the request reached us."""

    LANGSUNG = "langsung", "Datang langsung"
    KADER = "kader", "Lewat kader"
    TELEPON = "telepon", "Telepon atau WhatsApp"
    SURAT = "surat", "Surat"
    SISTEM = "sistem", "Dari aplikasi"


class BuktiDiri(TextChoices):
    """By what it was made sure that it is she who asks."""

    KTP = "ktp", "KTP atau KK diperlihatkan"
    DIKENAL = "dikenal", "Dikenal kader atau petugas"
    KUASA = "kuasa", "Surat kuasa"
    SISTEM = "sistem", "Tidak perlu"


class KeadaanPermintaan(TextChoices):
    """Where a request stands."""

    TERBUKA = "terbuka", "Menunggu jawaban"
    DIPENUHI = "dipenuhi", "Dipenuhi"
    DITOLAK = "ditolak", "Ditolak"
