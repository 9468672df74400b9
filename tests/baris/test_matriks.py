"""What each role sees of each table is what `.dalam` of its scope says, whatever it asks for; and it writes no further."""

import uuid

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from akseptor.models import Akseptor, Pelayanan, Persetujuan
from kader.actions import catat_jejak
from kader.baris import Sesi, lintas_wilayah
from kader.cakupan import Cakupan
from kader.enums import Peran
from kader.models import Jejak
from laporan.models import Ekspor, Kegiatan, LaporanBulanan
from tests.alat import CITEKO, KABUPATEN, NAGROG, PLERED, WANAYASA, cakupan, catatan
from tests.baris.alat import dua_desa
from tests.peran import sebagai

TABEL = sorted(
    "akseptor_akseptor akseptor_pelayanan akseptor_persetujuan akseptor_kunjungan akseptor_tandaterima "
    "akseptor_permintaansubjek akseptor_titipan kader_jejak "
    "laporan_kegiatan laporan_fotokegiatan laporan_laporanbulanan laporan_pesan laporan_ekspor laporan_berkasekspor".split()
)
BERNAMA = {"akseptor_akseptor", "akseptor_persetujuan", "akseptor_permintaansubjek", "laporan_fotokegiatan"}
MILIK = {"laporan_ekspor": "oleh_id", "laporan_berkasekspor": "ekspor__oleh_id"}
TENTANG_ORANG = ["akseptor", "pelayanan", "persetujuan", "kunjungan", "kegiatan", "permintaansubjek"]
MODEL = {m._meta.db_table: m for m in apps.get_models()}
SIAPA = ["kader", "tetangga", "jauh", "plkb", "plkb_jauh", "koordinator", "dppkb", "admin", "tanpa_wilayah"]


def dalam(tabel: str, lingkup: Cakupan, pengguna: int, *, bernama: bool) -> set:
    """What may be seen, by the filter of the application, as the owner."""
    model: type[Model] = MODEL[tabel]
    if tabel in MILIK:
        return set(model._base_manager.filter(**{MILIK[tabel]: pengguna}).values_list("pk", flat=True))
    if tabel in BERNAMA and not bernama:
        return set()
    if tabel == "kader_jejak":
        orang = Jejak.objects.filter(jenis__in=TENTANG_ORANG).dalam(lingkup)
        if lingkup.kode == (KABUPATEN,):
            orang |= Jejak.objects.filter(jenis__in=TENTANG_ORANG, wilayah=None)
        return set((orang | Jejak.objects.exclude(jenis__in=TENTANG_ORANG)).values_list("pk", flat=True))
    if tabel == "laporan_fotokegiatan":
        return set(Kegiatan.objects.dalam(lingkup).exclude(foto=None).values_list("pk", flat=True))
    if tabel == "akseptor_tandaterima":
        boleh = Pelayanan.objects.dalam(lingkup).values("pk")
        return set(model._base_manager.filter(catatan__in=boleh).values_list("pk", flat=True))
    semua = LaporanBulanan.semua if tabel == "laporan_laporanbulanan" else model.objects
    return set(semua.dalam(lingkup).values_list("pk", flat=True))


def terlihat(tabel: str) -> set:
    return set(MODEL[tabel]._base_manager.order_by().values_list("pk", flat=True))


def sesi(lingkup: Cakupan, pengguna: int, *, bernama: bool = True) -> Sesi:
    satu = Sesi()
    satu.buka(lambda: (lingkup, bernama, pengguna))
    return satu


@pytest.mark.parametrize("bernama", [True, False], ids=["bernama", "tanpa nama"])
@pytest.mark.parametrize("siapa", SIAPA)
def test_yang_terlihat_sama_dengan_saringannya(db: None, siapa: str, *, bernama: bool) -> None:
    isi = dua_desa()
    catat_jejak(None, "berubah di luar aplikasi", isi[CITEKO]["akseptor_persetujuan"])  # of no area
    orang = getattr(isi["dunia"], siapa)
    lingkup = cakupan(orang)
    harap = {t: dalam(t, lingkup, orang.pk, bernama=bernama) for t in TABEL}
    with sebagai("web"), sesi(lingkup, orang.pk, bernama=bernama).dipasang():
        assert {t: terlihat(t) for t in TABEL} == harap


