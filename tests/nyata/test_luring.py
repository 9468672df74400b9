"""The phone without signal, in a real browser, with a line that is really cut."""

import contextlib
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.nyata.hp import Ponsel
from tests.nyata.keadaan import baris, catatan_dikembalikan, kader_lain, laporan_dikembalikan, sql
from tests.nyata.langkah import LAPTOP, isi_akseptor, isi_di_tempat, masuk, simpan, tutup
from tests.peladen import Peladen
from tests.terowongan import LEWAT, MATI, PUTUS_TENGAH, TELAN_JAWABAN, Terowongan

if TYPE_CHECKING:
    from playwright.sync_api import Browser

urut = itertools.count(1)
# Before the request, in the middle of it, after the server wrote but before the answer.
BURUK = (TELAN_JAWABAN, PUTUS_TENGAH, MATI, TELAN_JAWABAN, PUTUS_TENGAH)


@pytest.fixture
def jalur(peladen: Peladen) -> Iterator[Terowongan]:
    satu = Terowongan(peladen.url)
    yield satu
    satu.hentikan()


@pytest.fixture
def ponsel(peramban: "Browser", jalur: Terowongan, tmp_path: Path) -> Iterator[Ponsel]:
    satu = Ponsel(peramban, tmp_path / "profil", jalur)
    yield satu
    with contextlib.suppress(Exception):
        satu.matikan()


def nik() -> str:
    """A woman's NIK with a birth day of its own, so that nobody is asked whether two are one person."""
    n = next(urut)
    return f"321499{41 + n % 28:02d}{1 + n % 12:02d}87{5000 + n:04d}"


def huruf(n: int) -> str:
    return "".join(chr(97 + int(d)) for d in str(n))


def test_dari_mati_tanpa_sinyal(ponsel: Ponsel, peladen: Peladen) -> None:
    catatan_dikembalikan(peladen)
    ponsel.masuk("kader")
    awal, _ = ponsel.angka()
    ponsel.sinyal(ada=False)
    ponsel.matikan()
    ponsel.nyalakan()
    ponsel.konteks.set_offline(True)
    h = ponsel.halaman
    # Her first page, her list and a record of hers, from a cold browser.
    h.goto("/")
    h.get_by_text("Dikembalikan:").first.wait_for()
    h.goto("/akseptor/")
    nama = h.locator("a.butir b").first.inner_text()
    h.locator("a.butir").first.click()
    h.get_by_role("heading", name=nama).wait_for()
    # A new record.
    isi_akseptor(h, "Mimin Luring", nik())
    simpan(h)
    h.locator("#hasil-simpan", has_text="Masih di HP ini").wait_for()
    ponsel.tunggu_hp(1)
    assert ponsel.angka() == (awal, 1)
    assert baris(peladen, "Mimin Luring") == []
    # Killed again before there is a signal: nothing is lost, and it goes by itself.
    ponsel.matikan()
    ponsel.nyalakan()
    ponsel.sinyal(ada=True)
    ponsel.halaman.goto("/")
    ponsel.tunggu_hp(0)
    assert ponsel.angka() == (awal + 1, 0)
    assert len(baris(peladen, "Mimin Luring")) == 1


def test_mati_di_tengah_ketikan(ponsel: Ponsel) -> None:
    ponsel.masuk("kader")
    ponsel.buka_formulir()
    h = ponsel.halaman
    h.get_by_label("Nama istri").fill("Neneng Setengah")
    h.get_by_label("Nama suami").fill("Ujang")
    h.locator("label", has_text="Implan").click()
    h.wait_for_timeout(600)
    ponsel.matikan()
    ponsel.nyalakan()
    ponsel.buka_formulir()
    h = ponsel.halaman
    h.get_by_text("Lanjutkan isian").wait_for()
    assert h.get_by_label("Nama istri").input_value() == "Neneng Setengah"
    assert h.locator("input[name=metode]:checked").input_value() == "implan"
    h.get_by_role("button", name="Mulai dari kosong").click()
    h.locator("form[data-siap]").wait_for()
    h.wait_for_function("document.getElementById('id_nama_istri').value === ''")


