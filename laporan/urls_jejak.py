"""Routes below /jejak/."""

from django.urls import path

from laporan.views import jejak

app_name = "jejak"
urlpatterns = [
    path("", jejak.daftar, name="daftar"),
    path("insiden/", jejak.halaman_insiden, name="insiden"),
    path("orang/<uuid:pk>/", jejak.orang, name="orang"),
    path("orang/<uuid:pk>/cetak/", jejak.cetak, name="cetak"),
]
