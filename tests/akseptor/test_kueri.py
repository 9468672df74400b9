"""The main pages ask the same number of questions for 1 row and for 20."""

import datetime as dt
import json

import pytest
from django.test import Client

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.target import bagi_rata_per_desa
from tests.alat import buat_dunia, catatan, data_formulir, nik_baru

# session, person, scope; then what the page needs
JUMLAH = {
    # The last of them writes down whose names were shown.
    ("kader", "/akseptor/"): 7,
    ("plkb", "/akseptor/"): 8,
    ("kader", "/akseptor/baru/"): 5,
    # Three of them: whether a month that waits has any record, else it may be sent as nihil.
    ("kader", "/"): 15,
    ("plkb", "/"): 18,
    ("koordinator", "/"): 12,
}


@pytest.mark.parametrize("banyak", [1, 20])
@pytest.mark.parametrize(("siapa", "url"), JUMLAH)
def test_jumlah_kueri_tetap(
    db: None, client: Client, siapa: str, url: str, banyak: int, django_assert_num_queries: object
) -> None:
    dunia = buat_dunia()
    bagi_rata_per_desa(dunia.kampanye)
    for n in range(banyak):
        catatan(dunia, tahap=["dilayani", "calon", "dikembalikan", "dirujuk"][n % 4] if n else "dilayani")
    hitung_ulang_semua()
    client.force_login(getattr(dunia, siapa))
    client.get(url)
    with django_assert_num_queries(JUMLAH[siapa, url]):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("banyak", [1, 20])
def test_halaman_satu_akseptor(db: None, client: Client, banyak: int, django_assert_num_queries: object) -> None:
    dunia = buat_dunia()
    p = catatan(dunia)
    for _ in range(banyak):
        catatan(dunia, akseptor=p.akseptor)
    client.force_login(dunia.kader)
    client.get(f"/akseptor/{p.akseptor_id}/")
    with django_assert_num_queries(9):
        client.get(f"/akseptor/{p.akseptor_id}/")


@pytest.mark.parametrize(("banyak", "jumlah"), [(1, 13), (100, 13)])
def test_kumpulan_bertanya_sebanyak_satu_catatan(
    db: None, client: Client, banyak: int, jumlah: int, django_assert_num_queries: object
) -> None:
    """A batch reads and writes once, whatever its size."""
    dunia = buat_dunia()
    client.force_login(dunia.kader)
    nama = ("Euis Wulandari", "Oneng Rohaeti", "Cicih Hartati", "Popon Marlina")
    kumpulan = [
        data_formulir(
            dunia,
            nama_istri=nama[n % 4],
            nik_istri=nik_baru(dt.date(1985, 1, 1) + dt.timedelta(days=61 * n)),
            tanggal_pelayanan=f"2021-07-{n % 8 + 1:02}",
        )
        for n in range(banyak)
    ]
    isi = json.dumps({"catatan": kumpulan})
    with django_assert_num_queries(jumlah):
        jawaban = client.post("/akseptor/sinkron/", isi, content_type="application/json")
    assert {t["hasil"] for t in jawaban.json()["tanda_terima"]} == {"diterima"}
