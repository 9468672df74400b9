"""The area is said with every statement and stays nowhere: not on the connection, not for the next request."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory

from akseptor.models import Pelayanan
from kader.baris import Sesi, lintas_wilayah, teks_sesi
from kader.baris.middleware import BarisMiddleware
from kader.baris.sesi import rentang
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.karcis import Karcis
from tests.alat import CITEKO, GANDASOLI, NAGROG, buat_dunia, catatan
from tests.peran import sebagai

KADER = Cakupan(Peran.KADER, (CITEKO,))


def sesi(*kode: str) -> Sesi:
    satu = Sesi()
    satu.buka(lambda: (Cakupan(Peran.PLKB, kode), True, 7))
    return satu


def desa_terlihat() -> set[str]:
    return set(Pelayanan.objects.order_by().values_list("desa_id", flat=True))


def kata_sesi() -> str | None:
    with connection.connection.cursor() as cursor:  # not through Django: nothing is put in front
        cursor.execute("SELECT current_setting('poskb.sesi', true)")
        return cursor.fetchone()[0]


@pytest.fixture
def isi(transactional_db: None) -> None:
    dunia = buat_dunia()
    for desa in (CITEKO, GANDASOLI, NAGROG):
        catatan(dunia, desa=desa)


@pytest.mark.parametrize(
    ("kode", "hasil"),
    [
        ((), ("", "", "")),
        (("32.14",), ("32.14.00.0000", "32.14.99.9999", "")),
        (("32.14.04",), ("32.14.04.0000", "32.14.04.9999", "")),
        ((CITEKO,), (CITEKO, CITEKO, "")),
        ((CITEKO, "32.14.04"), ("32.14.04.0000", "32.14.04.9999", f",{CITEKO},32.14.04,")),
        ((GANDASOLI, NAGROG), (GANDASOLI, NAGROG, f",{GANDASOLI},{NAGROG},")),
    ],
)
def test_rentang(kode: tuple[str, ...], hasil: tuple[str, str, str]) -> None:
    assert rentang(kode) == hasil


@pytest.mark.parametrize("kode", ["", "32", "32.14.04.2006'; --", "٣٢.١٤", "32.14|32.15", "32.14\n"])
def test_yang_bukan_kode_tidak_masuk_ke_pernyataan(kode: str) -> None:
    with pytest.raises(ValueError, match="no code"):
        teks_sesi([kode], bernama=True, pengguna=1)


def test_tanpa_nama_bagian_bernama_kosong() -> None:
    assert teks_sesi([CITEKO], bernama=False, pengguna=7) == f"{CITEKO}|{CITEKO}|||||7"


def test_tidak_tertinggal_di_sambungan(isi: None) -> None:
    with sebagai("web"):
        with sesi(CITEKO).dipasang():
            assert desa_terlihat() == {CITEKO}
            assert not kata_sesi()
            with transaction.atomic():
                assert desa_terlihat() == {CITEKO}
                assert kata_sesi()
            assert not kata_sesi()
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                desa_terlihat()
                raise ZeroDivisionError
            assert not kata_sesi()
        assert desa_terlihat() == set()
        with sesi(NAGROG).dipasang():
            assert desa_terlihat() == {NAGROG}
        assert desa_terlihat() == set()


def test_sesudah_galat_basis_data_dan_titik_simpan(isi: None) -> None:
    with sebagai("web"), sesi(CITEKO).dipasang(), transaction.atomic():
        for _ in range(2):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                assert desa_terlihat() == {CITEKO}
                cursor.execute("SELECT 1/0")
            # What was said inside is forgotten with it, and said again.
            assert desa_terlihat() == {CITEKO}


def test_pintu_hanya_selama_bloknya(isi: None) -> None:
    semua = {CITEKO, GANDASOLI, NAGROG}
    with sebagai("web"), sesi(CITEKO).dipasang():
        with transaction.atomic():
            with lintas_wilayah("uji"):
                assert desa_terlihat() == semua
                with lintas_wilayah("uji di dalam uji"):
                    assert desa_terlihat() == semua
                assert desa_terlihat() == semua
            assert desa_terlihat() == {CITEKO}
        with pytest.raises(ZeroDivisionError), lintas_wilayah("uji"):
            raise ZeroDivisionError
        assert desa_terlihat() == {CITEKO}
        # A queryset is not a look: it is limited where it is evaluated.
        with lintas_wilayah("uji"):
            malas = Pelayanan.objects.all()
        assert {p.desa_id for p in malas} == {CITEKO}


def test_semua_bentuk_pernyataan(isi: None) -> None:
    with sebagai("web"), sesi(CITEKO).dipasang():
        assert {p.desa_id for p in Pelayanan.objects.iterator(chunk_size=1)} == {CITEKO}
        with connection.cursor() as cursor:
            cursor.execute("SELECT desa_id, '50%' FROM akseptor_pelayanan")
            assert cursor.fetchall() == [(CITEKO, "50%")]
            cursor.execute("SELECT desa_id FROM akseptor_pelayanan WHERE desa_id LIKE %s", ["32%"])
            assert cursor.fetchall() == [(CITEKO,)]
            cursor.executemany("UPDATE akseptor_pelayanan SET versi = %s", [[5], [6]])
            assert cursor.rowcount == 2  # twice the one row
        with transaction.atomic():
            assert [p.versi for p in Pelayanan.objects.select_for_update()] == [6]
    assert Pelayanan.objects.filter(versi=1).count() == 2


def test_utas_lain_tidak_ikut(isi: None) -> None:
    def lihat() -> set[str]:
        try:
            with sebagai("web"):
                return desa_terlihat()
        finally:
            connection.close()

    with sebagai("web"), sesi(CITEKO).dipasang(), ThreadPoolExecutor(1) as utas:
        assert utas.submit(lihat).result() == set()
        assert desa_terlihat() == {CITEKO}


def test_dua_utas_masing_masing_wilayahnya(isi: None) -> None:
    bersama = threading.Barrier(2, timeout=20)

    def lihat(kode: str) -> list[set[str]]:
        try:
            with sebagai("web"), sesi(kode).dipasang():
                hasil = []
                for _ in range(20):
                    bersama.wait()
                    hasil.append(desa_terlihat())
                return hasil
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as utas:
        satu, dua = utas.submit(lihat, CITEKO), utas.submit(lihat, NAGROG)
        assert satu.result() == [{CITEKO}] * 20
        assert dua.result() == [{NAGROG}] * 20


def test_permintaan_berikut_di_sambungan_yang_sama(isi: None) -> None:
    """Also when the one before it broke: straight through the middleware, without a test client in between."""
    from kader.models import Pengguna

    kader = Pengguna.objects.get(nama_masuk="kader")
    terlihat: list[set[str]] = []

    def halaman(request: HttpRequest) -> None:
        middleware.process_view(request, _view, (), {})
        terlihat.append(desa_terlihat())
        if request.path == "/rusak/":
            raise ZeroDivisionError

    def _view() -> None: ...

    _view.izin = frozenset({Peran.KADER})
    middleware = BarisMiddleware(halaman)

    def minta(path: str, siapa: object) -> None:
        request = RequestFactory().get(path)
        request.user, request.resolver_match = siapa, None
        request.cakupan = KADER
        request.karcis = Karcis(NAGROG, "plkb", NAGROG, "2021-07-08", "uji")
        middleware(request)

    from django.contrib.auth.models import AnonymousUser

    with sebagai("web"):
        with pytest.raises(ZeroDivisionError):
            minta("/rusak/", kader)
        assert desa_terlihat() == set()
        minta("/", AnonymousUser())
        minta("/", kader)
        _view.izin = frozenset({"terbuka"})
        minta("/", kader)
        _view.izin = frozenset({"bertoken"})
        minta("/", kader)
        _view.izin = frozenset({"karcis"})
        minta("/", AnonymousUser())
    assert terlihat == [{CITEKO}, set(), {CITEKO}, set(), set(), {NAGROG}]


def test_yang_ditolak_aturan_rute_tidak_mendapat_wilayah(
    isi: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kader.models import Pengguna

    dibuka: list[str] = []
    asli = Sesi.buka
    monkeypatch.setattr(Sesi, "buka", lambda self, isi: (dibuka.append("ya"), asli(self, isi))[1])
    client.force_login(Pengguna.objects.get(nama_masuk="kader"))
    assert client.get("/kunjungan/").status_code == 403
    assert client.get("/masuk/").status_code in (200, 302)
    assert dibuka == []
    assert client.get("/akseptor/").status_code == 200
    assert dibuka == ["ya"]