def test_yang_dikembalikan_dibetulkan_tanpa_sinyal(ponsel: Ponsel, peladen: Peladen) -> None:
    catatan_dikembalikan(peladen)
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    h = ponsel.halaman
    h.goto("/")
    butir = h.locator("li.mendesak", has_text="Dikembalikan:").first
    tautan = butir.get_by_role("link", name="Perbaiki")
    kunci = (tautan.get_attribute("href") or "").split("/")[3]
    tautan.click()
    h.get_by_text("Dikembalikan petugas").wait_for()
    h.locator("form[data-siap]").wait_for()
    ((_, versi),) = sql(peladen, "SELECT tahap, versi FROM akseptor_pelayanan WHERE id = %s", kunci)
    h.get_by_label("RW").fill("7")
    simpan(h)
    h.locator("#hasil-simpan", has_text="Masih di HP ini").wait_for()
    ponsel.tunggu_hp(1)
    ponsel.sinyal(ada=True)
    ponsel.tunggu_hp(0)
    assert sql(peladen, "SELECT tahap, versi FROM akseptor_pelayanan WHERE id = %s", kunci) == [
        ("dilayani", versi + 1)
    ]
    h.goto("/")
    assert h.locator(f"a[href*='{kunci}']").count() == 0
    # The same thread: what the officer wrote and what she did stand in one history.
    jejak = sql(peladen, "SELECT tindakan FROM kader_jejak WHERE kunci = %s ORDER BY pada, id", kunci)
    assert [j[0] for j in jejak][-2:] == ["kembalikan", "mengubah"]


def test_gerak_calon_bisa_diurungkan_lalu_dikirim(ponsel: Ponsel, peladen: Peladen) -> None:
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    h = ponsel.halaman
    h.goto("/akseptor/")
    h.locator("li", has_text="Calon").first.locator("a").click()
    nama = h.locator("h1").inner_text()
    h.get_by_role("button", name="Sudah dirujuk").click()
    h.get_by_role("button", name="Urungkan").click()
    ponsel.tunggu_hp(0)
    h.get_by_role("button", name="Sudah dirujuk").click()
    ponsel.tunggu_hp(1)
    ponsel.sinyal(ada=True)
    h.goto("/")
    h.wait_for_timeout(6500)
    h.goto("/")
    ponsel.tunggu_hp(0)
    assert [b[1] for b in baris(peladen, nama)] == ["dirujuk"]


def test_ditolak_server_kembali_ke_medan_yang_sama(ponsel: Ponsel, peladen: Peladen) -> None:
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    h = ponsel.halaman
    # Structure that only the server checks: the thirteenth month.
    isi_akseptor(h, "Popon Keliru", "3214995213900001")
    h.get_by_label("Tanggal lahir istri").fill("1990-03-12")
    simpan(h)
    h.locator("#hasil-simpan", has_text="Masih di HP ini").wait_for()
    ponsel.tunggu_hp(1)
    ponsel.sinyal(ada=True)
    h.goto("/")
    h.locator("#status-hp .tindakan").wait_for()
    h.goto("/hp/")
    h.get_by_role("link", name="Perbaiki").click()
    h.locator("#div_id_nik_istri .invalid-feedback", has_text="13 bukan bulan").wait_for()
    assert h.get_by_label("Nama istri").input_value() == "Popon Keliru"
    h.get_by_label("NIK istri").fill(nik())
    simpan(h)
    # The birth date that she typed is not the one of this NIK: asked back once, with signal, as on the page.
    h.get_by_label("Sudah saya periksa, data ini benar").check()
    simpan(h)
    h.locator("#hasil-simpan.diterima").wait_for()
    ponsel.tunggu_hp(0)
    assert len(baris(peladen, "Popon Keliru")) == 1


