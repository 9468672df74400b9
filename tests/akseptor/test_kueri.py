"""The main pages ask the same number of questions for 1 row and for 20."""

import pytest
from django.test import Client

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.target import bagi_rata_per_desa
from tests.alat import buat_dunia, catatan

# session, person, scope; then what the page needs
JUMLAH = {
    ("kader", "/akseptor/"): 6,
    ("plkb", "/akseptor/"): 7,
    ("kader", "/akseptor/baru/"): 5,
    ("kader", "/"): 11,
    ("plkb", "/"): 8,
    ("koordinator", "/"): 7,
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
    with django_assert_num_queries(7):
        client.get(f"/akseptor/{p.akseptor_id}/")
