"""What a dashboard shows of one area, ready to be drawn."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from akseptor.enums import Metode, StatusPeserta, Tahap
from kader.enums import JenisFaskes
from laporan.kampanye.isi import Isi, kampanye_saat_itu
from laporan.kampanye.laju import Laju, laju, seharusnya
from laporan.models import Cuplikan, CuplikanHarian


@dataclass(frozen=True)
class Bar:
    """A bar in which *terverifikasi* lies inside *tercatat* and the target is a mark; all in percent of its width.

    Over 100 % of the target the bar is full and the mark moves left.
    """

    lebar_tercatat: float
    lebar_terverifikasi: float
    letak_target: float


def bar(tercatat: int, terverifikasi: int, target: int, *, puncak: int | None = None) -> Bar:
    """Return the bar. `puncak`: the number at the full width when several bars share a scale."""
    penuh = puncak or max(tercatat, target, 1)
    return Bar(*(round(100 * n / penuh, 2) for n in (tercatat, terverifikasi, min(target, penuh))))


def persen(bagian: int, seluruh: int) -> float:
    """Return the percentage with one decimal; 0 without a whole."""
    return round(100 * bagian / seluruh, 1) if seluruh else 0.0


@dataclass(frozen=True)
class Garis:
    """Distance to the straight line from nothing to the target: positive is ahead."""

    selisih: int

    @property
    def jarak(self) -> int:
        return abs(self.selisih)

    @property
    def di_depan(self) -> bool:
        return self.selisih >= 0


@dataclass(frozen=True)
class Baris:
    """One line of a table: an area, or a kind. `perlu`: needed per day of an area that is not there yet."""

    kode: str
    nama: str
    tercatat: int
    terverifikasi: int
    semua: int
    target: int
    bar: Bar
    garis: Garis = Garis(0)
    perlu: float | None = None

    @property
    def persen(self) -> float:
        """Percent of its own target."""
        return persen(self.tercatat, self.target)

    @property
    def kurang(self) -> int:
        """How many are still missing."""
        return max(self.target - self.tercatat, 0)


JALAN = (Tahap.CALON, Tahap.DIRUJUK, Tahap.DILAYANI, Tahap.TERVERIFIKASI)
SAMPING = (Tahap.DIKEMBALIKAN, Tahap.DITUNDA, Tahap.BATAL)


@dataclass(frozen=True)
class Tingkat:
    """One stage: `jumlah` stand there now, `sampai` have come at least so far."""

    kode: str
    nama: str
    jumlah: int
    sampai: int
    bar: Bar


@dataclass(frozen=True)
class Papan:
    """The dashboard of one area on a day."""

    cuplikan: Cuplikan | CuplikanHarian
    hari_ini: dt.date
    laju: Laju

    @property
    def isi(self) -> dict[str, Any]:
        return self.cuplikan.isi

    @property
    def persen(self) -> float:
        return persen(self.isi["tercatat"], self.isi["target"])

    @property
    def per_hari(self) -> dict[dt.date, int]:
        """Recorded by service day, for every day of the window."""
        return _per_hari(self.isi)

    @property
    def belum_terverifikasi(self) -> int:
        return self.isi["tercatat"] - self.isi["terverifikasi"]

    @property
    def persen_terverifikasi(self) -> float:
        """Percent of what is recorded that is verified."""
        return persen(self.isi["terverifikasi"], self.isi["tercatat"])

    @property
    def bar(self) -> Bar:
        return bar(self.isi["tercatat"], self.isi["terverifikasi"], self.isi["target"])

    @property
    def garis(self) -> "Garis":
        """Where it stands against the straight line to the target."""
        return Garis(self.isi["tercatat"] - self.laju.seharusnya)

    def per_metode(self) -> list[Baris]:
        """Lines per method, on one scale; a method has no target of its own."""
        return self._per_macam("per_metode", "metode", Metode)

    def per_status(self) -> list[Baris]:
        """Lines per status of the acceptor: what the campaign does not count has its services only."""
        return self._per_macam("per_status", "status", StatusPeserta)

    def per_tempat(self) -> list[Baris]:
        """Lines per kind of place."""
        return self._per_macam("per_tempat", "tempat", JenisFaskes)

    def _per_macam(self, tabel: str, kunci: str, macam: type[TextChoices]) -> list[Baris]:
        puncak = max([b["semua"] for b in self.isi[tabel]] + [1])
        return [
            Baris(
                b[kunci],
                macam(b[kunci]).label,
                b["tercatat"],
                b["terverifikasi"],
                b["semua"],
                0,
                bar(b["tercatat"], b["terverifikasi"], 0, puncak=puncak),
            )
            for b in self.isi[tabel]
        ]

    def corong(self) -> list["Tingkat"]:
        """The road from calon to terverifikasi: how many have come at least so far, and how many stand there now."""
        tahap = self.isi["tahap"]
        sampai = [sum(tahap[t] for t in JALAN[n:]) for n in range(len(JALAN))]
        puncak = max(sampai[0], 1)
        return [
            Tingkat(str(t), t.label, tahap[t], n, bar(n, 0, 0, puncak=puncak))
            for t, n in zip(JALAN, sampai, strict=True)
        ]

    def di_samping(self) -> list["Tingkat"]:
        """What left that road: put off, cancelled, sent back."""
        return [Tingkat(str(t), t.label, self.isi["tahap"][t], 0, bar(0, 0, 0)) for t in SAMPING]

    def per_wilayah(self) -> list[Baris]:
        """Lines per area below, each against its own target: what is furthest behind comes first."""
        kampanye = self.cuplikan.kampanye
        baris = [
            Baris(
                **{k: b[k] for k in ("kode", "nama", "tercatat", "terverifikasi", "semua", "target")},
                bar=bar(b["tercatat"], b["terverifikasi"], b["target"]),
                garis=Garis(b["tercatat"] - seharusnya(kampanye.mulai, kampanye.selesai, b["target"], self.hari_ini)),
                perlu=max(b["target"] - b["tercatat"], 0) / self.laju.sisa_hari if self.laju.sisa_hari else None,
            )
            for b in self.isi["per_wilayah"]
        ]
        return sorted(baris, key=lambda b: (b.persen, b.kode))

    def kurva(self) -> list[dict[str, Any]]:
        """Day by day: added, cumulative (None after today: not yet known), the straight line to the target."""
        jumlah, kampanye = 0, self.cuplikan.kampanye
        hasil = []
        for n, hari in enumerate(self.isi["per_hari"], start=1):
            jumlah += hari["tercatat"]
            sudah = dt.date.fromisoformat(hari["tanggal"]) <= self.hari_ini
            garis = round(self.isi["target"] * n / kampanye.lama, 1)
            hasil.append(hari | {"kumulatif": jumlah if sudah else None, "garis": garis})
        return hasil


def susun_papan(cuplikan: Cuplikan | CuplikanHarian, hari_ini: dt.date) -> Papan:
    """Put the stored numbers and the day together. `hari_ini`: of a past day's numbers that day."""
    kampanye = cuplikan.kampanye = kampanye_saat_itu(cuplikan.kampanye, cuplikan.isi)
    isi = cuplikan.isi
    return Papan(cuplikan, hari_ini, laju(kampanye.mulai, kampanye.selesai, isi["target"], _per_hari(isi), hari_ini))


def _per_hari(isi: Isi) -> dict[dt.date, int]:
    return {dt.date.fromisoformat(h["tanggal"]): h["tercatat"] for h in isi["per_hari"]}
