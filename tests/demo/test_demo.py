"""The demo: plausible, consistent with the rules of the product, the same every time, and nowhere but in a demo."""

import datetime as dt
import io
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum

from akseptor import nik
from akseptor.enums import TAHAP_TERLAYANI, HasilKunjungan, Tahap
from akseptor.kunjungan.daftar import kemajuan
from akseptor.models import Akseptor, Kunjungan, Pelayanan, Persetujuan
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak, Pengguna, Penugasan, Wilayah
from kader.models.penugasan import cakupan_pengguna
from kader.petugas import daftar_pengganti
from laporan.bulanan import imbang
from laporan.bulanan.banding import banding
from laporan.bulanan.bukti import per_peran, tulis_beku
from laporan.bulanan.hitung import baris_laporan, yang_dihitung
from laporan.bulanan.kelengkapan import Isian, kekurangan
from laporan.bulanan.lembar import buka
from laporan.bulanan.matriks import bulan_pertama, bulan_tahun, matriks
from laporan.bulanan.papan import laporan_perlu_tindakan
from laporan.bulanan.tanda import Jenis, tanda_bulan
from laporan.bulanan.tenggat import tenggat
from laporan.demo import acak, orang
from laporan.demo.diam import DESA_DIAM
from laporan.demo.lapor import JUNI
from laporan.demo.silam import APRIL, MEI
from laporan.enums import StatusLaporan, TingkatImp
from laporan.imp.bukti import bukti as bukti_imp
from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kegiatan.foto import baca_foto
from laporan.kelola.penutupan import sesudah
from laporan.models import (
    Capaian,
    Cuplikan,
    FotoKegiatan,
    InputSiga,
    Kampanye,
    Kegiatan,
    KelasImp,
    LaporanBulanan,
    Pengecualian,
    Pesan,
)
from laporan.siga.actions import TANDAI
from laporan.siga.daftar import daftar_siga
from poskb.dasar.waktu import WIB, hari_wib, sekarang

SEPTEMBER = dt.date(2021, 9, 1)

pytestmark = pytest.mark.django_db


def jalankan(perintah: str) -> str:
    keluar = io.StringIO()
    call_command(perintah, stdout=keluar)
    return keluar.getvalue()


@pytest.fixture
def demo(demo_sekali, settings) -> None:
    settings.DEMO = True


def periksa_angka() -> None:
    isi = Cuplikan.objects.get(wilayah="32.14", kampanye__target=1831).isi
    assert isi["target"] == 1831
    assert isi["tercatat"] == 822, "the months before June do not touch the campaign"
    seharusnya = 21 / 44
    laju = [b["tercatat"] / b["target"] / seharusnya for b in isi["per_wilayah"]]
    assert len(laju) == 17
    assert 0.3 < min(laju) < 0.45
    assert 1.7 < max(laju) < 2
    assert hitung_ulang_semua() == []
    tahap = Counter(Pelayanan.objects.order_by().values_list("tahap", flat=True))
    assert set(tahap) == set(Tahap)
    juni = Pelayanan.objects.filter(tanggal__month=6, tahap__in=TAHAP_TERLAYANI)
    juli = Pelayanan.objects.filter(tanggal__month=7, tahap__in=TAHAP_TERLAYANI)
    assert juni.filter(tahap=Tahap.TERVERIFIKASI).count() > 0.7 * juni.count()
    assert juli.filter(tahap=Tahap.TERVERIFIKASI).count() < 0.3 * juli.count()


def periksa_catatan() -> None:
    for a in Akseptor.objects.all():
        if a.nik_istri:
            assert a.nik_istri.startswith("321499")
            assert nik.periksa_struktur(a.nik_istri) == ""
        assert not a.no_hp or a.no_hp.startswith("+62812000")
    hari_ini = dt.date(2021, 7, 8)
    for p in Pelayanan.objects.select_related("akseptor"):
        a = p.akseptor
        peringatan = (
            {x.kode for x in nik.peringatan(a.nik_istri, a.tanggal_lahir_istri, hari_ini, "32.14")}
            if (a.nik_istri)
            else set()
        )
        if nik.usia(a.tanggal_lahir_istri, p.tanggal or hari_ini) not in nik.USIA_SUBUR:
            peringatan.add("usia")
        if p.status_peserta != "komplikasi":
            assert peringatan == set(p.peringatan_dikonfirmasi), p.pk
        assert p.dicatat_pada <= p.diterima_pada <= sekarang()
    assert not Jejak.objects.filter(pada__gt=sekarang()).exists()
    # The set-up command made the campaign before the story was told.
    waktu = list(Jejak.objects.exclude(jenis="kampanye", oleh=None).order_by("pk").values_list("pada", flat=True))
    assert waktu == sorted(waktu)
    assert Persetujuan.objects.count() == Pelayanan.objects.count() - 2
    tanpa = Pelayanan.objects.filter(akseptor__persetujuan=None)
    assert sorted(tanpa.values_list("desa", "tahap")) == [
        (orang.DESA_TUNGGU, "dilayani"),
        (orang.DESA_KADER, "dilayani"),
    ]
    pasangan = Counter(Akseptor.objects.values_list("pasangan", flat=True))
    assert sorted(pasangan.values())[-3:] == [1, 2, 2]
    assert Akseptor.objects.filter(perlu_tinjau_duplikat=True).count() == 4


