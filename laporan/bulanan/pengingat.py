"""Reminders of reports for the officers' outboxes: which are due today, and what they say.

The calendar of reminders is fixed by deadline, return and close. What is due is the latest of its days that has come,
so a morning without a worker is made up for, and computing it twice changes nothing.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from kader.enums import Peran
from kader.models import Penugasan, Wilayah
from laporan.bulanan.tenggat import KADER, TUTUP, Kalender, kalender, tingkat_giliran
from laporan.enums import JenisPesan, StatusLaporan, StatusPesan
from laporan.models import LaporanBulanan, Pengecualian, Pesan
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.waktu import bulan_lalu, hari_ini, hari_wib, sekarang, tulis_bulan, tulis_tanggal

# Days from the deadline, from the return of a report, from the close: often enough, and not every day.
MENJELANG, SESUDAH, SEBELUM_TUTUP = (-2, 0), range(1, 400, 3), (-3, -1, 0)
SUDAH = {StatusLaporan.DIKIRIM, StatusLaporan.DISETUJUI}
CARA = (
    "Caranya: buka Pos KB di HP, tekan Laporan, pilih {bulan}, isi, lalu Kirim ke petugas. "
    "Ada kesulitan? Balas pesan ini, nanti dibantu."
)
TEKS = {
    JenisPesan.MENJELANG: (
        "Laporan {bulan} {desa} ditunggu paling lambat {batas}. Bila tidak ada kegiatan, cukup tandai nihil."
    ),
    JenisPesan.LEWAT: "Laporan {bulan} {desa} belum kami terima. Tenggatnya {batas}, tetapi masih ditunggu.",
    JenisPesan.DIKEMBALIKAN: (
        "Laporan {bulan} {desa} perlu diperbaiki sedikit. Yang perlu diperbaiki tertulis di atas laporannya. "
        "Kirim lagi paling lambat {batas}."
    ),
    JenisPesan.TUTUP: (
        "Laporan {bulan} {desa} belum kami terima, dan periodenya tutup {akhir} pukul 23.59. "
        "Sesudah itu tidak dapat dikirim lagi."
    ),
}

Kunci = tuple[int, str, dt.date, str, dt.date]


@dataclass(frozen=True)
class Keadaan:
    """Where the report of a desa stands; `sejak`: the day of its last change, None while there is none."""

    desa: Wilayah
    bulan: dt.date
    status: str | None = None
    sejak: dt.date | None = None


def yang_perlu(k: Keadaan, kal: Kalender) -> tuple[JenisPesan, dt.date] | None:
    """Return the reminder that holds today, as kind and day; None when none does or nothing can be sent any more."""
    if k.status in SUDAH or kal.halangan(k.desa.kode, k.bulan, tingkat_giliran(k.status)):
        return None
    hari: dict[dt.date, JenisPesan] = {}
    if k.status == StatusLaporan.DIKEMBALIKAN and k.sejak:
        hari |= {k.sejak + dt.timedelta(n): JenisPesan.DIKEMBALIKAN for n in SESUDAH}
    else:
        batas = kal.sampai(k.desa.kode, k.bulan, KADER)
        hari |= {batas + dt.timedelta(n): JenisPesan.MENJELANG for n in MENJELANG}
        hari |= {batas + dt.timedelta(n): JenisPesan.LEWAT for n in SESUDAH}
    if TUTUP in settings.TENGGAT_MENOLAK:
        akhir = kal.sampai(k.desa.kode, k.bulan, TUTUP)
        hari |= {akhir + dt.timedelta(n): JenisPesan.TUTUP for n in SEBELUM_TUTUP}
    tiba = max((h for h in hari if h <= hari_ini()), default=None)
    return (hari[tiba], tiba) if tiba else None


def teks_pesan(jenis: JenisPesan, k: Keadaan, kal: Kalender) -> str:
    """Return the words of a reminder: month, desa, day, how to. They name no person and count nothing."""
    kode, bulan = k.desa.kode, tulis_bulan(k.bulan)
    akhir = kal.sampai(kode, k.bulan, TUTUP)
    batas = kal.sampai(kode, k.bulan, tingkat_giliran(k.status) or KADER)
    if jenis == JenisPesan.DIKEMBALIKAN and batas < hari_ini():
        # Corrections are still wanted: a day that is over helps nobody.
        batas = akhir
    isi = {"bulan": bulan, "desa": k.desa.nama_lengkap, "batas": tulis_tanggal(batas), "akhir": tulis_tanggal(akhir)}
    return f"{TEKS[jenis].format(**isi)} {CARA.format(bulan=bulan)}"


@transaction.atomic
def perbarui_pesan() -> int:
    """Bring the outboxes up to date and return how many reminders are new. Eight queries, however many desa.

    New ones are made, waiting ones that no longer hold become `usang`. What the officer has dealt with stays.
    """
    # One at a time; the second finds everything done.
    kunci_transaksi("pesan-pengingat")
    bulan = _bulan()
    perlu = _perlu(bulan)
    # Held: what the officer ticks at this moment is seen, or waits, and is not written over.
    lama = Pesan.objects.filter(Q(status=StatusPesan.MENUNGGU) | Q(bulan__in=bulan)).order_by("pk")
    ada = {_kunci(p): p for p in lama.select_for_update(of=("self",), no_key=True)}
    usang = [p.pk for k, p in ada.items() if p.status == StatusPesan.MENUNGGU and k not in perlu]
    Pesan.objects.filter(pk__in=usang, status=StatusPesan.MENUNGGU).update(status=StatusPesan.USANG)
    kini = sekarang()
    baru = [
        Pesan(untuk_id=k[0], desa_id=k[1], bulan=k[2], jenis=k[3], hari=k[4], teks=teks, dibuat_pada=kini)
        for k, teks in perlu.items()
        if k not in ada
    ]
    Pesan.objects.bulk_create(baru, batch_size=500)
    _hidupkan([(ada[k], teks) for k, teks in perlu.items() if k in ada])
    return len(baru)


def _hidupkan(pasangan: list[tuple[Pesan, str]]) -> None:
    """Let what holds again wait again, and say the days as they are now."""
    berubah = []
    for pesan, teks in pasangan:
        if pesan.status not in {StatusPesan.MENUNGGU, StatusPesan.USANG}:
            continue
        if (pesan.status, pesan.teks) != (StatusPesan.MENUNGGU, teks):
            pesan.status, pesan.teks = StatusPesan.MENUNGGU, teks
            berubah.append(pesan)
    Pesan.objects.bulk_update(berubah, ["status", "teks"], batch_size=500)


def _kunci(pesan: Pesan) -> Kunci:
    return pesan.untuk_id, pesan.desa_id, pesan.bulan, pesan.jenis, pesan.hari


def _bulan() -> set[dt.date]:
    """The months that somebody may be reminded of: last month, and those that an exception keeps open."""
    lalu = bulan_lalu()
    longgar = Pengecualian.objects.berlaku().filter(tingkat=TUTUP, bulan__lt=lalu).values_list("bulan", flat=True)
    return {lalu, *longgar}


def _perlu(bulan: set[dt.date]) -> dict[Kunci, str]:
    """Return the key of every reminder that holds today, with its text."""
    tugas = Penugasan.objects.berlaku(hari_ini()).filter(sebagai=Peran.KADER, pengguna__is_active=True)
    kader = tugas.filter(pengguna__peran=Peran.KADER).order_by("wilayah_id", "pengguna_id").distinct()
    kader = list(kader.values_list("pengguna_id", "wilayah_id"))
    desa = {d.kode: d for d in Wilayah.objects.desa().select_related("induk").filter(kode__in={k for _, k in kader})}
    laporan = LaporanBulanan.objects.filter(bulan__in=bulan).values_list("desa_id", "bulan", "status", "diubah_pada")
    keadaan = {(d, b): (status, hari_wib(pada)) for d, b, status, pada in laporan}
    kal = kalender(desa, bulan)
    perlu: dict[Kunci, str] = {}
    for b in sorted(bulan):
        for pengguna, kode in kader:
            k = Keadaan(desa[kode], b, *keadaan.get((kode, b), ()))
            if satu := yang_perlu(k, kal):
                perlu[pengguna, kode, b, str(satu[0]), satu[1]] = teks_pesan(satu[0], k, kal)
    return perlu
