"""The form is data: what ships is sound, what admin may type is checked, the command may run again."""

import copy
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from akseptor.enums import Metode
from laporan.bulanan.formulir import baca, periksa
from laporan.enums import PeranBhakti
from laporan.management.commands import muat_formulir
from laporan.models import Formulir
from tests.laporan.bulanan import pabrik

ISI = json.loads(pabrik.BERKAS.read_text())["isi"]


def test_yang_dikirim_bersama_produk_benar():
    periksa(ISI)
    susunan = baca(ISI)
    assert susunan.kunci_bagian == ("I", "II", "III", "IV", "V", "VI")
    assert set(susunan.metode) == set(Metode)
    assert susunan.peran == tuple(PeranBhakti)
    assert set(susunan.imbang_dari) == {*(f"pa_{m}" for m in Metode.values), "hamil", "ias", "iat", "tial"}


def rusak(ubah):
    isi = copy.deepcopy(ISI)
    ubah(isi)
    return isi


@pytest.mark.parametrize(
    "isi",
    [
        None,
        [],
        {},
        {"bagian": []},
        {"bagian": ["I"]},
        {"bagian": [{"kunci": "I", "judul": "x", "kelompok": [3]}]},
        rusak(lambda i: i["bagian"][0]["kelompok"][0].pop("isian")),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][0].pop("label")),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][0].update(kunci="Besar Kecil")),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][0].update(kunci="versi")),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][0].update(bawa="ya")),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][0].update(lain=1)),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][1].update(paling_banyak="tidak_ada")),
        rusak(lambda i: i["bagian"][0]["kelompok"][1].update(i["bagian"][0]["kelompok"][0])),
        rusak(lambda i: i["bagian"][4]["kelompok"][3].update(akseptor_baru=["iud", "spiral"])),
        rusak(lambda i: i["bagian"][4]["kelompok"][3].update(akseptor_baru=[["iud"]])),
        rusak(lambda i: i["bagian"][0]["kelompok"][0]["isian"][0].update(kunci="peran_kegiatan_1")),
        rusak(lambda i: i["bagian"][5]["kelompok"][0].update(peran_bhakti="ya")),
        rusak(lambda i: i["bagian"][5]["kelompok"].append(i["bagian"][5]["kelompok"][0])),
        rusak(lambda i: i["imbang"].update(jumlah="tidak_ada")),
        rusak(lambda i: i["imbang"].update(dari=[{}])),
        rusak(lambda i: i["bagian"][1].update(kunci="I")),
    ],
)
def test_yang_rusak_ditolak_dengan_kalimat(isi):
    with pytest.raises(ValidationError) as galat:
        periksa(isi)
    assert all(isinstance(k, str) and len(k) > 10 for k in galat.value.messages)


def test_perintah_boleh_diulang(db, capsys):
    for _ in range(2):
        call_command("muat_formulir")
    assert Formulir.objects.get().isi == ISI


def test_perintah_menolak_mengganti_isian_yang_sudah_dipakai(c, tmp_path, monkeypatch):
    pabrik.draf(c)
    data = json.loads(pabrik.BERKAS.read_text())
    data["isi"]["bagian"][1]["kelompok"][0]["isian"].append({"kunci": "tambahan", "label": "Tambahan"})
    (tmp_path / "formulir-2021.json").write_text(json.dumps(data))
    monkeypatch.setattr(muat_formulir, "DATA", tmp_path)
    with pytest.raises(CommandError, match="versi baru"):
        call_command("muat_formulir")
    assert Formulir.objects.get().isi == ISI
