"""The rescue file: made as a phone makes it, brought in by the officer, and harmless when the phone syncs later."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from akseptor.cadangan import kunci_publik, tanda_hp
from akseptor.forms.cadangan import TERBESAR
from akseptor.models import Akseptor, Pelayanan
from kader.models import Jejak, Penugasan
from tests.alat import NAGROG, Dunia, buat_dunia, catatan, data_formulir

ALAMAT = "/akseptor/cadangan/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def petugas(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.plkb)
    return client


def berkas(isi: object, kunci: str = "") -> bytes:
    """Encrypt as static/js/hp/cadangan.js does."""
    hp = ec.generate_private_key(ec.SECP256R1())
    server = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(kunci or kunci_publik()))
    turunan = HKDF(hashes.SHA256(), 32, salt=b"", info=b"poskb cadangan 1").derive(hp.exchange(ec.ECDH(), server))
    iv = b"123456789012"
    titik = hp.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    bagian = {"kunci": titik, "iv": iv, "isi": AESGCM(turunan).encrypt(iv, json.dumps(isi).encode(), None)}
    return json.dumps(
        {"poskb": "cadangan", "versi": 1} | {k: base64.b64encode(v).decode() for k, v in bagian.items()}
    ).encode()


def unggah(client: Client, isi: bytes) -> HttpResponse:
    return client.post(ALAMAT, {"berkas": SimpleUploadedFile("cadangan.poskb", isi)})


def test_masuk_atas_nama_kader_dan_kiriman_hp_kemudian_tidak_mengubah_apa_pun(dunia: Dunia, petugas: Client) -> None:
    satu = data_formulir(dunia, nama_istri="Euis Cadangan") | {"dicatat_pada": "2021-07-07T09:00:00+07:00"}
    p = catatan(dunia)
    Akseptor.objects.update(nama_istri="Enok Karangan")
    ubah = {"id": str(p.pk), "versi": 1, "rw": "7"}
    isi = {"tanda": tanda_hp(dunia.kader), "jam_hp": "2021-07-07T10:00:00+07:00", "catatan": [satu, ubah]}
    jawaban = unggah(petugas, berkas(isi))
    assert jawaban.status_code == 200
    assert [b.tanda.hasil for b in jawaban.context["hasil"].baris] == ["diterima", "diterima"]
    assert "Euis Cadangan" in jawaban.content.decode()
    assert Pelayanan.objects.get(pk=satu["id"]).dicatat_oleh == dunia.kader
    assert Jejak.objects.filter(tindakan="mengimpor cadangan", oleh=dunia.plkb).count() == 1
    # Brought in twice, then sent by the phone itself.
    sebelum = list(Pelayanan.objects.order_by("pk").values_list("pk", "versi"))
    assert {b.tanda.hasil for b in unggah(petugas, berkas(isi)).context["hasil"].baris} == {"sudah_ada"}
    petugas.force_login(dunia.kader)
    kirim = petugas.post("/akseptor/sinkron/", json.dumps({"catatan": [satu, ubah]}), content_type="application/json")
    assert [t["hasil"] for t in kirim.json()["tanda_terima"]] == ["sudah_ada", "sudah_ada"]
    assert list(Pelayanan.objects.order_by("pk").values_list("pk", "versi")) == sebelum


def test_lebih_dari_seratus_dan_yang_ditolak_dengan_sebabnya(dunia: Dunia, petugas: Client) -> None:
    banyak = [data_formulir(dunia, nama_istri="Oneng Banyak", nama_suami="") for _ in range(101)]
    jawaban = unggah(petugas, berkas({"tanda": tanda_hp(dunia.kader), "catatan": [*banyak, {"id": 5}]}))
    assert [b.tanda.hasil for b in jawaban.context["hasil"].baris] == ["ditolak"] * 102
    assert "Bagian ini perlu diisi." in jawaban.content.decode()
    assert not Pelayanan.objects.exists()


@pytest.mark.parametrize("siapa", ["jauh", "tanpa_wilayah", "plkb"])
def test_berkas_di_luar_wilayah_petugas(dunia: Dunia, petugas: Client, siapa: str) -> None:
    pemilik = dunia.orang()[siapa]
    isi = {"tanda": tanda_hp(pemilik), "catatan": [data_formulir(dunia)]}
    jawaban = unggah(petugas, berkas(isi))
    assert jawaban.status_code == 422
    assert "hubungi koordinator" in jawaban.content.decode()
    assert not Pelayanan.objects.exists()


def test_kader_yang_juga_bertugas_di_luar_wilayah_petugas(dunia: Dunia, petugas: Client) -> None:
    Penugasan.objects.create(pengguna=dunia.kader, wilayah_id=NAGROG, mulai="2021-01-04")
    assert unggah(petugas, berkas({"tanda": tanda_hp(dunia.kader), "catatan": []})).status_code == 422


@pytest.mark.parametrize(
    "isi",
    [
        b"x",
        b"{}",
        b'{"kunci": "AA==", "iv": "AA==", "isi": "AA=="}',
        b"[" * 5000,
        b"\xff\xfe",
        b'{"kunci": 1, "iv": [], "isi": null}',
    ],
)
def test_bukan_berkas_cadangan(petugas: Client, isi: bytes) -> None:
    jawaban = unggah(petugas, isi)
    assert (jawaban.status_code, "Minta kader mengirim sekali lagi" in jawaban.content.decode()) == (422, True)


def test_tanda_palsu_dan_kunci_lain(dunia: Dunia, petugas: Client) -> None:
    palsu = {"tanda": f"{dunia.kader.pk}:palsu", "catatan": [data_formulir(dunia)]}
    assert unggah(petugas, berkas(palsu)).status_code == 422
    lain = ec.generate_private_key(ec.SECP256R1()).public_key()
    titik = lain.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    isi = {"tanda": tanda_hp(dunia.kader), "catatan": [data_formulir(dunia)]}
    assert unggah(petugas, berkas(isi, base64.b64encode(titik).decode())).status_code == 422
    assert not Pelayanan.objects.exists()


def test_berkas_yang_membawa_tanda_kader_lain(dunia: Dunia, petugas: Client) -> None:
    isi = {"tanda": tanda_hp(dunia.tetangga), "kader": dunia.kader.pk, "catatan": [data_formulir(dunia)]}
    assert unggah(petugas, berkas(isi)).status_code == 422
    assert unggah(petugas, berkas(isi | {"kader": dunia.tetangga.pk})).status_code == 200


@pytest.mark.parametrize("nama", ["\ud800", 5, None])
def test_nama_yang_tidak_dapat_ditulis_tidak_mematahkan_halaman(dunia: Dunia, petugas: Client, nama: object) -> None:
    isi = {"tanda": tanda_hp(dunia.kader), "catatan": [data_formulir(dunia) | {"nama_istri": nama}]}
    jawaban = unggah(petugas, berkas(isi))
    assert [b.tanda.hasil for b in jawaban.context["hasil"].baris] == ["ditolak"]


def test_kunci_lama_masih_terbuka_sesudah_diganti(dunia: Dunia, petugas: Client, settings: object) -> None:
    isi = berkas({"tanda": tanda_hp(dunia.kader), "catatan": [data_formulir(dunia)]})
    settings.KUNCI_DATA = ["kunci yang baru sekali untuk diuji", *settings.KUNCI_DATA]
    assert unggah(petugas, isi).status_code == 200
    assert Pelayanan.objects.count() == 1


def test_berkas_dari_sebelum_kunci_tetap_dan_dari_kunci_sesi_lama(
    dunia: Dunia, petugas: Client, settings: object
) -> None:
    """Made for the data key, as it was before; and signed with a session key that has been replaced since."""
    tetap = settings.KUNCI_TETAP
    settings.KUNCI_TETAP = list(settings.KUNCI_DATA)
    lama = berkas({"tanda": tanda_hp(dunia.kader), "catatan": [data_formulir(dunia)]})
    settings.KUNCI_TETAP = tetap
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = (
        [settings.SECRET_KEY],
        "kunci sesi yang baru sekali untuk diuji",
    )
    petugas.force_login(dunia.plkb)
    assert unggah(petugas, lama).status_code == 200
    settings.KUNCI_DATA = ["kunci yang baru sekali untuk diuji"]
    assert unggah(petugas, lama).status_code == 422


def test_terlalu_banyak_catatan_ditolak_sebelum_satu_pun_ditulis(dunia: Dunia, petugas: Client) -> None:
    isi = {"tanda": tanda_hp(dunia.kader), "catatan": [data_formulir(dunia), *[{"id": "x"}] * 2000]}
    assert "lebih dari 2000 catatan" in unggah(petugas, berkas(isi)).content.decode()
    assert Pelayanan.objects.count() == 0


def test_tanpa_berkas_dan_terlalu_besar(petugas: Client) -> None:
    assert "Pilih berkas cadangan" in petugas.post(ALAMAT, {}).content.decode()
    assert "Berkas ini kosong" in unggah(petugas, b"").content.decode()
    assert "terlalu besar" in unggah(petugas, b"x" * (TERBESAR + 1)).content.decode()
