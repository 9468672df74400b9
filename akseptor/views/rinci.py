"""The page of one acceptor."""

import uuid

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from akseptor import actions
from akseptor.duplikat import Ditanya, Kemiripan, cari_kemiripan
from akseptor.forms import PersetujuanForm
from akseptor.kunci import kalimat_dilaporkan
from akseptor.kunjungan.isian import bisa_dikunjungi
from akseptor.models import Akseptor, Kunjungan, Pelayanan, Persetujuan
from akseptor.pengingat import tanggal_pengingat, tautan_pengingat
from akseptor.riwayat import riwayat
from akseptor.tahap import SEKALI_TEKAN, boleh
from akseptor.tertutup import kalimat_tertutup
from akseptor.views.akses import bernama
from kader.actions import catat_jejak
from kader.akses import boleh_bernama
from kader.baca import MELIHAT_RAHASIA, MEMBACA, catat_baca
from kader.enums import Peran
from kader.http import izin
from kader.jatah import berjatah
from kader.models import Wilayah
from poskb.dasar.waktu import hari_ini


@izin(Peran.KADER, Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_safe
@bernama
def rinci(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a couple, its services and history. The reading itself is written down (UU 27/2022)."""
    akseptor = _ambil(request, pk)
    catat_baca(request.user, MEMBACA, akseptor, wilayah=akseptor.desa_id)
    return _halaman(request, akseptor)


@izin(Peran.KADER, Peran.PLKB, Peran.KOORDINATOR, Peran.DPPKB)
@require_POST
@berjatah("lihat_rahasia")
def lihat_rahasia(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The same page with NIK, phone and address uncovered, for this once; the press is written down."""
    if not boleh_bernama(request):
        # Names are closed again meanwhile: her page asks for the reason.
        return redirect("akseptor:rinci", pk)
    akseptor = _ambil(request, pk)
    catat_jejak(request.user, MELIHAT_RAHASIA, akseptor, wilayah=akseptor.desa_id)
    return _halaman(request, akseptor, terbuka=True)


def _ambil(request: HttpRequest, pk: uuid.UUID) -> Akseptor:
    baris = Akseptor.objects.dalam(request.cakupan).select_related("desa__induk")
    baris = baris.prefetch_related(Prefetch("persetujuan", Persetujuan.objects.select_related("dicatat_oleh")))
    return get_object_or_404(baris, pk=pk)


def _halaman(request: HttpRequest, akseptor: Akseptor, *, terbuka: bool = False) -> HttpResponse:
    pelayanan = list(
        akseptor.pelayanan.select_related("faskes", "dicatat_oleh", "diverifikasi_oleh")
        .prefetch_related(Prefetch("kunjungan", Kunjungan.objects.select_related("dicatat_oleh")))
        .order_by("-diterima_pada")
    )
    if akseptor.tertutup:
        return _tertutup(request, akseptor, pelayanan)
    for p in pelayanan:
        p.panah = boleh(p, request.user.peran)
        p.sekali_tekan = [a for a in p.panah if a.tindakan in SEKALI_TEKAN]
        p.bisa_layani = any(a.tindakan == "layani" for a in p.panah)
        p.pengingat = tanggal_pengingat(p)
        p.kunjungan_berlaku = [k for k in p.kunjungan.all() if not k.ditarik]
        p.bisa_dikunjungi = request.user.peran == Peran.PLKB and bisa_dikunjungi(p)
        p.bisa_ubah = request.user.peran == Peran.KADER and not p.terkunci
    konteks = {
        "akseptor": akseptor,
        "terbuka": terbuka,
        "pelayanan": pelayanan,
        "riwayat": riwayat(akseptor, pelayanan),
        "kemiripan": _kemiripan(request, akseptor),
        "tautan_pengingat": tautan_pengingat() if request.user.peran == Peran.KADER else "",
        "desa_lain": _desa_lain(request, akseptor),
        "kunci_desa": next((kalimat_dilaporkan(p.bulan_laporan) for p in pelayanan if p.bulan_laporan), ""),
        "hari_ini": hari_ini(),
        "persetujuan": max(akseptor.persetujuan.all(), key=lambda s: s.pk, default=None),
    }
    if not konteks["persetujuan"] and request.user.peran == Peran.KADER:
        konteks |= _minta_persetujuan(pelayanan)
    return render(request, "akseptor/rinci.html", konteks)


def _tertutup(request: HttpRequest, akseptor: Akseptor, pelayanan: list[Pelayanan]) -> HttpResponse:
    """Of one who withdrew or was erased: that she did, and what goes on counting. The kader may ask her again."""
    konteks = {"akseptor": akseptor, "kalimat": kalimat_tertutup(akseptor), "pelayanan": pelayanan}
    if request.user.peran == Peran.KADER and not akseptor.dihapus_pada and pelayanan:
        konteks |= {"form_persetujuan": PersetujuanForm(), "untuk_persetujuan": pelayanan[0]}
    return render(request, "akseptor/tertutup.html", konteks)


def _minta_persetujuan(pelayanan: list[Pelayanan]) -> dict[str, object]:
    """What the page needs to ask for consent afterwards, or to say why it cannot."""
    terbuka = next((p for p in pelayanan if not p.terkunci), None)
    if terbuka:
        return {"form_persetujuan": PersetujuanForm(), "untuk_persetujuan": terbuka}
    return {"persetujuan_kurang": actions.kalimat_terkunci(pelayanan[0])} if pelayanan else {}


def _kemiripan(request: HttpRequest, akseptor: Akseptor) -> list[Kemiripan]:
    if not akseptor.perlu_tinjau_duplikat:
        return []
    orang = Ditanya(
        akseptor.nama_istri, akseptor.tanggal_lahir_istri, akseptor.nama_suami, akseptor.nik_istri, kecuali=akseptor.pk
    )
    return cari_kemiripan([orang], request.cakupan)[0]


def _desa_lain(request: HttpRequest, akseptor: Akseptor) -> list[Wilayah]:
    if request.user.peran not in {Peran.PLKB, Peran.KOORDINATOR}:
        return []
    return list(Wilayah.objects.dalam(request.cakupan).desa().exclude(pk=akseptor.desa_id).select_related("induk"))
