"""Routes below /hak/."""

from django.urls import path

from laporan.views import hak

app_name = "hak"
urlpatterns = [
    path("", hak.daftar, name="daftar"),
    # pk is the acceptor's
    path("baru/<uuid:pk>/", hak.baru, name="baru"),
    # pk is the request's from here on
    path("<int:pk>/", hak.rinci, name="rinci"),
    path("<int:pk>/jawab/", hak.jawab, name="jawab"),
    path("<int:pk>/koreksi/", hak.koreksi, name="koreksi"),
    path("<int:pk>/hapus/", hak.hapus, name="hapus"),
    path("<int:pk>/salinan/<str:bentuk>/", hak.salinan, name="salinan"),
]
