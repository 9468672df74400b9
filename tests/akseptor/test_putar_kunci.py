"""Rotation of the data key and of the index key: every table, nothing else, no save lost, and it says when it is done."""

import base64
import datetime as dt
import hashlib
import io
import threading
import uuid
from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from akseptor import actions, putar
from akseptor.duplikat import Ditanya, cari_kemiripan
from akseptor.models import Akseptor, Pelayanan
from akseptor.putar import tabel_rahasia
from akseptor.rahasia import indeks_buta, kunci_hp, sandi, sandi_utama, semua_indeks
from kader.models import Jejak
from laporan.ekspor.pekerja import baca_berkas
from laporan.kegiatan.actions import tulis_foto
from laporan.kegiatan.foto import baca_foto, rapikan
from laporan.models import BerkasEkspor, Ekspor, FotoKegiatan
from poskb.dasar.tolak import Ditolak
from poskb.dasar.waktu import sekarang
from tests.akseptor.test_serentak import serentak
from tests.akseptor.test_sinkron import hasil
from tests.alat import (
    CITEKO,
    GANDASOLI,
    Dunia,
    buat_dunia,
    cakupan,
    catatan,
    data_formulir,
    isian,
    kegiatan,
    mentah,
    nik_baru,
)
from tests.laporan.kegiatan import gambar
from tests.laporan.kegiatan.alat import setujui

DATA, INDEKS = "kunci data yang baru 0123456789abcdef", "kunci indeks yang baru 0123456789abcdef"
NIK, HP, ALAMAT = "3214995203907777", "+6281210203040", "Kampung Rahasia 7"


@pytest.fixture
def dunia(db: None) -> Dunia:
    call_command("muat_formulir", verbosity=0, stdout=io.StringIO())
    call_command("muat_macam_kegiatan", stdout=io.StringIO())
    return buat_dunia()


def isi_semua(dunia: Dunia) -> tuple[Akseptor, Ekspor]:
    """One row with something in every secret column."""
    p, _ = actions.catat(dunia.kader, cakupan(dunia.kader), isian(dunia, nik_istri=NIK, no_hp=HP, alamat=ALAMAT))
    k = kegiatan(dunia.kader, dt.date(2021, 6, 10))
    tulis_foto(k, rapikan(gambar.foto()))
    ekspor = Ekspor.objects.create(oleh=dunia.plkb, jenis="bulan", bulan=dt.date(2021, 6, 1), dibuat_pada=sekarang())
    BerkasEkspor.objects.create(ekspor=ekspor, isi=b"PK isi berkas")
    return p.akseptor, ekspor


def putar_kunci(*argumen: str) -> str:
    keluar = io.StringIO()
    call_command("putar_kunci", "--jeda", "0", *argumen, stdout=keluar, stderr=keluar)
    return keluar.getvalue()


def kunci_baru(settings: Any) -> None:
    settings.KUNCI_DATA = [DATA, *settings.KUNCI_DATA]
    settings.KUNCI_INDEKS = [INDEKS, *settings.KUNCI_INDEKS]


def test_semua_kolom_rahasia_ditemukan() -> None:
    """A new one appears here by itself; this list says that it was thought of."""
    assert {f"{t.model._meta.label}.{f.name}" for t in tabel_rahasia() for f in t.rahasia} == {
        "akseptor.Akseptor.nik_istri",
        "akseptor.Akseptor.no_hp",
        "akseptor.Akseptor.alamat",
        "laporan.FotoKegiatan.isi",
        "laporan.FotoKegiatan.kecil",
        "laporan.BerkasEkspor.isi",
    }
    assert {f"{t.model._meta.label}.{f.name}" for t in tabel_rahasia() for f in t.indeks} == {
        "akseptor.Akseptor.nik_indeks",
        "akseptor.Akseptor.hp_indeks",
    }