def test_diubah_petugas_sementara_itu(ponsel: Ponsel, peladen: Peladen) -> None:
    ponsel.masuk("kader")
    isi_akseptor(ponsel.halaman, "Yayah Bentrok", nik())
    simpan(ponsel.halaman)
    ponsel.halaman.locator("#hasil-simpan.diterima").wait_for()
    (satu,) = baris(peladen, "Yayah Bentrok")
    ponsel.sinyal(ada=False)
    h = ponsel.halaman
    h.goto(f"/akseptor/catatan/{satu[0]}/ubah/")
    h.locator("form[data-siap]").wait_for()
    h.locator("label", has_text="Ulangan").click()
    simpan(h)
    h.locator("#hasil-simpan", has_text="Masih di HP ini").wait_for()
    sql(
        peladen,
        "UPDATE akseptor_pelayanan SET versi = versi + 1, status_peserta = 'ganti_cara' WHERE id = %s",
        satu[0],
    )
    ponsel.sinyal(ada=True)
    h.goto("/")
    h.locator("#status-hp .tindakan").wait_for()
    h.goto("/hp/")
    kartu = h.locator(".perlu-tindakan")
    kartu.get_by_role("cell", name="Ganti cara").wait_for()
    kartu.get_by_role("cell", name="Ulangan").wait_for()
    kartu.get_by_role("button", name="Kirim yang di HP ini").click()
    ponsel.tunggu_hp(0)
    hasil = sql(peladen, "SELECT status_peserta, versi FROM akseptor_pelayanan WHERE id = %s", satu[0])
    assert hasil == [("ulangan", satu[2] + 2)]


def test_hp_bersama_dan_sesi_berakhir(ponsel: Ponsel, peladen: Peladen) -> None:
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    ponsel.catat_cepat("Enok Milik Kader", nik())
    # Signed out without signal: the page is closed to whoever comes next.
    ponsel.keluar()
    h = ponsel.halaman
    h.get_by_role("heading", name="Terkunci").wait_for()
    h.goto("/akseptor/")
    h.get_by_role("heading", name="Terkunci").wait_for()
    assert "Enok" not in h.content()
    # Another person on the same phone, with signal.
    ponsel.sinyal(ada=True)
    h.goto("/")
    h.wait_for_url("**/masuk/**")
    lain = kader_lain(peladen)
    ponsel.masuk(lain)
    assert ponsel.angka()[1] == 0
    h.goto("/hp/")
    h.get_by_text("Semua sudah diterima server").wait_for()
    assert "Enok" not in h.content()
    assert baris(peladen, "Enok Milik Kader") == []
    ponsel.keluar()
    h.wait_for_url("**/masuk/**")
    # The owner comes back: hers is sent, under her name.
    ponsel.masuk("kader")
    ponsel.tunggu_hp(0)
    assert [b[3] for b in baris(peladen, "Enok Milik Kader")] == ["kader"]
    # The session ends on the server while the form is open: the outbox waits for her.
    ponsel.buka_formulir()
    sql(peladen, "DELETE FROM django_session")
    ponsel.catat_cepat("Enok Sesi", nik())
    h.get_by_text("Sesi Anda berakhir").wait_for()
    assert baris(peladen, "Enok Sesi") == []
    ponsel.masuk("kader")
    ponsel.tunggu_hp(0)
    assert len(baris(peladen, "Enok Sesi")) == 1


