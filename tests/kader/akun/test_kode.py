"""One-time codes: who may issue them, used once, over in time, guessed by nobody, seen by nobody again."""

import datetime as dt
import itertools
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kader.akun import kode, orang, percobaan
from kader.enums import Peran
from kader.jejak_masuk import KODE_MATI
from kader.models import Jejak, KodeMasuk, Pengguna
from poskb.dasar import waktu
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, HARI, NAGROG, Dunia, buat_dunia, cakupan
from tests.alat import orang as buat_orang
from tests.kader.akun.conftest import SANDI, beri_sandi, masuk

SEMUA = ("kader", "tetangga", "jauh", "plkb", "plkb_jauh", "koordinator", "dppkb", "admin")
BOLEH = {
    ("plkb", "kader"),
    ("plkb", "tetangga"),
    ("plkb_jauh", "jauh"),
    ("koordinator", "kader"),
    ("koordinator", "tetangga"),
    *(("dppkb", siapa) for siapa in ("kader", "tetangga", "jauh", "plkb", "plkb_jauh", "koordinator")),
    ("admin", "dppkb"),
}


def terbitkan(dunia: Dunia, oleh: str = "plkb", untuk: str = "kader") -> str:
    siapa = getattr(dunia, oleh)
    return kode.terbitkan(siapa, cakupan(siapa), getattr(dunia, untuk))[1]


def pakai(teks: str, sandi: str = SANDI, kedua: str = "", alamat: str = "127.0.0.1") -> Any:
    isi = {"kode": teks, "password1": sandi, "password2": kedua or sandi}
    return Client(REMOTE_ADDR=alamat).post("/kode/", isi)


def maju(ubah: pytest.MonkeyPatch, **lama: int) -> None:
    asli = waktu.jam_nyata
    for modul in (kode, orang):
        ubah.setattr(modul, "jam_nyata", lambda: asli() + dt.timedelta(**lama))


@pytest.mark.parametrize(("oleh", "untuk"), list(itertools.product(SEMUA, SEMUA)))
def test_siapa_memberi_kode_kepada_siapa(dunia: Dunia, client: Client, oleh: str, untuk: str) -> None:
    client.force_login(getattr(dunia, oleh))
    jawaban = client.post(f"/orang/{getattr(dunia, untuk).pk}/kode/")
    if (oleh, untuk) in BOLEH:
        assert jawaban.status_code == 200
        assert KodeMasuk.objects.get().untuk == getattr(dunia, untuk)
    else:
        assert jawaban.status_code == (403 if oleh in ("kader", "tetangga", "jauh") else 404)
        assert not KodeMasuk.objects.exists()
        with pytest.raises(Ditolak):
            terbitkan(dunia, oleh, untuk)


def test_aktivasi_lalu_masuk_dan_hanya_sekali(dunia: Dunia) -> None:
    teks = kode.tulis(terbitkan(dunia))
    jawaban = pakai(teks.replace("-", " "))
    assert jawaban.status_code == 200
    assert "Nama masuk Anda" in jawaban.content.decode()
    assert masuk(dunia.kader).get("/").status_code == 200
    jawaban = pakai(teks, "lain-sekali-9")
    assert (jawaban.status_code, "tidak berlaku" in jawaban.content.decode()) == (422, True)
    assert Pengguna.objects.get(pk=dunia.kader.pk).check_password(SANDI)
    acara = Jejak.objects.tentang(dunia.kader).exclude(tindakan="masuk").values_list("tindakan", "oleh")
    assert list(acara) == [("memakai kode", dunia.kader.pk), ("mengeluarkan kode", dunia.plkb.pk)]


def test_dua_yang_bersamaan_satu_berhasil(transactional_db: None) -> None:
    dunia = buat_dunia()
    teks = terbitkan(dunia)
    mulai, status = threading.Barrier(6), []

    def satu(n: int) -> None:
        mulai.wait()
        status.append(pakai(teks, f"sandi-ke-{n}-nya").status_code)
        connection.close()

    utas = [threading.Thread(target=satu, args=(n,)) for n in range(6)]
    for u in utas:
        u.start()
    for u in utas:
        u.join(30)
    assert sorted(status) == [200, 422, 422, 422, 422, 422]


@pytest.mark.parametrize(("punya_sandi", "menit"), [(False, 24 * 60), (True, 30)])
def test_habis_waktunya(dunia: Dunia, monkeypatch: pytest.MonkeyPatch, punya_sandi: bool, menit: int) -> None:
    if punya_sandi:
        beri_sandi(dunia.kader, "yang-lama-sekali")
    teks = terbitkan(dunia)
    maju(monkeypatch, minutes=menit, seconds=1)
    assert pakai(teks).status_code == 422
    monkeypatch.undo()
    maju(monkeypatch, minutes=menit - 1)
    assert pakai(teks).status_code == 200


