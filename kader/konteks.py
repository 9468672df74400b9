"""What every page shows: the pinned clock, the menu of the role."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import reverse

from kader.enums import Peran
from poskb.dasar.tetap import nama_kunci
from poskb.dasar.waktu import dipatok, sekarang, tulis_tanggal


@dataclass(frozen=True)
class Menu:
    """One entry of the navigation. `aktif`: "page" when it is open, "true" when a page below it is, else ""."""

    url: str
    label: str
    ikon: str
    aktif: str


BERANDA = ("beranda", "Beranda", "rumah")
AKSEPTOR = ("akseptor:daftar", "Akseptor", "orang")
BARU = ("akseptor:baru", "Catat", "tambah")
KEGIATAN = ("kegiatan:daftar", "Kegiatan", "kegiatan")
LAPORAN = ("laporan:daftar", "Laporan", "laporan")
DASBOR = ("dasbor:kabupaten", "Capaian", "grafik")
KAMPANYE = ("kampanye:daftar", "Kampanye", "kampanye")
PETUGAS = ("petugas:daftar", "Petugas", "petugas")
AKUN = ("orang:daftar", "Akun", "orang")
RIWAYAT = ("jejak:daftar", "Riwayat", "jam")
ADMIN = ("admin:index", "Kelola", "pengaturan")
MENU = {
    Peran.KADER: (BERANDA, BARU, AKSEPTOR, KEGIATAN, LAPORAN),
    Peran.PLKB: (BERANDA, LAPORAN, AKSEPTOR, KEGIATAN, DASBOR),
    Peran.KOORDINATOR: (BERANDA, LAPORAN, AKSEPTOR, KEGIATAN, DASBOR),
    Peran.DPPKB: (DASBOR, LAPORAN, AKSEPTOR, KEGIATAN, KAMPANYE, PETUGAS),
    Peran.ADMIN: (DASBOR, LAPORAN, KAMPANYE, AKUN, RIWAYAT, ADMIN),
}
# Pages that are reached from another section than their own.
DARI = {"kunjungan": "laporan", "imp": "laporan", "pesan": "laporan", "hak": "akseptor", "jejak": "akseptor"}


@lru_cache(maxsize=512)
def menu(peran: Peran, aktif: str = "") -> list[Menu]:
    """Return the navigation of a role; `aktif` is the route that is open."""
    bagian = aktif.partition(":")[0]
    pangkal = {f"{DARI.get(bagian, bagian)}:{nama}" for nama in ("daftar", "kabupaten")} if ":" in aktif else set()
    terbuka = dict.fromkeys(pangkal, "true")
    if any(nama == aktif for nama, _, _ in MENU[peran]):
        terbuka = {aktif: "page"}
    return [Menu(reverse(nama), label, ikon, terbuka.get(nama, "")) for nama, label, ikon in MENU[peran]]


def produk(request: HttpRequest) -> dict[str, object]:
    """Context processor: `jam_dipatok`, `jam_produk`, `menu`, `nama_kunci`, `kerangka`. Costs no query.

    `kerangka`: the phone asks for an empty form to keep (`?kerangka=1`), the same for every time of day and session.
    """
    patok = dipatok()
    konteks: dict[str, object] = {
        "jam_dipatok": tulis_tanggal(patok) if patok else "",
        "jam_produk": sekarang().isoformat(timespec="seconds"),
        "nama_kunci": nama_kunci(),
        "kerangka": request.GET.get("kerangka") == "1",
    }
    pengguna = getattr(request, "user", None)
    if pengguna is not None and pengguna.is_authenticated:
        cocok = request.resolver_match.view_name if request.resolver_match else ""
        konteks["menu"] = menu(Peran(pengguna.peran), cocok)
    return konteks
