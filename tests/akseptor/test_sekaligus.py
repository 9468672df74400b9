"""A batch written together says and writes the same as its records one by one."""

import json
import uuid

import pytest
from django.db import IntegrityError
from django.test import Client

from akseptor import actions
from akseptor.models import Akseptor, Pelayanan, Persetujuan, TandaTerima
from akseptor.signals import pelayanan_berubah
from akseptor.sinkron import kumpulan
from kader.models import Jejak
from laporan.models import PerluHitung
from tests.alat import GANDASOLI, Dunia, buat_dunia, cakupan, catatan, data_formulir, isian, longgarkan_jejak, nik_baru

pytestmark = pytest.mark.django_db


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


@pytest.fixture
def hp(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.kader)
    return client


def kirim(hp: Client, *catatan: dict) -> list[dict]:
    return hp.post("/akseptor/sinkron/", json.dumps({"catatan": catatan}), content_type="application/json").json()[
        "tanda_terima"
    ]


def bermacam(dunia: Dunia) -> list[dict]:
    """What can meet in one batch: plain, refused, known NIK, one NIK twice, one birth date twice, outside, moved."""
    lama = catatan(dunia)
    nik = nik_baru()
    calon = {"tahap": "calon", "metode": "", "status_peserta": "", "faskes": ""}
    semua = [
        data_formulir(
            dunia, nama_istri="Euis Wulandari", tanggal_lahir_istri="1984-05-06", nik_istri="3214994605840001"
        ),
        data_formulir(dunia, nama_suami=""),
        data_formulir(dunia, nik_istri=lama.akseptor.nik_istri),
        data_formulir(dunia, nik_istri=nik),
        data_formulir(dunia, nik_istri=nik, metode="iud"),
        data_formulir(
            dunia, nama_istri="Oneng Rohaeti", nik_istri="", nik_menyusul="on", alasan_nik_menyusul="KTP hilang"
        )
        | {"tanggal_lahir_istri": "1984-06-05"},
        data_formulir(dunia, desa=GANDASOLI),
        data_formulir(dunia, nik_istri="3214995102800001", **calon),
        data_formulir(dunia, nik_istri="3214994102800009", rw="x"),
    ]
    return [*semua, {"jenis": "tahap", "id": semua[7]["id"], "versi": 1, "tindakan": "rujuk"}, semua[0]]


def keadaan() -> list:
    """Everything that was written, without moments."""
    pelayanan = Pelayanan.objects.order_by("pk").values_list(
        "pk", "akseptor_id", "pasangan", "desa_id", "tahap", "metode", "faskes", "tanggal", "versi", "sidik"
    )
    akseptor = Akseptor.objects.order_by("pk").values_list(
        "pk", "pasangan", "nama_istri", "nik_indeks", "rw", "perlu_tinjau_duplikat", "tanggal_lahir_istri"
    )
    return [
        list(pelayanan),
        list(akseptor),
        sorted(Jejak.objects.values_list("tindakan", "jenis", "kunci", "wilayah_id", "oleh_id", "perubahan__tahap")),
        sorted(str(p) for p in Persetujuan.objects.values_list("akseptor_id", "versi_teks", "dicatat_oleh_id")),
        sorted(PerluHitung.objects.values_list("desa_id", "tanggal").distinct()),
    ]


def tanda_saja(tanda: list[dict]) -> list[tuple]:
    return [(t["id"], t["hasil"], t["pesan"], t["versi"], bool(t["mirip"]), sorted(t["galat"])) for t in tanda]


def test_sama_dengan_satu_per_satu(dunia: Dunia, hp: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    catatan_semua = bermacam(dunia)
    lama = set(Akseptor.objects.values_list("pk", flat=True))
    sekaligus, keadaan_sekaligus = tanda_saja(kirim(hp, *catatan_semua)), keadaan()
    Pelayanan.objects.exclude(akseptor__in=lama).delete()
    Akseptor.objects.exclude(pk__in=lama).delete()
    for model in (PerluHitung, TandaTerima):
        model.objects.all().delete()
    with longgarkan_jejak():
        Jejak.objects.all().delete()
    monkeypatch.setattr(kumpulan, "terima_sekaligus", lambda _kiriman: {})
    satu_per_satu, keadaan_satu = tanda_saja(kirim(hp, *catatan_semua)), keadaan()
    assert sekaligus == satu_per_satu
    assert keadaan_sekaligus == keadaan_satu
    assert {h for _, h, *_ in sekaligus} == {"diterima", "duplikat", "ditolak", "sudah_ada"}


def test_nomor_yang_terpakai_tidak_menjatuhkan_yang_lain(dunia: Dunia, hp: Client) -> None:
    """An id that only the table of couples knows: refused alone, the rest is written."""
    ada = catatan(dunia)
    kunci = uuid.uuid4()
    lain = Akseptor(id=kunci, pasangan=kunci, desa_id=GANDASOLI, nama_istri="Ibu Lain", nama_suami="Ujang")
    lain.tanggal_lahir_istri = ada.akseptor.tanggal_lahir_istri
    lain.pasang_nik(nik_baru())
    lain.save(force_insert=True)
    baik, terpakai = data_formulir(dunia, nik_istri="3214994605840001"), data_formulir(dunia, id=str(kunci))
    tanda = kirim(hp, baik, terpakai)
    assert [t["hasil"] for t in tanda] == ["diterima", "ditolak"]
    assert Pelayanan.objects.filter(pk=baik["id"]).exists()


def test_gagal_di_tengah_tidak_meninggalkan_apa_pun(dunia: Dunia, monkeypatch: pytest.MonkeyPatch) -> None:
    def gagal(*_: object, **__: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(pelayanan_berubah, "send", gagal)
    with pytest.raises(IntegrityError):
        actions.catat_banyak(dunia.kader, cakupan(dunia.kader), [isian(dunia)])
    assert not Akseptor.objects.exists()
    assert not PerluHitung.objects.exists()


def test_bukan_kader_dan_luar_wilayah_ditinggalkan(dunia: Dunia) -> None:
    assert actions.catat_banyak(dunia.plkb, cakupan(dunia.plkb), [isian(dunia)]) == {}
    assert actions.catat_banyak(dunia.kader, cakupan(dunia.kader), [isian(dunia, desa=GANDASOLI)]) == {}
    assert not Akseptor.objects.exists()
