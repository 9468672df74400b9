"""The demo from beginning to end."""

from collections import Counter

from django.db import transaction

from kader.models import Faskes, Wilayah
from laporan.bulanan.formulir import formulir_untuk
from laporan.bulanan.pengingat import perbarui_pesan
from laporan.demo.acak import Acak
from laporan.demo.buku import Buku
from laporan.demo.duplikat import tambah_duplikat
from laporan.demo.kegiatan import tambah_kegiatan
from laporan.demo.kisah import KISAH
from laporan.demo.lapor import JUNI, Lapor
from laporan.demo.orang import SANDI, TETAP, buat_orang
from laporan.demo.rencana import susun_rencana
from laporan.demo.tenggat import tambah_tenggat
from laporan.demo.terlihat import tandai_terlihat
from laporan.demo.variasi import Variasi
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.susun_riwayat import susun_riwayat
from laporan.models import Kampanye


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
    buku.simpan()
    lapor = Lapor(buku, rencana, formulir_untuk(JUNI))
    lapor.susun()
    kegiatan = tambah_kegiatan(buku, lapor.desa_nihil)
    # Last: approval closes the month.
    lapor.simpan()
    buku.simpan_jejak()
    tandai_terlihat(buku)
    hitung_ulang_semua()
    # Nobody watched the days before the demo was made.
    susun_riwayat(kampanye)
    tambah_tenggat(orang)
    # As every morning: who has not sent June waits in her officer's outbox.
    pesan = perbarui_pesan()
    tahap = Counter(str(p.tahap) for p in buku.pelayanan)
    laporan = Counter(str(x.status) for x in lapor.laporan)
    return [
        f"demo: {len(buku.akseptor)} akseptor, {len(buku.pelayanan)} pelayanan {dict(sorted(tahap.items()))}",
        f"demo: {kegiatan} kegiatan, {pesan} pesan pengingat",
        f"demo: laporan Juni {dict(sorted(laporan.items()))}; angka PUS-nya rekaan",
        f"demo: masuk sebagai {', '.join(TETAP)} (kata sandi {SANDI})",
    ]
