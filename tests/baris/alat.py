"""A district in which both desa hold a row of every kind; what lies in the far one can be recognised."""

import datetime as dt
import io

from django.core.management import call_command

from akseptor.models import Persetujuan, TandaTerima, Titipan
from akseptor.rahasia import sandi
from kader.actions import catat_jejak
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.models import BerkasEkspor, Ekspor, Formulir, FotoKegiatan, LaporanBulanan
from poskb.dasar.waktu import sekarang
from tests import tenggat
from tests.alat import CITEKO, NAGROG, Dunia, buat_dunia, catatan, kegiatan, kunjungan, permintaan

# What stands in the rows of the far desa and nowhere else.
NAMA, SUAMI, NIK, HP = "Zubaidah Jauhari", "Qodir Xenofon", "3214994103900077", "081299887766"
TEMPAT, CATATAN = "Balai Zamrud Nagrog", "pengajian zaitun"
ALASAN_NIK = "ktp hanyut di Cilalawi"
PENANDA = (NAMA, "Zubaidah", SUAMI, NIK, NIK[-4:] + "</", HP, TEMPAT, CATATAN, ALASAN_NIK)
JUNI = dt.date(2021, 6, 1)


def dua_desa() -> dict[str, dict[str, object]]:
    """Return {code: {what: row}} of Citeko and Nagrog."""
    dunia = buat_dunia()
    call_command("muat_formulir", verbosity=0)
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    dekat = _isi(dunia, CITEKO, dunia.kader, dunia.plkb, "Euis Dekat", "Jajang", "3214995203900001", "081200000001")
    jauh = _isi(dunia, NAGROG, dunia.jauh, dunia.plkb_jauh, NAMA, SUAMI, NIK, HP)
    hitung_ulang_semua()
    return {"dunia": dunia, CITEKO: dekat, NAGROG: jauh}


def _isi(dunia: Dunia, desa: str, kader: object, plkb: object, nama: str, suami: str, nik: str, hp: str) -> dict:
    p = catatan(dunia, desa=desa, nik=nik, dicatat_oleh=kader)
    a = p.akseptor
    a.nama_istri, a.nama_suami, a.no_hp, a.perlu_tinjau_duplikat = nama, suami, hp, True
    a.alasan_nik_menyusul = ALASAN_NIK if desa == NAGROG else ""
    a.save()
    giat = kegiatan(
        kader,
        desa=desa,
        tempat=TEMPAT if desa == NAGROG else "Posyandu Mawar",
        catatan=CATATAN if desa == NAGROG else "",
        sidik_foto="ada",
    )
    rahasia = sandi().encrypt(b"x")
    laporan = LaporanBulanan.objects.create(
        desa_id=desa, bulan=JUNI, formulir=Formulir.objects.first(), diubah_pada=sekarang()
    )
    ekspor = Ekspor.objects.create(oleh=plkb, jenis="akseptor", bulan=JUNI, dibuat_pada=sekarang(), alasan=nama)
    return {
        "akseptor_akseptor": a,
        "akseptor_pelayanan": p,
        "akseptor_persetujuan": Persetujuan.objects.create(
            akseptor=a, versi_teks="1", diberikan_pada=sekarang(), dicatat_oleh=kader
        ),
        "akseptor_kunjungan": kunjungan(p, dicatat_oleh=plkb, catatan=nama),
        "akseptor_tandaterima": TandaTerima.objects.create(
            catatan=p.pk, versi=1, sidik=desa, versi_hasil=2, oleh=kader, pada=sekarang()
        ),
        "akseptor_permintaansubjek": permintaan(p),
        "akseptor_titipan": Titipan.objects.create(
            kader=kader, desa_id=desa, berkas=b"x", jumlah=1, sidik=desa, diterima_pada=sekarang()
        ),
        "kader_jejak": catat_jejak(kader, "mengubah", a, wilayah=desa, alasan=nama),
        "laporan_kegiatan": giat,
        "laporan_fotokegiatan": FotoKegiatan.objects.create(kegiatan=giat, isi=rahasia, kecil=rahasia),
        "laporan_laporanbulanan": laporan,
        "laporan_pesan": _pesan(desa),
        "laporan_ekspor": ekspor,
        "laporan_berkasekspor": BerkasEkspor.objects.create(ekspor=ekspor, isi=rahasia),
    }


def _pesan(desa: str) -> object:
    from laporan.models import Pesan

    return Pesan.objects.get(pk=tenggat.pesan(desa))
