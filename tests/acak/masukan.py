"""Inputs of one route: what a browser would send, with something in it that is not so."""

import inspect
import re
import sys
from collections.abc import Iterator
from itertools import islice, product
from typing import Any
from urllib.parse import parse_qsl, quote

from hypothesis import strategies as st

from tests.acak.aneh import BUKAN_JSON
from tests.acak.berkas import berkas
from tests.acak.kirim import AMAN, Masukan
from tests.acak.nilai import KEPALA, NAMA, POHON, TEKS, isi_medan, rusak, tulis_json
from tests.acak.panggung import Panggung
from tests.acak.rute import CARA, SEMUA, TAMU, TOKEN, Rute
from tests.acak.survei import Bekal, Medan, Peta
from tests.akseptor.test_cadangan import berkas as segel

FORMULIR, GANDA, JSON = "application/x-www-form-urlencoded", "multipart/form-data; boundary=batas", "application/json"
KODE = ["32.14", "32.14.04", "32.14.09", "32.14.04.2006", "32.14.04.2005", "32.14.09.2001", "32.14.09.2002", "32.15"]
BULAN = ["2021-06", "2021-07", "2021-05", "2021-08", "2000-01", "2999-12"]
KEPALA_DIKENAL = (
    *(
        "If-None-Match",
        "If-Modified-Since",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Cookie",
        "Origin",
        "Referer",
    ),
    *("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-CSRFToken", "X-Requested-With", "Authorization", "X-Karcis"),
    *("Range", "User-Agent", "Content-Encoding"),
)
# What a view reads by name, as its module says it.
DIBACA = re.compile(r'(GET|POST)(?:\.get|\.getlist)?[\[(]"([\w-]+)"')
TERBANYAK_DICOBA = 60
NAMA_KUE = ["messages", "csrftoken", "sessionid", "django_language", "x"]
Isian = list[tuple[str, Any]]


class Peracik:
    """Makes the inputs of a route on a stage, out of what a survey saw."""

    def __init__(self, rute: Rute, panggung: Panggung, peta: Peta) -> None:
        self.rute, self.panggung = rute, panggung
        self.bekal = {s: peta.get((rute.pola, s), Bekal()) for s in rute.siapa}
        self.semua_alamat = [a for b in self.bekal.values() for a in b.alamat]
        self.semua_formulir = [f for b in self.bekal.values() for f in b.formulir]
        self.tanya: dict[str, list[str]] = {}
        for (_, _), satu in sorted(peta.items(), key=lambda s: s[0]):
            for nama, nilai in satu.tanya.items():
                self.tanya.setdefault(nama, []).extend(nilai)
        dibaca = DIBACA.findall(inspect.getsource(sys.modules[rute.view.__module__]))
        self.tanya_sendiri = {n for b in self.bekal.values() for n in b.tanya} | {n for c, n in dibaca if c == "GET"}
        self.medan_dibaca = sorted({n for c, n in dibaca if c == "POST"} | {"alasan"})
        self.kolam = [*panggung.uuid, *panggung.nomor, *KODE, *BULAN]

    def semua(self) -> st.SearchStrategy[Masukan]:
        """Return the strategy."""
        return _masukan(self)

    def biasa(self, cara: str) -> Iterator[Masukan]:
        """Yield what a browser would send; more than once where no page says which address has a row."""
        for siapa in self.rute.siapa:
            bekal = self.bekal[siapa]
            medan = next(iter(bekal.formulir), ())
            isian = [(m.nama, m.nilai or self.panggung.contoh.get(m.nama, "")) for m in medan if m.nilai is not None]
            badan = ("", b"") if cara in AMAN else (FORMULIR, _tulis_pasang(isian).encode())
            for alamat in bekal.alamat or self.semua_alamat or self._mungkin():
                yield from (
                    Masukan(siapa, cara, alamat + k, *badan) for k in ["", *(f"?{k}" for k in bekal.kueri[:1])]
                )

    def kenali(self, masukan: Masukan) -> None:
        """Learn an address that leads to the view."""
        if (alamat := masukan.alamat.partition("?")[0]) not in self.semua_alamat:
            self.semua_alamat.append(alamat)

    def _mungkin(self) -> Iterator[str]:
        ruas = self.rute.ruas
        for isi in islice(product(*(_kandidat(bentuk, self) for bentuk in self.rute.terisi)), TERBANYAK_DICOBA):
            yield "/" + ruas[0] + "".join(_kutip(i) + r for i, r in zip(isi, ruas[1:], strict=True))


