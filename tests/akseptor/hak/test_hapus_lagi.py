"""After a restore erasures and withdrawals are made again, from a list that this very command printed before."""

import datetime as dt
import io
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from akseptor import actions
from akseptor.models import Akseptor, Pelayanan, PermintaanSubjek, Persetujuan
from akseptor.tertutup import NAMA_HAPUS
from kader.models import Jejak
from laporan.kampanye.hitung import hitung_ulang_semua
from poskb.dasar.waktu import sekarang
from tests.alat import NAGROG, Dunia, buat_dunia, cakupan, catatan


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def jalankan(*args: object, **kwargs: object) -> str:
    keluar = io.StringIO()
    call_command("hapus_lagi", *args, stdout=keluar, **kwargs)
    return keluar.getvalue()


def pulihkan(p: Pelayanan) -> None:
    """As a backup from before the erasure brings her back."""
    a = p.akseptor
    a.dihapus_pada = None
    a.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def nama(p: Pelayanan) -> str:
    return Akseptor.objects.get(pk=p.akseptor_id).nama_istri


def test_daftar_lalu_pulih_lalu_dihapus_lagi(dunia: Dunia, tmp_path: Path) -> None:
    p, lain, masih = catatan(dunia), catatan(dunia, desa=NAGROG), catatan(dunia)
    for satu in (p, lain):
        actions.hapus_data(None, [satu.pasangan], alasan="uji")
    daftar = tmp_path / "daftar.txt"
    daftar.write_text(jalankan(daftar=True))
    assert [baris.split()[0] for baris in daftar.read_text().splitlines()] == [
        str(p.akseptor_id),
        str(lain.akseptor_id),
    ]
    pulihkan(p)
    hitung_ulang_semua()
    sebelum = Jejak.objects.count()
    keluar = jalankan(daftar, kering=True)
    assert "2 nomor: 1 datanya masih ada, 1 sudah terhapus, 0 tidak ada" in keluar
    assert "Belum ada yang diubah" in keluar
    assert (nama(p), Jejak.objects.count()) == (p.akseptor.nama_istri, sebelum)
    assert "1 dihapus lagi" in jalankan(daftar)
    assert (nama(p), nama(masih)) == (NAMA_HAPUS, masih.akseptor.nama_istri)
    assert hitung_ulang_semua() == []
    assert "0 dihapus lagi" in jalankan(daftar)


def test_hanya_baris_dalam_daftar_bukan_pasangannya(dunia: Dunia, tmp_path: Path) -> None:
    """When the backup was made two women were taken for one; before the erasure an officer had parted them."""
    p = catatan(dunia)
    lain = catatan(dunia, desa=NAGROG, pasangan=p.pasangan)
    daftar = tmp_path / "daftar.txt"
    daftar.write_text(f"# dari psql\n\n {p.akseptor_id} | 2021-07-08 09:00\n{uuid.uuid4()}\n")
    assert "2 nomor: 1 datanya masih ada, 0 sudah terhapus, 1 tidak ada" in jalankan(daftar)
    assert (nama(p), nama(lain)) == (NAMA_HAPUS, lain.akseptor.nama_istri)


def test_daftar_yang_rusak_tidak_dijalankan_setengah(dunia: Dunia, tmp_path: Path) -> None:
    p = catatan(dunia)
    daftar = tmp_path / "daftar.txt"
    daftar.write_text(f"{p.akseptor_id}\nbukan-nomor\n")
    with pytest.raises(CommandError, match="Baris 2"):
        jalankan(daftar)
    with pytest.raises(CommandError, match="tidak terbaca"):
        jalankan(tmp_path / "tidak-ada")
    for salah in ([], [daftar]):
        with pytest.raises(CommandError, match="Sebutkan berkas"):
            jalankan(*salah, daftar=bool(salah))
    assert nama(p) == p.akseptor.nama_istri


def tarik(dunia: Dunia, p: Pelayanan) -> None:
    actions.tarik_persetujuan(dunia.kader, cakupan(dunia.kader), p.akseptor_id, saluran="kader", bukti_diri="dikenal")


