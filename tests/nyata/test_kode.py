"""A one-time code on two real screens: the officer's QR, the kader's phone, with and without scripts."""

import re
from typing import TYPE_CHECKING

import pytest

from tests.nyata.keadaan import sql
from tests.nyata.langkah import HP, LAPTOP, masuk, tunggu_js, tutup
from tests.nyata.test_mudah_dipakai import temuan
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BARU = "081299990000"
SANDI_BARU = "hujan-sawah-kerbau"


@pytest.mark.parametrize("skrip", [True, False])
def test_dari_akun_baru_sampai_masuk(peramban: "Browser", peladen: Peladen, skrip: bool) -> None:
    plkb = masuk(peramban, peladen, "plkb", LAPTOP)
    plkb.goto("/")
    plkb.get_by_role("link", name="Akun kader").click()
    plkb.get_by_role("link", name="Buat akun Kader").click()
    plkb.get_by_label("Nama lengkap").fill("Ibu Anyar")
    plkb.get_by_label("Nama masuk").fill("+62 812-9999-0000")
    plkb.get_by_label("Desa").select_option(index=1)
    plkb.get_by_role("button", name="Buat akun").click()
    plkb.get_by_role("button", name="Buat kode").click()
    angka = plkb.locator(".kode-besar").inner_text()
    assert plkb.locator("svg.qr").bounding_box()["width"] > 180
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", angka)
    konteks = peramban.new_context(base_url=peladen.url, viewport=HP, java_script_enabled=skrip)
    h = konteks.new_page()
    diminta: list[str] = []
    h.on("request", lambda r: diminta.append(r.url))
    h.goto(f"/kode/#{angka}" if skrip else "/kode/")
    if skrip:
        tunggu_js(h, "!location.hash")
        assert temuan(h) == []
    else:
        h.get_by_label("Kode dari petugas").fill(angka)
    h.get_by_label("Kata sandi baru").fill(SANDI_BARU)
    h.get_by_label("Ketik sekali lagi").fill(SANDI_BARU)
    h.get_by_role("button", name="Simpan kata sandi").click()
    h.get_by_role("heading", name="Kata sandi tersimpan").wait_for()
    h.get_by_text(BARU).wait_for()
    assert not [u for u in diminta if angka in u]
    h.get_by_role("link", name="Masuk").click()
    h.get_by_label("Nama masuk").fill("0812 9999 0000")
    h.get_by_label("Kata sandi").fill(SANDI_BARU)
    h.get_by_role("button", name="Masuk").click()
    h.get_by_text("Halo, Ibu Anyar").wait_for()
    konteks.close()
    tutup(plkb)
    # Nothing that the servers wrote tells the code.
    log = "".join(p.read_text(errors="replace") for p in peladen.folder.glob("*.log"))
    assert angka not in log
    assert angka.replace("-", "") not in log
    nomor = sql(peladen, "SELECT id FROM kader_pengguna WHERE nama_masuk = %s", BARU)[0][0]
    for perintah in (
        "DELETE FROM kader_kodemasuk WHERE untuk_id = %s",
        "DELETE FROM kader_sesi WHERE pengguna_id = %s",
        "DELETE FROM kader_penugasan WHERE pengguna_id = %s",
        # Her history stays, as everybody's: only the name is free again for the next one.
        "UPDATE kader_pengguna SET is_active = false, nama_masuk = 'lama-' || id WHERE id = %s",
    ):
        sql(peladen, perintah, nomor)
