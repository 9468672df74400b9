"""New records that are simply new, written together: what most of a batch is, and what a single one is.

Reads and writes once for all of them. Whatever is not simple (an id that is known, a refusal, a person named as the
same or with the same NIK, two records that could be one person) is left to the road of a single record.
"""

import uuid
from collections import Counter
from collections.abc import Sequence

from django.db import IntegrityError, connection

from akseptor import actions
from akseptor.duplikat import beda_orang, cari_kemiripan
from akseptor.forms import FormKumpulan, Pilihan
from akseptor.kabar import kabar
from akseptor.sinkron.akseptor import isi_baru, keadaan, tanda_baru
from akseptor.sinkron.kiriman import Kiriman
from akseptor.sinkron.tanda import Tanda
from kader.baris import lintas_wilayah
from kader.models import Faskes

Pasang = tuple[Kiriman, FormKumpulan]
LIHAT = """
SELECT id::text, NULL FROM akseptor_pelayanan WHERE id = ANY(%(id)s)
UNION ALL
SELECT id::text, nama FROM kader_faskes WHERE aktif AND id = ANY(%(faskes)s::bigint[])
"""


def terima_sekaligus(kiriman: Sequence[Kiriman]) -> dict[uuid.UUID, Tanda]:
    """Take what is simply new out of one kader's batch; return its receipts by id."""
    calon = _periksa(_sederhana(kiriman))
    if not calon:
        return {}
    k = calon[0][0]
    for (_, form), mirip in zip(calon, cari_kemiripan([f.ditanya for _, f in calon], k.cakupan), strict=True):
        form.kemiripan = mirip
    isian = [form.isian(dicatat_pada=satu.dicatat_pada, sidik=satu.sidik) for satu, form in calon]
    try:
        ditulis = actions.catat_banyak(k.oleh, k.cakupan, isian)
    except IntegrityError:
        return {}  # an id was taken meanwhile: one by one, each gets its own answer
    for satu, form in calon:
        if satu.id in ditulis:
            ditulis[satu.id].faskes = form.cleaned_data["faskes"]
    berita = kabar(ditulis.values())
    return {
        satu.id: tanda_baru(satu, form, ditulis[satu.id], berita.get(satu.id, ""))
        for satu, form in calon
        if satu.id in ditulis
    }


def _sederhana(kiriman: Sequence[Kiriman]) -> list[Kiriman]:
    """Keep new records without a question in them whose id is not twice in the batch."""
    berapa = Counter(k.id for k in kiriman)
    return [
        k
        for k in kiriman
        if k.jenis == "akseptor"
        and k.versi is None
        and k.serah is None
        and not k.tanya
        and not k.isi.get("orang_sama")
        and "akseptor" not in k.isi
        and berapa[k.id] == 1
    ]


def _lihat(kiriman: Sequence[Kiriman]) -> tuple[set[uuid.UUID], list[Faskes]]:
    """Return which of the ids are known, and the open places among those named. One query, by hand: it is hot."""
    nomor = {f for k in kiriman if (f := k.isi.get("faskes", "")).isascii() and f.isdecimal() and len(f) < 10}
    with lintas_wilayah("nomor catatan berlaku di semua desa"), connection.cursor() as cursor:
        cursor.execute(LIHAT, {"id": [k.id for k in kiriman], "faskes": [int(f) for f in nomor]})
        baris = cursor.fetchall()
    faskes = [Faskes(pk=int(kunci), nama=nama) for kunci, nama in baris if nama is not None]
    return {uuid.UUID(kunci) for kunci, nama in baris if nama is None}, faskes


def _periksa(kiriman: Sequence[Kiriman]) -> list[Pasang]:
    """Keep what is not there yet and the form accepts, of records that could be one person the first."""
    if not kiriman:
        return []
    ada, faskes = _lihat(kiriman)
    pilihan = Pilihan(kiriman[0].cakupan, faskes)
    pasang = [(k, FormKumpulan(isi_baru(k), pilihan=pilihan, **keadaan(k))) for k in kiriman if k.id not in ada]
    baik = [(k, form) for k, form in pasang if form.is_valid()]
    beda = beda_orang([form.ditanya for _, form in baik])
    return [satu for satu, sendiri in zip(baik, beda, strict=True) if sendiri]
