"""Every arrow of a service with every role: allowed or refused, and what is written."""

import itertools

import pytest

from akseptor.actions import pindah_tahap
from akseptor.enums import Tahap
from akseptor.models import Pelayanan
from akseptor.tahap import PANAH
from kader.models import Jejak
from laporan.models import PerluHitung
from poskb.dasar.tolak import Ditolak
from tests.alat import GANDASOLI, Dunia, buat_dunia, cakupan, catatan

# tindakan: (from, to, role), written out by hand: the table of the product must say the same.
BOLEH = {
    "rujuk": ({"calon"}, "dirujuk", "kader"),
    "layani": ({"calon", "dirujuk", "dikembalikan"}, "dilayani", "kader"),
    "tunda": ({"calon", "dirujuk"}, "ditunda", "kader"),
    "lanjutkan": ({"ditunda"}, "calon", "kader"),
    "batal": ({"calon", "dirujuk", "ditunda", "dilayani", "dikembalikan"}, "batal", "kader"),
    "verifikasi": ({"dilayani"}, "terverifikasi", "plkb"),
    "kembalikan": ({"dilayani", "terverifikasi"}, "dikembalikan", "plkb"),
}
PERAN = ("kader", "plkb", "koordinator", "dppkb", "admin")


@pytest.fixture
def dunia(db: None) -> Dunia:
    return buat_dunia()


def test_tabel_lengkap() -> None:
    assert set(PANAH) == set(BOLEH)


@pytest.mark.parametrize(("tindakan", "tahap", "peran"), list(itertools.product(BOLEH, Tahap.values, PERAN)))
def test_setiap_panah_dengan_setiap_peran(dunia: Dunia, tindakan: str, tahap: str, peran: str) -> None:
    dari, ke, siapa = BOLEH[tindakan]
    p = catatan(dunia, tahap=tahap)
    oleh = getattr(dunia, peran)
    if tahap in dari and peran == siapa:
        pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="sebabnya ini")
        p.refresh_from_db()
        jejak = Jejak.objects.get(kunci=str(p.pk))
        assert (p.tahap, p.versi, p.alasan_tahap) == (ke, 2, "sebabnya ini")
        assert (jejak.oleh, jejak.tindakan, jejak.alasan) == (oleh, tindakan, "sebabnya ini")
        assert jejak.perubahan == {"tahap": [tahap, ke]}
        assert (p.diverifikasi_oleh == oleh) is (ke == "terverifikasi")
        assert PerluHitung.objects.exists()
    else:
        with pytest.raises(Ditolak) as tolak:
            pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="sebabnya ini")
        assert tolak.value.pesan
        assert Pelayanan.objects.get(pk=p.pk).tahap == tahap
        assert not Jejak.objects.exists()
        assert not PerluHitung.objects.exists()


@pytest.mark.parametrize("tindakan", ["tunda", "batal", "kembalikan"])
@pytest.mark.parametrize("alasan", ["", "   ", "x" * 501])
def test_alasan_diminta_dan_dibatasi(dunia: Dunia, tindakan: str, alasan: str) -> None:
    dari, _, peran = BOLEH[tindakan]
    p = catatan(dunia, tahap=min(dari))
    oleh = getattr(dunia, peran)
    with pytest.raises(Ditolak):
        pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan=alasan)
    assert not Jejak.objects.exists()


@pytest.mark.parametrize(("siapa", "tindakan"), [("tetangga", "batal"), ("plkb_jauh", "verifikasi")])
def test_desa_orang_lain_ditolak(dunia: Dunia, siapa: str, tindakan: str) -> None:
    p = catatan(dunia)
    oleh = getattr(dunia, siapa)
    with pytest.raises(Ditolak, match="di luar wilayah"):
        pindah_tahap(oleh, cakupan(oleh), p.pk, tindakan, alasan="sebabnya ini")


def test_petugas_hanya_di_desanya(dunia: Dunia) -> None:
    p = catatan(dunia, desa=GANDASOLI)
    assert pindah_tahap(dunia.plkb, cakupan(dunia.plkb), p.pk, "verifikasi").tahap == Tahap.TERVERIFIKASI
