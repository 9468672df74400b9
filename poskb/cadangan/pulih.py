"""The road back: read to the end first, then into an empty database, in one transaction, then compare every table."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
from django.db.migrations.loader import MigrationLoader
from psycopg2 import sql

from poskb.cadangan import Gagal, manifes
from poskb.cadangan.basisdata import Basisdata, cari_alat, versi_besar
from poskb.cadangan.segel import buka
from poskb.dasar.peran_db import WEB, nama_peran, sql_peran

ISI = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
"""

HAK_BASISDATA = {"CONNECT", "TEMPORARY", "CREATE"}
# Only people's sessions: who is no superuser may not end an autovacuum worker, and RENAME ends it by itself.
SESI = "FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
# What may have been ended after the backup must not live again: sign-ins on devices, and one-time codes.
BERAKHIR = {
    "kader_sesi": "DELETE FROM public.kader_sesi",
    "kader_kodemasuk": "DELETE FROM public.kader_kodemasuk WHERE ditutup_pada IS NULL",
}


@dataclass(frozen=True)
class Hasil:
    """What was restored, roles that had to be made, the name of what stood there before (empty: nothing), and how many
    sessions and open one-time codes were ended."""

    manifes: dict[str, Any]
    peran: list[str]
    lama: str
    diakhiri: int


def periksa(berkas: Path, kunci: Sequence[str]) -> dict[str, Any]:
    """Read a backup to its last byte and return its manifest. Raises Gagal unless it is whole and ours."""
    with _isi(berkas, kunci) as (isi, sisa):
        for _ in sisa:
            pass
    return isi


def pulihkan(basisdata: Basisdata, berkas: Path, kunci: Sequence[str], *, saat: str, timpa: bool = False) -> Hasil:
    """Restore a backup into an empty database; with `timpa` beside the present one, which then gives its name away.

    Raises Gagal. Before the last comparison nothing of what was there is changed.
    """
    isi = periksa(berkas, kunci)
    _periksa_migrasi(isi)
    with basisdata.sambung() as sambungan, sambungan.cursor() as kursor:
        kosong = _kosong(kursor)
        if not kosong and not timpa:
            raise Gagal(
                f"Basis data {basisdata.nama} tidak kosong. Tidak ada yang disentuh. Pulihkan ke basis data baru "
                "(createdb, lalu DATABASE_URL), atau pakai --timpa: isi yang sekarang tetap ada dengan nama lain.",
                Gagal.BASISDATA,
            )
        _periksa_versi(isi, versi_besar(sambungan))
        sambungan.rollback()
        peran = _siapkan_peran(sambungan, isi["peran"])
    if kosong:
        _tuang(basisdata, berkas, kunci, isi)
        return Hasil(isi, peran, "", _akhiri(basisdata))
    baru, lama = (basisdata.lain(f"{basisdata.nama}_{kata}_{saat.lower()}") for kata in ("pulih", "lama"))
    _perintah(basisdata, [("CREATE DATABASE {}", baru.nama)])
    try:
        _tuang(baru, berkas, kunci, isi)
        diakhiri = _akhiri(baru)
        _tukar(basisdata, baru, lama)
    except BaseException:
        _perintah(basisdata, [("DROP DATABASE IF EXISTS {} WITH (FORCE)", baru.nama)], lewat="postgres")
        raise
    return Hasil(isi, peran, lama.nama, diakhiri)


class _isi:  # noqa: N801 - used as a context
    """The manifest and the dump of a file."""

    def __init__(self, berkas: Path, kunci: Sequence[str]) -> None:
        self._berkas, self._kunci = berkas, kunci

    def __enter__(self) -> tuple[dict[str, Any], Iterator[bytes]]:
        try:
            self._buka = self._berkas.open("rb")
        except OSError as galat:
            raise Gagal(f"{self._berkas} tidak dapat dibaca: {galat.strerror}.", Gagal.BERKAS) from None
        try:
            return manifes.pisahkan(buka(self._buka, self._kunci))
        except BaseException:
            self._buka.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._buka.close()


