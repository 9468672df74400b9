"""What an approval signed does not change: attacked by form, sync, admin, shell and raw SQL."""

import datetime as dt
import json
import uuid

import pytest
from django.db import Error, connection, transaction

from akseptor import actions as akseptor_actions
from akseptor.enums import Tahap
from akseptor.models import Akseptor, Pelayanan
from kader.enums import Peran
from kader.models import Jejak
from laporan.bulanan import actions
from laporan.models import Kegiatan, LaporanBulanan, MacamKegiatan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, TETANGGA, cakupan

BUKA = "minta koordinator atau DPPKB membuka kembali"


@pytest.fixture
def beku(c) -> Pelayanan:
    """A service in the approved report of June."""
    satu = pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    Pelayanan.objects.update(dicatat_oleh=c.kader)
    pabrik.disetujui(c)
    satu.refresh_from_db()
    return satu


@pytest.fixture
def giat(c) -> Kegiatan:
    """An activity of June, before its report is approved."""
    MacamKegiatan.objects.create(kode="penyuluhan", peran_bhakti=3, nama="Penyuluhan")
    return _giat(c)


def _giat(c, **ubah) -> Kegiatan:
    nilai = {"desa_id": DESA, "macam_id": "penyuluhan", "tanggal": dt.date(2021, 6, 30), "jumlah_orang": 3}
    saat = {"dicatat_oleh": c.kader, "dicatat_pada": sekarang(), "diterima_pada": sekarang()}
    return Kegiatan.objects.create(**(nilai | saat | ubah))


def semua() -> list[tuple]:
    """Every row that the attacks below aim at."""
    model = (Pelayanan, Akseptor, LaporanBulanan, Kegiatan)
    return [baris for m in model for baris in m.objects.order_by("pk").values_list()]


def tolak(serangan) -> None:
    """The database refuses, and nothing has moved."""
    sebelum = semua()
    with pytest.raises(Error), transaction.atomic():
        serangan()
    assert semua() == sebelum