def periksa_laporan() -> None:
    off = 0
    for laporan in LaporanBulanan.objects.filter(bulan=JUNI).exclude(status=StatusLaporan.DRAF):
        lembar = buka(laporan.desa_id, laporan.bulan)
        isian = Isian(laporan.isi, laporan.alasan_selisih, laporan.nihil, imbang_diperiksa=True)
        assert kekurangan(isian, lembar.susunan, lembar.dihitung, lembar.asal, lembar.kegiatan) == {}
        off += bool(imbang.selisih(lembar.susunan, laporan.isi))
        tindakan = list(Jejak.objects.tentang(laporan).order_by("pk").values_list("tindakan", flat=True))
        assert tindakan[:2] == ["simpan", "kirim"]
        assert laporan.versi == len(tindakan)
        if laporan.status == StatusLaporan.DISETUJUI:
            assert not imbang.selisih(lembar.susunan, laporan.isi)
            catatan = baris_laporan(laporan.desa_id, JUNI).order_by("pk")
            assert [str(p.pk) for p in catatan] == laporan.dihitung["catatan"]
            assert laporan.dihitung["peran"] == tulis_beku(per_peran(laporan.desa_id, JUNI))
            assert {p.tahap for p in catatan} <= {Tahap.TERVERIFIKASI}
            assert all(p.diverifikasi_pada < laporan.disetujui_pada for p in catatan)
    assert 3 <= off <= 20
    status = Counter(LaporanBulanan.objects.filter(bulan=JUNI).order_by().values_list("status", flat=True))
    assert set(status) == set(StatusLaporan)
    assert sum(status.values()) < Wilayah.objects.desa().count()
    assert LaporanBulanan.semua.count() == 5 * Wilayah.objects.desa().count(), "March to July are open everywhere"


def periksa_bulan_sebelumnya() -> None:
    """As the product would have made them: complete, chained from month to month, locked with their rows."""
    lama = LaporanBulanan.objects.filter(bulan__lt=JUNI)
    status = Counter(lama.order_by().values_list("bulan__month", "status"))
    assert set(status) == {(b, s) for b in (3, 4, 5) for s in ("disetujui", "dikembalikan", "draf")}
    assert min(status[b, "disetujui"] for b in (3, 4, 5)) > 170
    for laporan in lama.exclude(status=StatusLaporan.DRAF).order_by("pk")[::7]:
        lembar = buka(laporan.desa_id, laporan.bulan)
        isian = Isian(laporan.isi, laporan.alasan_selisih, laporan.nihil)
        assert kekurangan(isian, lembar.susunan, lembar.dihitung, lembar.asal, lembar.kegiatan) == {}
        if laporan.status == StatusLaporan.DISETUJUI:
            diketahui = {m: n for m, n in lembar.asal.sd_lalu.items() if n is not None}
            assert diketahui.items() <= laporan.dihitung["sd_lalu"].items()
            assert laporan.dihitung["peran"] == tulis_beku(per_peran(laporan.desa_id, laporan.bulan))
    kisah = {}
    for j in Jejak.objects.filter(jenis="laporanbulanan").order_by("pk"):
        kisah.setdefault(j.kunci, []).append(j)
    for laporan in lama:
        perbuatan = [j for j in kisah[str(laporan.pk)] if j.tindakan != TANDAI]
        assert laporan.versi == len(perbuatan)
        assert laporan.diubah_pada == perbuatan[-1].pada
        assert laporan.diubah_pada < tenggat_saat(laporan.bulan), "nothing was done after the close"
    terkunci = Pelayanan.objects.filter(bulan_laporan=MEI)
    assert 80 < terkunci.count() < 200
    assert terkunci.filter(desa__induk="32.14.04").values("desa").distinct().count() >= 12
    # Two of May came late: one stands in approved June, one waits in June.
    (satu,) = Pelayanan.objects.filter(tanggal__month=5, bulan_laporan=JUNI)
    (lagi,) = Pelayanan.objects.filter(tanggal__month=5, bulan_laporan=None)
    assert (satu.desa_id, lagi.desa_id) == (orang.DESA_SETUJU, orang.DESA_TUNGGU)
    assert lagi in baris_laporan(orang.DESA_TUNGGU, JUNI)


