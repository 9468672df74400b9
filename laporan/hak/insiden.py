"""What happened to people's data in a window of time: who saw whom, what was taken out, who signed in.

For the notice that UU 27/2022 (pasal 46) wants within 3 x 24 hours of a breach: whose data, what of it, when and how.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import connection
from django.db.models import Q

from akseptor.forms.hak import SaatLokal
from akseptor.forms.medan import tahun_wajar
from akseptor.models import Akseptor
from kader.baca import PEMBACAAN
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.jejak_masuk import DITOLAK, MASUK, PERISTIWA
from kader.models import Jejak, Pengguna, Wilayah
from laporan.ekspor.lembaran import Kolom, Lembaran, Sel
from laporan.hak.cari import EKSPOR, LUAR, dalam_wilayah
from poskb.dasar.waktu import WIB, sekarang, tulis_saat

PALING_LAMA = dt.timedelta(days=92)
# More than a notice can name one by one; the page says when there are more.
ORANG_TERBANYAK = 20_000
DI_HALAMAN = 50
SALAH_SAAT = "Isi tanggal dan jamnya, misalnya 08-07-2021 09:30."
MASUKAN = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"]

# Lines of the window, one row for each person in them who lives in the area.
LIHAT = """
WITH lihat AS (
  SELECT j.oleh_id, j.peran, j.tindakan, j.pada, a.id AS orang
  FROM kader_jejak j CROSS JOIN LATERAL unnest(j.orang) AS o
  JOIN akseptor_akseptor a ON a.id = o
  WHERE j.pada >= %(dari)s AND j.pada < %(sampai)s AND j.orang <> '{{}}'
    AND (a.desa_id = ANY (%(kode)s) OR a.desa_id LIKE ANY (%(awalan)s))
    AND (%(oleh)s::bigint IS NULL OR j.oleh_id = %(oleh)s)
)
{pilih}
"""
PER_PELAKU = """
SELECT oleh_id, peran, count(DISTINCT orang), count(DISTINCT orang) FILTER (WHERE tindakan = ANY (%(baca)s)),
       count(DISTINCT orang) FILTER (WHERE tindakan = ANY (%(ekspor)s)), min(pada), max(pada)
FROM lihat GROUP BY oleh_id, peran ORDER BY 3 DESC, 1
"""
PER_ORANG = """
SELECT orang, count(DISTINCT oleh_id), count(*), bool_or(tindakan = ANY (%(ekspor)s)), max(pada)
FROM lihat GROUP BY orang ORDER BY 4 DESC, 3 DESC, 1 LIMIT %(batas)s
"""
JUMLAH = "SELECT count(DISTINCT orang) FROM lihat"


class FormInsiden(forms.Form):
    """From when to when, where, by whom."""

    dari = forms.DateTimeField(
        label="Dari",
        widget=SaatLokal,
        input_formats=MASUKAN,
        error_messages=dict.fromkeys(("required", "invalid"), SALAH_SAAT),
        validators=[tahun_wajar],
    )
    sampai = forms.DateTimeField(
        label="Sampai",
        widget=SaatLokal,
        input_formats=MASUKAN,
        error_messages=dict.fromkeys(("required", "invalid"), SALAH_SAAT),
        validators=[tahun_wajar],
    )
    wilayah = forms.ModelChoiceField(
        Wilayah.objects.none(),
        required=False,
        label="Wilayah",
        empty_label="Seluruh kabupaten",
        to_field_name="kode",
        error_messages={"invalid_choice": "Wilayah ini di luar wilayah tugas Anda. Pilih dari daftar."},
    )
    oleh = forms.ModelChoiceField(
        Pengguna.objects.none(),
        required=False,
        label="Pelaku",
        empty_label="Siapa saja",
        error_messages={"invalid_choice": "Orang ini tidak ada. Pilih dari daftar."},
    )

    def __init__(self, data: Any = None, *, cakupan: Cakupan) -> None:
        kini = sekarang().astimezone(WIB).replace(second=0, microsecond=0)
        awal = {"dari": f"{kini - dt.timedelta(days=1):%Y-%m-%dT%H:%M}", "sampai": f"{kini:%Y-%m-%dT%H:%M}"}
        super().__init__(data or awal)
        self.fields["wilayah"].queryset = Wilayah.objects.dalam(cakupan).select_related("induk").order_by("kode")
        self.fields["oleh"].queryset = Pengguna.objects.order_by("nama", "pk")

    def clean(self) -> dict[str, Any]:
        isi = super().clean()
        dari, sampai = isi.get("dari"), isi.get("sampai")
        if dari and sampai and dari >= sampai:
            self.add_error("sampai", "Waktu terakhir harus sesudah waktu pertama.")
        elif dari and sampai and sampai - dari > PALING_LAMA:
            self.add_error("sampai", "Paling lama tiga bulan sekaligus. Persempit waktunya.")
        return isi

    def jendela(self, cakupan: Cakupan) -> "Jendela":
        """Return what was asked. The form must be valid."""
        isi = self.cleaned_data
        kode = (isi["wilayah"].kode,) if isi["wilayah"] else cakupan.kode
        return Jendela(isi["dari"], isi["sampai"], kode, isi["oleh"])


@dataclass(frozen=True)
class Jendela:
    """A window: from (included) to (not), in the areas of these codes, by one person or anybody."""

    dari: dt.datetime
    sampai: dt.datetime
    kode: tuple[str, ...]
    oleh: Pengguna | None = None


@dataclass(frozen=True)
class Pelaku:
    """One actor and how many persons' data passed through her hands."""

    nama: str
    peran: str
    orang: int
    dibaca: int
    diekspor: int
    pertama: dt.datetime
    terakhir: dt.datetime


