"""The way of a photo: page and sync, once; its lock, its history, who sees it, and that it can be taken away for good."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from akseptor.cadangan import tanda_hp
from kader.models import Jejak
from laporan.kegiatan import actions
from laporan.kegiatan.foto import baca_foto
from laporan.models import FotoKegiatan, Kegiatan
from tests.akseptor.test_cadangan import berkas, unggah
from tests.akseptor.test_sinkron import hasil, kirim
from tests.alat import CITEKO, NAGROG, Dunia, cakupan, kegiatan, mentah
from tests.laporan.kegiatan import gambar
from tests.laporan.kegiatan.alat import buka_semua, data, setujui
from tests.laporan.kegiatan.test_sinkron import baru, ganti

JUNI = dt.date(2021, 6, 1)
SATU, DUA = gambar.foto(), gambar.foto(900, 1200)


def masuk(siapa: object) -> Client:
    client = Client()
    client.force_login(siapa)
    return client


def ubah_foto() -> list[list[str]]:
    """What the history says of photos, oldest first."""
    jejak = Jejak.objects.filter(jenis="kegiatan").order_by("pk")
    return [j.perubahan["sidik_foto"] for j in jejak if "sidik_foto" in j.perubahan]


def berfoto(hp: Client, isi: bytes = SATU, **ubah: object) -> Kegiatan:
    satu = baru(foto=gambar.teks(isi), **ubah)
    assert hasil(hp, satu) == ["diterima"]
    return Kegiatan.objects.get(pk=satu["id"])


# --- the sync ---------------------------------------------------------------------------------------------------------
def test_lewat_sinkron_sekali(dunia: Dunia, hp: Client) -> None:
    satu = baru(foto=gambar.teks(gambar.ramai(1280, 960)))
    (tanda,) = kirim(hp, satu)
    assert (tanda["hasil"], tanda["ringkas"]["ada_foto"]) == ("diterima", True)
    # The picture itself never comes back with lists.
    assert satu["foto"][:50] not in json.dumps(tanda)
    k = Kegiatan.objects.get()
    gambar_server = baca_foto(k)
    assert gambar.buka(gambar_server).size == (1280, 960)
    assert hasil(hp, satu, satu) == ["sudah_ada"] * 2
    assert (FotoKegiatan.objects.count(), Kegiatan.objects.get().versi, ubah_foto()) == (1, 1, [["", "ditambah"]])
    assert hp.get("/hp/data.json").json()["kegiatan"][0]["ada_foto"] is True


def test_nomor_yang_sama_dengan_foto_lain_adalah_bentrok(dunia: Dunia, hp: Client) -> None:
    satu = baru(foto=gambar.teks(SATU))
    kirim(hp, satu)
    (tanda,) = kirim(hp, satu | {"foto": gambar.teks(DUA)})
    assert tanda["hasil"] == "konflik"
    assert tanda["beda"] == [{"label": "Foto", "hp": "foto baru", "server": "foto lain"}]
    assert gambar.buka(baca_foto(Kegiatan.objects.get())).size == (1280, 960)


def test_ditambah_diganti_dihapus_lewat_sinkron(dunia: Dunia, hp: Client) -> None:
    k = kegiatan(dunia.kader)
    langkah = [
        ganti(k, 1, foto=gambar.teks(SATU)),
        ganti(k, 2, foto=gambar.teks(DUA)),
        # Nothing said about the photo: it stays.
        ganti(k, 3, jumlah_orang="7", foto="", hapus_foto=""),
        ganti(k, 4, foto="", hapus_foto="on"),
    ]
    for satu in langkah:
        assert hasil(hp, satu) == ["diterima"]
        assert hasil(hp, satu) == ["sudah_ada"]
    assert ubah_foto() == [["", "ditambah"], ["ada", "diganti"], ["ada", "dihapus"]]
    k.refresh_from_db()
    assert (k.sidik_foto, k.versi, FotoKegiatan.objects.count()) == ("", 5, 0)


def test_foto_yang_sama_lagi_tidak_menulis_apa_pun(dunia: Dunia, hp: Client) -> None:
    k = berfoto(hp)
    sebelum = bytes(FotoKegiatan.objects.get().isi)
    assert hasil(hp, ganti(k, 1, jumlah_orang="4", foto=gambar.teks(SATU))) == ["diterima"]
    # Encrypted anew it would read differently.
    assert bytes(FotoKegiatan.objects.get().isi) == sebelum
    assert ubah_foto() == [["", "ditambah"]]


def test_diubah_sementara_itu_keduanya_tetap(dunia: Dunia, hp: Client) -> None:
    k = berfoto(hp)
    Kegiatan.objects.update(versi=3)
    for isi, kata in (
        ({"foto": gambar.teks(DUA)}, ("foto baru", "foto lain")),
        ({"foto": "", "hapus_foto": "on"}, ("tidak ada", "ada")),
    ):
        (tanda,) = kirim(hp, ganti(k, 1, **isi))
        assert (tanda["hasil"], tanda["server"]["ada_foto"]) == ("konflik", True)
        assert tanda["beda"] == [{"label": "Foto", "hp": kata[0], "server": kata[1]}]
    # The same photo is no difference.
    (tanda,) = kirim(hp, ganti(k, 1, foto=gambar.teks(SATU), jumlah_orang="3"))
    assert [b["label"] for b in tanda["beda"]] == ["Berapa orang"]
    assert gambar.buka(baca_foto(k)).size == (1280, 960)
    # Hers, knowing the newer version.
    assert hasil(hp, ganti(k, 3, foto=gambar.teks(DUA))) == ["diterima"]
    assert gambar.buka(baca_foto(k)).size == (900, 1200)


def test_penolakan_memakai_kata_formulir(dunia: Dunia, hp: Client) -> None:
    (tanda,) = kirim(hp, baru(foto=gambar.teks(b"bukan foto")))
    assert (tanda["hasil"], list(tanda["galat"])) == ("ditolak", ["foto"])
    halaman = hp.post("/kegiatan/baru/", data() | {"foto": gambar.berkas(b"bukan foto")})
    assert halaman.status_code == 422
    assert tanda["galat"]["foto"][0] in halaman.content.decode()
    assert not Kegiatan.objects.exists()


def test_hanya_foto_yang_boleh_panjang(dunia: Dunia, hp: Client) -> None:
    (tanda,) = kirim(hp, baru(catatan=gambar.teks(SATU)))
    assert "tidak terbaca" in tanda["pesan"]
    (tanda,) = kirim(hp, {"jenis": "tahap", "id": baru()["id"], "foto": gambar.teks(SATU)})
    assert "tidak terbaca" in tanda["pesan"]


def test_lewat_berkas_cadangan_lalu_hp_mengirim_sendiri(dunia: Dunia, hp: Client) -> None:
    satu = baru(foto=gambar.teks(gambar.ramai(1280, 960)))
    isi = {"tanda": tanda_hp(dunia.kader), "jam_hp": "2021-07-08T10:00:00+07:00", "catatan": [satu]}
    jawaban = unggah(masuk(dunia.plkb), berkas(isi))
    assert [b.tanda.hasil for b in jawaban.context["hasil"].baris] == ["diterima"]
    assert hasil(hp, satu) == ["sudah_ada"]
    assert gambar.buka(baca_foto(Kegiatan.objects.get())).size == (1280, 960)


# --- the page ---------------------------------------------------------------------------------------------------------
def test_tanpa_skrip_ditambah_diganti_dihapus(dunia: Dunia, hp: Client) -> None:
    satu = data()
    assert hp.post("/kegiatan/baru/", satu | {"foto": gambar.berkas(SATU)}).status_code == 302
    k = Kegiatan.objects.get()
    alamat = f"/kegiatan/{k.pk}/ubah/"
    # Posted twice by an impatient finger: once.
    assert (
        "tidak dicatat dua kali"
        in hp.post("/kegiatan/baru/", satu | {"foto": gambar.berkas(SATU)}, follow=True).content.decode()
    )
    teks = hp.get(alamat).content.decode()
    assert f'src="/kegiatan/{k.pk}/foto.jpg?kecil"' in teks
    assert 'name="hapus_foto"' in teks
    assert 'enctype="multipart/form-data"' in teks
    hp.post(alamat, satu | {"versi": "1", "foto": gambar.berkas(DUA), "hapus_foto": "on"})
    assert gambar.buka(baca_foto(k)).size == (900, 1200)
    hp.post(alamat, satu | {"versi": "2", "jumlah_orang": "3"})
    assert FotoKegiatan.objects.exists()
    hp.post(alamat, satu | {"versi": "3", "hapus_foto": "on"})
    assert not FotoKegiatan.objects.exists()
    daftar = hp.get("/kegiatan/").content.decode()
    for kata in ("ditambah", "diganti", "dihapus"):
        assert (f"Foto <b>{kata}</b>" in daftar) is True
    assert "foto.jpg" not in daftar


def test_galat_lain_meminta_fotonya_lagi(dunia: Dunia, hp: Client) -> None:
    jawaban = hp.post("/kegiatan/baru/", data(jumlah_orang="") | {"foto": gambar.berkas(SATU)})
    assert jawaban.status_code == 422
    assert "Pilih fotonya sekali lagi" in jawaban.content.decode()
    assert "Pilih fotonya sekali lagi" not in hp.post("/kegiatan/baru/", data(jumlah_orang="")).content.decode()


def test_formulir_kosong_di_hp_tanpa_foto_siapa_pun(dunia: Dunia, hp: Client) -> None:
    berfoto(hp)
    teks = hp.get("/kegiatan/baru/?kerangka=1").content.decode()
    assert "foto.jpg" not in teks
    assert 'accept="image/*"' in teks
    assert "js/foto." in teks
    # Only this page carries its script.
    for lain in ("/akseptor/baru/", "/", "/kegiatan/"):
        assert "js/foto." not in hp.get(lain).content.decode()


# --- who sees it ------------------------------------------------------------------------------------------------------
def test_petugas_melihat_kecil_di_daftar_dan_besar(dunia: Dunia, hp: Client) -> None:
    k = berfoto(hp)
    alamat = f"/kegiatan/{k.pk}/foto.jpg"
    plkb = masuk(dunia.plkb)
    assert f'src="{alamat}?kecil"' in plkb.get(f"/kegiatan/?desa={CITEKO}").content.decode()
    for url, ukuran in ((alamat, (1280, 960)), (f"{alamat}?kecil", (240, 180))):
        jawaban = plkb.get(url)
        assert gambar.buka(jawaban.content).size == ukuran
        assert jawaban["Content-Type"] == "image/jpeg"
        assert jawaban["Cache-Control"] == "no-store"
        assert jawaban["X-Content-Type-Options"] == "nosniff"
        assert jawaban["Content-Disposition"] == 'inline; filename="kegiatan-2021-07-08.jpg"'


@pytest.mark.parametrize(
    ("siapa", "status"),
    [
        *[("kader", 200), ("plkb", 200), ("koordinator", 200)],
        *[("tetangga", 404), ("plkb_jauh", 404), ("jauh", 404), ("tanpa_wilayah", 404)],
        *[("dppkb", 403), ("admin", 403)],
    ],
)
def test_hanya_di_wilayahnya_dan_bukan_dppkb(dunia: Dunia, hp: Client, siapa: str, status: int) -> None:
    k = berfoto(hp)
    client = masuk(getattr(dunia, siapa))
    assert client.get(f"/kegiatan/{k.pk}/foto.jpg").status_code == status
    if siapa == "dppkb":
        assert "foto.jpg" not in client.get(f"/kegiatan/?desa={CITEKO}").content.decode()


def test_foto_kegiatan_orang_lain_tidak_bisa_disentuh(dunia: Dunia, hp: Client) -> None:
    jauh = kegiatan(dunia.jauh, desa=NAGROG)
    for satu in (ganti(jauh, foto=gambar.teks(SATU)), baru(id=jauh.pk, foto=gambar.teks(SATU))):
        assert hasil(hp, satu) == ["ditolak"]
    assert not FotoKegiatan.objects.exists()


def test_kegiatan_tanpa_foto_atau_dihapus_tidak_menunjukkan_apa_pun(dunia: Dunia, hp: Client) -> None:
    assert hp.get(f"/kegiatan/{kegiatan(dunia.kader).pk}/foto.jpg").status_code == 404
    k = berfoto(hp)
    actions.hapus(dunia.kader, cakupan(dunia.kader), k.pk, versi=1)
    assert hp.get(f"/kegiatan/{k.pk}/foto.jpg").status_code == 404
    assert "foto.jpg" not in hp.get("/kegiatan/").content.decode()
    # Put back with all that belonged to it.
    actions.pulihkan(dunia.kader, cakupan(dunia.kader), k.pk)
    assert hp.get(f"/kegiatan/{k.pk}/foto.jpg").status_code == 200


# --- at rest, erased, locked ------------------------------------------------------------------------------------------
def test_di_basis_data_tidak_terbaca(dunia: Dunia, hp: Client) -> None:
    berfoto(hp)
    (baris,) = mentah(FotoKegiatan)
    for isi in (baris["isi"], baris["kecil"]):
        assert b"JFIF" not in isi
        assert isi.startswith(b"gAAAA")


def test_dihapus_berarti_hilang_dan_riwayat_menyebutnya(dunia: Dunia, hp: Client) -> None:
    k = berfoto(hp)
    kirim(hp, ganti(k, 1, hapus_foto="on"))
    assert not FotoKegiatan.objects.exists()
    assert hp.get(f"/kegiatan/{k.pk}/foto.jpg").status_code == 404
    sidik = k.sidik_foto
    assert sidik not in json.dumps(list(Jejak.objects.values_list("perubahan", flat=True)))
    daftar = masuk(dunia.plkb).get(f"/kegiatan/?desa={CITEKO}").content.decode()
    assert "Foto <b>ditambah</b>" in daftar
    assert "Foto <b>dihapus</b>" in daftar


def test_bulan_yang_disetujui_menolak_foto(dunia: Dunia, hp: Client) -> None:
    k = berfoto(hp, tanggal="2021-06-10")
    polos = kegiatan(dunia.kader, dt.date(2021, 6, 11))
    setujui(dunia.plkb, JUNI)
    for satu in (
        ganti(k, foto=gambar.teks(DUA)),
        ganti(k, hapus_foto="on"),
        ganti(polos, foto=gambar.teks(DUA)),
        baru(tanggal="2021-06-12", foto=gambar.teks(DUA)),
    ):
        (tanda,) = kirim(hp, satu)
        assert "minta koordinator atau DPPKB membuka kembali" in tanda["galat"]["__all__"][0]
    assert gambar.buka(baca_foto(k)).size == (1280, 960)
    # Still read by who may.
    assert hp.get(f"/kegiatan/{k.pk}/foto.jpg").status_code == 200
    buka_semua(dunia.koordinator)
    assert hasil(hp, ganti(k, hapus_foto="on")) == ["diterima"]


def test_kunci_ada_di_basis_data_juga(dunia: Dunia, hp: Client) -> None:
    k = berfoto(hp, tanggal="2021-06-10")
    polos = kegiatan(dunia.kader, dt.date(2021, 6, 11))
    setujui(dunia.plkb, JUNI)
    for coba in (
        lambda: FotoKegiatan.objects.filter(pk=k.pk).update(isi=b"x"),
        lambda: FotoKegiatan.objects.filter(pk=k.pk).delete(),
        lambda: FotoKegiatan.objects.create(kegiatan=polos, isi=b"x", kecil=b"x"),
        lambda: FotoKegiatan.objects.filter(pk=k.pk).update(kegiatan=polos),
        lambda: Kegiatan.objects.filter(pk=k.pk).update(sidik_foto=""),
    ):
        with pytest.raises(DatabaseError, match="sudah disetujui"), transaction.atomic():
            coba()
    assert gambar.buka(baca_foto(k)).size == (1280, 960)
    # July is open.
    FotoKegiatan.objects.create(kegiatan=kegiatan(dunia.kader), isi=b"x", kecil=b"x").delete()
