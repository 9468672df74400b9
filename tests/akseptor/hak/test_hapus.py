"""Erasing a person: nothing of her is left, every count stays, and no phone brings her back."""

import datetime as dt
import json
import random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from akseptor import actions
from akseptor.actions.hapus_data import MENGHAPUS
from akseptor.enums import KeadaanPermintaan
from akseptor.models import Akseptor, Kunjungan, Pelayanan, PermintaanSubjek
from akseptor.tertutup import NAMA_HAPUS
from kader.actions import catat_jejak
from kader.models import Jejak
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.per_rw import per_rw
from laporan.kampanye.target import bagi_rata_per_desa
from laporan.models import Capaian, Cuplikan, LaporanBulanan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.alat import (
    CITEKO,
    GANDASOLI,
    HARI,
    KABUPATEN,
    NAGROG,
    Dunia,
    buat_dunia,
    cakupan,
    catatan,
    data_formulir,
    isian,
    kunjungan,
    permintaan,
)
from tests.laporan.bulanan import pabrik

# Who she is: tests/akseptor/hak/test_tanpa_jejak.py looks for it everywhere.
RAHASIA = ("Euis Sumarni", "3214995203900077", "+6281234567890", "Kampung Sawah 7", "Ujang Koswara")


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def euis(dunia: Dunia, **ubah: object) -> Pelayanan:
    """A woman with everything that can be written of her, by the product's own acts."""
    isi = isian(
        dunia,
        nama_istri=RAHASIA[0],
        nik_istri=RAHASIA[1],
        no_hp=RAHASIA[2],
        alamat=RAHASIA[3],
        nama_suami=RAHASIA[4],
        rw="003",
        rt="004",
        **ubah,
    )
    pelayanan, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isi)
    return pelayanan


def hapus(dunia: Dunia, p: Pelayanan) -> PermintaanSubjek:
    kini = sekarang()
    batas = kini + dt.timedelta(hours=72)
    satu = permintaan(p, "hapus", isi="Ibu pindah dan minta dihapus", diterima_pada=kini, tenggat=batas)
    return actions.penuhi_penghapusan(dunia.dppkb, cakupan(dunia.dppkb), satu.pk)


