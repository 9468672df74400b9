"""Who sees what, on which day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from kader.cakupan import Cakupan, kode_leluhur
from kader.enums import Peran, Tingkat
from kader.models import Penugasan, Wilayah
from kader.models.penugasan import cakupan_pengguna
from tests.alat import CITEKO, GANDASOLI, KABUPATEN, PLERED, Dunia, buat_dunia, orang

HARI = dt.date(2021, 7, 8)


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def kode(siapa: object, tanggal: dt.date = HARI) -> tuple[str, ...]:
    return cakupan_pengguna(siapa, tanggal, KABUPATEN).kode


def test_awalan_kode_berhenti_di_titik(db: None) -> None:
    for k in ("32.1", "32.14", "32.14.01", "32.14.012"):
        Wilayah.objects.create(kode=k, nama=k, tingkat=Tingkat.DESA, jenis="desa")
    satu = Cakupan(Peran.KOORDINATOR, ("32.14.01",))
    assert [w.kode for w in Wilayah.objects.dalam(satu)] == ["32.14.01"]
    assert satu.memuat("32.14.01.2001")
    assert not satu.memuat("32.14.012")
    assert [w.kode for w in Wilayah.objects.di("32.14")] == ["32.14", "32.14.01", "32.14.012"]


def test_leluhur() -> None:
    assert kode_leluhur(CITEKO) == ["32", "32.14", "32.14.04", CITEKO]


def test_tanpa_kode_tidak_melihat_apa_pun(dunia: Dunia) -> None:
    kosong = Cakupan(Peran.KADER, ())
    assert not Wilayah.objects.dalam(kosong).exists()
    assert not kosong.memuat(CITEKO)


def test_setiap_peran(dunia: Dunia) -> None:
    assert kode(dunia.kader) == (CITEKO,)
    assert kode(dunia.plkb) == (GANDASOLI, CITEKO)
    assert kode(dunia.koordinator) == (PLERED,)
    assert kode(dunia.dppkb) == kode(dunia.admin) == (KABUPATEN,)
    assert kode(dunia.tanpa_wilayah) == ()


@pytest.mark.parametrize(
    ("mulai", "selesai", "melihat"),
    [
        (HARI, HARI, True),
        (HARI + dt.timedelta(days=1), None, False),
        (dt.date(2021, 1, 1), HARI - dt.timedelta(days=1), False),
        (dt.date(2021, 1, 1), None, True),
    ],
)
def test_penugasan_berlaku_dengan_kedua_ujungnya(
    dunia: Dunia, mulai: dt.date, selesai: dt.date | None, melihat: bool
) -> None:
    Penugasan.objects.create(pengguna=dunia.tanpa_wilayah, wilayah_id=CITEKO, mulai=mulai, selesai=selesai)
    assert kode(dunia.tanpa_wilayah) == ((CITEKO,) if melihat else ())


def test_ganti_peran_tidak_membawa_penugasan_lama(dunia: Dunia) -> None:
    dunia.kader.peran = Peran.PLKB
    dunia.kader.save()
    assert kode(dunia.kader) == ()


def test_dua_petugas_tetap_di_satu_desa_ditolak_basis_data(dunia: Dunia) -> None:
    lain = orang("petugas_lain", Peran.PLKB)
    with pytest.raises(IntegrityError, match="penugasan_satu_petugas_per_desa"), transaction.atomic():
        Penugasan.objects.create(pengguna=lain, wilayah_id=CITEKO, mulai=HARI)


def test_pengganti_didahulukan_selama_masanya(dunia: Dunia) -> None:
    lain = orang("petugas_lain", Peran.PLKB)
    sampai = HARI + dt.timedelta(days=7)
    Penugasan.objects.create(pengguna=lain, wilayah_id=CITEKO, mulai=HARI, selesai=sampai, pengganti=True)
    petugas = Penugasan.objects.petugas_desa
    assert petugas(CITEKO, HARI).pengguna == lain
    assert petugas(CITEKO, sampai + dt.timedelta(days=1)).pengguna == dunia.plkb
    assert kode(lain) == (CITEKO,)
    assert CITEKO in kode(dunia.plkb)


def test_selesai_sebelum_mulai_ditolak(dunia: Dunia) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Penugasan.objects.create(
            pengguna=dunia.tanpa_wilayah, wilayah_id=CITEKO, mulai=HARI, selesai=HARI - dt.timedelta(days=1)
        )
