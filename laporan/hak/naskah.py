"""The history of processing of one person on paper, and the copy of all her data: plain words, to take home."""

import datetime as dt

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from akseptor.berkas_subjek import DASAR, DIBAGIKAN, HAK, MEDAN, TUJUAN, BerkasSubjek, tulis_medan
from akseptor.models import Akseptor, Pelayanan
from laporan.ekspor.pdf.kertas import BAGIAN, KECIL, Kop, Naskah, cetak, tulis
from laporan.ekspor.pdf.tabel import tabel
from poskb.dasar.waktu import hari_wib, tulis_saat, tulis_tanggal

LEBAR = 178 * mm
JUDUL = {True: "Salinan data pribadi", False: "Riwayat pemrosesan data pribadi"}


def cetak_berkas(berkas: BerkasSubjek, *, oleh: str, alasan: str, kini: dt.datetime, lengkap: bool) -> bytes:
    """Return the PDF. `lengkap`: with the values themselves (NIK, phone, address), signed for when it is handed over;
    without, which kinds of data there are, and everything that was done with them.
    """
    pertama = berkas.akseptor[0]
    kop = Kop(
        JUDUL[lengkap],
        (f"{pertama.nama_tampil} · {pertama.desa}",),
        "RAHASIA",
    )
    asal = f"Dibuat {tulis_saat(kini)} oleh {oleh}: {alasan}."
    isi: list[Flowable] = [tulis(asal, KECIL)]
    isi += _keterangan(berkas)
    for a in berkas.akseptor:
        isi += _data(a, lengkap=lengkap)
        isi += _persetujuan(a)
        isi += _pelayanan(a) if lengkap else []
        isi += _permintaan(a)
    isi += _pemrosesan(berkas)
    if lengkap:
        isi += _serah_terima(oleh)
    kaki = "Data pribadi: hanya untuk yang bersangkutan."
    return cetak([Naskah(kop, isi)], judul=JUDUL[lengkap], kaki=kaki)


def _baris(baris: list[tuple[str, str]]) -> Flowable:
    return tabel([["Hal", "Keterangan"]], [[a, tulis(b)] for a, b in baris], [45 * mm, LEBAR - 45 * mm])


def _keterangan(berkas: BerkasSubjek) -> list[Flowable]:
    sampai = tulis_tanggal(berkas.simpan_sampai) if berkas.simpan_sampai else "belum ditentukan"
    return [
        tulis("Untuk apa dan sampai kapan", BAGIAN),
        _baris(
            [
                ("Tujuan", TUJUAN),
                ("Dasar", DASAR),
                ("Dibagikan kepada", DIBAGIKAN),
                ("Disimpan sampai", f"{sampai}. Sesudah itu nama dan data diri dihapus; jumlahnya tetap."),
                ("Hak Ibu", HAK),
            ]
        ),
    ]


def _data(a: Akseptor, *, lengkap: bool) -> list[Flowable]:
    if lengkap:
        baris = [(label, tulis_medan(a, nama)) for nama, label in MEDAN]
    else:
        ada = [label for nama, label in MEDAN if getattr(a, nama) not in ("", None)]
        baris = [("Data diri", ", ".join(ada)), ("Data kesehatan", "alat/cara KB, tanggal dan tempat pelayanan")]
    return [tulis(f"Data yang disimpan ({a.desa})", BAGIAN), _baris(baris)]


def _persetujuan(a: Akseptor) -> list[Flowable]:
    baris = [
        (
            tulis_tanggal(hari_wib(s.diberikan_pada)),
            f"Setuju ({s.cara}), teks {s.versi_teks}, dicatat {s.dicatat_oleh}",
        )
        for s in a.persetujuan.all()
    ]
    if a.ditarik_pada:
        baris.append((tulis_tanggal(hari_wib(a.ditarik_pada)), "Persetujuan ditarik; pemakaian data berhenti"))
    return [tulis("Persetujuan", BAGIAN), _baris(baris or [("–", "Belum tercatat")])]


def _pelayanan(a: Akseptor) -> list[Flowable]:
    semua = list(a.pelayanan.all())
    baris = [[_tanggal(p), p.get_metode_display() or "–", _status(p), tulis(p.faskes or "–"), _oleh(p)] for p in semua]
    kepala = ["Tanggal", "Alat/cara", "Tahap, status", "Tempat", "Dicatat, diverifikasi"]
    isi: list[Flowable] = [tulis("Pelayanan", BAGIAN)]
    lebar = [26 * mm, 30 * mm, 36 * mm, 40 * mm, LEBAR - 132 * mm]
    isi.append(
        tabel([kepala], [[b[0], *(tulis(s) if isinstance(s, str) else s for s in b[1:])] for b in baris], lebar)
    )
    kunjungan = [(p, k) for p in semua for k in p.kunjungan.all()]
    if kunjungan:
        isi += [
            tulis("Kunjungan rumah", BAGIAN),
            _baris(
                [
                    (
                        tulis_tanggal(k.tanggal),
                        ". ".join(filter(None, [k.get_hasil_display(), k.catatan, f"Oleh {k.dicatat_oleh}"])),
                    )
                    for _, k in kunjungan
                ]
            ),
        ]
    return isi


def _tanggal(p: Pelayanan) -> str:
    return tulis_tanggal(p.tanggal) if p.tanggal else "belum"


def _status(p: Pelayanan) -> str:
    tanda = [
        p.get_tahap_display(),
        p.get_status_peserta_display(),
        "pascapersalinan" if p.pascapersalinan else "",
        "pascakeguguran" if p.pascakeguguran else "",
        "perlu perhatian bidan" if p.perlu_perhatian_bidan else "",
        p.alasan_tahap,
    ]
    return ", ".join(filter(None, tanda))


def _oleh(p: Pelayanan) -> str:
    return ", ".join(filter(None, [p.dicatat_oleh.nama, p.diverifikasi_oleh.nama if p.diverifikasi_oleh else ""]))


def _permintaan(a: Akseptor) -> list[Flowable]:
    baris = [
        (
            tulis_tanggal(hari_wib(m.diterima_pada)),
            f"{m.get_jenis_display()}: {m.get_keadaan_display().lower()}. {m.jawaban}".strip(),
        )
        for m in a.permintaan.all()
    ]
    return [tulis("Permintaan Ibu", BAGIAN), _baris(baris)] if baris else []


def _pemrosesan(berkas: BerkasSubjek) -> list[Flowable]:
    baris = [
        [tulis_saat(p.pada), tulis(f"{p.siapa} ({p.peran})" if p.peran else p.siapa), tulis(p.tindakan)]
        for p in berkas.pemrosesan
    ]
    return [
        tulis("Siapa memproses, melihat, atau mengunduh, dan kapan", BAGIAN),
        tabel([["Waktu", "Siapa", "Apa"]], baris, [52 * mm, 56 * mm, LEBAR - 108 * mm], rapat=True),
        tulis(
            "Kader membuka catatan desanya sendiri berkali-kali sehari; pembukaannya dicatat sekali setiap jam.", KECIL
        ),
    ]


def _serah_terima(oleh: str) -> list[Flowable]:
    ruang = "\n\n\n"
    return [
        Spacer(1, 6 * mm),
        tabel(
            [["Diserahkan oleh", "Diterima oleh"]],
            [[f"{ruang}{oleh}\nTanggal:", tulis(f"{ruang}Nama dan tanda tangan\nTanggal:")]],
            [LEBAR / 2, LEBAR / 2],
        ),
    ]
