"""An officer closes ten desa in a real Chromium, and every click and key of hers is counted."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.nyata.keadaan import sql
from tests.nyata.langkah import HP, LAPTOP, masuk, tutup
from tests.nyata.test_mudah_dipakai import TERLALU_KECIL, geser, temuan
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PETUGAS = "plkb-antrean"
PALING_BANYAK = 40
# Ten clean desa with three records to verify each and one desa with a record whose NIK is to follow, all hers, as
# they stand when their kaders have just sent them; the same whatever the test before has done.
SIAPKAN = """
import datetime as dt
from django.db import connection
from akseptor.models import Akseptor, Pelayanan
from kader.models import Pengguna, Penugasan
from laporan.bulanan.formulir import baca
from laporan.bulanan.hitung import yang_dihitung
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import WIB

juni = dt.date(2021, 6, 1)
petugas, _ = Pengguna.objects.get_or_create(
    nama_masuk="plkb-antrean",
    defaults={"nama": "Petugas Antrean", "peran": "plkb", "password": Pengguna.objects.get(nama_masuk="plkb").password},
)
tetap = ("32.14.04.",)
ramai = [
    x.desa_id
    for x in LaporanBulanan.objects.filter(bulan=juni, dikirim_pada__isnull=False).order_by("desa_id")
    if not x.desa_id.startswith(tetap) and not x.nihil and yang_dihitung(juni).filter(desa_id=x.desa_id).count() >= 3
][:11]
assert len(ramai) == 11
Penugasan.objects.filter(wilayah_id__in=ramai, sebagai="plkb").update(pengguna=petugas)
with connection.cursor() as kursor:
    kursor.execute("SET session_replication_role = replica")
    for nomor, kode in enumerate(ramai):
        laporan = LaporanBulanan.objects.select_related("formulir").get(desa_id=kode, bulan=juni)
        susunan = baca(laporan.formulir.isi)
        laporan.isi = {k: n for k, n in laporan.isi.items() if not k.startswith("baru_ini_")}
        laporan.isi[susunan.imbang_jumlah] = sum(laporan.isi[k] for k in susunan.imbang_dari)
        laporan.alasan_selisih, laporan.catatan_bagian, laporan.dihitung = {}, {}, {}
        laporan.status, laporan.disetujui_pada, laporan.disetujui_oleh = "dikirim", None, None
        # Nothing to compare with: a number that jumps would be a flag of its own.
        LaporanBulanan.objects.filter(desa_id=kode, bulan__lt=juni).delete()
        laporan.isi |= {f"baru_lalu_{m}": 1 for m in susunan.metode}
        laporan.dikirim_pada = dt.datetime(2021, 7, 1, 8, nomor, tzinfo=WIB)
        laporan.save()
        baris = list(yang_dihitung(juni).filter(desa_id=kode).select_related("akseptor").order_by("pk"))
        for n, p in enumerate(baris):
            menyusul = nomor == 10 and n == 0
            a = p.akseptor
            a.pasang_nik("" if menyusul else f"3214995203{nomor:02}{n:04}")
            a.nik_menyusul, a.alasan_nik_menyusul = menyusul, "KTP di rumah" if menyusul else ""
            a.perlu_tinjau_duplikat = False
            a.save()
            p.diterima_pada, p.bulan_laporan = dt.datetime.combine(p.tanggal, dt.time(12), WIB), None
            if n < 3:
                p.tahap, p.diverifikasi_oleh, p.diverifikasi_pada = "dilayani", None, None
            p.save()
    kursor.execute("RESET session_replication_role")
