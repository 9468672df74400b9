"""Several at once: the counter and a changed rule, two who change, one who deletes; and what a change sends."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from laporan import tasks
from laporan.kampanye.hitung import KUNCI_HITUNG, hitung_ulang_semua, hitung_yang_perlu
from laporan.kelola.actions import SudahBerubah, atur_bagian, bagian_kini, hapus, ubah
from laporan.kelola.kata import MEDAN
from laporan.kelola.penutupan import tutup
from laporan.models import Cuplikan, Kampanye, Target
from poskb.dasar.kunci import kunci_transaksi
from tests.akseptor.test_serentak import serentak
from tests.alat import CITEKO, NAGROG, Dunia, cakupan, catatan
from tests.kampanye.halaman.alat import ALASAN, DEPAN, LALU, dunia_berbagi, kampanye, masuk


def pengubah(oleh: Any, k: Kampanye, **isi: Any) -> Callable[[], Any]:
    semua = {n: getattr(k, n) for n in MEDAN} | isi
    return lambda: ubah(oleh, cakupan(oleh), k.pk, semua, alasan=ALASAN, versi=k.versi)


@pytest.mark.django_db(transaction=True)
def test_penghitung_yang_sedang_berjalan_tidak_menghapus_tanda_aturan_baru() -> None:
    """It has read the old rule and will clear the flag: the change waits for it and sets the flag after it."""
    d = dunia_berbagi()
    catatan(d, metode="iud")
    hitung_yang_perlu()
    hasil: list[object] = []
    kerja = pengubah(d.dppkb, d.kampanye, metode=["implan"])

    def jalan() -> None:
        try:
            hasil.append(kerja())
        finally:
            connection.close()

    utas = threading.Thread(target=jalan)
    with transaction.atomic():
        kunci_transaksi(KUNCI_HITUNG)
        utas.start()
        utas.join(0.5)
        assert hasil == []
        Kampanye.objects.update(perlu_hitung_ulang=False)
    utas.join(30)
    assert hasil
    assert Kampanye.objects.get().perlu_hitung_ulang
    hitung_yang_perlu()
    assert Cuplikan.objects.get(wilayah=CITEKO).isi["tercatat"] == 0


@pytest.mark.django_db(transaction=True)
def test_dua_yang_mengubah_bersamaan_satu_yang_jadi() -> None:
    d = dunia_berbagi()
    hasil = serentak(pengubah(d.dppkb, d.kampanye, target=2000), pengubah(d.admin, d.kampanye, target=3000))
    assert sorted(type(h).__name__ for h in hasil) == ["SudahBerubah", "tuple"]
    k = Kampanye.objects.get()
    assert (k.versi, sum(Target.objects.values_list("jumlah", flat=True))) == (2, k.target)


@pytest.mark.django_db(transaction=True)
def test_bagian_dan_target_bersamaan_tetap_tepat() -> None:
    d = dunia_berbagi()
    k = d.kampanye
    bagian = bagian_kini(k) | {CITEKO: 459, NAGROG: 457}
    satu = lambda: atur_bagian(d.admin, cakupan(d.admin), k.pk, bagian, alasan="", versi=1)  # noqa: E731
    hasil = serentak(satu, pengubah(d.dppkb, k, target=2000))
    assert sum(isinstance(h, SudahBerubah) for h in hasil) == 1
    assert sum(Target.objects.values_list("jumlah", flat=True)) == Kampanye.objects.get().target


@pytest.mark.django_db(transaction=True)
def test_hapus_selagi_dihitung() -> None:
    d = dunia_berbagi()
    depan = kampanye("Depan", **DEPAN)
    hasil = serentak(hitung_yang_perlu, lambda: hapus(d.dppkb, cakupan(d.dppkb), depan.pk, 1), hitung_yang_perlu)
    assert not [h for h in hasil if isinstance(h, Exception)]
    assert Kampanye.objects.get() == d.kampanye


def test_setiap_perubahan_menggamit_pekerja(
    d: Dunia, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    terkirim: list[int] = []
    monkeypatch.setattr(tasks.hitung_yang_perlu, "delay", lambda: terkirim.append(1))
    monkeypatch.setattr("poskb.dasar.antrean.JEDA", 0)
    hitung_yang_perlu()

    def banyak(kerja: Callable[[], Any]) -> int:
        terkirim.clear()
        with django_capture_on_commit_callbacks(execute=True):
            kerja()
        d.kampanye.refresh_from_db()
        return len(terkirim)

    assert banyak(pengubah(d.dppkb, d.kampanye, nama="Lain")) == 0
    assert banyak(pengubah(d.dppkb, d.kampanye, metode=["iud"])) == 1
    hitung_yang_perlu()
    d.kampanye.refresh_from_db()
    assert banyak(pengubah(d.dppkb, d.kampanye, target=2000)) == 1


def test_petugas_melihat_angka_wilayahnya_saja(d: Dunia) -> None:
    for desa in (CITEKO, CITEKO, NAGROG):
        catatan(d, desa=desa)
    hitung_ulang_semua()
    for siapa, harap in ((d.plkb, 2), (d.koordinator, 2), (d.plkb_jauh, 1), (d.dppkb, 3)):
        (butir,) = masuk(siapa).get("/kampanye/").context["kelompok"][0][1]
        assert butir.tercatat == harap
        assert masuk(siapa).get(f"/kampanye/{d.kampanye.pk}/").context["kini"]["tercatat"] == harap


def test_kueri_halaman_tertutup_tidak_ikut_jumlah_catatan(d: Dunia) -> None:
    k = kampanye("Lalu", **LALU)
    catatan(d, LALU["mulai"])
    tutup(d.dppkb, cakupan(d.dppkb), k.pk, catatan="Rapat", versi=1)
    dppkb, jumlah = masuk(d.dppkb), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as tangkap:
            assert dppkb.get(f"/kampanye/{k.pk}/").status_code == 200
            assert dppkb.get("/kampanye/").status_code == 200
        jumlah.append(len(tangkap))
        for _ in range(20):
            catatan(d, LALU["mulai"], desa=NAGROG)
    assert jumlah[0] == jumlah[1] <= 26


@pytest.mark.parametrize("alamat", ["/kampanye/99999999999999999999999/", "/kampanye/0/", "/kampanye/0/bagian/"])
def test_kampanye_yang_tidak_ada(d: Dunia, alamat: str) -> None:
    assert masuk(d.dppkb).get(alamat).status_code == 404


def test_kiriman_kosong_ditolak_dengan_kalimat(d: Dunia) -> None:
    for alamat in ("/kampanye/baru/", f"/kampanye/{d.kampanye.pk}/ubah/", f"/kampanye/{d.kampanye.pk}/bagian/"):
        jawaban = masuk(d.dppkb).post(alamat, {})
        assert jawaban.status_code == 422
        assert "Belum tersimpan" in jawaban.content.decode()
    assert Kampanye.objects.get().versi == 1
