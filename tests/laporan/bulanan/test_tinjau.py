"""The officer's acts on a whole month: what is clean together, what is flagged singly, what changed is told."""

import pytest

from akseptor import actions as akseptor_actions
from akseptor.enums import Tahap
from akseptor.models import Akseptor, Pelayanan
from kader.models import Jejak, Penugasan
from laporan.bulanan import tinjau
from laporan.bulanan.tanda import tanda_bulan
from laporan.models import Kegiatan, LaporanBulanan, MacamKegiatan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, TETANGGA, cakupan

URL = f"/laporan/{DESA}/2021-06/"


@pytest.fixture
def laporan(c):
    return pabrik.laporan_dikirim(c, DESA)


def dilihat():
    """What the page hands to the act."""
    return {k.pk: k.versi for k in tanda_bulan([DESA], JUNI)[DESA].catatan_bersih}


def bersih(c, lihat=None, oleh=None):
    oleh = oleh or c.plkb
    return tinjau.verifikasi_bersih(oleh, cakupan(oleh), DESA, JUNI, dilihat() if lihat is None else lihat)


def tutup(c, lihat=None, versi=2, oleh=None):
    oleh = oleh or c.plkb
    return tinjau.verifikasi_dan_setujui(oleh, cakupan(oleh), DESA, JUNI, dilihat() if lihat is None else lihat, versi)


def tahap():
    return dict(Pelayanan.objects.values_list("pk", "tahap"))


def test_yang_bersih_diverifikasi_yang_bertanda_tidak(c, laporan):
    baik = [pabrik.pelayanan(bersih=True) for _ in range(3)]
    bertanda = pabrik.pelayanan()
    assert set(bersih(c).sudah) == {p.pk for p in baik}
    assert tahap()[bertanda.pk] == Tahap.DILAYANI
    assert Jejak.objects.filter(tindakan="verifikasi").count() == 3
    assert LaporanBulanan.objects.get().status == "dikirim"


def test_yang_bertanda_tidak_ikut_walau_dikirim_dari_halaman(c, laporan):
    baik, bertanda = pabrik.pelayanan(bersih=True), pabrik.pelayanan()
    hasil = bersih(c, {baik.pk: 1, bertanda.pk: 1})
    assert (hasil.sudah, hasil.tertinggal) == ([baik.pk], [bertanda.pk])


@pytest.mark.parametrize("apa", ["versi", "tanda", "diputuskan", "bulan lain", "desa lain"])
def test_yang_berubah_sementara_itu_ditinggal_dan_disebut(c, laporan, apa):
    tetap, berubah = pabrik.pelayanan(bersih=True), pabrik.pelayanan(bersih=True)
    lihat = dilihat()
    satu = Pelayanan.objects.filter(pk=berubah.pk)
    if apa == "versi":
        satu.update(versi=2)
    elif apa == "tanda":
        Akseptor.objects.filter(pk=berubah.akseptor_id).update(perlu_tinjau_duplikat=True)
    elif apa == "diputuskan":
        akseptor_actions.pindah_tahap(c.plkb, cakupan(c.plkb), berubah.pk, "kembalikan", alasan="Cek")
    elif apa == "bulan lain":
        satu.update(tanggal="2021-05-31")
    else:
        Akseptor.objects.filter(pk=berubah.akseptor_id).update(desa_id=TETANGGA)
    sebelum = tahap()[berubah.pk]
    hasil = bersih(c, lihat)
    assert (hasil.sudah, hasil.tertinggal) == ([tetap.pk], [berubah.pk])
    assert tahap()[berubah.pk] == sebelum


def test_bila_tidak_ada_yang_tersisa_dikatakan(c, laporan):
    pabrik.pelayanan(bersih=True)
    lihat = dilihat()
    bersih(c, lihat)
    sebelum = pabrik.potret()
    with pytest.raises(Ditolak, match="sudah berubah atau sudah diputuskan"):
        bersih(c, lihat)
    assert pabrik.potret() == sebelum


def test_verifikasi_dan_setujui_keduanya_dalam_riwayat(c, laporan):
    pabrik.pelayanan(bersih=True)
    pabrik.pelayanan(bersih=True, tahap=Tahap.TERVERIFIKASI)
    assert tutup(c).status == "disetujui"
    assert LaporanBulanan.objects.get().dihitung["baru"] == {"implan": 2}
    assert set(tahap().values()) == {Tahap.TERVERIFIKASI}
    assert list(Jejak.objects.order_by("pk").values_list("tindakan", flat=True)) == ["verifikasi", "setujui"]


