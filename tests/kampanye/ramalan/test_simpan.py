"""From the records to the stored forecast, on a real database."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection, connections
from pytest_django import DjangoAssertNumQueries, Settings

from akseptor import actions
from akseptor.enums import Tahap
from laporan import tasks
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.ramalan.masukan import kode_diramal, semua_segitiga
from laporan.kampanye.ramalan.segitiga import Segitiga
from laporan.kampanye.ramalan.simpan import JEDA, KUNCI, ramal_semua
from laporan.models import Kampanye, Ramalan, Target
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.waktu import WIB, sekarang
from tests.alat import (
    CITEKO,
    GANDASOLI,
    HARI,
    KABUPATEN,
    NAGROG,
    PLERED,
    WANAYASA,
    Dunia,
    buat_dunia,
    cakupan,
    catatan,
    isian,
)

MULAI = dt.date(2021, 6, 18)


def segitiga(kampanye: Kampanye, kode: str) -> Segitiga:
    return semua_segitiga(kampanye, [kode])[kode]


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def isi(dunia: Dunia, banyak: int = 12) -> None:
    """One couple a day, in Citeko and Nagrog by turns."""
    for n in range(banyak):
        catatan(dunia, MULAI + dt.timedelta(days=n), desa=(CITEKO, NAGROG)[n % 2])


def test_segitiga_menurut_hari_wib(dunia: Dunia) -> None:
    tanggal = dt.date(2021, 6, 30)
    for jam_utc, desa in (("2021-06-30T16:59", CITEKO), ("2021-06-30T17:01", CITEKO), ("2021-06-29T01:00", NAGROG)):
        catatan(dunia, tanggal, desa=desa, diterima_pada=dt.datetime.fromisoformat(jam_utc + ":00+00:00"))
    satu = dt.date(2021, 7, 1)
    # Known before it was served: a calon that was dilayani later counts from the service day on.
    assert segitiga(dunia.kampanye, KABUPATEN).perubahan == {(tanggal, tanggal): 2, (tanggal, satu): 1}
    assert segitiga(dunia.kampanye, PLERED).perubahan == {(tanggal, tanggal): 1, (tanggal, satu): 1}
    assert segitiga(dunia.kampanye, GANDASOLI).perubahan == {}


def test_segitiga_memakai_aturan_yang_satu(dunia: Dunia) -> None:
    catatan(dunia, HARI, tahap=Tahap.DIKEMBALIKAN, alasan_tahap="tanggal keliru")
    catatan(dunia, HARI, metode="suntik")
    catatan(dunia, HARI, status_peserta="ganti_cara")
    pertama = catatan(dunia, HARI - dt.timedelta(days=1))
    catatan(dunia, HARI, akseptor=pertama.akseptor)
    satu = segitiga(dunia.kampanye, KABUPATEN)
    assert satu.tercatat() == {HARI - dt.timedelta(days=1): 1}
    assert (satu.mulai, satu.selesai, satu.hari_ini) == (MULAI, dt.date(2021, 7, 31), HARI)


def test_target_segitiga_jumlah_desanya(dunia: Dunia) -> None:
    for desa, n in ((CITEKO, 10), (GANDASOLI, 20), (NAGROG, 5)):
        Target.objects.create(kampanye=dunia.kampanye, desa_id=desa, jumlah=n)
    assert [segitiga(dunia.kampanye, k).target for k in (KABUPATEN, PLERED, CITEKO)] == [35, 30, 10]


def test_semua_segitiga_satu_kueri_per_tingkat(
    dunia: Dunia, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    isi(dunia)
    with django_assert_num_queries(4):
        semua_segitiga(dunia.kampanye, [KABUPATEN, PLERED, WANAYASA])


def test_kabupaten_dan_kecamatan_diramal_desa_tidak(dunia: Dunia) -> None:
    assert kode_diramal(dunia.kampanye) == [KABUPATEN, PLERED, WANAYASA]


def test_tugas_menyimpan_sekali_per_hari(dunia: Dunia) -> None:
    isi(dunia)
    tasks.ramal()
    tasks.ramal()
    baris = {r.wilayah_id: r for r in Ramalan.objects.filter(hari=HARI)}
    assert baris.keys() == {KABUPATEN, PLERED, WANAYASA}
    assert baris[KABUPATEN].isi["tercatat"] == 12
    assert baris[KABUPATEN].isi["cukup_data"]
    assert baris[PLERED].isi["tercatat"] == 6
    assert baris[KABUPATEN].isi["hari"] == "2021-07-08"


def test_masukan_yang_sama_tidak_dihitung_lagi(dunia: Dunia) -> None:
    isi(dunia)
    assert ramal_semua() == 3
    pertama = list(Ramalan.objects.order_by("pk").values_list("pk", "dihitung_pada"))
    assert ramal_semua() == 0
    assert list(Ramalan.objects.order_by("pk").values_list("pk", "dihitung_pada")) == pertama
    catatan(dunia, HARI, desa=CITEKO)
    assert ramal_semua() == 3, "Wanayasa learns from the district, which changed"
    assert [pk for pk, _ in pertama] == list(Ramalan.objects.order_by("pk").values_list("pk", flat=True))
    assert Ramalan.objects.get(wilayah=KABUPATEN).isi["tercatat"] == 13


def test_jam_sibuk_paling_sering_setiap_dua_menit(dunia: Dunia) -> None:
    isi(dunia)
    ramal_semua(jeda=JEDA)
    catatan(dunia, HARI)
    assert ramal_semua(jeda=JEDA) == 0
    Ramalan.objects.update(dihitung_pada=sekarang() - JEDA)
    assert ramal_semua(jeda=JEDA) == 3
    # The pinned day of a demo starts anew: what was computed "later today" is of an earlier start.
    catatan(dunia, HARI)
    Ramalan.objects.update(dihitung_pada=sekarang() + dt.timedelta(hours=1))
    assert ramal_semua(jeda=JEDA) == 3


def test_hari_yang_lalu_tetap_tersimpan(dunia: Dunia, settings: Any) -> None:
    isi(dunia)
    ramal_semua()
    kemarin = Ramalan.objects.get(wilayah=KABUPATEN, hari=HARI).isi
    settings.HARI_INI = "2021-07-09"
    catatan(dunia, HARI)
    assert ramal_semua() == 3
    assert Ramalan.objects.get(wilayah=KABUPATEN, hari=HARI).isi == kemarin
    assert Ramalan.objects.get(wilayah=KABUPATEN, hari=dt.date(2021, 7, 9)).isi["tercatat"] == 13

    def pada(tanggal: str) -> list[int]:
        satu = Ramalan.objects.terakhir(dunia.kampanye, KABUPATEN, dt.date.fromisoformat(tanggal))
        return [r.isi["tercatat"] for r in satu]

    assert [pada(t) for t in ("2021-07-07", "2021-07-08", "2021-07-09", "2021-07-12")] == [[], [12], [13], [13]]


@pytest.mark.parametrize(
    ("hari", "jumlah"), [("2021-06-17", 0), ("2021-06-18", 3), ("2021-09-29", 3), ("2021-09-30", 0)]
)
def test_hanya_kampanye_yang_berjalan_atau_masih_menunggu(dunia: Dunia, settings: Any, hari: str, jumlah: int) -> None:
    settings.HARI_INI = hari
    assert ramal_semua() == jumlah


def test_tanpa_catatan_dan_tanpa_kampanye(dunia: Dunia) -> None:
    assert ramal_semua() == 3
    assert Ramalan.objects.get(wilayah=KABUPATEN).isi["keadaan"] == "terlalu_dini"
    Kampanye.objects.all().delete()
    assert Ramalan.objects.count() == 0
    assert ramal_semua() == 0


def test_terlambat_setelah_selesai_masih_diramal(dunia: Dunia, settings: Any) -> None:
    isi(dunia)
    settings.HARI_INI = "2021-08-03"
    tiba = dt.datetime(2021, 8, 2, 9, tzinfo=WIB)
    catatan(dunia, dt.date(2021, 7, 31), diterima_pada=tiba)
    ramal_semua()
    satu = Ramalan.objects.get(wilayah=KABUPATEN).isi
    assert (satu["keadaan"], satu["tercatat"], satu["hari_depan"]) == ("menunggu_susulan", 13, [])


@pytest.mark.django_db(transaction=True)
def test_yang_kedua_menunggu_yang_pertama() -> None:
    """Whoever comes later reads later: nothing older is written over something newer."""
    dunia = buat_dunia()
    isi(dunia)
    pegang, lepas, selesai = threading.Event(), threading.Event(), threading.Event()

    def pertama() -> None:
        from django.db import transaction

        with transaction.atomic():
            kunci_transaksi(KUNCI)
            pegang.set()
            lepas.wait(20)
        connections.close_all()

    def kedua() -> None:
        ramal_semua()
        selesai.set()
        connections.close_all()

    satu, dua = threading.Thread(target=pertama), threading.Thread(target=kedua)
    satu.start()
    assert pegang.wait(20)
    dua.start()
    assert not selesai.wait(0.5)
    catatan(dunia, HARI)
    lepas.set()
    satu.join()
    dua.join()
    assert Ramalan.objects.get(wilayah=KABUPATEN).isi["tercatat"] == 13
    connection.close()


def test_hari_yang_tersimpan_mengenal_koreksi(dunia: Dunia, settings: Settings) -> None:
    """Kept evenings know what was taken back; a changed rule or missing days lead back to the records."""
    settings.HARI_INI = "2021-06-18"
    hitung_ulang_semua()
    settings.HARI_INI = "2021-06-20"
    satu, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, tanggal_pelayanan=dt.date(2021, 6, 19)))
    hitung_yang_perlu()
    settings.HARI_INI = "2021-06-23"
    actions.pindah_tahap(dunia.kader, cakupan(dunia.kader), satu.pk, "batal", alasan="keliru")
    hitung_yang_perlu()
    tanggal, tahu, batal = (dt.date(2021, 6, h) for h in (19, 20, 23))
    for kode in (KABUPATEN, PLERED):
        assert segitiga(dunia.kampanye, kode).perubahan == {(tanggal, tahu): 1, (tanggal, batal): -1}
    dunia.kampanye.nama = "Nama lain"
    assert segitiga(dunia.kampanye, PLERED).perubahan[tanggal, batal] == -1
    dunia.kampanye.metode = ["iud"]
    assert segitiga(dunia.kampanye, PLERED).perubahan == {}


def test_hari_yang_tidak_tersimpan_diganti_catatan(dunia: Dunia) -> None:
    """Counted for the first time in the middle: the evenings before are not taken for silence."""
    tanggal = dt.date(2021, 6, 20)
    catatan(dunia, tanggal, diterima_pada=dt.datetime(2021, 6, 22, 9, tzinfo=WIB))
    hitung_ulang_semua()
    assert segitiga(dunia.kampanye, KABUPATEN).perubahan == {(tanggal, dt.date(2021, 6, 22)): 1}
