"""What is changed outside the application can be read: by the officer where it concerns somebody, and by DPPKB."""

import pytest
from django.db import connection, transaction
from django.test import Client

from akseptor.models import Pelayanan, Persetujuan
from kader.actions import catat_jejak
from kader.models import Jejak
from laporan.hak.cari import LUAR
from poskb.dasar.waktu import WIB
from tests.alat import CITEKO, Dunia, buat_dunia, catatan, kunjungan, permintaan

# As somebody at psql does it.
PERUBAHAN = {
    "persetujuan": "DELETE FROM akseptor_persetujuan WHERE akseptor_id = %(orang)s",
    "kunjungan": "UPDATE akseptor_kunjungan SET hasil = 'tidak_bertemu' WHERE pelayanan_id = %(layanan)s",
    "permintaansubjek": "DELETE FROM akseptor_permintaansubjek WHERE akseptor_id = %(orang)s",
}
SEMUANYA = (
    "DELETE FROM akseptor_persetujuan WHERE akseptor_id = %(orang)s",
    "DELETE FROM akseptor_permintaansubjek WHERE akseptor_id = %(orang)s",
    "DELETE FROM akseptor_kunjungan WHERE pelayanan_id = %(layanan)s",
    "DELETE FROM akseptor_pelayanan WHERE id = %(layanan)s",
    "DELETE FROM akseptor_akseptor WHERE id = %(orang)s",
)


@pytest.fixture
def dunia(transactional_db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def p(dunia: Dunia) -> Pelayanan:
    satu = catatan(dunia)
    Persetujuan.objects.create(
        akseptor=satu.akseptor, versi_teks="1", diberikan_pada=satu.dicatat_pada, dicatat_oleh=dunia.kader
    )
    kunjungan(satu)
    permintaan(satu)
    return satu


def di_luar(p: Pelayanan, *perintah: str) -> list[Jejak]:
    """Run statements in one transaction; return what the net wrote about them."""
    terakhir = Jejak.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic(), connection.cursor() as cursor:
        for satu in perintah:
            cursor.execute(satu, {"orang": p.akseptor_id, "layanan": p.pk})
            assert cursor.rowcount == 1
    return list(Jejak.objects.filter(pk__gt=terakhir, tindakan=LUAR, jenis__in=PERUBAHAN))


def terlihat(client: Client, jejak: Jejak) -> bool:
    """Whether /jejak/ shows a line to who is signed in."""
    hari = jejak.pada.astimezone(WIB).date().isoformat()
    jawaban = client.post("/jejak/", {"kelompok": "luar", "dari": hari, "sampai": hari})
    assert jawaban.status_code == 200
    return jejak.pk in [j.pk for j in jawaban.context["baris"]]


@pytest.mark.parametrize("jenis", PERUBAHAN)
def test_dppkb_dan_petugas_desanya_membacanya(dunia: Dunia, client: Client, p: Pelayanan, jenis: str) -> None:
    (baris,) = di_luar(p, PERUBAHAN[jenis])
    assert (baris.jenis, baris.wilayah_id, baris.orang) == (jenis, CITEKO, [p.akseptor_id])
    client.force_login(dunia.dppkb)
    assert terlihat(client, baris)
    client.force_login(dunia.plkb)
    halaman = client.get(f"/jejak/orang/{p.akseptor_id}/")
    assert baris.pk in [j.pk for j in halaman.context["halaman"]]
    assert "catatan Ibu berubah di luar aplikasi" in halaman.content.decode()
    client.force_login(dunia.plkb_jauh)
    assert client.get(f"/jejak/orang/{p.akseptor_id}/").status_code == 404


def test_yang_tanpa_wilayah_untuk_seluruh_kabupaten(dunia: Dunia, client: Client, p: Pelayanan) -> None:
    """As those lines stand that were written before the net knew where to look."""
    baris = catat_jejak(None, LUAR, p.akseptor.persetujuan.get(), orang=[p.akseptor_id])
    assert baris.wilayah_id is None
    client.force_login(dunia.dppkb)
    assert terlihat(client, baris)


def test_yang_hilang_bersama_pasangannya(dunia: Dunia, p: Pelayanan) -> None:
    """Everything of her in one transaction lies where the history last saw her."""
    catat_jejak(dunia.kader, "mendaftarkan", p.akseptor, wilayah=CITEKO)
    catat_jejak(dunia.kader, "mencatat", p, wilayah=CITEKO)
    assert {(j.jenis, j.wilayah_id, *j.orang) for j in di_luar(p, *SEMUANYA)} == {
        (jenis, CITEKO, p.akseptor_id) for jenis in PERUBAHAN
    }
