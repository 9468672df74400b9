"""Routes below /imp/."""

from django.urls import path

from laporan.views import imp

app_name = "imp"
urlpatterns = [
    path("", imp.daftar, name="daftar"),
    path("<kode:kode>/", imp.desa, name="desa"),
]
