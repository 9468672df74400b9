"""After an erasure on the page nothing says who she was: no table, no log, no Redis, no memory of a process."""

import datetime as dt
import json
import logging

import pytest
import redis
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from akseptor import actions
from akseptor.models import Akseptor, Pelayanan, TandaTerima, Titipan
from akseptor.tertutup import NAMA_HAPUS
from kader.actions import catat_jejak
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.models import LaporanBulanan
from poskb.dasar.sekejap import Sekejap
from poskb.dasar.waktu import sekarang
from tests.akseptor.hak.test_hapus import RAHASIA, euis, seluruh_basis_data, sinkron
from tests.alat import (
    CITEKO,
    HARI,
    NAGROG,
    Dunia,
    bernama,
    buat_dunia,
    cakupan,
    catatan,
    data_formulir,
    kunjungan,
    permintaan,
)
from tests.laporan.bulanan.pabrik import formulir

PERINGATAN = ["nik_lahir"]


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def dppkb(dunia: Dunia) -> Client:
    return bernama(dunia.dppkb)


def hapus(client: Client, p: Pelayanan) -> None:
    kini = sekarang()
    satu = permintaan(p, "hapus", diterima_pada=kini, tenggat=kini + dt.timedelta(hours=72))
    assert client.get(f"/hak/{satu.pk}/").status_code == 200
    assert client.post(f"/hak/{satu.pk}/hapus/", {"yakin": "ya"}).status_code == 302
    assert client.get(f"/hak/{satu.pk}/").status_code == 200


def kunci(dunia: Dunia, p: Pelayanan) -> None:
    """Verify a service and lock it in an approved report."""
    actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), p.pk, "verifikasi")
    LaporanBulanan.objects.create(
        desa_id=p.desa_id,
        bulan=HARI.replace(day=1),
        formulir=formulir(),
        status="disetujui",
        dihitung={"catatan": [str(p.pk)]},
        diubah_pada=sekarang(),
        disetujui_pada=sekarang(),
        disetujui_oleh=dunia.plkb,
    )
    assert Pelayanan.objects.get(pk=p.pk).terkunci


def seluruh_redis() -> str:
    """Every value of every key: messages to the worker, and whatever else."""
    baca = {
        b"string": lambda r, k: r.get(k),
        b"list": lambda r, k: r.lrange(k, 0, -1),
        b"hash": lambda r, k: r.hgetall(k),
        b"set": lambda r, k: r.smembers(k),
        b"zset": lambda r, k: r.zrange(k, 0, -1),
    }
    with redis.Redis.from_url(settings.REDIS_URL) as r:
        return "\n".join(f"{k!r} {baca[r.type(k)](r, k)!r}" for k in r.scan_iter() if r.type(k) in baca)


def ingatan() -> str:
    """What this process remembers of answers."""
    return "\n".join(repr(isian.nilai) for satu in Sekejap.semua for isian in satu._isi.values())


@pytest.mark.parametrize("terkunci", [False, True])
def test_tidak_ada_lagi_yang_menyebut_dia(
    dunia: Dunia, dppkb: Client, terkunci: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    p = euis(dunia, sidik="sidik-kiriman-pertama", peringatan=tuple(PERINGATAN))
    lama = Akseptor.objects.get(pk=p.akseptor_id)
    kunjungan(p, hasil="perlu_diperbaiki", catatan="Rumah Euis Sumarni kosong")
    catat_jejak(dunia.plkb, "mengubah", p, alasan="suami Ujang Koswara", perubahan={"nama_suami": ["", RAHASIA[4]]})
    isi = data_formulir(dunia, id=str(p.pk), versi="2", nama_istri="Euis Sumarni", alamat=RAHASIA[3])
    catat_jejak(dunia.kader, "mengubah", p, perubahan={"nama_istri": ["", isi["nama_istri"]]})
    if terkunci:
        kunci(dunia, p)
    else:
        alasan = "Euis Sumarni keliru alamat Kampung Sawah 7"
        actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), p.pk, "kembalikan", alasan=alasan)
    hitung_ulang_semua()
    assert RAHASIA[0] in seluruh_basis_data()
    assert "sidik-kiriman-pertama" in seluruh_basis_data()
    hapus(dppkb, p)
    sumber = {"tabel": seluruh_basis_data(), "redis": seluruh_redis(), "ingatan": ingatan(), "log": caplog.text}
    cari = (*RAHASIA, lama.nik_indeks, lama.hp_indeks, "1990-03-12", "sidik-kiriman-pertama", PERINGATAN[0])
    assert [(nama, satu) for nama, isi in sumber.items() for satu in cari if satu in isi] == []
    kini = Akseptor.objects.get(pk=p.akseptor_id)
    assert (kini.nama_istri, kini.nik_istri, kini.no_hp, kini.alamat, kini.rt) == (NAMA_HAPUS, "", "", "", "")
    assert (kini.tanggal_lahir_istri, kini.nik_indeks, kini.hp_indeks) == (dt.date(1990, 1, 1), None, None)
    assert (kini.rw, kini.desa_id, kini.nik_menyusul) == ("003", CITEKO, False)
    assert kini.dihapus_pada is not None