def test_isi_gudang_tidak_terbaca(ponsel: Ponsel) -> None:
    """What lies in IndexedDB says nothing of a person."""
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    ponsel.catat_cepat("Oneng Rahasiawati", "3214995203904321")
    isi = ponsel.halaman.evaluate(
        """async () => {
            const db = await new Promise((y) => { const r = indexedDB.open("poskb"); r.onsuccess = () => y(r.result); });
            const huruf = (k, v) => v instanceof ArrayBuffer ? new TextDecoder("latin1").decode(v) : v;
            const gudang = {}, cache = [];
            for (const toko of db.objectStoreNames) {
                const semua = await new Promise((y) => { const r = db.transaction(toko).objectStore(toko).getAll(); r.onsuccess = () => y(r.result); });
                gudang[toko] = semua.map((x) => JSON.stringify(x, huruf));
            }
            for (const nama of await caches.keys()) {
                const c = await caches.open(nama);
                for (const p of await c.keys()) cache.push(await (await c.match(p)).text());
            }
            return { gudang, cache };
        }"""
    )
    assert len(isi["gudang"]["antrean"]) == 1
    assert len(isi["gudang"]["ringkas"]) == 1
    assert any("isian-akseptor" in halaman for halaman in isi["cache"])
    for rahasia in ("Rahasiawati", "3214995203904321", "Jajang Karangan"):
        assert rahasia not in json.dumps(isi)
    assert "implan" not in json.dumps(isi["gudang"])


def test_laporan_dibaca_dan_ketikannya_dijaga(ponsel: Ponsel, peladen: Peladen) -> None:
    laporan_dikembalikan(peladen)
    ponsel.masuk("kader")
    h = ponsel.halaman
    # Typed with signal, the signal goes, "Kirim" says so; the browser dies.
    h.goto("/laporan/32.14.04.2006/2021-06/")
    angka = h.locator("#bagian-I input[type=number], #bagian-I input[inputmode=numeric]").first
    nama = angka.get_attribute("name")
    h.locator("#angka-hp").wait_for()
    angka.fill("77")
    h.wait_for_timeout(400)
    ponsel.sinyal(ada=False)
    h.get_by_role("button", name="Kirim ke petugas").click()
    h.get_by_text("Belum ada sinyal. Angka yang Anda ketik disimpan di HP ini").wait_for()
    ponsel.matikan()
    ponsel.nyalakan()
    ponsel.konteks.set_offline(True)
    h = ponsel.halaman
    # Without signal: what she had sent, with the officer's reason at its part.
    h.goto("/laporan/32.14.04.2006/2021-06/")
    h.locator(".alert-danger", has_text="Bagian V: PUS belum imbang").wait_for()
    h.locator(".kartu", has_text="V. ").locator(".catatan-bagian").wait_for()
    assert h.locator("dl.rincian dd").count() > 20
    # With signal again: what she typed is there.
    ponsel.sinyal(ada=True)
    h.goto("/laporan/32.14.04.2006/2021-06/")
    h.get_by_text("Lanjutkan isian").wait_for()
    assert h.locator(f"[name='{nama}']").input_value() == "77"
    h.get_by_role("button", name="Simpan draf").click()
    h.get_by_text("Draf tersimpan").wait_for()
    h.locator("#angka-hp").wait_for()
    assert h.get_by_text("Lanjutkan isian").count() == 0
    assert h.locator(f"[name='{nama}']").input_value() == "77"


def test_cadangan_dari_hp_masuk_lewat_petugas(
    ponsel: Ponsel, peladen: Peladen, peramban: "Browser", tmp_path: Path
) -> None:
    """The file that a real browser encrypts, brought in by the officer; the phone's own sync later changes nothing."""
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    for n in (1, 2):
        ponsel.catat_cepat(f"Cadangan {huruf(n)}", nik())
    h = ponsel.halaman
    h.goto("/hp/")
    with h.expect_download() as unduhan:
        h.get_by_role("button", name="Simpan cadangan").click()
    berkas = tmp_path / "dari-kader.poskb"
    unduhan.value.save_as(berkas)
    assert "Cadangan" not in berkas.read_text()
    assert unduhan.value.suggested_filename.endswith(".poskb")
    plkb = masuk(peramban, peladen, "plkb", LAPTOP)
    for hasil in ("Diterima", "Sudah ada"):
        plkb.goto("/akseptor/cadangan/")
        plkb.get_by_label("Berkas cadangan").set_input_files(berkas)
        plkb.get_by_role("button", name="Masukkan catatannya").click()
        plkb.locator("td .lencana", has_text=hasil).nth(1).wait_for()
    tutup(plkb)
    semua = baris(peladen, "Cadangan %")
    assert [(b[1], b[2], b[3]) for b in semua] == [("dilayani", 1, "kader")] * 2
    ponsel.sinyal(ada=True)
    h.goto("/")
    ponsel.tunggu_hp(0)
    assert sorted(baris(peladen, "Cadangan %")) == sorted(semua)


