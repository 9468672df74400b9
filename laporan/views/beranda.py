"""The first page: what to do next, per role."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from akseptor.enums import Tahap
from akseptor.kunjungan.daftar import kemajuan
from akseptor.models import Akseptor, Pelayanan, Titipan
from kader.enums import Peran
from kader.models import Penugasan, Wilayah
from kader.petugas import digantikan, menggantikan
from laporan.bulanan.jenjang import jenjang
from laporan.bulanan.papan import laporan_perlu_tindakan
from laporan.kampanye.lihat import Lihat
from laporan.kampanye.papan import susun_papan
from laporan.models import Pesan
from poskb.dasar.waktu import bulan_lalu, hari_ini


@require_safe
def beranda(request: HttpRequest) -> HttpResponse:
    """Show the first page of the role; the district's is its dashboard."""
    gambar = {Peran.KADER: _kader, Peran.PLKB: _petugas, Peran.KOORDINATOR: _petugas}.get(Peran(request.user.peran))
    return gambar(request) if gambar else redirect("dasbor:kabupaten")


def _per_tahap(request: HttpRequest) -> dict[str, int]:
    baris = Pelayanan.objects.dalam(request.cakupan).order_by().values_list("tahap").annotate(n=Count("pk"))
    return dict(baris)


def _capaian(request: HttpRequest) -> list[object]:
    baris = Lihat().cuplikan(request.cakupan).filter(wilayah__tingkat="desa").order_by("wilayah_id")
    return [susun_papan(c, hari_ini()) for c in baris]


def _kader(request: HttpRequest) -> HttpResponse:
    milik = Pelayanan.objects.dalam(request.cakupan).boleh_dipakai().lengkap_dengan_nama()
    milik = milik.defer("akseptor__nik_istri", "akseptor__no_hp", "akseptor__alamat")
    desa = list(Wilayah.objects.dalam(request.cakupan).desa().select_related("induk")[:1])
    konteks = {
        "desa": desa[0] if desa else None,
        "petugas": Penugasan.objects.petugas_desa(desa[0].kode, hari_ini()) if desa else None,
        "dikembalikan": milik.filter(tahap=Tahap.DIKEMBALIKAN).order_by("-diterima_pada")[:10],
        "tindak_lanjut": milik.filter(tahap__in=[Tahap.CALON, Tahap.DIRUJUK]).order_by("dicatat_pada")[:5],
        "per_tahap": _per_tahap(request),
        "laporan": laporan_perlu_tindakan(request.cakupan),
        "papan": next(iter(_capaian(request)), None),
    }
    return render(request, "laporan/beranda_kader.html", konteks)


def _petugas(request: HttpRequest) -> HttpResponse:
    belum = (
        Pelayanan.objects.dalam(request.cakupan)
        .filter(tahap=Tahap.DILAYANI)
        .order_by()
        .values("desa_id", "desa__nama", "desa__induk__nama")
        .annotate(n=Count("pk"), menyusul=Count("pk", filter=Q(akseptor__nik_menyusul=True)))
        .order_by("-n", "desa_id")
    )
    desa = request.cakupan.kode if request.user.peran == Peran.PLKB else ()
    konteks = {
        "kunjungan": kemajuan(desa, bulan_lalu()) if desa else None,
        "belum_diperiksa": list(belum),
        "jumlah_belum": sum(b["n"] for b in belum),
        "duplikat": Akseptor.objects.dalam(request.cakupan).filter(perlu_tinjau_duplikat=True).count(),
        "per_tahap": _per_tahap(request),
        "laporan": laporan_perlu_tindakan(request.cakupan),
        "papan": _capaian(request),
        "jenjang": jenjang(request.cakupan, bulan_lalu()),
        "titipan": Titipan.objects.dalam(request.cakupan).menunggu().count(),
    }
    if request.user.peran == Peran.PLKB:
        konteks |= {
            "pesan": Pesan.objects.dalam(request.cakupan).menunggu().count(),
            "menggantikan": menggantikan(request.user),
            "digantikan": digantikan(request.user),
        }
    return render(request, "laporan/beranda_petugas.html", konteks)