def test_yang_diuji_itu_ada(db: None) -> None:
    """Every table holds a row of each desa, so that "sees nothing" means something."""
    isi = dua_desa()
    for kode in (CITEKO, NAGROG):
        assert set(TABEL) <= set(isi[kode])
    orang = isi["dunia"].plkb
    lingkup = cakupan(orang)
    for tabel in TABEL:
        ada = dalam(tabel, lingkup, orang.pk, bernama=True)
        assert isi[CITEKO][tabel].pk in ada
        assert isi[NAGROG][tabel].pk not in ada


@pytest.mark.parametrize(
    "kode",
    [
        (),
        (CITEKO,),
        (CITEKO, NAGROG),
        (PLERED,),
        (PLERED, NAGROG),
        (WANAYASA, CITEKO),
        (KABUPATEN,),
        ("32.1",),
        ("32.14.0",),
    ],
)
def test_bagian_bagian_wilayah(db: None, kode: tuple[str, ...]) -> None:
    isi = dua_desa()
    dunia = isi["dunia"]
    # A neighbour between the two in the order of codes, and outside all of them.
    catatan(dunia, desa="32.14.04.2005")
    catatan(dunia, desa="32.14.09.2002")
    lingkup = Cakupan(Peran.KOORDINATOR, kode)
    harap = dalam("akseptor_pelayanan", lingkup, 0, bernama=True)
    if not all(len(k) in (5, 8, 13) for k in kode):
        with pytest.raises(ValueError, match="no code"), sebagai("web"), sesi(lingkup, 0).dipasang():
            Pelayanan.objects.count()
        return
    with sebagai("web"), sesi(lingkup, 0).dipasang():
        assert terlihat("akseptor_pelayanan") == harap


@pytest.mark.parametrize("tabel", TABEL)
def test_tanpa_sesi_tidak_ada_apa_pun(db: None, tabel: str) -> None:
    isi = dua_desa()
    orang = Jejak.objects.filter(jenis__in=TENTANG_ORANG).count()
    semua = Jejak.objects.count()
    with sebagai("web"):
        assert len(terlihat(tabel)) == (semua - orang if tabel == "kader_jejak" else 0)
        with Sesi().dipasang(), lintas_wilayah("tertutup"):
            assert len(terlihat(tabel)) == (semua - orang if tabel == "kader_jejak" else 0)
    assert isi[NAGROG][tabel].pk in terlihat(tabel)


@pytest.mark.parametrize("tabel", TABEL)
def test_pekerja_melihat_semua(db: None, tabel: str) -> None:
    dua_desa()
    semua = terlihat(tabel)
    assert len(semua) > 1
    with sebagai("pekerja"):
        assert terlihat(tabel) == semua


# --- writing ------------------------------------------------------------------------------------------------------
def tolak(aksi: object) -> None:
    with pytest.raises(ProgrammingError, match=r"row-level security|permission denied"), transaction.atomic():
        aksi()


