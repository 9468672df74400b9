"""After a restore the erasures are made again, from a list that this very command printed before."""

import io
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from akseptor import actions
from akseptor.models import Akseptor, Pelayanan
from akseptor.tertutup import NAMA_HAPUS
from kader.models import Jejak
from laporan.kampanye.hitung import hitung_ulang_semua
from tests.alat import NAGROG, Dunia, buat_dunia, catatan


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
    assert "Belum ada yang dihapus" in keluar
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