def test_versi_baru_tidak_mengganggu_yang_lama_dan_kotak_keluar(
    ponsel: Ponsel, peladen: Peladen, jalur: Terowongan, sehat_lagi: Peladen
) -> None:
    """Another day pinned on the server is another shell, so another worker: a new version as a deploy brings it."""
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    ponsel.catat_cepat("Versi Lama", nik())
    h = ponsel.halaman
    simpanan = "caches.keys().then((k) => k.filter((n) => n.includes('precache')))"
    hari = "caches.match('/luring/', { ignoreSearch: true }).then((r) => r.text()).then((t) => t.match(/dipatok (.*?)</)[1])"
    lama = h.evaluate(simpanan)
    web = peladen.web
    env = web.opsi["env"]
    try:
        web.hentikan()
        web.opsi["env"] = env | {"POSKB_HARI_INI": "2021-07-09"}
        web.mulai()
        peladen.tunggu_sehat()
        # The line dies in the middle of the new version: the old one serves on, whole.
        ponsel.konteks.set_offline(False)
        jalur.atur(PUTUS_TENGAH)
        h.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => null)")
        h.wait_for_timeout(1000)
        ponsel.sinyal(ada=False)
        assert h.evaluate(hari) == "8 Juli 2021"
        ponsel.buka_formulir()
        h.goto("/hp/")
        h.get_by_text("Versi Lama").wait_for()
        # The line is back: the new version comes, and what waited goes.
        ponsel.sinyal(ada=True)
        h.goto("/")
        h.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
        for _ in range(100):
            if h.evaluate(hari) == "9 Juli 2021":
                break
            h.wait_for_timeout(100)
        assert h.evaluate(hari) == "9 Juli 2021"
        assert h.evaluate(simpanan) == lama
        h.goto("/")
        ponsel.tunggu_hp(0)
        assert len(baris(peladen, "Versi Lama")) == 1
        ponsel.sinyal(ada=False)
        ponsel.buka_formulir()
        h.goto("/akseptor/")
        h.locator("a.butir").first.wait_for()
    finally:
        web.hentikan()
        web.opsi["env"] = env


def test_halaman_kader_lama_di_tab_lain(ponsel: Ponsel, peladen: Peladen) -> None:
    """Her form is open in one tab while another kader signs in on the same phone: nothing goes out under that name.

    In a browser without BroadcastChannel; elsewhere the first tab closes by itself (the test after this).
    """
    lain = kader_lain(peladen)
    ponsel.konteks.add_init_script("delete globalThis.BroadcastChannel")
    ponsel.masuk("kader")
    ponsel.buka_formulir()
    milik_kader = ponsel.halaman
    ponsel.halaman = ponsel.konteks.new_page()
    ponsel.konteks.clear_cookies()
    ponsel.masuk(lain)
    isi_di_tempat(milik_kader, "Tab Lama", nik())
    simpan(milik_kader)
    milik_kader.get_by_text("Sesi Anda berakhir").wait_for()
    assert baris(peladen, "Tab Lama") == []
    ponsel.halaman.goto("/hp/")
    ponsel.tunggu_hp(0)
    ponsel.konteks.clear_cookies()
    ponsel.masuk("kader")
    ponsel.tunggu_hp(0)
    assert [b[3] for b in baris(peladen, "Tab Lama")] == ["kader"]


