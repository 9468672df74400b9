"""bench-tahan says OK only with proof: every kind of fault, enough work, the same content."""

import itertools
import random
from types import SimpleNamespace

import pytest

from tests.ukur.ibu import Ibu
from tests.ukur.tahan import isi
from tests.ukur.tahan.__main__ import kurang, urutan
from tests.ukur.tahan.gangguan import Gangguan

DAFTAR = [Gangguan(n, lambda _: None, "", "") for n in ("a", "b", "c")]


def hasil(catatan: int, putusan: int) -> SimpleNamespace:
    return SimpleNamespace(diakui=catatan, putusan=putusan)


@pytest.mark.parametrize("benih", range(5))
def test_setiap_macam_sekali_sebelum_kebetulan(benih: int) -> None:
    awal = itertools.islice(urutan(DAFTAR, random.Random(benih)), 3)
    assert {g.nama for g in awal} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("terjadi", "catatan", "putusan", "banyak"),
    [("abc", 400, 40, 0), ("ab", 400, 40, 1), ("abc", 399, 40, 1), ("abc", 400, 0, 1), ("", 0, 0, 5)],
)
def test_tanpa_bukti_bukan_baik(terjadi: str, catatan: int, putusan: int, banyak: int) -> None:
    jalan = SimpleNamespace(riwayat=dict.fromkeys(terjadi))
    assert len(kurang(DAFTAR, jalan, hasil(catatan, putusan), menit=4)) == banyak


def test_isi_yang_lain_terlihat() -> None:
    satu = Ibu([1]).catatan("32.14.04.2006")
    janji = {satu["id"]: isi.terkirim(satu)}
    for nama in satu.keys() - {
        "id",
        "dicatat_pada",
        "tahap",
        "nik_menyusul",
        "alasan_nik_menyusul",
        "persetujuan_data",
    }:
        kini = {satu["id"]: isi.terkirim(satu | {nama: "" if satu[nama] == "on" else satu[nama] + "1"})}
        medan = nama.removesuffix("_pelayanan") if nama == "tanggal_pelayanan" else nama
        assert isi.berubah(janji, janji, kini) == [f"{satu['id']}: {medan}"]
    assert isi.berubah(janji, janji, janji) == []
    assert isi.berubah(janji, janji, {}) == []
