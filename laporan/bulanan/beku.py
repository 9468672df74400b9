"""What an approval signs and keeps: the rows it counts, the cumulative numbers, the evidence per role."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from akseptor.models import Pelayanan
from laporan.bulanan.bukti import tulis_beku
from laporan.bulanan.lembar import Lembar


def isi_beku(lembar: Lembar, catatan: Sequence[Pelayanan]) -> dict[str, Any]:
    """Return what `LaporanBulanan.dihitung` keeps. `catatan`: the services that count in this report."""
    baru: dict[str, int] = {}
    for p in catatan:
        baru[p.metode] = baru.get(p.metode, 0) + 1
    return {
        "baru": baru,
        "sd_lalu": {m: lembar.sd_lalu(m) for m in lembar.susunan.metode},
        "catatan": sorted(str(p.pk) for p in catatan),
        "peran": tulis_beku(lembar.kegiatan),
    }


def sidik(lembar: Lembar, catatan: Sequence[Pelayanan]) -> str:
    """Return a short hash of all that an approval would sign: whoever approves sends back what she saw."""
    baris = sorted(f"{p.pk} {p.metode} {p.tanggal}" for p in catatan)
    isi = json.dumps([isi_beku(lembar, catatan), baris], sort_keys=True)
    return hashlib.sha256(isi.encode()).hexdigest()[:32]
