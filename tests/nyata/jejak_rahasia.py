"""Looks for a text in everything that a running product has written, in the forms in which it could hide."""

import base64
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import redis
from django.contrib.sessions.backends.db import SessionStore

from tests.nyata.keadaan import sql
from tests.peladen import Peladen, sambung

SEKALI = 1 << 22


def bentuk(teks: str) -> "re.Pattern[bytes]":
    """Everything that reads as this text: digits with separators, backwards, base64 at every offset, hex, URL forms."""
    bita = teks.encode()
    macam = {bita, bita[::-1], bita.hex().encode(), quote(teks).encode(), quote_plus(teks).encode()}
    # In the middle of a longer text base64 has three faces; what depends on the neighbours is cut off.
    for geser in range(3):
        for sandi in (base64.b64encode, base64.urlsafe_b64encode):
            potong = sandi(b"\0" * geser + bita)
            macam.add(potong[4 if geser else 0 : len(potong) // 4 * 4 - 4])
    pola = [re.escape(m) for m in macam if len(m) > 7]
    if teks.isdigit():
        pola.append(rb"[ .\-_/]{0,2}".join(re.escape(c.encode()) for c in teks))
    return re.compile(b"|".join(pola))


def berkas(akar: Path) -> Iterator[tuple[str, bytes]]:
    """(place, bytes) of all files below, in pieces that overlap."""
    for satu in sorted(akar.rglob("*")):
        if not satu.is_file() or satu.is_symlink():
            continue
        try:
            with satu.open("rb") as isi:
                ekor = b""
                while potong := isi.read(SEKALI):
                    yield str(satu), ekor + potong
                    ekor = potong[-256:]
        except OSError:
            continue  # gone meanwhile: a temporary file of a server


def valkey(peladen: Peladen) -> Iterator[tuple[str, bytes]]:
    """Every key and value, as the server gives them."""
    with redis.Redis.from_url(peladen.valkey.url()) as klien:
        for kunci in klien.scan_iter():
            jenis = klien.type(kunci)
            baca = {
                b"string": lambda k: klien.get(k) or b"",
                b"list": lambda k: b"\n".join(klien.lrange(k, 0, -1)),
                b"set": lambda k: b"\n".join(klien.smembers(k)),
                b"zset": lambda k: b"\n".join(a for a, _ in klien.zrange(k, 0, -1, withscores=True)),
                b"hash": lambda k: b"\n".join(b"%s %s" % p for p in klien.hgetall(k).items()),
            }
            yield f"valkey {kunci!r}", kunci + b"\n" + baca.get(jenis, lambda _k: b"")(kunci)


class _Penampung:
    def __init__(self) -> None:
        self.isi = bytearray()

    def write(self, potong: bytes) -> int:
        self.isi += potong
        return len(potong)


def isi_basis(peladen: Peladen) -> Iterator[tuple[str, bytes]]:
    """Every table as a dump would hold it, and the sessions opened."""
    sambungan = sambung(peladen.basisdata)
    try:
        for (nama,) in sql(peladen, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"):
            tampung = _Penampung()
            with sambungan.cursor() as kursor:
                kursor.copy_expert(f'COPY "{nama}" TO STDOUT', tampung)
            yield f"tabel {nama}", bytes(tampung.isi)
    finally:
        sambungan.close()
    for kunci, data in sql(peladen, "SELECT session_key, session_data FROM kader_sesi"):
        yield f"sesi {kunci}", repr(SessionStore().decode(data)).encode()


def berkas_postgres(peladen: Peladen) -> Iterator[tuple[str, bytes]]:
    """The server's own files (tables, write-ahead log) and its log, when it is ours and on this machine."""
    sql(peladen, "CHECKPOINT")
    ((folder,),) = sql(peladen, "SHOW data_directory")
    if os.access(folder, os.R_OK):
        yield from berkas(Path(folder))
    catatan = Path(tempfile.gettempdir()) / "postgres.log"
    if catatan.exists():
        yield str(catatan), catatan.read_bytes()


def di_luar_basis(peladen: Peladen) -> Iterator[tuple[str, bytes]]:
    """Logs of every part, the schedule, Valkey's files and what it holds in memory."""
    yield from berkas(peladen.folder)
    yield from valkey(peladen)


def di_mana_saja(peladen: Peladen) -> Iterator[tuple[str, bytes]]:
    """All of it."""
    yield from di_luar_basis(peladen)
    yield from isi_basis(peladen)
    yield from berkas_postgres(peladen)


def temukan(tempat: Iterator[tuple[str, bytes]], *teks: str) -> list[str]:
    """Where one of these texts stands: places, with what was found."""
    pola = [(satu, bentuk(satu)) for satu in teks]
    hasil = set()
    for nama, isi in tempat:
        for satu, cari in pola:
            if ada := cari.search(isi):
                hasil.add(f"{nama}: {satu!r} as {isi[max(0, ada.start() - 40) : ada.end() + 20]!r}")
    return sorted(hasil)
