"""The product's own acts tell everything themselves: at their COMMIT the safety net finds nothing without an actor."""

import datetime as dt
import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from akseptor.models import Akseptor, Kunjungan, Pelayanan
from kader.models import Jejak, Pengguna, Penugasan
from laporan.models import Kampanye, Kegiatan, LaporanBulanan
from tests.alat import (
    CITEKO,
    GANDASOLI,
    Dunia,
    buat_dunia,
    catatan,
    data_formulir,
    kegiatan,
    kunjungan,
    nik_baru,
)
from tests.laporan.bulanan import pabrik

pytestmark = pytest.mark.django_db(transaction=True)
LUAR, IKUT = "berubah di luar aplikasi", "ikut berubah"


@pytest.fixture
def dunia(transactional_db: None) -> Dunia:
    call_command("muat_formulir", verbosity=0)
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    return buat_dunia()


def masuk(siapa: Pengguna) -> Client:
    client = Client()
    client.force_login(siapa)
    return client


def sinkron(d: Dunia) -> None:
    isi = [
        data_formulir(d, nama_istri=n, nik_istri=nik_baru(dt.date(1980, 1, h)))
        for h, n in enumerate(("Euis Wulandari", "Oneng Rohaeti"), 1)
    ]
    jawaban = masuk(d.kader).post("/akseptor/sinkron/", json.dumps({"catatan": isi}), content_type="application/json")
    assert {t["hasil"] for t in jawaban.json()["tanda_terima"]} == {"diterima"}


def catat(d: Dunia) -> None:
    assert masuk(d.kader).post("/akseptor/baru/", data_formulir(d)).status_code == 302


def ubah(d: Dunia) -> None:
    p = Pelayanan.objects.get()
    isi = data_formulir(
        d, id=str(p.pk), versi=str(p.versi), metode="iud", nama_istri="Iis", no_hp="08123456789", rt="4"
    )
    assert masuk(d.kader).post(f"/akseptor/catatan/{p.pk}/ubah/", isi).status_code == 302


def tahap(d: Dunia) -> None:
    p = Pelayanan.objects.get()
    plkb = masuk(d.plkb)
    plkb.post(f"/akseptor/catatan/{p.pk}/verifikasi/", {"versi": p.versi})
    plkb.post(f"/akseptor/catatan/{p.pk}/kembalikan/", {"versi": p.versi + 1, "alasan": "periksa tanggalnya"})
    masuk(d.kader).post(f"/akseptor/catatan/{p.pk}/tahap/", {"tindakan": "batal", "alasan": "tidak jadi"})
    assert Pelayanan.objects.get().tahap == "batal"


def pindah(d: Dunia) -> None:
    a = Akseptor.objects.get()
    masuk(d.plkb).post(f"/akseptor/{a.pk}/pindah-desa/", {"desa": GANDASOLI})
    assert Akseptor.objects.get().desa_id == GANDASOLI


def duplikat(d: Dunia) -> None:
    a = Akseptor.objects.get()
    Akseptor.objects.update(perlu_tinjau_duplikat=True)
    lain = catatan(d)
    Akseptor.objects.filter(pk=lain.akseptor_id).update(
        nama_istri=a.nama_istri, tanggal_lahir_istri=a.tanggal_lahir_istri
    )
    d.batas = Jejak.objects.latest("pk").pk
    masuk(d.plkb).post(f"/akseptor/{a.pk}/duplikat/", {"orang_sama": str(lain.akseptor_id)})
    assert Akseptor.objects.values("pasangan").distinct().count() == 1


def kunjungi(d: Dunia) -> None:
    p = Pelayanan.objects.get()
    plkb = masuk(d.plkb)
    plkb.post(f"/kunjungan/{p.pk}/", {"tanggal": "2021-07-08", "hasil": "dikonfirmasi", "catatan": ""})
    k = Kunjungan.objects.get()
    plkb.post(f"/kunjungan/{k.pk}/ubah/", {"tanggal": "2021-07-08", "hasil": "tidak_bertemu", "versi": 1})
    plkb.post(f"/kunjungan/{k.pk}/tarik/", {"versi": 2, "alasan": "salah rumah"})
    assert Kunjungan.objects.get().ditarik


def setujui(d: Dunia) -> None:
    p = Pelayanan.objects.get()
    masuk(d.kader).post(f"/akseptor/catatan/{p.pk}/persetujuan/", {"persetujuan_data": "on", "versi_teks": "2021-1"})
    assert p.akseptor.persetujuan.exists()


