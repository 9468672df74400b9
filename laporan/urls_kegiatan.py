"""Routes below /kegiatan/."""

from django.urls import path

from laporan.views import kegiatan, kegiatan_daftar

app_name = "kegiatan"
urlpatterns = [
    path("", kegiatan_daftar.daftar, name="daftar"),
    path("baru/", kegiatan.baru, name="baru"),
    path("<uuid:pk>/ubah/", kegiatan.ubah, name="ubah"),
    path("<uuid:pk>/foto.jpg", kegiatan.foto, name="foto"),
    path("<uuid:pk>/hapus/", kegiatan.hapus, name="hapus"),
    path("<uuid:pk>/pulihkan/", kegiatan.pulihkan, name="pulihkan"),
]
