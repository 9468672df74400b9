"""Everything on the page: what its tables show is read off the page itself and looked for in workbook and JSON."""

import datetime as dt
import io
import re
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from django.test import Client

from laporan.kampanye.hitung import hitung_ulang_semua
from laporan.kampanye.ramalan.simpan import ramal_semua
from laporan.kampanye.target import bagi_rata_per_desa
from tests.alat import CITEKO, GANDASOLI, KABUPATEN, NAGROG, PLERED, Dunia, buat_dunia, catatan, lupakan

# Numbers of one row, in tenths, so that what is written with a comma compares without rounding twice.
Baris = tuple[str, list[int]]
NOMOR = re.compile(r"(▼|−|-)?\s*(\d[\d.]*)(?:,(\d))?")
BULAN = {b: n for n, b in enumerate("Jan Feb Mar Apr Mei Jun Jul Ags Sep Okt Nov Des".split(), start=1)}


class Pembaca(HTMLParser):
    """Collects the text of every table row, of the weekdays (a list) and of the key numbers (dt, dd)."""

    SEL = ("td", "dt", "dd", "span", "b")

    def __init__(self) -> None:
        super().__init__()
        self.baris: list[list[str]] = []
        self.pasang: list[tuple[str, str]] = []
        self._jalur: list[tuple[str, str]] = []
        self._dt = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("input", "br", "img", "meta", "link"):
            return
        self._jalur.append((tag, dict(attrs).get("class") or ""))
        if tag == "tr" or (tag == "li" and self._di("ol", "pekan")):
            self.baris.append([])
        if tag == "td" or (tag in ("span", "b") and self._di("ol", "pekan")):
            self.baris[-1].append("")
        if tag in ("dt", "dd"):
            self.pasang.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        while self._jalur and self._jalur.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._di("small") or self._di("span", "visually-hidden"):
            return
        if self.baris and self.baris[-1] and (self._di("td") or self._di("ol", "pekan")):
            self.baris[-1][-1] += data
        elif self._di("dt") or self._di("dd"):
            tag, teks = self.pasang[-1]
            self.pasang[-1] = (tag, teks + data)

    def _di(self, tag: str, kelas: str = "") -> bool:
        return any(t == tag and (not kelas or kelas in k.split()) for t, k in self._jalur)


def angka(teks: str) -> int | None:
    """The number of a cell in tenths; None where there is none."""
    cocok = NOMOR.search(teks)
    if not cocok:
        return None
    tanda, bulat, pecah = cocok.groups()
    return (-1 if tanda else 1) * (int(bulat.replace(".", "")) * 10 + int(pecah or 0))


def baca_halaman(html: str) -> tuple[list[Baris], list[int]]:
    """Return the rows (label, numbers) of all tables and weekdays, and the key numbers."""
    p = Pembaca()
    p.feed(html)
    baris = [(b[0].strip(), [n for n in map(angka, b[1:]) if n is not None]) for b in p.baris if b and b[0].strip()]
    return baris, [n for n in (angka(t) for tag, t in p.pasang if tag == "dd") if n is not None]


def sepersepuluh(nilai: object) -> int | None:
    if isinstance(nilai, bool) or not isinstance(nilai, int | float):
        return None
    return int(nilai * 10 + (0.5 if nilai >= 0 else -0.5))


def memuat(cari: list[int], di: list[int | None]) -> bool:
    sisa = list(di)
    for n in cari:
        if n not in sisa:
            return False
        sisa.remove(n)
    return True


def kunci_label(sel: object) -> str:
    """A day of the workbook as the page writes it."""
    if isinstance(sel, dt.datetime):
        hari = "Sen Sel Rab Kam Jum Sab Min".split()[sel.weekday()]
        bulan = next(b for b, n in BULAN.items() if n == sel.month)
        return f"{hari}, {sel.day} {bulan} {sel.year}"
    return str(sel)


def benda(nilai: Any) -> list[dict[str, Any]]:
    """Every object inside a JSON value."""
    if isinstance(nilai, dict):
        return [nilai, *(b for v in nilai.values() for b in benda(v))]
    return [b for v in nilai for b in benda(v)] if isinstance(nilai, list) else []


