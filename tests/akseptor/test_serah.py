"""A kader who was moved: what she wrote before finds its way into the desa where she wrote it, and nothing else does."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from akseptor.cadangan import tanda_hp
from akseptor.models import Akseptor, Pelayanan, Persetujuan
from akseptor.sinkron import serah
from kader.baris import menyerahkan
from kader.models import Jejak, Penugasan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import WIB, jam_nyata, sekarang
from tests.akseptor.test_cadangan import berkas, unggah
from tests.akseptor.test_sinkron import kirim
from tests.alat import CITEKO, GANDASOLI, HARI, NAGROG, SEJAK, Dunia, buat_dunia, catatan, data_formulir
from tests.baris.test_sesi import sesi
from tests.peran import sebagai

KEMARIN = HARI - dt.timedelta(days=1)


@pytest.fixture
def dunia(db: None) -> Dunia:
    satu = buat_dunia()
    # Citeko until yesterday, Nagrog from today on.
    satu.kader.penugasan.update(selesai=KEMARIN)
    Penugasan.objects.create(pengguna=satu.kader, wilayah_id=NAGROG, mulai=HARI)
    return satu


@pytest.fixture
def hp(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.kader)
    return client


def jam() -> str:
    """The phone's clock, which is right."""
    return sekarang().isoformat()


def hasil(client: Client, *catatan: dict) -> list[str]:
    return [t["hasil"] for t in kirim(client, *catatan, jam_hp=jam())]


def lama(dunia: Dunia, hari: dt.date = KEMARIN, **ubah: object) -> dict[str, str]:
    """Written that day in the desa where she acted."""
    isi = {"tanggal_pelayanan": hari.isoformat()} | ubah
    return data_formulir(dunia, **isi) | {"dicatat_pada": f"{hari}T15:00:00+07:00"}


def test_catatan_dari_sebelum_pindah_sampai_di_desanya(dunia: Dunia, hp: Client) -> None:
    satu, dua = lama(dunia, nama_istri="Euis Kemarin"), lama(dunia, desa=NAGROG)
    tanda = kirim(hp, satu, dua | {"dicatat_pada": jam(), "tanggal_pelayanan": "2021-07-08"}, jam_hp=jam())
    assert [t["hasil"] for t in tanda] == ["diterima", "diterima"]
    # What lies outside is not kept on her phone; what lies inside is.
    assert [t["ringkas"] is None for t in tanda] == [True, False]
    p = Pelayanan.objects.select_related("akseptor").get(pk=satu["id"])
    assert (p.desa_id, p.akseptor.desa_id, p.dicatat_oleh) == (CITEKO, CITEKO, dunia.kader)
    assert p.dicatat_pada.astimezone(WIB).date() == KEMARIN
    assert Persetujuan.objects.filter(akseptor=p.akseptor).count() == 1
    jejak = Jejak.objects.filter(kunci=satu["id"]).values_list("jenis", "tindakan", "wilayah_id")
    assert set(jejak) == {("akseptor", "mendaftarkan", CITEKO), ("pelayanan", "mencatat", CITEKO)}
    assert hasil(hp, satu) == ["sudah_ada"]
    assert hp.get(f"/akseptor/{satu['id']}/").status_code == 404
    hp.force_login(dunia.plkb)
    assert "Euis Kemarin" in hp.get(f"/akseptor/{satu['id']}/").content.decode()


def test_juga_bila_belum_ada_desa_baru(dunia: Dunia, hp: Client) -> None:
    dunia.kader.penugasan.filter(wilayah_id=NAGROG).delete()
    assert hasil(hp, lama(dunia)) == ["diterima"]


