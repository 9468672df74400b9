"""Retention: who is erased when, a dry run that erases nothing, and counts that stay."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from akseptor import retensi, tasks
from akseptor.checks import masa_simpan_masuk_akal
from akseptor.models import Akseptor, Pelayanan
from akseptor.retensi import NAMA_RETENSI
from kader.actions import catat_jejak
from kader.models import Jejak
from laporan.kampanye.hitung import hitung_ulang_semua
from poskb.dasar.waktu import WIB
from tests.alat import HARI, Dunia, buat_dunia, catatan, permintaan


@pytest.fixture
def dunia(db: None, settings: object) -> Dunia:
    settings.RETENSI_TAHUN = {"dilayani": 10, "lainnya": 2}
    return buat_dunia()


def lama(dunia: Dunia, hari: dt.date, **ubah: object) -> Pelayanan:
    p = catatan(dunia, tanggal=hari, **ubah)
    if ubah.get("tahap") in {"calon", "dirujuk"}:
        Pelayanan.objects.filter(pk=p.pk).update(tanggal=None)
    return p


def nama(p: Pelayanan) -> str:
    return Akseptor.objects.get(pk=p.akseptor_id).nama_istri


def test_batas_tepat_pada_harinya(dunia: Dunia) -> None:
    tetap = lama(dunia, dt.date(2011, 7, 8))
    lewat = lama(dunia, dt.date(2011, 7, 7))
    calon_tetap = lama(dunia, dt.date(2019, 7, 8), tahap="calon")
    calon_lewat = lama(dunia, dt.date(2019, 7, 7), tahap="calon")
    assert {s.pasangan for s in retensi.yang_lewat(HARI)} == {lewat.pasangan, calon_lewat.pasangan}
    assert tetap.pasangan != calon_tetap.pasangan


def test_pelayanan_terakhir_pasangan_yang_menentukan(dunia: Dunia) -> None:
    p = lama(dunia, dt.date(2001, 1, 1))
    catatan(dunia, tanggal=dt.date(2020, 1, 1), akseptor=p.akseptor)
    assert retensi.yang_lewat(HARI) == []


def test_yang_datang_terlambat_dihitung_dari_kedatangannya(dunia: Dunia) -> None:
    p = lama(dunia, dt.date(2001, 1, 1))
    Pelayanan.objects.filter(pk=p.pk).update(diterima_pada=dt.datetime(2020, 1, 1, tzinfo=WIB))
    assert retensi.yang_lewat(HARI) == []


def test_kata_terakhir_calon_adalah_perubahan_tahapnya(dunia: Dunia) -> None:
    """Written down 25 months ago, referred last week: she is on her way."""
    p = lama(dunia, dt.date(2019, 6, 8), tahap="calon")
    lain = lama(dunia, dt.date(2019, 6, 8), tahap="calon")
    catat_jejak(dunia.kader, "mengubah", lain, perubahan={"catatan": ["", "x"]})
    assert {s.pasangan for s in retensi.yang_lewat(HARI)} == {p.pasangan, lain.pasangan}
    catat_jejak(dunia.kader, "dirujuk", p, perubahan={"tahap": ["calon", "dirujuk"]})
    assert {s.pasangan for s in retensi.yang_lewat(HARI)} == {lain.pasangan}
    assert retensi.simpan_sampai(p.pasangan) == dt.date(2023, 7, 8)


@pytest.mark.parametrize(("ubah", "lewat"), [({}, False), ({"tanggal": None}, True), ({"faskes": None}, True)])
def test_yang_dikembalikan_dengan_tanggal_dan_tempat_dianggap_dilayani(dunia: Dunia, ubah: dict, lewat: bool) -> None:
    p = lama(dunia, dt.date(2018, 7, 8), tahap="dikembalikan", alasan_tahap="periksa tanggal")
    Pelayanan.objects.filter(pk=p.pk).update(**ubah)
    assert bool(retensi.yang_lewat(HARI)) is lewat


def test_diperiksa_lagi_sesudah_pasangannya_dipegang(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hours may lie between the list and the erasure."""
    p, tetap = (lama(dunia, dt.date(2001, 1, 1)) for _ in range(2))
    asli, sekali = retensi.kunci_pasangan, []

    def dipegang(*pasangan: object) -> None:
        asli(*pasangan)
        if not sekali:
            sekali.append(catatan(dunia, akseptor=tetap.akseptor))

    monkeypatch.setattr(retensi, "kunci_pasangan", dipegang)
    assert retensi.jalankan() == 1
    assert (nama(p), nama(tetap)) == (NAMA_RETENSI, tetap.akseptor.nama_istri)


