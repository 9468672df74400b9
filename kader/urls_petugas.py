"""Routes below /petugas/."""

from django.urls import path

from kader.views import petugas

app_name = "petugas"
urlpatterns = [
    path("", petugas.daftar, name="daftar"),
    path("<int:pk>/pengganti/", petugas.pengganti, name="pengganti"),
    path("pengganti/<int:pk>/akhiri/", petugas.akhiri, name="akhiri"),
]
