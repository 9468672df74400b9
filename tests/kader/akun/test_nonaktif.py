"""Deactivated means out at once, whatever is open; and what her phone holds goes to her officer, once, shown to nobody."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from akseptor import titipan
from akseptor.cadangan import tanda_hp
from akseptor.models import Akseptor, Pelayanan, Titipan
from kader.akun import orang, percobaan
from kader.models import Jejak, Pengguna, Penugasan
from laporan.kampanye.hitung import hitung_ulang_semua
from tests.akseptor.test_cadangan import berkas
from tests.alat import CITEKO, HARI, NAGROG, Dunia, cakupan, catatan, data_formulir
from tests.kader.akun.conftest import SANDI, beri_sandi, masuk

PINTU = "/akseptor/titip/"


def nonaktifkan(dunia: Dunia, siapa: str = "kader", oleh: str = "plkb") -> None:
    pelaku = getattr(dunia, oleh)
    orang.nonaktifkan(pelaku, cakupan(pelaku), getattr(dunia, siapa), "berhenti")


def titip(isi: Any, alamat: str = "127.0.0.1") -> Any:
    return Client(REMOTE_ADDR=alamat).post(PINTU, isi, content_type="application/octet-stream")


def amplop(dunia: Dunia, *catatan: dict, siapa: Pengguna | None = None) -> bytes:
    siapa = siapa or dunia.kader
    isi = [c | {"dicatat_pada": "2021-07-08T08:00:00+07:00"} for c in catatan]
    return berkas({"tanda": tanda_hp(siapa), "kader": siapa.pk, "jam_hp": "2021-07-08T09:00:00+07:00", "catatan": isi})


@pytest.mark.parametrize("alamat", ["/", "/akseptor/", "/akseptor/baru/", "/hp/", "/akun/", "/laporan/"])
def test_semua_perangkatnya_tertutup_pada_permintaan_berikutnya(dunia: Dunia, alamat: str) -> None:
    p = catatan(dunia)
    Akseptor.objects.update(nama_istri="Enok Rahasia")
    beri_sandi(dunia.kader)
    satu, dua = masuk(dunia.kader), masuk(dunia.kader)
    assert satu.get(alamat).status_code == 200
    nonaktifkan(dunia)
    for client in (satu, dua):
        for jawaban in (client.get(alamat), client.post(alamat), client.get(f"/akseptor/{p.akseptor_id}/")):
            isi = jawaban.content.decode()
            assert (jawaban.status_code, "sudah dinonaktifkan" in isi) == (403, True)
            assert not re.search("Enok|Citeko|Kader<", isi)
        for jawaban in (client.get("/hp/data.json"), client.get("/hp/kunci.json")):
            assert (jawaban.status_code, jawaban.json()["nonaktif"], sorted(jawaban.json())) == (
                401,
                True,
                ["nonaktif", "pesan"],
            )
    assert Client().post("/masuk/", {"username": "kader", "password": SANDI}).status_code == 403


def test_kiriman_hp_ditolak_dengan_kata_yang_jelas(dunia: Dunia) -> None:
    client = masuk(beri_sandi(dunia.kader))
    nonaktifkan(dunia)
    isi = {"catatan": [data_formulir(dunia)]}
    jawaban = client.post("/akseptor/sinkron/", json.dumps(isi), content_type="application/json")
    assert (jawaban.status_code, jawaban.json()["nonaktif"]) == (401, True)
    assert "diserahkan kepada petugas Anda" in jawaban.json()["pesan"]
    assert not Pelayanan.objects.exists()
    assert Client().get("/hp/data.json").json() == {"pesan": "Sesi berakhir. Silakan masuk lagi."}


@pytest.mark.parametrize("siapa", ["plkb", "koordinator", "dppkb"])
def test_petugas_nonaktif_sesinya_hilang(dunia: Dunia, siapa: str) -> None:
    client = masuk(beri_sandi(getattr(dunia, siapa)))
    nonaktifkan(dunia, siapa, "admin" if siapa == "dppkb" else "dppkb")
    assert client.get("/").headers["Location"].startswith("/masuk/")
    assert not getattr(dunia, siapa).sesi.exists()


def test_karcis_layar_hidup_berakhir_dalam_dua_menit(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core import signing

    from kader import karcis

    hitung_ulang_semua()
    client = masuk(beri_sandi(dunia.koordinator))
    tiket = client.get("/dasbor/32.14.04/").context["hidup"].karcis
    nonaktifkan(dunia, "koordinator", "dppkb")
    assert karcis.UMUR == 120
    asli = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: asli() + 121)
    assert client.get("/dasbor/hidup/", headers={"x-karcis": tiket}).status_code == 401


def test_aktif_lagi_tidak_menghidupkan_sesi_lama(dunia: Dunia) -> None:
    client = masuk(beri_sandi(dunia.kader))
    nonaktifkan(dunia)
    orang.aktifkan(dunia.plkb, cakupan(dunia.plkb), dunia.kader, "kembali")
    assert client.get("/").status_code == 302
    masuk(dunia.kader)


def test_titipan_sampai_ke_petugasnya_tepat_sekali(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    satu, dua = data_formulir(dunia, nama_istri="Enok Titip"), data_formulir(dunia, nama_istri="Oneng Titip")
    for _ in range(2):  # the answer was lost once
        jawaban = titip(amplop(dunia, satu, dua))
        assert (jawaban.status_code, jawaban.json()) == (200, {"diterima": [satu["id"], dua["id"]]})
    assert Titipan.objects.count() == 1
    assert not Pelayanan.objects.exists()
    assert "Titip" not in str(bytes(Titipan.objects.get().berkas))
    client.force_login(dunia.plkb)
    assert "titipan kader nonaktif" in client.get("/").content.decode()
    isi = client.get("/akseptor/titipan/").content.decode()
    assert "Titipan dari Kader" in isi
    assert "2 catatan" in isi
    jawaban = client.post(f"/akseptor/titipan/{dunia.kader.pk}/ambil/")
    assert [b.tanda.hasil for b in jawaban.context["hasil"]] == ["diterima", "diterima"]
    semua = Pelayanan.objects.values_list("akseptor__nama_istri", "dicatat_oleh", "tahap")
    assert sorted(semua) == [(n, dunia.kader.pk, "dilayani") for n in ("Enok Titip", "Oneng Titip")]
    assert client.post(f"/akseptor/titipan/{dunia.kader.pk}/ambil/").status_code == 409
    assert Pelayanan.objects.count() == 2
    t = Titipan.objects.get()
    assert (bytes(t.berkas), t.diambil_oleh) == (b"", dunia.plkb)
    # Sent once more by the phone: known, and nothing waits again.
    assert titip(amplop(dunia, satu, dua)).status_code == 200
    assert titipan.daftar(cakupan(dunia.plkb)) == []
    acara = set(Jejak.objects.values_list("tindakan", flat=True))
    assert {"menitipkan catatan", "mengambil titipan", "mengimpor cadangan"} <= acara


def test_yang_ditolak_menunggu_sampai_ditutup_dengan_alasan(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    baik, keliru = data_formulir(dunia), data_formulir(dunia, nama_suami="")
    titip(amplop(dunia, baik, keliru))
    client.force_login(dunia.plkb)
    alamat = f"/akseptor/titipan/{dunia.kader.pk}"
    assert client.post(f"{alamat}/selesai/", {"alasan": "x"}).status_code == 409
    isi = client.post(f"{alamat}/ambil/").content.decode()
    assert "Bagian ini perlu diisi" in isi
    # Enough to write it again with the woman; no number of hers.
    assert "metode: implan" in isi
    assert keliru["nik_istri"] not in isi
    assert "ada yang ditolak" in client.get("/akseptor/titipan/").content.decode()
    assert client.post(f"{alamat}/ambil/").status_code == 200
    assert Pelayanan.objects.count() == 1
    assert client.post(f"{alamat}/selesai/", {"alasan": ""}).status_code == 409
    assert client.post(f"{alamat}/selesai/", {"alasan": "dicatat lagi"}).status_code == 302
    assert bytes(Titipan.objects.get().berkas) == b""
    assert Jejak.objects.get(tindakan="menutup titipan").alasan == "dicatat lagi"


def test_petugas_lain_dan_peran_lain_tidak_melihatnya(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    titip(amplop(dunia, data_formulir(dunia)))
    client.force_login(dunia.plkb_jauh)
    assert "Titipan dari" not in client.get("/akseptor/titipan/").content.decode()
    assert client.post(f"/akseptor/titipan/{dunia.kader.pk}/ambil/").status_code == 404
    for siapa in ("kader", "tetangga", "dppkb", "admin"):
        client.force_login(getattr(dunia, siapa))
        assert client.get("/akseptor/titipan/").status_code == 403
    assert not Pelayanan.objects.exists()


def test_koordinator_mengambil_bila_petugasnya_tidak_ada(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    keliru = data_formulir(dunia, nama_suami="")
    titip(amplop(dunia, data_formulir(dunia), keliru))
    client.force_login(dunia.koordinator)
    beranda = client.get("/").content.decode()
    assert "titipan kader nonaktif" in beranda
    assert "/akseptor/titipan/" in beranda
    hasil = client.post(f"/akseptor/titipan/{dunia.kader.pk}/ambil/").context["hasil"]
    assert [b.tanda.hasil for b in hasil] == ["diterima", "ditolak"]
    assert client.post(f"/akseptor/titipan/{dunia.kader.pk}/selesai/", {"alasan": "dicatat lagi"}).status_code == 302
    assert Titipan.objects.get().selesai_pada is not None


@pytest.mark.parametrize("siapa", ["plkb", "koordinator"])
def test_kader_dua_petugas_titipannya_diambil_di_tempat_diterima(dunia: Dunia, client: Client, siapa: str) -> None:
    """One of her desa is another officer's: its records are put down there, and are not this one's to open."""
    Penugasan.objects.create(pengguna=dunia.kader, wilayah_id=NAGROG, mulai="2021-01-04")
    nonaktifkan(dunia, oleh="dppkb")
    sini, sana = data_formulir(dunia), data_formulir(dunia, desa=NAGROG, nama_istri="Enok Nagrog")
    titip(amplop(dunia, sini, sana))
    assert Titipan.objects.get().desa_id == CITEKO
    client.force_login(getattr(dunia, siapa))
    hasil = client.post(f"/akseptor/titipan/{dunia.kader.pk}/ambil/").context["hasil"]
    assert [b.tanda.hasil for b in hasil] == ["diterima", "diterima"]
    assert client.get(f"/akseptor/{sana['id']}/").status_code == 404
    client.force_login(dunia.plkb_jauh)
    assert "Enok Nagrog" in client.get(f"/akseptor/{sana['id']}/").content.decode()
    assert Titipan.objects.get().selesai_pada is not None


def test_yang_kemudian_pindah_atau_berganti_peran_tetap_dapat_diambil(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    titip(amplop(dunia, data_formulir(dunia)))
    dunia.kader.penugasan.update(wilayah_id=NAGROG)
    Pengguna.objects.filter(pk=dunia.kader.pk).update(peran="plkb", is_active=True)
    client.force_login(dunia.plkb)
    alamat = f"/akseptor/titipan/{dunia.kader.pk}"
    hasil = client.post(f"{alamat}/ambil/").context["hasil"]
    assert [b.tanda.hasil for b in hasil] == ["ditolak"]
    # What nobody can receive any more can be closed.
    assert client.post(f"{alamat}/selesai/", {"alasan": "dicatat lagi"}).status_code == 302


def test_amplop_yang_kuncinya_hilang_dapat_ditutup(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    titip(amplop(dunia, data_formulir(dunia)))
    Titipan.objects.update(berkas=b"x")
    client.force_login(dunia.plkb)
    alamat = f"/akseptor/titipan/{dunia.kader.pk}"
    assert client.post(f"{alamat}/ambil/").status_code == 200
    assert client.post(f"{alamat}/selesai/", {"alasan": "kuncinya hilang"}).status_code == 302


def test_yang_tugasnya_sudah_berakhir_tetap_ke_petugas_desa_terakhirnya(dunia: Dunia, client: Client) -> None:
    dunia.kader.penugasan.update(selesai=HARI.replace(day=1))
    Penugasan.objects.create(pengguna=dunia.kader, wilayah_id=NAGROG, mulai="2020-01-01", selesai="2020-12-31")
    nonaktifkan(dunia)
    assert titip(amplop(dunia, data_formulir(dunia))).status_code == 200
    client.force_login(dunia.plkb)
    hasil = client.post(f"/akseptor/titipan/{dunia.kader.pk}/ambil/").context["hasil"]
    assert [b.tanda.hasil for b in hasil] == ["diterima"]


def test_pintu_hanya_untuk_yang_nonaktif_dan_tidak_menunjukkan_apa_pun(dunia: Dunia) -> None:
    isi = amplop(dunia, data_formulir(dunia))
    assert titip(isi).status_code == 409
    nonaktifkan(dunia)
    assert Client().get(PINTU).status_code == 405
    palsu = berkas({"tanda": f"{dunia.kader.pk}:palsu", "catatan": [data_formulir(dunia)]})
    lain = berkas({"tanda": tanda_hp(dunia.kader), "kader": dunia.tetangga.pk, "catatan": [data_formulir(dunia)]})
    for buruk in (palsu, lain, b"x", b"{}", b"[" * 5000, amplop(dunia), amplop(dunia, {"id": 5}), amplop(dunia, {})):
        assert titip(buruk).status_code == 422
    assert titip(b"x" * (2 * 1024 * 1024 + 1)).status_code == 413
    assert not Titipan.objects.exists()
    assert sorted(titip(isi).json()) == ["diterima"]


def test_pintu_dibatasi(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    nonaktifkan(dunia)
    status = [titip(b"x").status_code for _ in range(percobaan.TITIPAN.bebas + 1)]
    assert status == [422] * percobaan.TITIPAN.bebas + [429]
    assert titip(amplop(dunia, data_formulir(dunia)), "10.0.0.9").status_code == 200
    monkeypatch.setattr(titipan, "MENUNGGU_TERBANYAK", 1)
    assert titip(amplop(dunia, data_formulir(dunia)), "10.0.0.9").status_code == 422


def test_berkas_cadangan_kader_nonaktif_diterima_petugasnya(dunia: Dunia, client: Client) -> None:
    nonaktifkan(dunia)
    from tests.akseptor.test_cadangan import unggah

    client.force_login(dunia.plkb_jauh)
    assert unggah(client, amplop(dunia, data_formulir(dunia))).status_code == 422
    client.force_login(dunia.plkb)
    assert unggah(client, amplop(dunia, data_formulir(dunia))).status_code == 200
    assert Pelayanan.objects.count() == 1
