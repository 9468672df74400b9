"""What a dashboard shows of one area, ready to be drawn."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import TextChoices

from akseptor.enums import Metode, StatusPeserta, Tahap
from kader.enums import JenisFaskes
from laporan.kampanye.angka_akhir import Akhir, angka_akhir
from laporan.kampanye.hari_lalu import kata_dihitung
from laporan.kampanye.isi import kampanye_saat_itu, tercatat_per_hari
from laporan.kampanye.laju import Laju, kata_mulai, laju, perlu_per_hari, seharusnya
from laporan.kampanye.pekan import HariPekan, bobot_hari, pola_pekan
from laporan.kampanye.pola_utama import pola_utama
from laporan.models import Cuplikan, CuplikanHarian
from poskb.dasar.angka import angka
from poskb.dasar.waktu import HARI


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


def persen(bagian: int, seluruh: int) -> float | None:
    """Return the percentage with one decimal, rounded down; None without a whole.

    Down, so that neither 100 % nor a class of coverage is ever shown before it is reached.
    """
    return bagian * 1000 // seluruh / 10 if seluruh else None


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
    """One line of a table: an area, or a kind.

    `perlu`: needed per day of an area that is not there yet; `perlu_kini`: of it today, after the days of the week.
    `mutu`: of an area how good its numbers are (`laporan.kampanye.isi.MUTU`), None where that was not kept yet.
    """

    kode: str
    nama: str
    tercatat: int
    terverifikasi: int
    semua: int
    target: int
    bar: Bar
    garis: Garis = Garis(0)
    perlu: float | None = None
    perlu_kini: float | None = None
    mutu: dict[str, int] | None = None

    @property
    def persen(self) -> float | None:
        """Percent of its own target; None for an area without one."""
        return persen(self.tercatat, self.target)

    @property
    def persen_bulat(self) -> int | None:
        """The same without decimals, rounded down as well: 99.5 is not there yet."""
        return None if self.persen is None else int(self.persen)

    @property
    def kurang(self) -> int:
        """How many are still missing."""
        return max(self.target - self.tercatat, 0)


@dataclass(frozen=True)
class Pokok:
    """The numbers of an area that a page begins with."""

    tercatat: int
    terverifikasi: int
    target: int

    @property
    def persen(self) -> float | None:
        return persen(self.tercatat, self.target)

    @property
    def persen_terverifikasi(self) -> float | None:
        return persen(self.terverifikasi, self.tercatat)

    @property
    def belum_terverifikasi(self) -> int:
        return self.tercatat - self.terverifikasi

    @property
    def kurang(self) -> int:
        return max(self.target - self.tercatat, 0)

    @property
    def kata_target(self) -> str:
        """How it ended, of a campaign that is closed."""
        if self.kurang:
            return f"Angka akhirnya kurang {angka(self.kurang)} dari target {angka(self.target)}."
        return f"Target {angka(self.target)} tercapai."

    @property
    def bar(self) -> Bar:
        return bar(self.tercatat, self.terverifikasi, self.target)


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
    """The dashboard of one area on a day. `terbuka`: the campaign is known not to be closed."""

    cuplikan: Cuplikan | CuplikanHarian
    hari_ini: dt.date
    laju: Laju
    terbuka: bool = False

    @property
    def isi(self) -> dict[str, Any]:
        return self.cuplikan.isi

    @property
    def lalu(self) -> dt.date | None:
        """The past day whose evening this is; None for now."""
        return self.hari_ini if isinstance(self.cuplikan, CuplikanHarian) else None

    @property
    def kata_dihitung(self) -> str:
        """Of a past day when its numbers were counted; empty for now."""
        return kata_dihitung(self.cuplikan, self.hari_ini) if self.lalu else ""

    @property
    def kata_hari(self) -> str:
        """How a sentence calls the day of these numbers."""
        return "hari itu" if self.lalu else "hari ini"

    @cached_property
    def akhir(self) -> Akhir | None:
        """The figure that was announced when the campaign was closed; asked once for each board."""
        if self.terbuka:
            return None
        c = self.cuplikan
        return angka_akhir(c.kampanye, c.wilayah_id, self.isi["tercatat"], self.lalu)

    @property
    def belum_mulai(self) -> bool:
        """Whether the campaign begins only after this day: nothing can be measured yet."""
        return self.hari_ini < self.cuplikan.kampanye.mulai

    @property
    def kata_mulai(self) -> str:
        """When a campaign begins that has not begun: "Mulai 1 September, 55 hari lagi."; else empty."""
        return kata_mulai(self.cuplikan.kampanye.mulai, self.hari_ini, lalu=self.lalu is not None)

    @property
    def persen(self) -> float | None:
        """Percent of the target; None for an area without one."""
        return self.kini.persen

    @cached_property
    def kini(self) -> Pokok:
        """The numbers as they stand on this day."""
        return Pokok(*(self.isi[n] for n in ("tercatat", "terverifikasi", "target")))

    @cached_property
    def pokok(self) -> Pokok:
        """The numbers that stand first: the announced ones once the campaign is closed."""
        akhir = self.akhir
        return Pokok(akhir.tercatat, akhir.terverifikasi, self.kini.target) if akhir else self.kini

    @property
    def tanpa_target(self) -> bool:
        """Whether it has no share of the target."""
        return not self.isi["target"]

    @property
    def per_hari(self) -> dict[dt.date, int]:
        """Recorded by service day, for every day of the window."""
        return tercatat_per_hari(self.isi["per_hari"])

    @cached_property
    def pekan(self) -> list[HariPekan]:
        """What the days of the week bring; empty while it is too early to tell."""
        return pola_pekan(self.per_hari, self.hari_ini)

    @property
    def perlu_hari_ini(self) -> float | None:
        """What this day should bring, by the days of the week that are left; None where no day is asked for anything.

        The mean need would ask a Sunday for what it never brings and leave too little to the days that can.
        """
        return self._kini(self.laju.perlu_per_hari)

    def _kini(self, perlu: float | None) -> float | None:
        return None if perlu is None else perlu * self._bobot

    @property
    def berpola(self) -> bool:
        """Whether days are asked for more or less: a pattern of the week is known, and days are left."""
        return bool(self._pola and self.laju.sisa_hari)

    @cached_property
    def _pola(self) -> list[HariPekan]:
        """The days of the week of the whole campaign, by which a day is asked for more or less; asked once."""
        utama = pola_utama(self.cuplikan, self.hari_ini)
        return self.pekan if utama is None else utama

    @cached_property
    def _bobot(self) -> float:
        return bobot_hari(self._pola, self.hari_ini, self.cuplikan.kampanye.selesai)

    @property
    def nama_hari(self) -> str:
        """The name of this day of the week."""
        return HARI[self.hari_ini.weekday()]

    @property
    def usai(self) -> bool:
        """Whether the campaign's last day is over on this day."""
        return self.hari_ini > self.cuplikan.kampanye.selesai

    @property
    def belum_terverifikasi(self) -> int:
        return self.kini.belum_terverifikasi

    @property
    def persen_terverifikasi(self) -> float | None:
        """Percent of what is recorded that is verified."""
        return self.kini.persen_terverifikasi

    @property
    def bar(self) -> Bar:
        """The bar of the numbers as they stand."""
        return self.kini.bar

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
        """Lines per area below, each against its own target: what is furthest behind comes first, without one last."""
        kolom = ("kode", "nama", "target", "tercatat", "terverifikasi", "semua")
        hari = self.hari_ini.isoformat()
        baris = [
            self.baris_wilayah(*(b[k] for k in kolom), sudah=b.get("terbaru", {}).get(hari, 0), mutu=b.get("mutu"))
            for b in self.isi["per_wilayah"]
        ]
        return sorted(baris, key=lambda b: (not b.target, b.tercatat / (b.target or 1), b.kode))

    @property
    def jumlah_kurang(self) -> int:
        """What the column "kurang" of `per_wilayah` adds up to: what one area has too much fills no gap of another."""
        return sum(max(b["target"] - b["tercatat"], 0) for b in self.isi["per_wilayah"])

    def baris_wilayah(
        self,
        kode: str,
        nama: str,
        target: int,
        tercatat: int,
        terverifikasi: int,
        semua: int,
        *,
        sudah: int = 0,
        mutu: dict[str, int] | None = None,
    ) -> Baris:
        """Return the line of an area against its own share, on this board's day; `sudah`: recorded of that day."""
        k = self.cuplikan.kampanye
        perlu = perlu_per_hari(target, tercatat - sudah, self.laju.sisa_hari, belum_mulai=self.belum_mulai)
        return Baris(
            kode,
            nama,
            tercatat,
            terverifikasi,
            semua,
            target,
            bar=bar(tercatat, terverifikasi, target),
            garis=Garis(tercatat - seharusnya(k.mulai, k.selesai, target, self.hari_ini)),
            perlu=perlu,
            # By the same week as on its own page.
            perlu_kini=self._kini(perlu),
            mutu=mutu,
        )

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


def susun_papan(cuplikan: Cuplikan | CuplikanHarian, hari_ini: dt.date, *, terbuka: bool = False) -> Papan:
    """Put the stored numbers and the day together. `hari_ini`: of a past day that day; `terbuka`: see `Papan`."""
    kampanye = cuplikan.kampanye = kampanye_saat_itu(cuplikan.kampanye, cuplikan.isi)
    isi = cuplikan.isi
    kini = laju(kampanye.mulai, kampanye.selesai, isi["target"], tercatat_per_hari(isi["per_hari"]), hari_ini)
    return Papan(cuplikan, hari_ini, kini, terbuka)
