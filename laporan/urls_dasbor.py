"""Routes below /dasbor/."""

from django.urls import path

from laporan.views import dasbor

app_name = "dasbor"
urlpatterns = [
    path("", dasbor.halaman, name="kabupaten"),
    path("data.json", dasbor.data, name="data_kabupaten"),
    path("<kode:kode>/", dasbor.halaman, name="wilayah"),
    path("<kode:kode>/data.json", dasbor.data, name="data_wilayah"),
]