@pytest.mark.parametrize("kolom", ["sidik", "peringatan_dikonfirmasi", "metode"])
def test_kunci_hanya_terbuka_bagi_yang_dihapus(dunia: Dunia, kolom: str) -> None:
    kosong = {"sidik": "", "peringatan_dikonfirmasi": [], "metode": "iud"}
    lain = {"sidik": "y", "peringatan_dikonfirmasi": ["y"], "metode": "iud"}
    p = euis(dunia, sidik="x", peringatan=tuple(PERINGATAN))
    kunci(dunia, p)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pelayanan.objects.filter(pk=p.pk).update(**{kolom: kosong[kolom]})
    actions.hapus_data(None, [p.pasangan], alasan="uji")
    with pytest.raises(IntegrityError), transaction.atomic():
        Pelayanan.objects.filter(pk=p.pk).update(**{kolom: lain[kolom]})


@pytest.mark.parametrize("versi", [None, 1, 2, 3])
def test_kiriman_ulang_yang_terkunci_pun_tidak_menghidupkannya(
    dunia: Dunia, dppkb: Client, client: Client, versi: int | None
) -> None:
    """The hash by which a phone's second try was known is gone: her key alone refuses it."""
    client.force_login(dunia.kader)
    isi = data_formulir(dunia, nama_istri=RAHASIA[0], nik_istri=RAHASIA[1])
    assert sinkron(client, jenis="akseptor", **isi)["hasil"] == "diterima"
    p = Pelayanan.objects.get()
    ubahan = isi | {"alamat": RAHASIA[3]}
    assert sinkron(client, jenis="akseptor", versi=1, **ubahan)["hasil"] == "diterima"
    kunci(dunia, p)
    hapus(dppkb, p)
    tanda = sinkron(client, jenis="akseptor", versi=versi, **(ubahan if versi else isi))
    assert (tanda["hasil"], "sudah dihapus dari server" in tanda["pesan"]) == ("ditolak", True)
    assert RAHASIA[0] not in seluruh_basis_data()
    # What stays of her changes says nothing without the server's key (docs/hak-subjek.md).
    assert TandaTerima.objects.get().sidik not in json.dumps(isi)


def test_titipan_yang_menunggu_disebut_sebelum_menghapus(dunia: Dunia, dppkb: Client) -> None:
    p = catatan(dunia)
    for desa, jumlah, selesai in ((CITEKO, 3, None), (CITEKO, 5, sekarang()), (NAGROG, 7, None)):
        Titipan.objects.create(
            kader=dunia.kader,
            desa_id=desa,
            berkas=b"x",
            jumlah=jumlah,
            sidik=f"{jumlah}",
            diterima_pada=sekarang(),
            selesai_pada=selesai,
        )
    kini = sekarang()
    satu = permintaan(p, "hapus", diterima_pada=kini, tenggat=kini + dt.timedelta(hours=72))
    assert "HP kader nonaktif (3 catatan, tersegel)" in dppkb.get(f"/hak/{satu.pk}/").content.decode()
    Titipan.objects.update(selesai_pada=kini)
    assert "tersegel" not in dppkb.get(f"/hak/{satu.pk}/").content.decode()
