"""A batch: each record atomic, what is new before what changes it, receipts in the order sent."""

import logging
import uuid
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from akseptor.sinkron.jam import Jam
from akseptor.sinkron.jenis import PENANGAN
from akseptor.sinkron.kiriman import TIDAK_TERBACA, Kiriman, baca_kiriman
from akseptor.sinkron.sekaligus import terima_sekaligus
from akseptor.sinkron.serah import Penyerahan
from akseptor.sinkron.tanda import DITOLAK, SEMUA, Tanda
from kader.baris import menyerahkan
from kader.cakupan import Cakupan
from kader.models import Pengguna
from poskb.dasar.tolak import Ditolak

PALING_BANYAK = 100
SALAH_KAMI = (
    "Ada yang salah di server saat menerima catatan ini. Kesalahannya sudah tercatat. Buka catatannya, lalu simpan "
    "lagi nanti."
)
log = logging.getLogger(__name__)


def terima_kumpulan(
    oleh: Pengguna,
    cakupan: Cakupan,
    catatan: list[dict[str, Any]],
    jam: Jam,
    *,
    terbuka: Cakupan | None = None,
) -> list[Tanda]:
    """Take a batch and return one receipt per record. Never raises for what a record says.

    `terbuka`: the area of who brings it in, when that is not the kader herself.
    """
    penyerahan = Penyerahan(oleh, cakupan, terbuka or cakupan)
    tanda: dict[int, Tanda] = {}
    kiriman: list[tuple[int, Kiriman]] = []
    for urut, satu in enumerate(catatan):
        try:
            satu_kiriman = baca_kiriman(oleh, cakupan, satu, jam.saat_dicatat(satu.get("dicatat_pada")))
            kiriman.append((urut, penyerahan.periksa(satu_kiriman)))
        except Ditolak as tolak:
            tanda[urut] = _tak_terbaca(satu, tolak.pesan)
    sekaligus = _sekaligus([k for _, k in kiriman])
    for urut, satu_kiriman in sorted(kiriman, key=lambda k: (k[1].versi or 0, k[0])):
        tanda[urut] = sekaligus.get(satu_kiriman.id) or _terima_satu(satu_kiriman)
    return [tanda[urut] for urut in range(len(catatan))]


def _sekaligus(kiriman: list[Kiriman]) -> dict[uuid.UUID, Tanda]:
    try:
        return terima_sekaligus(kiriman)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        # One of them is to blame; alone, each gets its own answer.
        log.exception("kumpulan gagal diterima sekaligus")
        return {}


def _terima_satu(kiriman: Kiriman) -> Tanda:
    penangan = PENANGAN.get(kiriman.jenis)
    if penangan is None:
        return kiriman.ditolak(TIDAK_TERBACA)
    try:
        with transaction.atomic(), _tempat(kiriman):
            return penangan(kiriman)
    except (OperationalError, InterfaceError):
        # The database itself: the whole batch is asked again later.
        raise
    except Exception:
        log.exception("catatan gagal diterima: %s", kiriman.id)
        return kiriman.ditolak(SALAH_KAMI)


def _tempat(kiriman: Kiriman) -> AbstractContextManager[None]:
    return menyerahkan(kiriman.serah.kode[0], kiriman.id) if kiriman.serah else nullcontext()


def _tak_terbaca(catatan: dict[str, Any], pesan: str) -> Tanda:
    kunci, jenis = catatan.get("id"), catatan.get("jenis")
    return Tanda(
        id=kunci if isinstance(kunci, str) else "",
        jenis=jenis if isinstance(jenis, str) else "akseptor",
        hasil=DITOLAK,
        pesan=pesan,
        galat={SEMUA: [pesan]},
    )
