"""Who may what: a row for every route of the product, and what a test must know to call it.

tests/test_izin.py asks every route by it; a route without a row fails there. tests/baris walks the same table.
"""

from django.urls import URLPattern

from tests import tenggat
from tests.alat import CITEKO

K, P, KO, D, A = "kader", "plkb", "koordinator", "dppkb", "admin"
SEMUA = (K, P, KO, D, A)

# route: (method, roles that are let in, roles for which a foreign area is not found)
# A role that is not named is refused with 403. DPPKB and admin have no foreign area inside the kabupaten.
ATURAN = {
    "beranda": ("get", SEMUA),
    "keluar": ("post", SEMUA),
    "akseptor:daftar": ("get", (K, P, KO, D)),
    "akseptor:baru": ("get", (K,)),
    "akseptor:buka_data": ("get", (D,)),
    "akseptor:sinkron": ("post", (K,)),
    "akseptor:cadangan": ("get", (P,)),
    "akseptor:titipan": ("get", (P, KO)),
    "akseptor:ambil_titipan": ("post", (P, KO)),
    "akseptor:selesai_titipan": ("post", (P, KO)),
    "akun:halaman": ("get", SEMUA),
    "akun:sandi": ("get", SEMUA),
    "akun:keluarkan": ("post", SEMUA),
    "akun:keluarkan_lain": ("post", SEMUA),
    "akun:verifikasi": ("get", (P, KO, D, A)),
    "akun:cadangan": ("post", (P, KO, D, A)),
    "akun:lepas": ("post", (P, KO, D, A)),
    "orang:daftar": ("get", (P, KO, D, A)),
    "orang:baru": ("get", (P, KO, D, A)),
    "orang:rinci": ("get", (P, KO, D, A)),
    "orang:pindah": ("get", (P, KO, D, A)),
    "orang:kode": ("post", (P, KO, D, A)),
    "orang:cabut_kode": ("post", (P, KO, D, A)),
    "orang:nonaktifkan": ("post", (P, KO, D, A)),
    "orang:aktifkan": ("post", (P, KO, D, A)),
    "orang:atur_ulang_totp": ("post", (P, KO, D, A)),
    "orang:keluarkan": ("post", (P, KO, D, A)),
    "hp": ("get", (K,)),
    "hp_data": ("get", (K,)),
    "hp_kunci": ("get", (K,)),
    "akseptor:rinci": ("get", (K, P, KO, D)),
    "akseptor:lihat_rahasia": ("post", (K, P, KO, D)),
    "akseptor:pindah_desa": ("post", (P, KO)),
    "akseptor:pelayanan_baru": ("get", (K,)),
    "akseptor:putuskan_duplikat": ("post", (P,)),
    "akseptor:ubah": ("get", (K,)),
    "akseptor:pindah_tahap": ("post", (K,)),
    "akseptor:persetujuan": ("post", (K,)),
    "akseptor:verifikasi": ("post", (P,)),
    "akseptor:kembalikan": ("post", (P,)),
    "kunjungan:daftar": ("get", (P, KO)),
    "kunjungan:catat": ("get", (P,)),
    "kunjungan:ubah": ("get", (P,)),
    "kunjungan:tarik": ("post", (P,)),
    "laporan:daftar": ("get", SEMUA),
    "laporan:kelengkapan": ("get", (P, KO, D)),
    "laporan:bulanan": ("get", SEMUA),
    "laporan:kirim": ("post", (K,)),
    "laporan:nihil": ("post", (K,)),
    "laporan:tarik": ("post", (K,)),
    "laporan:kembalikan": ("post", (P,)),
    "laporan:setujui": ("post", (P,)),
    "laporan:verifikasi_bersih": ("post", (P,)),
    "laporan:tutup": ("post", (P,)),
    "laporan:buka_kembali": ("post", (KO, D)),
    "laporan:pengecualian": ("get", (D,)),
    "laporan:akhiri_pengecualian": ("post", (D,)),
    "pesan:daftar": ("get", (P,)),
    "pesan:tandai": ("post", (P,)),
    "pesan:urungkan": ("post", (P,)),
    "petugas:daftar": ("get", (KO, D)),
    "petugas:pengganti": ("get", (KO, D)),
    "petugas:akhiri": ("post", (KO, D)),
    "laporan:ekspor": ("get", (P, KO, D, A)),
    "laporan:ekspor_data": ("get", (P, KO, D, A)),
    "laporan:ekspor_unduh": ("get", (P, KO, D, A)),
    "laporan:ekspor_hapus": ("post", (P, KO, D, A)),
    "laporan:cetak": ("get", SEMUA),
    "laporan:siga": ("get", (P, KO, D)),
    "laporan:siga_tandai": ("post", (P, KO, D)),
    "laporan:siga_batalkan": ("post", (P, KO, D)),
    "kegiatan:daftar": ("get", (K, P, KO, D)),
    "kegiatan:baru": ("get", (K,)),
    "kegiatan:ubah": ("get", (K,)),
    "kegiatan:foto": ("get", (K, P, KO)),
    "kegiatan:hapus": ("post", (K,)),
    "kegiatan:pulihkan": ("post", (K,)),
    "kampanye:daftar": ("get", (P, KO, D, A)),
    "kampanye:baru": ("get", (D, A)),
    "kampanye:bobot": ("get", (D, A)),
    "kampanye:rinci": ("get", (P, KO, D, A)),
    "kampanye:ubah": ("get", (D, A)),
    "kampanye:bagian": ("get", (D, A)),
    "kampanye:tutup": ("post", (D, A)),
    "kampanye:buka_kembali": ("post", (D, A)),
    "kampanye:hapus": ("post", (D, A)),
    "imp:daftar": ("get", (P, KO, D)),
    "imp:desa": ("get", (P, KO, D)),
    "dasbor:kabupaten": ("get", SEMUA),
    "dasbor:data_kabupaten": ("get", SEMUA),
    "dasbor:wilayah": ("get", SEMUA),
    "dasbor:data_wilayah": ("get", SEMUA),
    "token:daftar": ("get", (D, A)),
    "token:cabut": ("post", (D, A)),
    "hak:daftar": ("get", (P, KO, D)),
    "hak:baru": ("get", (K, P, KO, D)),
    "hak:rinci": ("get", (P, KO, D)),
    "hak:jawab": ("post", (D,)),
    "hak:koreksi": ("post", (D,)),
    "hak:hapus": ("post", (D,)),
    "hak:salinan": ("post", (D,)),
    "jejak:daftar": ("get", (D, A)),
    "jejak:insiden": ("get", (D,)),
    "jejak:orang": ("get", (P, KO, D)),
    "jejak:cetak": ("post", (P, KO, D)),
    "dasbor:ringkasan": ("get", (P, KO, D, A)),
    "dasbor:ringkasan_pdf": ("get", (P, KO, D, A)),
    "dasbor:ringkasan_png": ("get", (P, KO, D, A)),
    "dasbor:ringkasan_xlsx": ("get", (P, KO, D, A)),
    "dasbor:batas": ("get", SEMUA),
    "dasbor:catatan": ("get", (K, P, KO, D)),
    "dasbor:tempat": ("get", SEMUA),
    "dasbor:layar": ("get", (KO, D, A)),
    "dasbor:layar_wilayah": ("get", (KO, D, A)),
}
TERBUKA = {"masuk", "kode", "akseptor:titip", "sehat", "sehat_web", "luring", "pekerja", "manifes", "api:openapi"}
# For other offices: a key, and no session of anybody (tests/api).
BERTOKEN = {"api:kampanye", "api:capaian", "api:wilayah", "api:data_value_sets"}
# Asked with a ticket that a page carries, whoever is signed in: tests/dasbor/test_hidup.py.
KARCIS = {"dasbor:hidup"}
TANPA_WILAYAH = {"beranda", "keluar", "akseptor:daftar", "akseptor:baru", "akseptor:buka_data", "laporan:daftar"} | {
    "akseptor:sinkron",
    "akseptor:cadangan",
    "akseptor:titipan",
    "akun:halaman",
    "akun:sandi",
    "akun:keluarkan_lain",
    "akun:verifikasi",
    "akun:cadangan",
    "akun:lepas",
    "orang:daftar",
    "laporan:pengecualian",
    "pesan:daftar",
    "petugas:daftar",
    "laporan:ekspor",
    "laporan:ekspor_data",
    "laporan:siga",
    "kegiatan:daftar",
    "kegiatan:baru",
    "kunjungan:daftar",
    "imp:daftar",
    "kampanye:daftar",
    "kampanye:baru",
    "kampanye:bobot",
    "laporan:kelengkapan",
    "hp",
    "hp_data",
    "hp_kunci",
    "dasbor:kabupaten",
    "dasbor:data_kabupaten",
    "token:daftar",
    "dasbor:batas",
    "dasbor:layar",
    "hak:daftar",
    "jejak:daftar",
    "jejak:insiden",
}
# They belong to whoever made them, whatever the area: tests/laporan/ekspor. Here they are always somebody else's.
MILIK_PEMBUAT = {"laporan:ekspor_unduh", "laporan:ekspor_hapus"}
ALASAN = {
    "alasan": "diuji oleh tes izin",
    "tindakan": "batal",
    "orang_sama": "bukan",
    "desa": CITEKO,
    "catatan_umum": "x",
    "status": "dikirim",
}


# Routes of deadlines, messages and substitutes: a row of theirs in an area. Everybody in it is taken from the database.
TENGGAT = {
    "laporan:akhiri_pengecualian": tenggat.pengecualian,
    "pesan:tandai": tenggat.pesan,
    "pesan:urungkan": tenggat.pesan,
    "petugas:pengganti": tenggat.petugas,
    "petugas:akhiri": tenggat.penggantian,
    "token:cabut": tenggat.token,
    "akseptor:ambil_titipan": tenggat.titipan,
    "akseptor:selesai_titipan": tenggat.titipan,
} | {
    f"orang:{nama}": tenggat.kader
    for nama in ("rinci", "pindah", "kode", "cabut_kode", "nonaktifkan", "aktifkan", "atur_ulang_totp")
}
# The rows are kaders; an admin looks after DPPKB and other admins (tests/kader/akun/test_orang.py).
BUKAN_ADMIN = {r for r in ATURAN if r.startswith("orang:")} - {"orang:daftar"}
# Without a row of an area: a device of one's own, a form for somebody new.
TANPA_BARIS = {"akun:keluarkan", "orang:baru"}


def nama_rute(namespace: str, pola: URLPattern) -> str:
    return f"{namespace}:{pola.name}" if namespace else pola.name
