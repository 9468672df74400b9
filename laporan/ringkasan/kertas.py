"""The summary on one A4 page, drawn so that its picture is readable on a phone as well."""

import datetime as dt
import io

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from kader.enums import Tingkat
from laporan.ekspor.pdf.kertas import BIASA, TEBAL, huruf
from laporan.kampanye.papan import Bar, Baris
from laporan.ringkasan.isi import KETERANGAN_BAGIAN, Ringkasan, hari_kurva, tulis_persen
from poskb.dasar.angka import angka
from poskb.dasar.karangan import tanda_karangan
from poskb.dasar.waktu import BULAN

LEBAR, TINGGI = A4
TEPI = 15 * mm
DALAM = LEBAR - 2 * TEPI
# The colours of the screen (static/scss/_token.scss): dark enough to be told apart in grey as well.
DAUN, PLERED, ARANG, ABU = HexColor("#0e4f45"), HexColor("#b4532a"), HexColor("#1d2a2b"), HexColor("#434f4f")
GARIS, KERTAS, PUTIH, GENTING = HexColor("#dcd6ca"), HexColor("#faf7f1"), HexColor("#ffffff"), HexColor("#f6e1d3")
KIRI_KOLOM_KANAN = TEPI + DALAM / 2 + 4 * mm
LEBAR_KOLOM = DALAM / 2 - 4 * mm
# The line above the foot, and the room over it in which nothing may end.
GARIS_KAKI = 14 * mm
BATAS_KAKI = GARIS_KAKI + 1 * mm
# Height of the curve and distance between areas, the roomiest first.
LONGGAR = ((46 * mm, 6.2 * mm), (38 * mm, 6.2 * mm), (30 * mm, 5.8 * mm), (24 * mm, 5.2 * mm), (16 * mm, 4.7 * mm))


def cetak_ringkasan(ringkasan: Ringkasan) -> bytes:
    """Return the PDF: one page whatever the area."""
    return susun_halaman(ringkasan)[0]


def susun_halaman(ringkasan: Ringkasan) -> tuple[bytes, float]:
    """Return the PDF and where its last line ends, counted from the lower edge.

    Many areas or long sentences take their room from the curve, then from the lines between areas: nothing may be
    drawn over the foot of the page.
    """
    for tinggi_kurva, jarak in LONGGAR:
        keluar = io.BytesIO()
        kanvas = Canvas(keluar, pagesize=A4, lang="id-ID")
        kanvas.setTitle(huruf(ringkasan.judul))
        kanvas.setAuthor("Pos KB Desa")
        terendah = _Halaman(kanvas, ringkasan, tinggi_kurva, jarak).gambar()
        kanvas.showPage()
        kanvas.save()
        if terendah >= BATAS_KAKI:
            break
    return keluar.getvalue(), terendah