def buka(*orang: Pelayanan) -> None:
    """As a backup from before the withdrawal brings them back."""
    kunci = [p.akseptor_id for p in orang]
    PermintaanSubjek.objects.filter(akseptor__in=kunci).delete()
    Akseptor.objects.filter(pk__in=kunci).update(ditarik_pada=None)


def test_penarikan_ditutup_lagi_dan_penghapusannya_diminta(dunia: Dunia, tmp_path: Path) -> None:
    p, masih = catatan(dunia), catatan(dunia)
    kembar = catatan(dunia, pasangan=p.pasangan)
    tarik(dunia, p)
    saat = Akseptor.objects.get(pk=p.akseptor_id).ditarik_pada.replace(microsecond=0)
    daftar = tmp_path / "daftar.txt"
    daftar.write_text(jalankan(daftar=True))
    assert {b.split()[0] for b in daftar.read_text().splitlines()} == {str(p.akseptor_id), str(kembar.akseptor_id)}
    assert all(b.endswith(" tarik") for b in daftar.read_text().splitlines())
    buka(p, kembar)
    hitung_ulang_semua()
    assert "2 penarikan: 2 datanya terbuka lagi" in jalankan(daftar, kering=True)
    for oleh in (None, "plkb", "tidak-ada"):
        with pytest.raises(CommandError, match="--oleh"):
            jalankan(daftar, oleh=oleh)
    assert not Akseptor.objects.filter(ditarik_pada__isnull=False).exists()
    versi = Pelayanan.objects.get(pk=p.pk).versi
    assert "2 ditutup lagi" in jalankan(daftar, oleh=dunia.dppkb.nama_masuk)
    # With the hour of the withdrawal itself, from which the law counts.
    assert set(Akseptor.objects.filter(ditarik_pada__isnull=False).values_list("pk", "ditarik_pada")) == {
        (p.akseptor_id, saat),
        (kembar.akseptor_id, saat),
    }
    (satu,) = PermintaanSubjek.objects.terbuka()
    assert (satu.jenis, satu.diterima_pada, satu.dicatat_oleh) == ("hapus", saat, dunia.dppkb)
    assert Pelayanan.objects.get(pk=p.pk).versi == versi + 1
    baris = Jejak.objects.filter(tindakan="menarik persetujuan", oleh__isnull=True)
    assert {str(j.kunci) for j in baris} == {str(p.akseptor_id), str(kembar.akseptor_id)}
    assert hitung_ulang_semua() == []
    assert "0 datanya terbuka lagi" in jalankan(daftar)
    assert Akseptor.objects.get(pk=masih.akseptor_id).ditarik_pada is None


def test_yang_setuju_lagi_sesudahnya_dan_yang_sudah_dihapus_dibiarkan(dunia: Dunia, tmp_path: Path) -> None:
    setuju, terhapus = catatan(dunia), catatan(dunia)
    actions.hapus_data(None, [terhapus.pasangan], alasan="uji")
    lama = sekarang() - dt.timedelta(days=3)
    Persetujuan.objects.create(
        akseptor=setuju.akseptor, versi_teks="1", diberikan_pada=sekarang(), dicatat_oleh=dunia.kader
    )
    daftar = tmp_path / "daftar.txt"
    daftar.write_text("".join(f"{p.akseptor_id} {lama.isoformat()} tarik\n" for p in (setuju, terhapus)))
    assert "0 ditutup lagi" in jalankan(daftar, oleh=dunia.dppkb.nama_masuk)
    assert not Akseptor.objects.filter(ditarik_pada__isnull=False).exists()
    assert not PermintaanSubjek.objects.exists()


@pytest.mark.parametrize("akhir", ["tarik", "kemarin tarik", "2021-07-08T09:00:00 tarik"])
def test_penarikan_tanpa_jamnya_ditolak(dunia: Dunia, tmp_path: Path, akhir: str) -> None:
    daftar = tmp_path / "daftar.txt"
    daftar.write_text(f"{uuid.uuid4()} {akhir}\n")
    with pytest.raises(CommandError, match="Baris 1"):
        jalankan(daftar)
