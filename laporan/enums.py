"""Closed lists of the app."""

from django.db.models import IntegerChoices, TextChoices


class StatusLaporan(TextChoices):
    """State of a monthly report. The arrows are in `laporan/bulanan/transisi.py`."""

    DRAF = "draf", "Draf"
    DIKIRIM = "dikirim", "Dikirim"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"
    DISETUJUI = "disetujui", "Disetujui"


class PeranBhakti(IntegerChoices):
    """The six roles of the IMP (6 peran bhakti)."""

    PENGORGANISASIAN = 1, "Pengorganisasian"
    PERTEMUAN = 2, "Pertemuan"
    KIE = 3, "KIE dan konseling"
    PENDATAAN = 4, "Pencatatan dan pendataan"
    PELAYANAN = 5, "Pelayanan kegiatan"
    KEMANDIRIAN = 6, "Kemandirian"


class TingkatTenggat(TextChoices):
    """What has a day of the next month (settings `TENGGAT_LAPORAN`), in the order in which a report climbs."""

    KADER = "kader", "Kader mengirim"
    PLKB = "plkb", "Petugas PLKB memeriksa"
    KECAMATAN = "kecamatan", "Kecamatan lengkap"
    KABUPATEN = "kabupaten", "Kabupaten lengkap"
    TUTUP = "tutup", "Periode tutup"


class JenisPesan(TextChoices):
    """Why a kader is reminded of a report."""

    MENJELANG = "menjelang", "Menjelang tenggat"
    LEWAT = "lewat", "Lewat tenggat"
    DIKEMBALIKAN = "dikembalikan", "Dikembalikan"
    TUTUP = "tutup", "Segera tutup"


class StatusPesan(TextChoices):
    """What became of a reminder in the officer's outbox."""

    MENUNGGU = "menunggu", "Belum dikirim"
    DIKIRIM = "dikirim", "Sudah dikirim"
    TIDAK_PERLU = "tidak_perlu", "Tidak perlu"
    USANG = "usang", "Tidak berlaku lagi"


class TingkatImp(TextChoices):
    """Class of a desa's IMP, set by its officer by hand."""

    DASAR = "dasar", "Dasar"
    BERKEMBANG = "berkembang", "Berkembang"
    MANDIRI = "mandiri", "Mandiri"


class MacamBobot(TextChoices):
    """What a target can be shared by."""

    PUS = "pus", "jumlah PUS"
    PENDUDUK = "penduduk", "jumlah penduduk"


class CaraBagi(TextChoices):
    """How the shares of a target came about."""

    RATA = "rata", "sama rata"
    PUS = "pus", "jumlah PUS"
    PENDUDUK = "penduduk", "jumlah penduduk"
    TANGAN = "tangan", "diatur DPPKB"
