"""Routes below /laporan/."""

from django.urls import path

from laporan.views import bulanan, cetak, daftar, ekspor, kelengkapan, pengecualian, siga, tinjau

app_name = "laporan"
urlpatterns = [
    path("", daftar.daftar, name="daftar"),
    path("pengecualian/", pengecualian.daftar, name="pengecualian"),
    path("pengecualian/<int:pk>/akhiri/", pengecualian.akhiri, name="akhiri_pengecualian"),
    path("ekspor/", ekspor.halaman, name="ekspor"),
    path("ekspor/data.json", ekspor.data, name="ekspor_data"),
    path("ekspor/<uuid:pk>/", ekspor.unduh, name="ekspor_unduh"),
    path("ekspor/<uuid:pk>/hapus/", ekspor.hapus, name="ekspor_hapus"),
    path("siga/", siga.daftar, name="siga"),
    path("<kode:kode>/<str:bulan>/cetak.pdf", cetak.cetak, name="cetak"),
    path("<kode:kode>/<str:bulan>/siga/", siga.tandai, name="siga_tandai"),
    path("<kode:kode>/<str:bulan>/siga/batal/", siga.batalkan, name="siga_batalkan"),
    path("kelengkapan/", kelengkapan.halaman, name="kelengkapan"),
    path("<kode:kode>/<str:bulan>/", bulanan.halaman, name="bulanan"),
    path("<kode:kode>/<str:bulan>/kirim/", bulanan.kirim, name="kirim"),
    path("<kode:kode>/<str:bulan>/nihil/", bulanan.nihil, name="nihil"),
    path("<kode:kode>/<str:bulan>/tarik/", bulanan.tarik, name="tarik"),
    path("<kode:kode>/<str:bulan>/kembalikan/", bulanan.kembalikan, name="kembalikan"),
    path("<kode:kode>/<str:bulan>/setujui/", bulanan.setujui, name="setujui"),
    path("<kode:kode>/<str:bulan>/verifikasi-bersih/", tinjau.verifikasi_bersih, name="verifikasi_bersih"),
    path("<kode:kode>/<str:bulan>/tutup/", tinjau.tutup, name="tutup"),
    path("<kode:kode>/<str:bulan>/buka-kembali/", bulanan.buka_kembali, name="buka_kembali"),
]