def test_tanpa_akseptor_pun_dapat_ditutup(c, laporan):
    assert tutup(c).status == "disetujui"


@pytest.mark.parametrize(
    ("apa", "kata"),
    [
        ("bertanda", r"nik menyusul \(1\)"),
        ("tidak imbang", r"pus tidak seimbang \(1\)"),
        ("berubah", "1 catatan berubah"),
        ("bulan lain ikut dikirim", "1 catatan berubah"),
        ("desa lain ikut dikirim", "1 catatan berubah"),
        ("datang baru", "1 dari 2 akseptor baru"),
        ("versi laporan", "sudah diubah"),
    ],
)
def test_bila_ada_yang_lain_tidak_satu_pun_ditulis(c, laporan, apa, kata):
    satu = pabrik.pelayanan(bersih=True)
    lihat = dilihat()
    if apa == "bertanda":
        pabrik.pelayanan(bersih=True)
        Akseptor.objects.exclude(pk=satu.akseptor_id).update(
            nik_menyusul=True, nik_indeks=None, alasan_nik_menyusul="KTP di rumah"
        )
    elif apa == "tidak imbang":
        LaporanBulanan.objects.update(isi={**laporan.isi, "pus": 7})
    elif apa == "berubah":
        Pelayanan.objects.update(versi=5)
    elif apa == "datang baru":
        pabrik.pelayanan(bersih=True)
    elif apa.endswith("ikut dikirim"):
        # Nobody looked at it here: her other month, and a desa of hers whose report is not open.
        ke = {"tanggal": MEI} if apa.startswith("bulan") else {"desa": TETANGGA}
        Penugasan.objects.create(pengguna=c.plkb, wilayah_id=TETANGGA, mulai=MEI, pengganti=True)
        lihat[pabrik.pelayanan(**ke).pk] = 1
    else:
        LaporanBulanan.objects.update(versi=3)
    sebelum = (pabrik.potret(), tahap())
    with pytest.raises(Ditolak, match=kata):
        tutup(c, lihat)
    assert (pabrik.potret(), tahap()) == sebelum


def test_nomor_hp_yang_sama_tidak_menghalangi(c, laporan, settings):
    settings.TANDA_LAPORAN = {**settings.TANDA_LAPORAN, "hp_sama": 2}
    for _ in range(2):
        pabrik.pelayanan(bersih=True, hp="+6281211112222")
    assert [t.jenis for t in tanda_bulan([DESA], JUNI)[DESA].tanda] == ["hp"]
    assert tutup(c).status == "disetujui"


@pytest.mark.parametrize("siapa", ["kader", "plkb_lain", "koordinator", "dppkb", "admin"])
@pytest.mark.parametrize("tindakan", [bersih, tutup])
def test_orang_lain_tidak_memutuskan(c, laporan, siapa, tindakan):
    pabrik.pelayanan(bersih=True)
    sebelum = (pabrik.potret(), tahap())
    with pytest.raises(Ditolak):
        tindakan(c, oleh=getattr(c, siapa))
    assert (pabrik.potret(), tahap()) == sebelum


@pytest.mark.parametrize("status", ["draf", "dikembalikan"])
@pytest.mark.parametrize("tindakan", [bersih, tutup])
def test_hanya_laporan_yang_dikirim(c, laporan, status, tindakan):
    satu = pabrik.pelayanan(bersih=True)
    LaporanBulanan.objects.update(status=status)
    with pytest.raises(Ditolak):
        tindakan(c, {satu.pk: 1})
    assert tahap()[satu.pk] == Tahap.DILAYANI


@pytest.mark.parametrize("tindakan", [bersih, tutup])
def test_sesudah_periode_tutup_sebabnya_disebut(c, laporan, settings, tindakan):
    satu = pabrik.pelayanan(bersih=True)
    settings.HARI_INI = "2021-07-16"
    with pytest.raises(Ditolak, match="Periode tutup"):
        tindakan(c, {satu.pk: 1})
    assert tahap()[satu.pk] == Tahap.DILAYANI


# --- on the page ---------------------------------------------------------------------------------------------------


def kirim(c, jalan, **isi):
    return pabrik.masuk(c.plkb).post(URL + jalan, isi, follow=True)


def kiriman():
    return " ".join(f"{pk}:{v}" for pk, v in dilihat().items())


