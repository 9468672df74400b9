"""What the form says, and that it says it the way a person would."""

import datetime as dt

import pytest

from kader.alasan import TANPA_NOMOR
from laporan.kegiatan import form as kata
from laporan.kegiatan.form import KegiatanForm
from laporan.models import MacamKegiatan
from tests.alat import GANDASOLI, NAGROG, Dunia, cakupan, kegiatan
from tests.laporan.kegiatan.alat import data

HARI = dt.date(2021, 7, 8)


def buat(dunia: Dunia, **kwargs: object) -> KegiatanForm:
    return KegiatanForm(cakupan=cakupan(dunia.kader), hari_ini=HARI, **kwargs)


def galat(dunia: Dunia, **ubah: object) -> dict[str, list[str]]:
    return dict(buat(dunia, data=data(**ubah)).errors)


def test_biasa(dunia: Dunia) -> None:
    form = buat(dunia, data=data())
    assert form.is_valid(), form.errors
    isian = form.isian()
    assert (isian.macam, isian.jumlah_orang, isian.tanggal) == ("penyuluhan-kelompok", 25, HARI)


@pytest.mark.parametrize(
    ("medan", "isi", "pesan"),
    [
        ("macam", "", kata.PILIH_MACAM),
        ("macam", "tidak-ada", kata.PILIH_MACAM),
        ("jumlah_orang", "", kata.ISI_JUMLAH),
        ("jumlah_orang", "-1", kata.SALAH_JUMLAH),
        ("jumlah_orang", "10000", kata.SALAH_JUMLAH),
        ("jumlah_orang", "banyak", kata.SALAH_JUMLAH),
        ("jumlah_orang", "2,5", kata.SALAH_JUMLAH),
        ("tanggal", "", kata.ISI_TANGGAL),
        ("tanggal", "2021-07-09", kata.BELUM_TERJADI),
        ("tanggal", "2020-07-06", kata.TERLALU_LAMA),
        ("tanggal", "2021-02-30", kata.SALAH_TANGGAL),
        ("tempat", "rumah 0812-3456-7890", TANPA_NOMOR),
        ("catatan", "NIK 3214995203900001 ikut", TANPA_NOMOR),
        ("desa", NAGROG, "Desa ini di luar wilayah tugas Anda. Pilih desa Anda sendiri."),
    ],
)
def test_kata_kata_penolakan(dunia: Dunia, medan: str, isi: str, pesan: str) -> None:
    assert galat(dunia, **{medan: isi}) == {medan: [pesan]}


@pytest.mark.parametrize(
    ("medan", "isi"),
    [
        ("jumlah_orang", "0"),
        ("jumlah_orang", "9999"),
        ("tanggal", "2020-07-07"),
        ("tanggal", "08-07-2021"),
        ("catatan", "RT 003 RW 004, 12 peserta, 08.00-10.30"),
    ],
)
def test_yang_diterima(dunia: Dunia, medan: str, isi: str) -> None:
    assert galat(dunia, **{medan: isi}) == {}


def test_macam_yang_dimatikan_tetap_pada_catatannya(dunia: Dunia) -> None:
    lama = kegiatan(dunia.kader, macam_id="napza")
    MacamKegiatan.objects.filter(pk="napza").update(aktif=False)
    assert galat(dunia, macam="napza") == {"macam": [kata.PILIH_MACAM]}
    assert buat(dunia, kegiatan=lama, data=data(macam="napza", id=lama.pk)).is_valid()


def test_tanggal_lama_yang_tidak_diubah_tidak_ditolak(dunia: Dunia) -> None:
    lama = kegiatan(dunia.kader, dt.date(2020, 1, 5))
    assert buat(dunia, kegiatan=lama, data=data(tanggal="2020-01-05", id=lama.pk)).is_valid()


def test_ubin_utama_dulu_lalu_menurut_peran(dunia: Dunia) -> None:
    form = buat(dunia)
    assert [b.choice_label for b in form.utama] == [
        "Pertemuan rutin kader",
        "Penyuluhan kelompok",
        "Konseling individu",
        "Kunjungan rumah",
        "Verval data keluarga",
        "Pendampingan rujukan KB",
    ]
    assert next(k.nama for k in form.lain) == "Pengorganisasian"
    assert len(form.utama) + sum(len(k.butir) for k in form.lain) == MacamKegiatan.objects.count()
    assert not form.lain_terpilih
    assert buat(dunia, data=data(macam="napza")).lain_terpilih


def test_desa_dipilih_bila_kader_punya_dua(dunia: Dunia) -> None:
    dunia.kader.penugasan.create(wilayah_id=GANDASOLI, sebagai="kader", mulai=dt.date(2021, 1, 4))
    assert buat(dunia, data=data(desa=GANDASOLI)).is_valid()
    assert not buat(dunia)["desa"].is_hidden


def test_catatan_mengingatkan_soal_nama(dunia: Dunia) -> None:
    assert "jangan tulis nama ibu" in buat(dunia).fields["catatan"].help_text
