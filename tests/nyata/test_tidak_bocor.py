"""What is typed of a woman stays where it belongs: looked for in everything that the running product wrote.

NIK, phone and address stand nowhere but as ciphertext. Names stay readable in the database, and nowhere else.
"""

import base64
import contextlib
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
import redis
from playwright.sync_api import Error

from poskb.jalankan.proses import tunggu
from tests.nyata import jejak_rahasia
from tests.nyata.keadaan import sql
from tests.nyata.langkah import LAPTOP, isi_akseptor, masuk, simpan, tutup
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# `make test-lama`: minutes that every run of `make test` cannot spare.
pytestmark = pytest.mark.lama

DESA = "32.14.04.2006"


class Ibu:
    """A woman of whom nobody else in the world has anything."""

    def __init__(self, nomor: int) -> None:
        # Birth days of their own, so that nobody is asked whether two are one person.
        self.nik = f"321499{41 + nomor % 28:02d}07918{nomor:03d}"
        self.hp = f"81290{nomor:03d}4276"
        self.alamat = f"Kampung Cikandang Larang {nomor} Blok Zulkifli"
        self.nama = f"Kartikawati Purnamasuci {'ABCDEFGHIJKLMNOP'[nomor % 16]}q"

    def data(self, **ubah: Any) -> dict[str, str]:
        nilai = {
            "id": str(uuid.uuid4()),
            "tahap": "calon",
            "nama_istri": self.nama,
            "nik_istri": self.nik,
            "nama_suami": "Jajang Karangan",
            "no_hp": f"0{self.hp}",
            "alamat": self.alamat,
            "rw": "003",
            "desa": DESA,
            "persetujuan_data": "on",
        }
        return {k: str(v) for k, v in (nilai | ubah).items() if v is not None}


IBU = [Ibu(n) for n in range(101, 117)]


@pytest.fixture(scope="module")
def jalan(peramban: "Browser", peladen: Peladen) -> tuple[list[str], dict[str, int], list[bytes]]:
    """Everything that people and bad luck do with such data, once: URLs and titles that were seen, the
    answers, and the files of numbers.
    """
    h = masuk(peramban, peladen, "kader", LAPTOP)
    terlihat: list[str] = []
    h.context.on("request", lambda r: terlihat.append(r.url))
    jawaban: dict[str, int] = {}
    ibu = iter(IBU)
    _lewat_halaman(h, next(ibu), terlihat)
    kirim = _Kirim(h, peladen)
    satu = next(ibu)
    jawaban["formulir"] = kirim.formulir(satu.data())
    jawaban["formulir ditolak"] = kirim.formulir(next(ibu).data(tanggal_lahir_istri="kemarin"))
    jawaban["formulir tanpa token"] = kirim.formulir(next(ibu).data(), token="salah")
    jawaban["ubah"] = kirim.ubah(satu)
    jawaban["sinkron"] = kirim.sinkron([next(ibu).data()])
    jawaban["sinkron ditolak"] = kirim.sinkron([next(ibu).data(nama_suami="")])
    jawaban["sinkron ditanya"] = kirim.sinkron([satu.data(tanya=True) | {"tanya": True}])
    jawaban["sinkron nik sebagai nomor"] = kirim.sinkron([next(ibu).data(id=satu.nik)])
    jawaban["sinkron rusak"] = kirim.mentah(json.dumps({"catatan": [next(ibu).data()]})[:-9])
    jawaban["sinkron tanpa token"] = kirim.mentah(json.dumps({"catatan": [next(ibu).data()]}), token="salah")
    besar = next(ibu).data(catatan="x" * 2_500_000)
    jawaban["sinkron terlalu besar"] = kirim.mentah(json.dumps({"catatan": [besar]}))
    # The server has closed that connection without reading it all: the client may still take it for open.
    with contextlib.suppress(Error):
        kirim.ambil("/sehat/")
    jawaban["cari"] = kirim.pos("/akseptor/", {"cari": satu.nama})
    jawaban["alamat salah"] = kirim.ambil(f"/akseptor/{satu.nik}/")
    with _Rusak(peladen):
        jawaban["galat formulir"] = kirim.formulir(next(ibu).data())
        jawaban["galat sinkron"] = kirim.sinkron([next(ibu).data()])
        jawaban["galat ubah"] = kirim.ubah(satu, nama=f"{satu.nama} Dua")
    tutup(h)
    angka: list[bytes] = []
    _petugas(peramban, peladen, satu, jawaban, angka)
    return terlihat, jawaban, angka


