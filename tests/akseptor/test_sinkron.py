"""The sync endpoint: one receipt per record, and any number of repeats is one."""

import datetime as dt
import json
import random
import uuid

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akseptor.models import Akseptor, Pelayanan, TandaTerima
from akseptor.sinkron import jenis
from kader.models import Jejak
from poskb.dasar.waktu import WIB
from tests.alat import NAGROG, Dunia, buat_dunia, catatan, data_formulir, longgarkan_jejak

ALAMAT = "/akseptor/sinkron/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def hp(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.kader)
    return client


def kirim(client: Client, *catatan: dict, **tambahan: object) -> list[dict]:
    jawaban = client.post(ALAMAT, json.dumps({"catatan": catatan} | tambahan), content_type="application/json")
    assert jawaban.status_code == 200, jawaban.content
    return jawaban.json()["tanda_terima"]


def hasil(client: Client, *catatan: dict) -> list[str]:
    return [t["hasil"] for t in kirim(client, *catatan)]


def test_baru_diterima_lalu_sudah_ada(dunia: Dunia, hp: Client) -> None:
    satu = data_formulir(dunia)
    (tanda,) = kirim(hp, satu)
    assert (tanda["hasil"], tanda["versi"], tanda["galat"]) == ("diterima", 1, {})
    assert tanda["ringkas"]["nama_istri"] == satu["nama_istri"]
    assert satu["nik_istri"] not in json.dumps(tanda)
    assert hasil(hp, satu) == ["sudah_ada"]
    assert Pelayanan.objects.get().dicatat_oleh == dunia.kader


def test_sudah_ada_walau_petugas_sudah_mengubahnya(dunia: Dunia, hp: Client) -> None:
    satu = data_formulir(dunia)
    kirim(hp, satu)
    Pelayanan.objects.update(tahap="dikembalikan", versi=2)
    assert hasil(hp, satu) == ["sudah_ada"]


def test_nomor_yang_sama_dengan_isi_lain_tidak_hilang_diam_diam(dunia: Dunia, hp: Client) -> None:
    satu = data_formulir(dunia)
    kirim(hp, satu)
    (tanda,) = kirim(hp, satu | {"rw": "004"})
    assert tanda["hasil"] == "konflik"
    assert tanda["server"]["rw"] == ""
    assert "•" in tanda["server"]["nik_istri"]


def test_kata_kata_galat_sama_dengan_halaman(dunia: Dunia, hp: Client) -> None:
    buruk = data_formulir(dunia, nik_istri="123", nama_suami="", metode=None)
    (tanda,) = kirim(hp, buruk)
    halaman = hp.post("/akseptor/baru/", buruk).content.decode()
    assert tanda["hasil"] == "ditolak"
    assert set(tanda["galat"]) == {"nik_istri", "nama_suami", "metode"}
    for pesan in tanda["galat"].values():
        assert pesan[0] in halaman
    assert not Pelayanan.objects.exists()


def test_peringatan_ditanya_dan_konfirmasi_diterima(dunia: Dunia, hp: Client) -> None:
    satu = data_formulir(dunia, nik_istri="3214991203900001")
    (tanda,) = kirim(hp, satu)
    assert tanda["hasil"] == "ditolak"
    kode = ",".join(p["kode"] for p in tanda["peringatan"])
    assert "nik_laki_laki" in kode
    assert hasil(hp, satu | {"konfirmasi": kode}) == ["diterima"]


def test_mirip_disimpan_dan_ditunggu_keputusannya(dunia: Dunia, hp: Client) -> None:
    lama = catatan(dunia)
    sama = data_formulir(dunia, nik_istri=lama.akseptor.nik_istri, metode="iud")
    (tanya,) = kirim(hp, sama | {"tanya": True})
    assert (tanya["hasil"], [m["id"] for m in tanya["mirip"]]) == ("ditolak", [str(lama.akseptor_id)])
    assert Pelayanan.objects.count() == 1
    (tanda,) = kirim(hp, sama)
    assert (tanda["hasil"], tanda["mirip"][0]["sebab"]) == ("duplikat", "NIK sama")
    baru = Akseptor.objects.get(pk=sama["id"])
    assert baru.perlu_tinjau_duplikat
    assert baru.pasangan == lama.pasangan
    assert hasil(hp, sama, sama | {"tanya": True}) == ["sudah_ada", "sudah_ada"]