@dataclass(frozen=True)
class Tersentuh:
    """One person: by how many, how often, whether she stands in a file, when last."""

    akseptor: Akseptor | None
    pelaku: int
    kali: int
    diekspor: bool
    terakhir: dt.datetime


@dataclass(frozen=True)
class Insiden:
    """All of a window."""

    jendela: Jendela
    pelaku: list[Pelaku]
    orang: list[Tersentuh]
    jumlah_orang: int
    ekspor: list[Jejak]
    masuk: list[Jejak]
    luar: list[Jejak]

    @property
    def gagal(self) -> int:
        """How many sign-ins were refused."""
        return sum(j.tindakan in DITOLAK for j in self.masuk)

    @property
    def berhasil(self) -> int:
        """How many signed in."""
        return sum(j.tindakan == MASUK for j in self.masuk)


def susun(jendela: Jendela, cakupan: Cakupan, *, orang: int = ORANG_TERBANYAK) -> Insiden:
    """Collect a window; at most so many persons one by one. Eight queries, whatever it holds."""
    (jumlah,) = _tanya(jendela, JUMLAH, orang)[0]
    per_orang = _tanya(jendela, PER_ORANG, orang)
    per_pelaku = _tanya(jendela, PER_PELAKU, orang)
    siapa = Pengguna.objects.in_bulk([b[0] for b in per_pelaku if b[0]])
    milik = Akseptor.objects.dalam(cakupan).select_related("desa__induk").defer("nik_istri", "no_hp", "alamat")
    akseptor = milik.in_bulk([b[0] for b in per_orang])
    garis = dalam_wilayah(cakupan).filter(pada__gte=jendela.dari, pada__lt=jendela.sampai).order_by("pk")
    if jendela.oleh:
        garis = garis.filter(Q(oleh=jendela.oleh) | Q(jenis="pengguna", kunci=str(jendela.oleh.pk)))
    garis = garis.select_related("oleh", "wilayah__induk")
    masuk = list(garis.filter(tindakan__in=PERISTIWA)[:ORANG_TERBANYAK])
    nama = {str(pk): p.nama for pk, p in Pengguna.objects.in_bulk({int(j.kunci) for j in masuk if j.kunci}).items()}
    for j in masuk:
        j.tentang = nama.get(j.kunci, "nama yang tidak dikenal")
    return Insiden(
        jendela,
        [
            Pelaku(
                siapa[o].nama if o in siapa else "Sistem", Peran(peran).label if peran else "", n, baca, ekspor, *saat
            )
            for o, peran, n, baca, ekspor, *saat in per_pelaku
        ],
        [Tersentuh(akseptor.get(o), *isi) for o, *isi in per_orang],
        jumlah,
        list(garis.filter(tindakan__in=EKSPOR)[:ORANG_TERBANYAK]),
        masuk,
        list(garis.filter(tindakan=LUAR)[:ORANG_TERBANYAK]),
    )


def kunci_orang(insiden: Insiden) -> list[uuid.UUID]:
    """Return whose names a report of this window holds."""
    return [o.akseptor.pk for o in insiden.orang if o.akseptor]


