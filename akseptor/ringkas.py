"""The short list that stays on her phone: enough to go on working, without NIK, phone and address."""

from typing import Any

from django.db.models import Q

from akseptor.enums import Tahap
from akseptor.models import Akseptor, Pelayanan
from akseptor.pengingat import tanggal_pengingat
from akseptor.tahap import boleh
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Pengguna

BELUM_SELESAI = (Tahap.CALON, Tahap.DIRUJUK, Tahap.DITUNDA, Tahap.DIKEMBALIKAN)
PALING_BANYAK = 120
TERBARU_SELESAI = 50
RAHASIA = ("akseptor__nik_istri", "akseptor__no_hp", "akseptor__alamat")


def ringkas(pelayanan: Pelayanan) -> dict[str, Any]:
    """Return one entry (docs/sinkron.md). Needs `akseptor` and `faskes` fetched; reads no secret column."""
    akseptor: Akseptor = pelayanan.akseptor
    tanggal, lahir, pengingat = pelayanan.tanggal, akseptor.tanggal_lahir_istri, tanggal_pengingat(pelayanan)
    return {
        "id": str(pelayanan.pk),
        "akseptor": str(akseptor.pk),
        "versi": pelayanan.versi,
        "tahap": str(pelayanan.tahap),
        "nama_tahap": Tahap(pelayanan.tahap).label,
        "terkunci": pelayanan.terkunci,
        "gerak": [
            {"tindakan": p.tindakan, "label": p.label, "beralasan": p.beralasan} for p in boleh(pelayanan, Peran.KADER)
        ],
        "alasan": pelayanan.alasan_tahap,
        "diterima_pada": pelayanan.diterima_pada.isoformat(timespec="seconds"),
        "nama_istri": akseptor.nama_istri,
        "tanggal_lahir_istri": lahir.isoformat() if lahir else "",
        "nama_suami": akseptor.nama_suami,
        "ada_nik": not akseptor.nik_menyusul,
        "desa": akseptor.desa_id,
        "rw": akseptor.rw,
        "rt": akseptor.rt,
        "jumlah_anak": akseptor.jumlah_anak,
        "metode": pelayanan.metode,
        "nama_metode": pelayanan.get_metode_display(),
        "status_peserta": pelayanan.status_peserta,
        "faskes": pelayanan.faskes_id,
        "nama_faskes": str(pelayanan.faskes) if pelayanan.faskes_id else "",
        "tanggal_pelayanan": tanggal.isoformat() if tanggal else "",
        "pascapersalinan": pelayanan.pascapersalinan,
        "pascakeguguran": pelayanan.pascakeguguran,
        "pengingat": pengingat.isoformat() if pengingat else "",
        "perlu_tinjau": akseptor.perlu_tinjau_duplikat,
        "perlu_perhatian_bidan": pelayanan.perlu_perhatian_bidan,
    }


def daftar_ringkas(oleh: Pengguna, cakupan: Cakupan) -> list[dict[str, Any]]:
    """Return her own records, what is unfinished first, then the newest; at most PALING_BANYAK. Two queries."""
    milik = (
        Pelayanan.objects.dalam(cakupan).boleh_dipakai().filter(dicatat_oleh=oleh).select_related("akseptor", "faskes")
    )
    milik = milik.defer(*RAHASIA).order_by("-diterima_pada", "-id")
    belum = list(milik.filter(tahap__in=BELUM_SELESAI)[: PALING_BANYAK - TERBARU_SELESAI])
    sudah = milik.filter(~Q(tahap__in=BELUM_SELESAI))[: PALING_BANYAK - len(belum)]
    return [ringkas(p) for p in [*belum, *sudah]]