def tenggat_saat(bulan: dt.date) -> dt.datetime:
    return dt.datetime.combine(tenggat(bulan, "tutup") + dt.timedelta(days=1), dt.time(0), WIB)


def periksa_hidup() -> None:
    """Every page of an officer has something to say on the demo's day."""
    plkb, koordinator, dppkb = (Pengguna.objects.get(nama_masuk=n) for n in ("plkb", "koordinator", "dppkb"))
    milik = cakupan_pengguna(plkb, dt.date(2021, 7, 8), "32.14")
    semua = list(Wilayah.objects.desa().values_list("kode", flat=True))
    tanda = tanda_bulan(semua, JUNI)
    lonjakan = [t.kalimat for x in tanda.values() for t in x.tanda if t.jenis == Jenis.LONJAKAN]
    assert 6 <= len(lonjakan) <= 20
    assert len([x for x in tanda.values() if x.bersih]) > len(tanda) / 2
    assert {Jenis.LONJAKAN, Jenis.DUPLIKAT, Jenis.PERSETUJUAN, Jenis.TERLAMBAT} <= {
        j for j, _ in tanda[orang.DESA_TUNGGU].per_jenis
    }
    assert tanda[orang.DESA_SIAP].bersih
    lembar = buka(orang.DESA_KADER, JUNI)
    (dugaan,) = banding(lembar.susunan, lembar.laporan.isi, lembar.asal.sebelumnya).dugaan
    assert dugaan.kunci == "pa_suntik"
    lengkap = matriks(cakupan_pengguna(dppkb, dt.date(2021, 7, 8), "32.14"), bulan_tahun(2021, bulan_pertama()))
    assert bulan_pertama() == dt.date(2021, 3, 1)
    diam = {b.desa.kode for k in lengkap for b in k.diam}
    assert diam == set(DESA_DIAM)
    assert sum(s.nihil for k in lengkap for b in k.baris for s in b.sel[:3]) >= 3
    assert 40 <= sum(s.telat for k in lengkap for b in k.baris for s in b.sel[:3]) <= 80
    kunjungan = kemajuan(milik.kode, JUNI)
    assert 0 < kunjungan.selesai < kunjungan.jumlah
    assert set(Kunjungan.objects.values_list("hasil", flat=True)) == set(HasilKunjungan)
    for k in Kunjungan.objects.select_related("pelayanan"):
        assert k.pelayanan.tanggal <= k.tanggal <= hari_wib(k.dicatat_pada) <= dt.date(2021, 7, 8)
    kelas = KelasImp.objects.terkini()
    assert {k.desa_id[:8] for k in kelas} == {orang.KECAMATAN}
    assert {k.kelas for k in kelas} == set(TingkatImp)
    assert 1 <= len([k for k in milik.kode if k not in {x.desa_id for x in kelas}]) <= 2
    keadaan = Counter(b.tanda.keadaan for bulan in (APRIL, MEI) for b in daftar_siga(milik, bulan))
    assert keadaan == {"sudah": 8, "berubah": 1, "belum": 1}
    (berubah,) = [b for b in daftar_siga(milik, APRIL) if b.tanda.keadaan == "berubah"]
    assert {b.nama.rpartition(", ")[2]: b.dulu - b.kini for b in berubah.tanda.beda} == {"PUS": 4, "Pil": 4}
    assert Pesan.objects.dalam(milik).filter(status="dikirim").count() >= 4
    # In every desa some role has months without anything, and some has none at all in most of them.
    assert all(any(p.tanpa >= 9 for p in bukti_imp(k, dt.date(2021, 7, 8))) for k in milik.kode)
    assert koordinator.terakhir_terlihat, "he reopened a report"


