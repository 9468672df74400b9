"""The history cannot be changed or taken away, and what changes without a word is written down by the database."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from akseptor.actions.hapus_data import MENGHAPUS
from akseptor.models import Akseptor, Pelayanan, Persetujuan
from kader.actions import catat_jejak
from kader.models import Jejak, Pengguna, Penugasan
from laporan.models import Kampanye, Kegiatan, LaporanBulanan
from tests.alat import CITEKO, Dunia, buat_dunia, catatan

LUAR, IKUT = "berubah di luar aplikasi", "ikut berubah"


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    selesai()
    return satu


def selesai() -> None:
    """What a COMMIT does: the safety net looks now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def jalankan(perintah: str, *nilai: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(perintah, nilai or None)


# --- append-only ------------------------------------------------------------------------------------------------
SERANGAN = {
    "orm_update": lambda j: Jejak.objects.filter(pk=j.pk).update(oleh=None),
    "orm_alasan": lambda j: Jejak.objects.filter(pk=j.pk).update(alasan="•"),
    "orm_save": lambda j: (setattr(j, "tindakan", "lain"), j.save()),
    "orm_delete": lambda j: j.delete(),
    "orm_delete_semua": lambda j: Jejak.objects.all().delete(),
    "sql_update": lambda j: jalankan("UPDATE kader_jejak SET pada = now() WHERE id = %s", j.pk),
    "sql_delete": lambda j: jalankan("DELETE FROM kader_jejak WHERE id = %s", j.pk),
    "sql_cabang": lambda j: jalankan("WITH x AS (DELETE FROM kader_jejak RETURNING 1) SELECT count(*) FROM x"),
    "sql_replika": lambda j: jalankan("SET LOCAL session_replication_role = replica; DELETE FROM kader_jejak"),
    "sql_sengaja_lupa": lambda j: jalankan("SELECT jejak_lupakan(%s::uuid[], '{nama_istri}')", j.orang),
    "sql_upsert": lambda j: jalankan(
        "INSERT INTO kader_jejak (id, pada, peran, tindakan, jenis, kunci, alasan, perubahan) "
        "VALUES (%s, now(), '', 'x', 'x', 'x', '', '{}') ON CONFLICT (id) DO UPDATE SET tindakan = 'x'",
        j.pk,
    ),
}


@pytest.mark.parametrize("cara", SERANGAN)
def test_riwayat_tidak_dapat_diubah_atau_dihapus(dunia: Dunia, cara: str) -> None:
    p = catatan(dunia)
    jejak = catat_jejak(
        dunia.kader, "mengubah", p, wilayah=CITEKO, alasan="x", perubahan={"nama_istri": ["Euis", "Iis"]}
    )
    selesai()
    with pytest.raises(IntegrityError, match="riwayat tidak dapat"), transaction.atomic():
        SERANGAN[cara](jejak)
    jejak.refresh_from_db()
    assert (jejak.tindakan, jejak.oleh_id, jejak.alasan) == ("mengubah", dunia.kader.pk, "x")
    assert jejak.perubahan == {"nama_istri": ["Euis", "Iis"]}


def test_riwayat_tidak_dapat_dikosongkan(dunia: Dunia) -> None:
    """Other tests are cleaned up by TRUNCATE, so conftest takes this lock off; it is put back and tried."""
    selesai()
    jalankan("ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tidak_dikosongkan")
    with pytest.raises(IntegrityError, match="riwayat tidak dapat"), transaction.atomic():
        jalankan("TRUNCATE kader_jejak CASCADE")
    with pytest.raises(IntegrityError, match="riwayat tidak dapat"), transaction.atomic():
        jalankan("TRUNCATE kader_pengguna CASCADE")
    jalankan("ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tidak_dikosongkan")


def test_migrasi_memasang_kuncinya_untuk_setiap_sesi(dunia: Dunia) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgrelid = 'kader_jejak'::regclass AND tgname LIKE 'jejak_t%'"
        )
        ada = dict(cursor.fetchall())
    # A: fires always. conftest turned the other one off for the tests.
    assert ada == {"jejak_tetap": "A", "jejak_tidak_dikosongkan": "D"}