def seluruh_basis_data() -> str:
    """Every value of every table, as text: what a dump holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tabel = [t for (t,) in cursor.fetchall()]
        semua = []
        for t in tabel:
            cursor.execute(f'SELECT to_jsonb(x)::text FROM "{t}" x')
            semua += [isi for (isi,) in cursor.fetchall()]
    return "\n".join(semua)


def test_fakta_pemrosesan_tetap_ada(dunia: Dunia) -> None:
    p = euis(dunia)
    sebelum = list(Jejak.objects.tentang_orang([p.akseptor_id]).order_by("pk").values_list("pk", "tindakan", "oleh"))
    hapus(dunia, p)
    sesudah = list(Jejak.objects.tentang_orang([p.akseptor_id]).order_by("pk").values_list("pk", "tindakan", "oleh"))
    assert sesudah[: len(sebelum)] == sebelum
    assert MENGHAPUS in [t for _, t, _ in sesudah]
    # The stages stay: the days of the past are rebuilt from them.
    assert Jejak.objects.get(jenis="pelayanan", tindakan="mencatat").perubahan == {"tahap": ["", "dilayani"]}


def test_riwayat_orang_lain_tidak_tersentuh(dunia: Dunia) -> None:
    p, lain = euis(dunia), catatan(dunia)
    catat_jejak(dunia.kader, "mengubah", lain, alasan="x", perubahan={"nama_istri": ["A", "B"]})
    daftar = catat_jejak(dunia.plkb, "melihat daftar", dunia.plkb, orang=[p.akseptor_id, lain.akseptor_id])
    hapus(dunia, p)
    j = Jejak.objects.get(tindakan="mengubah", kunci=str(lain.pk))
    assert (j.alasan, j.perubahan) == ("x", {"nama_istri": ["A", "B"]})
    daftar.refresh_from_db()
    assert daftar.orang == [p.akseptor_id, lain.akseptor_id]


def test_permintaan_terjawab_dan_isinya_kosong(dunia: Dunia) -> None:
    p = euis(dunia)
    akses = permintaan(p, "akses", isi="minta salinan")
    satu = hapus(dunia, p)
    assert (satu.keadaan, satu.selesai_oleh, satu.tepat_waktu) == (KeadaanPermintaan.DIPENUHI, dunia.dppkb, True)
    akses.refresh_from_db()
    assert (akses.keadaan, akses.isi) == (KeadaanPermintaan.DIPENUHI, "")
    with pytest.raises(Ditolak, match="sudah dijawab"):
        actions.penuhi_penghapusan(dunia.dppkb, cakupan(dunia.dppkb), satu.pk)


@pytest.mark.parametrize("siapa", ["kader", "plkb", "koordinator", "admin"])
def test_hanya_petugas_jaga_yang_menghapus(dunia: Dunia, siapa: str) -> None:
    p = euis(dunia)
    satu = permintaan(p, "hapus")
    with pytest.raises(Ditolak, match="petugas jaga"):
        actions.penuhi_penghapusan(getattr(dunia, siapa), cakupan(getattr(dunia, siapa)), satu.pk)
    assert Akseptor.objects.get(pk=p.akseptor_id).nama_istri == RAHASIA[0]


def test_yang_tidak_menghapus_tidak_berkata_sudah(dunia: Dunia) -> None:
    """Erased by another road meanwhile: nothing is left to erase, and the request says how to go on."""
    p = euis(dunia)
    kini = sekarang()
    satu = permintaan(p, "hapus", diterima_pada=kini, tenggat=kini + dt.timedelta(hours=72))
    with pytest.raises(Ditolak, match="belum dihapus"):
        actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, "Sudah.", dipenuhi=True)
    actions.hapus_lagi([p.akseptor_id])
    with pytest.raises(Ditolak, match="sudah dihapus lebih dulu"):
        actions.penuhi_penghapusan(dunia.dppkb, cakupan(dunia.dppkb), satu.pk)
    satu.refresh_from_db()
    assert satu.terbuka
    actions.jawab(dunia.dppkb, cakupan(dunia.dppkb), satu.pk, "Sudah.", dipenuhi=True)


def test_permintaan_lain_tidak_menghapus(dunia: Dunia) -> None:
    p = euis(dunia)
    satu = permintaan(p, "akses")
    with pytest.raises(Ditolak, match="tidak meminta penghapusan"):
        actions.penuhi_penghapusan(dunia.dppkb, cakupan(dunia.dppkb), satu.pk)


# --- the counts --------------------------------------------------------------------------------------------------
def angka() -> list:
    """All that is stored or shown as a number."""
    return [
        list(Capaian.objects.order_by("pk").values()),
        list(Cuplikan.objects.order_by("wilayah").values_list("wilayah", "isi", "versi")),
        list(LaporanBulanan.semua.order_by("pk").values()),
        list(
            Pelayanan.objects.order_by("pk").values_list(
                "desa", "pasangan", "tahap", "metode", "status_peserta", "faskes", "tanggal", "bulan_laporan"
            )
        ),
    ]


@pytest.mark.parametrize("benih", range(4))
def test_tidak_ada_angka_yang_berubah(dunia: Dunia, client: Client, benih: int) -> None:
    acak = random.Random(benih)
    bagi_rata_per_desa(dunia.kampanye)
    semua = []
    for _ in range(30):
        tahap = acak.choice(["dilayani", "terverifikasi", "calon", "batal", "ditunda", "dikembalikan", "dirujuk"])
        ikut = acak.choice(semua).akseptor if semua and acak.random() < 0.3 else None
        p = catatan(
            dunia,
            tanggal=HARI - dt.timedelta(days=acak.randrange(30)),
            desa=acak.choice([CITEKO, GANDASOLI, NAGROG]),
            akseptor=ikut,
            tahap=tahap,
            metode=acak.choice(["implan", "iud", "mow", "suntik"]),
            status_peserta=acak.choice(["baru", "baru", "ganti_cara"]),
            alasan_tahap="sebab" if tahap in {"batal", "ditunda", "dikembalikan"} else "",
        )
        if ikut is None and acak.random() < 0.3:
            Akseptor.objects.filter(pk=p.akseptor_id).update(
                nik_istri="", nik_indeks=None, nik_menyusul=True, alasan_nik_menyusul="belum ada KTP"
            )
        Akseptor.objects.filter(pk=p.akseptor_id).update(rw=f"00{acak.randrange(1, 4)}")
        semua.append(p)
    hitung_ulang_semua()
    sebelum = angka()
    rw = per_rw(dunia.kampanye, CITEKO, cakupan(dunia.plkb))
    client.force_login(dunia.dppkb)
    tampak = client.get(f"/dasbor/{KABUPATEN}/data.json").content
    for p in acak.sample(semua, 12):
        if Akseptor.objects.get(pk=p.akseptor_id).dihapus_pada is None:
            hapus(dunia, p)
    hitung_yang_perlu()
    assert angka() == sebelum
    assert hitung_ulang_semua() == []
    assert angka()[0] == sebelum[0]
    assert [c[:2] for c in angka()[1]] == [c[:2] for c in sebelum[1]]
    assert per_rw(dunia.kampanye, CITEKO, cakupan(dunia.plkb)) == rw
    assert json.loads(client.get(f"/dasbor/{KABUPATEN}/data.json").content) == json.loads(tampak)


def test_laporan_yang_disetujui_tetap_terkunci_dan_sama(db: None, settings: object) -> None:
    settings.KODE_KABUPATEN = pabrik.KAB
    c = pabrik.cerita()
    pabrik.pelayanan(tahap="terverifikasi", bersih=True)
    laporan = pabrik.disetujui(c)
    p = Pelayanan.objects.filter(bulan_laporan__isnull=False).select_related("akseptor").first()
    assert p is not None
    sebelum = LaporanBulanan.objects.filter(pk=laporan.pk).values().get()
    baris = Pelayanan.objects.filter(pk=p.pk).values().get()
    actions.hapus_data(None, [p.pasangan], alasan="uji")
    assert LaporanBulanan.objects.filter(pk=laporan.pk).values().get() == sebelum
    sesudah = Pelayanan.objects.filter(pk=p.pk).values().get()
    assert sesudah | {"versi": 0} == baris | {"versi": 0}
    assert sesudah["bulan_laporan"] is not None
    assert Akseptor.objects.get(pk=p.akseptor_id).nama_istri == NAMA_HAPUS


def test_semua_baris_orang_itu_terhapus(dunia: Dunia) -> None:
    """Two desa wrote her down; somebody said it is one person."""
    p = euis(dunia)
    kedua = catatan(dunia, desa=NAGROG, pasangan=p.pasangan)
    hapus(dunia, p)
    assert set(Akseptor.objects.filter(pk__in=[p.akseptor_id, kedua.akseptor_id]).values_list("nama_istri")) == {
        (NAMA_HAPUS,)
    }


# --- what comes afterwards ---------------------------------------------------------------------------------------
def sinkron(client: Client, **isi: object) -> dict:
    jawaban = client.post("/akseptor/sinkron/", json.dumps({"catatan": [isi]}), content_type="application/json")
    assert jawaban.status_code == 200
    return jawaban.json()["tanda_terima"][0]


@pytest.mark.parametrize("versi", [None, 1, 2])
def test_hp_yang_masih_memegangnya_ditolak_dengan_jelas(dunia: Dunia, client: Client, versi: int | None) -> None:
    p = euis(dunia)
    hapus(dunia, p)
    client.force_login(dunia.kader)
    isi = data_formulir(dunia, id=str(p.pk), nama_istri=RAHASIA[0], nik_istri=RAHASIA[1])
    tanda = sinkron(client, jenis="akseptor", versi=versi, **isi)
    assert tanda["hasil"] == "ditolak"
    assert "sudah dihapus dari server" in tanda["pesan"]
    assert tanda["ringkas"] is tanda["server"] is None
    assert Akseptor.objects.get(pk=p.akseptor_id).nama_istri == NAMA_HAPUS
    assert RAHASIA[0] not in seluruh_basis_data()


def test_tindakan_dari_hp_dan_pelayanan_baru_ditolak(dunia: Dunia, client: Client) -> None:
    p = euis(dunia, tahap="calon")
    hapus(dunia, p)
    client.force_login(dunia.kader)
    versi = Pelayanan.objects.get(pk=p.pk).versi
    tanda = sinkron(client, jenis="tahap", id=str(p.pk), versi=versi, tindakan="batal", alasan="tidak jadi")
    assert (tanda["hasil"], "sudah dihapus" in tanda["pesan"]) == ("ditolak", True)
    tanda = sinkron(client, jenis="akseptor", akseptor=str(p.akseptor_id), **data_formulir(dunia))
    assert (tanda["hasil"], "sudah dihapus" in tanda["pesan"]) == ("ditolak", True)
    assert Pelayanan.objects.filter(akseptor=p.akseptor_id).count() == 1


def test_daftar_di_hp_tidak_memuatnya_lagi(dunia: Dunia, client: Client) -> None:
    p = euis(dunia)
    client.force_login(dunia.kader)
    assert RAHASIA[0] in client.get("/hp/data.json").content.decode()
    hapus(dunia, p)
    assert client.get("/hp/data.json").json()["catatan"] == []
    assert client.get("/akseptor/").context["halaman"].paginator.count == 0


def test_ibu_yang_sama_boleh_dicatat_lagi_sebagai_pasangan_baru(dunia: Dunia) -> None:
    p = euis(dunia)
    hapus(dunia, p)
    lagi = euis(dunia, metode="iud")
    assert lagi.pasangan != p.pasangan
    assert Akseptor.objects.get(pk=lagi.akseptor_id).nik_istri == RAHASIA[1]


def test_ubah_dan_pindah_ditolak_di_halaman(dunia: Dunia) -> None:
    p = euis(dunia)
    hapus(dunia, p)
    p.refresh_from_db()
    for aksi in (
        lambda: actions.ubah(dunia.kader, cakupan(dunia.kader), p.pk, isian(dunia, id=p.pk), versi=p.versi),
        lambda: actions.pindah_desa(dunia.plkb, cakupan(dunia.plkb), p.akseptor_id, GANDASOLI),
        lambda: actions.putuskan_duplikat(dunia.plkb, cakupan(dunia.plkb), p.akseptor_id, None),
        lambda: actions.ajukan(
            dunia.plkb, cakupan(dunia.plkb), p.akseptor_id, "akses", saluran="langsung", bukti_diri="ktp"
        ),
        lambda: actions.catat_persetujuan(dunia.kader, cakupan(dunia.kader), p.pk, "2021-1"),
    ):
        with pytest.raises(Ditolak, match="dihapus"):
            aksi()


def test_kunjungan_yang_perlu_diperbaiki_tetap_sah(dunia: Dunia) -> None:
    p = euis(dunia)
    k = kunjungan(p, hasil="perlu_diperbaiki", catatan="alamat salah")
    hapus(dunia, p)
    assert Kunjungan.objects.get(pk=k.pk).catatan == "Dihapus"


def test_jaring_tidak_menulis_kembali_yang_dihapus(dunia: Dunia) -> None:
    """The safety net looks at COMMIT, after the erasure: it must not put the old values into the history."""
    p = euis(dunia)
    kunjungan(p, hasil="perlu_diperbaiki", catatan="Rumah Euis Sumarni kosong")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    hapus(dunia, p)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    isi = seluruh_basis_data()
    assert not [r for r in RAHASIA if r in isi]


def test_perintah_hitung_ulang_setuju(dunia: Dunia, capsys: object) -> None:
    p = euis(dunia)
    hitung_ulang_semua()
    hapus(dunia, p)
    call_command("hitung_ulang")
    assert "Sama dengan catatan." in capsys.readouterr().out
