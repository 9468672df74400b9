"""Her recent activities as the phone keeps them, and as they stand beside what the phone says."""

from collections.abc import Mapping
from typing import Any

from akseptor.sinkron.server import baris_beda, tulis_medan
from kader.cakupan import Cakupan
from kader.models import Pengguna
from laporan.kegiatan.form import KegiatanForm
from laporan.kegiatan.foto import sidik_teks
from laporan.kegiatan.kunci import desa_bulan, yang_disetujui
from laporan.models import Kegiatan, MacamKegiatan
from poskb.dasar.waktu import bulan_lalu

PALING_BANYAK = 60


def ringkas(kegiatan: Kegiatan, *, terkunci: bool) -> dict[str, Any]:
    """Return one entry (docs/sinkron.md). Needs `macam` fetched."""
    return {
        "id": str(kegiatan.pk),
        "versi": kegiatan.versi,
        "dihapus": kegiatan.dihapus,
        "terkunci": terkunci,
        "macam": kegiatan.macam_id,
        "nama_macam": kegiatan.macam.nama,
        "peran_bhakti": kegiatan.macam.peran_bhakti,
        "tanggal": kegiatan.tanggal.isoformat(),
        "jumlah_orang": kegiatan.jumlah_orang,
        "tempat": kegiatan.tempat,
        "catatan": kegiatan.catatan,
        "ada_foto": bool(kegiatan.sidik_foto),
        "desa": kegiatan.desa_id,
        "diterima_pada": kegiatan.diterima_pada.isoformat(timespec="seconds"),
    }


def ringkas_satu(kegiatan: Kegiatan) -> dict[str, Any]:
    """Return the entry of one, asking whether its month is closed."""
    return ringkas(kegiatan, terkunci=bool(yang_disetujui([desa_bulan(kegiatan)])))


def isi_server(kegiatan: Kegiatan) -> dict[str, Any]:
    """Return the form's fields as they stand on the server."""
    tampil = ("macam", "nama_macam", "tanggal", "jumlah_orang", "tempat", "catatan", "desa", "dihapus", "ada_foto")
    isi = ringkas(kegiatan, terkunci=False)
    return {nama: isi[nama] for nama in tampil}


def beda(kegiatan: Kegiatan, isi: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what the phone says otherwise than the server, in the words of the form: `label`, `hp`, `server`."""
    hapus = bool(isi.get("hapus"))
    keadaan = baris_beda("Keadaan", *("dihapus" if ya else "ada" for ya in (hapus, kegiatan.dihapus)))
    if hapus:
        return [keadaan]
    di_server = isi_server(kegiatan)
    baris = [keadaan]
    for nama in ("macam", "jumlah_orang", "tanggal", "tempat", "catatan"):
        if nama in isi:
            bidang = KegiatanForm.base_fields[nama]
            hp, server = (tulis_medan(nama, bidang, nilai) for nilai in (isi[nama], di_server[nama]))
            if nama == "macam":
                dikenal = MacamKegiatan.objects.filter(pk=isi[nama].replace("\x00", "")).first()
                hp, server = (dikenal.nama if dikenal else hp), di_server["nama_macam"]
            baris.append(baris_beda(str(bidang.label), hp, server))
    baris.append(_beda_foto(kegiatan, isi))
    return [b for b in baris if b["hp"] != b["server"]]


def _beda_foto(kegiatan: Kegiatan, isi: Mapping[str, str]) -> dict[str, str]:
    """Return the line about the photo; both sides are equal when the phone wants nothing else than what is there."""
    server = "ada" if kegiatan.sidik_foto else "tidak ada"
    hp = "tidak ada" if isi.get("hapus_foto") else server
    if isi.get("foto") and sidik_teks(isi["foto"]) != kegiatan.sidik_foto:
        hp, server = "foto baru", "foto lain" if kegiatan.sidik_foto else server
    return baris_beda("Foto", hp, server)


def daftar_ringkas(oleh: Pengguna, cakupan: Cakupan) -> list[dict[str, Any]]:
    """Return her own activities of this and last month, newest first, at most PALING_BANYAK. Two queries."""
    lalu = bulan_lalu()
    milik = Kegiatan.objects.dalam(cakupan).berlaku().filter(dicatat_oleh=oleh, tanggal__gte=lalu)
    daftar = list(milik.select_related("macam")[:PALING_BANYAK])
    tutup = yang_disetujui(desa_bulan(k) for k in daftar)
    return [ringkas(k, terkunci=desa_bulan(k) in tutup) for k in daftar]
