"""Routes below /dasbor/."""

from django.urls import path

from laporan.views import batas, catatan, dasbor, dasbor_hidup, dasbor_tempat, ringkasan

app_name = "dasbor"
urlpatterns = [
    path("", dasbor.halaman, name="kabupaten"),
    path("data.json", dasbor.data, name="data_kabupaten"),
    path("batas.json", batas.batas, name="batas"),
    path("hidup/", dasbor_hidup.hidup, name="hidup"),
    path("layar/", dasbor_hidup.layar, name="layar"),
    path("<kode:kode>/layar/", dasbor_hidup.layar, name="layar_wilayah"),
    path("<kode:kode>/", dasbor.halaman, name="wilayah"),
    path("<kode:kode>/data.json", dasbor.data, name="data_wilayah"),
    path("<kode:kode>/ringkasan/", ringkasan.halaman, name="ringkasan"),
    path("<kode:kode>/ringkasan.pdf", ringkasan.pdf, name="ringkasan_pdf"),
    path("<kode:kode>/ringkasan.png", ringkasan.png, name="ringkasan_png"),
    path("<kode:kode>/ringkasan.xlsx", ringkasan.buku, name="ringkasan_xlsx"),
    path("<kode:kode>/catatan/", catatan.catatan, name="catatan"),
    path("<kode:kode>/tempat/", dasbor_tempat.tempat, name="tempat"),
]
