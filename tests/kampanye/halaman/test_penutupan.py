"""Closing: the figure is frozen; late arrivals, verification, corrections and moves are told beside it."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from akseptor.enums import Tahap
from akseptor.models import Akseptor, Pelayanan
from kader.models import Jejak
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kelola.actions import ubah
from laporan.kelola.kata import MEDAN
from laporan.kelola.penutupan import buka_kembali, sesudah, tutup
from laporan.models import AngkaAkhir, Kampanye, Penutupan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO, GANDASOLI, NAGROG, PLERED, Dunia, cakupan, catatan
from tests.kampanye.halaman.alat import LALU, dunia_berbagi, kampanye, masuk

JUNI = dt.date(2021, 6, 10)
# Closed on 5 July at noon; today is the 8th.
SAAT = dt.datetime(2021, 7, 5, 12, tzinfo=WIB)
SEBELUM, SESUDAH = SAAT - dt.timedelta(hours=1), SAAT + dt.timedelta(hours=1)
CATATAN = "Rapat evaluasi 5 Juli"


@pytest.fixture
def k(d: Dunia) -> Kampanye:
    """May and June, over, not closed."""
    return kampanye("Mei Juni", **LALU)


def ada(d: Dunia, tanggal: dt.date = JUNI, **ubah: Any) -> Pelayanan:
    """A record that was there before the closing."""
    return catatan(d, tanggal, **({"diterima_pada": SEBELUM} | ubah))


def tutuplah(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> Penutupan:
    monkeypatch.setattr("laporan.kelola.penutupan.sekarang", lambda: SAAT)
    return tutup(d.dppkb, cakupan(d.dppkb), k.pk, catatan=CATATAN, versi=k.versi)


def angka(d: Dunia, akhir: Penutupan, siapa: str = "dppkb") -> tuple[int, ...]:
    """(akhir, susulan, naik, turun, kini, terverifikasi then and now)."""
    hitung_ulang_semua()
    s = sesudah(akhir, cakupan(getattr(d, siapa))).semua
    assert s.kini == s.akhir + s.susulan + s.naik - s.turun
    return s.akhir, s.susulan, s.naik, s.turun, s.kini, s.akhir_terverifikasi, s.kini_terverifikasi


def test_angka_beku_per_desa_dan_metode(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    ada(d)
    ada(d, metode="iud", tahap=Tahap.TERVERIFIKASI)
    ada(d, desa=NAGROG)
    ada(d, status_peserta="ganti_cara")
    akhir = tutuplah(d, k, monkeypatch)
    baris = set(AngkaAkhir.objects.values_list("desa_id", "metode", "tercatat", "terverifikasi"))
    assert baris == {(CITEKO, "implan", 1, 0), (CITEKO, "iud", 1, 1), (NAGROG, "implan", 1, 0)}
    assert (akhir.target, akhir.catatan, akhir.ditutup_oleh) == (40, CATATAN, d.dppkb)
    assert angka(d, akhir) == (3, 0, 0, 0, 3, 1, 1)
    assert angka(d, akhir, "koordinator")[0] == 2
    jejak = Jejak.objects.tentang(k).first()
    assert (jejak.tindakan, jejak.alasan, jejak.perubahan["tercatat"]) == ("menutup", CATATAN, ["", 3])


def test_yang_datang_sesudahnya_susulan(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    ada(d)
    akhir = tutuplah(d, k, monkeypatch)
    ada(d, diterima_pada=SESUDAH)
    assert angka(d, akhir) == (1, 1, 0, 0, 2, 0, 0)
    # On the very moment is before; outside the window is nothing.
    ada(d, dt.date(2021, 7, 1), diterima_pada=SESUDAH)
    assert angka(d, akhir)[1] == 1
    per_metode = {b.nama: b.susulan for b in sesudah(akhir, cakupan(d.dppkb)).per_metode}
    assert per_metode["Implan"] == 1


def test_diterima_tepat_saat_ditutup_bukan_susulan(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    akhir = tutuplah(d, k, monkeypatch)
    satu = ada(d, diterima_pada=SAAT)
    assert angka(d, akhir)[1:4] == (0, 1, 0)
    # Nor is her earlier service that comes later.
    catatan(d, dt.date(2021, 6, 2), akseptor=satu.akseptor, diterima_pada=SESUDAH)
    assert angka(d, akhir)[1:4] == (0, 1, 0)


def test_verifikasi_sesudah_ditutup(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    satu = ada(d)
    akhir = tutuplah(d, k, monkeypatch)
    Pelayanan.objects.filter(pk=satu.pk).update(
        tahap=Tahap.TERVERIFIKASI, diverifikasi_oleh=d.plkb, diverifikasi_pada=SESUDAH
    )
    assert angka(d, akhir) == (1, 0, 0, 0, 1, 0, 1)
    teks = masuk(d.dppkb).get(f"/kampanye/{k.pk}/").content.decode()
    assert "Terverifikasi 0 saat ditutup" in teks
    assert "terverifikasi 1 (+1)" in teks


@pytest.mark.parametrize("tahap", [Tahap.BATAL, Tahap.DIKEMBALIKAN])
def test_koreksi_turun(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch, tahap: str) -> None:
    satu = ada(d)
    ada(d)
    akhir = tutuplah(d, k, monkeypatch)
    Pelayanan.objects.filter(pk=satu.pk).update(tahap=tahap)
    assert angka(d, akhir) == (2, 0, 0, 1, 1, 0, 0)
    assert "−1" in masuk(d.dppkb).get(f"/kampanye/{k.pk}/").content.decode()
    assert sum(AngkaAkhir.objects.values_list("tercatat", flat=True)) == 2


def test_koreksi_naik_dari_yang_tadinya_dikembalikan(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    satu = ada(d, tahap=Tahap.DIKEMBALIKAN)
    akhir = tutuplah(d, k, monkeypatch)
    Pelayanan.objects.filter(pk=satu.pk).update(tahap=Tahap.DILAYANI)
    assert angka(d, akhir) == (0, 0, 1, 0, 1, 0, 0)


def test_naik_dan_turun_tidak_saling_menghapus(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    satu, dua = ada(d), ada(d, metode="iud", tahap=Tahap.DIKEMBALIKAN)
    akhir = tutuplah(d, k, monkeypatch)
    Pelayanan.objects.filter(pk=satu.pk).update(tahap=Tahap.BATAL)
    Pelayanan.objects.filter(pk=dua.pk).update(tahap=Tahap.DILAYANI)
    assert angka(d, akhir) == (1, 0, 1, 1, 1, 0, 0)


def test_pindah_desa_turun_di_sini_naik_di_sana(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    satu = ada(d)
    akhir = tutuplah(d, k, monkeypatch)
    Akseptor.objects.filter(pk=satu.akseptor_id).update(desa_id=GANDASOLI)
    assert angka(d, akhir) == (1, 0, 1, 1, 1, 0, 0)
    (plered,) = [b for b in sesudah(akhir, cakupan(d.dppkb)).per_kecamatan if b.kode == PLERED]
    assert (plered.naik, plered.turun) == (1, 1)


def test_catatan_susulan_yang_lebih_awal_bukan_pasangan_baru(
    d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She was counted already: an earlier service of hers that arrives late moves her day, and adds nobody."""
    satu = ada(d)
    akhir = tutuplah(d, k, monkeypatch)
    catatan(d, dt.date(2021, 6, 2), akseptor=satu.akseptor, metode="iud", diterima_pada=SESUDAH)
    assert angka(d, akhir) == (1, 0, 1, 1, 1, 0, 0)


