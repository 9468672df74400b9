"""The phone without signal, in a real browser, with a line that is really cut."""

from tests.nyata.hp import Ponsel, nik
from tests.nyata.keadaan import baris, catatan_dikembalikan, laporan_dikembalikan, sql
from tests.nyata.langkah import isi_akseptor, isi_di_tempat, simpan, tunggu_js
from tests.peladen import Peladen


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
    tunggu_js(h, "document.getElementById('id_nama_istri').value === ''")


TAHAN_DRAF = """() => {
    // Whoever removes the draft has to wait for this; what is said before `dilepas` was said too early.
    window.dilepas = false;
    const minta = indexedDB.open("poskb");
    minta.onsuccess = () => {
        const toko = minta.result.transaction("draf", "readwrite").objectStore("draf");
        const sampai = performance.now() + 1500;
        const lagi = () => {
            if (performance.now() < sampai) toko.count().onsuccess = lagi;
            else window.dilepas = true;
        };
        lagi();
    };
    new MutationObserver((_, pengamat) => {
        if (!document.getElementById("hasil-simpan")) return;
        pengamat.disconnect();
        window.setelahDilepas = window.dilepas;
    }).observe(document.body, { childList: true, subtree: true });
}"""


def test_kata_tersimpan_baru_sesudah_ketikannya_dilepas(ponsel: Ponsel) -> None:
    """She goes on the moment she reads it: the next form must not open with the woman before."""
    ponsel.masuk("kader")
    ponsel.sinyal(ada=False)
    ponsel.buka_formulir()
    h = ponsel.halaman
    isi_di_tempat(h, "Tarsih Sebelumnya", nik())
    h.wait_for_timeout(600)
    h.evaluate(TAHAN_DRAF)
    simpan(h)
    h.locator("#hasil-simpan").wait_for()
    assert h.evaluate("window.setelahDilepas")
    ponsel.buka_formulir()
    assert h.get_by_text("Lanjutkan isian").count() == 0
    assert h.get_by_label("Nama istri").input_value() == ""


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
    # What was sent back is no longer said above the word that it is saved.
    assert not h.get_by_text("Dikembalikan petugas").is_visible()
    ponsel.tunggu_hp(1)
    ponsel.sinyal(ada=True)
    ponsel.tunggu_hp(0)
    assert sql(peladen, "SELECT tahap, versi FROM akseptor_pelayanan WHERE id = %s", kunci) == [
        ("dilayani", versi + 1)
    ]
    h.goto("/")
    assert h.locator(f"a[href*='{kunci}']").count() == 0
    # The same thread: what the officer wrote and what she did stand in one history.
    jejak = sql(
        peladen, "SELECT tindakan FROM kader_jejak WHERE kunci = %s AND tindakan <> 'membuka' ORDER BY pada, id", kunci
    )
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