def periksa_orang() -> None:
    for nama in ("kader", "plkb", "koordinator", "dppkb", "admin"):
        assert Pengguna.objects.get(nama_masuk=nama).check_password("pos-kb-1831")
    lain = Pengguna.objects.exclude(nama_masuk__in=orang.TETAP)
    assert not [p for p in lain if p.has_usable_password()]
    assert Penugasan.objects.filter(sebagai="kader").count() == 192
    binaan = Counter(Penugasan.objects.filter(sebagai="plkb", pengganti=False).values_list("pengguna", flat=True))
    assert set(binaan.values()) <= {3, 4, 5}
    assert sum(binaan.values()) == 192


def periksa_tenggat() -> None:
    koordinator, dppkb = (Pengguna.objects.get(nama_masuk=n) for n in ("koordinator", "dppkb"))
    hari = dt.date(2021, 7, 8)
    (satu,) = daftar_pengganti(cakupan_pengguna(koordinator, hari, "32.14"))
    assert (satu.mulai, satu.selesai, satu.alasan) == (hari, dt.date(2021, 7, 20), "Pelatihan di Bandung.")
    assert satu.menggantikan
    assert Pengecualian.objects.exclude(bulan=JUNI).get().sampai == dt.date(2021, 5, 10)
    pengecualian = Pengecualian.objects.get(bulan=JUNI)
    assert (pengecualian.wilayah.nama, pengecualian.dibuat_oleh) == ("Sukasari", dppkb)
    plkb = Pengguna.objects.get(nama_masuk="plkb")
    assert Pesan.objects.dalam(cakupan_pengguna(plkb, hari, "32.14")).menunggu().count() == 2
    assert Pesan.objects.filter(desa=orang.DESA_KADER, jenis="dikembalikan").exists()


def periksa_kisah() -> None:
    kader = Pengguna.objects.get(nama_masuk="kader")
    milik = Pelayanan.objects.filter(dicatat_oleh=kader)
    assert milik.exclude(tanggal__month=5).count() == 12
    assert set(milik.filter(tanggal__month=5).values_list("bulan_laporan", flat=True)) == {MEI}
    assert milik.get(tahap=Tahap.DIKEMBALIKAN).alasan_tahap
    assert milik.filter(tahap=Tahap.CALON).count() == 2
    laporan = LaporanBulanan.objects.get(desa=orang.DESA_KADER, bulan=JUNI)
    assert laporan.status == StatusLaporan.DIKEMBALIKAN
    assert "lebih banyak 6" in laporan.catatan_bagian["V"]
    menunggu = yang_dihitung(JUNI).filter(desa=orang.DESA_TUNGGU, tahap=Tahap.DILAYANI)
    assert menunggu.count() in {3, 4}
    assert not yang_dihitung(JUNI).filter(desa=orang.DESA_SIAP, tahap=Tahap.DILAYANI).exists()
    plkb = Pengguna.objects.get(nama_masuk="plkb")
    assert laporan_perlu_tindakan(cakupan_pengguna(plkb, dt.date(2021, 7, 8), "32.14")).menunggu == 2


def periksa_kampanye() -> None:
    """One is running, one closed with two couples that came after its figure, one has not begun."""
    mei, utama, september = Kampanye.objects.order_by("mulai")
    assert (utama.target, Kampanye.objects.utama(dt.date(2021, 7, 8), ["32.14.06"]).get()) == (1831, utama)
    assert (september.mulai, Cuplikan.objects.get(kampanye=september, wilayah="32.14").isi["tercatat"]) == (
        SEPTEMBER,
        0,
    )
    hasil = sesudah(mei.penutupan.get(), Cakupan(Peran.DPPKB, ("32.14",)))
    assert hasil.semua.akhir > 0
    assert (hasil.semua.susulan, hasil.semua.naik, hasil.semua.turun) == (2, 0, 0)
    assert set(Jejak.objects.tentang(mei).values_list("tindakan", flat=True)) == {"membuat", "menutup"}
    for satu in (mei, utama, september):
        assert satu.pembagian.aggregate(n=Sum("jumlah"))["n"] == satu.target


