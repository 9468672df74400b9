"""The final figure of a closed campaign (`laporan.kelola.penutupan`), told beside every number of now."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Left

from akseptor.models import Pelayanan
from kader.baris import lintas_wilayah
from laporan.kampanye.progres import batas_sel, di_jendela, yang_dihitung
from laporan.models import AngkaAkhir, Capaian, Kampanye, Penutupan
from poskb.dasar.angka import angka
from poskb.dasar.waktu import WIB, hari_wib, tulis_tanggal


@dataclass(frozen=True)
class Akhir:
    """The frozen figure of an area, and what became of it: `kini` = `tercatat` + `susulan` + `koreksi`.

    `susulan` is None on a past day: which of the records had come by then is not kept, only their sum.
    """

    ditutup: dt.date
    tercatat: int
    terverifikasi: int
    kini: int
    susulan: int | None

    @property
    def koreksi(self) -> int | None:
        """What else differs by now, ups less downs; the page of the campaign tells them apart."""
        return None if self.susulan is None else self.kini - self.tercatat - self.susulan

    @property
    def kata(self) -> str:
        """One sentence: "Ditutup 5 Agustus 2021 dengan angka akhir 1.017; susulan 1, kini 1.018."."""
        bagian = [f"susulan {angka(self.susulan)}"] if self.susulan else []
        if self.koreksi:
            bagian.append(f"koreksi {'+' if self.koreksi > 0 else '−'}{angka(abs(self.koreksi))}")
        if bagian or self.kini != self.tercatat:
            bagian.append(f"{'pada hari itu' if self.susulan is None else 'kini'} {angka(self.kini)}")
        ekor = f"; {', '.join(bagian)}" if bagian else ""
        return f"Ditutup {tulis_tanggal(self.ditutup)} dengan angka akhir {angka(self.tercatat)}{ekor}."


def yang_susulan(penutupan: Penutupan) -> QuerySet[Pelayanan]:
    """Return the services that count now, of couples of which nothing that counts had arrived at the closing."""
    kampanye, saat = penutupan.kampanye, penutupan.ditutup_pada
    sudah = di_jendela(kampanye).filter(
        pasangan=OuterRef("pasangan"), status_peserta__in=kampanye.status_peserta, diterima_pada__lte=saat
    )
    return yang_dihitung(kampanye).filter(~Exists(sudah), diterima_pada__gt=saat)


def angka_akhir(kampanye: Kampanye, wilayah: str, kini: int, lalu: dt.date | None = None) -> Akhir | None:
    """Return the final figure of an area; None while the campaign is not closed. One query, of a closed one three.

    `kini`: how many count in this area by now, as the snapshot says. `lalu`: a past day; a closing after it was not
    known then, and one that was undone later still held.
    """
    beku = AngkaAkhir.objects.filter(penutupan=OuterRef("pk")).di(wilayah).order_by().values("penutupan")
    satu = (
        _berlaku(kampanye, lalu)
        .annotate(
            t=Coalesce(Subquery(beku.annotate(n=Sum("tercatat")).values("n")), 0),
            v=Coalesce(Subquery(beku.annotate(n=Sum("terverifikasi")).values("n")), 0),
        )
        .select_related("kampanye")
        .first()
    )
    if satu is None:
        return None
    susulan = None if lalu else _susulan_di(satu, wilayah)
    return Akhir(hari_wib(satu.ditutup_pada), satu.t, satu.v, kini, susulan)


@lintas_wilayah("angka akhir kampanye dibaca di semua wilayah; yang keluar hanya jumlah")
def _susulan_di(penutupan: Penutupan, wilayah: str) -> int:
    """Count them without reading the campaign whole: only desa and days to which something came since that day."""
    kemudian = Capaian.objects.filter(
        kampanye=penutupan.kampanye_id, tercatat__gt=0, terakhir__gte=hari_wib(penutupan.ditutup_pada)
    )
    sel = list(kemudian.di(wilayah).order_by().values_list("desa_id", "tanggal").distinct())
    return yang_susulan(penutupan).filter(batas_sel(sel)).order_by().count() if sel else 0


def beku_per_wilayah(kampanye: Kampanye, panjang: int, lalu: dt.date | None = None) -> dict[str, int] | None:
    """Return the frozen figures by codes of a length (areas of a level); None while it is not closed. Two queries."""
    satu = _berlaku(kampanye, lalu).first()
    if satu is None:
        return None
    baris = AngkaAkhir.objects.filter(penutupan=satu).order_by().annotate(di=Left("desa_id", panjang))
    return dict(baris.values_list("di").annotate(n=Sum("tercatat")))


def _berlaku(kampanye: Kampanye, lalu: dt.date | None) -> QuerySet[Penutupan]:
    semua = Penutupan.objects.filter(kampanye=kampanye.pk)
    if lalu is None:
        return semua.berlaku()
    sesudah = dt.datetime.combine(lalu + dt.timedelta(days=1), dt.time(), WIB)
    masih = Q(dibuka_pada__isnull=True) | Q(dibuka_pada__gte=sesudah)
    return semua.filter(masih, ditutup_pada__lt=sesudah).order_by("-pk")