def halaman(c):
    """What the page's form sends: the clean records, the version, the hash of all that would be signed."""
    konteks = pabrik.masuk(c.plkb).get(URL).context
    return {"dilihat": kiriman(), "versi": konteks["versi"], "terlihat": konteks["terlihat"]}


@pytest.mark.parametrize("jalan", ["tutup/", "setujui/"])
@pytest.mark.parametrize("apa", ["kegiatan", "akseptor", "bulan lalu", "tanpa sidik"])
def test_yang_ditandatangani_adalah_yang_terlihat(c, apa, jalan):
    """The numbers on her page are those that are frozen: what came meanwhile stops the approval, and she is told."""
    pabrik.laporan_dikirim(c, DESA, MEI)
    pabrik.laporan_dikirim(c, DESA, JUNI)
    MacamKegiatan.objects.create(kode="penyuluhan", peran_bhakti=3, nama="Penyuluhan")
    isian = halaman(c)
    if apa == "kegiatan":
        saat = {"dicatat_oleh": c.kader, "dicatat_pada": sekarang(), "diterima_pada": sekarang()}
        Kegiatan.objects.create(desa_id=DESA, macam_id="penyuluhan", tanggal=JUNI, jumlah_orang=9, **saat)
    elif apa == "akseptor":
        pabrik.pelayanan(bersih=True, tahap=Tahap.TERVERIFIKASI)
    elif apa == "bulan lalu":
        pabrik.pelayanan(MEI, bersih=True, tahap=Tahap.TERVERIFIKASI)
    else:
        del isian["terlihat"]
    jawab = kirim(c, jalan, **isian)
    assert "berubah sejak halaman Anda dibuka, jadi belum disetujui" in jawab.content.decode()
    assert not LaporanBulanan.objects.filter(status="disetujui").exists()
    kirim(c, jalan, **halaman(c))
    assert LaporanBulanan.objects.get(bulan=JUNI).status == "disetujui"


def test_halaman_menawarkan_satu_tindakan_bila_bersih(c, laporan):
    for _ in range(3):
        pabrik.pelayanan(bersih=True)
    isi = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert "Verifikasi 3 catatan dan setujui" in isi
    assert "verifikasi-bersih" not in isi
    assert isi.count(f'value="{kiriman()}"') == 1


def test_halaman_menyebut_tanda_dan_menahan_persetujuan(c, laporan):
    pabrik.pelayanan(bersih=True)
    bertanda = pabrik.pelayanan(nama="Wati")
    isi = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert "3 hal perlu dilihat" in isi
    assert "Verifikasi semua yang bersih (1)" in isi
    assert "NIK menyusul: KTP di rumah" in isi
    assert isi.count(f'<a href="#catatan-{bertanda.pk}">Wati</a>') == 3
    assert "Laporan bisa disetujui setelah 2 catatan" in isi
    assert f"{URL}setujui/" not in isi
    assert f"{URL}tutup/" not in isi


def test_setelah_ditutup_terbuka_desa_berikutnya(c, laporan):
    pabrik.pelayanan(bersih=True)
    assert "Tidak ada lagi yang menunggu Anda." in kirim(c, "tutup/", **halaman(c)).content.decode()
    lain = pabrik.laporan_dikirim(c, DESA, MEI)
    isi = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert f'href="/laporan/{DESA}/{lain.kode_bulan}/"' in isi
    assert "Desa berikutnya yang menunggu" in isi


def test_lewat_halaman_yang_tertinggal_disebut(c, laporan):
    pabrik.pelayanan(bersih=True)
    satu = pabrik.pelayanan(bersih=True)
    kirimannya = kiriman()
    Pelayanan.objects.filter(pk=satu.pk).update(versi=2)
    isi = kirim(c, "verifikasi-bersih/", dilihat=kirimannya).content.decode()
    assert "1 catatan terverifikasi." in isi
    assert "1 catatan tidak ikut, karena berubah sejak halaman ini dibuka." in isi


@pytest.mark.parametrize("teks", ["x", "1:1", "32:", ":", "<script>:1", "9" * 5000])
@pytest.mark.parametrize("jalan", ["verifikasi-bersih/", "tutup/"])
def test_daftar_catatan_yang_rusak_menjadi_kalimat(c, laporan, teks, jalan):
    pabrik.pelayanan(bersih=True)
    sebelum = (pabrik.potret(), tahap())
    assert "tidak terbaca" in kirim(c, jalan, dilihat=teks, versi=2).content.decode()
    assert (pabrik.potret(), tahap()) == sebelum