def test_perubahan_tanpa_nik_dan_ulangannya(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, tahap="dikembalikan", alasan_tahap="tanggal keliru")
    Akseptor.objects.update(nama_istri="Enok Karangan")
    ubah = {"id": str(p.pk), "versi": 1, "tanggal_pelayanan": "2021-07-07", "rw": "4"}
    (tanda,) = kirim(hp, ubah)
    assert (tanda["hasil"], tanda["versi"], tanda["pesan"]) == ("diterima", 2, "")
    nik = p.akseptor.nik_istri
    p = Pelayanan.objects.select_related("akseptor").get(pk=p.pk)
    assert (p.tahap, p.tanggal, p.akseptor.rw, p.alasan_tahap) == ("dilayani", dt.date(2021, 7, 7), "004", "")
    assert p.akseptor.nik_istri == nik
    assert hasil(hp, ubah, ubah) == ["sudah_ada", "sudah_ada"]
    assert Pelayanan.objects.get(pk=p.pk).versi == 2
    assert TandaTerima.objects.count() == 1


def test_yang_tidak_dikirim_tetap_juga_angka_nol(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia)
    Akseptor.objects.update(nama_istri="Enok Karangan", jumlah_anak=0)
    assert hasil(hp, {"id": str(p.pk), "versi": 1, "rw": "4"}) == ["diterima"]
    assert Akseptor.objects.get().jumlah_anak == 0


def test_diubah_petugas_sementara_itu_keduanya_tampak(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia)
    Akseptor.objects.update(nama_istri="Enok Karangan")
    Pelayanan.objects.filter(pk=p.pk).update(versi=3, status_peserta="ganti_cara")
    (tanda,) = kirim(hp, {"id": str(p.pk), "versi": 1, "status_peserta": "ulangan"})
    assert (tanda["hasil"], tanda["versi"], tanda["server"]["status_peserta"]) == ("konflik", 3, "ganti_cara")
    assert tanda["beda"] == [{"label": "Status peserta", "hp": "Ulangan", "server": "Ganti cara"}]
    assert hasil(hp, {"id": str(p.pk), "versi": 3, "status_peserta": "ulangan"}) == ["diterima"]


def test_beda_dalam_kata_kata_formulir(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, pascapersalinan=True)
    Akseptor.objects.update(rw="004")
    isi = {
        "tanggal_pelayanan": "2021-07-01",
        "faskes": "0",
        "rw": "4",
        "rt": "2",
        "pascapersalinan": "",
        "nama_suami": "",
    }
    (tanda,) = kirim(hp, {"id": str(p.pk), "versi": 9} | isi)
    beda = {b["label"]: (b["hp"], b["server"]) for b in tanda["beda"]}
    assert beda == {
        "Tanggal pelayanan": ("1 Juli 2021", "8 Juli 2021"),
        "Tempat pelayanan": ("0", "Puskesmas Plered"),
        "RT": ("002", "kosong"),
        "Pascapersalinan (dalam 42 hari setelah melahirkan)": ("tidak", "ya"),
        "Nama suami": ("kosong", "Jajang"),
    }
    (tanda,) = kirim(hp, {"jenis": "tahap", "id": str(p.pk), "versi": 9, "tindakan": "batal", "alasan": "x"})
    assert tanda["beda"] == [{"label": "Tahap", "hp": "Batalkan", "server": "Dilayani"}]


def test_yang_terverifikasi_ditolak_dengan_langkah(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, tahap="terverifikasi")
    (tanda,) = kirim(hp, {"id": str(p.pk), "versi": 1, "rw": "4"})
    assert tanda["hasil"] == "ditolak"
    assert "minta petugas PLKB mengembalikannya" in tanda["pesan"]