def _tanya(jendela: Jendela, pilih: str, batas: int) -> list[tuple]:
    nilai = {
        "dari": jendela.dari,
        "sampai": jendela.sampai,
        "kode": list(jendela.kode),
        "awalan": [f"{k}.%" for k in jendela.kode],
        "oleh": jendela.oleh.pk if jendela.oleh else None,
        "baca": list(PEMBACAAN),
        "ekspor": list(EKSPOR),
        "batas": batas,
    }
    with connection.cursor() as cursor:
        cursor.execute(LIHAT.format(pilih=pilih), nilai)
        return cursor.fetchall()


GARIS = [
    Kolom("Waktu", 28),
    Kolom("Pelaku", 26),
    Kolom("Tindakan", 26),
    Kolom("Jumlah orang", 9),
    Kolom("Rincian", 60),
]
PELAKU = [
    *(Kolom("Pelaku", 26), Kolom("Peran", 16), Kolom("Orang", 9), Kolom("Dibaca", 9), Kolom("Diekspor", 9)),
    *(Kolom("Pertama", 26), Kolom("Terakhir", 26)),
]
ORANG = [
    *(Kolom("Nama", 28), Kolom("Desa", 32), Kolom("Nomor catatan", 38), Kolom("Pelaku", 8), Kolom("Kali", 8)),
    *(Kolom("Diekspor", 9), Kolom("Terakhir", 26)),
]


def buku(insiden: Insiden, wilayah: str, oleh: str) -> list[Lembaran]:
    """Return the workbook: about it, by actor, by person, files that left, sign-ins, changes outside the product."""
    j = insiden.jendela
    tentang: list[list[Sel]] = [
        ["Laporan insiden data pribadi", None],
        ["Dari", tulis_saat(j.dari)],
        ["Sampai", tulis_saat(j.sampai)],
        ["Wilayah", wilayah],
        ["Pelaku", j.oleh.nama if j.oleh else "siapa saja"],
        ["Dibuat", tulis_saat(sekarang())],
        ["Oleh", oleh],
        ["Orang yang datanya tersentuh", insiden.jumlah_orang],
        ["Ekspor dan cetakan", len(insiden.ekspor)],
        ["Masuk", insiden.berhasil],
        ["Masuk ditolak", insiden.gagal],
        ["Berubah di luar aplikasi", len(insiden.luar)],
        [None, None],
        ["Kader membuka catatan desanya sendiri: dicatat sekali setiap jam untuk setiap orang dan halaman.", None],
    ]
    return [
        Lembaran("Tentang", [Kolom("", 34), Kolom("", 50)], tentang, tebal=frozenset({0})),
        Lembaran(
            "Per pelaku",
            PELAKU,
            [
                [p.nama, p.peran, p.orang, p.dibaca, p.diekspor, tulis_saat(p.pertama), tulis_saat(p.terakhir)]
                for p in insiden.pelaku
            ],
            beku=1,
        ),
        Lembaran(
            "Per orang",
            ORANG,
            [_orang(o) for o in insiden.orang],
            beku=1,
        ),
        Lembaran("Ekspor", GARIS, _garis(insiden.ekspor)),
        Lembaran("Masuk", [*GARIS, Kolom("Tentang", 26)], _garis(insiden.masuk, tentang=True)),
        Lembaran("Di luar aplikasi", GARIS, _garis(insiden.luar)),
    ]


def _orang(o: Tersentuh) -> list[Sel]:
    a = o.akseptor
    kepala: list[Sel] = [a.nama_tampil, str(a.desa), str(a.pk)] if a else ["(di luar wilayah)", None, None]
    return [*kepala, o.pelaku, o.kali, "ya" if o.diekspor else "tidak", tulis_saat(o.terakhir)]


def _garis(jejak: Iterable[Jejak], *, tentang: bool = False) -> list[list[Sel]]:
    return [
        [
            tulis_saat(j.pada),
            j.oleh.nama if j.oleh else None,
            j.tindakan,
            len(j.orang) or None,
            "; ".join(filter(None, [j.alasan, *(f"{k}: {v[1]}" for k, v in j.perubahan.items() if _terbaca(v))])),
            *([j.tentang] if tentang else []),
        ]
        for j in jejak
    ]


def _terbaca(nilai: Any) -> bool:
    return isinstance(nilai, list) and len(nilai) == 2 and nilai[1] not in (None, "")
