"""Routes below /laporan/."""

from django.urls import path

from laporan.views import bulanan, daftar, pengecualian, tinjau

app_name = "laporan"
urlpatterns = [
    path("", daftar.daftar, name="daftar"),
    path("pengecualian/", pengecualian.daftar, name="pengecualian"),
    path("pengecualian/<int:pk>/akhiri/", pengecualian.akhiri, name="akhiri_pengecualian"),
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
