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


class TingkatImp(TextChoices):
    """Class of a desa's IMP, set by its officer by hand."""

    DASAR = "dasar", "Dasar"
    BERKEMBANG = "berkembang", "Berkembang"
    MANDIRI = "mandiri", "Mandiri"
