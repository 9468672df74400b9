"""Any order of events by anybody: the arrows hold, what is signed stands, every new acceptor is in one report."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akseptor import actions as akseptor_actions
from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from laporan.bulanan import actions
from laporan.bulanan.hitung import akseptor_baru, baris_laporan
from laporan.bulanan.lembar import buka
from laporan.bulanan.transisi import PANAH
from laporan.models import LaporanBulanan
from poskb.dasar.tolak import Ditolak
from tests.laporan.bulanan import pabrik
from tests.laporan.bulanan.pabrik import DESA, JUNI, MEI, cakupan

BULAN = (MEI, JUNI, dt.date(2021, 7, 1))
SIAPA = ("kader", "kader_tetangga", "plkb", "plkb_lain", "koordinator", "dppkb", "admin", "tanpa_wilayah")
LAPORAN = st.tuples(st.sampled_from([*PANAH]), st.sampled_from(SIAPA), st.sampled_from(BULAN))
CATATAN = st.tuples(
    st.sampled_from(["datang", "verifikasi", "kembalikan catatan", "batal", "pindah"]),
    st.sampled_from(["kader", "plkb", "koordinator"]),
    st.sampled_from(BULAN),
)
# Those who may, and whole months at once, are drawn more often: or nothing would ever be approved.
JALAN = st.sampled_from([("tutup", "plkb"), ("tutup", "plkb"), ("datang", "kader"), ("buka_kembali", "dppkb")])
SAH = st.tuples(JALAN, st.sampled_from(BULAN)).map(lambda satu: (*satu[0], satu[1]))
LAMA = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


def laporan(c, tindakan, siapa, bulan):
    orang, versi = getattr(c, siapa), buka(DESA, bulan).laporan.versi
    isi = {
        "simpan": (pabrik.isian(),),
        "kirim": (pabrik.isian(),),
        "kembalikan": ({"I": "Periksa"},),
        "setujui": (),
        "tarik": (),
        "buka_kembali": ("Salah tulis",),
    }[tindakan]
    getattr(actions, tindakan)(orang, cakupan(orang), DESA, bulan, *isi, versi)


def tutup(c, bulan):
    """Sent and approved, as far as the state lets it go."""
    for tindakan, siapa in (("kirim", "kader"), ("setujui", "plkb")):
        laporan(c, tindakan, siapa, bulan)


def catatan(c, tindakan, siapa, bulan):
    if tindakan == "tutup":
        tutup(c, bulan)
        return
    if tindakan == "datang":
        pabrik.pelayanan(bulan.replace(day=3), tahap=Tahap.TERVERIFIKASI)
        return
    satu = Pelayanan.objects.filter(tanggal__month=bulan.month).order_by("versi", "pk").first()
    orang = getattr(c, siapa)
    if satu and tindakan == "pindah":
        akseptor_actions.pindah_desa(orang, cakupan(orang), satu.akseptor_id, pabrik.TETANGGA)
    elif satu:
        akseptor_actions.pindah_tahap(orang, cakupan(orang), satu.pk, tindakan.split()[0], alasan="x")


def yang_ditandatangani() -> dict:
    """{report: what its approval signed}: content, counts, and every column of every locked row but couple, version."""
    return {
        x.bulan: (
            x.isi,
            x.dihitung,
            x.disetujui_oleh_id,
            sorted(
                (p.pk, p.tahap, p.metode, p.tanggal, p.desa_id, p.faskes_id)
                for p in Pelayanan.objects.filter(desa_id=DESA, bulan_laporan=x.bulan)
            ),
        )
        for x in LaporanBulanan.objects.filter(status="disetujui")
    }


@settings(max_examples=25, deadline=None, suppress_health_check=LAMA)
@given(st.lists(st.one_of(SAH, SAH, LAPORAN, CATATAN, CATATAN), min_size=4, max_size=16))
def test_urutan_apa_pun_yang_ditandatangani_tetap(c, kejadian):
    LaporanBulanan.objects.filter(status="disetujui").update(
        status="dikembalikan",
        dihitung={},
        disetujui_oleh=None,
        disetujui_pada=None,
        dibuka_oleh=c.dppkb,
        dibuka_pada=actions.sekarang(),
        alasan_buka="Bersih",
    )
    LaporanBulanan.objects.all().delete()
    Pelayanan.objects.all().delete()
    for tindakan, siapa, bulan in kejadian:
        sebelum = yang_ditandatangani()
        try:
            (laporan if tindakan in PANAH else catatan)(c, tindakan, siapa, bulan)
        except Ditolak:
            assert yang_ditandatangani() == sebelum
            continue
        sesudah = yang_ditandatangani()
        dibuka = {bulan} if tindakan == "buka_kembali" else set()
        assert dibuka == set() or siapa in {"koordinator", "dppkb"}
        assert {b: isi for b, isi in sesudah.items() if b in sebelum} == {
            b: isi for b, isi in sebelum.items() if b not in dibuka
        }
        periksa_sekali()


def periksa_sekali() -> None:
    """Each new acceptor of the desa in exactly one report; the frozen numbers are those of the locked rows."""
    bulan = [*BULAN, dt.date(2021, 8, 1)]
    semua = [pk for b in bulan for pk in baris_laporan(DESA, b).values_list("pk", flat=True)]
    ada = Pelayanan.objects.terlayani().filter(desa_id=DESA, status_peserta="baru")
    assert sorted(semua) == sorted(ada.values_list("pk", flat=True))
    for satu in LaporanBulanan.objects.filter(status="disetujui"):
        hitungan = akseptor_baru([DESA], satu.bulan).get(DESA, {})
        assert {m: n.tercatat for m, n in hitungan.items()} == satu.dihitung["baru"]
        kunci = Pelayanan.objects.filter(desa_id=DESA, bulan_laporan=satu.bulan).order_by("pk")
        assert [str(p.pk) for p in kunci] == satu.dihitung["catatan"]