class _Kirim:
    """Posts as the browser that is signed in."""

    def __init__(self, h: "Page", peladen: Peladen) -> None:
        self.h, self.peladen = h, peladen

    @property
    def token(self) -> str:
        return next(k["value"] for k in self.h.context.cookies() if k["name"] == "csrftoken")

    def pos(self, jalur: str, isi: dict, token: str = "") -> int:
        return self.h.context.request.post(
            jalur, form=isi | {"csrfmiddlewaretoken": token or self.token}, max_redirects=0
        ).status

    def formulir(self, isi: dict, token: str = "") -> int:
        return self.pos("/akseptor/baru/", isi, token)

    def ubah(self, ibu: Ibu, nama: str = "") -> int:
        ((pk, versi, faskes),) = sql(
            self.peladen,
            "SELECT p.id, p.versi, p.faskes_id FROM akseptor_pelayanan p JOIN akseptor_akseptor a ON a.id = p.akseptor_id"
            " WHERE a.nama_istri = %s",
            ibu.nama,
        )
        assert faskes is None
        isi = ibu.data(id=pk, versi=versi, alamat=f"{ibu.alamat} pindah", nama_istri=nama or ibu.nama)
        return self.pos(f"/akseptor/catatan/{pk}/ubah/", isi)

    def sinkron(self, catatan: list[dict]) -> int:
        return self.mentah(json.dumps({"catatan": catatan}))

    def mentah(self, isi: str, token: str = "") -> int:
        kepala = {"Content-Type": "application/json", "X-CSRFToken": token or self.token}
        return self.h.context.request.post("/akseptor/sinkron/", data=isi.encode(), headers=kepala).status

    def ambil(self, jalur: str) -> int:
        return self.h.context.request.get(jalur).status


def _lewat_halaman(h: "Page", ibu: Ibu, terlihat: list[str]) -> None:
    """By hand, with every script of the page: form, list, search, record, numbers uncovered."""
    isi_akseptor(h, ibu.nama, ibu.nik)
    h.get_by_label("Nomor HP").fill(f"0{ibu.hp}")
    h.locator("[name=alamat]").fill(ibu.alamat)
    simpan(h)
    h.locator("#hasil-simpan.diterima").wait_for()
    h.goto("/akseptor/")
    h.locator("[name=cari]").first.fill(ibu.nama)
    h.locator("[name=cari]").first.press("Enter")
    h.get_by_role("link", name=ibu.nama).first.click()
    terlihat.append(h.title())
    h.get_by_role("button", name="Lihat NIK").click()
    h.get_by_text(ibu.nik).wait_for()
    terlihat.extend([h.title(), h.url])


class _Rusak:
    """Faults of ours, in the middle of writing: what Postgres says of them carries the row."""

    def __init__(self, peladen: Peladen) -> None:
        self.peladen = peladen

    def __enter__(self) -> None:
        sql(self.peladen, "ALTER TABLE akseptor_akseptor ADD CONSTRAINT uji CHECK (nama_istri !~ 'Dua$') NOT VALID")
        sql(self.peladen, "ALTER TABLE akseptor_persetujuan RENAME COLUMN cara TO cara_uji")

    def __exit__(self, *_galat: object) -> None:
        sql(self.peladen, "ALTER TABLE akseptor_persetujuan RENAME COLUMN cara_uji TO cara")
        sql(self.peladen, "ALTER TABLE akseptor_akseptor DROP CONSTRAINT uji")