class _Halaman:
    """Draws from top to bottom; `y` is where the next piece begins."""

    def __init__(self, kanvas: Canvas, ringkasan: Ringkasan, tinggi_kurva: float, jarak: float) -> None:
        self.k, self.r = kanvas, ringkasan
        self.tinggi_kurva, self.jarak = tinggi_kurva, jarak
        self.y = self.terendah = TINGGI

    def gambar(self) -> float:
        """Draw it all; return the lowest line of text above the foot."""
        self._kepala()
        self._utama()
        self._ubin()
        self._kalimat()
        self._kurva()
        self._bawah()
        terendah = self.terendah
        self._kaki()
        return terendah

    def _teks(
        self, x: float, y: float, teks: str, ukuran: float, *, tebal: bool = False, warna: Color = ARANG
    ) -> None:
        self.k.setFillColor(warna)
        self.k.setFont(TEBAL if tebal else BIASA, ukuran)
        self.k.drawString(x, y, huruf(teks))
        self.terendah = min(self.terendah, y)

    def _kanan(
        self, x: float, y: float, teks: str, ukuran: float, *, tebal: bool = False, warna: Color = ARANG
    ) -> None:
        lebar = self.k.stringWidth(huruf(teks), TEBAL if tebal else BIASA, ukuran)
        self._teks(x - lebar, y, teks, ukuran, tebal=tebal, warna=warna)

    def _kepala(self) -> None:
        tinggi = 26 * mm
        self.k.setFillColor(DAUN)
        self.k.rect(0, TINGGI - tinggi, LEBAR, tinggi, stroke=0, fill=1)
        self._kanan(LEBAR - TEPI, TINGGI - 5.5 * mm, tanda_karangan(), 10, tebal=True, warna=PUTIH)
        self._teks(TEPI, TINGGI - 12 * mm, self.r.judul, self._muat(self.r.judul, 20, DALAM), tebal=True, warna=PUTIH)
        kapan = f"{self.r.keadaan} · {self.r.jendela}"
        self._teks(TEPI, TINGGI - 19.5 * mm, kapan, self._muat(kapan, 10.5, DALAM), warna=PUTIH)
        self.y = TINGGI - tinggi - 6 * mm

    def _muat(self, teks: str, ukuran: float, lebar: float) -> float:
        """The size at which a text fits into a width, at most `ukuran`."""
        return min(ukuran, ukuran * lebar / max(self.k.stringWidth(huruf(teks), TEBAL, ukuran), 1))

    def _utama(self) -> None:
        papan, pokok = self.r.papan, self.r.papan.pokok
        besar = angka(pokok.tercatat)
        dasar = self.y - 19 * mm
        self._teks(TEPI, dasar, besar, 62, tebal=True, warna=PLERED)
        x = TEPI + self.k.stringWidth(besar, TEBAL, 62) + 5 * mm
        self._teks(
            x,
            dasar + 9 * mm,
            f"dari {angka(pokok.target)} akseptor{', angka akhir' if papan.akhir else ''}",
            17,
            tebal=True,
        )
        self._teks(x, dasar + 1.5 * mm, f"{angka(pokok.terverifikasi)} di antaranya sudah diverifikasi", 12)
        self._kanan(
            LEBAR - TEPI,
            dasar + 1.5 * mm,
            tulis_persen(pokok.persen),
            34 if pokok.target else 17,
            tebal=True,
            warna=DAUN,
        )
        self._batang(TEPI, dasar - 9 * mm, DALAM, 5.5 * mm, pokok.bar)
        y = dasar - 14.5 * mm
        self._kotak_warna(TEPI, y, PLERED, "tercatat")
        self._kotak_warna(TEPI + 28 * mm, y, DAUN, "di antaranya terverifikasi")
        self._teks(TEPI + 80 * mm, y, "| target", 9.5, warna=ABU)
        self.y = y - 7 * mm

    def _kotak_warna(self, x: float, y: float, warna: Color, teks: str) -> None:
        self.k.setFillColor(warna)
        self.k.rect(x, y - 0.4 * mm, 3 * mm, 3 * mm, stroke=0, fill=1)
        self._teks(x + 4.5 * mm, y, teks, 9.5, warna=ABU)

    def _batang(self, x: float, y: float, lebar: float, tinggi: float, bar: Bar) -> None:
        """Counted, verified inside it as a lower strip (told apart in grey too), the target as a mark."""
        self.k.setFillColor(GENTING)
        self.k.rect(x, y, lebar, tinggi, stroke=0, fill=1)
        self.k.setFillColor(PLERED)
        self.k.rect(x, y, lebar * bar.lebar_tercatat / 100, tinggi, stroke=0, fill=1)
        self.k.setFillColor(DAUN)
        self.k.rect(x, y, lebar * bar.lebar_terverifikasi / 100, tinggi * 0.45, stroke=0, fill=1)
        if bar.letak_target:
            self.k.setFillColor(ARANG)
            letak = x + lebar * bar.letak_target / 100
            self.k.rect(letak - 0.4 * mm, y - 0.8 * mm, 0.8 * mm, tinggi + 1.6 * mm, stroke=0, fill=1)

    def _ubin(self) -> None:
        lebar, tinggi = (DALAM - 9 * mm) / 4, 24 * mm
        for n, ubin in enumerate(self.r.ubin()):
            x, y = TEPI + n * (lebar + 3 * mm), self.y - tinggi
            self.k.setFillColor(KERTAS)
            self.k.setStrokeColor(GARIS)
            self.k.roundRect(x, y, lebar, tinggi, 2 * mm, fill=1)
            self._teks(x + 3 * mm, y + 18 * mm, ubin.nama, 10.5, tebal=True, warna=ABU)
            self._teks(x + 3 * mm, y + 8 * mm, ubin.nilai, 25, tebal=True)
            self._teks(x + 3 * mm, y + 3 * mm, ubin.arti, 9.5, warna=ABU)
        self.y -= tinggi + 8 * mm

    def _kalimat(self) -> None:
        catatan = [(k, True) for k in self.r.catatan]
        for teks, tebal in (
            *catatan,
            (self.r.laju, True),
            (self.r.garis, False),
            *((k, False) for k in self.r.perkiraan),
        ):
            for baris in simpleSplit(huruf(teks), TEBAL if tebal else BIASA, 12, DALAM) if teks else ():
                self._teks(TEPI, self.y, baris, 12, tebal=tebal)
                self.y -= 6 * mm
        self.y -= 3.5 * mm

    def _judul(self, x: float, teks: str) -> None:
        self._teks(x, self.y, teks, 12.5, tebal=True, warna=DAUN)

    def _kurva(self) -> None:
        """Cumulative against the straight line; the last known point carries its number."""
        hari = hari_kurva(self.r)
        if not hari:
            return
        self._judul(TEPI, "Perjalanan menuju target")
        puncak = max([self.r.papan.isi["target"], *[n or 0 for _, n, _ in hari], 1]) * 1.06
        x0, y0, lebar, tinggi = TEPI + 12 * mm, self.y - 6 * mm - self.tinggi_kurva, DALAM - 26 * mm, self.tinggi_kurva

        def titik(n: int, nilai: float) -> tuple[float, float]:
            return x0 + lebar * n / max(len(hari) - 1, 1), y0 + tinggi * nilai / puncak

        self._sumbu(hari, x0, y0, lebar)
        self.k.setStrokeColor(DAUN)
        self.k.setLineWidth(1.2)
        self.k.setDash(4, 3)
        self.k.line(*titik(0, hari[0][2]), *titik(len(hari) - 1, hari[-1][2]))
        self.k.setDash()
        self._teks(titik(len(hari) - 1, 0)[0] + 1.5 * mm, titik(0, hari[-1][2])[1] - 1 * mm, angka(hari[-1][2]), 9.5)
        diketahui = [(n, nilai) for n, (_, nilai, _) in enumerate(hari) if nilai is not None]
        if diketahui:
            jalur = self.k.beginPath()
            jalur.moveTo(*titik(*diketahui[0]))
            for n, nilai in diketahui[1:]:
                jalur.lineTo(*titik(n, nilai))
            self.k.setStrokeColor(PLERED)
            self.k.setLineWidth(2.6)
            self.k.drawPath(jalur)
            x, y = titik(*diketahui[-1])
            self.k.setFillColor(PLERED)
            self.k.circle(x, y, 1.4 * mm, stroke=0, fill=1)
            # Beside the line, not on it: above when ahead of it.
            geser = 3.5 * mm if self.r.papan.garis.di_depan else -4.5 * mm
            kiri = -10 * mm if self.r.papan.garis.di_depan else 2.5 * mm
            self._teks(x + kiri, y + geser, angka(diketahui[-1][1]), 12, tebal=True, warna=PLERED)
        self.y = y0 - 14 * mm

    def _sumbu(self, hari: list[tuple[dt.date, int | None, float]], x0: float, y0: float, lebar: float) -> None:
        self.k.setStrokeColor(GARIS)
        self.k.setLineWidth(1)
        self.k.line(x0, y0, x0 + lebar, y0)
        for n in sorted({0, len(hari) // 3, 2 * len(hari) // 3, len(hari) - 1}):
            tanggal = hari[n][0]
            self.k.setFillColor(ABU)
            self.k.setFont(BIASA, 9)
            x = x0 + lebar * n / max(len(hari) - 1, 1)
            self.k.drawCentredString(x, y0 - 4.5 * mm, f"{tanggal.day} {BULAN[tanggal.month - 1][:3]}")

    def _bawah(self) -> None:
        bawah = self.r.wilayah_bawah()
        if bawah:
            kabupaten = self.r.papan.cuplikan.wilayah.tingkat == Tingkat.KABUPATEN
            kata = "Per kecamatan" if kabupaten else "Per desa"
            self._judul(TEPI, kata)
            self._teks(TEPI + 34 * mm, self.y, KETERANGAN_BAGIAN, 9.5, warna=ABU)
            self.y -= 4.5 * mm
            tengah = (len(bawah) + 1) // 2
            atas = self.y
            dasar = min(self._kolom(TEPI, atas, bawah[:tengah]), self._kolom(KIRI_KOLOM_KANAN, atas, bawah[tengah:]))
            self.y = dasar - 5 * mm
        self._rinci()

    def _kolom(self, x: float, y: float, baris: list[Baris]) -> float:
        """Draw a column of areas with bar, percent and what is missing; return where it ends."""
        for b in baris:
            self._teks(x, y - 3 * mm, b.nama, self._muat(b.nama, 10.5, 27 * mm), tebal=True)
            self._batang(x + 29 * mm, y - 3.8 * mm, 22 * mm, 3.8 * mm, b.bar)
            self._kanan(x + 67 * mm, y - 3 * mm, tulis_persen(b.persen), 10.5 if b.target else 8.5, tebal=True)
            self._kanan(x + LEBAR_KOLOM, y - 3 * mm, _kata_kurang(b), 9, warna=ABU)
            y -= self.jarak
        return y

    def _rinci(self) -> None:
        metode = self.r.metode()
        if metode:
            rinci = " · ".join(f"{b.nama} {angka(b.tercatat)}" for b in metode)
            self._satu_baris("Alat/cara", rinci)
        if self.r.mutu():
            self._satu_baris("Mutu data", " · ".join(self.r.mutu()))

    def _satu_baris(self, judul: str, teks: str) -> None:
        self._teks(TEPI, self.y, judul, 10.5, tebal=True, warna=DAUN)
        for baris in simpleSplit(huruf(teks), BIASA, 10, DALAM - 24 * mm):
            self._teks(TEPI + 24 * mm, self.y, baris, 10)
            self.y -= 5 * mm
        self.y -= 1 * mm

    def _kaki(self) -> None:
        self.k.setStrokeColor(GARIS)
        self.k.line(TEPI, GARIS_KAKI, LEBAR - TEPI, GARIS_KAKI)
        teks = (
            "Pos KB Desa · Pasangan dihitung sekali, menurut tanggal pelayanan. Angka gabungan, tanpa data perorangan."
        )
        self._teks(TEPI, 9.5 * mm, teks, 8.5, warna=ABU)


def _kata_kurang(b: Baris) -> str:
    if b.kurang:
        return f"kurang {angka(b.kurang)}"
    return "tercapai" if b.target else f"{angka(b.tercatat)} tercatat"