def test_keluar_menutup_tab_lain_dan_ketikannya_menunggu(ponsel: Ponsel) -> None:
    ponsel.masuk("kader")
    ponsel.buka_formulir()
    lama = ponsel.halaman
    lama.get_by_label("Nama istri").fill("Ketikan Tertinggal")
    lama.wait_for_timeout(500)
    ponsel.halaman = ponsel.konteks.new_page()
    ponsel.halaman.goto("/")
    ponsel.keluar()
    ponsel.halaman.wait_for_url("**/masuk/**")
    lama.wait_for_url("**/masuk/**")
    lama.wait_for_load_state()
    ponsel.masuk("kader")
    ponsel.buka_formulir()
    assert ponsel.halaman.get_by_label("Nama istri").input_value() == "Ketikan Tertinggal"


def test_ketikan_lama_tidak_menimpa_yang_lebih_baru(ponsel: Ponsel, peladen: Peladen) -> None:
    """Typed on version 1, left; the officer's version 2 came since. Saved, both are shown; nothing is overwritten."""
    ponsel.masuk("kader")
    isi_akseptor(ponsel.halaman, "Onah Ketikan", nik())
    simpan(ponsel.halaman)
    ponsel.halaman.locator("#hasil-simpan.diterima").wait_for()
    ((kunci, *_),) = baris(peladen, "Onah Ketikan")
    h = ponsel.halaman
    h.goto(f"/akseptor/catatan/{kunci}/ubah/")
    h.locator("form[data-siap]").wait_for()
    h.get_by_label("RT").fill("9")
    h.wait_for_timeout(500)
    h.goto("/")
    sql(peladen, "UPDATE akseptor_pelayanan SET versi = 2, status_peserta = 'ganti_cara' WHERE id = %s", kunci)
    h.goto(f"/akseptor/catatan/{kunci}/ubah/")
    h.get_by_text("Lanjutkan isian").wait_for()
    # Only what she typed came back, on the newest of the rest.
    assert h.get_by_label("RT").input_value() == "9"
    assert h.locator("input[name=status_peserta]:checked").input_value() == "ganti_cara"
    h.locator("form[data-siap]").wait_for()
    simpan(h)
    kartu = h.locator(".perlu-tindakan")
    kartu.get_by_role("rowheader", name="RT").wait_for()
    kartu.get_by_role("button", name="Kirim yang di HP ini").click()
    ponsel.tunggu_hp(0)
    hasil = sql(
        peladen,
        "SELECT a.rt, p.status_peserta, p.versi FROM akseptor_pelayanan p JOIN akseptor_akseptor a ON a.id = p.akseptor_id WHERE p.id = %s",
        kunci,
    )
    assert hasil == [("009", "ganti_cara", 3)]
    # Looked at and left, nothing is kept.
    h.goto(f"/akseptor/catatan/{kunci}/ubah/")
    h.locator("form[data-siap]").wait_for()
    h.goto("/")
    h.goto(f"/akseptor/catatan/{kunci}/ubah/")
    h.locator("form[data-siap]").wait_for()
    assert h.get_by_text("Lanjutkan isian").count() == 0


def test_betulkan_yang_mungkin_sudah_sampai(ponsel: Ponsel, peladen: Peladen, jalur: Terowongan) -> None:
    """The answer is swallowed: the server has it, the phone cannot know. A correction follows it and is not lost."""
    ponsel.masuk("kader")
    ponsel.buka_formulir()
    h = ponsel.halaman
    isi_di_tempat(h, "Tuti Terputus", nik())
    jalur.atur(TELAN_JAWABAN)
    simpan(h)
    h.locator("#hasil-simpan.di-hp").wait_for(timeout=20_000)
    ponsel.sinyal(ada=False)
    h.goto("/hp/")
    h.get_by_text("Tuti Terputus").wait_for()
    ((kunci, *_),) = baris(peladen, "Tuti Terputus")
    h.goto(f"/akseptor/baru/?hp={kunci}")
    h.locator("form[data-siap]").wait_for()
    h.get_by_label("RW").fill("8")
    simpan(h)
    ponsel.tunggu_hp(2)
    ponsel.sinyal(ada=True)
    h.goto("/")
    ponsel.tunggu_hp(0)
    hasil = sql(
        peladen,
        "SELECT a.rw, p.versi FROM akseptor_pelayanan p JOIN akseptor_akseptor a ON a.id = p.akseptor_id WHERE p.id = %s",
        kunci,
    )
    assert hasil == [("008", 2)]


