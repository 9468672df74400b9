"""What happened to the activities of a list, as people read it."""

from collections import defaultdict
from collections.abc import Iterable

from akseptor.riwayat import baca_ubahan
from kader.models import Jejak, Wilayah
from laporan.models import Kegiatan, MacamKegiatan


def pasang_riwayat(daftar: Iterable[Kegiatan]) -> None:
    """Give every activity `.riwayat`: its acts, newest first, each with `.ubahan`. At most three queries for all."""
    berubah = {str(k.pk): k for k in daftar if k.versi > 1}
    jejak = Jejak.objects.filter(jenis="kegiatan", kunci__in=berubah).select_related("oleh").order_by("-pk")
    jejak = list(jejak) if berubah else []
    nama = _nama(jejak)
    milik = defaultdict(list)
    for j in jejak:
        j.ubahan = [baca_ubahan(m, *nilai, model=(Kegiatan,), nama=nama) for m, nilai in j.perubahan.items()]
        milik[j.kunci].append(j)
    for kunci, kegiatan in berubah.items():
        kegiatan.riwayat = milik[kunci]


def _nama(jejak: list[Jejak]) -> dict[tuple[str, str], str]:
    """Names of the kinds and desa that the changes speak of."""
    nama: dict[tuple[str, str], str] = {}
    medan = {m for j in jejak for m in j.perubahan}
    if "macam_id" in medan:
        nama |= {("macam_id", m.pk): m.nama for m in MacamKegiatan.objects.all()}
    if "desa_id" in medan:
        kode = {kode for j in jejak for kode in j.perubahan.get("desa_id", [])}
        desa = Wilayah.objects.filter(pk__in=kode).select_related("induk")
        nama |= {("desa_id", w.pk): str(w) for w in desa}
    return nama
