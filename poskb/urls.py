"""Every route of the product. A route without a declared rule (`@izin`) fails `manage.py check`."""

from django.contrib import admin
from django.urls import include, path

from kader.http import SEMUA_PERAN, TERBUKA, izin
from kader.views import kode, luring, masuk
from laporan.views import beranda, hp
from poskb.sehat import sehat, sehat_web

urlpatterns = [
    path("", izin(*SEMUA_PERAN)(beranda.beranda), name="beranda"),
    path("masuk/", masuk.masuk, name="masuk"),
    path("keluar/", masuk.keluar, name="keluar"),
    path("kode/", kode.halaman, name="kode"),
    path("akun/", include("kader.urls_akun")),
    path("orang/", include("kader.urls_orang")),
    path("sehat/", izin(*TERBUKA)(sehat), name="sehat"),
    path("sehat/web/", izin(*TERBUKA)(sehat_web), name="sehat_web"),
    path("luring/", luring.kulit, name="luring"),
    path("sw.js", luring.pekerja, name="pekerja"),
    path("manifest.webmanifest", luring.manifes, name="manifes"),
    path("hp/", hp.halaman, name="hp"),
    path("hp/data.json", hp.data, name="hp_data"),
    path("hp/kunci.json", hp.kunci, name="hp_kunci"),
    path("akseptor/", include("akseptor.urls")),
    path("petugas/", include("kader.urls_petugas")),
    path("kunjungan/", include("akseptor.urls_kunjungan")),
    path("laporan/", include("laporan.urls_laporan")),
    path("pesan/", include("laporan.urls_pesan")),
    path("kegiatan/", include("laporan.urls_kegiatan")),
    path("imp/", include("laporan.urls_imp")),
    path("kampanye/", include("laporan.urls_kampanye")),
    path("dasbor/", include("laporan.urls_dasbor")),
    path("hak/", include("laporan.urls_hak")),
    path("jejak/", include("laporan.urls_jejak")),
    path("kantor-lain/", include("kader.urls_token")),
    path("api/v1/", include("laporan.urls_api")),
    path("admin/", admin.site.urls),
]

handler400 = "kader.views.galat.galat_400"
handler403 = "kader.views.galat.galat_403"
handler404 = "kader.views.galat.galat_404"
handler500 = "kader.views.galat.galat_500"