def periksa_kegiatan() -> None:
    sejak_juni = Kegiatan.objects.berlaku().filter(tanggal__gte=JUNI).exclude(desa__in=DESA_DIAM)
    per_desa = Counter(sejak_juni.values_list("desa", flat=True))
    assert len(per_desa) == 192 - len(DESA_DIAM)
    assert set(per_desa.values()) <= {*range(2, 8), 11}
    assert len(set(Kegiatan.objects.filter(tanggal__lt=JUNI).values_list("desa", flat=True))) == 192
    hari = Kegiatan.objects.values_list("tanggal", flat=True)
    assert (min(hari) >= dt.date(2021, 3, 1), max(hari) <= dt.date(2021, 7, 8)) == (True, True)
    for k in Kegiatan.objects.all():
        assert k.dicatat_pada <= k.diterima_pada <= sekarang()
        assert k.dicatat_pada.astimezone(WIB).date() == k.tanggal
    milik = Kegiatan.objects.filter(dicatat_oleh__nama_masuk="kader")
    assert sorted(milik.values_list("versi", flat=True))[-3:] == [1, 2, 2]
    assert milik.get(dihapus_pada__isnull=False).alasan_hapus
    berfoto = list(milik.exclude(sidik_foto=""))
    assert len(berfoto) == FotoKegiatan.objects.count() == 3
    for k in berfoto:
        assert baca_foto(k, kecil=True).startswith(b"\xff\xd8")
    assert set(milik.values_list("macam__peran_bhakti", flat=True)) >= {2, 3, 4, 5}


def test_demo(demo):
    # One demo for all: making it takes seconds.
    periksa_angka()
    periksa_catatan()
    periksa_laporan()
    periksa_bulan_sebelumnya()
    periksa_hidup()
    periksa_orang()
    periksa_tenggat()
    periksa_kisah()
    periksa_kegiatan()
    periksa_kampanye()


def potret() -> list:
    hari_ini = dt.datetime.fromisoformat("2021-07-08T00:00:00+07:00")
    return [
        *Akseptor.objects.order_by("pk").values_list("pk", "pasangan", "desa", "nama_istri", "nik_indeks", "rw"),
        *Pelayanan.objects.order_by("pk").values_list("pk", "tahap", "tanggal", "faskes__nama", "versi"),
        *Pelayanan.objects.filter(diterima_pada__lt=hari_ini).order_by("pk").values_list("pk", "diterima_pada"),
        *Kegiatan.objects.order_by("pk").values_list("pk", "desa", "macam", "tanggal", "jumlah_orang", "versi"),
        *Kunjungan.objects.order_by("pk").values_list("pelayanan", "tanggal", "hasil", "dicatat_pada"),
        *KelasImp.objects.order_by("pk").values_list("desa", "kelas", "mulai", "alasan"),
        *InputSiga.objects.order_by("laporan__bulan", "laporan__desa").values_list("pada", "versi", "angka"),
        *LaporanBulanan.objects.order_by("bulan", "desa").values_list(
            "desa", "status", "isi", "dihitung", "diubah_pada"
        ),
        *Penugasan.objects.order_by("pk").values_list("pengguna__nama_masuk", "pengguna__nama", "wilayah"),
    ]


def test_selalu_sama(demo, monkeypatch):
    pertama = potret()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE kader_pengguna, akseptor_akseptor, laporan_laporanbulanan, laporan_kampanye CASCADE")
    pagi = dt.datetime.fromisoformat("2021-07-08T00:30:00+07:00")
    monkeypatch.setattr(acak, "sekarang", lambda: pagi)
    jalankan("siapkan")
    assert potret() == pertama
    assert Pelayanan.objects.order_by("-diterima_pada").first().diterima_pada <= pagi


def test_kedua_kali_tidak_mengubah_apa_apa(demo, django_assert_max_num_queries):
    def hitung() -> list[int]:
        return [m.objects.count() for m in (Wilayah, Pengguna, Akseptor, Jejak, Kampanye, Cuplikan)]

    sebelum = hitung()
    with django_assert_max_num_queries(100):
        keluar = jalankan("siapkan")
    assert hitung() == sebelum
    assert "demo" not in keluar
    with pytest.raises(CommandError, match="sudah berisi orang"):
        jalankan("buat_demo")


def test_hitung_ulang_melaporkan_perbedaan(demo):
    assert "Sama dengan catatan" in jalankan("hitung_ulang")
    Capaian.objects.filter(pk=Capaian.objects.order_by("pk").first().pk).update(jumlah=99)
    keluar = io.StringIO()
    with pytest.raises(SystemExit) as galat:
        call_command("hitung_ulang", stdout=keluar)
    assert galat.value.code == 1
    assert "'jumlah': 99" in keluar.getvalue()
    assert "Sama dengan catatan" in jalankan("hitung_ulang")
