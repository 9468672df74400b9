"""The same woman twice: what the kader is asked, what of another desa she is shown, what the officer decides."""

import pytest
from django.test import Client

from akseptor.models import Akseptor
from kader.models import Jejak
from laporan.kampanye.progres import hitung
from tests.alat import CITEKO, GANDASOLI, NAGROG, Dunia, buat_dunia, catatan, data_formulir, nik_baru

BARU = "/akseptor/baru/"


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def tercatat(dunia: Dunia) -> int:
    return sum(n[0] for n in hitung(dunia.kampanye).values())


def mirip(dunia: Dunia, desa: str, **ubah: object) -> Akseptor:
    satu = catatan(dunia, desa=desa, **ubah).akseptor
    Akseptor.objects.filter(pk=satu.pk).update(nama_istri="Siti Nuraeni", nama_suami="Jajang")
    satu.refresh_from_db()
    return satu


@pytest.mark.parametrize("desa", [GANDASOLI, NAGROG])
def test_yang_mirip_di_desa_lain_tanpa_nama_dan_tanpa_tautan(dunia: Dunia, client: Client, desa: str) -> None:
    lain = mirip(dunia, desa)
    client.force_login(dunia.kader)
    isi = client.post(BARU, data_formulir(dunia)).content.decode()
    assert "S… N…" in isi
    assert "Siti Nuraeni" not in isi
    assert "Jajang S" not in isi
    assert f'href="/akseptor/{lain.pk}/' not in isi
    assert lain.nik_istri not in isi
    assert client.get(f"/akseptor/{lain.pk}/").status_code == 404


def test_yang_mirip_di_desanya_disebut_namanya(dunia: Dunia, client: Client) -> None:
    mirip(dunia, CITEKO)
    client.force_login(dunia.kader)
    assert "Siti Nuraeni" in client.post(BARU, data_formulir(dunia)).content.decode()


def test_jawaban_bukan_untuk_orang_lain_tidak_meloloskan_yang_baru_muncul(dunia: Dunia, client: Client) -> None:
    """She said no to the one she saw; a second that appeared meanwhile is asked again."""
    satu = mirip(dunia, CITEKO)
    client.force_login(dunia.kader)
    jawaban = {"orang_sama": "bukan", "kemiripan_dilihat": str(satu.pk)}
    data = data_formulir(dunia)
    dua = mirip(dunia, CITEKO)
    tanya = client.post(BARU, data | jawaban)
    assert tanya.status_code == 422
    assert Akseptor.objects.count() == 2
    jawaban["kemiripan_dilihat"] = f"{satu.pk},{dua.pk}"
    assert client.post(BARU, data | jawaban).status_code == 302


@pytest.mark.parametrize("jawaban", ["9d7c7a0e-51a5-4f0e-9a31-2f0f4dd0a001", "ya", "", "<script>"])
def test_jawaban_yang_bukan_pilihan_ditanya_lagi(dunia: Dunia, client: Client, jawaban: str) -> None:
    satu = mirip(dunia, CITEKO)
    client.force_login(dunia.kader)
    data = data_formulir(dunia, orang_sama=jawaban, kemiripan_dilihat=satu.pk)
    tanya = client.post(BARU, data)
    assert tanya.status_code == 422
    assert "<script>" not in tanya.content.decode()
    assert Akseptor.objects.count() == 1


def test_bukan_pada_nik_yang_sama_tetap_satu_pasangan_sampai_petugas_melihat(dunia: Dunia, client: Client) -> None:
    nik = nik_baru()
    satu = mirip(dunia, NAGROG, nik=nik)
    client.force_login(dunia.kader)
    data = data_formulir(dunia, nik_istri=nik, orang_sama="bukan", kemiripan_dilihat=satu.pk)
    assert client.post(BARU, data).status_code == 302
    assert Akseptor.objects.values("pasangan").distinct().count() == 1
    assert tercatat(dunia) == 1
    baru = Akseptor.objects.get(desa_id=CITEKO)
    assert baru.perlu_tinjau_duplikat
    client.force_login(dunia.plkb)
    tolak = client.post(f"/akseptor/{baru.pk}/duplikat/", {"orang_sama": "bukan"}, follow=True)
    assert "NIK-nya sama dengan catatan lain" in tolak.content.decode()
    assert tercatat(dunia) == 1


def _perlu_diputuskan(dunia: Dunia, desa: str = CITEKO) -> tuple[Akseptor, Akseptor]:
    satu, dua = mirip(dunia, CITEKO), mirip(dunia, desa)
    Akseptor.objects.filter(pk=satu.pk).update(perlu_tinjau_duplikat=True)
    return satu, dua


def test_petugas_melihat_tautan_hanya_ke_wilayahnya(dunia: Dunia, client: Client) -> None:
    satu, dua = _perlu_diputuskan(dunia, GANDASOLI)
    jauh = mirip(dunia, NAGROG)
    client.force_login(dunia.plkb)
    isi = client.get(f"/akseptor/{satu.pk}/").content.decode()
    assert f'href="/akseptor/{dua.pk}/"' in isi
    assert f'href="/akseptor/{jauh.pk}/"' not in isi
    assert f'value="{jauh.pk}"' in isi


def test_petugas_menyatakan_sama_lalu_berbeda(dunia: Dunia, client: Client) -> None:
    satu, dua = _perlu_diputuskan(dunia)
    client.force_login(dunia.plkb)
    url = f"/akseptor/{satu.pk}/duplikat/"
    assert tercatat(dunia) == 2
    client.post(url, {"orang_sama": str(dua.pk)})
    assert tercatat(dunia) == 1
    assert not Akseptor.objects.filter(perlu_tinjau_duplikat=True).exists()
    client.post(url, {"orang_sama": "bukan"})
    assert tercatat(dunia) == 2
    assert set(Jejak.objects.values_list("tindakan", "oleh_id", "kunci")) == {
        ("menyatakan orang yang sama", dunia.plkb.pk, str(satu.pk)),
        ("menyatakan orang yang berbeda", dunia.plkb.pk, str(satu.pk)),
    }


@pytest.mark.parametrize("jawaban", ["", "ya", "diri sendiri", "orang asing"])
def test_keputusan_tanpa_pilihan_yang_ada_ditolak(dunia: Dunia, client: Client, jawaban: str) -> None:
    satu, _ = _perlu_diputuskan(dunia)
    asing = catatan(dunia, desa=NAGROG)
    kirim = {"diri sendiri": str(satu.pk), "orang asing": str(asing.akseptor_id)}.get(jawaban, jawaban)
    client.force_login(dunia.plkb)
    pasangan = set(Akseptor.objects.values_list("pk", "pasangan"))
    isi = client.post(f"/akseptor/{satu.pk}/duplikat/", {"orang_sama": kirim}, follow=True).content.decode()
    assert "Pilih dulu: orang yang sama, atau bukan." in isi or "tidak ada lagi" in isi
    assert set(Akseptor.objects.values_list("pk", "pasangan")) == pasangan
    assert not Jejak.objects.exclude(tindakan="membuka").exists()