def test_gerak_calon_dan_ulangannya(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, None, tahap="calon", metode="", status_peserta="", faskes=None)
    rujuk = {"jenis": "tahap", "id": str(p.pk), "versi": 1, "tindakan": "rujuk"}
    tunda = {"jenis": "tahap", "id": str(p.pk), "versi": 2, "tindakan": "tunda", "alasan": "ibu sakit"}
    # Sent the wrong way round: the batch puts them in order, the receipts stay where they were.
    assert hasil(hp, tunda, rujuk) == ["diterima", "diterima"]
    assert hasil(hp, rujuk, tunda, rujuk) == ["sudah_ada"] * 3
    assert Pelayanan.objects.get(pk=p.pk).tahap == "ditunda"
    assert hasil(hp, tunda | {"versi": 3, "tindakan": "verifikasi"}) == ["ditolak"]
    assert hasil(hp, {"jenis": "tahap", "id": str(p.pk), "versi": 3, "tindakan": "batal", "alasan": " "}) == [
        "ditolak"
    ]


def test_pelayanan_lain_untuk_pasangan_yang_dikenal(dunia: Dunia, hp: Client) -> None:
    lama = catatan(dunia)
    Akseptor.objects.update(nama_istri="Enok Karangan")
    satu = data_formulir(dunia, nama_istri="Enok Karangan", nik_istri=lama.akseptor.nik_istri, metode="iud")
    satu |= {"akseptor": str(lama.akseptor_id), "tanya": True}
    assert hasil(hp, satu, satu) == ["diterima", "sudah_ada"]
    assert (Akseptor.objects.count(), lama.akseptor.pelayanan.count()) == (1, 2)


@pytest.mark.parametrize("siapa", ["jauh", "tidak ada", "", "\x00"])
def test_pelayanan_lain_untuk_pasangan_di_luar_wilayah(dunia: Dunia, hp: Client, siapa: str) -> None:
    jauh = catatan(dunia, desa=NAGROG, dicatat_oleh=dunia.jauh)
    kunci = str(jauh.akseptor_id) if siapa == "jauh" else siapa
    (tanda,) = kirim(hp, data_formulir(dunia) | {"akseptor": kunci})
    assert (tanda["hasil"], jauh.akseptor.nama_istri in json.dumps(tanda)) == ("ditolak", False)
    assert Pelayanan.objects.count() == 1


def test_tanda_terima_ulang_menyebut_versi_yang_dibuatnya(dunia: Dunia, hp: Client) -> None:
    """What she wrote after it stands on that version, not on what an officer made of it meanwhile."""
    satu = data_formulir(dunia)
    kirim(hp, satu)
    ubah = {"id": satu["id"], "versi": 1, "rw": "4"}
    kirim(hp, ubah)
    Pelayanan.objects.update(versi=5)
    tanda = kirim(hp, satu, ubah)
    assert [(t["hasil"], t["versi"], t["ringkas"]["versi"]) for t in tanda] == [
        ("sudah_ada", 1, 5),
        ("sudah_ada", 2, 5),
    ]


def test_yang_pindah_wilayah_tidak_diceritakan_lagi(dunia: Dunia, hp: Client) -> None:
    satu = data_formulir(dunia)
    kirim(hp, satu)
    Akseptor.objects.update(desa_id=NAGROG, nama_istri="Nama Sesudahnya")
    (sama, lain) = kirim(hp, satu, satu | {"rw": "9"})
    assert [t["hasil"] for t in (sama, lain)] == ["sudah_ada", "sudah_ada"]
    assert "Nama Sesudahnya" not in json.dumps([sama, lain])


def test_satu_catatan_yang_mematahkan_server_tidak_menahan_yang_lain(
    dunia: Dunia, hp: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jenis.PENANGAN, "tahap", lambda kiriman: 1 / 0)
    satu, rusak = data_formulir(dunia), {"jenis": "tahap", "id": str(uuid.uuid4()), "versi": 1}
    (patah, baik) = kirim(hp, rusak, satu)
    assert (patah["hasil"], "salah di server" in patah["pesan"], baik["hasil"]) == ("ditolak", True, "diterima")


