"""What a woman asks about her data: written down, answered or refused. Deadlines by the product's clock."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from akseptor.actions.pasangan import kunci_akseptor
from akseptor.enums import BuktiDiri, JenisPermintaan, KeadaanPermintaan, SaluranPermintaan
from akseptor.models import Akseptor, PermintaanSubjek
from akseptor.models.permintaan import BATAS, PANJANG_JAWABAN
from kader.actions import catat_jejak
from kader.alasan import periksa_alasan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

# A request that lay about longer than this is a mistyped date.
PALING_LAMA = dt.timedelta(days=60)
PENERIMA = frozenset({Peran.KADER, Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB})
SUDAH_ADA = (
    "Permintaan yang sama untuk ibu ini masih menunggu jawaban. Buka permintaan itu; tidak perlu dicatat dua kali."
)
BELUM_DIHAPUS = (
    "Data ibu ini belum dihapus, jadi permintaannya belum dipenuhi. Pakai tombol Hapus data ibu; permintaan terjawab "
    "sendiri sesudahnya."
)
SUDAH_SELESAI = "Permintaan ini sudah dijawab. Muat ulang halaman untuk melihat jawabannya."


@transaction.atomic
def ajukan(
    oleh: Pengguna,
    cakupan: Cakupan,
    akseptor_id: uuid.UUID,
    jenis: str,
    *,
    saluran: str,
    bukti_diri: str,
    isi: str = "",
    diterima_pada: dt.datetime | None = None,
) -> PermintaanSubjek:
    """Write a request of a couple down; it must be answered within 72 hours of `diterima_pada` (now when left out).

    Raises Ditolak for the wrong role or area, a couple that was erased, a moment to come or long past, or one of its
    kind that is open already.
    """
    akseptor = Akseptor.objects.select_for_update(of=("self",), no_key=True).get(pk=akseptor_id)
    if oleh.peran not in PENERIMA or not cakupan.memuat(akseptor.desa_id):
        raise Ditolak("Permintaan ini di luar wilayah tugas Anda.")
    if akseptor.dihapus_pada is not None:
        raise Ditolak("Data ibu ini sudah dihapus, jadi tidak ada lagi yang dapat diminta di sini.")
    kini = sekarang()
    saat = diterima_pada or kini
    if saat > kini:
        raise Ditolak("Waktu permintaan belum terjadi. Isi saat ibu menyampaikannya.")
    if saat < kini - PALING_LAMA:
        raise Ditolak("Waktu permintaan lebih dari 60 hari yang lalu. Periksa tanggalnya.")
    return tulis_permintaan(oleh, akseptor, jenis, saluran=saluran, bukti_diri=bukti_diri, isi=isi, saat=saat)


def tulis_permintaan(
    oleh: Pengguna, akseptor: Akseptor, jenis: str, *, saluran: str, bukti_diri: str, isi: str, saat: dt.datetime
) -> PermintaanSubjek:
    """Insert a request that was checked, with its line of history. Raises Ditolak when one of its kind is open."""
    satu = PermintaanSubjek(
        akseptor=akseptor,
        jenis=JenisPermintaan(jenis),
        saluran=SaluranPermintaan(saluran),
        bukti_diri=BuktiDiri(bukti_diri),
        isi=isi,
        diterima_pada=saat,
        tenggat=saat + BATAS,
        dicatat_oleh=oleh,
        dicatat_pada=sekarang(),
    )
    try:
        with transaction.atomic():
            satu.save(force_insert=True)
    except IntegrityError as galat:
        raise Ditolak(SUDAH_ADA) from galat
    perubahan = {
        n: ["", str(getattr(satu, n))] for n in ("jenis", "saluran", "bukti_diri", "diterima_pada", "tenggat")
    }
    catat_jejak(oleh, "mencatat permintaan", satu, wilayah=akseptor.desa_id, perubahan=perubahan)
    return satu


@transaction.atomic
def jawab(oleh: Pengguna, cakupan: Cakupan, pk: int, jawaban: str, *, dipenuhi: bool) -> PermintaanSubjek:
    """Close a request with what was answered.

    Raises Ditolak for who is not on duty, none written, one closed, or an erasure that nobody made.
    """
    satu = pegang(oleh, cakupan, pk)
    if dipenuhi and satu.jenis == JenisPermintaan.HAPUS and satu.akseptor.dihapus_pada is None:
        raise Ditolak(BELUM_DIHAPUS)
    jawaban = periksa_alasan(
        jawaban, kosong="Tulis jawabannya: apa yang dilakukan, atau mengapa ditolak.", terpanjang=PANJANG_JAWABAN
    )
    keadaan = KeadaanPermintaan.DIPENUHI if dipenuhi else KeadaanPermintaan.DITOLAK
    return tutup(oleh, satu, keadaan, jawaban)


def pegang(oleh: Pengguna, cakupan: Cakupan, pk: int) -> PermintaanSubjek:
    """Fetch an open request and hold it, her couple first as everywhere.

    Raises Ditolak for who is not on duty, or when it is closed.
    """
    kunci_akseptor(PermintaanSubjek.objects.values_list("akseptor_id", flat=True).get(pk=pk))
    satu = PermintaanSubjek.objects.select_for_update(of=("self",)).select_related("akseptor").get(pk=pk)
    if oleh.peran != Peran.DPPKB or not cakupan.memuat(satu.akseptor.desa_id):
        raise Ditolak("Permintaan dijawab oleh petugas jaga di DPPKB.")
    if not satu.terbuka:
        raise Ditolak(SUDAH_SELESAI)
    return satu


def tutup(oleh: Pengguna, satu: PermintaanSubjek, keadaan: KeadaanPermintaan, jawaban: str) -> PermintaanSubjek:
    """Close a request that is held, with its line of history."""
    dari = satu.keadaan
    satu.keadaan, satu.jawaban = keadaan, jawaban
    satu.selesai_oleh, satu.selesai_pada = oleh, sekarang()
    satu.save(update_fields=["keadaan", "jawaban", "selesai_oleh", "selesai_pada"])
    catat_jejak(
        oleh,
        "menjawab permintaan",
        satu,
        wilayah=satu.akseptor.desa_id,
        alasan=jawaban,
        perubahan={"keadaan": [str(dari), str(keadaan)]},
    )
    return satu
