"""What people do, and what the dashboard's stored numbers then say: first counts, falls away, moves, arrives early."""

import datetime as dt

import pytest
from django.test import Client

from akseptor import actions
from akseptor.enums import TAHAP_TERLAYANI
from akseptor.models import Akseptor
from laporan.kampanye.hitung import hitung_yang_perlu
from laporan.models import Capaian, Cuplikan
from poskb.dasar import waktu
from tests.alat import (
    CITEKO,
    GANDASOLI,
    HARI,
    KABUPATEN,
    NAGROG,
    PLERED,
    Dunia,
    buat_dunia,
    cakupan,
    data_formulir,
    isian,
    nik_baru,
)

SATU, DUA = dt.date(2021, 6, 20), dt.date(2021, 7, 5)


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def angka() -> dict[tuple[str, dt.date], tuple[int, int, int]]:
    """Count what is marked, as the worker does; what is stored per desa and day."""
    hitung_yang_perlu()
    baris = Capaian.objects.filter(tahap__in=TAHAP_TERLAYANI).jumlahkan("desa_id", "tanggal")
    return {(d, t): tuple(n) for d, t, *n in baris}


def dua_pelayanan(dunia: Dunia) -> tuple:
    nik = nik_baru()
    satu, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=nik, tanggal_pelayanan=SATU))
    dua, _ = actions.catat(
        dunia.kader,
        cakupan(dunia.kader),
        isian(dunia, nik_istri=nik, tanggal_pelayanan=DUA, orang_sama=satu.akseptor_id),
    )
    return satu, dua


def test_yang_kedua_dihitung_ketika_yang_pertama_dibatalkan(dunia: Dunia) -> None:
    satu, dua = dua_pelayanan(dunia)
    assert angka() == {(CITEKO, SATU): (1, 0, 1), (CITEKO, DUA): (0, 0, 1)}
    actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), dua.pk, "verifikasi")
    assert angka() == {(CITEKO, SATU): (1, 0, 1), (CITEKO, DUA): (0, 0, 1)}
    actions.pindah_tahap(dunia.kader, cakupan(dunia.kader), satu.pk, "batal", alasan="keliru")
    assert angka() == {(CITEKO, DUA): (1, 1, 1)}


def test_dikembalikan_keluar_dan_yang_diperbaiki_masuk_lagi(dunia: Dunia) -> None:
    satu, _dua = dua_pelayanan(dunia)
    actions.pindah_tahap(dunia.plkb, cakupan(dunia.plkb), satu.pk, "kembalikan", alasan="tanggal keliru")
    assert angka() == {(CITEKO, DUA): (1, 0, 1)}
    satu.refresh_from_db()
    perbaikan = isian(dunia, nik_istri=satu.akseptor.nik_istri, tanggal_pelayanan=dt.date(2021, 6, 21))
    actions.ubah(dunia.kader, cakupan(dunia.kader), satu.pk, perbaikan, versi=satu.versi)
    assert angka() == {(CITEKO, dt.date(2021, 6, 21)): (1, 0, 1), (CITEKO, DUA): (0, 0, 1)}


def test_pindah_desa_membawa_semua_pelayanannya(dunia: Dunia) -> None:
    satu, _ = dua_pelayanan(dunia)
    angka()
    actions.pindah_desa(dunia.plkb, cakupan(dunia.plkb), satu.akseptor_id, GANDASOLI)
    assert angka() == {(GANDASOLI, SATU): (1, 0, 1), (GANDASOLI, DUA): (0, 0, 1)}
    tercatat = {c.wilayah_id: c.isi["tercatat"] for c in Cuplikan.objects.all()}
    assert (tercatat[CITEKO], tercatat[GANDASOLI], tercatat[KABUPATEN]) == (0, 1, 1)


def test_nik_sama_di_dua_desa_dihitung_sekali_pada_yang_lebih_dulu(dunia: Dunia) -> None:
    nik = nik_baru()
    actions.catat(dunia.jauh, cakupan(dunia.jauh), isian(dunia, nik_istri=nik, desa=NAGROG, tanggal_pelayanan=DUA))
    assert angka() == {(NAGROG, DUA): (1, 0, 1)}
    # Even when she answers "bukan": one NIK is one couple until an officer has a NIK corrected.
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=nik, tanggal_pelayanan=SATU))
    assert angka() == {(CITEKO, SATU): (1, 0, 1), (NAGROG, DUA): (0, 0, 1)}
    assert Akseptor.objects.get(desa_id=CITEKO).perlu_tinjau_duplikat