def test_satu_yang_ditolak_tidak_mengganggu_yang_lain(dunia: Dunia, hp: Client) -> None:
    baik, buruk = data_formulir(dunia), data_formulir(dunia, desa=NAGROG)
    lain = data_formulir(dunia, nama_istri="Enok Karangan")
    assert hasil(hp, buruk, baik, {"id": "bukan"}, lain) == ["ditolak", "diterima", "ditolak", "diterima"]
    assert Pelayanan.objects.count() == 2


def test_nomor_orang_lain_dan_wilayah_orang_lain(dunia: Dunia, hp: Client) -> None:
    jauh = catatan(dunia, desa=NAGROG, dicatat_oleh=dunia.jauh)
    (baru, ubah) = kirim(hp, data_formulir(dunia, id=jauh.pk), {"id": str(jauh.pk), "versi": 1, "rw": "1"})
    assert (baru["hasil"], ubah["hasil"]) == ("ditolak", "ditolak")
    assert jauh.akseptor.nama_istri not in json.dumps([baru, ubah])


@pytest.mark.parametrize("isi", [b"", b"{", b"[]", b'{"catatan": {}}', b'{"catatan": [1]}', b"\xff", b"[" * 20000])
def test_kiriman_yang_tidak_terbaca(hp: Client, isi: bytes) -> None:
    jawaban = hp.post(ALAMAT, isi, content_type="application/json")
    assert jawaban.status_code == 400
    assert "tetap di HP" in jawaban.json()["pesan"]


def test_terlalu_banyak(hp: Client) -> None:
    isi = json.dumps({"catatan": [{}] * 101})
    assert hp.post(ALAMAT, isi, content_type="application/json").status_code == 413
    besar = json.dumps({"catatan": [{"alamat": "x" * 3_000_000}]})
    assert hp.post(ALAMAT, besar, content_type="application/json").status_code == 413


def test_sesi_berakhir_dan_bukan_kader(dunia: Dunia, client: Client) -> None:
    jawaban = client.post(ALAMAT, "{}", content_type="application/json")
    assert (jawaban.status_code, "masuk" in jawaban.json()["pesan"]) == (401, True)
    client.force_login(dunia.plkb)
    jawaban = client.post(ALAMAT, "{}", content_type="application/json")
    assert (jawaban.status_code, jawaban["Content-Type"]) == (403, "application/json")


def test_halaman_kader_lama_tidak_mengirim_atas_nama_kader_baru(dunia: Dunia, hp: Client) -> None:
    isi = {"kader": dunia.tetangga.pk, "catatan": [data_formulir(dunia)]}
    jawaban = hp.post(ALAMAT, json.dumps(isi), content_type="application/json")
    assert (jawaban.status_code, "masuk lagi dengan nama Anda" in jawaban.json()["pesan"]) == (401, True)
    assert not Pelayanan.objects.exists()
    assert hasil(hp, data_formulir(dunia)) == ["diterima"]
    isi["kader"] = dunia.kader.pk
    assert hp.post(ALAMAT, json.dumps(isi), content_type="application/json").status_code == 200


def test_tanpa_token_ditolak_sebagai_json(dunia: Dunia) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(dunia.kader)
    jawaban = client.post(ALAMAT, json.dumps({"catatan": [data_formulir(dunia)]}), content_type="application/json")
    assert (jawaban.status_code, "tetap di HP" in jawaban.json()["pesan"]) == (403, True)
    assert not Pelayanan.objects.exists()


def saat(hari: int, jam: int = 9) -> str:
    return dt.datetime(2021, 7, hari, jam, tzinfo=WIB).isoformat()


