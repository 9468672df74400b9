"""Rotation of the keys: every table, nothing else, no save lost, and it says when it is done."""

import base64
import datetime as dt
import hashlib
import io
from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection

from akseptor import putar
from akseptor.models import Akseptor, Pelayanan
from akseptor.putar import tabel_rahasia
from akseptor.rahasia import indeks_buta, sandi_utama
from kader.models import Jejak
from laporan.ekspor.pekerja import baca_berkas
from laporan.kegiatan.foto import baca_foto
from laporan.models import FotoKegiatan
from tests.akseptor.putar.alat import ALAMAT, DATA, HP, INDEKS, NIK, isi_semua, kunci_baru, putar_kunci
from tests.alat import (
    Dunia,
    catatan,
    mentah,
)
from tests.laporan.kegiatan.alat import setujui


def test_semua_kolom_rahasia_ditemukan() -> None:
    """A new one appears here by itself; this list says that it was thought of."""
    assert {f"{t.model._meta.label}.{f.name}" for t in tabel_rahasia() for f in t.rahasia} == {
        "akseptor.Akseptor.nik_istri",
        "akseptor.Akseptor.no_hp",
        "akseptor.Akseptor.alamat",
        "laporan.FotoKegiatan.isi",
        "laporan.FotoKegiatan.kecil",
        "laporan.BerkasEkspor.isi",
    }
    assert {f"{t.model._meta.label}.{f.name}" for t in tabel_rahasia() for f in t.indeks} == {
        "akseptor.Akseptor.nik_indeks",
        "akseptor.Akseptor.hp_indeks",
    }


def test_semua_dengan_kunci_baru_dan_yang_lain_tidak_tersentuh(dunia: Dunia, settings: Any) -> None:
    akseptor, ekspor = isi_semua(dunia)
    setujui(dunia.plkb, dt.date(2021, 6, 1))  # the photo's month is locked in the database
    rahasia = {t.model: {f.column for f in t.medan} for t in tabel_rahasia()}
    lain = [Pelayanan, Jejak]
    sebelum = {m: mentah(m) for m in [*rahasia, *lain]}
    foto = baca_foto(FotoKegiatan.objects.get().kegiatan)
    kunci_baru(settings)
    kata = putar_kunci()
    assert "tidak ada baris yang masih memakai kunci lama" in kata
    for m in rahasia:
        for lama, baru in zip(sebelum[m], mentah(m), strict=True):
            assert {k for k in lama if lama[k] != baru[k]} == rahasia[m], m
    assert all(mentah(m) == sebelum[m] for m in lain)
    # The old keys go; everything is read.
    settings.KUNCI_DATA, settings.KUNCI_INDEKS = [DATA], [INDEKS]
    akseptor = Akseptor.objects.get(pk=akseptor.pk)
    assert (akseptor.nik_istri, akseptor.no_hp, akseptor.alamat) == (NIK, HP, ALAMAT)
    assert akseptor.nik_indeks == indeks_buta(NIK)
    assert baca_foto(FotoKegiatan.objects.get().kegiatan) == foto
    assert baca_berkas(ekspor) == b"PK isi berkas"
    assert "0 diganti" in putar_kunci()


def test_tanpa_putaran_kunci_baru_saja_tidak_membuka(dunia: Dunia, settings: Any) -> None:
    isi_semua(dunia)
    settings.KUNCI_DATA = [DATA]
    with pytest.raises(InvalidToken):
        Akseptor.objects.get()
    with pytest.raises(CommandError, match="3 baris belum"):
        putar_kunci()


def test_periksa_tidak_menulis(dunia: Dunia, settings: Any) -> None:
    isi_semua(dunia)
    kunci_baru(settings)
    sebelum = mentah(Akseptor)
    with pytest.raises(CommandError, match="3 baris belum"):
        putar_kunci("--periksa")
    assert mentah(Akseptor) == sebelum


def test_sandi_dari_sebelum_kunci_diturunkan_terbaca_dan_ikut_diputar(dunia: Dunia, settings: Any) -> None:
    isi_semua(dunia)
    lama = Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.KUNCI_DATA[0].encode()).digest()))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE akseptor_akseptor SET alamat = %s", [lama.encrypt(ALAMAT.encode()).decode()])
    assert Akseptor.objects.get().alamat == ALAMAT
    putar_kunci()
    assert sandi_utama().decrypt(mentah(Akseptor)[0]["alamat"].encode()).decode() == ALAMAT


def test_simpanan_pada_saat_yang_sama_menang(dunia: Dunia, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved after the command has read the row and before it writes."""
    akseptor, _ = isi_semua(dunia)
    kunci_baru(settings)
    asli, sekali = putar._tulis, []

    def tulis(tabel: putar.Tabel, ganti: Any) -> int:
        if tabel.model is Akseptor and not sekali:
            sekali.append(1)
            satu = Akseptor.objects.get(pk=akseptor.pk)
            satu.alamat, satu.no_hp = "Pindah ke sebelah", "+6281299998888"
            satu.save()
        return asli(tabel, ganti)

    monkeypatch.setattr(putar, "_tulis", tulis)
    kata = putar_kunci()
    assert "akseptor.Akseptor, putaran 1: 1 dilihat, 1 dengan kunci lama, 0 diganti" in kata
    settings.KUNCI_DATA, settings.KUNCI_INDEKS = [DATA], [INDEKS]
    akseptor = Akseptor.objects.get(pk=akseptor.pk)
    assert (akseptor.alamat, akseptor.no_hp) == ("Pindah ke sebelah", "+6281299998888")


def test_baris_rusak_disebut_dan_kunci_lama_jangan_dihapus(dunia: Dunia, settings: Any) -> None:
    akseptor, _ = isi_semua(dunia)
    lain = catatan(dunia).akseptor
    asing = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE akseptor_akseptor SET alamat = %s WHERE id = %s", [asing, akseptor.pk])
    kunci_baru(settings)
    keluar = io.StringIO()
    with pytest.raises(CommandError, match=r"1 baris belum memakai kunci pertama\. Jangan hapus kunci lama"):
        call_command("putar_kunci", stdout=keluar, stderr=keluar)
    assert str(akseptor.pk) in keluar.getvalue()
    assert lain.nik_istri == Akseptor.objects.get(pk=lain.pk).nik_istri
    assert sandi_utama().decrypt(next(b for b in mentah(Akseptor) if b["id"] == lain.pk)["nik_istri"].encode())


def test_sandi_yang_dipindah_ke_baris_lain_diketahui_dari_indeksnya(dunia: Dunia) -> None:
    """Fernet binds a ciphertext to no row: who can write to the database can exchange two. The index tells."""
    a, b = catatan(dunia).akseptor, catatan(dunia).akseptor
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE akseptor_akseptor t SET nik_istri = l.nik_istri FROM akseptor_akseptor l WHERE l.id <> t.id"
        )
    keluar = io.StringIO()
    with pytest.raises(CommandError):
        call_command("putar_kunci", "--periksa", stdout=keluar, stderr=keluar)
    assert "Indeksnya bukan dari teksnya" in keluar.getvalue()
    assert str(a.pk) in keluar.getvalue()
    assert str(b.pk) in keluar.getvalue()