@pytest.mark.parametrize(
    "ubah",
    [
        {"desa": GANDASOLI},
        {"desa": "32.14.04"},
        {"desa": "32.14"},
        {"desa": f"{CITEKO}'; --"},
        {"dicatat_pada": "kini"},
        {"dicatat_pada": "2021-07-09T08:00:00+07:00"},
        {"dicatat_pada": None},
        {"tanggal_pelayanan": "2021-07-08"},
        {"tanggal_pelayanan": "08-07-2021"},
    ],
)
def test_yang_tidak_ikut(dunia: Dunia, hp: Client, ubah: dict) -> None:
    """A desa that she never had, and what was written or done after she left."""
    isi = {k: jam() if v == "kini" else v for k, v in (lama(dunia) | ubah).items() if v is not None}
    (tanda,) = kirim(hp, isi, jam_hp=jam())
    assert (tanda["hasil"], list(tanda["galat"])) == ("ditolak", ["desa"])
    assert not Akseptor.objects.exists()


def test_desa_orang_lain_pada_hari_yang_sama_tidak(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.jauh)
    assert hasil(client, lama(dunia)) == ["ditolak"]


def test_terlalu_lama(dunia: Dunia, hp: Client) -> None:
    akhir = HARI - serah.selama()
    for hari, apa in ((akhir, "diterima"), (akhir - dt.timedelta(days=1), "ditolak")):
        assert hari > SEJAK
        assert hasil(hp, lama(dunia, hari)) == [apa]


def test_yang_sudah_ada_tidak_diubah(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, KEMARIN)
    ubah = {"id": str(p.pk), "versi": 1, "rw": "4", "desa": CITEKO, "dicatat_pada": f"{KEMARIN}T15:00:00+07:00"}
    tunda = {"jenis": "tahap", "id": str(p.pk), "versi": 1, "tindakan": "tunda", "alasan": "x"}
    assert hasil(hp, ubah, tunda | {"dicatat_pada": ubah["dicatat_pada"]}) == ["ditolak"] * 2
    p.refresh_from_db()
    assert (p.versi, p.akseptor.rw) == (1, "")


def test_pelayanan_lain_pasangan_yang_dikenal_mendapat_baris_sendiri(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, KEMARIN)
    a = p.akseptor
    a.nama_istri = "Enok Karangan"
    a.save()
    isi = lama(dunia, nama_istri=a.nama_istri, nik_istri=a.nik_istri, metode="iud", rw="4", akseptor=a.pk)
    (tanda,) = kirim(hp, isi, jam_hp=jam())
    assert tanda["hasil"] == "duplikat"
    # Of the woman there she is told no more than of anybody elsewhere.
    assert all(a.nama_istri != m["nama"] for m in tanda["mirip"])
    baru = Akseptor.objects.get(pk=isi["id"])
    assert (baru.pasangan, baru.perlu_tinjau_duplikat, baru.desa_id) == (a.pasangan, True, CITEKO)
    a.refresh_from_db()
    assert (a.rw, Pelayanan.objects.get(pk=p.pk).versi) == ("", 1)


def test_yang_menarik_persetujuan_tidak_kembali(dunia: Dunia, hp: Client) -> None:
    p = catatan(dunia, KEMARIN)
    Akseptor.objects.filter(pk=p.akseptor_id).update(ditarik_pada=p.diterima_pada)
    (tanda,) = kirim(hp, lama(dunia, nik_istri=p.akseptor.nik_istri, akseptor=p.akseptor_id), jam_hp=jam())
    assert tanda["hasil"] == "ditolak"
    assert Akseptor.objects.count() == 1


# --- a file that an officer brings in ------------------------------------------------------------------------------
def cadangan(dunia: Dunia, *catatan: dict, dibuat: str = "") -> bytes:
    return berkas({"tanda": tanda_hp(dunia.kader), "jam_hp": dibuat or jam(), "catatan": list(catatan)})


def test_berkas_cadangan_dibawa_petugas_desa_yang_baru(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb_jauh)
    isi = cadangan(dunia, lama(dunia), lama(dunia, desa=GANDASOLI))
    assert [b.tanda.hasil for b in unggah(client, isi).context["hasil"].baris] == ["diterima", "ditolak"]
    assert Pelayanan.objects.get().desa_id == CITEKO
    client.force_login(dunia.plkb)
    assert unggah(client, isi).status_code == 422


