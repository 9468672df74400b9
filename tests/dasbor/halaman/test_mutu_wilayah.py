"""How good the numbers are, area by area: parts of the whole, on the page as in JSON."""

import re

from django.test import Client

from laporan.models import Cuplikan
from tests.alat import PLERED, Dunia, lupakan
from tests.dasbor.halaman.alat import buka, tautan


def test_mutu_menurut_wilayah_menyebut_siapa_yang_terlambat(dunia: Dunia, client: Client) -> None:
    halaman = buka(client, dunia.koordinator, f"/dasbor/{PLERED}/")
    mutu = halaman.partition("<h3>Menurut desa</h3>")[2].partition("</table>")[0]
    data = client.get(f"/dasbor/{PLERED}/data.json").json()
    per_desa = data["mutu_per_wilayah"]
    # Parts of the whole, and the table's links are the numbers of the JSON.
    for kunci in ("nik_menyusul", "tunda_7", "tunda_lama"):
        assert sum(w[kunci] for w in per_desa) == data["mutu"][kunci], kunci
    lama = {re.search(r"/dasbor/([\d.]+)/", u)[1]: n for u, n in tautan(mutu) if "tunda=tunda_lama" in u}
    assert lama == {w["kode"]: w["tunda_lama"] for w in per_desa if w["tunda_lama"]} != {}
    persen = [w["persen_terlambat"] for w in per_desa]
    assert persen == sorted(persen, reverse=True)
    assert f"Yang paling sering terlambat: {per_desa[0]['nama']}" in mutu


def test_mutu_menurut_wilayah_dari_simpanan_lama_tidak_ada(dunia: Dunia, client: Client) -> None:
    satu = Cuplikan.objects.get(wilayah=PLERED)
    for baris in satu.isi["per_wilayah"]:
        del baris["mutu"]
    satu.save()
    lupakan()
    halaman = buka(client, dunia.koordinator, f"/dasbor/{PLERED}/")
    assert "Seberapa baik datanya?" in halaman
    assert "Menurut desa</h3>" not in halaman
    assert client.get(f"/dasbor/{PLERED}/data.json").json()["mutu_per_wilayah"] == []
