"""Weights: loaded whole with a source, by command and on the page; what is wrong is named."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kader.models import Jejak
from laporan.enums import MacamBobot
from laporan.kelola.actions import buat
from laporan.kelola.bobot import muat, semua_bobot
from laporan.kelola.kata import MEDAN
from laporan.models import BobotWilayah, Target
from tests.alat import CITEKO, GANDASOLI, KABUPATEN, NAGROG, WANASARI, Dunia, cakupan
from tests.kampanye.halaman.alat import masuk

LENGKAP = f"kode,jumlah\n{CITEKO},3000\n{GANDASOLI},2000\n{NAGROG},1000\n{WANASARI},1000\n"


def perintah(tmp_path: Path, teks: str, *opsi: str) -> str:
    berkas, keluar = tmp_path / "pus.csv", io.StringIO()
    berkas.write_text(teks, encoding="utf-8")
    call_command(
        "muat_bobot", str(berkas), "--macam=pus", "--sumber=Pendataan Keluarga", "--tahun=2020", *opsi, stdout=keluar
    )
    return keluar.getvalue()


def isi() -> dict[str, int]:
    return dict(BobotWilayah.objects.values_list("wilayah_id", "jumlah"))


@pytest.mark.parametrize(
    "teks",
    [
        LENGKAP,
        "\ufeff" + LENGKAP.replace(",", ";").replace("3000", "3.000"),
        LENGKAP.replace(",", "\t").replace("\n", "\tDesa X\r\n"),
        "\n" + LENGKAP.replace("kode,jumlah\n", "") + "\n\n",
    ],
)
def test_dimuat_dengan_sumber_dan_dipakai_kampanye_baru(d: Dunia, tmp_path: Path, teks: str) -> None:
    assert "jumlah PUS: 4 desa, Pendataan Keluarga, keadaan 2020" in perintah(tmp_path, teks)
    assert isi() == {CITEKO: 3000, GANDASOLI: 2000, NAGROG: 1000, WANASARI: 1000}
    jejak = Jejak.objects.first()
    assert (jejak.oleh, jejak.tindakan) == (None, "memuat jumlah PUS")
    assert jejak.perubahan["desa"] == [0, 4]
    data = {n: getattr(d.kampanye, n) for n in MEDAN} | {"nama": "Baru", "target": 7}
    baru = buat(d.dppkb, cakupan(d.dppkb), KABUPATEN, data)
    assert (baru.cara_bagi, baru.sumber_bagi) == ("pus", "Pendataan Keluarga, keadaan 2020")
    assert dict(Target.objects.per_desa(baru).values_list("desa_id", "jumlah")) == {
        CITEKO: 3,
        GANDASOLI: 2,
        NAGROG: 1,
        WANASARI: 1,
    }


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        (LENGKAP + "32.14.99.2001,5\n", r"Baris 6: kode “32\.14\.99\.2001” bukan kode desa"),
        (LENGKAP + "32.14.04,5\n", r"Baris 6: kode “32\.14\.04” bukan kode desa"),
        (LENGKAP + f"{CITEKO},5\n", "Baris 6: kode 32.14.04.2006 sudah ada"),
        (LENGKAP.replace("3000", "3000.5"), "Baris 2: jumlah “3000.5”"),
        (LENGKAP.replace("3000", "-3"), "Baris 2: jumlah “-3”"),
        (LENGKAP.replace("3000", "9" * 12), "bukan bilangan bulat"),
        (LENGKAP.replace(f"{NAGROG},1000\n", ""), "1 desa belum punya angka: 32.14.09.2001 Nagrog, Kec. Wanayasa"),
        (LENGKAP.replace(f"{NAGROG},1000", f"{NAGROG},"), "1 desa belum punya angka"),
        ("", "Tidak ada satu angka pun"),
        ("kode,jumlah\n", "Tidak ada satu angka pun"),
    ],
)
def test_yang_keliru_disebut_dan_tidak_ada_yang_dimuat(d: Dunia, tmp_path: Path, teks: str, kata: str) -> None:
    perintah(tmp_path, LENGKAP)
    sebelum = isi()
    with pytest.raises(CommandError, match=kata):
        perintah(tmp_path, teks)
    assert isi() == sebelum


@pytest.mark.parametrize(
    ("opsi", "kata"),
    [(("--sumber= ",), "Tulis sumber"), (("--tahun=2022",), "Tahun 2022"), (("--tahun=20",), "Tahun 20")],
)
def test_tanpa_sumber_atau_tahun_ditolak(d: Dunia, tmp_path: Path, opsi: tuple, kata: str) -> None:
    with pytest.raises(CommandError, match=kata):
        perintah(tmp_path, LENGKAP, *opsi)
    assert not isi()


def test_berkas_yang_tidak_ada_atau_bukan_teks(d: Dunia, tmp_path: Path) -> None:
    opsi = ("--macam=pus", "--sumber=x", "--tahun=2020")
    (tmp_path / "biner").write_bytes(b"\xff\xfe\x00")
    for nama in ("tiada.csv", "biner"):
        with pytest.raises(CommandError, match="tidak dapat dibaca"):
            call_command("muat_bobot", str(tmp_path / nama), *opsi)


def test_sebagian_dimuat_tetapi_tidak_dipakai(d: Dunia, tmp_path: Path) -> None:
    assert "baru diketahui untuk 3 desa" in perintah(tmp_path, LENGKAP.replace(f"{NAGROG},1000\n", ""), "--sebagian")
    assert not semua_bobot(KABUPATEN)[MacamBobot.PUS].dapat_dipakai


def test_dua_sumber_tidak_tercampur(d: Dunia, tmp_path: Path) -> None:
    perintah(tmp_path, LENGKAP)
    muat(d.dppkb, KABUPATEN, "pus", f"{CITEKO},10", sumber="Kader", tahun=2021, sebagian=True)
    muat(d.dppkb, KABUPATEN, "penduduk", LENGKAP, sumber="Dukcapil", tahun=2021)
    assert dict(BobotWilayah.objects.filter(macam="pus").values_list("wilayah_id", "sumber")) == {CITEKO: "Kader"}
    bobot = semua_bobot(KABUPATEN)
    assert bobot[MacamBobot.PENDUDUK].dapat_dipakai
    assert [w.kode for w in bobot[MacamBobot.PUS].belum] == [GANDASOLI, NAGROG, WANASARI]


def test_bobot_semuanya_nol_tidak_dipakai(d: Dunia) -> None:
    nol = "\n".join(f"{k},0" for k in (CITEKO, GANDASOLI, NAGROG, WANASARI))
    muat(d.dppkb, KABUPATEN, "pus", nol, sumber="x", tahun=2020)
    assert "bernilai 0" in semua_bobot(KABUPATEN)[MacamBobot.PUS].sebab


def test_lewat_halaman(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    halaman = dppkb.get("/kampanye/bobot/").content.decode()
    assert f"{CITEKO};;Citeko, Kec. Plered" in halaman
    assert "tidak mengarang" in halaman
    salah = {"macam": "pus", "sumber": "", "tahun": "dua", "isi": f"{CITEKO};banyak"}
    jawaban = dppkb.post("/kampanye/bobot/", salah)
    assert jawaban.status_code == 422
    assert list(jawaban.context["form"].errors) == ["sumber", "tahun"]
    assert "banyak" in jawaban.content.decode()
    jawaban = dppkb.post("/kampanye/bobot/", salah | {"sumber": "Pendataan", "tahun": "2021"})
    assert jawaban.context["form"].errors["isi"][0].startswith("Baris 1: jumlah “banyak”")
    benar = {"macam": "pus", "sumber": "Pendataan", "tahun": "2021", "isi": f"{CITEKO};3.000;Citeko, Kec. Plered"}
    teks = dppkb.post("/kampanye/bobot/", benar, follow=True).content.decode()
    assert "Jumlah PUS 1 desa tersimpan" in teks
    assert "baru diketahui untuk 1 desa" in teks
    assert f"{CITEKO};3000;Citeko" in teks
    assert BobotWilayah.objects.get().dimuat_oleh == d.dppkb
