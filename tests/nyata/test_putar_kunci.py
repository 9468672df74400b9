"""Keys go round in a running product: phones send, the command is killed in the middle, nothing is lost or left behind."""

import json
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import InvalidToken
from django.conf import settings

from akseptor.rahasia import _sandi_satu, indeks_buta
from poskb.jalankan.proses import tunggu
from tests.nyata.hp import Ponsel, huruf
from tests.nyata.keadaan import baris, sql
from tests.nyata.langkah import SANDI
from tests.peladen import Peladen
from tests.terowongan import Terowongan
from tests.ukur.klien import Sambungan, masuk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# `make test-lama`: minutes that every run of `make test` cannot spare.
pytestmark = pytest.mark.lama

DATA, INDEKS = "kunci-data-baru-untuk-uji-0123456789abcdef", "kunci-indeks-baru-untuk-uji-0123456789abcdef"
DESA = "32.14.04.2006"
SALINAN = 5000


@pytest.fixture(scope="module")
def peladen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Peladen]:
    """One of its own: whoever comes after must not find other keys."""
    satu = Peladen(tmp_path_factory.mktemp("putar"), f"putar_{worker_id}")
    try:
        satu.mulai()
        yield satu
    finally:
        satu.hentikan()


def setel(peladen: Peladen, data: str, indeks: str) -> None:
    """Restart every part with these keys, as an operator does."""
    for layanan in (peladen.beat, peladen.worker, peladen.web):
        layanan.hentikan()
    peladen.env |= {"POSKB_KUNCI_DATA": data, "POSKB_KUNCI_INDEKS": indeks}
    for layanan in (peladen.web, peladen.worker, peladen.beat):
        layanan.mulai()
    peladen.tunggu_sehat()


class Penulis(threading.Thread):
    """A phone: new records and changes of them, one after the other, until told to stop."""

    def __init__(self, peladen: Peladen, nomor: int) -> None:
        super().__init__(daemon=True)
        self.nomor, self.urut = nomor, 0
        self.pengirim = masuk(peladen.kesehatan.port, "kader", DESA)
        self.berhenti = threading.Event()
        self.diterima: dict[str, tuple[str, str]] = {}
        self.lain: list[object] = []

    def run(self) -> None:
        sambungan = Sambungan(self.pengirim.port)
        while not self.berhenti.is_set():
            self.urut += 1
            kunci, nik = str(uuid.uuid4()), f"321499{41 + self.nomor}{1 + self.urut % 12:02d}88{self.urut + 1000:04d}"
            self._kirim(sambungan, kunci, nik, "Kampung Lama", None)
            self._kirim(sambungan, kunci, nik, f"Kampung {self.urut}", 1)

    def _kirim(self, sambungan: Sambungan, kunci: str, nik: str, alamat: str, versi: int | None) -> None:
        satu = {
            "id": kunci,
            "tahap": "calon",
            "nama_istri": f"Ibu Putar {huruf(self.nomor)}{huruf(self.urut)}",
            "nik_istri": nik,
        }
        satu |= {
            "nama_suami": "Jajang",
            "desa": DESA,
            "alamat": alamat,
            "persetujuan_data": "on",
            "konfirmasi": "nik_wilayah",
        }
        satu |= {"versi": versi} if versi else {}
        permintaan = self.pengirim.permintaan("/akseptor/sinkron/", json.dumps({"catatan": [satu]}).encode())
        status, isi = sambungan.kirim(permintaan)
        tanda = json.loads(isi)["tanda_terima"][0] if status == 200 else {}
        if tanda.get("hasil") in {"diterima", "duplikat"}:
            self.diterima[kunci] = (nik, alamat)
        else:
            self.lain.append((status, tanda))


