"""The words that go with the picture into a WhatsApp group: numbers of areas, no name of anybody."""

from urllib.parse import quote

from kader.enums import Tingkat
from laporan.ringkasan.isi import Ringkasan, tulis_persen
from poskb.dasar.angka import angka
from poskb.dasar.karangan import tanda_karangan

PALING_PERLU = 3


def tulis_kata(ringkasan: Ringkasan) -> str:
    """Return the text; `*bold*` is WhatsApp's own mark."""
    papan = ringkasan.papan
    laju = papan.laju
    tanda = tanda_karangan()
    kepala = [f"*{tanda}*"] if tanda else []
    awal = "Angka akhir" if papan.akhir else "Tercatat"
    baris = [*kepala, f"*{ringkasan.judul}*", ringkasan.keadaan, "", f"{awal} {ringkasan.utama}.", *ringkasan.catatan]
    if laju.sisa and laju.sisa_hari and not (papan.belum_mulai or papan.akhir):
        baris.append(f"Kurang *{angka(laju.sisa)}*, tersisa {laju.sisa_hari} hari termasuk {papan.kata_hari}.")
    if ringkasan.laju:
        baris.append(ringkasan.laju)
    baris += ringkasan.perkiraan
    # Of a closed campaign nothing can be asked any more.
    bawah = [] if papan.akhir else [b for b in ringkasan.wilayah_bawah() if b.kurang][:PALING_PERLU]
    if bawah:
        rinci = ", ".join(f"{b.nama} {tulis_persen(b.persen)} (kurang {angka(b.kurang)})" for b in bawah)
        # A desa may bear the name of its kecamatan.
        menurut = "desa" if papan.cuplikan.wilayah.tingkat == Tingkat.KECAMATAN else "kecamatan"
        baris += ["", f"Paling perlu perhatian, menurut persen {menurut}: {rinci}."]
    return "\n".join([*baris, "", "Sumber: Pos KB Desa. Angka gabungan, tanpa data perorangan."])


def tautan_wa(teks: str) -> str:
    """Return the link that opens WhatsApp with the text; whom to send it to is chosen there."""
    return f"https://wa.me/?text={quote(teks)}"