def test_jam_hp_keliru_diberitahu_dan_tidak_dipercaya(dunia: Dunia, hp: Client) -> None:
    # A phone three days behind: the record is as old as it says it is, the day is the product's.
    kini = dt.datetime.now(WIB) - dt.timedelta(days=3)
    satu = data_formulir(dunia) | {"dicatat_pada": (kini - dt.timedelta(hours=2)).isoformat()}
    isi = {"jam_hp": kini.isoformat(), "catatan": [satu]}
    jawaban = hp.post(ALAMAT, json.dumps(isi), content_type="application/json").json()
    assert "Jam HP ini terlambat 3 hari" in jawaban["jam"]["pesan"]
    assert abs(jawaban["jam"]["selisih_detik"] - 3 * 86400) < 60
    p = Pelayanan.objects.get()
    assert abs((p.diterima_pada - p.dicatat_pada) - dt.timedelta(hours=2)) < dt.timedelta(minutes=1)
    assert p.diterima_pada.astimezone(WIB).date() == dt.date(2021, 7, 8)


@pytest.mark.parametrize("teks", ["", "kemarin", 5, None, saat(9), "1021-01-01T00:00:00+07:00", saat(8, 23)])
def test_saat_dicatat_yang_tidak_masuk_akal_menjadi_saat_diterima(dunia: Dunia, hp: Client, teks: object) -> None:
    kirim(hp, data_formulir(dunia) | {"dicatat_pada": teks})
    p = Pelayanan.objects.get()
    assert p.dicatat_pada <= p.diterima_pada
    assert p.diterima_pada - p.dicatat_pada < dt.timedelta(days=1)


NILAI = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=40),
    st.lists(st.text()),
    st.just("\x00"),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_isi_apa_pun_mendapat_tanda_terima(dunia: Dunia, hp: Client, data: st.DataObject) -> None:
    p = catatan(dunia)
    isi = data_formulir(dunia) | {"dicatat_pada": saat(7), "versi": None, "jenis": "akseptor", "tanya": False}
    rusak = data.draw(st.dictionaries(st.sampled_from([*isi, "lain"]), NILAI, max_size=4))
    kunci = data.draw(st.sampled_from([isi["id"], str(p.pk)]))
    (tanda,) = kirim(hp, isi | {"id": kunci} | rusak)
    assert tanda["hasil"] in {"diterima", "sudah_ada", "duplikat", "ditolak", "konflik"}


NAMA = ("Euis Wulandari", "Oneng Rohaeti", "Cicih Hartati", "Popon Marlina", "Yoyoh Suganda")


def keadaan() -> tuple:
    kolom = ("pk", "tahap", "versi", "metode", "akseptor__rw", "pasangan", "dicatat_oleh")
    return (
        sorted(Pelayanan.objects.values_list(*kolom)),
        sorted(Jejak.objects.values_list("tindakan", "kunci")),
        TandaTerima.objects.count(),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acak=st.randoms(use_true_random=False), ulang=st.integers(1, 4), besar=st.integers(1, 7))
def test_urutan_dan_ulangan_apa_pun_sama_dengan_sekali(
    dunia: Dunia, hp: Client, acak: random.Random, ulang: int, besar: int
) -> None:
    Pelayanan.objects.all().delete()
    Akseptor.objects.all().delete()
    with longgarkan_jejak():
        Jejak.objects.all().delete()
    TandaTerima.objects.all().delete()
    calon = [catatan(dunia, None, tahap="calon", metode="", status_peserta="", faskes=None) for _ in range(3)]
    kiriman = [data_formulir(dunia, id=uuid.uuid4(), nama_istri=nama) for nama in NAMA]
    kiriman += [{"jenis": "tahap", "id": str(c.pk), "versi": 1, "tindakan": "rujuk"} for c in calon]
    semua = kiriman * ulang
    acak.shuffle(semua)
    for n in range(0, len(semua), besar):
        for tanda in kirim(hp, *semua[n : n + besar]):
            assert tanda["hasil"] in {"diterima", "sudah_ada"}, tanda
    baris, jejak, tanda_terima = keadaan()
    assert (len(baris), tanda_terima) == (8, 3)
    assert {b[2] for b in baris} == {1, 2}
    assert len(jejak) == 5 * 2 + 3
    assert {t["hasil"] for t in kirim(hp, *kiriman)} == {"sudah_ada"}
    assert keadaan() == (baris, jejak, tanda_terima)
