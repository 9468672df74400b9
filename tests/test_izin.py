"""Every URL and role, own area and foreign area. Built from the URL configuration: a route without a row here fails."""

import io
import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from akseptor.models import Akseptor, Kunjungan, Pelayanan
from kader.checks import semua_rute
from kader.models import Jejak, Pengguna, Penugasan, TokenApi
from laporan.models import FotoKegiatan, Kampanye, Kegiatan, LaporanBulanan, Pengecualian, Penutupan, Pesan
from tests import tenggat
from tests.alat import (
    CITEKO,
    HARI,
    KABUPATEN,
    NAGROG,
    PLERED,
    WANAYASA,
    Dunia,
    buat_dunia,
    catatan,
    kegiatan,
    kunjungan,
    lupakan,
    permintaan,
)
from tests.aturan_rute import (
    ALASAN,
    ATURAN,
    BERTOKEN,
    BUKAN_ADMIN,
    KARCIS,
    KO,
    MILIK_PEMBUAT,
    SEMUA,
    TANPA_BARIS,
    TANPA_WILAYAH,
    TENGGAT,
    TERBUKA,
    A,
    K,
    P,
    nama_rute,
)


def test_setiap_rute_punya_baris_di_tabel_ini() -> None:
    nama = {nama_rute(ns, p) for ns, p in semua_rute(get_resolver()) if ns != "admin"}
    assert nama == set(ATURAN) | TERBUKA | BERTOKEN | KARCIS


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    from django.core.management import call_command

    from laporan.kampanye.hitung import hitung_ulang_semua

    call_command("muat_formulir", verbosity=0)
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    hitung_ulang_semua()
    return satu


def kampanye_di(kode: str) -> int:
    """The district's campaign concerns Citeko; one of Wanayasa concerns nobody outside it."""
    if kode != NAGROG:
        return Kampanye.objects.get(wilayah=KABUPATEN).pk
    hari = {"mulai": HARI, "selesai": HARI, "target": 1}
    return Kampanye.objects.create(nama="Wanayasa", wilayah_id=WANAYASA, **hari).pk


def alamat(rute: str, p: Pelayanan, kode: str) -> str:
    if rute in TANPA_WILAYAH:
        return reverse(rute)
    if rute == "akun:keluarkan":
        return reverse(rute, args=[uuid.uuid4()])
    if rute == "orang:baru":
        return reverse(rute, args=[K])
    if rute == "orang:keluarkan":
        return reverse(rute, args=[tenggat.kader(kode), uuid.uuid4()])
    if rute in TENGGAT:
        return reverse(rute, args=[TENGGAT[rute](kode)])
    if rute in {"hak:rinci", "hak:jawab", "hak:koreksi", "hak:hapus"}:
        return reverse(rute, args=[permintaan(p).pk])
    if rute == "hak:salinan":
        return reverse(rute, args=[permintaan(p).pk, "json"])
    if rute in MILIK_PEMBUAT:
        return reverse(rute, args=[p.pk])
    if rute.startswith("laporan:"):
        return reverse(rute, args=[kode, "2021-06"])
    if rute.startswith(("dasbor:", "imp:")):
        return reverse(rute, args=[kode])
    if rute.startswith("kampanye:"):
        return reverse(rute, args=[kampanye_di(kode)])
    if rute.startswith("kegiatan:"):
        satu = kegiatan(p.dicatat_oleh, desa=kode, sidik_foto="ada" if rute == "kegiatan:foto" else "")
        if satu.sidik_foto:
            FotoKegiatan.objects.create(kegiatan=satu, isi=b"x", kecil=b"x")
        return reverse(rute, args=[satu.pk])
    if rute in {"kunjungan:ubah", "kunjungan:tarik"}:
        return reverse(rute, args=[kunjungan(p).pk])
    milik_pelayanan = rute in {
        "kunjungan:catat",
        "akseptor:ubah",
        "akseptor:pindah_tahap",
        "akseptor:persetujuan",
        "akseptor:verifikasi",
        "akseptor:kembalikan",
    }
    return reverse(rute, args=[p.pk if milik_pelayanan else p.akseptor_id])


