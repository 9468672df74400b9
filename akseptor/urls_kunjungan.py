"""Routes below /kunjungan/."""

from django.urls import path

from akseptor.views import kunjungan, kunjungan_daftar

app_name = "kunjungan"
urlpatterns = [
    path("", kunjungan_daftar.daftar, name="daftar"),
    # pk is the service's
    path("<uuid:pk>/", kunjungan.catat, name="catat"),
    # pk is the visit's
    path("<int:pk>/ubah/", kunjungan.ubah, name="ubah"),
    path("<int:pk>/tarik/", kunjungan.tarik, name="tarik"),
]
