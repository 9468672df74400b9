"""Routes below /pesan/."""

from django.urls import path

from laporan.views import pesan

app_name = "pesan"
urlpatterns = [
    path("", pesan.daftar, name="daftar"),
    path("<int:pk>/tandai/", pesan.tandai, name="tandai"),
    path("<int:pk>/urungkan/", pesan.urungkan, name="urungkan"),
]
