"""The demo from beginning to end."""

from collections import Counter

from django.db import transaction

from kader.models import Faskes, Wilayah
from laporan.bulanan.formulir import formulir_untuk
from laporan.bulanan.pengingat import perbarui_pesan
from laporan.demo.acak import BENIH_SILAM, Acak
from laporan.demo.buku import Buku
from laporan.demo.diam import diamkan
from laporan.demo.duplikat import tambah_duplikat
from laporan.demo.imp import tambah_kelas
from laporan.demo.kampanye import tambah_kampanye
from laporan.demo.kegiatan import BERDIRI_SENDIRI, susun_kegiatan, susun_kegiatan_silam, tambah_foto
from laporan.demo.kisah import KISAH, TANPA_PERSETUJUAN
from laporan.demo.kunjungan import tambah_kunjungan
from laporan.demo.lapor import JUNI, Lapor
from laporan.demo.lapor_silam import LaporSilam
from laporan.demo.mei import catat_susulan
from laporan.demo.orang import SANDI, TETAP, buat_orang
from laporan.demo.pesan import tambah_pesan
from laporan.demo.rencana import susun_rencana
from laporan.demo.siga import tambah_siga
from laporan.demo.silam import susun_silam
from laporan.demo.tenggat import tambah_pengecualian, tambah_tenggat
from laporan.demo.terlihat import tandai_terlihat
from laporan.demo.variasi import Variasi
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.susun_riwayat import susun_riwayat
from laporan.models import Kampanye, Kegiatan


@transaction.atomic
def buat() -> list[str]:
    """Make people, records and reports, all or nothing, and count them; return what to say about it.

    Areas, form, kinds of activities and campaign must be there (`manage.py siapkan` loads them first).
    """
    acak = Acak()
    kampanye = Kampanye.objects.order_by("mulai", "pk").first()
    desa = list(Wilayah.objects.di(kampanye.wilayah_id).desa().order_by("kode"))
    orang = buat_orang(acak, desa)
    buku = Buku(acak, orang, list(Faskes.objects.order_by("wilayah_id", "nama")))
    rencana = susun_rencana(acak, desa, kampanye)
    for kode, kisah in KISAH.items():
        for spek in kisah:
            buku.catat(kode, spek)
    Variasi(buku, rencana, kampanye, set(KISAH)).isi()
    tambah_duplikat(buku, rencana)
    lapor = Lapor(buku, rencana, formulir_untuk(JUNI))
    lapor.susun()
    kegiatan = susun_kegiatan(buku, lapor.desa_nihil)
    diamkan(buku)
    buku.tanpa_persetujuan(TANPA_PERSETUJUAN)
    # From here on by other dice: the campaign stays as it is, whatever is told of the months before.
    buku.acak = Acak(BENIH_SILAM)
    silam = LaporSilam(buku, lapor, susun_silam(buku.acak, sorted(orang.kader)))
    silam.susun()
    catat_susulan(buku, lapor)
    kegiatan += susun_kegiatan_silam(buku, silam.nasib)
    buku.simpan()
    Kegiatan.objects.bulk_create(kegiatan, batch_size=500)
    tambah_foto(kegiatan)
    # After all that belongs to the months: approval closes them, the oldest first.
    silam.simpan()
    lapor.simpan()
    mandiri = {k.desa_id for k in kegiatan if k.macam_id in BERDIRI_SENDIRI}
    banyak = {
        "kegiatan": len(kegiatan),
        "kunjungan rumah": tambah_kunjungan(buku),
        "desa berkelas IMP": tambah_kelas(buku, mandiri),
        "tanda SIGA": tambah_siga(buku, silam.laporan, kampanye.wilayah_id),
        "kampanye lain": tambah_kampanye(buku, kampanye.wilayah_id),
    }
    tambah_pesan(buku, lapor.laporan)
    tambah_pengecualian(buku)
    buku.simpan_jejak()
    tandai_terlihat(buku)
    hitung_ulang_semua()
    # Nobody watched the days before the demo was made.
    susun_riwayat(kampanye)
    tambah_tenggat(orang)
    # As every morning: who has not sent June waits in her officer's outbox.
    banyak["pesan pengingat"] = perbarui_pesan()
    tahap = Counter(str(p.tahap) for p in buku.pelayanan)
    laporan, lama = (Counter(str(x.status) for x in semua) for semua in (lapor.laporan, silam.laporan))
    return [
        f"demo: {len(buku.akseptor)} akseptor, {len(buku.pelayanan)} pelayanan {dict(sorted(tahap.items()))}",
        f"demo: {', '.join(f'{n} {apa}' for apa, n in banyak.items())}",
        f"demo: laporan Maret sampai Mei {dict(sorted(lama.items()))}",
        f"demo: laporan Juni {dict(sorted(laporan.items()))}; angka PUS-nya rekaan",
        f"demo: masuk sebagai {', '.join(TETAP)} (kata sandi {SANDI})",
    ]
