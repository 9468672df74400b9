"""Everything we hold about one person, for her: as plain values that a page, a printed copy and a file show.

One person is all rows of her couple inside the asking person's area. Where it says "you" it is she who reads.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from akseptor.models import Akseptor, Kunjungan, Pelayanan, PermintaanSubjek, Persetujuan
from akseptor.persetujuan import TEKS
from akseptor.retensi import simpan_sampai
from kader.baris import lintas_wilayah
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.jejak_masuk import PERISTIWA
from kader.models import Jejak
from poskb.dasar.waktu import WIB, tulis_tanggal

TUJUAN = (
    "Pelayanan KB: mengantar dan mendampingi Ibu ke tempat pelayanan, mengingatkan waktu kontrol, memastikan catatan "
    "benar, dan menghitung jumlah akseptor untuk laporan desa serta program KB kabupaten."
)
DASAR = (
    "Persetujuan Ibu (pasal 20 ayat 2 huruf a UU 27/2022 tentang Pelindungan Data Pribadi). Alat/cara KB adalah "
    "data kesehatan, jadi data spesifik."
)
DIBAGIKAN = (
    "Kepada kantor lain hanya angka jumlah, tanpa nama. Daftar bernama hanya dibuat petugas KB dengan alasan "
    "tertulis; setiap pembuatannya ada di daftar di bawah."
)
HAK = (
    "Ibu boleh meminta salinan, pembetulan, atau penghapusan data ini, dan boleh menarik persetujuan, lewat kader, "
    "petugas PLKB, atau DPPKB. Permintaan dijawab paling lambat 3 x 24 jam."
)
# The columns of a person, as she calls them.
MEDAN = (
    ("nama_istri", "Nama"),
    ("nik_istri", "NIK"),
    ("tanggal_lahir_istri", "Tanggal lahir"),
    ("nama_suami", "Nama suami"),
    ("no_hp", "Nomor HP"),
    ("alamat", "Alamat"),
    ("rt", "RT"),
    ("rw", "RW"),
    ("jumlah_anak", "Jumlah anak"),
)
# What an act was, in a word she understands; the others are said as the history says them.
KATA = {
    "membuka": "membuka catatan Ibu",
    "melihat daftar": "melihat nama Ibu dalam daftar",
    "mengambil daftar ke HP": "menyimpan nama Ibu di HP kader",
    "melihat catatan capaian": "melihat nama Ibu dalam daftar capaian",
    "lihat_rahasia": "melihat NIK, nomor HP, atau alamat Ibu",
    "mencatat": "mencatat pelayanan Ibu",
    "mendaftarkan": "mendaftarkan Ibu",
    "mengubah": "mengubah catatan Ibu",
    "membuat ekspor bernama": "membuat daftar bernama yang memuat Ibu",
    "mengunduh ekspor": "mengunduh daftar bernama yang memuat Ibu",
    "ikut berubah": "mengubah catatan Ibu (ikut berubah)",
    "berubah di luar aplikasi": "catatan Ibu berubah di luar aplikasi",
}


@dataclass(frozen=True)
class Pemrosesan:
    """One line of the history of processing."""

    pada: dt.datetime
    siapa: str
    peran: str
    tindakan: str
    alasan: str


@dataclass(frozen=True)
class BerkasSubjek:
    """All of one person. `akseptor`: her rows, with services, visits, consents and requests fetched."""

    akseptor: list[Akseptor]
    pemrosesan: list[Pemrosesan]
    simpan_sampai: dt.date | None

    @property
    def orang(self) -> list[uuid.UUID]:
        """The keys of her rows."""
        return [a.pk for a in self.akseptor]


def baca_pemrosesan(jejak: Sequence[Jejak]) -> list[Pemrosesan]:
    """Return lines of the history in words. `oleh` must be fetched."""
    return [
        Pemrosesan(
            j.pada,
            j.oleh.nama if j.oleh else "Sistem",
            Peran(j.peran).label if j.peran else "",
            KATA.get(j.tindakan, j.tindakan),
            j.alasan,
        )
        for j in jejak
    ]


def jejak_orang(orang: Sequence[uuid.UUID]) -> Any:
    """Return every line of the history about a person, newest first: changes, readings, exports, requests."""
    baris = Jejak.objects.tentang_orang(orang).exclude(tindakan__in=PERISTIWA)
    return baris.select_related("oleh").order_by("-pk")


def kumpulkan(akseptor: Akseptor, cakupan: Cakupan) -> BerkasSubjek:
    """Return everything about the person of a row, as far as it lies in an area. Eight queries at most.

    What was done with it is all of it, also where she was written down before she moved.
    """
    pelayanan = (
        Pelayanan.objects.select_related("faskes", "dicatat_oleh", "diverifikasi_oleh")
        .prefetch_related(Prefetch("kunjungan", Kunjungan.objects.select_related("dicatat_oleh")))
        .order_by("dicatat_pada")
    )
    baris = Akseptor.objects.dalam(cakupan).filter(pasangan=akseptor.pasangan).select_related("desa__induk")
    baris = baris.prefetch_related(
        Prefetch("pelayanan", pelayanan),
        Prefetch("persetujuan", Persetujuan.objects.select_related("dicatat_oleh").order_by("pk")),
        Prefetch("permintaan", PermintaanSubjek.objects.select_related("selesai_oleh").order_by("pk")),
    )
    semua = list(baris.order_by("pk"))
    with lintas_wilayah("riwayat ikut pindah desa bersama pasangannya"):
        pemrosesan = baca_pemrosesan(jejak_orang([a.pk for a in semua]))
        sampai = simpan_sampai(akseptor.pasangan)
    return BerkasSubjek(semua, pemrosesan, sampai)


def tulis_medan(akseptor: Akseptor, nama: str) -> str:
    """Return a column of hers as people read it; "tidak ada" for an empty one."""
    nilai = getattr(akseptor, nama)
    if isinstance(nilai, dt.date):
        return tulis_tanggal(nilai)
    return "tidak ada" if nilai in (None, "") else str(nilai)


def sebagai_json(berkas: BerkasSubjek, oleh: str, kini: dt.datetime, alasan: str) -> dict[str, Any]:
    """Return the machine-readable copy: plain values, NIK, phone and address readable, for her alone."""
    return {
        "dibuat": kini.isoformat(timespec="seconds"),
        "oleh": oleh,
        "alasan": alasan,
        "keterangan": {
            "tujuan": TUJUAN,
            "dasar": DASAR,
            "dibagikan": DIBAGIKAN,
            "hak": HAK,
            "disimpan_sampai": f"{berkas.simpan_sampai}" if berkas.simpan_sampai else None,
        },
        "catatan": [_satu(a) for a in berkas.akseptor],
        "pemrosesan": [
            {
                "pada": p.pada.astimezone(WIB).isoformat(timespec="seconds"),
                "siapa": p.siapa,
                "peran": p.peran,
                "tindakan": p.tindakan,
            }
            for p in berkas.pemrosesan
        ],
    }


def _satu(a: Akseptor) -> dict[str, Any]:
    diri = {nama: getattr(a, nama) for nama, _ in MEDAN}
    return {
        "nomor": str(a.pk),
        "desa": str(a.desa),
        "data_diri": diri | {"tanggal_lahir_istri": a.tanggal_lahir_istri.isoformat()},
        "persetujuan_ditarik": a.ditarik_pada.isoformat() if a.ditarik_pada else None,
        "persetujuan": [
            {
                "versi": s.versi_teks,
                "teks": TEKS.get(s.versi_teks, ""),
                "cara": s.cara,
                "pada": s.diberikan_pada.isoformat(),
                "dicatat_oleh": s.dicatat_oleh.nama,
            }
            for s in a.persetujuan.all()
        ],
        "pelayanan": [
            {
                "nomor": str(p.pk),
                "tahap": p.get_tahap_display(),
                "alat_cara": p.get_metode_display(),
                "status": p.get_status_peserta_display(),
                "tempat": str(p.faskes) if p.faskes else "",
                "tanggal": f"{p.tanggal or ''}",
                "pascapersalinan": p.pascapersalinan,
                "pascakeguguran": p.pascakeguguran,
                "perlu_perhatian_bidan": p.perlu_perhatian_bidan,
                "alasan": p.alasan_tahap,
                "dicatat_oleh": p.dicatat_oleh.nama,
                "dicatat_pada": p.dicatat_pada.isoformat(),
                "diverifikasi_oleh": p.diverifikasi_oleh.nama if p.diverifikasi_oleh else "",
                "kunjungan": [
                    {
                        "tanggal": f"{k.tanggal}",
                        "hasil": k.get_hasil_display(),
                        "catatan": k.catatan,
                        "oleh": k.dicatat_oleh.nama,
                    }
                    for k in p.kunjungan.all()
                ],
            }
            for p in a.pelayanan.all()
        ],
        "permintaan": [
            {
                "jenis": m.get_jenis_display(),
                "diterima": m.diterima_pada.isoformat(),
                "tenggat": m.tenggat.isoformat(),
                "keadaan": m.get_keadaan_display(),
                "jawaban": m.jawaban,
            }
            for m in a.permintaan.all()
        ],
    }