def test_semua_dengan_kunci_baru_dan_yang_lain_tidak_tersentuh(dunia: Dunia, settings: Any) -> None:
    akseptor, ekspor = isi_semua(dunia)
    setujui(dunia.plkb, dt.date(2021, 6, 1))  # the photo's month is locked in the database
    rahasia = {t.model: {f.column for f in t.medan} for t in tabel_rahasia()}
    lain = [Pelayanan, Jejak]
    sebelum = {m: mentah(m) for m in [*rahasia, *lain]}
    foto = baca_foto(FotoKegiatan.objects.get().kegiatan)
    kunci_baru(settings)
    kata = putar_kunci()
    assert "tidak ada baris yang masih memakai kunci lama" in kata
    for m in rahasia:
        for lama, baru in zip(sebelum[m], mentah(m), strict=True):
            assert {k for k in lama if lama[k] != baru[k]} == rahasia[m], m
    assert all(mentah(m) == sebelum[m] for m in lain)
    # The old keys go; everything is read.
    settings.KUNCI_DATA, settings.KUNCI_INDEKS = [DATA], [INDEKS]
    akseptor = Akseptor.objects.get(pk=akseptor.pk)
    assert (akseptor.nik_istri, akseptor.no_hp, akseptor.alamat) == (NIK, HP, ALAMAT)
    assert akseptor.nik_indeks == indeks_buta(NIK)
    assert baca_foto(FotoKegiatan.objects.get().kegiatan) == foto
    assert baca_berkas(ekspor) == b"PK isi berkas"
    assert "0 diganti" in putar_kunci()


def test_tanpa_putaran_kunci_baru_saja_tidak_membuka(dunia: Dunia, settings: Any) -> None:
    isi_semua(dunia)
    settings.KUNCI_DATA = [DATA]
    with pytest.raises(InvalidToken):
        Akseptor.objects.get()
    with pytest.raises(CommandError, match="3 baris belum"):
        putar_kunci()


def test_periksa_tidak_menulis(dunia: Dunia, settings: Any) -> None:
    isi_semua(dunia)
    kunci_baru(settings)
    sebelum = mentah(Akseptor)
    with pytest.raises(CommandError, match="3 baris belum"):
        putar_kunci("--periksa")
    assert mentah(Akseptor) == sebelum


def test_sandi_dari_sebelum_kunci_diturunkan_terbaca_dan_ikut_diputar(dunia: Dunia, settings: Any) -> None:
    isi_semua(dunia)
    lama = Fernet(base64.urlsafe_b64encode(hashlib.sha256(settings.KUNCI_DATA[0].encode()).digest()))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE akseptor_akseptor SET alamat = %s", [lama.encrypt(ALAMAT.encode()).decode()])
    assert Akseptor.objects.get().alamat == ALAMAT
    putar_kunci()
    assert sandi_utama().decrypt(mentah(Akseptor)[0]["alamat"].encode()).decode() == ALAMAT