@pytest.mark.parametrize(
    ("siapa", "hari", "catatan_", "kata"),
    [
        ("dppkb", "2021-06-30", CATATAN, "dihitung sampai 30 Juni 2021"),
        ("dppkb", "2021-07-08", " ", "Tulis catatannya"),
        ("dppkb", "2021-07-08", "hubungi 081234567890", "jangan tulis NIK"),
        ("dppkb", "2021-07-08", "x" * 501, "paling panjang 500"),
        ("plkb", "2021-07-08", CATATAN, "diatur oleh DPPKB"),
        ("koordinator", "2021-07-08", CATATAN, "diatur oleh DPPKB"),
    ],
)
def test_yang_ditolak(d: Dunia, k: Kampanye, settings: Any, siapa: str, hari: str, catatan_: str, kata: str) -> None:
    settings.HARI_INI = hari
    oleh = getattr(d, siapa)
    with pytest.raises(Ditolak, match=kata):
        tutup(oleh, cakupan(oleh), k.pk, catatan=catatan_, versi=1)
    assert not Penutupan.objects.exists()


def test_sehari_sesudah_hari_terakhir_boleh(d: Dunia, k: Kampanye, settings: Any) -> None:
    settings.HARI_INI = "2021-07-01"
    assert tutup(d.dppkb, cakupan(d.dppkb), k.pk, catatan=CATATAN, versi=1).pk