def putar(peladen: Peladen, *argumen: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "putar_kunci", *argumen],
        env=peladen.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def sisa_lama(peladen: Peladen) -> int:
    """How many NIK the new key does not open, counted by the test's own means."""
    baru = _sandi_satu(DATA)[0]

    def lama(token: str) -> bool:
        try:
            baru.decrypt(token.encode())
        except InvalidToken:
            return True
        return False

    return sum(lama(t) for (t,) in sql(peladen, "SELECT nik_istri FROM akseptor_akseptor WHERE nik_istri <> ''"))


def test_kunci_berputar_sementara_dipakai(peladen: Peladen) -> None:
    lama_data, lama_indeks = settings.KUNCI_DATA[0], settings.KUNCI_INDEKS[0]
    kolom = (
        "desa_id, nama_istri, nik_istri, nik_indeks, nik_menyusul, alasan_nik_menyusul, tanggal_lahir_istri, "
        "nama_suami, no_hp, hp_indeks, rw, rt, alamat, jumlah_anak, perlu_tinjau_duplikat"
    )
    # A table that takes a while: the demo's rows many times, so that every batch meets other writers.
    sql(
        peladen,
        f"INSERT INTO akseptor_akseptor (id, pasangan, {kolom}) SELECT gen_random_uuid(), gen_random_uuid(), {kolom}"
        " FROM (SELECT * FROM akseptor_akseptor ORDER BY id LIMIT 250) a, generate_series(1, %s)",
        SALINAN // 250,
    )
    lain = "SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM akseptor_pelayanan p WHERE id = ANY(%s)"
    semula = [pk for (pk,) in sql(peladen, "SELECT id FROM akseptor_pelayanan")]
    sebelum = sql(peladen, lain, semula)
    jejak = sql(peladen, "SELECT count(*), max(id) FROM kader_jejak")
    setel(peladen, f"{DATA},{lama_data}", f"{INDEKS},{lama_indeks}")
    penulis = [Penulis(peladen, n) for n in range(3)]
    for p in penulis:
        p.start()
    # Killed in the middle, as a power cut would.
    pertama = putar(peladen, "--jeda", "0.2")
    awal = sisa_lama(peladen)
    assert tunggu(lambda: sisa_lama(peladen) < awal - 600, detik=90)
    pertama.send_signal(signal.SIGKILL)
    pertama.wait()
    tersisa = sisa_lama(peladen)
    assert 0 < tersisa < awal
    # Run again: what was done stays done, the rest follows, under the same load.
    kedua = putar(peladen, "--jeda", "0.05")
    kata, _ = kedua.communicate(timeout=300)
    time.sleep(0.5)
    for p in penulis:
        p.berhenti.set()
    for p in penulis:
        p.join(60)
    print(
        kata, f"{awal} at first, {tersisa} after the kill, {sum(len(p.diterima) for p in penulis)} written meanwhile"
    )
    assert kedua.returncode == 0, kata
    assert "tidak ada baris yang masih memakai kunci lama" in kata
    assert sisa_lama(peladen) == 0
    # Everything that was acknowledged is there once, as it was last sent, and nobody saw a fault.
    assert [p.lain for p in penulis] == [[], [], []]
    diterima = {k: v for p in penulis for k, v in p.diterima.items()}
    assert len(diterima) > 20
    buka = _sandi_satu(DATA)[0]
    tersimpan = sql(
        peladen,
        "SELECT id::text, nik_istri, alamat, nik_indeks FROM akseptor_akseptor WHERE nama_istri LIKE %s",
        "Ibu Putar%",
    )
    ada = {pk: (buka.decrypt(n.encode()).decode(), buka.decrypt(a.encode()).decode()) for pk, n, a, _ in tersimpan}
    assert ada == diterima
    assert all(indeks == indeks_buta(diterima[pk][0], INDEKS) for pk, _, _, indeks in tersimpan)
    assert "Internal Server Error" not in peladen.web.log.read_text()
    # What is not secret was not touched: services, their versions and locks; nothing new in the history but the phones'.
    assert sql(peladen, lain, semula) == sebelum
    ((banyak,),) = sql(
        peladen, "SELECT count(*) FROM kader_jejak WHERE id > %s AND tindakan NOT IN ('masuk', 'mendaftarkan', 'mencatat', 'mengubah')",
        jejak[0][1],
    )  # fmt: skip
    assert banyak == 0
    # The old keys go; everything is read, and without the new ones nothing is.
    setel(peladen, DATA, INDEKS)
    assert "0 dengan kunci lama" in peladen.manage("putar_kunci", "--periksa")
    kader = masuk(peladen.kesehatan.port, "kader", DESA)
    kunci = next(iter(diterima))
    halaman = (
        f"GET /akseptor/catatan/{kunci}/ubah/ HTTP/1.1\r\nHost: 127.0.0.1:{kader.port}\r\nCookie: {kader.kue}\r\n\r\n"
    )
    status, isi = Sambungan(kader.port).kirim(halaman.encode())
    assert status == 200
    assert diterima[kunci][0].encode() in isi or isi[:2] == b"\x1f\x8b"
    env = peladen.env | {"POSKB_KUNCI_DATA": lama_data, "POSKB_KUNCI_INDEKS": lama_indeks}
    gagal = subprocess.run(
        [sys.executable, "manage.py", "putar_kunci", "--periksa"], env=env, capture_output=True, text=True, check=False
    )
    assert gagal.returncode != 0
    assert "Tidak terbuka dengan kunci mana pun" in gagal.stdout + gagal.stderr


