"""Everything that the worker does, it does as its own role: sees all rows, needs no right of the owner."""

import datetime as dt

from laporan import tasks
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.models import BerkasEkspor, Capaian, CuplikanHarian, Ekspor, Pesan, Ramalan
from poskb.dasar.waktu import sekarang
from tests.alat import NAGROG, catatan
from tests.baris.alat import JUNI, dua_desa
from tests.peran import sebagai


def test_tugas_pekerja_berjalan_dengan_perannya(transactional_db: None) -> None:
    isi = dua_desa()
    dunia = isi["dunia"]
    for hari in range(1, 8):
        catatan(dunia, dt.date(2021, 7, hari), desa=NAGROG)
    Ekspor.objects.all().delete()
    Ekspor.objects.create(
        oleh=dunia.plkb, jenis="akseptor", bulan=dt.date(2021, 7, 1), dibuat_pada=sekarang(), alasan="untuk diuji"
    )
    Ekspor.objects.create(oleh=dunia.plkb, jenis="bulan", bulan=JUNI, dibuat_pada=sekarang())
    with sebagai("pekerja"):
        for nama in ("hitung_yang_perlu", "hitung_ulang_semua", "buka_bulan", "perbarui_pesan", "ramal"):
            getattr(tasks, nama)()
        for _ in range(4):
            tasks.kerjakan_ekspor()
        tasks.bersihkan_ekspor()
    assert sum(Capaian.objects.filter(desa=NAGROG).values_list("tercatat", flat=True)) == 8
    assert CuplikanHarian.objects.filter(disusun=True).exists()
    assert Ramalan.objects.exists()
    assert Pesan.objects.exists()
    assert {e.keadaan for e in Ekspor.objects.all()} == {"selesai"}
    assert BerkasEkspor.objects.count() == 2


def test_menghitung_tanpa_melihat_menulis_nol(transactional_db: None) -> None:
    """Why a worker that would see nothing must not start: numbers counted blindly are zeros."""
    dua_desa()
    sebelum = Capaian.objects.count()
    assert sebelum
    with sebagai("web"):
        hitung_ulang_semua()
    assert Capaian.objects.count() < sebelum
    with sebagai("pekerja"):
        hitung_ulang_semua()
    assert Capaian.objects.count() == sebelum
