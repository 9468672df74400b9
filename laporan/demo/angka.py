"""Invented contents of a monthly report. The numbers of PUS are made up: no real number per desa is known to us."""

from akseptor.enums import Metode
from laporan.bulanan.formulir import Susunan, kunci_lalu, kunci_target
from laporan.demo.acak import Acak

# Shares of all couples that use a method, and of those that use none.
PA = {
    Metode.SUNTIK: 0.5,
    Metode.PIL: 0.19,
    Metode.IMPLAN: 0.12,
    Metode.IUD: 0.09,
    Metode.MOW: 0.05,
    Metode.KONDOM: 0.04,
    Metode.MOP: 0.01,
}
BUKAN_PA = {"hamil": 0.17, "ias": 0.31, "iat": 0.2, "tial": 0.32}
# A year's target of new acceptors (PPM), as share of PUS.
PPM = {
    Metode.SUNTIK: 0.03,
    Metode.PIL: 0.015,
    Metode.IMPLAN: 0.016,
    Metode.IUD: 0.01,
    Metode.MOW: 0.004,
    Metode.KONDOM: 0.003,
    Metode.MOP: 0.001,
}


def isi_laporan(acak: Acak, susunan: Susunan, *, selisih: int = 0) -> dict[str, int]:
    """Return every stored value of a report but the reported numbers. `selisih`: by how much PUS is off."""
    pus = acak.randint(380, 1_450)
    angka = _keadaan(acak) | _kegiatan(acak) | _kelompok(acak) | _pus(acak, pus)
    isi = {k: angka.get(k, 0) for k in susunan.isian}
    isi[susunan.imbang_jumlah] = sum(isi[k] for k in susunan.imbang_dari) + selisih
    for m in susunan.metode:
        target = round(pus * PPM[m] * acak.uniform(0.7, 1.3))
        isi |= {kunci_target(m): target, kunci_lalu(m): round(target * acak.uniform(0.2, 0.45))}
    return isi


def _keadaan(acak: Acak) -> dict[str, int]:
    ada = {"ppkbd": 1, "subppkbd": acak.randint(3, 11), "kelompok_kb": acak.randint(6, 30)}
    ada |= {"uppka": acak.randint(0, 2)}
    isi = {f"{k}_ada": n for k, n in ada.items()}
    return isi | {f"{k}_dilaporkan": max(n - acak.choice((0, 0, 0, 1)), min(n, 1)) for k, n in ada.items()}


def _kegiatan(acak: Acak) -> dict[str, int]:
    return {"rakor": acak.randint(1, 2), "kie": acak.randint(2, 9), "toma_toga": acak.randint(1, 6)}


def _kelompok(acak: Acak) -> dict[str, int]:
    """The three family groups and UPPKA: each number is a part of the one before it."""
    isi = {}
    for nama in ("bkb", "bkr", "bkl"):
        ada = acak.randint(0, 3)
        anggota = sum(acak.randint(12, 24) for _ in range(ada))
        pus = round(anggota * acak.uniform(0.4, 0.9))
        isi |= {
            f"{nama}_ada": ada,
            f"{nama}_dilaporkan": ada,
            f"{nama}_sasaran": round(anggota * acak.uniform(1.2, 3)),
            f"{nama}_anggota": anggota,
            f"{nama}_anggota_pus": pus,
            f"{nama}_pus_kb": round(pus * acak.uniform(0.6, 0.9)),
            f"{nama}_pertemuan": ada,
        }
    anggota = acak.randint(0, 20)
    pus = round(anggota * acak.uniform(0.5, 0.9))
    return isi | {
        "uppka_anggota": anggota,
        "uppka_masih_pus": pus,
        "uppka_pus_kb": round(pus * acak.uniform(0.6, 0.9)),
        "uppka_pertemuan": acak.randint(0, 1),
    }


def _pus(acak: Acak, pus: int) -> dict[str, int]:
    peserta = round(pus * acak.uniform(0.68, 0.8))
    isi = {f"pa_{m.value}": round(peserta * bagian * acak.uniform(0.8, 1.2)) for m, bagian in PA.items()}
    return isi | {k: round((pus - peserta) * bagian * acak.uniform(0.8, 1.2)) for k, bagian in BUKAN_PA.items()}
