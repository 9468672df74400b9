"""Files of names after an erasure or a withdrawal: other people's too, also one that is being made at that moment."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from openpyxl import load_workbook

from akseptor.models import Akseptor, Pelayanan
from akseptor.rahasia import sandi
from kader.models import Jejak
from laporan.ekspor import jenis, pekerja
from laporan.ekspor.actions import minta
from laporan.models import BerkasEkspor, Ekspor
from laporan.tasks import kerjakan_ekspor
from poskb.dasar.waktu import sekarang
from tests.alat import CITEKO, GANDASOLI, HARI, NAGROG, Dunia, bernama, buat_dunia, cakupan, catatan, permintaan
from tests.laporan.bulanan.pabrik import formulir
from tests.peran import sebagai

JULI = HARI.replace(day=1)
TUJUAN = "memeriksa daftar bersama bidan"


@pytest.fixture
def dunia(db: None) -> Dunia:
    formulir()
    return buat_dunia()


@pytest.fixture
def dppkb(dunia: Dunia) -> Client:
    return bernama(dunia.dppkb)


def daftar(dunia: Dunia, siapa: str = "plkb", bulan: dt.date = JULI) -> Ekspor:
    """A list of names that somebody asked for."""
    orang = getattr(dunia, siapa)
    return minta(orang, cakupan(orang), "akseptor", bulan, alasan=TUJUAN)


def ambil(ekspor: Ekspor) -> tuple[int, str]:
    """What its maker gets when she fetches it: status, and every cell as text."""
    client = Client()
    client.force_login(ekspor.oleh)
    jawaban = client.get(f"/laporan/ekspor/{ekspor.pk}/")
    if jawaban.status_code != 200:
        return jawaban.status_code, ""
    buku = load_workbook(io.BytesIO(jawaban.content))
    return 200, " ".join(str(sel) for lembar in buku for baris in lembar.values for sel in baris)


def hapus(client: Client, p: Pelayanan) -> None:
    kini = sekarang()
    satu = permintaan(p, "hapus", diterima_pada=kini, tenggat=kini + dt.timedelta(hours=72))
    assert client.post(f"/hak/{satu.pk}/hapus/", {"yakin": "ya"}).status_code == 302
    assert Akseptor.objects.get(pk=p.akseptor_id).dihapus_pada is not None


def tarik(client: Client, p: Pelayanan) -> None:
    isi = {"jenis": "tarik", "saluran": "langsung", "bukti_diri": "ktp", "diterima_pada": "2021-07-08T00:00"}
    assert client.post(f"/hak/baru/{p.akseptor_id}/", isi).status_code == 302
    assert Akseptor.objects.get(pk=p.akseptor_id).ditarik_pada is not None


CARA = pytest.mark.parametrize("tutup", [hapus, tarik])


@CARA
def test_daftar_milik_petugas_lain_ikut_dibuang(dunia: Dunia, dppkb: Client, tutup: Callable) -> None:
    p = catatan(dunia)
    ekspor = daftar(dunia)
    kerjakan_ekspor()
    assert p.akseptor.nik_istri in ambil(ekspor)[1]
    tutup(dppkb, p)
    assert ambil(ekspor) == (410, "")
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, ekspor.alasan, BerkasEkspor.objects.count()) == ("kedaluwarsa", "", 0)


def test_hanya_daftar_bernama_yang_mungkin_memuatnya(dunia: Dunia, dppkb: Client) -> None:
    p = catatan(dunia)
    for kode, wilayah in (
        ("akseptor", "32.14.04"),
        ("akseptor", CITEKO),
        ("akseptor", f"{NAGROG} 32.14"),
        ("akseptor", f"{NAGROG} {GANDASOLI}"),
        ("akseptor", "32.14.0"),
        ("bulan", "32.14.04"),
    ):
        ekspor = Ekspor.objects.create(
            oleh=dunia.plkb_jauh,
            jenis=kode,
            bulan=JULI,
            isi_wilayah=wilayah,
            keadaan="selesai",
            dibuat_pada=p.diterima_pada,
            kedaluwarsa_pada=Now() + dt.timedelta(hours=1),
        )
        BerkasEkspor.objects.create(ekspor=ekspor, isi=sandi().encrypt(b"x"))
    hapus(dppkb, p)
    sisa = {("akseptor", f"{NAGROG} {GANDASOLI}"), ("akseptor", "32.14.0"), ("bulan", "32.14.04")}
    assert set(BerkasEkspor.objects.values_list("ekspor__jenis", "ekspor__isi_wilayah")) == sisa
    assert set(Ekspor.objects.filter(keadaan="selesai").values_list("jenis", "isi_wilayah")) == sisa


def test_daftar_desa_lama_ikut_dibuang_sesudah_ia_pindah(dunia: Dunia, dppkb: Client) -> None:
    """What the file holds was written down when it was made; the desa of today does not say it."""
    p = catatan(dunia)
    ekspor = minta(dunia.plkb, cakupan(dunia.plkb), "akseptor", JULI, CITEKO, TUJUAN)
    kerjakan_ekspor()
    Akseptor.objects.filter(pk=p.akseptor_id).update(desa=NAGROG)
    hapus(dppkb, p)
    assert ambil(ekspor) == (410, "")


def sesudah_membaca(monkeypatch: pytest.MonkeyPatch, aksi: Callable[[], None]) -> None:
    """Let something happen once between the reading of the names and the putting down of the file."""
    asli = jenis.JENIS["akseptor"]
    sisa = [aksi]

    def buat(*apa: object) -> bytes:
        isi = asli.buat(*apa)
        if sisa:
            sisa.pop()()
        return isi

    monkeypatch.setitem(jenis.JENIS, "akseptor", asli.__class__(**vars(asli) | {"buat": buat}))


@CARA
def test_yang_sedang_dibuat_dibuat_ulang_tanpa_dia(
    dunia: Dunia, dppkb: Client, tutup: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    p, lain = catatan(dunia), catatan(dunia)
    ekspor = daftar(dunia)
    sesudah_membaca(monkeypatch, lambda: tutup(dppkb, p))
    assert pekerja.kerjakan() is True
    ekspor.refresh_from_db()
    assert (ekspor.keadaan, BerkasEkspor.objects.count()) == ("menunggu", 0)
    pekerja.kerjakan()
    status, isi = ambil(ekspor)
    assert status == 200
    assert lain.akseptor.nik_istri in isi
    assert p.akseptor.nik_istri not in isi
    assert Jejak.objects.get(tindakan=pekerja.MEMBUAT).orang == [lain.akseptor_id]


def test_riwayat_menyebut_yang_ada_di_berkas(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    p = catatan(dunia)
    daftar(dunia)
    sesudah_membaca(monkeypatch, lambda: catatan(dunia))
    pekerja.kerjakan()
    j = Jejak.objects.get(tindakan=pekerja.MEMBUAT)
    assert (j.orang, j.perubahan["jumlah"]) == ([p.akseptor_id], [None, 1])


def test_web_tidak_dapat_membuang_daftar_orang_yang_masih_setuju(dunia: Dunia) -> None:
    p = catatan(dunia)
    ekspor = daftar(dunia)
    kerjakan_ekspor()
    with sebagai("web"), connection.cursor() as cursor:
        cursor.execute("SELECT ekspor_buang_bernama(%s::uuid[], %s)", [[p.akseptor_id], ["akseptor"]])
        assert cursor.fetchone() == (0,)
    assert ambil(ekspor)[0] == 200
