"""The numbers of a campaign by place of service, by name. Counted from the records when somebody asks for them.

The daily numbers keep the kind of a place only (docs/keputusan.md, 45). So the list costs one pass over the window,
and is asked for, not drawn with every dashboard.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Q, Value, When

from akseptor.enums import Tahap
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.enums import JenisFaskes
from kader.models import Faskes
from laporan.kampanye.progres import di_jendela, menghitung
from laporan.models import Kampanye

# Many and changing: told together, not one by one.
BERSAMA = (JenisFaskes.BIDAN, JenisFaskes.BERGERAK)


@dataclass(frozen=True)
class BarisFaskes:
    """One place, or all of a kind (`nama` empty). `kecamatan`: where it stands; `pk`: of the place, None of a kind."""

    jenis: JenisFaskes
    nama: str
    kecamatan: str
    tercatat: int = 0
    terverifikasi: int = 0
    semua: int = 0
    pk: int | None = None


@lintas_wilayah("satu pasangan dihitung sekali, di desa mana pun; yang keluar hanya jumlah per tempat")
def per_faskes(kampanye: Kampanye, kode: str, cakupan: Cakupan, sampai: dt.date | None = None) -> list[BarisFaskes]:
    """Return the places by kind and name for the women of an area, those that counted nobody included. Two queries.

    Of a kecamatan: the places in it, and those elsewhere to which its women went. `sampai`: a past day, by what had
    arrived then; what was corrected since is not undone.
    """
    satu = Case(When(faskes__jenis__in=BERSAMA, then=Value("")), default=F("faskes__nama"), output_field=CharField())
    nomor = Case(When(faskes__jenis__in=BERSAMA, then=Value(None)), default=F("faskes_id"))
    di = Case(
        When(faskes__jenis__in=BERSAMA, then=Value("")), default=F("faskes__wilayah__nama"), output_field=CharField()
    )
    dihitung = menghitung(kampanye, sampai)
    baris = (
        di_jendela(kampanye, sampai)
        .dalam(cakupan)
        .di(kode)
        .order_by()
        .annotate(n_nama=satu, n_di=di, n_pk=nomor)
        .values_list("faskes__jenis", "n_nama", "n_di", "n_pk")
        .annotate(
            t=Count("id", filter=dihitung),
            v=Count("id", filter=dihitung & Q(tahap=Tahap.TERVERIFIKASI)),
            s=Count("id"),
        )
    )
    ada = {(jenis, nama, di, pk): n for jenis, nama, di, pk, *n in baris}
    semua = Faskes.objects.di(kode).aktif().exclude(jenis__in=BERSAMA)
    if kampanye.jenis_tempat or kampanye.tempat:
        semua = semua.filter(Q(pk__in=kampanye.tempat) | Q(jenis__in=kampanye.jenis_tempat))
    kosong = {k: [0, 0, 0] for k in semua.values_list("jenis", "nama", "wilayah__nama", "pk")}
    urut = list(JenisFaskes)
    return sorted(
        (BarisFaskes(JenisFaskes(j), nama, di, *n, pk) for (j, nama, di, pk), n in (kosong | ada).items()),
        key=lambda b: (urut.index(b.jenis), b.nama, b.kecamatan),
    )
