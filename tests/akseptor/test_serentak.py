"""Real threads: promises that hold only if somebody waits for somebody."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from akseptor import actions
from akseptor.models import Akseptor, Pelayanan
from kader.models import Jejak
from laporan.kampanye.hitung import hitung_yang_perlu
from laporan.kampanye.progres import hitung
from laporan.models import Capaian, PerluHitung
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, GANDASOLI, buat_dunia, cakupan, catatan, isian, nik_baru

pytestmark = pytest.mark.django_db(transaction=True)


def serentak(*kerja: Callable[[], object]) -> list[object]:
    """Start all at one moment; the result or the exception of each."""
    mulai = threading.Barrier(len(kerja))
    hasil: list[object] = [None] * len(kerja)

    def jalan(n: int) -> None:
        mulai.wait()
        try:
            hasil[n] = kerja[n]()
        except Exception as galat:  # noqa: BLE001 - the thread hands every failure to the test
            hasil[n] = galat
        finally:
            connection.close()

    utas = [threading.Thread(target=jalan, args=(n,)) for n in range(len(kerja))]
    for u in utas:
        u.start()
    for u in utas:
        u.join(30)
    return hasil


def test_delapan_kader_mencatat_nik_yang_sama_satu_pasangan() -> None:
    dunia = buat_dunia()
    nik = nik_baru()
    orang = [(dunia.kader, CITEKO), (dunia.tetangga, GANDASOLI)] * 4

    def kerja(siapa: object, desa: str) -> Callable[[], object]:
        return lambda: actions.catat(siapa, cakupan(siapa), isian(dunia, nik_istri=nik, desa=desa, id=uuid.uuid4()))

    hasil = serentak(*(kerja(*o) for o in orang))
    assert [type(h) for h in hasil] == [tuple] * 8
    assert Akseptor.objects.values("pasangan").distinct().count() == 1
    assert sum(n[0] for n in hitung(dunia.kampanye).values()) == 1


def test_verifikasi_dan_perubahan_serentak_hanya_satu_yang_berlaku() -> None:
    dunia = buat_dunia()
    for _ in range(4):
        p = catatan(dunia)
        baru = isian(dunia, nik_istri=p.akseptor.nik_istri, metode="iud")
        hasil = serentak(
            lambda p=p: actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), p.pk, "verifikasi", versi=1),
            lambda p=p, baru=baru: actions.ubah(dunia.kader, cakupan(dunia.kader), p.pk, baru, versi=1),
        )
        assert sorted(isinstance(h, Ditolak) for h in hasil) == [False, True], hasil
        p.refresh_from_db()
        assert (p.tahap, p.metode, p.versi) in {("terverifikasi", "implan", 2), ("dilayani", "iud", 2)}
        assert Jejak.objects.filter(kunci=str(p.pk), oleh__isnull=False).count() == 1


def test_delapan_verifikasi_serentak_satu_jejak() -> None:
    dunia = buat_dunia()
    p = catatan(dunia)
    kerja = [lambda: actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), p.pk, "verifikasi")] * 8
    hasil = serentak(*kerja)
    assert [isinstance(h, Ditolak) for h in hasil].count(False) == 1
    assert Jejak.objects.filter(kunci=str(p.pk), oleh__isnull=False).count() == 1
    assert Pelayanan.objects.get(pk=p.pk).versi == 2


def test_menghitung_sambil_mencatat_tidak_kehilangan_apa_pun() -> None:
    """Four write, four count at the same time; one last look and the stored numbers equal the records."""
    dunia = buat_dunia()

    def mencatat() -> None:
        for _ in range(3):
            actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia))

    hasil = serentak(*[mencatat, hitung_yang_perlu] * 4)
    assert not [h for h in hasil if isinstance(h, Exception)]
    hitung_yang_perlu()
    baris = Capaian.objects.jumlahkan("desa_id", "tanggal", "metode")
    assert {(d, t, m): tuple(n) for d, t, m, *n in baris} == hitung(dunia.kampanye)
    assert sum(n[0] for n in hitung(dunia.kampanye).values()) == 12
    assert not PerluHitung.objects.exists()
