"""How many acceptors each desa gets: kecamatan that lead and lag, and the state of every June report."""

import math
from dataclasses import dataclass

from kader.models import Wilayah
from laporan.demo.acak import Acak
from laporan.demo.kisah import STATUS_LAPORAN, jumlah_dihitung
from laporan.enums import StatusLaporan
from laporan.models import Kampanye

# Share of the straight line to the target that each kecamatan has reached. Invented; some lead, some lag.
LAJU = {
    "32.14.01": 0.86,
    "32.14.02": 0.58,
    "32.14.03": 1.12,
    "32.14.04": 0.93,
    "32.14.05": 0.71,
    "32.14.06": 1.24,
    "32.14.07": 0.35,
    "32.14.08": 0.52,
    "32.14.09": 1.46,
    "32.14.10": 1.05,
    "32.14.11": 0.77,
    "32.14.12": 0.95,
    "32.14.13": 0.64,
    "32.14.14": 1.9,
    "32.14.15": 0.41,
    "32.14.16": 0.83,
    "32.14.17": 0.98,
}
BELUM = "belum"
STATUS = (
    (StatusLaporan.DISETUJUI, 0.45),
    (StatusLaporan.DIKIRIM, 0.22),
    (StatusLaporan.DIKEMBALIKAN, 0.08),
    (StatusLaporan.DRAF, 0.12),
)


@dataclass(frozen=True)
class Rencana:
    """`jumlah`: couples that will count, by desa. `status`: state of the June report, or "belum"."""

    jumlah: dict[str, int]
    status: dict[str, str]


def susun_rencana(acak: Acak, desa: list[Wilayah], kampanye: Kampanye) -> Rencana:
    """Share what each kecamatan reached among its desa, unevenly, and deal out the states."""
    kode = [d.kode for d in desa]
    return Rencana(_jumlah(acak, kode, kampanye), _status(acak, kode))


def _jumlah(acak: Acak, desa: list[str], kampanye: Kampanye) -> dict[str, int]:
    lewat = ((acak.hari_ini - kampanye.mulai).days + 1) / kampanye.lama
    # Not the stored shares: the story was drawn with these numbers, and others would move every draw after them.
    rata, lebih = divmod(kampanye.target, len(desa))
    target = {k: rata + (n < lebih) for n, k in enumerate(desa)}
    berkisah = jumlah_dihitung()  # told one by one (laporan/demo/kisah.py), not drawn by lot
    jumlah = dict.fromkeys(desa, 0) | berkisah
    for kecamatan, laju in LAJU.items():
        milik = [k for k in desa if k.startswith(kecamatan + ".")]
        bebas = [k for k in milik if k not in berkisah]
        sisa = math.ceil(laju * lewat * sum(target[k] for k in milik)) - sum(berkisah.get(k, 0) for k in milik)
        bobot = [acak.uniform(0.3, 1.7) for _ in bebas]
        for k in acak.choices(bebas, weights=bobot, k=sisa):
            jumlah[k] += 1
    return jumlah


def _status(acak: Acak, desa: list[str]) -> dict[str, str]:
    status = dict.fromkeys(desa, BELUM) | STATUS_LAPORAN
    bebas = [k for k in desa if k not in STATUS_LAPORAN]
    acak.shuffle(bebas)
    for nama, bagian in STATUS:
        sudah = sum(s == nama for s in STATUS_LAPORAN.values())
        banyak = round(bagian * len(desa)) - sudah
        status |= dict.fromkeys(bebas[:banyak], nama)
        bebas = bebas[banyak:]
    return status
