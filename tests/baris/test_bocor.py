"""A page whose filter was forgotten shows nothing of another desa: the database does not hand it out."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from kader.cakupan import QuerySetWilayah
from kader.checks import semua_rute
from laporan.models.kampanye import KampanyeQuerySet
from tests.alat import CITEKO, KABUPATEN, NAGROG, PLERED, WANAYASA
from tests.aturan_rute import ATURAN, TANPA_WILAYAH, TENGGAT, nama_rute
from tests.baris.alat import PENANDA, dua_desa

GET = [rute for rute, (cara, _) in ATURAN.items() if cara == "get" and rute != "keluar"]


@pytest.fixture
def tanpa_saringan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The filter is forgotten everywhere."""
    for satu in (QuerySetWilayah, KampanyeQuerySet):
        monkeypatch.setattr(satu, "dalam", lambda self, cakupan: self.all())
    monkeypatch.setattr(QuerySetWilayah, "di", lambda self, kode: self.all())


@pytest.fixture
def tanpa_peran(settings: object, permintaan_sebagai_web: None) -> None:
    """Requests as the owner of the tables, whom no policy holds."""
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if m != "tests.peran.SepertiWeb"]


def alamat(isi: dict, rute: str) -> Iterator[str]:
    """Every address of a route: of the far rows, and of the near ones that may draw in too much."""
    if rute in TANPA_WILAYAH:
        yield reverse(rute)
        return
    for kode in (NAGROG, CITEKO):
        satu = isi[kode]
        if rute == "orang:baru":
            yield reverse(rute, args=["kader"])
        elif rute == "hak:rinci":
            yield reverse(rute, args=[satu["akseptor_permintaansubjek"].pk])
        elif rute in TENGGAT:
            yield reverse(rute, args=[TENGGAT[rute](kode)])
        elif rute in {"laporan:ekspor_unduh", "laporan:ekspor_hapus"}:
            yield reverse(rute, args=[satu["laporan_ekspor"].pk])
        elif rute.startswith("laporan:"):
            yield reverse(rute, args=[kode, "2021-06"])
            yield reverse(rute, args=[kode, "2021-07"])
        elif rute.startswith(("dasbor:", "imp:")):
            for atas in (kode, kode[:8], KABUPATEN):
                yield reverse(rute, args=[atas])
        elif rute.startswith("kampanye:"):
            yield reverse(rute, args=[isi["dunia"].kampanye.pk])
        elif rute.startswith("kegiatan:"):
            yield reverse(rute, args=[satu["laporan_kegiatan"].pk])
        elif rute == "kunjungan:ubah":
            yield reverse(rute, args=[satu["akseptor_kunjungan"].pk])
        elif rute in {"kunjungan:catat", "akseptor:ubah"}:
            yield reverse(rute, args=[satu["akseptor_pelayanan"].pk])
        else:
            yield reverse(rute, args=[satu["akseptor_akseptor"].pk])


def pertanyaan(isi: dict, rute: str) -> Iterator[tuple[str, dict]]:
    """Every address, and lists with what narrows or widens them."""
    for url in alamat(isi, rute):
        yield url, {}
    if rute == "akseptor:daftar":
        for desa in (NAGROG, WANAYASA, KABUPATEN):
            yield reverse(rute), {"desa": desa}
    if rute in {"kegiatan:daftar", "kunjungan:daftar", "laporan:siga", "laporan:daftar", "imp:daftar"}:
        yield reverse(rute), {"desa": NAGROG, "bulan": "2021-07"}
        yield reverse(rute), {"kecamatan": WANAYASA, "bulan": "2021-06"}
    if rute == "dasbor:catatan":
        for kode in (CITEKO, NAGROG, WANAYASA, PLERED, KABUPATEN):
            for kelompok in ("", "tercatat", "semua"):
                yield reverse(rute, args=[kode]), {"kampanye": isi["dunia"].kampanye.pk, "kelompok": kelompok}


def kunjungi(client: Client, isi: dict, siapa: str) -> dict[str, list[str]]:
    """Visit everything; return {route: what of the far desa was seen}."""
    client.force_login(getattr(isi["dunia"], siapa))
    terlihat: dict[str, list[str]] = {}
    for rute in GET:
        for url, tanya in pertanyaan(isi, rute):
            jawaban = client.get(url, tanya)
            assert jawaban.status_code < 500, url
            teks = (
                b"".join(jawaban).decode(errors="replace")
                if jawaban.streaming
                else jawaban.content.decode(errors="replace")
            )
            if seen := [t for t in PENANDA if t in teks]:
                terlihat.setdefault(rute, []).extend(seen)
    cari = client.post(reverse("akseptor:daftar"), {"q": "Zubaidah"})
    if b"Zubaidah Jauhari" in cari.content:
        terlihat["akseptor:daftar dicari"] = ["Zubaidah"]
    return terlihat


def test_setiap_rute_yang_dibaca_dikunjungi() -> None:
    semua = {nama_rute(ns, p) for ns, p in semua_rute(get_resolver()) if ns != "admin"}
    assert set(GET) <= semua
    assert len(GET) > 30


@pytest.mark.parametrize("siapa", ["kader", "plkb", "tanpa_wilayah"])
def test_saringan_yang_hilang_tidak_membocorkan_apa_pun(
    db: None, client: Client, tanpa_saringan: None, siapa: str
) -> None:
    isi = dua_desa()
    assert kunjungi(client, isi, siapa) == {}


def test_tanpa_pagar_saringan_yang_hilang_membocorkan(
    db: None, client: Client, tanpa_saringan: None, tanpa_peran: None
) -> None:
    """The other test can fail: as the owner of the tables the same visit sees the far desa on many pages."""
    isi = dua_desa()
    terlihat = kunjungi(client, isi, "plkb")
    assert {"akseptor:daftar", "akseptor:rinci", "kegiatan:daftar", "dasbor:catatan", "kunjungan:daftar"} <= set(
        terlihat
    )


def test_nomor_yang_ditebak_tidak_menemukan_apa_pun(db: None, client: Client, tanpa_saringan: None) -> None:
    isi = dua_desa()
    client.force_login(isi["dunia"].kader)
    assert client.get(reverse("akseptor:rinci", args=[isi[NAGROG]["akseptor_akseptor"].pk])).status_code == 404
    assert client.get(reverse("akseptor:rinci", args=[isi[CITEKO]["akseptor_akseptor"].pk])).status_code == 200
    assert client.get(reverse("akseptor:rinci", args=[uuid.uuid4()])).status_code == 404
