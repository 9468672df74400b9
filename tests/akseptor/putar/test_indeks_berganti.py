"""While the index is rotated everybody is still found, and two processes still wait for each other."""

import datetime as dt
import threading
import uuid
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from akseptor import actions, putar
from akseptor.duplikat import Ditanya, cari_kemiripan
from akseptor.models import Akseptor
from akseptor.putar import tabel_rahasia
from akseptor.rahasia import indeks_buta, sandi_utama
from poskb.dasar.tolak import Ditolak
from tests.akseptor.putar.alat import DATA, INDEKS, NIK, kunci_baru, putar_kunci
from tests.akseptor.test_serentak import serentak
from tests.alat import (
    CITEKO,
    GANDASOLI,
    Dunia,
    buat_dunia,
    cakupan,
    catatan,
    isian,
    mentah,
    nik_baru,
)


def tanya(dunia: Dunia, nik: str) -> list[str]:
    orang = Ditanya("Orang Lain Sekali", dt.date(1970, 1, 1), "", nik)
    return [k.sebab for k in cari_kemiripan([orang], cakupan(dunia.kader))[0]]


def test_nik_ditemukan_dengan_kunci_lama_atau_baru(dunia: Dunia, settings: Any) -> None:
    actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=NIK))
    lama = settings.KUNCI_INDEKS
    kunci_baru(settings)
    # Written under the old key, looked up with the new one first.
    assert tanya(dunia, NIK) == ["NIK sama"]
    kedua, _ = actions.catat(dunia.tetangga, cakupan(dunia.tetangga), isian(dunia, nik_istri=NIK, desa=GANDASOLI))
    banyak = actions.catat_banyak(dunia.kader, cakupan(dunia.kader), [isian(dunia, nik_istri=NIK)])
    assert banyak == {}
    assert Akseptor.objects.values("pasangan").distinct().count() == 1
    assert {a.nik_indeks for a in Akseptor.objects.all()} == {indeks_buta(NIK), indeks_buta(NIK, lama[0])}
    assert Akseptor.objects.ber_nik(NIK).count() == 2
    # And the other way round: a process that does not write with the new key yet.
    settings.KUNCI_INDEKS = [*lama, INDEKS]
    assert tanya(dunia, NIK) == ["NIK sama"] * 2
    assert not Akseptor.objects.ber_nik("").exists()
    with pytest.raises(Ditolak, match="NIK-nya sama"):
        actions.putuskan_duplikat(dunia.plkb, cakupan(dunia.plkb), kedua.akseptor_id, None)


def test_kunci_indeks_baru_bukan_perubahan_jati_diri(dunia: Dunia, settings: Any) -> None:
    """A verified woman's other record is still open: saving it under a new index key says nothing new of her."""
    satu = isian(dunia, nik_istri=NIK)
    p, _ = actions.catat(dunia.kader, cakupan(dunia.kader), satu)
    catatan(dunia, akseptor=p.akseptor, tahap="terverifikasi", metode="iud")
    kunci_baru(settings)
    sama = isian(dunia, id=satu.id, nama_istri=satu.nama_istri, nik_istri=NIK, jumlah_anak=3)
    actions.ubah(dunia.kader, cakupan(dunia.kader), p.pk, sama, versi=1)
    assert Akseptor.objects.get().nik_indeks == indeks_buta(NIK)
    assert Akseptor.objects.values("pasangan").distinct().count() == 1


