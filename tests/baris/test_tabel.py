"""Every table says what it is: held by a rule, or free with a reason. A new one that says nothing fails here."""

import re

import pytest
from django.db import connection

from tests.baris.test_matriks import TABEL

# Without a rule, and why.
TANPA_PAGAR = {
    # Who and where: read before the area is known, because the area is computed from them.
    "kader_pengguna": "officers and kaders, whose names stand beside what they did; needed to sign in",
    "kader_penugasan": "from these the area is computed",
    "kader_wilayah": "places",
    "kader_bataswilayah": "outlines of places",
    "kader_faskes": "places",
    "kader_tokenapi": "keys of offices, asked before anybody is known",
    "kader_kodemasuk": "digests of one-time codes, asked before anybody is known",
    "kader_percobaan": "digests of names and addresses with wrong tries, asked before anybody is known",
    "kader_sesi": "sessions of officers and kaders, found by a secret key",
    "kader_pemakaianjatah": "how often somebody did something in this hour",
    "otp_totp_totpdevice": "half of a second factor, asked before the area is open",
    "otp_static_staticdevice": "backup codes of a second factor",
    "otp_static_statictoken": "digests of these",
    # Numbers.
    "laporan_capaian": "counts of desa",
    "laporan_cuplikan": "counts of areas; dashboards of all see the kabupaten's",
    "laporan_cuplikanharian": "counts of areas",
    "laporan_ramalan": "forecasts of counts",
    "laporan_target": "shares of a target",
    "laporan_angkaakhir": "counts of desa",
    "laporan_penutupan": "closings of campaigns",
    "laporan_kampanye": "campaigns",
    "laporan_bobotwilayah": "weights of areas",
    "laporan_inputsiga": "the numbers of a report, no row of a person",
    "laporan_kelasimp": "classes of desa",
    "laporan_pengecualian": "moved deadlines of areas",
    "laporan_perluhitung": "marks of desa and day; a couple of two desa marks both",
    "laporan_penandahitung": "one row about the worker",
    # Reference.
    "laporan_formulir": "parts of the report's form",
    "laporan_macamkegiatan": "kinds of activities",
    # Django's own.
    "django_migrations": "written by the owner only",
    "django_content_type": "names of models",
    "django_session": "found by a secret key, before anybody is known",
    "django_admin_log": "acts in the admin on officers and places",
    "auth_group": "unused",
    "auth_group_permissions": "unused",
    "auth_permission": "names of rights",
}
# Columns that name a person of whom records are kept, or a record of hers.
ORANG = re.compile(
    r"^(akseptor|pelayanan|kegiatan|pasangan|catatan|nik|no_hp|nama_istri|nama_suami)(_id|_indeks|_istri)?$"
)
AMAN = {("laporan_penutupan", "catatan"), ("laporan_kelasimp", "catatan")}

# Rules beside the first one, each of which lets more through.
TAMBAHAN = {"akseptor_tandaterima": ["baris_kegiatan"], "kader_jejak": ["baris_tanpa_wilayah"]}
# What a record that is handed over may do: be put down, and see whether its month is open.
SERAHAN = {
    (tabel, "baris_serah"): "INSERT"
    for tabel in (
        *("kader_jejak", "akseptor_akseptor", "akseptor_pelayanan", "akseptor_persetujuan"),
        *("laporan_kegiatan", "laporan_fotokegiatan"),
    )
} | {
    ("laporan_laporanbulanan", "baris_serah"): "SELECT",
    ("laporan_laporanbulanan", "baris_serah_pegang"): "UPDATE",
}


def tanya(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.fixture
def berpagar(db: None) -> dict[str, bool]:
    return dict(
        tanya(
            "SELECT relname, relrowsecurity FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
        )
    )


def test_setiap_tabel_berpagar_atau_beralasan(berpagar: dict[str, bool]) -> None:
    assert {t for t, ya in berpagar.items() if ya} == set(TABEL)
    assert {t for t, ya in berpagar.items() if not ya} == set(TANPA_PAGAR), (
        "a new table: give it a rule (kader/baris/kebijakan.py, in a migration) or a reason here"
    )


def test_tabel_tentang_orang_tidak_tanpa_pagar(berpagar: dict[str, bool]) -> None:
    kolom = tanya(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    )
    assert ("akseptor_pelayanan", "akseptor_id") in kolom
    salah = [(t, k) for t, k in kolom if ORANG.match(k) and not berpagar[t] and (t, k) not in AMAN]
    assert salah == []


def test_setiap_pagar_punya_aturan_web_dan_pekerja(berpagar: dict[str, bool]) -> None:
    aturan = tanya("SELECT tablename, policyname, roles::text, cmd, permissive, qual, with_check FROM pg_policies")
    for tabel in TABEL:
        milik = {nama: sisa for t, nama, *sisa in aturan if t == tabel and "serah" not in nama}
        assert milik["baris_pekerja"] == ["{poskb_pekerja}", "ALL", "PERMISSIVE", "true", "true"]
        web = {nama: sisa for nama, sisa in milik.items() if nama != "baris_pekerja"}
        assert set(web) == {"baris_web", *TAMBAHAN.get(tabel, ())}
        for peran, cmd, _, lihat, tulis in web.values():
            assert (peran, cmd) == ("{poskb_web}", "ALL")
            assert lihat == tulis
            assert lihat not in (None, "true")


def test_serahan_hanya_menaruh_dan_melihat_kuncinya(db: None) -> None:
    aturan = tanya(
        "SELECT tablename, policyname, roles::text, cmd, permissive, qual, with_check FROM pg_policies "
        "WHERE policyname LIKE 'baris_serah%'"
    )
    assert {(t, nama): cmd for t, nama, _, cmd, *_ in aturan} == SERAHAN
    for _, _, peran, cmd, permissive, lihat, tulis in aturan:
        assert (peran, permissive) == ("{poskb_web}", "PERMISSIVE")
        assert "poskb.sesi" in (tulis if cmd == "INSERT" else lihat)
        assert (lihat is None) == (cmd == "INSERT")
        assert (tulis == "false") == (cmd == "UPDATE")


def test_tabel_baru_langsung_dapat_dipakai_peran(db: None) -> None:
    """Default privileges: a table of a later migration needs no grant, and gives no TRUNCATE."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE uji_baru (id bigint GENERATED BY DEFAULT AS IDENTITY)")
        for peran in ("poskb_web", "poskb_pekerja"):
            cursor.execute(
                "SELECT has_table_privilege(%s, 'uji_baru', 'SELECT, INSERT, UPDATE, DELETE'), "
                "has_table_privilege(%s, 'uji_baru', 'TRUNCATE')",
                [peran, peran],
            )
            assert cursor.fetchone() == (True, False)
