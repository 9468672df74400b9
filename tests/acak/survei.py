"""What a browser would send: addresses, forms and questions, read off the product's own pages by each role."""

import html
import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.acak.kirim import Masukan, kirim
from tests.acak.panggung import Panggung
from tests.acak.rute import SEMUA, TAMU, Rute

# Files that a page links to: their address is noted, they are no page to read.
BERKAS = re.compile(r"\.(pdf|png|xlsx|jpg|json|js|webmanifest)$")
FORMULIR = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
UNSUR = re.compile(r"<(input|select|textarea|option|button)\b([^>]*)>([^<]*)", re.DOTALL)
SIFAT = re.compile(r'([\w:-]+)(?:="([^"]*)")?')
TAUTAN = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
# Beside a form that asks for more of itself, a page has so many of one kind at most that are worth reading.
TERBANYAK = 6


@dataclass(frozen=True)
class Medan:
    """A field: what it holds as the page was drawn, and what else it offers."""

    nama: str
    nilai: str | None
    pilihan: tuple[str, ...] = ()
    berkas: bool = False


@dataclass
class Bekal:
    """What one role knows of one route."""

    alamat: list[str] = field(default_factory=list)
    formulir: list[tuple[Medan, ...]] = field(default_factory=list)
    # Questions whole, as a link or a form asks them; then each name with what it was asked with.
    kueri: list[str] = field(default_factory=list)
    tanya: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


Peta = dict[tuple[str, str], Bekal]


def survei(panggung: Panggung, rute: list[Rute], per_rute: int = 1) -> Peta:
    """Walk the pages of every role as a person would, at most `per_rute` of each route."""
    peta: Peta = defaultdict(Bekal)
    menurut_pola = {r.pola: r for r in rute}
    for siapa in (TAMU, *SEMUA):
        antre = deque("/" + r.pola for r in rute if siapa in r.siapa and "GET" in r.cara and not r.terisi)
        dibaca: dict[str, int] = defaultdict(int)
        while antre:
            alamat = antre.popleft()
            pola = _pola(alamat)
            satu = menurut_pola.get(pola)
            if satu is None or siapa not in satu.siapa or "GET" not in satu.cara or dibaca[pola] >= per_rute:
                continue
            if BERKAS.search(urlsplit(alamat).path) or "logout" in pola:
                continue
            dibaca[pola] += 1
            antre.extend(_catat(peta, siapa, alamat, _halaman(panggung, siapa, alamat)))
    return peta


def _halaman(panggung: Panggung, siapa: str, alamat: str) -> str:
    try:
        jawaban = kirim(panggung, Masukan(siapa, "GET", alamat))
    except Exception:  # noqa: BLE001 - the walk meets the same fault, and tells of it
        return ""
    return jawaban.isi.decode(errors="replace") if jawaban.status == 200 else ""


def _pola(alamat: str) -> str:
    try:
        return resolve(unquote(urlsplit(alamat).path)).route
    except Resolver404:
        return ""


def _catat(peta: Peta, siapa: str, halaman: str, teks: str) -> Iterator[str]:
    """Note what a page offers; yield the addresses to which it leads."""
    for tautan in TAUTAN.findall(teks):
        alamat = urljoin(halaman, html.unescape(tautan))
        if alamat.startswith("/"):
            _catat_alamat(peta, siapa, alamat)
            yield alamat
    for sifat, isi in FORMULIR.findall(teks):
        _catat_formulir(peta, siapa, halaman, dict(SIFAT.findall(sifat)), isi)


def _catat_alamat(peta: Peta, siapa: str, alamat: str) -> Bekal:
    bagian = urlsplit(alamat)
    bekal = peta[_pola(alamat), siapa]
    if bagian.path not in bekal.alamat and len(bekal.alamat) < TERBANYAK:
        bekal.alamat.append(bagian.path)
    _catat_kueri(bekal, bagian.query)
    return bekal


def _catat_kueri(bekal: Bekal, kueri: str) -> None:
    if kueri and kueri not in bekal.kueri and len(bekal.kueri) < TERBANYAK:
        bekal.kueri.append(kueri)
    for nama, nilai in parse_qsl(kueri, keep_blank_values=True):
        _tambah(bekal, nama, nilai)


def _tambah(bekal: Bekal, nama: str, nilai: str) -> None:
    if nilai not in bekal.tanya[nama] and len(bekal.tanya[nama]) < TERBANYAK:
        bekal.tanya[nama].append(nilai)


def _catat_formulir(peta: Peta, siapa: str, halaman: str, sifat: dict[str, str], isi: str) -> None:
    bekal = _catat_alamat(peta, siapa, urljoin(halaman, html.unescape(sifat.get("action", "")) or halaman))
    medan = tuple(_medan(isi))
    if sifat.get("method", "get").lower() == "get":
        _catat_kueri(bekal, urlencode({m.nama: m.nilai for m in medan if m.nilai is not None}))
        for m in medan:
            for nilai in (m.nilai or "", *m.pilihan):
                _tambah(bekal, m.nama, nilai)
    elif medan not in bekal.formulir and len(bekal.formulir) < TERBANYAK:
        bekal.formulir.append(medan)


def _medan(isi: str) -> Iterator[Medan]:
    """Yield the fields of a form as they would be sent if nobody changed anything, each name once."""
    nilai: dict[str, str | None] = {}
    pilihan: dict[str, list[str]] = defaultdict(list)
    berkas: set[str] = set()
    terakhir = ""
    for unsur, mentah, teks in UNSUR.findall(isi):
        sifat = {k: html.unescape(v) for k, v in SIFAT.findall(mentah)}
        nama = sifat.get("name", "")
        if unsur == "option":
            pilihan[terakhir].append(sifat.get("value", teks))
            if "selected" in sifat or nilai.get(terakhir) is None:
                nilai[terakhir] = sifat.get("value", teks)
            continue
        if not nama or nama == "csrfmiddlewaretoken":
            continue
        terakhir = nama
        nilai.setdefault(nama, None)
        if unsur == "input" and sifat.get("type") in {"radio", "checkbox"}:
            pilihan[nama].append(sifat.get("value", "on"))
            if "checked" in sifat:
                nilai[nama] = sifat.get("value", "on")
        elif unsur == "button":
            pilihan[nama].append(sifat.get("value", ""))
            nilai[nama] = nilai[nama] or sifat.get("value", "")
        elif unsur == "textarea":
            nilai[nama] = html.unescape(teks).removeprefix("\n")
        elif unsur == "input":
            nilai[nama] = sifat.get("value", "")
            if sifat.get("type") == "file":
                berkas.add(nama)
    for nama, isi_medan in nilai.items():
        if nama:
            yield Medan(nama, isi_medan, tuple(pilihan[nama]), nama in berkas)
