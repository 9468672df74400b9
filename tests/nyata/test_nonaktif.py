"""A deactivated kader's phone: told clearly, hands its outbox to her officer exactly once, shows nothing any more."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.nyata.hp import Ponsel, nik
from tests.nyata.keadaan import baris, kader_lain, sql
from tests.nyata.langkah import LAPTOP, SANDI, isi_di_tempat, masuk, simpan, tutup
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# By the product's own act, as her officer does it on the page.
NONAKTIFKAN = """
from kader.akun import orang
from kader.models import Pengguna, Penugasan
from kader.models.penugasan import cakupan_pengguna
from poskb.dasar.waktu import hari_ini
kader = Pengguna.objects.get(nama_masuk="{}")
plkb = Penugasan.objects.petugas_desa(kader.penugasan.first().wilayah_id, hari_ini()).pengguna
orang.nonaktifkan(plkb, cakupan_pengguna(plkb, hari_ini(), "32.14"), kader, "berhenti")
print(plkb.nama_masuk)
"""
ISI_GUDANG = """async () => {
    const db = await new Promise((y) => { const r = indexedDB.open("poskb"); r.onsuccess = () => y(r.result); });
    const hitung = {};
    for (const toko of ["antrean", "ringkas", "brankas"])
        hitung[toko] = await new Promise((y) => { const r = db.transaction(toko).objectStore(toko).getAll(); r.onsuccess = () => y(r.result); });
    return [hitung.antrean.length, hitung.ringkas.length, hitung.brankas.filter((b) => b.pegangan).length];
}"""


@pytest.fixture
def kader(peladen: Peladen) -> Iterator[str]:
    """A kader who leaves; she is back for the next test, and nothing of hers waits for her officer."""
    nama = kader_lain(peladen)
    yield nama
    sql(peladen, "UPDATE kader_pengguna SET is_active = true WHERE nama_masuk = %s", nama)
    sql(peladen, "DELETE FROM kader_percobaan")
    sql(peladen, "DELETE FROM akseptor_titipan WHERE selesai_pada IS NULL")


def nonaktifkan(peladen: Peladen, kader: str) -> str:
    """Deactivate her; return her officer's sign-in name, whose password is the demo's from now on."""
    plkb = peladen.manage("shell", "-v", "0", "-c", NONAKTIFKAN.format(kader)).split()[-1]
    sandi = "UPDATE kader_pengguna SET password = (SELECT password FROM kader_pengguna WHERE nama_masuk = 'kader')"
    sql(peladen, f"{sandi} WHERE nama_masuk = %s", plkb)
    return plkb


def ambil_alih(peramban: "Browser", peladen: Peladen, plkb: str, jumlah: int) -> None:
    """The officer sees that something waits, and takes it over with one press."""
    h = masuk(peramban, peladen, plkb, LAPTOP)
    h.get_by_role("listitem").filter(has_text="titipan kader nonaktif").get_by_role("link", name="Buka").click()
    h.get_by_text(f"{jumlah} catatan").wait_for()
    h.get_by_role("button", name="Ambil alih").click()
    h.get_by_role("heading", name=f"{jumlah} catatan diambil alih").wait_for()
    assert h.locator("td .lencana", has_text="Diterima").count() == jumlah
    h.goto("/akseptor/titipan/")
    h.get_by_text("Tidak ada titipan").wait_for()
    tutup(h)


def tidak_ada_yang_tampak(h: "Page", *nama: str) -> None:
    for alamat in ("/", "/akseptor/", "/hp/", "/akseptor/baru/"):
        h.goto(alamat)
        h.locator("h1").first.wait_for()
        assert not [n for n in nama if n in h.content()], alamat
    assert h.evaluate(ISI_GUDANG) == [0, 0, 0]


def test_yang_belum_terkirim_sampai_ke_petugasnya_tepat_sekali(
    ponsel: Ponsel, peladen: Peladen, peramban: "Browser", kader: str
) -> None:
    ponsel.masuk(kader)
    ponsel.sinyal(ada=False)
    for nama in ("Enok Ditinggal", "Oneng Ditinggal"):
        ponsel.catat_cepat(nama, nik())
    plkb = nonaktifkan(peladen, kader)
    h = ponsel.halaman
    hilang = []

    def jawaban_hilang(rute: "Route") -> None:
        # The server has it, the phone does not know: it sends the same once more.
        if hilang:
            rute.continue_()
            return
        # Said before it is fetched: the page that goes away and the one that comes may both ask meanwhile.
        hilang.append(0)
        hilang[0] = rute.fetch().status
        rute.abort()

    ponsel.konteks.route("**/akseptor/titip/", jawaban_hilang)
    ponsel.sinyal(ada=True)
    h.goto("/")
    h.get_by_role("heading", name="Akun Anda sudah dinonaktifkan").wait_for()
    h.get_by_text("2 catatan dari HP ini sudah diserahkan kepada petugas Anda").wait_for(timeout=60_000)
    assert hilang == [200]
    assert sql(peladen, "SELECT jumlah FROM akseptor_titipan WHERE selesai_pada IS NULL") == [(2,)]
    assert baris(peladen, "% Ditinggal") == []
    tidak_ada_yang_tampak(h, "Ditinggal", "Jajang")
    # Also without signal.
    ponsel.sinyal(ada=False)
    h.goto("/akseptor/")
    h.get_by_role("heading", name="Terkunci").wait_for()
    ponsel.sinyal(ada=True)
    ambil_alih(peramban, peladen, plkb, 2)
    assert sorted((b[1], b[2], b[3]) for b in baris(peladen, "% Ditinggal")) == [("dilayani", 1, kader)] * 2


def test_formulir_yang_sedang_terbuka(ponsel: Ponsel, peladen: Peladen, peramban: "Browser", kader: str) -> None:
    """With signal, and she does not know yet: what she saves goes to her officer, and she is told."""
    ponsel.masuk(kader)
    ponsel.buka_formulir()
    h = ponsel.halaman
    isi_di_tempat(h, "Wiwin Terbuka", nik())
    plkb = nonaktifkan(peladen, kader)
    simpan(h)
    h.get_by_text("1 catatan dari HP ini sudah diserahkan kepada petugas Anda").wait_for()
    tidak_ada_yang_tampak(h, "Wiwin Terbuka")
    ambil_alih(peramban, peladen, plkb, 1)
    assert [b[3] for b in baris(peladen, "Wiwin Terbuka")] == [kader]


def test_hp_yang_sudah_keluar_menyerahkan_dengan_kata_sandinya(
    ponsel: Ponsel, peladen: Peladen, peramban: "Browser", kader: str
) -> None:
    """Signed out, so sealed: her right password opens it to the hand-over, and lets her in nowhere."""
    ponsel.masuk(kader)
    ponsel.sinyal(ada=False)
    ponsel.catat_cepat("Euis Tersegel", nik())
    ponsel.keluar()
    h = ponsel.halaman
    h.get_by_role("heading", name="Terkunci").wait_for()
    plkb = nonaktifkan(peladen, kader)
    ponsel.sinyal(ada=True)
    sql(peladen, "DELETE FROM kader_sesi")
    for sandi in ("keliru-sekali", SANDI):
        h.goto("/masuk/")
        h.get_by_label("Nama masuk").fill(kader)
        h.get_by_label("Kata sandi").fill(sandi)
        h.get_by_role("button", name="Masuk").click()
        h.get_by_role("alert").wait_for()
    h.get_by_text("1 catatan dari HP ini sudah diserahkan kepada petugas Anda").wait_for()
    tidak_ada_yang_tampak(h, "Euis Tersegel")
    ambil_alih(peramban, peladen, plkb, 1)
    assert [b[3] for b in baris(peladen, "Euis Tersegel")] == [kader]
