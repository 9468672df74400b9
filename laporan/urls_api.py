"""Routes below /api/v1/."""

from django.urls import path

from laporan.views import api

app_name = "api"
urlpatterns = [
    path("openapi.json", api.gambaran, name="openapi"),
    path("kampanye/", api.daftar, name="kampanye"),
    path("kampanye/<int:pk>/capaian/", api.capaian, name="capaian"),
    path("kampanye/<int:pk>/wilayah/", api.wilayah, name="wilayah"),
    path("kampanye/<int:pk>/dataValueSets/", api.data_value_sets, name="data_value_sets"),
]
