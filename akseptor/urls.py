"""Routes below /akseptor/."""

from django.urls import path

from akseptor.views import akses, cadangan, daftar, isian, rinci, sinkron, tindakan, titipan

app_name = "akseptor"
urlpatterns = [
    path("", daftar.daftar, name="daftar"),
    path("baru/", isian.baru, name="baru"),
    path("sinkron/", sinkron.sinkron, name="sinkron"),
    path("cadangan/", cadangan.cadangan, name="cadangan"),
    path("titip/", titipan.titip, name="titip"),
    path("titipan/", titipan.daftar, name="titipan"),
    path("titipan/<int:kader>/ambil/", titipan.ambil, name="ambil_titipan"),
    path("titipan/<int:kader>/selesai/", titipan.selesai, name="selesai_titipan"),
    path("buka-data/", akses.buka_data, name="buka_data"),
    path("<uuid:pk>/", rinci.rinci, name="rinci"),
    path("<uuid:pk>/lihat/", rinci.lihat_rahasia, name="lihat_rahasia"),
    path("<uuid:pk>/pindah-desa/", tindakan.pindah_desa, name="pindah_desa"),
    path("<uuid:pk>/pelayanan-baru/", isian.pelayanan_baru, name="pelayanan_baru"),
    path("<uuid:pk>/duplikat/", tindakan.putuskan_duplikat, name="putuskan_duplikat"),
    # pk is the service's from here on
    path("catatan/<uuid:pk>/ubah/", isian.ubah, name="ubah"),
    path("catatan/<uuid:pk>/tahap/", tindakan.pindah_tahap, name="pindah_tahap"),
    path("catatan/<uuid:pk>/persetujuan/", tindakan.catat_persetujuan, name="persetujuan"),
    path("catatan/<uuid:pk>/verifikasi/", tindakan.verifikasi, name="verifikasi"),
    path("catatan/<uuid:pk>/kembalikan/", tindakan.kembalikan, name="kembalikan"),
]