def test_simpanan_pada_saat_yang_sama_menang(dunia: Dunia, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved after the command has read the row and before it writes."""
    akseptor, _ = isi_semua(dunia)
    kunci_baru(settings)
    asli, sekali = putar._tulis, []

    def tulis(tabel: putar.Tabel, ganti: Any) -> int:
        if tabel.model is Akseptor and not sekali:
            sekali.append(1)
            satu = Akseptor.objects.get(pk=akseptor.pk)
            satu.alamat, satu.no_hp = "Pindah ke sebelah", "+6281299998888"
            satu.save()
        return asli(tabel, ganti)

    monkeypatch.setattr(putar, "_tulis", tulis)
    kata = putar_kunci()
    assert "akseptor.Akseptor, putaran 1: 1 dilihat, 1 dengan kunci lama, 0 diganti" in kata
    settings.KUNCI_DATA, settings.KUNCI_INDEKS = [DATA], [INDEKS]
    akseptor = Akseptor.objects.get(pk=akseptor.pk)
    assert (akseptor.alamat, akseptor.no_hp) == ("Pindah ke sebelah", "+6281299998888")


def test_baris_rusak_disebut_dan_kunci_lama_jangan_dihapus(dunia: Dunia, settings: Any) -> None:
    akseptor, _ = isi_semua(dunia)
    lain = catatan(dunia).akseptor
    asing = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE akseptor_akseptor SET alamat = %s WHERE id = %s", [asing, akseptor.pk])
    kunci_baru(settings)
    keluar = io.StringIO()
    with pytest.raises(CommandError, match=r"1 baris belum memakai kunci pertama\. Jangan hapus kunci lama"):
        call_command("putar_kunci", stdout=keluar, stderr=keluar)
    assert str(akseptor.pk) in keluar.getvalue()
    assert lain.nik_istri == Akseptor.objects.get(pk=lain.pk).nik_istri
    assert sandi_utama().decrypt(next(b for b in mentah(Akseptor) if b["id"] == lain.pk)["nik_istri"].encode())


def test_sandi_yang_dipindah_ke_baris_lain_diketahui_dari_indeksnya(dunia: Dunia) -> None:
    """Fernet binds a ciphertext to no row: who can write to the database can exchange two. The index tells."""
    a, b = catatan(dunia).akseptor, catatan(dunia).akseptor
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE akseptor_akseptor t SET nik_istri = l.nik_istri FROM akseptor_akseptor l WHERE l.id <> t.id"
        )
    keluar = io.StringIO()
    with pytest.raises(CommandError):
        call_command("putar_kunci", "--periksa", stdout=keluar, stderr=keluar)
    assert "Indeksnya bukan dari teksnya" in keluar.getvalue()
    assert str(a.pk) in keluar.getvalue()
    assert str(b.pk) in keluar.getvalue()


# --- while the index is rotated -------------------------------------------------------------------------------------
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


# --- what must outlive a rotation -----------------------------------------------------------------------------------
def test_kiriman_ulang_dikenali_sesudah_kunci_berganti(dunia: Dunia, client: Client, settings: Any) -> None:
    client.force_login(dunia.kader)
    satu = data_formulir(dunia)
    assert hasil(client, satu) == ["diterima"]
    kunci_baru(settings)
    assert hasil(client, satu) == ["sudah_ada"]
    # Also under a new stable key, as long as the old one stays listed; without it a resend would be a conflict.
    lama = settings.KUNCI_TETAP
    settings.KUNCI_TETAP = ["kunci tetap yang baru", *lama]
    assert hasil(client, satu) == ["sudah_ada"]
    ubah = data_formulir(dunia, id=satu["id"], nama_istri="Siti Baru", nik_istri=satu["nik_istri"]) | {"versi": 1}
    assert hasil(client, ubah) == ["diterima"]
    settings.KUNCI_TETAP = ["kunci tetap yang lebih baru", *settings.KUNCI_TETAP]
    assert hasil(client, ubah) == ["sudah_ada"]
    settings.KUNCI_TETAP = ["kunci tetap lain"]
    assert hasil(client, ubah) == ["konflik"]


def test_kunci_hp_tidak_ikut_berputar(dunia: Dunia, client: Client, settings: Any) -> None:
    client.force_login(dunia.kader)
    sebelum = client.get("/hp/kunci.json").json()
    assert sebelum["lama"] == []
    kunci_baru(settings)
    assert client.get("/hp/kunci.json").json() == sebelum
    nama = client.get("/").content.decode().partition('data-kunci="')[2][:8]
    settings.KUNCI_TETAP = ["kunci tetap yang baru", *settings.KUNCI_TETAP]
    sesudah = client.get("/hp/kunci.json").json()
    assert sesudah["kunci"] != sebelum["kunci"]
    assert sesudah["lama"] == [sebelum["kunci"]]
    # A phone sees by the name that there is a new one.
    assert client.get("/").content.decode().partition('data-kunci="')[2][:8] != nama
    assert len(kunci_hp(dunia.kader.pk)) == 2


def test_indeks_kosong_untuk_tanpa_nik() -> None:
    assert semua_indeks("") == []
    assert sandi().decrypt(sandi().encrypt(b"x")) == b"x"