def test_menulis_tidak_lebih_jauh_dari_wilayahnya(db: None) -> None:
    isi = dua_desa()
    orang = isi["dunia"].plkb
    dekat, jauh = isi[CITEKO], isi[NAGROG]
    a = dekat["akseptor_akseptor"]
    with sebagai("web"), sesi(cakupan(orang), orang.pk).dipasang():
        # What lies outside is not there to be changed.
        assert Akseptor.objects.filter(pk=jauh["akseptor_akseptor"].pk).update(rw="009") == 0
        assert Kegiatan.objects.filter(pk=jauh["laporan_kegiatan"].pk).delete()[0] == 0
        assert Akseptor.objects.filter(pk=a.pk).update(rw="009") == 1
        # Nothing is made there, and nothing moved there.
        tolak(lambda: Akseptor.objects.filter(pk=a.pk).update(desa_id=NAGROG))
        tolak(lambda: LaporanBulanan.objects.filter(pk=dekat["laporan_laporanbulanan"].pk).update(desa_id=NAGROG))
        tolak(lambda: Kegiatan.objects.filter(pk=dekat["laporan_kegiatan"].pk).update(desa_id=NAGROG))
        tolak(lambda: _salin(jauh["akseptor_akseptor"], desa_id=NAGROG, pasangan=uuid.uuid4()))
        tolak(lambda: _salin(jauh["akseptor_pelayanan"]))
        tolak(lambda: _salin(jauh["laporan_kegiatan"]))
        tolak(
            lambda: Persetujuan.objects.create(
                akseptor_id=jauh["akseptor_akseptor"].pk,
                versi_teks="1",
                diberikan_pada=a_pada(isi),
                dicatat_oleh=orang,
            )
        )
        tolak(
            lambda: Ekspor.objects.create(
                oleh=isi["dunia"].plkb_jauh, jenis="bulan", bulan="2021-06-01", dibuat_pada=a_pada(isi)
            )
        )
        # Within the area a couple moves, and its services with it.
        assert Akseptor.objects.filter(pk=a.pk).update(desa_id="32.14.04.2005") == 1
        assert Pelayanan.objects.get(pk=dekat["akseptor_pelayanan"].pk).desa_id == "32.14.04.2005"


def a_pada(isi: dict) -> object:
    return isi[CITEKO]["akseptor_pelayanan"].diterima_pada


def _salin(baris: Model, **ubah: object) -> None:
    baru = (
        type(baris).objects.none().model(**{f.attname: getattr(baris, f.attname) for f in baris._meta.concrete_fields})
    )
    baru.pk = uuid.uuid4()
    for nama, nilai in ubah.items():
        setattr(baru, nama, nilai)
    baru.save(force_insert=True)


@pytest.mark.parametrize("peran", ["web", "pekerja"])
@pytest.mark.parametrize(
    "perintah",
    [
        "TRUNCATE akseptor_akseptor CASCADE",
        "TRUNCATE kader_jejak",
        "SET session_replication_role = replica",
        "ALTER TABLE akseptor_pelayanan DISABLE TRIGGER ALL",
        "ALTER TABLE akseptor_akseptor DISABLE ROW LEVEL SECURITY",
        "DROP POLICY baris_web ON akseptor_akseptor",
        "CREATE TABLE pintu_belakang (id int)",
        "CREATE FUNCTION pintu_belakang() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "UPDATE django_migrations SET name = name",
        "ALTER ROLE poskb_web BYPASSRLS",
        "GRANT poskb_pekerja TO poskb_web",
    ],
)
def test_yang_tidak_boleh_siapa_pun_selain_pemilik(db: None, peran: str, perintah: str) -> None:
    with (
        sebagai(peran),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError, match=r"denied|must be owner|must have"),
    ):
        cursor.execute(perintah)


@pytest.mark.parametrize(
    "perintah",
    [
        "DELETE FROM akseptor_akseptor",
        "DELETE FROM akseptor_pelayanan",
        "DELETE FROM akseptor_kunjungan",
        "UPDATE akseptor_persetujuan SET cara = 'x'",
        "DELETE FROM akseptor_persetujuan",
        "DELETE FROM akseptor_tandaterima",
        "UPDATE kader_jejak SET alasan = ''",
        "DELETE FROM kader_jejak",
        "CREATE TEMP TABLE bayangan (id int)",
    ],
)
def test_yang_tidak_boleh_web(db: None, perintah: str) -> None:
    with sebagai("web"), connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(perintah)