def sql(perintah: str, *nilai: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(perintah, nilai)


def test_persetujuan_mengunci_baris_yang_dihitungnya_saja(c):
    ya = pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    for lain in (
        {"status": "ganti_cara"},
        {"desa": TETANGGA},
        {"tanggal": dt.date(2021, 7, 1)},
        {"tanggal": dt.date(2021, 5, 31)},
    ):
        pabrik.pelayanan(**({"tahap": Tahap.TERVERIFIKASI} | lain))
    pabrik.disetujui(c)
    assert list(Pelayanan.objects.filter(bulan_laporan__isnull=False).values_list("pk", "bulan_laporan")) == [
        (ya.pk, JUNI)
    ]


@pytest.mark.parametrize(
    "ubah",
    [
        {"tahap": "dilayani", "diverifikasi_oleh": None, "diverifikasi_pada": None},
        {"metode": "iud"},
        {"status_peserta": "ganti_cara"},
        {"tanggal": dt.date(2021, 7, 1)},
        {"tanggal": None, "tahap": "batal", "diverifikasi_oleh": None, "diverifikasi_pada": None},
        {"desa_id": TETANGGA},
        {"alasan_tahap": "x"},
        {"peringatan_dikonfirmasi": ["usia"]},
        {"diterima_pada": dt.datetime(2021, 7, 1, tzinfo=dt.UTC)},
        {"bulan_laporan": None},
        {"bulan_laporan": dt.date(2021, 7, 1)},
        {"bulan_laporan": None, "metode": "iud"},
    ],
)
def test_pelayanan_yang_dilaporkan_tidak_berubah_lewat_orm(c, beku, ubah):
    tolak(lambda: Pelayanan.objects.filter(pk=beku.pk).update(**ubah))
    for nama, nilai in ubah.items():
        setattr(beku, nama, nilai)
    tolak(beku.save)
    tolak(lambda: Pelayanan.objects.bulk_update([beku], list({n.removesuffix("_id") for n in ubah})))


def test_pelayanan_yang_dilaporkan_tidak_hilang(c, beku):
    tolak(lambda: Pelayanan.objects.filter(pk=beku.pk).delete())
    tolak(beku.delete)
    tolak(beku.akseptor.delete)
    tolak(lambda: sql("DELETE FROM akseptor_pelayanan WHERE id = %s", beku.pk))
    tolak(lambda: sql("DELETE FROM akseptor_akseptor WHERE id = %s", beku.akseptor_id))


def test_pasangan_tidak_pindah_desa_tetapi_boleh_menjadi_orang_yang_sama(c, beku):
    tolak(lambda: Akseptor.objects.filter(pk=beku.akseptor_id).update(desa_id=TETANGGA))
    tolak(lambda: sql("UPDATE akseptor_akseptor SET desa_id = %s", TETANGGA))
    lain = pabrik.pelayanan(dt.date(2021, 7, 2))
    Akseptor.objects.filter(pk=beku.akseptor_id).update(pasangan=lain.pasangan)
    Pelayanan.objects.filter(pk=beku.pk).update(versi=7)
    beku.refresh_from_db()
    assert (beku.pasangan, beku.versi, beku.bulan_laporan) == (lain.pasangan, 7, JUNI)


def test_tanda_terkunci_hanya_datang_dari_persetujuan(c, beku):
    bebas = pabrik.pelayanan(tahap=Tahap.TERVERIFIKASI)
    for bulan in (JUNI, dt.date(2021, 5, 1)):
        tolak(lambda bulan=bulan: Pelayanan.objects.filter(pk=bebas.pk).update(bulan_laporan=bulan))
    lahir = Pelayanan.objects.get(pk=bebas.pk)
    lahir.pk, lahir.bulan_laporan = bebas.akseptor.pk, JUNI
    bebas.delete()
    tolak(lambda: lahir.save(force_insert=True))


@pytest.mark.parametrize(
    "catatan",
    [
        {"tahap": Tahap.DILAYANI},
        {"tahap": Tahap.TERVERIFIKASI, "desa": TETANGGA},
        {"tahap": Tahap.TERVERIFIKASI, "status": "ulangan"},
        {"tahap": Tahap.TERVERIFIKASI, "tanggal": dt.date(2021, 7, 1)},
    ],
)
def test_persetujuan_yang_memuat_catatan_bukan_miliknya_ditolak(c, catatan):
    satu = pabrik.pelayanan(**catatan)
    laporan = pabrik.dikirim(c)
    kolom = {"status": "disetujui", "disetujui_oleh": c.plkb, "disetujui_pada": sekarang()}
    isi = {"baru": {}, "sd_lalu": {}}
    for daftar in ([str(satu.pk)], [str(c.kader.pk)]):
        tolak(
            lambda daftar=daftar: LaporanBulanan.objects.filter(pk=laporan.pk).update(
                dihitung=isi | {"catatan": daftar}, **kolom
            )
        )


@pytest.mark.parametrize(
    "ubah",
    [
        {},
        {"alasan_buka": "   "},
        {"alasan_buka": ""},
        {"dibuka_oleh": None},
        {"dibuka_pada": None},
        {"dibuka_oleh": "plkb"},
        {"dibuka_oleh": "kader"},
        {"dibuka_oleh": "admin"},
        {"status": "draf"},
        {"status": "dikirim"},
        {"isi": {"rakor": 99}},
        {"dikirim_oleh": "plkb"},
        {"bulan": dt.date(2021, 5, 1)},
    ],
)
def test_laporan_dibuka_hanya_dengan_nama_dan_alasan_baru(c, beku, ubah):
    sah = {
        "status": "dikembalikan",
        "disetujui_oleh": None,
        "disetujui_pada": None,
        "dihitung": {},
        "dibuka_oleh": "koordinator",
        "dibuka_pada": sekarang(),
        "alasan_buka": "Salah tulis",
    }
    orang = {"dibuka_oleh", "dikirim_oleh"}
    kolom = {k: getattr(c, v) if k in orang and v else v for k, v in (sah | ubah).items()}
    laporan = LaporanBulanan.objects.filter(bulan=JUNI)
    if ubah:
        tolak(lambda: laporan.update(**kolom))
        return
    laporan.update(**kolom)
    beku.refresh_from_db()
    assert beku.bulan_laporan is None
    # Approved again, the reason that stands there opens nothing: it takes a new one.
    laporan.update(status="disetujui", disetujui_oleh=c.plkb, disetujui_pada=sekarang())
    tolak(lambda: laporan.update(**kolom))
    laporan.update(**(kolom | {"dibuka_pada": sekarang()}))


def test_petugas_yang_tidak_aktif_tidak_membuka(c, beku):
    type(c.dppkb).objects.filter(pk=c.dppkb.pk).update(is_active=False)
    kolom = {"status": "dikembalikan", "disetujui_oleh": None, "disetujui_pada": None}
    buka = {"dibuka_oleh": c.dppkb, "dibuka_pada": sekarang(), "alasan_buka": "Salah tulis"}
    tolak(lambda: LaporanBulanan.objects.update(**kolom, **buka))


def test_kegiatan_bulan_yang_disetujui_terkunci_di_basis_data(c, giat):
    juli = _giat(c, tanggal=dt.date(2021, 7, 1))
    tetangga = _giat(c, desa_id=TETANGGA)
    pabrik.disetujui(c)
    tolak(lambda: _giat(c))
    tolak(lambda: _giat(c, tanggal=JUNI))
    for ubah in ({"jumlah_orang": 4}, {"versi": 2}, {"tanggal": juli.tanggal}, {"desa_id": TETANGGA}):
        tolak(lambda ubah=ubah: Kegiatan.objects.filter(pk=giat.pk).update(**ubah))
    tolak(lambda: Kegiatan.objects.filter(pk=giat.pk).update(dihapus_pada=sekarang(), dihapus_oleh=c.kader))
    tolak(giat.delete)
    tolak(lambda: sql("DELETE FROM laporan_kegiatan"))
    tolak(lambda: Kegiatan.objects.filter(pk=juli.pk).update(tanggal=giat.tanggal))
    tolak(lambda: Kegiatan.objects.filter(pk=tetangga.pk).update(desa_id=DESA))
    tolak(lambda: Kegiatan.objects.bulk_create([Kegiatan(**{**_kolom(giat), "id": uuid.uuid4()})]))
    # The days around it, and the neighbour's June, are open.
    for buka in ({"tanggal": dt.date(2021, 5, 31)}, {"tanggal": dt.date(2021, 7, 1)}, {"desa_id": TETANGGA}):
        _giat(c, **buka)


def _kolom(satu: Kegiatan) -> dict:
    return {f.attname: getattr(satu, f.attname) for f in Kegiatan._meta.concrete_fields}


# --- the product's own roads say it in a sentence ------------------------------------------------------------------
def test_petugas_mengembalikan_pelayanan_yang_dilaporkan_mendapat_kalimat(c, beku):
    client, sebelum = pabrik.masuk(c.plkb), semua()
    jawab = client.post(f"/akseptor/catatan/{beku.pk}/kembalikan/", {"alasan": "Keliru"}, follow=True)
    teks = jawab.content.decode()
    assert "Laporan Juni 2021 desa ini sudah disetujui" in teks
    assert BUKA in teks
    assert semua() == sebelum


def test_halaman_ibu_tidak_menawarkan_yang_terkunci(c, beku):
    teks = pabrik.masuk(c.plkb).get(f"/akseptor/{beku.akseptor_id}/").content.decode()
    assert "Juni 2021, sudah disetujui" in teks
    assert "Kembalikan ke kader" not in teks


@pytest.mark.parametrize("tindakan", ["kembalikan", "batal", "layani"])
def test_setiap_panah_ditolak_dengan_langkah(c, beku, tindakan):
    siapa = c.plkb if tindakan == "kembalikan" else c.kader
    with pytest.raises(Ditolak, match=f"Laporan Juni 2021 .*{BUKA}"):
        akseptor_actions.pindah_tahap(siapa, cakupan(siapa), beku.pk, tindakan, alasan="x")


def test_pindah_desa_ditolak_dengan_langkah(c, beku):
    sebelum = semua()
    with pytest.raises(Ditolak, match=f"Laporan Juni 2021 .*{BUKA}"):
        akseptor_actions.pindah_desa(c.koordinator, cakupan(c.koordinator), beku.akseptor_id, TETANGGA)
    assert semua() == sebelum
    bebas = pabrik.pelayanan(dt.date(2021, 7, 2), tahap=Tahap.TERVERIFIKASI)
    akseptor_actions.pindah_desa(c.koordinator, cakupan(c.koordinator), bebas.akseptor_id, TETANGGA)


def test_basis_data_yang_menolak_menjadi_kalimat(c, beku, monkeypatch):
    """An approval that slipped in between looking and writing: the trigger refuses, the person reads a sentence."""
    sebelum = semua()
    monkeypatch.setattr("akseptor.actions.desa.periksa_belum_dilaporkan", lambda *_: None)
    with pytest.raises(Ditolak, match="baru saja disetujui"):
        akseptor_actions.pindah_desa(c.koordinator, cakupan(c.koordinator), beku.akseptor_id, TETANGGA)
    assert semua() == sebelum


def kirim(client, *catatan) -> list[dict]:
    jawab = client.post("/akseptor/sinkron/", json.dumps({"catatan": catatan}), content_type="application/json")
    assert jawab.status_code == 200
    return jawab.json()["tanda_terima"]


def test_sinkron_menolak_satu_satu_dan_kumpulannya_selamat(c, beku):
    bebas = pabrik.pelayanan(dt.date(2021, 7, 2), tahap=Tahap.CALON)
    ubah = {"jenis": "akseptor", "id": str(beku.pk), "versi": beku.versi, "metode": "iud"}
    batal = {"jenis": "tahap", "id": str(beku.pk), "versi": beku.versi, "tindakan": "batal", "alasan": "x"}
    rujuk = {"jenis": "tahap", "id": str(bebas.pk), "versi": bebas.versi, "tindakan": "rujuk"}
    tanda = kirim(pabrik.masuk(c.kader), ubah, batal, rujuk)
    assert [t["hasil"] for t in tanda] == ["ditolak", "ditolak", "diterima"]
    for satu in tanda[:2]:
        assert "Laporan Juni 2021 desa ini sudah disetujui" in satu["galat"]["__all__"][0]
        assert BUKA in satu["galat"]["__all__"][0]
    beku.refresh_from_db()
    assert (beku.tahap, beku.metode) == ("terverifikasi", "implan")


def test_kader_tidak_membuka_formulir_yang_terkunci(c, beku):
    client = pabrik.masuk(c.kader)
    assert BUKA in client.get(f"/akseptor/catatan/{beku.pk}/ubah/", follow=True).content.decode()


def test_admin_hanya_membaca(c, beku):
    client = pabrik.masuk(c.admin)
    sebelum = semua()
    for model, pk in (("akseptor/pelayanan", beku.pk), ("laporan/laporanbulanan", LaporanBulanan.objects.get().pk)):
        for jalan in ("change", "delete"):
            assert client.post(f"/admin/{model}/{pk}/{jalan}/", {"post": "yes", "status": "draf"}).status_code == 403
    assert semua() == sebelum
    assert c.admin.peran == Peran.ADMIN


def test_dibuka_kembali_membebaskan_lalu_terkunci_lagi(c, beku):
    laporan = LaporanBulanan.objects.get()
    laporan = actions.buka_kembali(c.koordinator, cakupan(c.koordinator), DESA, JUNI, "Salah tulis", laporan.versi)
    beku.refresh_from_db()
    assert (beku.bulan_laporan, laporan.dibuka_oleh, laporan.alasan_buka) == (None, c.koordinator, "Salah tulis")
    akseptor_actions.pindah_tahap(c.plkb, cakupan(c.plkb), beku.pk, "kembalikan", alasan="Tanggal keliru")
    assert Jejak.objects.filter(kunci=str(beku.pk), tindakan="kembalikan").count() == 1
    akseptor_actions.pindah_tahap(c.kader, cakupan(c.kader), beku.pk, "layani")
    akseptor_actions.pindah_tahap(c.plkb, cakupan(c.plkb), beku.pk, "verifikasi")
    laporan = actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(), laporan.versi)
    actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi)
    beku.refresh_from_db()
    assert beku.bulan_laporan == JUNI
    teks = pabrik.masuk(c.plkb).get(f"/laporan/{DESA}/2021-06/").content.decode()
    assert "Terakhir dibuka kembali 8 Juli 2021" in teks
    assert "oleh Bu koordinator (Koordinator): Salah tulis" in teks