def _petugas(peramban: "Browser", peladen: Peladen, ibu: Ibu, jawaban: dict[str, int], angka: list[bytes]) -> None:
    """The officer exports the named list and numbers by a real worker, and fetches them; the admin searches."""
    p = masuk(peramban, peladen, "plkb", LAPTOP)
    p.goto("/laporan/ekspor/?bulan=2021-07")
    kirim = _Kirim(p, peladen)
    isi = {"bulan": "2021-07", "jenis": "akseptor", "wilayah": "", "alasan": "mencocokkan buku bantu desa"}
    jawaban["ekspor"] = kirim.pos("/laporan/ekspor/", isi)
    jawaban["ekspor angka"] = kirim.pos("/laporan/ekspor/", isi | {"bulan": "2021-06", "jenis": "rekap_xlsx"})
    siap = "SELECT jenis, id FROM laporan_ekspor WHERE keadaan = 'selesai'"
    assert tunggu(lambda: {"akseptor", "rekap_xlsx"} <= dict(sql(peladen, siap)).keys(), detik=90)
    pk = dict(sql(peladen, siap))
    jawaban["unduh"] = kirim.ambil(f"/laporan/ekspor/{pk['akseptor']}/")
    for jalur in (f"/laporan/ekspor/{pk['rekap_xlsx']}/", f"/dasbor/{DESA}/ringkasan.xlsx"):
        angka.append(p.context.request.get(jalur).body())
    ((akseptor,),) = sql(peladen, "SELECT id FROM akseptor_akseptor WHERE nama_istri = %s", ibu.nama)
    jawaban["lihat"] = kirim.pos(f"/akseptor/{akseptor}/lihat/", {})
    tutup(p)
    a = masuk(peramban, peladen, "admin", LAPTOP)
    kirim = _Kirim(a, peladen)
    jawaban["cari admin"] = kirim.ambil(f"/admin/akseptor/akseptor/?q={ibu.nik}")
    jawaban["cari admin nama"] = kirim.ambil(f"/admin/kader/jejak/?q={ibu.nama}")
    tutup(a)


def test_semuanya_memang_terjadi(jalan: tuple) -> None:
    """The walk that the search below relies on: every kind of answer was given."""
    assert jalan[1] == {
        "formulir": 302,
        "formulir ditolak": 422,
        "formulir tanpa token": 403,
        "ubah": 302,
        "sinkron": 200,
        "sinkron ditolak": 200,
        "sinkron ditanya": 200,
        "sinkron nik sebagai nomor": 200,
        "sinkron rusak": 400,
        "sinkron tanpa token": 403,
        "sinkron terlalu besar": 413,
        "cari": 200,
        "alamat salah": 404,
        "galat formulir": 500,
        "galat sinkron": 200,
        "galat ubah": 500,
        "ekspor": 302,
        "unduh": 200,
        "lihat": 200,
        "ekspor angka": 302,
        "cari admin": 200,
        "cari admin nama": 200,
    }


def test_nik_hp_dan_alamat_tidak_ada_di_mana_pun(jalan: tuple, peladen: Peladen) -> None:
    rahasia = [r for i in IBU for r in (i.nik, i.hp, i.alamat)]
    assert jejak_rahasia.temukan(jejak_rahasia.di_mana_saja(peladen), *rahasia) == []


def test_nama_tidak_keluar_dari_basis_data(jalan: tuple, peladen: Peladen) -> None:
    assert jejak_rahasia.temukan(jejak_rahasia.di_luar_basis(peladen), *(i.nama for i in IBU)) == []
    # The search works: in the database they are.
    assert jejak_rahasia.temukan(jejak_rahasia.isi_basis(peladen), IBU[0].nama)
    # And faults were logged, without them.
    assert "Internal Server Error" in peladen.web.log.read_text()


