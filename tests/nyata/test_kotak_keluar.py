"""The outbox on a bad line: nothing lost, nothing twice, and what comes back is shown."""

import contextlib
from typing import TYPE_CHECKING

import pytest

from tests.nyata.hp import Ponsel, huruf, nik, urut
from tests.nyata.keadaan import baris, kader_lain, sql
from tests.nyata.langkah import isi_akseptor, isi_di_tempat, simpan
from tests.peladen import Peladen
from tests.terowongan import LEWAT, MATI, PUTUS_TENGAH, TELAN_JAWABAN, Terowongan

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Before the request, in the middle of it, after the server wrote but before the answer.
BURUK = (TELAN_JAWABAN, PUTUS_TENGAH, MATI, TELAN_JAWABAN, PUTUS_TENGAH)


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


def test_sinyal_kembali_tanpa_kabar_halaman_yang_terbuka_mengirim_sendiri(
    ponsel: Ponsel, peladen: Peladen, jalur: Terowongan
) -> None:
    ponsel.masuk("kader")
    # The phone believes in its line all the time: no event says that it went or came back.
    jalur.atur(MATI)
    ponsel.catat_cepat("Wiwin Senyap", nik())
    ponsel.halaman.locator("#hasil-simpan", has_text="Masih di HP ini").wait_for()
    ponsel.tunggu_hp(1)
    assert baris(peladen, "Wiwin Senyap") == []
    jalur.atur(LEWAT)
    ponsel.tunggu_hp(0, detik=60)
    assert len(baris(peladen, "Wiwin Senyap")) == 1


def test_hp_yang_selalu_mengira_tanpa_sinyal_tetap_mengirim(
    ponsel: Ponsel, peladen: Peladen, jalur: Terowongan
) -> None:
    ponsel.masuk("kader")
    # As Chromium does on a page that the worker answered, and some phones behind a VPN: for good, and no event ever.
    ponsel.konteks.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    jalur.atur(MATI)
    ponsel.catat_cepat("Wulan Salah Kira", nik())
    ponsel.tunggu_hp(1)
    assert baris(peladen, "Wulan Salah Kira") == []
    # Until it goes she can still take it back.
    ponsel.halaman.get_by_role("button", name="Urungkan").wait_for()
    jalur.atur(LEWAT)
    ponsel.tunggu_hp(0, detik=60)
    assert len(baris(peladen, "Wulan Salah Kira")) == 1


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


@pytest.mark.parametrize("banyak", [6, pytest.param(150, marks=pytest.mark.lama)])
def test_catatan_dua_kader_lewat_jalur_buruk(
    ponsel: Ponsel, peladen: Peladen, jalur: Terowongan, sehat_lagi: Peladen, banyak: int
) -> None:
    sudah = {b[0] for b in baris(peladen, "Ratus %")}
    lain = kader_lain(peladen)
    for siapa, tahun in (("kader", 85), (lain, 84)):
        ponsel.sinyal(ada=True)
        ponsel.masuk(siapa)
        ponsel.sinyal(ada=False)
        for n in range(banyak):
            # Names and birth days so far apart that nobody is asked about likeness.
            hari, bulan = 41 + n % 28, 1 + n // 28
            ponsel.catat_cepat(
                f"Ratus {siapa[:1]}{huruf(banyak)} {huruf(n * 7919 % 9973)} {huruf(n)}",
                f"321499{hari:02d}{bulan:02d}{tahun}{n + 1 + banyak:04d}",
            )
        ponsel.halaman.goto("/hp/")
        ponsel.tunggu_hp(banyak)
        ponsel.sinyal(ada=True)
        for putaran in range(40):
            jalur.atur(LEWAT)
            if putaran == 2:
                peladen.web.hentikan()
                peladen.web.mulai()
                peladen.tunggu_sehat()
            if putaran == 4:
                sql(peladen, "DELETE FROM kader_sesi")
                ponsel.masuk(siapa)
            ponsel.halaman.goto("/hp/")
            # This is how the line behaves for what is sent now; afterwards any of all.
            jalur.atur(*(BURUK[putaran : putaran + 1] or (LEWAT, LEWAT, *BURUK)))
            with contextlib.suppress(Exception):
                ponsel.halaman.get_by_role("button", name="Kirim sekarang").click(timeout=1500)
                ponsel.tunggu_hp(0, detik=2 if banyak < 100 else 4)
                break
        jalur.atur(LEWAT)
        ponsel.halaman.goto("/")
        ponsel.tunggu_hp(0)
        ponsel.keluar()
        ponsel.halaman.wait_for_url("**/masuk/**")
    semua = [b for b in baris(peladen, "Ratus %") if b[0] not in sudah]
    assert len(semua) == 2 * banyak
    assert sorted({b[3] for b in semua}) == sorted({"kader", lain})
    per = {siapa: sum(b[3] == siapa for b in semua) for siapa in ("kader", lain)}
    assert per == {"kader": banyak, lain: banyak}
    # The line really was bad.
    assert min(jalur.hitung[cara] for cara in BURUK) >= 2