def _periksa_migrasi(isi: dict[str, Any]) -> None:
    dikenal = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    asing = [f"{app}.{nama}" for app, nama in isi["migrasi"] if (app, nama) not in dikenal]
    if asing:
        raise Gagal(
            f"Cadangan ini dari versi yang lebih baru ({isi['produk']}): {', '.join(asing)} tidak dikenal di sini. "
            "Pasang versi itu, lalu ulangi. Tidak ada yang disentuh.",
            Gagal.BERKAS,
        )


def _periksa_versi(isi: dict[str, Any], server: int) -> None:
    if server < isi["postgres"]:
        raise Gagal(
            f"Cadangan ini dari Postgres {isi['postgres']}, server di sini {server}. Pakai server yang sama atau "
            "lebih baru. Tidak ada yang disentuh.",
            Gagal.BASISDATA,
        )


def _kosong(kursor: Any) -> bool:
    kursor.execute(ISI)
    return kursor.fetchone()[0] == 0


def _siapkan_peran(sambungan: "psycopg2.extensions.connection", peran: list[dict[str, Any]]) -> list[str]:
    """Make the roles that grants and policies name, without sign-in or password; return which were missing."""
    dibuat = []
    with sambungan, sambungan.cursor() as kursor:
        for satu in peran:
            kursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [satu["nama"]])
            if kursor.fetchone():
                continue
            sifat = (
                f"NOLOGIN {'INHERIT' if satu['inherit'] else 'NOINHERIT'}{' BYPASSRLS' if satu['bypassrls'] else ''}"
            )
            try:
                kursor.execute(sql.SQL(f"CREATE ROLE {{}} {sifat}").format(sql.Identifier(satu["nama"])))
            except psycopg2.Error as galat:
                raise Gagal(
                    f"Peran Postgres {satu['nama']} disebut dalam cadangan dan belum ada di server ini, dan pengguna "
                    f"DATABASE_URL tidak boleh membuatnya ({galat.pgerror or galat}). Buat dulu sebagai superuser: "
                    f'CREATE ROLE "{satu["nama"]}" {sifat}; lalu ulangi. Tidak ada yang disentuh.',
                    Gagal.BASISDATA,
                ) from None
            dibuat.append(satu["nama"])
        if nama_peran(WEB) in {satu["nama"] for satu in peran}:
            # Whoever signs in here must also be let take them on; rights of a login are in no dump.
            try:
                kursor.execute(sql_peran())
            except psycopg2.Error as galat:
                raise Gagal(
                    f"Pengguna DATABASE_URL belum boleh memakai peran basis data ({galat.pgerror or galat}). "
                    "Jalankan dulu keluaran `manage.py peran_basis_data` sebagai superuser, lalu ulangi. Tidak ada "
                    "yang disentuh.",
                    Gagal.BASISDATA,
                ) from None
    return dibuat