@pytest.mark.parametrize(
    ("tahun", "galat"),
    [({"dilayani": 0, "lainnya": 2}, ""), ({"dilayani": 10, "lainnya": 101}, ""), ({"dilayani": 10}, "bukan angka")],
)
def test_aturan_yang_keliru_disebut_dan_tidak_menghapus(
    dunia: Dunia, settings: object, tahun: dict, galat: str
) -> None:
    p = lama(dunia, dt.date(2001, 1, 1))
    settings.RETENSI_TAHUN, settings.RETENSI_GALAT, settings.RETENSI_OTOMATIS = tahun, galat, True
    assert [e.id for e in masa_simpan_masuk_akal()] == ["poskb.E021"]
    with pytest.raises(ImproperlyConfigured):
        tasks.retensi()
    assert retensi.simpan_sampai(p.pasangan) is None
    assert nama(p) == p.akseptor.nama_istri


@pytest.mark.parametrize("isi", ["dilayani=sepuluh", "lainnya=-1", "entah=3", "dilayani=0"])
def test_perintah_apa_pun_menyebutnya_tanpa_jejak_galat(isi: str) -> None:
    perintah = [sys.executable, "manage.py", "retensi", "--kering"]
    hasil = subprocess.run(
        perintah, env=os.environ | {"POSKB_RETENSI_TAHUN": isi}, capture_output=True, text=True, check=False
    )
    assert hasil.returncode == 1
    assert "poskb.E021" in hasil.stderr
    assert "Traceback" not in hasil.stderr


def test_permintaan_yang_terbuka_didahulukan(dunia: Dunia) -> None:
    p = lama(dunia, dt.date(2001, 1, 1))
    permintaan(p)
    assert retensi.yang_lewat(HARI) == []


def test_kering_tidak_menghapus_apa_pun(dunia: Dunia, capsys: object) -> None:
    p = lama(dunia, dt.date(2001, 1, 1))
    sebelum = Jejak.objects.count()
    call_command("retensi", kering=True)
    keluar = capsys.readouterr().out
    assert "dilayani, terakhir 2001: 1 pasangan" in keluar
    assert "Belum ada yang dihapus" in keluar
    assert nama(p) == p.akseptor.nama_istri
    assert Jejak.objects.count() == sebelum


def test_dijalankan_bertahap_dan_dua_kali_sama(dunia: Dunia, monkeypatch: object, capsys: object) -> None:
    monkeypatch.setattr(retensi, "SEKALI", 2)
    semua = [lama(dunia, dt.date(2001, 1, n)) for n in range(1, 6)]
    baru = catatan(dunia)
    hitung_ulang_semua()
    call_command("retensi")
    assert "5 pasangan dihapus datanya" in capsys.readouterr().out
    assert {nama(p) for p in semua} == {NAMA_RETENSI}
    assert nama(baru) == baru.akseptor.nama_istri
    assert hitung_ulang_semua() == []
    assert Pelayanan.objects.count() == 6
    jejak = Jejak.objects.filter(tindakan="menjalankan masa simpan")
    assert sorted(j.perubahan["pasangan"][1] for j in jejak) == [1, 2, 2]
    assert retensi.jalankan() == 0


@pytest.mark.parametrize("otomatis", [True, False])
def test_berkala_hanya_bila_dinyalakan(dunia: Dunia, settings: object, otomatis: bool) -> None:
    settings.RETENSI_OTOMATIS = otomatis
    p = lama(dunia, dt.date(2001, 1, 1))
    tasks.retensi()
    assert (nama(p) == NAMA_RETENSI) == otomatis


def test_29_februari() -> None:
    assert retensi.mundur_tahun(dt.date(2020, 2, 29), 10) == dt.date(2010, 2, 28)
    assert retensi.mundur_tahun(dt.date(2020, 2, 29), -10) == dt.date(2030, 2, 28)