def test_jam_yang_dipatok_tidak_memperpanjang(dunia: Dunia, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's day never ends; a code does."""
    settings.HARI_INI = "2021-07-08"
    teks = terbitkan(dunia)
    maju(monkeypatch, days=2)
    assert pakai(teks).status_code == 422


def test_kode_baru_mencabut_yang_lama_dan_petugas_dapat_mencabut(dunia: Dunia, client: Client) -> None:
    lama, baru = terbitkan(dunia), terbitkan(dunia, "koordinator")
    assert pakai(lama).status_code == 422
    client.force_login(dunia.plkb)
    client.post(f"/orang/{dunia.kader.pk}/kode/cabut/")
    assert pakai(baru).status_code == 422
    assert set(KodeMasuk.objects.values_list("sebab", flat=True)) == {"diganti", "dicabut"}
    assert Jejak.objects.filter(tindakan="mencabut kode").count() == 1
    client.post(f"/orang/{dunia.kader.pk}/kode/cabut/")
    assert Jejak.objects.filter(tindakan="mencabut kode").count() == 1


def test_hanya_sidiknya_yang_tersimpan_dan_tidak_di_alamat(dunia: Dunia, client: Client) -> None:
    client.force_login(dunia.plkb)
    jawaban = client.post(f"/orang/{dunia.kader.pk}/kode/")
    teks = jawaban.context["angka"]
    assert teks in jawaban.content.decode()
    assert "<svg" in jawaban.content.decode()
    assert "style=" not in jawaban.context["qr"]
    assert jawaban["Cache-Control"] == "no-store"
    with connection.cursor() as kursor:
        kursor.execute("SELECT k::text FROM kader_kodemasuk k UNION ALL SELECT j::text FROM kader_jejak j")
        isi = str(kursor.fetchall())
    angka = kode.rapikan(teks)
    assert angka not in isi
    assert angka[4:] not in isi
    # Opened again, nothing tells it.
    assert teks not in client.get(f"/orang/{dunia.kader.pk}/").content.decode()


@pytest.mark.parametrize(
    ("sandi", "kedua", "kata"),
    [
        ("pndk-17", "", "sedikitnya 8"),
        ("password123", "", "terlalu sering dipakai"),
        ("918273645546", "", "Jangan angka saja"),
        ("081234567890x", "", "Terlalu mirip"),
        ("hujan-sawah-1831", "hujan-sawah-1832", "tidak sama"),
    ],
)
def test_sandi_lemah_ditolak_dengan_kalimat_dan_kodenya_tetap_berlaku(
    dunia: Dunia, sandi: str, kedua: str, kata: str
) -> None:
    Pengguna.objects.filter(pk=dunia.kader.pk).update(nama_masuk="081234567890")
    teks = terbitkan(dunia)
    jawaban = pakai(teks, sandi, kedua)
    assert (jawaban.status_code, kata in jawaban.content.decode()) == (422, True)
    assert sandi not in jawaban.content.decode()
    assert pakai(teks).status_code == 200


def test_lima_angka_keliru_mematikan_kode(dunia: Dunia) -> None:
    teks = terbitkan(dunia)
    for n in range(5):
        assert not Jejak.objects.filter(tindakan=KODE_MATI).exists()
        keliru = teks[:4] + f"{(int(teks[4:]) + n + 1) % 10**8:08d}"
        assert pakai(keliru, alamat=f"10.0.0.{n}").status_code == 422
    # She and her officer see why, and from where.
    satu = Jejak.objects.tentang(dunia.kader).get(tindakan=KODE_MATI)
    assert (satu.oleh, satu.perubahan["jaringan"]) == (None, [None, "10.0.0.0/24"])
    assert pakai(teks, alamat="10.0.1.1").status_code == 422
    assert KodeMasuk.objects.get().sebab == "terlalu sering keliru"


def test_menebak_dari_satu_alamat_diperlambat_dan_alamat_lain_tidak(dunia: Dunia) -> None:
    teks = terbitkan(dunia)
    lain = f"{(int(teks[:4]) + 1) % 10_000:04d}00000000"
    status = [pakai(lain).status_code for _ in range(percobaan.KODE.bebas + 2)]
    assert status == [422] * percobaan.KODE.bebas + [429] * 2
    jawaban = pakai(teks)
    assert (jawaban.status_code, "Tunggu" in jawaban.content.decode()) == (429, True)
    assert pakai(teks, alamat="10.9.9.9").status_code == 200


@pytest.mark.parametrize(
    "teks", ["", "x", "1234", "１２３４５６７８９０１２", "0" * 500, "\x00" * 12, "1234-5678-901a"]
)
def test_yang_bukan_kode(dunia: Dunia, teks: str) -> None:
    terbitkan(dunia)
    assert pakai(teks).status_code == 422
    assert KodeMasuk.objects.get().salah == 0


def test_sandi_baru_mengakhiri_semua_sesinya(dunia: Dunia) -> None:
    dia = masuk(beri_sandi(dunia.kader, "yang-lama-sekali"), "yang-lama-sekali")
    assert pakai(terbitkan(dunia)).status_code == 200
    assert dia.get("/").status_code == 302
    assert not dunia.kader.sesi.exists()


def test_kunci_masuk_terbuka_sesudah_kode_dipakai(dunia: Dunia) -> None:
    """Who forgot has tried; with a new password she need not wait."""
    beri_sandi(dunia.kader, "yang-lama-sekali")
    for _ in range(6):
        Client().post("/masuk/", {"username": "kader", "password": "keliru"})
    pakai(terbitkan(dunia))
    masuk(dunia.kader)


def test_yang_nonaktif_tidak_mendapat_kode_dan_kodenya_mati(dunia: Dunia) -> None:
    teks = terbitkan(dunia)
    orang.nonaktifkan(dunia.plkb, cakupan(dunia.plkb), dunia.kader, "berhenti")
    assert pakai(teks).status_code == 422
    with pytest.raises(Ditolak, match="Aktifkan dulu"):
        terbitkan(dunia)


def test_petugas_yang_bukan_lagi_petugasnya_tidak_dapat_memberi_kode(dunia: Dunia) -> None:
    dunia.kader.penugasan.update(selesai=dt.date(2021, 7, 1))
    baru = buat_orang("baru", Peran.KADER, CITEKO)
    dunia.kader.penugasan.create(wilayah_id="32.14.09.2001", sebagai="kader", mulai=dt.date(2021, 7, 2))
    with pytest.raises(Ditolak):
        terbitkan(dunia)
    terbitkan(dunia, "plkb_jauh")
    assert kode.terbitkan(dunia.plkb, cakupan(dunia.plkb), baru)


def test_kader_yang_juga_bertugas_di_luar_tidak_diambil_alih(dunia: Dunia, client: Client) -> None:
    """Whoever reads a code out could use it, and would act in the other desa too."""
    beri_sandi(dunia.kader)
    dunia.kader.penugasan.create(wilayah_id=NAGROG, sebagai="kader", mulai=HARI)
    for oleh in ("plkb", "plkb_jauh", "koordinator"):
        with pytest.raises(Ditolak, match="di luar wilayah Anda"):
            terbitkan(dunia, oleh)
    client.force_login(dunia.plkb)
    jawaban = client.post(f"/orang/{dunia.kader.pk}/kode/")
    assert (jawaban.status_code, "Minta koordinator atau DPPKB" in jawaban.content.decode()) == (409, True)
    assert not KodeMasuk.objects.exists()
    assert terbitkan(dunia, "dppkb")


@pytest.mark.parametrize("hari", [1, 30])
def test_tugas_yang_belum_mulai_tidak_memberi_kuasa_atas_yang_sedang_bertugas(dunia: Dunia, hari: int) -> None:
    dunia.kader.penugasan.create(wilayah_id=NAGROG, sebagai="kader", mulai=HARI + dt.timedelta(days=hari))
    with pytest.raises(Ditolak, match="tidak Anda kelola"):
        terbitkan(dunia, "plkb_jauh")
    # Nor may her officer of today: with the password she would act there on that day.
    with pytest.raises(Ditolak, match="di luar wilayah Anda"):
        terbitkan(dunia, "plkb")
    assert terbitkan(dunia, "dppkb")


def test_yang_baru_mulai_besok_dan_yang_sudah_berhenti_ada_yang_mengelola(dunia: Dunia) -> None:
    dunia.tetangga.penugasan.update(selesai=HARI - dt.timedelta(days=1))
    assert terbitkan(dunia, "plkb", "tetangga")
    dunia.tetangga.penugasan.create(wilayah_id=NAGROG, sebagai="kader", mulai=HARI + dt.timedelta(days=1))
    with pytest.raises(Ditolak, match="tidak Anda kelola"):
        terbitkan(dunia, "plkb", "tetangga")
    assert terbitkan(dunia, "plkb_jauh", "tetangga")


def test_sesudah_kode_dipakai_tebakan_orang_lain_tidak_menahannya(dunia: Dunia) -> None:
    beri_sandi(dunia.kader, "yang-lama-sekali")
    hp = Client()
    isi = {"kode": terbitkan(dunia), "password1": SANDI, "password2": SANDI}
    assert hp.post("/kode/", isi).status_code == 200
    for n in range(120):
        Client(REMOTE_ADDR=f"10.1.{n // 5}.{n % 5}").post("/masuk/", {"username": "kader", "password": "keliru"})
    assert Client().post("/masuk/", {"username": "kader", "password": SANDI}).status_code == 429
    assert hp.post("/masuk/", {"username": "kader", "password": SANDI}).status_code == 302


def test_operator_memberi_kode_di_server(dunia: Dunia, capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import CommandError, call_command

    call_command("beri_kode", "ADMIN")
    teks = capsys.readouterr().out.split()[1]
    assert pakai(teks).status_code == 200
    assert Jejak.objects.tentang(dunia.admin).last().oleh is None
    with pytest.raises(CommandError):
        call_command("beri_kode", "tidak-ada")