def test_gudang_penuh_di_tengah_jalan(ponsel: Ponsel, peladen: Peladen) -> None:
    """Quota exceeded when she saves: with a line it goes straight to the server, without one nothing leaves the page."""
    ponsel.masuk("kader")
    ponsel.buka_formulir()
    h = ponsel.halaman
    isi_di_tempat(h, "Penuh Sekali", nik())
    h.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('x', 'QuotaExceededError'); }; }"
    )
    h.get_by_label("RW").fill("3")
    h.get_by_text("tidak bisa menjaga ketikan").wait_for()
    ponsel.sinyal(ada=False)
    simpan(h)
    h.locator("#ringkas-galat", has_text="jangan ditutup").wait_for()
    assert h.get_by_label("Nama istri").input_value() == "Penuh Sekali"
    ponsel.sinyal(ada=True)
    simpan(h)
    h.locator("#hasil-simpan.diterima", has_text="Penuh Sekali").wait_for()
    assert len(baris(peladen, "Penuh Sekali")) == 1


def test_pelayanan_lain_untuk_ibu_yang_dikenal(ponsel: Ponsel, peladen: Peladen) -> None:
    ponsel.masuk("kader")
    isi_akseptor(ponsel.halaman, "Rini Dua Kali", nik())
    simpan(ponsel.halaman)
    h = ponsel.halaman
    h.locator("#hasil-simpan.diterima").wait_for()
    h.goto("/akseptor/")
    h.get_by_role("link", name="Rini Dua Kali").locator("visible=true").click()
    h.get_by_role("link", name="Catat pelayanan lain").click()
    h.locator("form[data-siap]").wait_for()
    ponsel.sinyal(ada=False)
    h.locator("label", has_text="IUD").click()
    h.locator("label", has_text="Ganti cara").click()
    h.get_by_label("Ibu setuju datanya dicatat").check()
    simpan(h)
    ponsel.tunggu_hp(1)
    ponsel.sinyal(ada=True)
    h.goto("/")
    ponsel.tunggu_hp(0)
    ((banyak, orang),) = sql(
        peladen,
        "SELECT count(*), count(DISTINCT akseptor_id) FROM akseptor_pelayanan p JOIN akseptor_akseptor a ON a.id = p.akseptor_id"
        " WHERE a.nama_istri = 'Rini Dua Kali'",
    )
    assert (banyak, orang) == (2, 1)


def test_jam_hp_keliru(ponsel: Ponsel, peladen: Peladen) -> None:
    ponsel.masuk("kader")
    ponsel.konteks.add_init_script(
        "const asli = Date.now; const geser = 4 * 86400000; const D = Date;"
        "globalThis.Date = class extends D { constructor(...a) { super(...(a.length ? a : [asli() - geser])); } static now() { return asli() - geser; } };"
    )
    isi_akseptor(ponsel.halaman, "Cicih Salah Jam", nik())
    simpan(ponsel.halaman)
    ponsel.halaman.locator("#hasil-simpan.diterima").wait_for()
    ponsel.halaman.goto("/")
    ponsel.halaman.get_by_text("Jam HP ini terlambat 4 hari").wait_for()
    (tanggal,) = sql(
        peladen,
        "SELECT p.tanggal::text, (p.dicatat_pada AT TIME ZONE 'Asia/Jakarta')::date::text FROM akseptor_pelayanan p"
        " JOIN akseptor_akseptor a ON a.id = p.akseptor_id WHERE a.nama_istri = 'Cicih Salah Jam'",
    )
    assert tanggal == ("2021-07-08", "2021-07-08")


