"""Routes below /laporan/."""

from django.urls import path

from laporan.views import bulanan, daftar, kelengkapan

app_name = "laporan"
urlpatterns = [
    path("", daftar.daftar, name="daftar"),
    path("kelengkapan/", kelengkapan.halaman, name="kelengkapan"),
    path("<kode:kode>/<str:bulan>/", bulanan.halaman, name="bulanan"),
    path("<kode:kode>/<str:bulan>/kirim/", bulanan.kirim, name="kirim"),
    path("<kode:kode>/<str:bulan>/kembalikan/", bulanan.kembalikan, name="kembalikan"),
    path("<kode:kode>/<str:bulan>/setujui/", bulanan.setujui, name="setujui"),
    path("<kode:kode>/<str:bulan>/buka-kembali/", bulanan.buka_kembali, name="buka_kembali"),
]