"""
# Written past the actions, so nothing was marked: what others on this server count must be right again.
HITUNG_ULANG = "from laporan.kampanye.hitung import hitung_ulang_semua; hitung_ulang_semua()"
HITUNG = """
addEventListener("click", (e) => { if (e.isTrusted && e.detail) sessionStorage.klik = 1 + Number(sessionStorage.klik || 0); }, true);
addEventListener("keydown", (e) => { if (e.isTrusted) sessionStorage.tombol = 1 + Number(sessionStorage.tombol || 0); }, true);
"""


@pytest.fixture(scope="module")
def terhitung(peladen: Peladen) -> Iterator[None]:
    """After the last of these tests the numbers are right for others."""
    yield
    peladen.manage("shell", "-v", "0", "-c", HITUNG_ULANG, peran="pemilik")


@pytest.fixture
def petugas(peramban: "Browser", peladen: Peladen, terhitung: None) -> "Page":
    """The board of the month on her laptop, with eleven desa that wait and nothing counted yet."""
    peladen.manage("shell", "-v", "0", "-c", SIAPKAN, peran="pemilik")
    h = masuk(peramban, peladen, PETUGAS, LAPTOP)
    h.goto("/laporan/")
    h.add_init_script(HITUNG)
    h.reload()
    return h


def tekanan(h: "Page") -> tuple[int, int]:
    """Her clicks and keys so far."""
    return tuple(int(h.evaluate(f"sessionStorage.{apa} || 0")) for apa in ("klik", "tombol"))


def di(h: "Page", kode: str) -> None:
    """Wait until the report of a desa stands there, with its script."""
    h.wait_for_url(f"**/laporan/{kode}/2021-06/")
    h.locator("#pintasan:not([hidden])").wait_for()


def menunggu(h: "Page") -> list[str]:
    """The codes of the desa that wait, in the order of the board."""
    alamat = h.eval_on_selector_all("a[data-menunggu]", "u => u.map(x => x.getAttribute('href'))")
    return [re.search(r"/laporan/([\d.]+)/", a)[1] for a in alamat]


def keadaan(peladen: Peladen, kode: list[str]) -> set[tuple]:
    """States of the reports and of their records."""
    return set(
        sql(
            peladen,
            "SELECT l.status, p.tahap, u.nama_masuk FROM laporan_laporanbulanan l"
            " JOIN akseptor_pelayanan p ON p.desa_id = l.desa_id AND p.status_peserta = 'baru'"
            " AND p.tahap IN ('dilayani', 'terverifikasi') AND p.tanggal BETWEEN '2021-06-01' AND '2021-06-30'"
            " LEFT JOIN kader_pengguna u ON u.id = l.disetujui_oleh_id"
            " WHERE l.bulan = '2021-06-01' AND l.desa_id = ANY(%s)",
            kode,
        )
    )


def test_sepuluh_desa_bersih_dengan_papan_ketik_saja(petugas: "Page", peladen: Peladen) -> None:
    h = petugas
    desa = menunggu(h)
    assert len(desa) == 11
    assert h.locator("a[data-menunggu] .lencana-bersih").count() == 10
    h.keyboard.press("Enter")
    for kode in desa[:10]:
        di(h, kode)
        h.keyboard.press("s")
        assert h.evaluate("document.activeElement.textContent") == "Verifikasi 3 catatan dan setujui"
        h.keyboard.press("Enter")
    di(h, desa[10])
    klik, tombol = tekanan(h)
    print(f"ten clean desa by keyboard: {klik} clicks, {tombol} keys")
    assert (klik, tombol) == (0, 21)
    assert keadaan(peladen, desa[:10]) == {("disetujui", "terverifikasi", PETUGAS)}

    # The flagged one: the clean together, the flagged by itself, then the report. The focus goes ahead of her.
    assert h.get_by_role("heading", name="1 hal perlu dilihat").is_visible()
    h.keyboard.press("v")
    h.keyboard.press("Enter")
    h.get_by_text("2 catatan terverifikasi.").wait_for()
    assert h.evaluate("document.activeElement.closest('.bertanda') !== null")
    h.keyboard.press("v")
    h.keyboard.press("Enter")
    h.get_by_text("Terverifikasi.", exact=True).wait_for()
    assert h.evaluate("document.activeElement.textContent") == "Setujui laporan"
    h.keyboard.press("Enter")
    h.wait_for_url("**/laporan/?bulan=2021-06")
    assert "Tidak ada lagi yang menunggu Anda." in h.locator("main").inner_text()
    assert tekanan(h) == (0, 26)
    tutup(h)


def test_sepuluh_desa_bersih_dengan_tetikus(petugas: "Page", peladen: Peladen) -> None:
    h = petugas
    desa = menunggu(h)
    h.locator("a[data-menunggu]").first.click()
    for kode in desa[:10]:
        di(h, kode)
        h.get_by_role("button", name="Verifikasi 3 catatan dan setujui").click()
    di(h, desa[10])
    klik, tombol = tekanan(h)
    print(f"ten clean desa by mouse: {klik} clicks, {tombol} keys")
    assert klik + tombol == 11 <= PALING_BANYAK
    assert keadaan(peladen, desa[:10]) == {("disetujui", "terverifikasi", PETUGAS)}
    tutup(h)


def test_huruf_hanya_membawa_ke_tombolnya_dan_dapat_dimatikan(petugas: "Page", peladen: Peladen) -> None:
    h = petugas
    desa = menunggu(h)
    # Rows by letter; at the ends the focus stays.
    for huruf, nomor in (("b", 0), ("b", 1), ("a", 0), ("a", 0)):
        h.keyboard.press(huruf)
        assert h.evaluate("document.activeElement.getAttribute('href')") == f"/laporan/{desa[nomor]}/2021-06/"
    h.keyboard.press("Enter")
    di(h, desa[0])
    # No letter decides anything, however long it is held.
    for huruf in "svkblslv":
        h.keyboard.press(huruf)
        h.keyboard.press("Escape")
    h.keyboard.down("s")
    for _ in range(5):
        h.keyboard.down("s")
    h.keyboard.up("s")
    assert keadaan(peladen, desa[:1]) == {("dikirim", tahap, None) for _, tahap, _ in keadaan(peladen, desa[:1])}
    # In a field a letter is a letter; Escape closes and gives the focus back.
    h.reload()
    h.locator("#pintasan:not([hidden])").wait_for()
    h.keyboard.press("k")
    h.keyboard.type("skvdbp")
    isi = "document.activeElement.value"
    assert (h.evaluate("document.activeElement.name"), h.evaluate(isi)) == ("catatan_I", "skvdbp")
    h.keyboard.press("Escape")
    assert h.evaluate("document.activeElement.tagName") == "SUMMARY"
    # Skipped, back to the board.
    h.keyboard.press("d")
    di(h, desa[1])
    h.keyboard.press("p")
    h.wait_for_url("**/laporan/?bulan=2021-06")
    # Explained by "?", switched off for this computer, and on again.
    h.locator("#pintasan:not([hidden])").wait_for()
    h.keyboard.press("?")
    saklar = h.get_by_label("Pakai pintasan satu huruf")
    saklar.uncheck()
    h.reload()
    h.locator("#pintasan:not([hidden])").wait_for()
    h.keyboard.press("b")
    assert h.evaluate("document.activeElement.tagName") == "BODY"
    h.locator("#pintasan summary").click()
    saklar.check()
    h.keyboard.press("b")
    assert h.evaluate("document.activeElement.hasAttribute('data-baris')")
    tutup(h)


def test_alasan_diketik_dan_dikirim_dari_papan_ketik(petugas: "Page", peladen: Peladen) -> None:
    h = petugas
    kode = menunggu(h)[10]
    h.goto(f"/laporan/{kode}/2021-06/")
    di(h, kode)
    h.keyboard.press("b")
    h.keyboard.press("k")
    h.keyboard.type("Cocokkan NIK dengan KTP")
    h.keyboard.press("Enter")
    h.get_by_text("Dikembalikan ke kader.").wait_for()
    ((alasan,),) = sql(
        peladen,
        "SELECT alasan_tahap FROM akseptor_pelayanan WHERE desa_id = %s AND tahap = 'dikembalikan'"
        " AND alasan_tahap LIKE 'Cocokkan NIK%%'",
        kode,
    )
    assert alasan == "Cocokkan NIK dengan KTP"
    tutup(h)


def test_setiap_keadaan_mudah_dilihat(petugas: "Page") -> None:
    h = petugas
    desa = menunggu(h)
    kurang = {}
    for alamat in ("/laporan/", f"/laporan/{desa[0]}/2021-06/", f"/laporan/{desa[10]}/2021-06/"):
        h.goto(alamat)
        h.locator("#pintasan:not([hidden]) summary").click()
        for tanda in h.locator(".sanding .semua input").all():
            tanda.check()
        for layar in (HP, LAPTOP):
            h.set_viewport_size(layar)
            h.wait_for_timeout(150)
            if ada := geser(h) + temuan(h) + h.evaluate(TERLALU_KECIL):
                kurang[f"{alamat} {layar['width']}"] = ada
    assert kurang == {}
    tutup(h)


# The focused thing: said by an outline or a shadow, nothing pinned over its first line, and where it stands.
FOKUS = """() => {
    const u = document.activeElement;
    // Past the last stop the browser's own bar has the focus, and the page still names its last.
    if (!u || u === document.body || !u.matches(":focus")) return null;
    const r = u.getBoundingClientRect(), gaya = getComputedStyle(u);
    const atas = document.elementFromPoint(r.left + Math.min(r.width / 2, 20), Math.min(r.top + Math.min(r.height / 2, 20), innerHeight - 1));
    return [
        u.textContent.trim().slice(0, 40) || u.outerHTML.slice(0, 200),
        gaya.outlineStyle === "solid" || gaya.boxShadow !== "none",
        !!atas && (u.contains(atas) || atas.contains(u) || !!u.closest("label")?.contains(atas)),
        u.closest(".menu, .bilah, .lewati") ? null : Math.round(r.top + scrollY),
    ];
}"""


@pytest.mark.parametrize("layar", [HP, LAPTOP], ids=["phone", "laptop"])
def test_fokus_terlihat_tak_tertutup_dan_turun(petugas: "Page", layar: dict[str, int]) -> None:
    h = petugas
    desa = menunggu(h)
    h.set_viewport_size(layar)
    for alamat in ("/laporan/", f"/laporan/{desa[10]}/2021-06/"):
        h.goto(alamat)
        h.locator("#pintasan:not([hidden])").wait_for()
        letak, banyak = 0, 0
        while banyak < 200:
            h.keyboard.press("Tab")
            fokus = h.evaluate(FOKUS)
            if fokus is None:
                break
            banyak += 1
            teks, tampak, bebas, atas = fokus
            assert (tampak, bebas) == (True, True), (alamat, teks)
            if atas is not None:
                # A row's buttons stand beside each other; nothing leads back up.
                assert atas > letak - 60, (alamat, teks)
                letak = atas
        assert banyak > 20
    tutup(h)


def test_tanpa_skrip_sama_saja(petugas: "Page", peramban: "Browser", peladen: Peladen) -> None:
    desa = menunggu(petugas)
    kue = petugas.context.storage_state()
    tutup(petugas)
    konteks = peramban.new_context(base_url=peladen.url, viewport=LAPTOP, java_script_enabled=False, storage_state=kue)
    h = konteks.new_page()
    h.goto("/laporan/")
    h.locator("a[data-menunggu]").first.click()
    h.get_by_role("button", name="Verifikasi 3 catatan dan setujui").click()
    assert h.url.endswith(f"/laporan/{desa[1]}/2021-06/")
    assert not h.get_by_text("Papan ketik").is_visible()
    konteks.close()