@pytest.mark.parametrize("rusak", ["indexedDB", "crypto.subtle", "penuh"])
def test_tanpa_gudang_formulir_biasa_tetap_bekerja(
    peramban: "Browser", jalur: Terowongan, peladen: Peladen, rusak: str
) -> None:
    skrip = {
        "indexedDB": "Object.defineProperty(window, 'indexedDB', { value: { open() { throw new DOMException('x', 'SecurityError'); } } });",
        "crypto.subtle": "Object.defineProperty(crypto, 'subtle', { value: undefined });",
        "penuh": "IDBObjectStore.prototype.put = function () { throw new DOMException('x', 'QuotaExceededError'); };",
    }[rusak]
    konteks = peramban.new_context(base_url=jalur.url, viewport={"width": 360, "height": 740}, service_workers="block")
    konteks.add_init_script(skrip)
    h = konteks.new_page()
    h.goto("/masuk/")
    h.get_by_label("Nama masuk").fill("kader")
    h.get_by_label("Kata sandi").fill("pos-kb-1831")
    h.get_by_role("button", name="Masuk").click()
    h.locator("#tanpa-gudang").wait_for()
    nama = f"Tanpa Gudang {huruf(next(urut))}"
    isi_akseptor(h, nama, nik(), skrip=False)
    h.locator("#tanpa-gudang").wait_for()
    simpan(h)
    h.get_by_text(f"Tersimpan: {nama}").wait_for()
    assert len(baris(peladen, nama)) == 1
    konteks.close()


def test_tiga_ratus_catatan_dua_kader_lewat_jalur_buruk(
    ponsel: Ponsel, peladen: Peladen, jalur: Terowongan, sehat_lagi: Peladen
) -> None:
    lain = kader_lain(peladen)
    for siapa, tahun in (("kader", 85), (lain, 84)):
        ponsel.sinyal(ada=True)
        ponsel.masuk(siapa)
        ponsel.sinyal(ada=False)
        for n in range(150):
            # Names and birth days so far apart that nobody is asked about likeness.
            hari, bulan = 41 + n % 28, 1 + n // 28
            ponsel.catat_cepat(
                f"Ratus {siapa[:1]} {huruf(n * 7919 % 9973)} {huruf(n)}",
                f"321499{hari:02d}{bulan:02d}{tahun}{n + 1:04d}",
            )
        ponsel.halaman.goto("/hp/")
        ponsel.tunggu_hp(150)
        ponsel.sinyal(ada=True)
        for putaran in range(40):
            jalur.atur(LEWAT)
            if putaran == 2:
                peladen.web.hentikan()
                peladen.web.mulai()
                peladen.tunggu_sehat()
            if putaran == 4:
                sql(peladen, "DELETE FROM django_session")
                ponsel.masuk(siapa)
            ponsel.halaman.goto("/hp/")
            # This is how the line behaves for what is sent now; afterwards any of all.
            jalur.atur(*(BURUK[putaran : putaran + 1] or (LEWAT, LEWAT, *BURUK)))
            with contextlib.suppress(Exception):
                ponsel.halaman.get_by_role("button", name="Kirim sekarang").click(timeout=1500)
                ponsel.tunggu_hp(0, detik=4)
                break
        jalur.atur(LEWAT)
        ponsel.halaman.goto("/")
        ponsel.tunggu_hp(0)
        ponsel.keluar()
        ponsel.halaman.wait_for_url("**/masuk/**")
    semua = baris(peladen, "Ratus %")
    assert len(semua) == 300
    assert sorted({b[3] for b in semua}) == sorted({"kader", lain})
    per = {siapa: sum(b[3] == siapa for b in semua) for siapa in ("kader", lain)}
    assert per == {"kader": 150, lain: 150}
    # The line really was bad.
    assert min(jalur.hitung[cara] for cara in BURUK) >= 2
