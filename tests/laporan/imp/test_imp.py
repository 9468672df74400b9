"""The class of the IMP: set by hand, on evidence, never overwritten."""

import datetime as dt
import html
import io
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kader.models import Jejak
from laporan.imp.actions import tetapkan
from laporan.imp.bukti import bukti
from laporan.kegiatan.daftar import Jumlah
from laporan.models import KelasImp
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, cakupan, kegiatan

ALASAN = "Enam peran berjalan hampir setiap bulan."


@pytest.fixture
def dunia(db: None) -> Dunia:
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    return buat_dunia()


def masuk(siapa: object) -> Client:
    client = Client()
    client.force_login(siapa)
    return client


def tetap(d: Dunia, kelas: str = "dasar", mulai: dt.date = HARI, siapa: str = "plkb", desa: str = CITEKO) -> tuple:
    oleh = getattr(d, siapa)
    return tetapkan(oleh, cakupan(oleh), desa, kelas=kelas, mulai=mulai, alasan=ALASAN)


def test_penetapan_baru_tidak_menimpa_yang_lama(dunia: Dunia) -> None:
    tetap(dunia, "dasar", dt.date(2021, 1, 10))
    baru, jadi = tetap(dunia, "berkembang")
    assert (jadi, tetap(dunia, "berkembang")) == (True, (baru, False))
    assert list(KelasImp.objects.values_list("kelas", flat=True)) == ["berkembang", "dasar"]
    assert KelasImp.objects.terkini().get() == baru
    jejak = Jejak.objects.first()
    assert (jejak.tindakan, jejak.alasan, jejak.perubahan) == (
        "menetapkan",
        ALASAN,
        {"kelas": ["dasar", "berkembang"]},
    )
    teks = masuk(dunia.dppkb).get(f"/imp/{CITEKO}/").content.decode()
    assert teks.index("<b>Berkembang</b>") < teks.index("<b>Dasar</b>")


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        ({"siapa": "koordinator"}, "petugas PLKB"),
        ({"siapa": "dppkb"}, "petugas PLKB"),
        ({"desa": NAGROG}, "di luar wilayah"),
        ({"mulai": dt.date(2021, 7, 9)}, "belum tiba"),
        ({"mulai": dt.date(2021, 6, 30)}, "berlaku sejak 1 Juli 2021"),
    ],
)
def test_yang_ditolak(dunia: Dunia, isi: dict, kata: str) -> None:
    tetap(dunia, "dasar", dt.date(2021, 7, 1))
    with pytest.raises(Ditolak, match=kata):
        tetap(dunia, "mandiri", **isi)
    assert KelasImp.objects.count() == 1


def test_bukti_per_peran_dan_bulan(dunia: Dunia) -> None:
    kegiatan(dunia.kader, dt.date(2020, 8, 1), jumlah_orang=5)
    kegiatan(dunia.kader, dt.date(2020, 7, 31))
    kegiatan(dunia.kader, dt.date(2021, 6, 30), jumlah_orang=7)
    kegiatan(dunia.kader, dt.date(2021, 6, 1), jumlah_orang=8)
    kegiatan(dunia.jauh, dt.date(2021, 6, 1), desa=NAGROG)
    kegiatan(dunia.kader, HARI, dihapus_pada="2021-07-08T09:00+07:00", dihapus_oleh=dunia.kader)
    semua = bukti(CITEKO, HARI)
    kie = semua[2]
    assert [p.peran.value for p in semua] == [1, 2, 3, 4, 5, 6]
    assert (kie.bulan[0].bulan, kie.bulan[-1].bulan) == (dt.date(2020, 8, 1), dt.date(2021, 7, 1))
    assert (kie.jumlah, kie.bulan[0].jumlah, kie.bulan[10].jumlah) == (Jumlah(3, 20), Jumlah(1, 5), Jumlah(2, 15))
    # July still runs: it is no month without.
    assert (kie.tanpa, semua[0].tanpa) == (9, 11)


def test_lewat_halaman(dunia: Dunia) -> None:
    kegiatan(dunia.kader, dt.date(2021, 6, 1))
    plkb, url = masuk(dunia.plkb), f"/imp/{CITEKO}/"
    # The number is of one role, so the rows behind it are.
    kegiatan(dunia.kader, dt.date(2021, 6, 2), macam_id="rakor-desa")
    alamat = f"/kegiatan/?bulan=2021-06&amp;desa={CITEKO}&amp;peran=3"
    assert f'<a href="{alamat}"><b>1</b>' in plkb.get(url).content.decode()
    assert len(plkb.get(alamat.replace("&amp;", "&")).context["halaman"]) == 1
    salah = plkb.post(url, {"kelas": "", "mulai": "2021-07-08", "alasan": "pendek"})
    assert salah.status_code == 422
    assert "pendek</textarea>" in salah.content.decode()
    isi = {"kelas": "mandiri", "mulai": "2021-07-09", "alasan": ALASAN}
    nomor = plkb.post(url, isi | {"alasan": f"{ALASAN} Kader 0812-3456-7890."})
    assert (nomor.status_code, "Jangan tulis NIK" in nomor.content.decode()) == (422, True)
    assert plkb.post(url, isi).status_code == 409
    assert plkb.post(url, isi | {"mulai": "2021-07-08"}).status_code == 302
    assert "<b>Mandiri</b>" in plkb.get("/imp/").content.decode()
    for siapa in (dunia.koordinator, dunia.dppkb):
        assert masuk(siapa).post(url, isi).status_code == 403
        assert "Tetapkan</button>" not in masuk(siapa).get(url).content.decode()
    assert KelasImp.objects.count() == 1


def test_angka_bukti_membuka_kegiatan_peran_itu_saja(dunia: Dunia) -> None:
    kegiatan(dunia.kader, dt.date(2021, 6, 1), jumlah_orang=8)
    kegiatan(dunia.kader, dt.date(2021, 6, 2), macam_id="pertemuan-rutin")
    kegiatan(dunia.kader, dt.date(2021, 5, 2), macam_id="pertemuan-rutin")
    plkb = masuk(dunia.plkb)
    teks = plkb.get(f"/imp/{CITEKO}/").content.decode()
    juni = f"/kegiatan/?bulan=2021-06&amp;desa={CITEKO}&amp;peran="
    assert re.findall(rf'href="({re.escape(juni)}\d)"', teks) == [f"{juni}2", f"{juni}3"]
    halaman = plkb.get(html.unescape(f"{juni}3"))
    assert [k.macam_id for k in halaman.context["halaman"]] == ["penyuluhan-kelompok"]
    # And the months before and after stay with that role.
    teks = halaman.content.decode()
    assert f"?bulan=2021-05&amp;desa={CITEKO}&amp;peran=3" in teks
    assert f"?bulan=2021-07&amp;desa={CITEKO}&amp;peran=3" in teks


def test_jumlah_kueri_tetap(dunia: Dunia) -> None:
    dppkb = masuk(dunia.dppkb)
    jumlah = []
    for kelas in ("dasar", "mandiri"):
        for desa, siapa in ((CITEKO, "plkb"), (NAGROG, "plkb_jauh")):
            tetap(dunia, kelas, siapa=siapa, desa=desa)
        with CaptureQueriesContext(connection) as tangkap:
            dppkb.get("/imp/")
            dppkb.get(f"/imp/{CITEKO}/")
        jumlah.append(len(tangkap))
    assert jumlah[0] == jumlah[1]