def test_folder_uji_tidak_menyimpan_kunci(peladen: Peladen) -> None:
    """Nothing that the product writes names a key."""
    for satu in Path(peladen.folder).rglob("*.log"):
        assert DATA not in satu.read_text(errors="replace"), satu


def sandi_baru(peladen: Peladen, sandi: str) -> None:
    """The officer gives her another password: what she had wrapped with the old one does not open by it."""
    perintah = "from kader.models import Pengguna; p = Pengguna.objects.get(nama_masuk='kader'); p.set_password('{}'); p.save()"
    peladen.manage("shell", "-v", "0", "-c", perintah.format(sandi))


def test_hp_tidak_terkunci_di_luar_sesudah_kunci_tetap_berganti(
    peramban: "Browser", peladen: Peladen, tmp_path: Path
) -> None:
    """Closed with the old key, opened with it, wrapped with the new one; then the old one may go."""
    lama, baru = settings.KUNCI_TETAP[0], "kunci-tetap-baru-untuk-uji-0123456789abcdef"

    def tetap(kunci: str) -> None:
        peladen.env["POSKB_KUNCI_TETAP"] = kunci
        setel(peladen, peladen.env.get("POSKB_KUNCI_DATA", ""), peladen.env.get("POSKB_KUNCI_INDEKS", ""))

    jalur = Terowongan(peladen.url)
    hp = Ponsel(peramban, tmp_path / "profil", jalur)
    try:
        hp.masuk("kader")
        hp.sinyal(ada=False)
        hp.catat_cepat("Enok Kunci Lama", "3214994203920011")
        hp.keluar()
        hp.halaman.get_by_role("heading", name="Terkunci").wait_for()
        tetap(f"{baru},{lama}")
        sandi_baru(peladen, "sandi-kedua-1831")
        hp.sinyal(ada=True)
        hp.masuk("kader", "sandi-kedua-1831")
        hp.tunggu_hp(0)
        assert len(baris(peladen, "Enok Kunci Lama")) == 1
        hp.sinyal(ada=False)
        hp.catat_cepat("Enok Kunci Baru", "3214994303920012")
        hp.keluar()
        hp.halaman.get_by_role("heading", name="Terkunci").wait_for()
        tetap(baru)
        sandi_baru(peladen, SANDI)
        hp.sinyal(ada=True)
        hp.masuk("kader")
        hp.tunggu_hp(0)
        assert len(baris(peladen, "Enok Kunci Baru")) == 1
    finally:
        hp.matikan()
        jalur.hentikan()