def test_kabupaten_melihat_tanda_tanpa_nama(c, laporan):
    pabrik.pelayanan(nama="Wati")
    for siapa, bernama in ((c.koordinator, True), (c.dppkb, False)):
        isi = pabrik.masuk(siapa).get(URL).content.decode()
        assert "3 hal perlu dilihat" in isi
        assert ("Wati" in isi) is bernama
        assert f"{URL}tutup/" not in isi


def test_kader_tidak_melihat_tinjauan(c, laporan):
    pabrik.pelayanan()
    assert "perlu dilihat" not in pabrik.masuk(c.kader).get(URL).content.decode()


# --- beside last month ---------------------------------------------------------------------------------------------


def test_bersanding_dengan_bulan_lalu(c):
    pabrik.laporan_dikirim(c, DESA, MEI, pabrik.isian(kie=4, rakor=1))
    pabrik.laporan_dikirim(c, DESA, JUNI, pabrik.isian(kie=6, rakor=1))
    pabrik.pelayanan(bersih=True)
    for _ in range(2):
        pabrik.pelayanan(MEI, bersih=True)
    sanding = pabrik.masuk(c.plkb).get(URL).context["tinjauan"].sanding
    baris = {b.label: (b.lalu, b.ini, b.beda, b.sama) for x in sanding.bagian for b in x.baris if x.kunci == "II"}
    assert baris["KIE/penyuluhan"] == (4, 6, 2, False)
    assert baris["Rakor desa"] == (1, 1, 0, True)
    baru = next(b for x in sanding.bagian for b in x.baris if b.kelompok == "Peserta KB baru (PB)")
    assert (baru.label, baru.lalu, baru.ini, baru.beda) == ("Implan", 2, 1, -1)
    assert [x.kunci for x in sanding.bagian] == ["I", "II", "III", "IV", "V", "VI"]
    # The role evidence: activities and people, both months counted from the records.
    assert [(b.label, b.lalu, b.ini) for b in sanding.bagian[-1].baris][:2] == [
        ("Pengorganisasian, kegiatan", 0, 0),
        ("Pengorganisasian, orang", 0, 0),
    ]
    assert sanding.sama == sum(b.sama for x in sanding.bagian for b in x.baris)


def test_bulan_lalu_yang_disetujui_memakai_hitungan_beku(c):
    pabrik.laporan_dikirim(c, DESA, MEI)
    laporan = LaporanBulanan.objects.get()
    laporan.status, laporan.disetujui_oleh, laporan.disetujui_pada = "disetujui", c.plkb, laporan.dikirim_pada
    laporan.dihitung = {"baru": {"implan": 9}, "sd_lalu": {}, "catatan": []}
    laporan.save()
    pabrik.laporan_dikirim(c, DESA, JUNI)
    sanding = pabrik.masuk(c.plkb).get(URL).context["tinjauan"].sanding
    baru = next(b for x in sanding.bagian for b in x.baris if b.kelompok == "Peserta KB baru (PB)")
    assert (baru.lalu, baru.ini) == (9, 0)


def test_tanpa_bulan_lalu_tidak_ada_perbandingan(c, laporan):
    assert pabrik.masuk(c.plkb).get(URL).context["tinjauan"].sanding is None


# --- the reason lands where the kader begins -------------------------------------------------------------------------


def test_alasan_sampai_di_halaman_pertama_kader_dan_di_hpnya(c, laporan):
    satu = pabrik.pelayanan(nama="Wati", dicatat_oleh=c.kader)
    plkb = pabrik.masuk(c.plkb)
    plkb.post(f"/akseptor/catatan/{satu.pk}/kembalikan/", {"versi": 1, "alasan": "Cocokkan KTP-nya"})
    plkb.post(URL + "kembalikan/", {"versi": 2, "catatan_II": "KIE belum diisi", "catatan_umum": "Lihat buku"})
    kader = pabrik.masuk(c.kader)
    beranda = kader.get("/").content.decode()
    assert "Dikembalikan: Cocokkan KTP-nya" in beranda
    assert "Bagian II: KIE belum diisi" in beranda
    assert "Lihat buku" in beranda
    hp = kader.get("/hp/data.json").json()
    assert [(r["nama_istri"], r["tahap"], r["alasan"]) for r in hp["catatan"]] == [
        ("Wati", "dikembalikan", "Cocokkan KTP-nya")
    ]
    assert hp["laporan"][0]["alasan"] == ["Lihat buku", "Bagian II: KIE belum diisi"]