@pytest.mark.parametrize(
    ("jam_utc", "hari"),
    [
        ("2021-06-17T23:59:00", "2021-06-18"),  # 06.59 WIB: in UTC still yesterday
        ("2021-06-30T23:59:00", "2021-07-01"),
        ("2021-07-31T16:59:00", "2021-07-31"),  # 23.59 WIB on the last day
    ],
)
def test_hari_ini_di_formulir_menurut_wib(
    dunia: Dunia, client: Client, monkeypatch: pytest.MonkeyPatch, settings: object, jam_utc: str, hari: str
) -> None:
    """A kader at 06.59 WIB may write today, not tomorrow, and it counts on that day."""
    settings.HARI_INI = ""
    # By the real clock, as sessions live.
    client.force_login(dunia.kader)
    saat = dt.datetime.fromisoformat(jam_utc + "+00:00")

    class Jam(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return saat.astimezone(tz)

    class Palsu:
        """`datetime` with another clock, for poskb.dasar.waktu only."""

        datetime = Jam
        date = dt.date

    monkeypatch.setattr(waktu, "dt", Palsu)
    besok = (dt.date.fromisoformat(hari) + dt.timedelta(days=1)).isoformat()
    tolak = client.post("/akseptor/baru/", data_formulir(dunia, tanggal_pelayanan=besok))
    assert tolak.status_code == 422
    assert "belum terjadi" in tolak.content.decode()
    assert client.post("/akseptor/baru/", data_formulir(dunia, tanggal_pelayanan=hari)).status_code == 302
    assert angka() == {(CITEKO, dt.date.fromisoformat(hari)): (1, 0, 1)}


def test_jenis_tempat_yang_dibetulkan_terlihat_di_angkanya(dunia: Dunia, client: Client) -> None:
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia))
    angka()
    client.force_login(dunia.admin)
    baru = {"nama": "Saung Ambu Plered", "jenis": "saung_ambu", "wilayah": PLERED, "aktif": "on"}
    assert client.post(f"/admin/kader/faskes/{dunia.faskes.pk}/change/", baru).status_code == 302
    angka()
    assert list(Capaian.objects.values_list("tempat", "tercatat")) == [("saung_ambu", 1)]
    per_tempat = Cuplikan.objects.get(wilayah=KABUPATEN).isi["per_tempat"]
    assert [t["tempat"] for t in per_tempat if t["tercatat"]] == ["saung_ambu"]


def test_calon_terlihat_pada_hari_ia_sampai_di_server(dunia: Dunia) -> None:
    """She has no service date; when she is served she moves to that day, and nothing of her stays behind."""
    calon, _ = actions.catat(
        dunia.kader, cakupan(dunia.kader), isian(dunia, tahap="calon", status_peserta="", faskes=None)
    )
    angka()
    assert list(Capaian.objects.values_list("tanggal", "tahap", "jumlah", "tercatat")) == [(HARI, "calon", 1, 0)]
    assert Cuplikan.objects.get(wilayah=CITEKO).isi["tahap"]["calon"] == 1
    perbaikan = isian(dunia, nik_istri=calon.akseptor.nik_istri, tanggal_pelayanan=DUA)
    actions.ubah(dunia.kader, cakupan(dunia.kader), calon.pk, perbaikan, versi=calon.versi)
    angka()
    assert list(Capaian.objects.values_list("tanggal", "tahap", "jumlah", "tercatat")) == [(DUA, "dilayani", 1, 1)]


def test_terlambat_dan_nik_menyusul_ikut_dihitung(dunia: Dunia) -> None:
    for hari in (8, 7, 5, 4, 1):
        actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, tanggal_pelayanan=dt.date(2021, 7, hari)))
    actions.catat(
        dunia.kader,
        cakupan(dunia.kader),
        isian(dunia, nik_istri="", alasan_nik_menyusul="KTP hilang", tanggal_pelayanan=dt.date(2021, 6, 29)),
    )
    angka()
    for kode in (CITEKO, KABUPATEN):
        isi = Cuplikan.objects.get(wilayah=kode).isi
        assert isi["mutu"] == {"nik_menyusul": 1, "tunda_0": 1, "tunda_3": 2, "tunda_7": 2, "tunda_lama": 1}
        assert isi["terakhir"][CITEKO] == "2021-07-08"
    assert Cuplikan.objects.get(wilayah=KABUPATEN).isi["terakhir"][NAGROG] is None
