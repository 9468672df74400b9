"""Routes below /dasbor/."""

from django.urls import path

from laporan.views import batas, catatan, dasbor

app_name = "dasbor"
urlpatterns = [
    path("", dasbor.halaman, name="kabupaten"),
    path("data.json", dasbor.data, name="data_kabupaten"),
    path("batas.json", batas.batas, name="batas"),
    path("<kode:kode>/", dasbor.halaman, name="wilayah"),
    path("<kode:kode>/data.json", dasbor.data, name="data_wilayah"),
    path("<kode:kode>/catatan/", catatan.catatan, name="catatan"),
]
