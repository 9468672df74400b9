"""The people of the demo: five sign-ins, a kader per desa, an officer per three to five desa."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.auth.hashers import make_password

from kader.enums import Peran
from kader.models import Pengguna, Penugasan, Wilayah
from laporan.demo import nama
from laporan.demo.acak import Acak

SANDI = "pos-kb-1831"
BERTUGAS_SEJAK = dt.date(2021, 1, 4)
KECAMATAN = "32.14.04"  # Plered
DESA_KADER = "32.14.04.2006"  # Citeko
# The desa of the officer who signs in as `plkb`: the kader's, then one per thing she has to do.
DESA_TUNGGU, DESA_SIAP, DESA_SETUJU, DESA_DRAF = (f"32.14.04.20{n}" for n in ("05", "07", "08", "09"))
DESA_PLKB = (DESA_TUNGGU, DESA_KADER, DESA_SIAP, DESA_SETUJU, DESA_DRAF)
TETAP = {
    "kader": ("Enung Rostika", Peran.KADER),
    "plkb": ("Diah Permatasari, S.Sos.", Peran.PLKB),
    "koordinator": ("Dadan Supriatna, S.KM.", Peran.KOORDINATOR),
    "dppkb": ("Rosita Anggraeni, S.KM.", Peran.DPPKB),
    "admin": ("Admin Pos KB", Peran.ADMIN),
}


@dataclass(frozen=True)
class Orang:
    """Kader and officer by the code of their desa; the named ones by their sign-in."""

    kader: dict[str, Pengguna]
    petugas: dict[str, Pengguna]
    tetap: dict[str, Pengguna]


def buat_orang(acak: Acak, desa: list[Wilayah]) -> Orang:
    """Make people and their assignments."""
    sandi, tanpa_sandi = make_password(SANDI), make_password(None)
    tetap = {n: Pengguna(nama_masuk=n, nama=sebut, peran=p, password=sandi) for n, (sebut, p) in TETAP.items()}
    kader = {DESA_KADER: tetap["kader"]}
    for d in desa:
        kader.setdefault(
            d.kode,
            Pengguna(nama_masuk=f"kader-{d.kode}", nama=nama.istri(acak), peran=Peran.KADER, password=tanpa_sandi),
        )
    petugas = dict.fromkeys(DESA_PLKB, tetap["plkb"])
    for nomor, kelompok in enumerate(binaan([d.kode for d in desa if d.kode not in petugas]), start=1):
        satu = Pengguna(nama_masuk=f"plkb-{nomor:03}", nama=nama.petugas(acak), peran=Peran.PLKB, password=tanpa_sandi)
        petugas |= dict.fromkeys(kelompok, satu)
    # One object may stand for several desa: each person once, in this order.
    semua = {p.nama_masuk: p for p in [*tetap.values(), *kader.values(), *petugas.values()]}
    Pengguna.objects.bulk_create(semua.values())
    tugas = [(p, k) for k, p in [*sorted(kader.items()), *sorted(petugas.items())]]
    tugas.append((tetap["koordinator"], KECAMATAN))
    Penugasan.objects.bulk_create(
        Penugasan(pengguna=p, wilayah_id=k, sebagai=p.peran, mulai=BERTUGAS_SEJAK) for p, k in tugas
    )
    return Orang(kader, petugas, tetap)


def binaan(kode_desa: list[str]) -> list[list[str]]:
    """Cut the desa of each kecamatan into groups of three to five neighbours."""
    per_kecamatan: dict[str, list[str]] = {}
    for kode in kode_desa:
        per_kecamatan.setdefault(kode[:8], []).append(kode)
    kelompok = []
    for kode in per_kecamatan.values():
        banyak = -(-len(kode) // 5)
        potong = [len(kode) * i // banyak for i in range(banyak + 1)]
        kelompok += [kode[a:b] for a, b in pairwise(potong)]
    return kelompok