@st.composite
def _masukan(draw: st.DrawFn, p: Peracik) -> Masukan:
    jarang = draw(st.integers(0, 19)) == 19
    siapa = draw(st.sampled_from((TAMU, TOKEN, *SEMUA) if jarang else p.rute.siapa))
    cara = draw(st.sampled_from(CARA if jarang else _urut(p.rute.cara)))
    jenis, isi = draw(_isi(p, siapa)) if cara not in AMAN else ("", b"")
    return Masukan(siapa, cara, draw(_alamat(p, siapa)) + draw(_tanya(p)), jenis, isi, draw(_kepala()))


def _urut(cara: tuple[str, ...]) -> list[str]:
    """What changes something is tried most; HEAD and OPTIONS seldom."""
    return [c for c in cara if c in {"GET", "POST"}] * 4 + list(cara)


def _kutip(teks: str) -> str:
    return quote(teks.encode(errors="surrogatepass"), safe="")


# --- the address -----------------------------------------------------------------------------------------------------
@st.composite
def _alamat(draw: st.DrawFn, p: Peracik, siapa: str) -> str:
    kenal = p.bekal[siapa].alamat if siapa in p.bekal else []
    ngawur = draw(st.integers(0, 3)) == 3
    if (kenal or p.semua_alamat) and not ngawur:
        return draw(st.sampled_from(kenal or p.semua_alamat))
    ruas = p.rute.ruas
    teks = "/" + ruas[0]
    for bentuk, sesudah in zip(p.rute.terisi, ruas[1:], strict=True):
        nilai = draw(TEKS) if ngawur and draw(st.booleans()) else draw(st.sampled_from(_kandidat(bentuk, p)))
        teks += _kutip(nilai) + sesudah
    return teks


def _kandidat(bentuk: str, p: Peracik) -> list[str]:
    """What fits into a part of an address."""
    if "uuid:" in bentuk:
        return p.panggung.uuid
    if "int:" in bentuk:
        return p.panggung.nomor
    if "kode:" in bentuk:
        return KODE
    if "bulan" in bentuk:
        return BULAN
    return [*SEMUA, "json", "pdf", *p.panggung.nomor]


@st.composite
def _tanya(draw: st.DrawFn, p: Peracik) -> str:
    """Questions that the product's own pages ask, with values they would not."""
    nama = sorted(p.tanya_sendiri) * 3 + sorted(p.tanya)
    utuh = [k for b in p.bekal.values() for k in b.kueri]
    pasang: Isian = parse_qsl(draw(st.sampled_from(["", *utuh])), keep_blank_values=True)
    for _ in range(draw(st.integers(0, 3))):
        satu = draw(st.sampled_from(nama)) if nama and draw(st.integers(0, 9)) else draw(NAMA)
        kenal = p.tanya.get(satu, [])
        asli = draw(st.sampled_from(kenal)) if kenal else ""
        if draw(st.booleans()):
            pasang = [(n, v) for n, v in pasang if n != satu]
        pasang.append((satu, draw(isi_medan(asli, p.kolam)) if draw(st.booleans()) else asli))
    return "?" + _tulis_pasang(pasang) if pasang else ""


def _tulis_pasang(pasang: Isian) -> str:
    return "&".join(f"{_kutip(n)}={_kutip(v)}" for n, v in pasang)


