"""One phone, several kaders and tabs: whose records these are, and who can read them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.nyata.hp import Ponsel, huruf, nik
from tests.nyata.keadaan import baris, kader_lain, sql
from tests.nyata.langkah import LAPTOP, isi_di_tempat, masuk, simpan, tutup
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
    sql(peladen, "DELETE FROM kader_sesi")
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
