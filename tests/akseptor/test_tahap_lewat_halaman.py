"""Moving a record along through the page: what a press may do, what it may not, and what stays behind."""

import itertools
import uuid

import pytest
from django.test import Client

from akseptor.actions import pindah_tahap
from akseptor.models import Pelayanan
from akseptor.tahap import PANAH
from kader.models import Jejak
from laporan.models import PerluHitung
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import hari_ini, hari_wib
from tests.alat import NAGROG, Dunia, buat_dunia, cakupan, catatan

# Who is allowed the arrow by role, but works elsewhere.
ORANG_LUAR = {"kader": ("tetangga", "jauh", "tanpa_wilayah"), "plkb": ("plkb_jauh",)}


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def potret() -> tuple:
    """Everything that a refusal must leave alone."""
    kolom = ("pk", "tahap", "versi", "alasan_tahap", "diverifikasi_oleh", "diverifikasi_pada")
    return (
        list(Pelayanan.objects.order_by("pk").values_list(*kolom)),
        Jejak.objects.count(),
        PerluHitung.objects.count(),
    )


@pytest.mark.parametrize(
    ("tindakan", "siapa"),
    [(t, s) for t, panah in PANAH.items() for peran in panah.peran for s in ORANG_LUAR[peran]],
)
def test_peran_benar_desa_orang_lain_ditolak_tanpa_jejak(dunia: Dunia, tindakan: str, siapa: str) -> None:
    p = catatan(dunia, tahap=min(PANAH[tindakan].dari))
    oleh, sebelum = getattr(dunia, siapa), potret()
    with pytest.raises(Ditolak, match="di luar wilayah tugas Anda"):
        pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="sebabnya ini")
    assert potret() == sebelum


@pytest.mark.parametrize("tindakan", PANAH)
def test_riwayat_menyebut_siapa_kapan_di_mana_dan_sebagai_apa(dunia: Dunia, tindakan: str) -> None:
    panah = PANAH[tindakan]
    p = catatan(dunia, tahap=min(panah.dari))
    oleh = getattr(dunia, min(panah.peran))
    pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="  sebabnya ini  ")
    jejak = Jejak.objects.get()
    assert (jejak.oleh, jejak.peran, jejak.alasan) == (oleh, oleh.peran, "sebabnya ini")
    assert (jejak.jenis, jejak.kunci, jejak.wilayah_id) == ("pelayanan", str(p.pk), p.desa_id)
    assert hari_wib(jejak.pada) == hari_ini()


@pytest.mark.parametrize(("tindakan", "versi"), itertools.product(PANAH, (0, 2, 999)))
def test_versi_lain_dari_yang_dilihat_ditolak(dunia: Dunia, tindakan: str, versi: int) -> None:
    p = catatan(dunia, tahap=min(PANAH[tindakan].dari))
    oleh, sebelum = getattr(dunia, min(PANAH[tindakan].peran)), potret()
    with pytest.raises(Ditolak, match="baru saja diubah orang lain"):
        pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="sebabnya ini", versi=versi)
    assert potret() == sebelum


def test_layani_calon_yang_belum_lengkap_ditolak_dengan_kalimat(dunia: Dunia) -> None:
    p = catatan(dunia, None, tahap="calon", metode="", status_peserta="", faskes=None)
    with pytest.raises(Ditolak, match="Lengkapi dulu"):
        pindah_tahap(dunia.kader, cakupan(dunia.kader), p.pk, "layani")


@pytest.mark.parametrize("tindakan", ["layani", "verifikasi", "kembalikan", "", "hapus", "a\x00b"])
def test_hanya_langkah_sekali_tekan_yang_ada_di_alamat_tahap(dunia: Dunia, client: Client, tindakan: str) -> None:
    p = catatan(dunia, tahap="calon")
    client.force_login(dunia.kader)
    sebelum = potret()
    data = {"tindakan": tindakan, "alasan": "sebabnya ini"}
    assert client.post(f"/akseptor/catatan/{p.pk}/tahap/", data).status_code == 404
    assert potret() == sebelum


@pytest.mark.parametrize(
    ("tahap", "tindakan", "alasan", "kalimat"),
    [
        ("calon", "batal", "", "Batalkan: tulis dulu alasannya"),
        ("dirujuk", "tunda", "   ", "Tunda: tulis dulu alasannya"),
        ("calon", "tunda", "x" * 501, "paling panjang 500 huruf"),
        ("dilayani", "rujuk", "", "sekarang berstatus dilayani, jadi tidak bisa: sudah dirujuk"),
        ("terverifikasi", "batal", "salah", "sekarang berstatus terverifikasi"),
        ("batal", "lanjutkan", "", "sekarang berstatus batal"),
    ],
)
def test_penolakan_di_halaman_berupa_kalimat(
    dunia: Dunia, client: Client, tahap: str, tindakan: str, alasan: str, kalimat: str
) -> None:
    p = catatan(dunia, tahap=tahap)
    client.force_login(dunia.kader)
    data = {"tindakan": tindakan, "alasan": alasan, "versi": "1"}
    jawaban = client.post(f"/akseptor/catatan/{p.pk}/tahap/", data, follow=True)
    assert kalimat in jawaban.content.decode()
    assert (f"Yang Anda tulis: “{alasan}”" in jawaban.content.decode()) is bool(alasan.strip())
    assert list(Pelayanan.objects.values_list("tahap", "versi")) == [(tahap, 1)]
    assert not Jejak.objects.exclude(tindakan="membuka").exists()


def test_calon_menempuh_seluruh_jalannya(dunia: Dunia, client: Client) -> None:
    """calon, tunda, lanjutkan, rujuk: each press one version and one trace, the reason readable on the page."""
    p = catatan(dunia, None, tahap="calon", metode="", status_peserta="", faskes=None)
    client.force_login(dunia.kader)
    url = f"/akseptor/catatan/{p.pk}/tahap/"
    for n, (tindakan, ke) in enumerate((("tunda", "ditunda"), ("lanjutkan", "calon"), ("rujuk", "dirujuk")), start=1):
        data = {"tindakan": tindakan, "alasan": "suami <b>belum</b> setuju", "versi": str(n)}
        assert client.post(url, data)["Location"] == f"/akseptor/{p.akseptor_id}/"
        p.refresh_from_db()
        assert (p.tahap, p.versi) == (ke, n + 1)
    isi = client.get(f"/akseptor/{p.akseptor_id}/").content.decode()
    assert isi.count("suami &lt;b&gt;belum&lt;/b&gt; setuju") >= 3
    assert list(Jejak.objects.order_by("pk").values_list("tindakan", flat=True)) == [
        "tunda",
        "lanjutkan",
        "rujuk",
        "membuka",
    ]


@pytest.mark.parametrize("kunci", ["asing", "jauh"])
def test_catatan_yang_bukan_miliknya_tidak_ditemukan_oleh_petugas(dunia: Dunia, client: Client, kunci: str) -> None:
    jauh = catatan(dunia, desa=NAGROG)
    pk = jauh.pk if kunci == "jauh" else uuid.uuid4()
    client.force_login(dunia.plkb)
    sebelum = potret()
    for jalur in ("verifikasi", "kembalikan"):
        assert client.post(f"/akseptor/catatan/{pk}/{jalur}/", {"alasan": "sebabnya ini"}).status_code == 404
    assert potret() == sebelum
