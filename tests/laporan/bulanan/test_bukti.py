"""Evidence per role: counted as separate SQL counts, another number needs a reason, frozen at approval."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import connection

from laporan.bulanan import actions
from laporan.bulanan.bukti import per_desa, per_peran
from laporan.bulanan.lembar import buka
from laporan.kegiatan.daftar import Jumlah
from laporan.models import LaporanBulanan, MacamKegiatan
from poskb.dasar import waktu
from poskb.dasar.tolak import Ditolak
from tests.alat import kegiatan
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, TETANGGA, cakupan

URL = f"/laporan/{DESA}/2021-06/"
HARI = dt.date(2021, 6, 18)
SQL = """
SELECT m.peran_bhakti, count(*), sum(k.jumlah_orang) FROM laporan_kegiatan k JOIN laporan_macamkegiatan m
ON m.kode = k.macam_id WHERE k.desa_id = %s AND k.dihapus_pada IS NULL AND to_char(k.tanggal, 'YYYY-MM') = %s GROUP BY 1
"""


@pytest.fixture
def k(c):
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    return lambda tanggal=HARI, desa=DESA, **ubah: kegiatan(c.kader, tanggal, desa, **ubah)


def kurang(c, satu, versi=0):
    sebelum = pabrik.potret()
    with pytest.raises(actions.BelumLengkap) as galat:
        actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, satu, versi)
    assert pabrik.potret() == sebelum
    return galat.value.kekurangan


def test_sama_dengan_sql_yang_ditulis_terpisah_setahun_penuh(c, k):
    macam = list(MacamKegiatan.objects.order_by("kode"))
    hari = [dt.date(2021, n, 1) for n in range(1, 13)] + [dt.date(2021, n, 28) for n in range(1, 13)]
    hari += [dt.date(2021, 1, 31), dt.date(2021, 6, 30), dt.date(2020, 12, 31), dt.date(2022, 1, 1)]
    for nomor, tanggal in enumerate(hari * 3):
        hapus = {"dihapus_pada": waktu.sekarang(), "dihapus_oleh": c.kader} if nomor % 7 == 0 else {}
        satu = macam[nomor % len(macam)]
        k(tanggal, TETANGGA if nomor % 5 == 0 else DESA, macam=satu, macam_id=satu.pk, jumlah_orang=nomor, **hapus)
    for bulan in range(1, 13):
        with connection.cursor() as cursor:
            cursor.execute(SQL, [DESA, f"2021-{bulan:02d}"])
            sql = {p: Jumlah(n, orang) for p, n, orang in cursor.fetchall()}
        benar = {p: sql.get(p, Jumlah()) for p in range(1, 7)}
        assert per_peran(DESA, dt.date(2021, bulan, 1)) == benar
        # What flags and exports of many desa read.
        assert per_desa([DESA, TETANGGA], dt.date(2021, bulan, 1))[DESA] == benar


def test_angka_halaman_sama_dengan_baris_di_daftarnya_untuk_setiap_peran_pengguna(c, k):
    for n in range(3):
        k(jumlah_orang=10 + n)
    k(macam_id="pertemuan-rutin")
    k(dt.date(2021, 7, 1))
    k(desa=TETANGGA)
    alamat = f"/kegiatan/?bulan=2021-06&desa={DESA}&peran=3"
    for siapa in ("kader", "plkb", "koordinator", "dppkb"):
        client = pabrik.masuk(getattr(c, siapa))
        assert f'href="{alamat.replace("&", "&amp;")}">3</a>' in client.get(URL).content.decode()
        daftar = client.get(alamat)
        assert daftar.context["halaman"].paginator.count == 3
        assert daftar.context["rekap"].jumlah == Jumlah(3, 33)
        assert "KIE dan konseling" in daftar.content.decode()
    assert "peran=3" not in pabrik.masuk(c.admin).get(URL).content.decode()


@pytest.mark.parametrize("peran", ["0", "7", "x", "²", "٣", "\x00", "3&3"])
def test_peran_keliru_di_alamat_tidak_menyaring(c, k, peran):
    k()
    jawab = pabrik.masuk(c.plkb).get("/kegiatan/", {"bulan": "2021-06", "desa": DESA, "peran": peran})
    assert (jawab.status_code, jawab.context["halaman"].paginator.count) == (200, 1)


def test_angka_lain_perlu_alasan_lalu_tersimpan(c, k):
    k(jumlah_orang=20)
    satu = {"peran_kegiatan_3": 2, "peran_orang_3": 45}
    kalimat = "Tulis mengapa berbeda: tercatat 1 kegiatan dan 20 orang, dilaporkan 2 kegiatan dan 45 orang."
    assert kurang(c, pabrik.isian(**satu)) == {"alasan_peran_3": kalimat}
    alasan = {"peran_3": "Satu penyuluhan tidak tercatat", "peran_2": "tidak perlu"}
    laporan = actions.kirim(c.kader, cakupan(c.kader), DESA, JUNI, pabrik.isian(alasan=alasan, **satu), 0)
    assert {k: laporan.isi[k] for k in satu} == satu
    assert laporan.alasan_selisih == {"peran_3": "Satu penyuluhan tidak tercatat"}
    halaman = pabrik.masuk(c.plkb).get(URL).content.decode()
    assert "Satu penyuluhan tidak tercatat" in halaman
    assert "KIE dan konseling, kegiatan dilaporkan: kosong → 2" in halaman


def test_angka_yang_sama_tidak_membekukan_hitungan(c, k):
    k(jumlah_orang=20)
    laporan = pabrik.draf(c, satu=pabrik.isian(peran_kegiatan_3=1, peran_orang_3=20, alasan={"peran_3": "x"}))
    assert not {kunci for kunci in laporan.isi if kunci.startswith("peran_")}
    assert laporan.alasan_selisih == {}
    k(jumlah_orang=5)
    assert buka(DESA, JUNI).bukti[3] == Jumlah(2, 25)


def test_lewat_halaman_ketikan_kembali_utuh_dengan_alasan_diminta(c, k):
    client = pabrik.masuk(c.kader)
    data = pabrik.ketikan(pabrik.isian(), 0) | {"peran_kegiatan_1": "4", "peran_orang_1": ""}
    jawab = client.post(URL + "kirim/", data)
    teks = jawab.content.decode()
    assert jawab.status_code == 422
    assert "tercatat 0 kegiatan dan 0 orang, dilaporkan 4 kegiatan dan 0 orang" in teks
    assert 'name="peran_kegiatan_1" value="4"' in teks
    assert client.post(URL + "kirim/", data | {"alasan_peran_1": "Dicatat di buku"}).status_code == 302
    assert LaporanBulanan.objects.get().alasan_selisih == {"peran_1": "Dicatat di buku"}


def test_nihil_dengan_kegiatan_ditolak_dengan_kalimat(c, k):
    satu = k()
    pabrik.pelayanan()
    assert kurang(c, pabrik.isian(nihil=True))["nihil"].startswith("Bulan ini ada 1 akseptor baru dan 1 kegiatan,")
    satu.delete()


def test_kegiatan_yang_datang_setelah_nihil_dikirim_menahan_persetujuan(c, k):
    laporan = pabrik.dikirim(c, satu=pabrik.isian(nihil=True))
    k()
    sebelum = pabrik.potret()
    with pytest.raises(Ditolak, match="1 kegiatan"):
        actions.setujui(c.plkb, cakupan(c.plkb), DESA, JUNI, laporan.versi)
    assert pabrik.potret() == sebelum


def test_disetujui_membekukan_bukti(c, k):
    k(jumlah_orang=20)
    laporan = pabrik.disetujui(c)
    assert laporan.dihitung["peran"]["3"] == [1, 20]
    assert laporan.dihitung["peran"]["1"] == [0, 0]
    # Nothing can be added to an approved month (the lock); were it, the frozen numbers would stand.
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        k(jumlah_orang=9)
        cursor.execute("SET session_replication_role = origin")
    assert buka(DESA, JUNI).bukti[3] == Jumlah(1, 20)


def test_disetujui_sebelum_ada_bagian_ini_tidak_mengarang_angka(c, k):
    laporan = pabrik.disetujui(c)
    dihitung = {a: b for a, b in laporan.dihitung.items() if a != "peran"}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        LaporanBulanan.objects.update(dihitung=dihitung)
        cursor.execute("SET session_replication_role = origin")
    halaman = pabrik.masuk(c.plkb).get(URL)
    assert halaman.status_code == 200
    assert "Bukti enam peran" not in halaman.content.decode()


def test_jumlah_kueri_tidak_bergantung_pada_jumlah_kegiatan(c, k, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    k()
    with CaptureQueriesContext(connection) as sedikit:
        buka(DESA, JUNI)
    for _ in range(19):
        k()
    with django_assert_num_queries(len(sedikit)):
        buka(DESA, JUNI)
