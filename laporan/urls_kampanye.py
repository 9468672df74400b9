"""Routes below /kampanye/."""

from django.urls import path

from laporan.views import kampanye, kampanye_bagian, kampanye_bobot

app_name = "kampanye"
urlpatterns = [
    path("", kampanye.daftar, name="daftar"),
    path("baru/", kampanye.baru, name="baru"),
    path("bobot/", kampanye_bobot.bobot, name="bobot"),
    path("<int:pk>/", kampanye.rinci, name="rinci"),
    path("<int:pk>/ubah/", kampanye.ubah, name="ubah"),
    path("<int:pk>/bagian/", kampanye_bagian.bagian, name="bagian"),
    path("<int:pk>/tutup/", kampanye.tutup, name="tutup"),
    path("<int:pk>/buka-kembali/", kampanye.buka_kembali, name="buka_kembali"),
    path("<int:pk>/hapus/", kampanye.hapus, name="hapus"),
]