@st.composite
def _kepala(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    hasil: dict[str, str] = {}
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        nama = draw(st.sampled_from(KEPALA_DIKENAL))
        nilai = draw(KEPALA)
        hasil[nama] = f"{draw(st.sampled_from(NAMA_KUE))}={nilai}" if nama == "Cookie" else nilai
    return tuple(hasil.items())


# --- the body --------------------------------------------------------------------------------------------------------
@st.composite
def _isi(draw: st.DrawFn, p: Peracik, siapa: str) -> tuple[str, bytes]:
    """Return type and bytes: a form, seldom something that is none."""
    khas = KHAS.get(p.rute.pola)
    cara = draw(st.integers(0, 9))
    if cara == 9:
        return draw(
            st.sampled_from([FORMULIR, GANDA, JSON, "", "text/plain", "multipart/form-data", "x; charset=y"])
        ), draw(st.one_of(st.binary(max_size=60), st.sampled_from(BUKAN_JSON)))
    if khas and cara < 8:
        return draw(khas(p))
    if cara == 8:
        return JSON, tulis_json(draw(POHON))
    isian = draw(_isian(p, siapa))
    if cara >= 6 or any(isinstance(v, tuple) for _, v in isian):
        return GANDA, _tulis_ganda(isian)
    return FORMULIR, _tulis_pasang(isian).encode()


@st.composite
def _isian(draw: st.DrawFn, p: Peracik, siapa: str) -> Isian:
    """Return the fields of a form that its page shows, up to three of them not as the page would have them."""
    kenal = (p.bekal[siapa].formulir if siapa in p.bekal else []) or p.semua_formulir
    medan = draw(st.sampled_from(kenal)) if kenal else ()
    nilai = {m.nama: draw(_nilai(m, p.panggung.contoh)) for m in medan}
    isian: Isian = [(n, v) for n, v in nilai.items() if v is not None]
    nama = [*(m.nama for m in medan), *p.medan_dibaca]
    for _ in range(draw(st.integers(0, 3))):
        satu = draw(st.sampled_from(nama)) if draw(st.integers(0, 9)) else draw(NAMA)
        baru = draw(isi_medan(str(nilai.get(satu) or ""), p.kolam))
        # Once more beside what was there; instead of it; not at all.
        cara = draw(st.integers(0, 4))
        if cara:
            isian = [(n, v) for n, v in isian if n != satu]
        if cara < 4:
            isian.append((satu, baru))
    return isian


@st.composite
def _nilai(draw: st.DrawFn, medan: Medan, contoh: dict[str, str]) -> Any:
    """Return what a person may put there: mostly what stands there."""
    if medan.berkas:
        return draw(st.one_of(st.none(), berkas([])))
    if medan.pilihan:
        return draw(st.sampled_from([medan.nilai, *medan.pilihan]))
    if medan.nilai or medan.nama in contoh:
        return medan.nilai or contoh[medan.nama]
    return draw(st.sampled_from(["", "Karena keliru dicatat", "2021-07-08", "3", "32.14.04.2006"]))


def _tulis_ganda(isian: Isian) -> bytes:
    bagian = []
    for nama, nilai in isian:
        kepala = b'Content-Disposition: form-data; name="' + _bersih(nama) + b'"'
        if isinstance(nilai, tuple):
            nama_berkas, jenis, isi = nilai
            kepala += b'; filename="' + _bersih(nama_berkas) + b'"\r\nContent-Type: ' + jenis.encode()
        else:
            isi = nilai.encode(errors="surrogatepass")
        bagian.append(b"--batas\r\n" + kepala + b"\r\n\r\n" + isi + b"\r\n")
    return b"".join(bagian) + b"--batas--\r\n"


def _bersih(teks: str) -> bytes:
    """Line ends would end the header: no browser sends them there."""
    return teks.replace("\r", "").replace("\n", "").encode(errors="surrogatepass")


# --- what is not posted by a form ------------------------------------------------------------------------------------
@st.composite
def _sinkron(draw: st.DrawFn, p: Peracik) -> tuple[str, bytes]:
    return JSON, tulis_json(draw(_batch(p.panggung.kiriman)))


@st.composite
def _titip(draw: st.DrawFn, p: Peracik) -> tuple[str, bytes]:
    return "application/octet-stream", draw(_amplop(p.panggung.titipan))


@st.composite
def _cadangan(draw: st.DrawFn, p: Peracik) -> tuple[str, bytes]:
    isi = draw(st.sampled_from([p.panggung.titipan, p.panggung.cadangan]))
    return GANDA, _tulis_ganda([("berkas", draw(berkas([draw(_amplop(isi))])))])


@st.composite
def _batch(draw: st.DrawFn, asli: dict) -> Any:
    """Return a batch of one or more of these records, damaged once or twice."""
    catatan = draw(st.lists(st.sampled_from(asli["catatan"]), min_size=1, max_size=4))
    isi: Any = asli | {"catatan": catatan}
    for _ in range(draw(st.integers(0, 2))):
        isi = draw(rusak(isi))
    return isi


@st.composite
def _amplop(draw: st.DrawFn, asli: dict) -> bytes:
    """Return a sealed envelope with a damaged batch, seldom a damaged envelope."""
    amplop = segel(draw(_batch(asli)))
    if draw(st.integers(0, 4)) < 4:
        return amplop
    letak = draw(st.integers(0, len(amplop)))
    return draw(st.sampled_from([amplop[:letak], amplop[:letak] + b"x" + amplop[letak:], b"[" + amplop + b"]"]))


KHAS = {"akseptor/sinkron/": _sinkron, "akseptor/titip/": _titip, "akseptor/cadangan/": _cadangan}
