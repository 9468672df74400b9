"""After any sequence of changes, what the marks made the worker recompute equals the full recount."""

import datetime as dt
import random
import uuid

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akseptor import actions
from akseptor.enums import TAHAP_TERLAYANI, Tahap
from akseptor.models import Akseptor, Pelayanan
from laporan.kampanye.hitung import hitung_ulang_semua, hitung_yang_perlu
from laporan.kampanye.progres import hitung
from laporan.models import Capaian, Cuplikan, Kampanye, PerluHitung
from poskb.dasar.tolak import Ditolak
from tests.alat import CITEKO, GANDASOLI, HARI, Dunia, buat_dunia, cakupan, isian, nik_baru

HARI_HARI = [dt.date(2021, 6, 17), dt.date(2021, 6, 18), dt.date(2021, 6, 30), dt.date(2021, 7, 1), HARI]
TINDAKAN = ["catat", "catat", "catat_sama", "ubah", "ubah_nik", "verifikasi", "kembalikan", "batal", "pindah", "putus"]


class Kejadian:
    """Draws and does one act after another; what the product refuses is no fault of the count."""

    def __init__(self, dunia: Dunia, benih: int) -> None:
        self.dunia, self.acak = dunia, random.Random(benih)
        self.nik = [nik_baru() for _ in range(3)]

    def jalankan(self, tindakan: str) -> None:
        try:
            with transaction.atomic():
                getattr(self, tindakan)()
        except Ditolak:
            pass

    def _isian(self, **ubah: object) -> object:
        acak = self.acak
        nilai = {
            "nik_istri": acak.choice([*self.nik, nik_baru()]),
            "tahap": acak.choice([Tahap.DILAYANI, Tahap.DILAYANI, Tahap.CALON]),
            "metode": acak.choice(["implan", "iud", "suntik"]),
            "status_peserta": acak.choice(["baru", "baru", "ganti_cara"]),
            "tanggal_pelayanan": acak.choice(HARI_HARI),
        } | ubah
        if nilai["tahap"] == Tahap.CALON:
            nilai["tanggal_pelayanan"] = None
        return isian(self.dunia, **nilai)

    def _pelayanan(self) -> Pelayanan | None:
        semua = list(Pelayanan.objects.order_by("pk"))
        return self.acak.choice(semua) if semua else None

    def _kader(self, desa: str) -> object:
        return self.dunia.kader if desa == CITEKO else self.dunia.tetangga

    def catat(self) -> None:
        desa = self.acak.choice([CITEKO, GANDASOLI])
        kader = self._kader(desa)
        actions.catat(kader, cakupan(kader), self._isian(desa=desa))

    def catat_sama(self) -> None:
        if p := self._pelayanan():
            desa = self.acak.choice([CITEKO, GANDASOLI])
            kader = self._kader(desa)
            actions.catat(kader, cakupan(kader), self._isian(desa=desa, orang_sama=p.akseptor_id))

    def ubah(self, **nilai: object) -> None:
        if p := self._pelayanan():
            kader = self._kader(p.desa_id)
            baru = self._isian(desa=p.desa_id, **({"nik_istri": p.akseptor.nik_istri} | nilai))
            actions.ubah(kader, cakupan(kader), p.pk, baru, versi=p.versi)

    def ubah_nik(self) -> None:
        self.ubah(nik_istri=self.acak.choice([*self.nik, nik_baru()]))

    def _panah(self, siapa: object, tindakan: str) -> None:
        if p := self._pelayanan():
            oleh = siapa or self._kader(p.desa_id)
            actions.pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="karena diuji")

    def verifikasi(self) -> None:
        self._panah(self.dunia.plkb, "verifikasi")

    def kembalikan(self) -> None:
        self._panah(self.dunia.plkb, "kembalikan")

    def batal(self) -> None:
        self._panah(None, "batal")

    def pindah(self) -> None:
        if p := self._pelayanan():
            plkb = self.dunia.plkb
            actions.pindah_desa(plkb, cakupan(plkb), p.akseptor_id, self.acak.choice([CITEKO, GANDASOLI]))

    def putus(self) -> None:
        if p := self._pelayanan():
            plkb = self.dunia.plkb
            lain = self.acak.choice([None, *Akseptor.objects.order_by("pk").values_list("pk", flat=True)])
            actions.putuskan_duplikat(plkb, cakupan(plkb), p.akseptor_id, lain)


def tersimpan(kampanye: Kampanye) -> dict:
    baris = Capaian.objects.filter(kampanye=kampanye, tahap__in=TAHAP_TERLAYANI)
    return {(d, t, m): tuple(n) for d, t, m, *n in baris.jumlahkan("desa_id", "tanggal", "metode")}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.lists(st.sampled_from(TINDAKAN), min_size=3, max_size=18), st.integers(1, 5))
def test_hitungan_bertahap_sama_dengan_hitung_ulang(benih: int, tindakan: list[str], jeda: int) -> None:
    with transaction.atomic():
        dunia = buat_dunia()
        kejadian = Kejadian(dunia, benih)
        for n, t in enumerate(tindakan):
            kejadian.jalankan(t)
            if n % jeda == 0:
                hitung_yang_perlu()
        hitung_yang_perlu()
        assert tersimpan(dunia.kampanye) == hitung(dunia.kampanye)
        assert not PerluHitung.objects.exists()
        for cuplikan in Cuplikan.objects.select_related("wilayah"):
            sel = [n for (d, _, _), n in hitung(dunia.kampanye).items() if d.startswith(cuplikan.wilayah_id)]
            assert [cuplikan.isi[k] for k in ("tercatat", "terverifikasi", "semua")] == [
                sum(n[i] for n in sel) for i in range(3)
            ]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_kejadian_uji_benar_benar_mengubah_sesuatu() -> None:
    """The property above would hold for a product that refuses everything: it must not."""
    dunia = buat_dunia()
    kejadian = Kejadian(dunia, 7)
    # On the way: which record an event meets depends on its random key, and what was verified may be undone at the end.
    pernah: set[str] = set()
    for t in TINDAKAN * 12:
        kejadian.jalankan(t)
        pernah |= set(Pelayanan.objects.values_list("tahap", flat=True))
    assert Pelayanan.objects.count() > 15
    assert pernah >= {"dilayani", "terverifikasi", "batal"}
    assert Akseptor.objects.values("pasangan").distinct().count() < Akseptor.objects.count()


@pytest.mark.django_db
def test_hitung_ulang_melaporkan_dan_membetulkan_angka_yang_dipalsukan() -> None:
    dunia = buat_dunia()
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia))
    hitung_yang_perlu()
    Capaian.objects.update(tercatat=9, jumlah=9)
    selisih = hitung_ulang_semua()
    angka = [
        (s["desa"], *(s[k][n] for k in ("tersimpan", "seharusnya") for n in ("tercatat", "jumlah"))) for s in selisih
    ]
    assert angka == [(CITEKO, 9, 9, 1, 1)]
    assert tersimpan(dunia.kampanye) == {(CITEKO, HARI, "implan"): (1, 0, 1)}
    assert hitung_ulang_semua() == []


@pytest.mark.django_db
def test_penanda_ikut_batal_bersama_perubahannya() -> None:
    dunia = buat_dunia()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, id=uuid.uuid4()))
        raise RuntimeError
    assert not PerluHitung.objects.exists()
    assert not Pelayanan.objects.exists()