@pytest.fixture
def dunia(db: None) -> Dunia:
    """Every stage, method, status and delay, enough days for weekdays and a forecast, one silent desa."""
    satu = buat_dunia()
    bagi_rata_per_desa(satu.kampanye)
    cara = ("implan", "iud", "implan", "mow", "implan", "iud", "mop")
    for n in range(70):
        hari = dt.date(2021, 6, 18) + dt.timedelta(days=n % 19)
        catatan(
            satu,
            hari,
            desa=(CITEKO, CITEKO, NAGROG)[n % 3],
            metode=cara[n % 7],
            tahap="terverifikasi" if n % 4 else "dilayani",
            diterima_pada=dt.datetime.combine(hari, dt.time(5), dt.UTC) + dt.timedelta(days=(0, 0, 2, 5, 0)[n % 5]),
        )
    catatan(satu, dt.date(2021, 6, 19), desa=GANDASOLI, status_peserta="ganti_cara")
    for _ in range(3):
        catatan(satu, dt.date(2021, 6, 20), desa=GANDASOLI, metode="mow")
    for tahap in ("calon", "calon", "dirujuk"):
        catatan(satu, None, tahap=tahap, faskes=None, metode="", status_peserta="")
    catatan(satu, dt.date(2021, 6, 24), tahap="dikembalikan", alasan_tahap="periksa tanggal")
    hitung_ulang_semua()
    ramal_semua()
    lupakan()
    return satu


def buku(client: Client, kode: str) -> list[list[object]]:
    isi = openpyxl.load_workbook(io.BytesIO(client.get(f"/dasbor/{kode}/ringkasan.xlsx").content))
    return [[s.value for s in baris] for lembar in isi for baris in lembar.iter_rows()]


@pytest.mark.parametrize(("kode", "sedikitnya"), [(KABUPATEN, 77), (PLERED, 77)])
def test_setiap_angka_tabel_ada_di_buku_dan_json(dunia: Dunia, client: Client, kode: str, sedikitnya: int) -> None:
    client.force_login(dunia.dppkb)
    baris, kunci = baca_halaman(client.get(f"/dasbor/{kode}/").content.decode())
    labels = {label for label, _ in baris}
    # It really read them: areas, days, methods, places, stages, delays, weekdays.
    assert {"IUD", "Baru", "Puskesmas", "Calon", "Dikembalikan", "Pada hari pelayanan", "Senin"} <= labels
    assert {"Jum, 18 Jun 2021", "Sab, 31 Jul 2021"} <= labels
    assert len(baris) >= sedikitnya
    assert len(kunci) >= 8
    lembar, json = buku(client, kode), client.get(f"/dasbor/{kode}/data.json").json()
    jalur = {t["tanggal"]: t for t in json["ramalan"]["jalur"]}
    assert bool(jalur) == (kode == KABUPATEN)
    json["per_hari"] = [
        h | {f"ramalan_{k}": v for k, v in jalur.get(h["tanggal"], {}).items()} for h in json["per_hari"]
    ]
    objek = [[sepersepuluh(v) for v in b.values()] for b in benda(json)]
    for label, nilai in baris:
        di_buku = [[sepersepuluh(s) for s in b] for b in lembar if any(label in kunci_label(s) for s in b)]
        assert any(memuat(nilai, b) for b in di_buku), ("buku", label, nilai, di_buku)
        assert any(memuat(nilai, o) for o in objek), ("json", label, nilai)
    semua_buku = {sepersepuluh(s) for b in lembar for s in b}
    semua_json = {n for o in objek for n in o}
    # Desa diam is a list there: as many rows, and its own number.
    assert set(kunci) - semua_json == set()
    assert set(kunci) - semua_buku - {10 * json["jumlah_desa_diam"]} == set()
    kode_diam = {d["kode"] for d in json["desa_diam"]}
    assert kode_diam
    assert kode_diam <= {str(s) for b in lembar for s in b[:1]}


def test_satu_desa_dibagikan_seperti_kertasnya(dunia: Dunia, client: Client) -> None:
    """What the paper of a desa withholds, its workbook does as well."""
    client.force_login(dunia.plkb)
    isi = openpyxl.load_workbook(io.BytesIO(client.get(f"/dasbor/{CITEKO}/ringkasan.xlsx").content))
    assert isi.sheetnames == ["Ringkasan"]
    teks = " ".join(str(s.value) for baris in isi["Ringkasan"].iter_rows() for s in baris)
    for kata in ("MOP", "Implan", "NIK", "dikembalikan"):
        assert kata not in teks
    assert "Semua pelayanan\n" not in teks
    assert "Tercatat" in teks