def test_url_dan_judul_tanpa_orang(jalan: tuple) -> None:
    teks = "\n".join(jalan[0]).encode()
    assert len(jalan[0]) > 20
    for ibu in IBU:
        for r in (ibu.nik, ibu.hp, ibu.alamat, ibu.nama):
            assert not jejak_rahasia.bentuk(r).search(teks), r


def test_berkas_angka_tanpa_orang(jalan: tuple) -> None:
    """Exports of numbers and their properties name nobody."""
    assert len(jalan[2]) == 2
    for isi in jalan[2]:
        with zipfile.ZipFile(io.BytesIO(isi)) as buku:
            teks = b"\n".join(buku.read(nama) for nama in buku.namelist())
        for ibu in IBU:
            for r in (ibu.nik, ibu.hp, ibu.alamat, ibu.nama):
                assert not jejak_rahasia.bentuk(r).search(teks), r


@pytest.mark.parametrize(
    "samaran",
    [
        "{nik}",
        "{nik:.6}.{nik:.12}",
        "{titik}",
        "{spasi}",
        "{balik}",
        "{base64}",
        "depan {base64} belakang",
        "{dalam}",
        "{hex}",
    ],
)
def test_pencarinya_mengenali_samaran(samaran: str) -> None:
    nik = IBU[0].nik
    isi = samaran.format(
        nik=nik,
        titik=".".join((nik[:6], nik[6:12], nik[12:])),
        spasi=" ".join(nik[i : i + 4] for i in range(0, 16, 4)),
        balik=nik[::-1],
        base64=base64.b64encode(nik.encode()).decode(),
        dalam=base64.b64encode(f'{{"nik": "{nik}"}}'.encode()).decode(),
        hex=nik.encode().hex(),
    )
    ada = bool(jejak_rahasia.bentuk(nik).search(isi.encode()))
    assert ada == (samaran != "{nik:.6}.{nik:.12}")


@pytest.fixture
def bocor(peladen: Peladen, request: pytest.FixtureRequest) -> Iterator[str]:
    """Leaks on purpose, one at a time."""
    nik = "3214994807918999"
    klien = redis.Redis.from_url(peladen.valkey.url())
    if request.param == "log":
        awal = peladen.web.log.stat().st_size
        with peladen.web.log.open("a") as log:
            log.write(f"WARNING NIK {nik}\n")
    elif request.param == "valkey":
        klien.set("uji-bocor", nik)
    elif request.param == "tabel":
        sql(peladen, "INSERT INTO kader_jejak (pada, peran, tindakan, jenis, kunci, alasan, perubahan)"
                     " VALUES (now(), '', 'uji', 'uji', 'uji', %s, '{}')", nik)  # fmt: skip
    else:
        from django.contrib.sessions.backends.db import SessionStore

        sql(
            peladen,
            "INSERT INTO kader_sesi (session_key, session_data, expire_date, perangkat) VALUES ('uji-bocor', %s, now(), '')",
            SessionStore().encode({"ketikan": nik * 20}),
        )
    yield nik
    if request.param == "log":
        with peladen.web.log.open("r+") as log:
            log.truncate(awal)
    klien.delete("uji-bocor")
    klien.close()
    sql(peladen, "ALTER TABLE kader_jejak DISABLE TRIGGER jejak_tetap; DELETE FROM kader_jejak WHERE jenis = 'uji';"
                 " ALTER TABLE kader_jejak ENABLE ALWAYS TRIGGER jejak_tetap;"
                 " DELETE FROM kader_sesi WHERE session_key = 'uji-bocor'")  # fmt: skip


@pytest.mark.parametrize("bocor", ["log", "valkey", "tabel", "sesi"], indirect=True)
def test_yang_bocor_ditemukan(peladen: Peladen, bocor: str) -> None:
    tempat = [*jejak_rahasia.di_luar_basis(peladen), *jejak_rahasia.isi_basis(peladen)]
    assert jejak_rahasia.temukan(iter(tempat), bocor)
