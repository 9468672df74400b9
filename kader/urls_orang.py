"""Routes below /orang/."""

from django.urls import path

from kader.views import orang

app_name = "orang"
urlpatterns = [
    path("", orang.daftar, name="daftar"),
    path("baru/<slug:peran>/", orang.baru, name="baru"),
    path("<int:pk>/", orang.rinci, name="rinci"),
    path("<int:pk>/pindah/", orang.pindah, name="pindah"),
    path("<int:pk>/kode/", orang.beri_kode, name="kode"),
    path("<int:pk>/kode/cabut/", orang.cabut_kode, name="cabut_kode"),
    path("<int:pk>/nonaktifkan/", orang.nonaktifkan, name="nonaktifkan"),
    path("<int:pk>/aktifkan/", orang.aktifkan, name="aktifkan"),
    path("<int:pk>/verifikasi/lepas/", orang.atur_ulang_totp, name="atur_ulang_totp"),
    path("<int:pk>/perangkat/<uuid:nomor>/keluarkan/", orang.keluarkan, name="keluarkan"),
]
