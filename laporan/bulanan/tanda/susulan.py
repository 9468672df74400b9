"""Flags of late records that a signed report may have counted already, without having them.

Its kader knew more new acceptors than were recorded and reported them, with a reason. When their records arrive after
the approval they are susulan of the next report: then the same women would stand in both.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from akseptor.enums import Metode
from laporan.bulanan.formulir import kunci_lapor
from laporan.bulanan.tanda.catatan import Catatan
from laporan.bulanan.tanda.jenis import Jenis, Tanda
from laporan.enums import StatusLaporan
from laporan.models import LaporanBulanan
from poskb.dasar.waktu import tulis_bulan

# (kode desa, month of the service, method) to its late records.
Susulan = dict[tuple[str, dt.date, str], list[uuid.UUID]]


def tanda_susulan(catatan: Mapping[str, Sequence[Catatan]], bulan: dt.date) -> dict[str, list[Tanda]]:
    """Return {kode desa: flags} of a month's late records. One query; none where nothing is late."""
    susulan = _susulan(catatan, bulan)
    if not susulan:
        return {}
    asal = LaporanBulanan.objects.filter(
        status=StatusLaporan.DISETUJUI,
        desa_id__in={kode for kode, _, _ in susulan},
        bulan__in={b for _, b, _ in susulan},
    )
    laporan = {
        (kode, b): (isi, baru, alasan)
        for kode, b, isi, baru, alasan in asal.values_list(
            "desa_id", "bulan", "isi", "dihitung__baru", "alasan_selisih"
        )
    }
    hasil: dict[str, list[Tanda]] = defaultdict(list)
    for (kode, b, metode), pk in sorted(susulan.items()):
        isi, baru, alasan = laporan.get((kode, b), ({}, {}, {}))
        tercatat = (baru or {}).get(metode, 0)
        lapor = isi.get(kunci_lapor(metode), tercatat)
        if lapor > tercatat:
            kalimat = _kalimat(metode, b, len(pk), lapor, tercatat, alasan.get(metode, ""))
            hasil[kode].append(Tanda(Jenis.SUSULAN, kalimat, f"#catatan-{pk[0]}", tuple(pk)))
    return dict(hasil)


def _susulan(catatan: Mapping[str, Sequence[Catatan]], bulan: dt.date) -> Susulan:
    hasil: Susulan = defaultdict(list)
    for kode, semua in catatan.items():
        for c in semua:
            if c.bulan < bulan:
                hasil[kode, c.bulan, c.metode].append(c.pk)
    return hasil


def _kalimat(metode: str, bulan: dt.date, banyak: int, lapor: int, tercatat: int, alasan: str) -> str:
    nama = tulis_bulan(bulan)
    sebab = f" Alasannya waktu itu: “{alasan}”." if alasan else ""
    return (
        f"{Metode(metode).label}: {banyak} susulan dari {nama}, padahal laporan {nama} sudah melaporkan {lapor} "
        f"dari {tercatat} yang tercatat.{sebab} Bila ibunya sama, kembalikan: angka bulan ini ditulis tanpa mereka, "
        "dengan alasan."
    )
