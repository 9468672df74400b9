"""Routes below /dasbor/."""

from django.urls import path

from laporan.views import dasbor, dasbor_hidup

app_name = "dasbor"
urlpatterns = [
    path("", dasbor.halaman, name="kabupaten"),
    path("data.json", dasbor.data, name="data_kabupaten"),
    path("hidup/", dasbor_hidup.hidup, name="hidup"),
    path("layar/", dasbor_hidup.layar, name="layar"),
    path("<kode:kode>/layar/", dasbor_hidup.layar, name="layar_wilayah"),
    path("<kode:kode>/", dasbor.halaman, name="wilayah"),
    path("<kode:kode>/data.json", dasbor.data, name="data_wilayah"),
]
