"""What an address may ask of an admin list: what the list offers, and nothing else; and a row that is opened is read."""

import io
import uuid
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db.models import Field, Model
from django.test import Client
from django.urls import reverse

from akseptor.models import Akseptor
from kader.baca import MEMBACA
from kader.models import Jejak, Pengguna
from poskb.dasar.waktu import sekarang
from tests.alat import CITEKO, Dunia, buat_dunia, catatan

MILIK_KITA = sorted(
    (m for m in admin.site._registry if m._meta.app_label in {"kader", "akseptor", "laporan"}),
    key=lambda m: m.__name__,
)


@pytest.fixture
def dunia(db: None, settings: Any) -> Dunia:
    berkas = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": berkas}
    for perintah in ("muat_formulir", "muat_macam_kegiatan"):
        call_command(perintah, stdout=io.StringIO())
    satu = buat_dunia()
    catatan(satu)
    return satu


@pytest.fixture
def kelola(dunia: Dunia, client: Client) -> Client:
    client.force_login(dunia.admin)
    return client


def daftar(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def ditawarkan(model: type[Model]) -> set[str]:
    satu = admin.site._registry[model]
    return {f if isinstance(f, str) else f[0] for f in satu.list_filter} | {satu.date_hierarchy, model._meta.pk.name}


def kolom(model: type[Model]) -> list[Field]:
    return [f for f in model._meta.concrete_fields if f.name not in ditawarkan(model)]


@pytest.mark.parametrize("model", MILIK_KITA, ids=lambda m: m.__name__)
def test_kolom_lain_tidak_dapat_ditanya_lewat_alamat(kelola: Client, model: type[Model]) -> None:
    alamat = daftar(model)
    tanya = [f"{f.attname}{akhir}" for f in kolom(model) for akhir in ("", "__startswith", "__isnull", "__regex")]
    # From column to column of another table, and into JSON.
    tanya += [
        f"{f.name}__{g.name}" for f in kolom(model) if f.is_relation for g in f.related_model._meta.concrete_fields
    ]
    tanya += [f"{f.name}__a" for f in kolom(model) if f.get_internal_type() == "JSONField"]
    # Nor by another way through what is offered.
    tanya += [
        f"{n}__{akhir}" for n in ditawarkan(model) - {None} for akhir in ("startswith", "contains", "regex", "in")
    ]
    assert len(tanya) > 8
    status = {t: kelola.get(alamat, {t: "1"}).status_code for t in [*tanya, "tidak_ada", "pelayanan__metode"]}
    assert set(status.values()) == {400}, [t for t, s in status.items() if s != 400]


@pytest.mark.parametrize(
    "tanya",
    [
        {"password__startswith": "argon2"},
        {"penugasan__wilayah": CITEKO},
        {"kode_masuk__penunjuk": "1"},
        {"sesi__session_key__startswith": "a"},
    ],
)
def test_rahasia_orang_tidak_dapat_ditebak_huruf_demi_huruf(kelola: Client, tanya: dict) -> None:
    assert kelola.get(daftar(Pengguna), tanya).status_code == 400


@pytest.mark.parametrize("model", MILIK_KITA, ids=lambda m: m.__name__)
def test_setiap_tautan_saringan_terbuka(kelola: Client, dunia: Dunia, model: type[Model]) -> None:
    Jejak.objects.create(pada=sekarang(), tindakan="mengubah", jenis="kampanye", kunci="1")
    alamat = daftar(model)
    cl = kelola.get(alamat).context["cl"]
    # What is drawn only where there is something to choose from, as its links write it.
    tautan = [p["query_string"] for s in cl.filter_specs for p in s.choices(cl)]
    if cl.date_hierarchy:
        tautan += [f"?{cl.date_hierarchy}__year=2021&{cl.date_hierarchy}__month=7&{cl.date_hierarchy}__day=8"]
    for nama in ditawarkan(model) - {None}:
        satu = model._meta.get_field(nama)
        akhir = f"__{satu.target_field.name}__exact" if satu.is_relation else "__exact"
        contoh = model.objects.values_list(nama, flat=True).first()
        tautan += [f"?{nama}{akhir}={contoh}"] * (contoh is not None)
    tautan += [f"?pk={satu.pk}" for satu in model.objects.all()[:1]]
    for satu in tautan:
        jawaban = kelola.get(alamat + satu)
        assert (jawaban.status_code, "e=1" in jawaban.headers.get("Location", "")) == (200, False), satu


@pytest.mark.parametrize("halaman", ["change", "history"])
@pytest.mark.parametrize("model", ["akseptor", "pelayanan"])
def test_baris_yang_dibuka_tercatat(kelola: Client, dunia: Dunia, model: str, halaman: str) -> None:
    akseptor = Akseptor.objects.get()
    baris = akseptor if model == "akseptor" else akseptor.pelayanan.get()
    kelola.get(f"/admin/akseptor/{model}/")
    assert not Jejak.objects.filter(tindakan=MEMBACA).exists()
    assert kelola.get(f"/admin/akseptor/{model}/{baris.pk}/{halaman}/").status_code == 200
    satu = Jejak.objects.get(tindakan=MEMBACA)
    assert (satu.oleh, satu.jenis, satu.kunci, satu.wilayah_id) == (dunia.admin, model, str(baris.pk), CITEKO)
    assert satu.orang == [akseptor.pk]
    assert kelola.get(f"/admin/akseptor/{model}/{uuid.uuid4()}/{halaman}/").status_code == 302
    assert Jejak.objects.filter(tindakan=MEMBACA).count() == 1


@pytest.mark.parametrize(
    ("jenis", "orang", "tampak"),
    [
        ("persetujuan", [], False),
        ("permintaansubjek", [], False),
        ("halaman", [uuid.uuid4()], False),
        ("kampanye", [], True),
    ],
)
def test_jejak_di_kelola_menutup_yang_ditutup_halaman_jejak(
    kelola: Client, dunia: Dunia, jenis: str, orang: list, tampak: bool
) -> None:
    satu = Jejak.objects.create(
        pada=sekarang(),
        tindakan="mengubah",
        jenis=jenis,
        kunci="1",
        wilayah_id=CITEKO,
        orang=orang,
        alasan="suaminya keberatan",
        perubahan={"alasan_tarik": ["", "malu kepada tetangga"]},
    )
    isi = kelola.get(f"/admin/kader/jejak/{satu.pk}/change/").content.decode()
    assert ("suaminya keberatan" in isi) is tampak
    assert jenis == "halaman" or ("malu kepada tetangga" in isi) is tampak
    di_jejak = kelola.post("/jejak/", {"dari": "2021-07-08", "sampai": "2021-07-08"}).content.decode()
    assert ("suaminya keberatan" in di_jejak) is tampak


def test_pintu_masuk_django_tidak_menilai_sandi(kelola: Client, dunia: Dunia) -> None:
    """It would know no count of wrong tries."""
    dunia.kader.set_password("hujan-sawah-1831")
    dunia.kader.save()
    jawaban = kelola.post("/admin/login/", {"username": "kader", "password": "hujan-sawah-1831"})
    assert (jawaban.status_code, jawaban.headers["Location"]) == (302, "/")
    assert kelola.get("/admin/").status_code == 200
