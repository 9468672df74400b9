"""Routes below /akun/."""

from django.urls import path

from kader.views import akun

app_name = "akun"
urlpatterns = [
    path("", akun.halaman, name="halaman"),
    path("sandi/", akun.sandi, name="sandi"),
    path("perangkat/<uuid:nomor>/keluarkan/", akun.keluarkan, name="keluarkan"),
    path("perangkat/keluarkan-lain/", akun.keluarkan_lain, name="keluarkan_lain"),
    path("verifikasi/", akun.verifikasi, name="verifikasi"),
    path("verifikasi/cadangan/", akun.cadangan, name="cadangan"),
    path("verifikasi/lepas/", akun.lepas, name="lepas"),
]
