"""A woman takes her consent back: using her data stops at once, erasing it is asked of DPPKB (UU 27/2022, 40, 43)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from akseptor.actions.pasangan import kunci_akseptor, kunci_pasangan, naikkan_versi
from akseptor.actions.permintaan import ajukan, tulis_permintaan, tutup
from akseptor.enums import BuktiDiri, JenisPermintaan, KeadaanPermintaan, SaluranPermintaan
from akseptor.models import Akseptor, PermintaanSubjek, Persetujuan
from akseptor.signals import data_ditutup
from kader.actions import catat_jejak
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang

MENARIK, SETUJU = "menarik persetujuan", "setuju lagi"
JAWABAN = "Pemakaian data dihentikan saat itu juga. Penghapusannya diteruskan ke DPPKB."
DIULANG = "penarikan diulang sesudah pemulihan cadangan"
SETUJU_LAGI = "Ibu setuju lagi datanya dicatat, jadi penghapusan tidak dijalankan."


@transaction.atomic
def tarik_persetujuan(
    oleh: Pengguna,
    cakupan: Cakupan,
    akseptor_id: uuid.UUID,
    *,
    saluran: str,
    bukti_diri: str,
    isi: str = "",
    diterima_pada: dt.datetime | None = None,
) -> PermintaanSubjek:
    """Record the withdrawal, stop using the data, and ask for its erasure; return the request for that.

    All that is said to be her, in whatever desa, leaves lists, phones, samples, reminders and files of names; her
    services go on counting without her name. Raises
    Ditolak as `ajukan`, or when it was withdrawn before.
    """
    akseptor = kunci_akseptor(akseptor_id)
    if akseptor.ditarik_pada is not None:
        raise Ditolak("Persetujuan ibu ini sudah ditarik. Penghapusannya menunggu DPPKB.")
    tarik = ajukan(
        oleh,
        cakupan,
        akseptor_id,
        JenisPermintaan.TARIK,
        saluran=saluran,
        bukti_diri=bukti_diri,
        isi=isi,
        diterima_pada=diterima_pada,
    )
    akseptor.ditarik_pada = sekarang()
    orang = _tandai(oleh, MENARIK, akseptor)
    data_ditutup.send(sender=Akseptor, orang=orang)
    tarik.akseptor = akseptor
    tutup(oleh, tarik, KeadaanPermintaan.DIPENUHI, JAWABAN)
    return _minta_hapus(oleh, akseptor, tarik.diterima_pada)


def _minta_hapus(oleh: Pengguna, akseptor: Akseptor, saat: dt.datetime) -> PermintaanSubjek:
    """Ask for the erasure that follows a withdrawal; return the request, an open one where there is one."""
    menunggu = PermintaanSubjek.objects.terbuka().filter(akseptor=akseptor, jenis=JenisPermintaan.HAPUS).first()
    return menunggu or tulis_permintaan(
        oleh,
        akseptor,
        JenisPermintaan.HAPUS,
        saluran=SaluranPermintaan.SISTEM,
        bukti_diri=BuktiDiri.SISTEM,
        isi="Menyusul penarikan persetujuan.",
        saat=saat,
    )


@transaction.atomic
def tarik_lagi(oleh: Pengguna, saat: Mapping[uuid.UUID, dt.datetime]) -> int:
    """Close again exactly these rows, which a restored backup opened; return how many. `saat`: when she withdrew.

    Not their couples, as `hapus_lagi`. Left alone: who is erased or closed already, and who agreed since then.
    `oleh`: on whose account the erasure of each person is asked for that follows. Its time runs from the withdrawal.
    """
    semua = Akseptor.objects.filter(pk__in=saat)
    kunci_pasangan(*semua.values_list("pasangan", flat=True))
    terbuka = semua.filter(dihapus_pada__isnull=True, ditarik_pada__isnull=True)
    setuju = dict(
        Persetujuan.objects.filter(akseptor__in=terbuka)
        .order_by("diberikan_pada")
        .values_list("akseptor", "diberikan_pada")
    )
    orang, diminta = [], set()
    for a in terbuka.select_for_update(of=("self",)).order_by("pk"):
        if a.pk in setuju and setuju[a.pk] > saat[a.pk]:
            continue
        a.ditarik_pada = saat[a.pk]
        _tandai_satu(None, MENARIK, a, {"ditarik_pada": ["", str(a.ditarik_pada)]}, DIULANG)
        orang.append(a.pk)
        if a.pasangan not in diminta:
            diminta.add(a.pasangan)
            _minta_hapus(oleh, a, saat[a.pk])
    if orang:
        data_ditutup.send(sender=Akseptor, orang=orang)
    return len(orang)


def setuju_lagi(oleh: Pengguna, akseptor: Akseptor) -> dict[str, Any]:
    """Open a withdrawn couple again after a new consent; return what changed, for its line of history.

    It is held, and opens as it was closed: with all that is said to be her.
    """
    perubahan = {"ditarik_pada": [str(akseptor.ditarik_pada), ""]}
    akseptor.ditarik_pada = None
    _tandai(oleh, SETUJU, akseptor)
    _batalkan_penghapusan(oleh, akseptor)
    return perubahan


@lintas_wilayah("penarikan dan persetujuan baru berlaku untuk semua catatan ibu itu, di desa mana pun")
def _tandai(oleh: Pengguna, tindakan: str, akseptor: Akseptor) -> list[uuid.UUID]:
    """Give every row of a couple the `ditarik_pada` of this one; return the keys of those that changed."""
    baru = akseptor.ditarik_pada
    semua = Akseptor.objects.filter(
        pasangan=akseptor.pasangan, dihapus_pada__isnull=True, ditarik_pada__isnull=baru is not None
    )
    kunci = []
    for a in semua.select_for_update(of=("self",)).order_by("pk"):
        perubahan = {"ditarik_pada": [str(a.ditarik_pada or ""), str(baru or "")]}
        a.ditarik_pada = baru
        _tandai_satu(oleh, tindakan, a, perubahan)
        kunci.append(a.pk)
    return kunci


def _tandai_satu(
    oleh: Pengguna | None, tindakan: str, a: Akseptor, perubahan: dict[str, list[str]], alasan: str = ""
) -> None:
    a.save(update_fields=["ditarik_pada"])
    naikkan_versi(a)
    catat_jejak(oleh, tindakan, a, wilayah=a.desa_id, perubahan=perubahan, alasan=alasan)


@lintas_wilayah("penghapusan yang menyusul penarikan bisa tercatat pada catatan ibu itu di desa lain")
def _batalkan_penghapusan(oleh: Pengguna, akseptor: Akseptor) -> None:
    """Close the erasure that a withdrawal asked for."""
    menyusul = PermintaanSubjek.objects.select_for_update(of=("self",)).filter(
        akseptor__pasangan=akseptor.pasangan, jenis=JenisPermintaan.HAPUS, saluran=SaluranPermintaan.SISTEM
    )
    for satu in menyusul.select_related("akseptor").terbuka():
        tutup(oleh, satu, KeadaanPermintaan.DITOLAK, SETUJU_LAGI)
