"""Shares of a target: they sum for any weights, are proposed, typed and fitted, and nothing is saved until they sum."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kader.models import Jejak, Wilayah
from laporan.kampanye.hitung import hitung_yang_perlu
from laporan.kampanye.target import (
    bagi_bertingkat,
    bagi_seperti,
    bagi_sisa_terbesar,
    simpan_bagian,
    sisa_menyesuaikan,
)
from laporan.kelola.actions import SudahBerubah, atur_bagian, bagian_kini
from laporan.kelola.bobot import muat, semua_bobot
from laporan.kelola.usul import cara_dari, usul
from laporan.models import Cuplikan, Kampanye, Target
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, GANDASOLI, KABUPATEN, NAGROG, PLERED, WANASARI, WANAYASA, Dunia, cakupan
from tests.kampanye.halaman.alat import masuk

DESA = [GANDASOLI, CITEKO, NAGROG, WANASARI]
ANGKA = st.integers(0, 100_000)
BOBOT = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), ANGKA, min_size=1)
# Up to eight kecamatan of up to twelve desa.
BERTINGKAT = st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=12), min_size=1, max_size=8)


@given(st.integers(0, 10**6), BOBOT.filter(lambda b: any(b.values())))
def test_bagian_tepat_untuk_bobot_apa_pun(jumlah: int, bobot: dict[str, int]) -> None:
    bagian = bagi_sisa_terbesar(jumlah, bobot)
    total = sum(bobot.values())
    assert sum(bagian.values()) == jumlah
    assert bagian.keys() == bobot.keys()
    # Nobody is further than one from the exact share, and no weight gets nothing.
    assert all(abs(bagian[k] * total - jumlah * b) < total for k, b in bobot.items())
    assert all(bagian[k] == 0 for k, b in bobot.items() if b == 0)


def berkode(bobot: list[list[int]]) -> dict[str, int]:
    return {f"32.14.{k:02}.{d:04}": b for k, isi in enumerate(bobot, 1) for d, b in enumerate(isi, 1)}


def per_kecamatan(bagian: dict[str, int]) -> dict[str, int]:
    return {k[:8]: sum(n for kode, n in bagian.items() if kode[:8] == k[:8]) for k in bagian}


def beda_yang_setara(bagian: dict[str, int], bobot: dict[str, int]) -> int:
    """By how much two with the same weight differ at most."""
    setara: dict[int, list[int]] = {}
    for kode, n in bagian.items():
        setara.setdefault(bobot[kode], []).append(n)
    return max(max(isi) - min(isi) for isi in setara.values())


@given(st.integers(0, 10**5), BERTINGKAT.filter(lambda b: any(map(any, b))))
def test_kecamatan_dan_desa_yang_setara_berbeda_paling_banyak_satu(jumlah: int, isi: list[list[int]]) -> None:
    bobot = berkode(isi)
    bagian = bagi_bertingkat(jumlah, bobot)
    assert sum(bagian.values()) == jumlah
    assert bagian.keys() == bobot.keys()
    assert all(bagian[k] == 0 for k, b in bobot.items() if b == 0)
    assert beda_yang_setara(per_kecamatan(bagian), per_kecamatan(bobot)) <= 1
    for kecamatan in per_kecamatan(bobot):
        dalam = {k: n for k, n in bagian.items() if k[:8] == kecamatan}
        assert beda_yang_setara(dalam, bobot) <= 1


@given(st.integers(0, 10**5), st.lists(st.integers(1, 16), min_size=1, max_size=17))
def test_sama_rata_juga_di_antara_kecamatan(jumlah: int, banyak_desa: list[int]) -> None:
    rata = berkode([[1] * n for n in banyak_desa])
    assert beda_yang_setara(bagi_bertingkat(jumlah, rata), rata) <= 1


def test_sisa_tidak_selalu_jatuh_ke_kode_terkecil() -> None:
    """1831 in a kecamatan of ten desa, target by target: the first is not always among those that get one more."""
    sepuluh = berkode([[1] * 10])
    kali = dict.fromkeys(sepuluh, 0)
    for jumlah in range(1000):
        bagian = bagi_bertingkat(jumlah, sepuluh)
        for kode, n in bagian.items():
            kali[kode] += n - jumlah // 10
    assert max(kali.values()) <= 1.2 * min(kali.values())


def test_kampanye_1831_dibagi_rata_ke_kecamatan_yang_sama_banyak_desanya() -> None:
    """Before, three kecamatan of ten desa got 100 and three 90; of a target of 100 eight kecamatan got nothing."""
    banyak = [10, 10, 10, 16, 14, 15, 8, 13, 15, 12, 14, 9, 10, 10, 5, 11, 10]
    rata = berkode([[1] * n for n in banyak])
    bagian = per_kecamatan(bagi_bertingkat(1831, rata))
    assert {n for n, desa in zip(bagian.values(), banyak, strict=True) if desa == 10} == {95}
    assert min(per_kecamatan(bagi_bertingkat(100, rata)).values()) == 3


@given(st.integers(0, 10**6), BOBOT)
def test_bagi_seperti_tepat_walau_semua_nol(jumlah: int, contoh: dict[str, int]) -> None:
    assert sum(bagi_seperti(jumlah, contoh).values()) == jumlah


@given(st.integers(0, 10**4), st.integers(0, 10**4), st.integers(1, 16))
def test_yang_sama_rata_tetap_rata_bila_jumlahnya_berubah(dulu: int, kini: int, banyak: int) -> None:
    rata = bagi_bertingkat(dulu, berkode([[1] * banyak]))
    bagian = bagi_seperti(kini, rata).values()
    assert max(bagian) - min(bagian) <= 1


@given(BOBOT, st.data())
def test_yang_diketik_tetap_yang_lain_menyesuaikan(dasar: dict[str, int], data: st.DataObject) -> None:
    isian = {k: data.draw(st.one_of(st.just(n), ANGKA)) for k, n in dasar.items()}
    jumlah = data.draw(st.integers(0, 10**6))
    tetap = {k: n for k, n in isian.items() if n != dasar[k]}
    try:
        hasil = sisa_menyesuaikan(jumlah, dasar, isian)
    except ValueError:
        assert sum(tetap.values()) > jumlah or len(tetap) == len(dasar)
    else:
        assert sum(hasil.values()) == jumlah
        assert hasil.keys() == dasar.keys()
        assert {k: hasil[k] for k in tetap} == tetap
        assert min(hasil.values()) >= 0


def test_simpan_bagian_menolak_jumlah_yang_lain(d: Dunia) -> None:
    with pytest.raises(ValueError, match="sum"):
        simpan_bagian(d.kampanye, dict.fromkeys(DESA, 1))
    assert sum(Target.objects.values_list("jumlah", flat=True)) == 1831


def url(d: Dunia) -> str:
    return f"/kampanye/{d.kampanye.pk}/bagian/"


def isian(client: Client, d: Dunia, **ubah: Any) -> dict[str, Any]:
    """What the browser sends of the page as it stands; `ubah` by the last five digits of a code, or kec_04."""
    form = client.get(url(d)).context["form"]
    isi = {n: form[n].value() for n in form.fields} | {"versi": str(d.kampanye.versi), "langkah": "simpan"}
    nama = {f"d{k[-2:]}_{k[6:8]}": f"desa-{k}" for k in DESA} | {
        "kec_04": f"kec-{PLERED}",
        "kec_09": f"kec-{WANAYASA}",
    }
    return isi | {nama.get(k, k): v for k, v in ubah.items()}


CITEKO_, GANDASOLI_, NAGROG_ = "d06_04", "d05_04", "d01_09"


def bagian(d: Dunia) -> dict[str, int]:
    return dict(Target.objects.per_desa(d.kampanye).values_list("desa_id", "jumlah"))


def test_jumlah_yang_kurang_ditolak_dan_yang_diketik_tetap(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    jawaban = dppkb.post(url(d), isian(dppkb, d, **{CITEKO_: "456"}))
    teks = jawaban.content.decode()
    assert jawaban.status_code == 422
    assert "Jumlah bagian 1.829, target 1.831: kurang 2." in teks
    assert 'value="456"' in teks
    assert bagian(d)[CITEKO] == 458
    lebih = dppkb.post(url(d), isian(dppkb, d, **{CITEKO_: "1.458"}))
    assert "Jumlah bagian 2.831, target 1.831: lebih 1.000." in lebih.content.decode()
    assert not Jejak.objects.tentang(d.kampanye).exists()


def test_disimpan_dihitung_dan_tercatat(d: Dunia) -> None:
    hitung_yang_perlu()
    dppkb = masuk(d.dppkb)
    ubah = {CITEKO_: "500", GANDASOLI_: "416", "alasan": "PUS lebih banyak"}
    assert dppkb.post(url(d), isian(dppkb, d, **ubah)).status_code == 302
    assert (bagian(d)[CITEKO], bagian(d)[GANDASOLI], sum(bagian(d).values())) == (500, 416, 1831)
    d.kampanye.refresh_from_db()
    assert (d.kampanye.versi, d.kampanye.cara_bagi) == (2, "tangan")
    hitung_yang_perlu()
    assert Cuplikan.objects.get(wilayah=CITEKO).isi["target"] == 500
    teks = dppkb.get(f"/kampanye/{d.kampanye.pk}/").content.decode()
    assert "Bagian 2 desa berubah" in teks
    assert "Citeko, Kec. Plered: 458 → 500" in teks
    assert "PUS lebih banyak" in teks
    assert "Bagian target diatur DPPKB." in teks


@pytest.mark.parametrize("isi", ["", "abc", "-1", "1,5", "9" * 20])
def test_bukan_angka_ditolak_di_samping_isiannya(d: Dunia, isi: str) -> None:
    dppkb = masuk(d.dppkb)
    for langkah in ("simpan", "sisa"):
        jawaban = dppkb.post(url(d), isian(dppkb, d, **{CITEKO_: isi, "langkah": langkah}))
        assert jawaban.status_code == 422
        assert list(jawaban.context["form"].errors) == [f"desa-{CITEKO}"]
    assert sum(bagian(d).values()) == 1831


def test_angka_kecamatan_dibagi_ke_desanya_tanpa_skrip(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    # 1831 of four desa: 458, 458, 458, 457. Plered to 1000, Wanayasa to 831.
    assert dppkb.post(url(d), isian(dppkb, d, kec_04="1.000", kec_09="831")).status_code == 302
    assert bagian(d) == {CITEKO: 500, GANDASOLI: 500, NAGROG: 416, WANASARI: 415}


def test_kecamatan_dan_desanya_yang_berselisih_ditanyakan(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    jawaban = dppkb.post(url(d), isian(dppkb, d, kec_04="1.000", **{CITEKO_: "500"}))
    assert jawaban.status_code == 422
    assert "Anda menulis 1.000 untuk Kec. Plered, tetapi jumlah desanya 958" in jawaban.content.decode()
    # The kecamatan follows when only its desa was typed.
    assert dppkb.post(url(d), isian(dppkb, d, **{CITEKO_: "500", NAGROG_: "416"})).status_code == 302


def test_yang_lain_menyesuaikan_tanpa_menyimpan(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    jawaban = dppkb.post(url(d), isian(dppkb, d, **{CITEKO_: "1000", "langkah": "sisa"}))
    usulan = jawaban.context["form"]
    assert "Belum disimpan" in jawaban.content.decode()
    assert usulan.bagian == {CITEKO: 1000, GANDASOLI: 277, NAGROG: 277, WANASARI: 277}
    assert bagian(d)[CITEKO] == 458
    # Once more, with another: the first stays as it was typed.
    lagi = {n: usulan[n].value() for n in usulan.fields}
    lagi |= {f"desa-{NAGROG}": "31", "langkah": "sisa", "versi": "1"}
    jawaban = dppkb.post(url(d), lagi)
    assert jawaban.context["form"].bagian == {CITEKO: 1000, GANDASOLI: 400, NAGROG: 31, WANASARI: 400}
    isi = {n: jawaban.context["form"][n].value() for n in usulan.fields} | {"langkah": "simpan", "versi": "1"}
    assert dppkb.post(url(d), isi).status_code == 302
    assert bagian(d) == {CITEKO: 1000, GANDASOLI: 400, NAGROG: 31, WANASARI: 400}


def test_yang_diketik_lebih_dari_target(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    jawaban = dppkb.post(url(d), isian(dppkb, d, **{CITEKO_: "1900", "langkah": "sisa"}))
    assert jawaban.status_code == 422
    assert "sudah 1.900, lebih dari target 1.831" in jawaban.content.decode()


def test_usulan_menurut_bobot_dan_sumbernya(d: Dunia) -> None:
    teks = f"kode,jumlah\n{CITEKO},3000\n{GANDASOLI},1.000\n{NAGROG},0\n{WANASARI},500\n"
    muat(d.dppkb, KABUPATEN, "pus", teks, sumber="Pendataan Keluarga", tahun=2020)
    dppkb = masuk(d.dppkb)
    jawaban = dppkb.post(url(d), isian(dppkb, d, langkah="pus"))
    form = jawaban.context["form"]
    assert form.bagian == bagi_sisa_terbesar(1831, {CITEKO: 3000, GANDASOLI: 1000, NAGROG: 0, WANASARI: 500})
    assert sum(bagian(d).values()) == 1831 != bagian(d)[CITEKO] * 2
    isi = {n: form[n].value() for n in form.fields} | {"langkah": "simpan", "versi": "1"}
    assert dppkb.post(url(d), isi).status_code == 302
    d.kampanye.refresh_from_db()
    assert d.kampanye.kata_bagian == (
        "Bagian target dibagi menurut jumlah PUS, sumber: Pendataan Keluarga, keadaan 2020."
    )


def test_bobot_yang_belum_lengkap_tidak_dicampur(d: Dunia) -> None:
    muat(d.dppkb, KABUPATEN, "pus", f"{CITEKO};3000", sumber="Kader", tahun=2021, sebagian=True)
    dppkb = masuk(d.dppkb)
    teks = dppkb.get(url(d)).content.decode()
    assert "baru diketahui untuk 1 desa" in teks
    assert 'value="pus"' not in teks
    jawaban = dppkb.post(url(d), isian(dppkb, d, langkah="pus", **{CITEKO_: "7"}))
    assert jawaban.status_code == 409
    assert "Nagrog, Kec. Wanayasa" in jawaban.content.decode()
    assert 'value="7"' in jawaban.content.decode()
    bobot = semua_bobot(KABUPATEN)
    with pytest.raises(ValueError, match="baru diketahui"):
        usul(1831, "pus", DESA, bobot)
    assert cara_dari(usul(1831, "rata", DESA, bobot), 1831, bobot) == ("rata", "")


def test_dua_orang_membagi_yang_kedua_melihat_keduanya(d: Dunia) -> None:
    satu, dua = masuk(d.dppkb), masuk(d.admin)
    kedua = isian(dua, d, **{CITEKO_: "400", GANDASOLI_: "516"})
    assert satu.post(url(d), isian(satu, d, **{CITEKO_: "500", GANDASOLI_: "416"})).status_code == 302
    bentrok = dua.post(url(d), kedua)
    teks = bentrok.content.decode()
    assert bentrok.status_code == 409
    assert "baru saja diubah orang lain" in teks
    assert "tersimpan 500" in teks
    assert 'value="400"' in teks
    assert 'name="versi" value="2"' in teks
    assert bagian(d)[CITEKO] == 500


def test_tindakan_menolak_desa_yang_kurang_dan_versi_lama(d: Dunia) -> None:
    oleh, luas = d.dppkb, cakupan(d.dppkb)
    semua = bagian_kini(d.kampanye)
    with pytest.raises(Ditolak, match="Daftar desa berubah"):
        atur_bagian(oleh, luas, d.kampanye.pk, {CITEKO: 1831}, alasan="", versi=1)
    with pytest.raises(Ditolak, match="kurang 1"):
        atur_bagian(oleh, luas, d.kampanye.pk, semua | {CITEKO: semua[CITEKO] - 1}, alasan="", versi=1)
    with pytest.raises(SudahBerubah):
        atur_bagian(oleh, luas, d.kampanye.pk, semua, alasan="", versi=None)
    with pytest.raises(Ditolak, match="diatur oleh DPPKB"):
        atur_bagian(d.plkb, cakupan(d.plkb), d.kampanye.pk, semua, alasan="", versi=1)
    assert Kampanye.objects.get().versi == 1


def test_desa_baru_mulai_dari_nol(d: Dunia) -> None:
    Wilayah.objects.create(kode="32.14.04.2099", nama="Baru", tingkat="desa", jenis="desa", induk_id=PLERED)
    assert bagian_kini(d.kampanye)["32.14.04.2099"] == 0
    dppkb = masuk(d.dppkb)
    isi = isian(dppkb, d, **{CITEKO_: "450", "desa-32.14.04.2099": "8"})
    assert dppkb.post(url(d), isi).status_code == 302
    assert bagian(d)["32.14.04.2099"] == 8


def test_token_lama_mengembalikan_isian(d: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(d.dppkb)
    jawaban = client.post(url(d), isian(client, d, **{CITEKO_: "4321"}))
    assert jawaban.status_code == 403
    assert 'value="4321"' in jawaban.content.decode()


def test_jumlah_kueri_tidak_ikut_jumlah_desa(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)

    def kueri() -> list[int]:
        hasil = []
        for alamat in ("/kampanye/", f"/kampanye/{d.kampanye.pk}/", url(d), "/kampanye/bobot/"):
            with CaptureQueriesContext(connection) as tangkap:
                assert dppkb.get(alamat).status_code == 200
            hasil.append(len(tangkap))
        return hasil

    hitung_yang_perlu()
    awal = kueri()
    for n in range(10, 40):
        kode = f"32.14.09.20{n}"
        Wilayah.objects.create(kode=kode, nama=f"Desa {n}", tingkat="desa", jenis="desa", induk_id=WANAYASA)
        Target.objects.create(kampanye=d.kampanye, desa_id=kode, jumlah=1)
    for n in range(5):
        Kampanye.objects.create(
            nama=f"K{n}", wilayah_id=KABUPATEN, mulai=d.kampanye.mulai, selesai=d.kampanye.selesai, target=5
        )
    assert kueri() == awal
    assert max(awal) <= 12
