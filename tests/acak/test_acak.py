"""The walk of `make acak` with a few inputs a route: no 5xx, and no route that is not walked."""

import logging

import pytest
from django.urls import get_resolver

from kader.checks import semua_rute as rute_periksa
from tests.acak.jalan import Hasil, jalani
from tests.acak.panggung import buat_panggung, setelan
from tests.acak.rute import DILEWATI, dijalani, semua_rute
from tests.acak.survei import survei

# What a browser would send, once for each method, and one that it would not.
BANYAK, BENIH = 2, 1831
# The admin's last resort: its own answer is "not found".
HANYA_404 = {"admin/(?P<url>.*)$"}


@pytest.fixture
def semua_hasil(db: None) -> dict[str, Hasil]:
    logging.disable(logging.WARNING)
    try:
        with setelan():
            panggung = buat_panggung()
            peta = survei(panggung, dijalani())
            return {r.pola: jalani(r, panggung, peta, BANYAK, BENIH) for r in dijalani()}
    finally:
        logging.disable(logging.NOTSET)


def test_tidak_ada_rute_yang_menjawab_500_dan_tidak_ada_yang_terlewat(semua_hasil: dict[str, Hasil]) -> None:
    temuan = [f"/{h.pola}: {t}" for h in semua_hasil.values() for t in h.temuan.values()]
    assert not temuan, "\n\n".join(temuan)
    pola = {r.pola for r in semua_rute()}
    assert set(semua_hasil) == pola - set(DILEWATI)
    assert not [h.pola for h in semua_hasil.values() if h.banyak < BANYAK]
    assert {h.pola for h in semua_hasil.values() if not h.sampai} <= HANYA_404


def test_setiap_rute_ditemukan_dan_yang_dilewati_beralasan() -> None:
    semua = semua_rute()
    assert len(semua) == len(list(rute_periksa(get_resolver())))
    assert len({r.pola for r in semua}) == len(semua)
    assert set(DILEWATI) <= {r.pola for r in semua}
    assert all(DILEWATI.values())
    assert all(r.siapa and r.cara for r in dijalani())