def test_ringkas_kegiatan_orang_lain_lewat_saringan(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    assert client.get(f"/kegiatan/?desa={NAGROG}").status_code == 404
    assert client.get(f"/kegiatan/?desa={CITEKO}").status_code == 200


def panggil(client: Client, rute: str, p: Pelayanan, kode: str) -> int:
    return getattr(client, ATURAN[rute][0])(alamat(rute, p, kode), ALASAN).status_code


def isi_basis_data() -> tuple:
    return (
        list(Pelayanan.objects.order_by("pk").values_list("pk", "tahap", "versi")),
        list(Akseptor.objects.order_by("pk").values_list("pk", "desa_id", "pasangan")),
        list(LaporanBulanan.objects.values_list("pk", "status")),
        list(Pengecualian.objects.exclude(diakhiri_pada=None).values_list("pk")),
        list(Pesan.objects.exclude(status="menunggu").values_list("pk")),
        list(Penugasan.objects.filter(pengganti=True, selesai__lt=HARI).values_list("pk")),
        list(Kunjungan.objects.exclude(versi=1).values_list("pk", "versi")),
        list(Kegiatan.objects.exclude(versi=1).values_list("pk", "versi")),
        list(Kampanye.objects.exclude(versi=1).values_list("pk", "versi")),
        Penutupan.objects.count(),
        list(TokenApi.objects.exclude(dicabut_pada=None).values_list("pk")),
        Jejak.objects.count(),
    )


@contextmanager
def masuk_sementara(siapa: Pengguna) -> Iterator[Client]:
    """Somebody signed in, whose deeds are undone afterwards: one world serves every role."""
    lupakan()
    with transaction.atomic():
        client = Client()
        client.force_login(siapa)
        yield client
        transaction.set_rollback(True)


@pytest.mark.parametrize("rute", ATURAN)
def test_wilayah_sendiri(dunia: Dunia, rute: str) -> None:
    p = catatan(dunia)
    for peran in SEMUA:
        with masuk_sementara(getattr(dunia, peran)) as client:
            sebelum = isi_basis_data()
            status = panggil(client, rute, p, CITEKO)
            if peran not in ATURAN[rute][1]:
                assert status == 403, peran
                assert isi_basis_data() == sebelum, peran
                continue
            # data.json of the whole kabupaten lies outside for those who have a part of it.
            luar = rute in MILIK_PEMBUAT or (rute == "dasbor:data_kabupaten" and peran in (K, P, KO))
            luar = luar or (rute in BUKAN_ADMIN and peran == A)
            # A form is no JSON, and no filter of a number: the endpoint lets her in and says that it cannot read it.
            boleh = {"akseptor:sinkron": {400}, "dasbor:catatan": {400, 302}}.get(rute, {200, 302, 409})
            assert status == 404 if luar else status in boleh, (peran, status)


@pytest.mark.parametrize("rute", [r for r in ATURAN if r not in TANPA_WILAYAH | TANPA_BARIS])
def test_wilayah_orang_lain_tidak_ditemukan(dunia: Dunia, rute: str) -> None:
    jauh = catatan(dunia, desa=NAGROG, dicatat_oleh=dunia.jauh)
    for peran in (K, P, KO):
        with masuk_sementara(getattr(dunia, peran)) as client:
            sebelum = isi_basis_data()
            assert panggil(client, rute, jauh, NAGROG) == (404 if peran in ATURAN[rute][1] else 403), peran
            assert isi_basis_data() == sebelum, peran


@pytest.mark.parametrize("rute", ATURAN)
def test_tanpa_masuk_tidak_ada_yang_terbuka(dunia: Dunia, client: Client, rute: str) -> None:
    p = catatan(dunia)
    sebelum = isi_basis_data()
    jawaban = getattr(client, ATURAN[rute][0])(alamat(rute, p, CITEKO), ALASAN)
    if rute.startswith(("dasbor:data", "dasbor:batas")) or rute in {"hp_data", "hp_kunci", "laporan:ekspor_data"}:
        assert jawaban.status_code == 401
        assert "masuk lagi" in jawaban.json()["pesan"]
    else:
        assert jawaban.status_code == 302
        assert jawaban["Location"].startswith("/masuk/")
    assert isi_basis_data() == sebelum


@pytest.mark.parametrize(("rute", "peran"), list(itertools.product(KARCIS, (*SEMUA, None))))
def test_tanpa_karcis_tidak_ada_yang_boleh(dunia: Dunia, client: Client, rute: str, peran: str | None) -> None:
    if peran:
        client.force_login(getattr(dunia, peran))
    assert client.get(reverse(rute)).status_code == 401
    assert client.post(reverse(rute)).status_code == 401


@pytest.mark.parametrize("rute", [r for r, (cara, _) in ATURAN.items() if cara == "post"])
def test_yang_mengubah_menolak_get(dunia: Dunia, client: Client, rute: str) -> None:
    p = catatan(dunia)
    siapa = ATURAN[rute][1][0]
    client.force_login(getattr(dunia, siapa))
    assert client.get(alamat(rute, p, CITEKO)).status_code == 405


@pytest.mark.parametrize("peran", SEMUA)
def test_kelola_hanya_untuk_admin(dunia: Dunia, client: Client, peran: str) -> None:
    client.force_login(getattr(dunia, peran))
    for ns, pola in semua_rute(get_resolver()):
        rute = nama_rute(ns, pola)
        if ns != "admin" or rute in {"admin:None", "admin:logout"}:
            continue
        try:
            url = reverse(rute)
        except NoReverseMatch:
            continue  # pages of one row: same namespace, same rule
        status = client.get(url).status_code
        assert status == 403 if peran != A else status in (200, 302, 403, 400, 404), rute


def test_tanpa_penugasan_tidak_melihat_apa_pun(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.tanpa_wilayah)
    assert client.get(f"/akseptor/{p.akseptor_id}/").status_code == 404
    assert client.get(f"/dasbor/{CITEKO}/").status_code == 404
    assert client.get("/akseptor/").context["halaman"].paginator.count == 0
    assert client.get("/").status_code == 200


def test_pengguna_nonaktif_langsung_keluar(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.kader)
    assert client.get("/").status_code == 200
    dunia.kader.is_active = False
    dunia.kader.save()
    jawaban = client.get("/")
    assert (jawaban.status_code, "dinonaktifkan" in jawaban.content.decode()) == (403, True)
    assert client.get("/hp/data.json").status_code == 401


@pytest.mark.parametrize(
    ("siapa", "kode", "status"),
    [
        ("koordinator", PLERED, 200),
        ("koordinator", WANAYASA, 404),
        ("koordinator", KABUPATEN, 404),
        ("plkb", PLERED, 404),
        ("kader", PLERED, 404),
        ("dppkb", KABUPATEN, 200),
        ("dppkb", "32.15", 404),
    ],
)
def test_dasbor_hanya_di_dalam_cakupan(dunia: Dunia, client: Client, siapa: str, kode: str, status: int) -> None:
    client.force_login(getattr(dunia, siapa))
    assert client.get(f"/dasbor/{kode}/").status_code == status
    assert client.get(f"/dasbor/{kode}/data.json").status_code == status


def test_dppkb_melihat_nama_hanya_dengan_alasan_yang_tercatat(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.dppkb)
    tanya = client.get(f"/akseptor/{p.akseptor_id}/")
    assert tanya.status_code == 302
    assert tanya["Location"].startswith("/akseptor/buka-data/")
    assert client.post("/akseptor/buka-data/", {"alasan": "x"}).status_code == 422
    client.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    assert client.get(f"/akseptor/{p.akseptor_id}/").status_code == 200
    assert Jejak.objects.filter(tindakan="membuka data bernama", alasan="menjawab permintaan ibu").exists()
    assert Jejak.objects.filter(tindakan="membuka", oleh=dunia.dppkb, kunci=str(p.akseptor_id)).exists()


def test_setiap_pembacaan_catatan_tercatat(dunia: Dunia, client: Client) -> None:
    p = catatan(dunia)
    client.force_login(dunia.plkb)
    client.get(f"/akseptor/{p.akseptor_id}/")
    assert Jejak.objects.filter(tindakan="membuka", oleh=dunia.plkb, kunci=str(p.akseptor_id)).count() == 1