def _tuang(basisdata: Basisdata, berkas: Path, kunci: Sequence[str], isi: dict[str, Any]) -> None:
    """Feed the dump to pg_restore in one transaction, then compare. A file that changed meanwhile leaves nothing."""
    with basisdata.sambung() as sambungan:
        alat, _ = cari_alat("pg_restore", versi_besar(sambungan), isi["pg_dump"])
    perintah = [alat, "--no-owner", "--single-transaction", "--exit-on-error", "--no-password", "-d", basisdata.nama]
    with subprocess.Popen(
        perintah, env=basisdata.env(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as proses:
        try:
            with _isi(berkas, kunci) as (_, sisa):
                for satu in sisa:
                    proses.stdin.write(satu)
            proses.stdin.close()
        except BrokenPipeError:
            pass
        except BaseException:
            proses.kill()
            raise
        kata = proses.stderr.read().decode(errors="replace").strip()
        proses.stdin = None
    if proses.returncode:
        raise Gagal(f"pg_restore gagal, basis data tetap kosong: {kata}", Gagal.BASISDATA)
    _pasang_hak(basisdata, isi["hak"])
    with basisdata.sambung() as sambungan, sambungan.cursor() as kursor:
        beda = manifes.beda(isi["tabel"], manifes.potret(kursor))
        sambungan.rollback()
        kursor.execute("ANALYZE")
        sambungan.commit()
    if beda:
        raise Gagal("Isi yang dipulihkan tidak sama dengan cadangan:\n" + "\n".join(beda), Gagal.BEDA)


def _pasang_hak(basisdata: Basisdata, hak: list[list[str]] | None) -> None:
    """Grant on the database what was granted there, and nothing that was taken away."""
    if hak is None:
        return
    with basisdata.sambung() as sambungan, sambungan, sambungan.cursor() as kursor:
        nama = sql.Identifier(basisdata.nama)
        kursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(nama))
        for penerima, apa in hak:
            if apa in HAK_BASISDATA:
                kepada = sql.Identifier(penerima) if penerima else sql.SQL("PUBLIC")
                kursor.execute(sql.SQL(f"GRANT {apa} ON DATABASE {{}} TO {{}}").format(nama, kepada))


def _akhiri(basisdata: Basisdata) -> int:
    """End every session and open code of a restored database; return how many. Older versions had no such tables."""
    jumlah = 0
    with basisdata.sambung() as sambungan, sambungan, sambungan.cursor() as kursor:
        for tabel, hapus in BERAKHIR.items():
            kursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{tabel}"])
            if kursor.fetchone()[0]:
                kursor.execute(hapus)
                jumlah += kursor.rowcount
    return jumlah


def _tukar(basisdata: Basisdata, baru: Basisdata, lama: Basisdata) -> None:
    """Give the name to the restored database. What stood there takes no connection any more, and stays.

    Both names change in one transaction: whatever fails, the product's name leads to the one it led to before.
    """
    kini = basisdata.nama
    _perintah(basisdata, [("ALTER DATABASE {} ALLOW_CONNECTIONS false", kini)], lewat="postgres")
    try:
        nama = [
            ("ALTER DATABASE {} RENAME TO {}", kini, lama.nama),
            ("ALTER DATABASE {} RENAME TO {}", baru.nama, kini),
        ]
        _perintah(basisdata, nama, lewat="postgres", usir=(kini, baru.nama))
    except BaseException:
        try:
            _perintah(basisdata, [("ALTER DATABASE {} ALLOW_CONNECTIONS true", kini)], lewat="postgres")
        except Gagal as galat:
            raise Gagal(
                f"{galat.pesan}\nPenukaran gagal dan {kini} masih tertutup, isinya utuh. Buka sebagai superuser: "
                f'ALTER DATABASE "{kini}" ALLOW_CONNECTIONS true;',
                Gagal.BASISDATA,
            ) from None
        raise


def _perintah(
    basisdata: Basisdata, kalimat: list[tuple[str, ...]], *, lewat: str = "", usir: tuple[str, ...] = ()
) -> None:
    """Run a statement, several in one transaction; `usir`: end the sessions of these databases first."""
    with (basisdata.lain(lewat) if lewat else basisdata).sambung() as sambungan, sambungan.cursor() as kursor:
        sambungan.autocommit = True
        for nama in usir:
            _usir(kursor, nama)
        # One alone may be of the kind that no transaction may hold.
        sambungan.autocommit = len(kalimat) == 1
        for kata, *nama in kalimat:
            try:
                kursor.execute(sql.SQL(kata).format(*map(sql.Identifier, nama)))
            except psycopg2.Error as galat:
                raise Gagal(f"{kata.format(*nama)}: {galat.pgerror or galat}", Gagal.BASISDATA) from None
        if not sambungan.autocommit:
            sambungan.commit()


def _usir(kursor: Any, nama: str) -> None:
    """End the sessions of a database and wait until they are gone, five seconds at most."""
    kursor.execute(f"SELECT pg_terminate_backend(pid) {SESI}", [nama])
    for _ in range(50):
        kursor.execute(f"SELECT count(*) {SESI}", [nama])
        if not kursor.fetchone()[0]:
            return
        time.sleep(0.1)