def test_yang_ditutup_tidak_berubah_sampai_dibuka(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    ada(d)
    dppkb = masuk(d.dppkb)
    akhir = tutuplah(d, k, monkeypatch)
    for url in (f"/kampanye/{k.pk}/ubah/", f"/kampanye/{k.pk}/bagian/"):
        assert "sudah ditutup" in dppkb.get(url, follow=True).content.decode()
    isi = {n: getattr(k, n) for n in MEDAN} | {"target": 5}
    with pytest.raises(Ditolak, match="sudah ditutup 5 Juli 2021"):
        ubah(d.dppkb, cakupan(d.dppkb), k.pk, isi, alasan="coba", versi=2)
    with pytest.raises(Ditolak, match="sudah ditutup"):
        tutup(d.dppkb, cakupan(d.dppkb), k.pk, catatan=CATATAN, versi=2)
    kosong = dppkb.post(f"/kampanye/{k.pk}/buka-kembali/", {"alasan": " "})
    assert kosong.status_code == 409
    assert "Tulis alasannya" in kosong.content.decode()
    buka_kembali(d.dppkb, cakupan(d.dppkb), k.pk, alasan="Laporan Maniis tertinggal")
    assert [j.tindakan for j in Jejak.objects.tentang(k)] == ["membuka kembali", "menutup"]
    with pytest.raises(Ditolak, match="tidak sedang ditutup"):
        buka_kembali(d.dppkb, cakupan(d.dppkb), k.pk, alasan="lagi")
    # The old figure stays; closed again there is a second one.
    ada(d, diterima_pada=SESUDAH)
    k.refresh_from_db()
    dua = tutup(d.dppkb, cakupan(d.dppkb), k.pk, catatan="Rapat kedua", versi=k.versi)
    assert (akhir.angka.get().tercatat, dua.angka.get().tercatat) == (1, 2)
    teks = dppkb.get(f"/kampanye/{k.pk}/").content.decode()
    assert "Laporan Maniis tertinggal" in teks
    assert "Rapat kedua" in teks


def test_lewat_halaman(d: Dunia, k: Kampanye) -> None:
    ada(d)
    dppkb, url = masuk(d.dppkb), f"/kampanye/{k.pk}/"
    assert "Tutup dengan angka sekarang" in dppkb.get(url).content.decode()
    salah = dppkb.post(f"{url}tutup/", {"catatan": "hubungi 081234567890", "versi": "1"})
    assert salah.status_code == 409
    assert "hubungi 081234567890</textarea>" in salah.content.decode()
    lama = dppkb.post(f"{url}tutup/", {"catatan": CATATAN, "versi": "7"})
    assert lama.status_code == 409
    assert f"{CATATAN}</textarea>" in lama.content.decode()
    jadi = dppkb.post(f"{url}tutup/", {"catatan": CATATAN, "versi": "1"}, follow=True).content.decode()
    assert "ditutup dengan angka akhir 1" in jadi
    assert "angka akhir, dari 40" in dppkb.get("/kampanye/").content.decode()
    # Each sees the figure of her own area.
    assert "angka akhir di wilayah Anda" in masuk(d.koordinator).get(url).content.decode()
    assert dppkb.post(f"{url}buka-kembali/", {"alasan": "Ada yang tertinggal"}).status_code == 302
    assert "Buka kembali</button>" not in dppkb.get(url).content.decode()


def test_basis_data_menolak_dua_penutupan_yang_berlaku(d: Dunia, k: Kampanye, monkeypatch: pytest.MonkeyPatch) -> None:
    tutuplah(d, k, monkeypatch)
    with pytest.raises(IntegrityError, match="penutupan_satu_yang_berlaku"), transaction.atomic():
        Penutupan.objects.create(kampanye=k, target=1, ditutup_pada=SAAT, ditutup_oleh=d.dppkb, catatan="x")


@pytest.mark.django_db(transaction=True)
def test_dua_orang_menutup_bersamaan_satu_yang_jadi() -> None:
    d = dunia_berbagi()
    k = kampanye("Mei Juni", **LALU)
    ada(d)
    mulai, hasil = threading.Barrier(2), []

    def kerja(oleh: Any) -> None:
        mulai.wait()
        try:
            hasil.append(tutup(oleh, cakupan(oleh), k.pk, catatan=CATATAN, versi=1))
        except Ditolak as tolak:
            hasil.append(tolak)
        finally:
            connection.close()

    utas = [threading.Thread(target=kerja, args=(o,)) for o in (d.dppkb, d.admin)]
    for u in utas:
        u.start()
    for u in utas:
        u.join(30)
    assert sorted(type(h).__name__ for h in hasil) == ["Ditolak", "Penutupan"]
    assert AngkaAkhir.objects.count() == 1