def test_berkas_yang_lama_tersimpan_tetap_tahu_harinya(dunia: Dunia, client: Client) -> None:
    """Made two days ago, the day before she was moved; its age is not counted from today."""
    dua_hari = (jam_nyata() - dt.timedelta(days=2)).astimezone(WIB)
    satu = lama(dunia, HARI - dt.timedelta(days=2))
    satu["dicatat_pada"] = (dua_hari - dt.timedelta(minutes=5)).isoformat()
    client.force_login(dunia.plkb_jauh)
    assert [
        b.tanda.hasil
        for b in unggah(client, cadangan(dunia, satu, dibuat=dua_hari.isoformat())).context["hasil"].baris
    ] == ["diterima"]
    umur = Pelayanan.objects.get().diterima_pada - Pelayanan.objects.get().dicatat_pada
    assert abs(umur - dt.timedelta(days=2, minutes=5)) < dt.timedelta(minutes=1)


# --- what the database lets through ------------------------------------------------------------------------------------
def test_basis_data_hanya_menerima_baris_itu(transactional_db: None) -> None:
    dunia = buat_dunia()
    p = catatan(dunia)
    kunci = uuid.uuid4()
    kolom = "desa_id, nama_istri, nik_istri, nik_menyusul, alasan_nik_menyusul, tanggal_lahir_istri, nama_suami, no_hp, rw, rt, alamat, perlu_tinjau_duplikat"
    sisip = (
        f"INSERT INTO akseptor_akseptor (id, pasangan, {kolom}) "
        "VALUES (%s, %s, %s, 'x', '', true, 'x', '1990-01-01', '', '', '', '', '', false)"
    )

    def coba(id_: uuid.UUID, desa: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sisip, [id_, id_, desa])

    with sebagai("web"), sesi(NAGROG).dipasang():
        with menyerahkan(CITEKO, kunci):
            assert not Akseptor.objects.exists()
            assert not Pelayanan.objects.exists()
            assert Akseptor.objects.filter(pk=p.akseptor_id).update(rw="9") == 0
            assert Pelayanan.objects.filter(pk=p.pk).update(versi=9) == 0
            for id_, desa in ((uuid.uuid4(), CITEKO), (kunci, GANDASOLI)):
                with pytest.raises(DatabaseError, match="row-level security"):
                    coba(id_, desa)
            coba(kunci, CITEKO)
            assert not Akseptor.objects.exists()
            assert Akseptor.objects.filter(pk=kunci).update(rw="9") == 0
        with pytest.raises(DatabaseError, match="row-level security"):
            coba(uuid.uuid4(), CITEKO)
    assert Akseptor.objects.count() == 2


def test_tanpa_sesi_tidak_membuka_apa_pun(transactional_db: None) -> None:
    kunci = uuid.uuid4()
    with (
        sebagai("web"),
        menyerahkan(CITEKO, kunci),
        pytest.raises(DatabaseError, match="row-level"),
        transaction.atomic(),
    ):
        Akseptor.objects.create(id=kunci, pasangan=kunci, desa_id=CITEKO, nama_istri="x", tanggal_lahir_istri=HARI)
    with pytest.raises(ValueError, match="no code"), sesi(NAGROG).dipasang(), menyerahkan("x'; --", kunci):
        pass


def test_laporan_hanya_dapat_dilihat_dan_dipegang(transactional_db: None) -> None:
    from tests.baris.alat import dua_desa

    dua_desa()
    with sebagai("web"), sesi(NAGROG).dipasang():
        assert not LaporanBulanan.semua.filter(desa_id=CITEKO).exists()
        with menyerahkan(CITEKO, uuid.uuid4()), transaction.atomic():
            (satu,) = LaporanBulanan.semua.filter(desa_id=CITEKO).select_for_update(of=("self",), no_key=True)
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                LaporanBulanan.semua.filter(pk=satu.pk).update(versi=9)