def test_admin_hanya_membaca_riwayat(dunia: Dunia, client: Client) -> None:
    jejak = catat_jejak(dunia.kader, "mengubah", catatan(dunia), wilayah=CITEKO)
    client.force_login(dunia.admin)
    sebelum = Jejak.objects.filter(pk=jejak.pk).values().get()
    for alamat in (f"/admin/kader/jejak/{jejak.pk}/change/", f"/admin/kader/jejak/{jejak.pk}/delete/"):
        assert client.post(alamat, {"tindakan": "lain", "post": "yes"}).status_code == 403
    client.post("/admin/kader/jejak/", {"action": "delete_selected", "_selected_action": [jejak.pk], "post": "yes"})
    assert Jejak.objects.filter(pk=jejak.pk).values().get() == sebelum


def test_penghapusan_hanya_boleh_menyamarkan_nilai_orang_itu(dunia: Dunia) -> None:
    p, lain = catatan(dunia), catatan(dunia)
    satu = catat_jejak(dunia.kader, "mengubah", p, perubahan={"nama_istri": ["A", "B"], "tahap": ["", "calon"]})
    dua = catat_jejak(dunia.kader, "mengubah", lain, perubahan={"nama_istri": ["C", "D"]})
    catat_jejak(None, MENGHAPUS, p.akseptor)
    for ubah in (
        {"perubahan": {"nama_istri": ["A", "Z"], "tahap": ["", "calon"]}},
        {"perubahan": {"nama_istri": ["•", "•"]}},
        {"perubahan": {"nama_istri": ["•", "•"], "tahap": ["", "calon"], "x": ["•", "•"]}},
        {"alasan": "karangan"},
        {"oleh": None, "perubahan": {"nama_istri": ["•", "•"], "tahap": ["", "calon"]}},
        {"pada": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
    ):
        with pytest.raises(IntegrityError, match="riwayat tidak dapat"), transaction.atomic():
            Jejak.objects.filter(pk=satu.pk).update(**ubah)
    # Nor the line of somebody else.
    with pytest.raises(IntegrityError, match="riwayat tidak dapat"), transaction.atomic():
        Jejak.objects.filter(pk=dua.pk).update(perubahan={"nama_istri": ["•", "•"]})
    Jejak.objects.filter(pk=satu.pk).update(perubahan={"nama_istri": ["•", "•"], "tahap": ["", "calon"]})


def test_stempel_basis_data_tidak_dapat_dikarang(dunia: Dunia) -> None:
    jejak = catat_jejak(dunia.kader, "x", dunia.kader)
    palsu = Jejak(pada=jejak.pada, tindakan="x", jenis="x", kunci="x", transaksi=1, ditulis_pada=jejak.pada)
    palsu.save(force_insert=True)
    jejak.refresh_from_db()
    palsu.refresh_from_db()
    assert palsu.transaksi == jejak.transaksi > 1
    # The real hour, though the product's day is pinned to 2021.
    assert palsu.ditulis_pada.year > 2021 == palsu.pada.year


# --- the safety net ----------------------------------------------------------------------------------------------
def jaring(**saring: object) -> Jejak:
    selesai()
    return Jejak.objects.filter(tindakan__in=[LUAR, IKUT], **saring).order_by("-pk").first()


def test_perubahan_lewat_sql_tercatat_dengan_sebelum_dan_sesudah(dunia: Dunia) -> None:
    p = catatan(dunia)
    selesai()
    jalankan("UPDATE akseptor_akseptor SET nama_istri = 'Palsu', no_hp = 'x' WHERE id = %s", p.akseptor_id)
    j = jaring(jenis="akseptor", kunci=str(p.akseptor_id))
    assert (j.tindakan, j.oleh_id, j.wilayah_id, j.orang) == (LUAR, None, CITEKO, [p.akseptor_id])
    assert j.perubahan == {"nama_istri": [p.akseptor.nama_istri, "Palsu"], "no_hp": ["•", "•"]}
    assert j.alasan.startswith("update oleh ")


def test_perubahan_lewat_orm_tanpa_jejak_tercatat(dunia: Dunia) -> None:
    p = catatan(dunia)
    selesai()
    Pelayanan.objects.filter(pk=p.pk).update(metode="iud", tahap="batal")
    assert jaring(jenis="pelayanan").perubahan == {"metode": ["implan", "iud"], "tahap": ["dilayani", "batal"]}


@pytest.mark.parametrize(
    ("model", "isi", "kolom"),
    [
        (Penugasan, {"selesai": dt.date(2021, 7, 1)}, "selesai"),
        (Pengguna, {"peran": "admin"}, "peran"),
        (Pengguna, {"password": "baru"}, "password"),
        (Kampanye, {"target": 1}, "target"),
    ],
)
def test_setiap_tabel_dijaga(dunia: Dunia, model: type, isi: dict, kolom: str) -> None:
    satu = model.objects.order_by("pk").first()
    model.objects.filter(pk=satu.pk).update(**isi)
    j = jaring(jenis=model._meta.model_name, kunci=str(satu.pk))
    assert set(j.perubahan) == {kolom}
    rahasia = kolom == "password"
    assert (j.perubahan[kolom] == ["•", "•"]) == rahasia


def test_tabel_laporan_kegiatan_persetujuan_dijaga(dunia: Dunia) -> None:
    from django.core.management import call_command

    call_command("muat_formulir", verbosity=0)
    call_command("muat_macam_kegiatan", verbosity=0)
    from laporan.models import Formulir
    from tests.alat import kegiatan

    p, k = catatan(dunia), kegiatan(dunia.kader)
    setuju = Persetujuan.objects.create(
        akseptor=p.akseptor, versi_teks="x", diberikan_pada=p.diterima_pada, dicatat_oleh=dunia.kader
    )
    laporan = LaporanBulanan.objects.create(
        desa_id=CITEKO, bulan=dt.date(2021, 6, 1), formulir=Formulir.objects.first(), diubah_pada=p.diterima_pada
    )
    selesai()
    for satu in (k, setuju, laporan):
        assert jaring(jenis=satu._meta.model_name, kunci=str(satu.pk)).tindakan == LUAR
    Kegiatan.objects.filter(pk=k.pk).update(jumlah_orang=99)
    assert jaring(jenis="kegiatan").perubahan == {"jumlah_orang": ["20", "99"]}
    LaporanBulanan.objects.filter(pk=laporan.pk).update(nihil=True)
    assert jaring(jenis="laporanbulanan").perubahan == {"nihil": ["false", "true"]}
    setuju.delete()
    assert jaring(jenis="persetujuan").alasan.startswith("delete oleh ")


def test_baris_yang_dihapus_tetap_diketahui_isinya(dunia: Dunia) -> None:
    p = catatan(dunia)
    nama = p.akseptor.nama_istri
    selesai()
    Akseptor.objects.filter(pk=p.akseptor_id).delete()
    j = jaring(jenis="akseptor", kunci=str(p.akseptor_id))
    assert j.perubahan["nama_istri"] == [nama, ""]
    assert j.perubahan["nik_istri"] == ["•", "•"]
    assert jaring(jenis="pelayanan").orang == [p.akseptor_id]


def test_yang_tidak_disebut_tindakan_dicatat_atas_namanya(dunia: Dunia) -> None:
    """An act that tells of one column and changes two."""
    p = catatan(dunia)
    selesai()
    # In a transaction of its own, so to say: the lines of before are not about it.
    Pelayanan.objects.filter(pk=p.pk).update(metode="iud", tanggal=dt.date(2021, 7, 1))
    catat_jejak(dunia.plkb, "mengubah", p, wilayah=CITEKO, perubahan={"metode": ["implan", "iud"]})
    j = jaring(jenis="pelayanan")
    assert (j.tindakan, j.oleh_id, j.peran) == (IKUT, dunia.plkb.pk, "plkb")
    assert j.perubahan == {"tanggal": ["2021-07-08", "2021-07-01"]}