@pytest.mark.django_db(transaction=True)
def test_dua_proses_dengan_kunci_pertama_yang_berbeda_tetap_saling_menunggu(settings: Any) -> None:
    """One process writes with the new key already, the other not yet: one woman stays one couple."""
    dunia = buat_dunia()
    kunci_baru(settings)
    dua = list(settings.KUNCI_INDEKS)
    nik = nik_baru()
    giliran = threading.local()

    class Kunci(list):
        """The keys as the process of this thread has them."""

        def __getitem__(self, i: Any) -> Any:
            return getattr(giliran, "kunci", dua)[i]

        def __iter__(self) -> Any:
            return iter(getattr(giliran, "kunci", dua))

        def __len__(self) -> int:
            return 2

    settings.KUNCI_INDEKS = Kunci()

    def kerja(siapa: Any, desa: str, urut: list[str]) -> Any:
        def jalan() -> Any:
            giliran.kunci = urut
            return actions.catat(siapa, cakupan(siapa), isian(dunia, nik_istri=nik, desa=desa, id=uuid.uuid4()))

        return jalan

    hasil_ = serentak(*[kerja(dunia.kader, CITEKO, dua), kerja(dunia.tetangga, GANDASOLI, dua[::-1])] * 4)
    assert [type(h) for h in hasil_] == [tuple] * 8
    assert Akseptor.objects.values("pasangan").distinct().count() == 1
    assert len({a.nik_indeks for a in Akseptor.objects.all()}) == 2


@pytest.mark.django_db(transaction=True)
def test_baris_yang_dipegang_dilewati_tanpa_menunggu(settings: Any) -> None:
    dunia = buat_dunia()
    dipegang, bebas = catatan(dunia).akseptor, catatan(dunia).akseptor
    kunci_baru(settings)
    siap, selesai = threading.Event(), threading.Event()

    def pegang() -> None:
        with transaction.atomic():
            Akseptor.objects.select_for_update().get(pk=dipegang.pk)
            siap.set()
            selesai.wait(20)
        connection.close()

    utas = threading.Thread(target=pegang)
    utas.start()
    siap.wait(10)
    try:
        (tabel,) = [t for t in tabel_rahasia() if t.model is Akseptor]
        h = putar.putar(tabel)
        assert (h.perlu, h.diganti) == (2, 1)
        assert sandi_utama().decrypt(next(b for b in mentah(Akseptor) if b["id"] == bebas.pk)["nik_istri"].encode())
        with pytest.raises(CommandError, match="1 baris belum"):
            putar_kunci()
    finally:
        selesai.set()
        utas.join()
    putar_kunci()


@pytest.mark.django_db(transaction=True)
def test_hanya_satu_yang_berjalan() -> None:
    siap, selesai = threading.Event(), threading.Event()

    def lain() -> None:
        from akseptor.management.commands.putar_kunci import Command

        Command()._sendiri()
        siap.set()
        selesai.wait(20)
        connection.close()

    utas = threading.Thread(target=lain)
    utas.start()
    siap.wait(10)
    try:
        with pytest.raises(CommandError, match="sedang berjalan"):
            putar_kunci()
    finally:
        selesai.set()
        utas.join()


@pytest.mark.django_db(transaction=True)
def test_menyimpan_sementara_diputar_tidak_ada_yang_hilang(settings: Any) -> None:
    """Real threads write, for as long as it takes, while the keys go round."""
    dunia = buat_dunia()
    orang = [catatan(dunia).akseptor for _ in range(60)]
    kunci_baru(settings)
    berhenti = threading.Event()
    terakhir: dict[uuid.UUID, str] = {}

    def tulis(bagian: list[Akseptor]) -> Any:
        def jalan() -> int:
            n = 0
            while not berhenti.is_set() or n < 3:
                n += 1
                for a in bagian:
                    with transaction.atomic():
                        satu = Akseptor.objects.select_for_update().get(pk=a.pk)
                        satu.alamat = f"Kampung {n}"
                        satu.save()
                    terakhir[a.pk] = satu.alamat
            return n

        return jalan

    def putar_terus() -> str:
        try:
            return putar_kunci()
        finally:
            berhenti.set()

    *banyak, kata = serentak(tulis(orang[:30]), tulis(orang[30:]), putar_terus)
    assert all(isinstance(n, int) for n in banyak), banyak
    assert isinstance(kata, str), kata
    settings.KUNCI_DATA, settings.KUNCI_INDEKS = [DATA], [INDEKS]
    assert {a.pk: a.alamat for a in Akseptor.objects.all()} == terakhir
    assert {a.pk: a.nik_istri for a in Akseptor.objects.all()} == {a.pk: a.nik_istri for a in orang}