def hak(d: Dunia) -> None:
    p = Pelayanan.objects.get()
    kunjungan(p, hasil="perlu_diperbaiki", catatan="alamat salah")
    d.batas = Jejak.objects.latest("pk").pk
    dppkb = masuk(d.dppkb)
    dppkb.post("/akseptor/buka-data/", {"alasan": "menjawab permintaan ibu"})
    isi = {"jenis": "tarik", "saluran": "langsung", "bukti_diri": "ktp", "diterima_pada": "2021-07-08T00:00"}
    dppkb.post(f"/hak/baru/{p.akseptor_id}/", isi)
    dppkb.post(f"/hak/{p.akseptor.permintaan.get(jenis='hapus').pk}/hapus/", {"yakin": "ya"})
    assert Akseptor.objects.get().dihapus_pada


def kerjakan_kegiatan(d: Dunia) -> None:
    k = kegiatan(d.kader)
    d.batas = Jejak.objects.latest("pk").pk
    kader = masuk(d.kader)
    isi = {"macam": k.macam_id, "tanggal": "2021-07-07", "jumlah_orang": "9", "desa": CITEKO, "versi": "1"}
    assert kader.post(f"/kegiatan/{k.pk}/ubah/", isi | {"id": str(k.pk)}).status_code == 302
    kader.post(f"/kegiatan/{k.pk}/hapus/", {"versi": "2", "alasan": "keliru"})
    kader.post(f"/kegiatan/{k.pk}/pulihkan/")
    assert Kegiatan.objects.get().versi == 4


def lapor(d: Dunia) -> None:
    c = pabrik.cerita()
    pabrik.pelayanan(tahap="terverifikasi", bersih=True)
    d.batas = Jejak.objects.latest("pk").pk
    pabrik.disetujui(c)
    assert LaporanBulanan.objects.get().status == "disetujui"
    assert Pelayanan.objects.get().bulan_laporan


def kelola(d: Dunia) -> None:
    admin = masuk(d.admin)
    admin.post(
        f"/admin/kader/pengguna/{d.jauh.pk}/change/",
        {"nama_masuk": "jauh", "nama": "Bu Jauh", "peran": "kader", "is_active": "on"},
    )
    assert Pengguna.objects.get(pk=d.jauh.pk).nama == "Bu Jauh"
    tugas = Penugasan.objects.get(pengguna=d.jauh)
    admin.post(f"/admin/kader/penugasan/{tugas.pk}/change/", {"mulai": "2021-01-04", "selesai": "2021-07-31"})
    assert Penugasan.objects.get(pk=tugas.pk).selesai


def kampanye(d: Dunia) -> None:
    dppkb = masuk(d.dppkb)
    isi = {"nama": "Harganas", "wilayah": "32.14", "mulai": "2021-09-01", "selesai": "2021-09-30", "target": "317"}
    dppkb.post("/kampanye/baru/", isi | {"metode": ["iud", "implan"], "status_peserta": ["baru"]})
    assert Kampanye.objects.filter(nama="Harganas").exists()


TINDAKAN: list[Callable[[Dunia], None]] = [
    sinkron,
    catat,
    ubah,
    tahap,
    pindah,
    duplikat,
    kunjungi,
    setujui,
    hak,
    kerjakan_kegiatan,
    lapor,
    kelola,
    kampanye,
]


class Wadah:
    """The district, and from which line on an act is watched."""

    def __init__(self, dunia: Dunia) -> None:
        self.__dict__ |= vars(dunia)
        self.batas = 0


@pytest.mark.parametrize("tindakan", TINDAKAN, ids=lambda t: t.__name__)
def test_tidak_ada_perubahan_tanpa_pelaku(dunia: Dunia, tindakan: Callable[[Dunia], None]) -> None:
    if tindakan in {ubah, tahap, pindah, duplikat, kunjungi, setujui, hak}:
        catatan(dunia)
    wadah = Wadah(dunia)
    wadah.batas = Jejak.objects.latest("pk").pk
    tindakan(wadah)
    baru = Jejak.objects.filter(pk__gt=wadah.batas)
    assert list(baru.filter(tindakan=LUAR).values_list("jenis", "perubahan")) == []
    # What follows from an act is told under its actor's name; only these follow today.
    ikut = {(j.jenis, *sorted(j.perubahan)) for j in baru.filter(tindakan=IKUT)}
    assert ikut <= {("akseptor", "pasangan"), ("akseptor", "pasangan", "perlu_tinjau_duplikat")}, ikut
    assert baru.exclude(tindakan__in=[LUAR, IKUT]).exists()
