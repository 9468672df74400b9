"""The floor: clock, locks, queue, log filter."""

import datetime as dt
import io
import logging

import pytest
from celery import Task
from django.db import transaction

from poskb.dasar import waktu
from poskb.dasar.antrean import setelah_commit
from poskb.dasar.kunci import kunci_transaksi
from poskb.dasar.log import TanpaDataPribadi, samarkan


@pytest.mark.parametrize(
    "teks",
    [
        "2021-13",
        "2021-00",
        "2021-6",
        "21-06",
        "",
        "2021/06",
        "abcd-ef",
        "２０２１-06",
        "9999-12",
        "0001-01",
        "1999-12",
    ],
)
def test_bulan_yang_bukan_bulan_ditolak(teks: str) -> None:
    with pytest.raises(ValueError):
        waktu.baca_bulan(teks)


def test_bulan_melewati_tahun() -> None:
    assert waktu.baca_bulan("2021-06") == dt.date(2021, 6, 1)
    assert waktu.geser_bulan(dt.date(2021, 1, 1), -1) == dt.date(2020, 12, 1)
    assert waktu.geser_bulan(dt.date(2021, 12, 1), 1) == dt.date(2022, 1, 1)
    assert waktu.tulis_tanggal(dt.date(2021, 7, 8)) == "8 Juli 2021"


def test_jam_dipatok_tetap_berjalan_dalam_hari(settings: object) -> None:
    settings.HARI_INI = "2021-07-08"
    assert waktu.hari_ini() == dt.date(2021, 7, 8)
    nyata = dt.datetime.now(waktu.WIB)
    assert waktu.sekarang().hour in {nyata.hour, (nyata.hour + 1) % 24}
    settings.HARI_INI = ""
    assert waktu.hari_ini() == dt.datetime.now(waktu.WIB).date()


def test_kunci_di_luar_transaksi_ditolak(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        kunci_transaksi("apa saja")
    with transaction.atomic():
        kunci_transaksi("apa saja")


def test_perantara_mati_tidak_menggagalkan_permintaan(
    db: None, django_capture_on_commit_callbacks: object, caplog: pytest.LogCaptureFixture
) -> None:
    class Mati(Task):
        name = "uji.mati"

        def delay(self, *args: object, **kwargs: object) -> None:
            raise ConnectionError("broker")

    with django_capture_on_commit_callbacks(execute=True) as panggilan:
        setelah_commit(Mati())
    assert len(panggilan) == 1
    assert "broker" in caplog.text


@pytest.mark.parametrize(
    "teks", ["NIK 3214995203900001 ganda", "hp 0812-3456-7890", "hp +6281234567890", "3214 9952 0390 0001"]
)
def test_angka_pribadi_disamarkan(teks: str) -> None:
    assert "[angka disamarkan]" in samarkan(teks)


@pytest.mark.parametrize(
    "teks", ["port 8000", "32.14.04.2006", "2021-07-08", "id 9b3f3096-e00d-4c72-9d61-2a0403d8bad0"]
)
def test_angka_biasa_tinggal(teks: str) -> None:
    assert samarkan(teks) == teks


def test_log_tidak_memuat_nik_juga_di_jejak_galat() -> None:
    aliran = io.StringIO()
    pencatat = logging.getLogger("uji.dasar")
    penangan = logging.StreamHandler(aliran)
    penangan.addFilter(TanpaDataPribadi())
    pencatat.addHandler(penangan)
    # Not in the raise statement: a traceback shows source lines, and no source holds a name.
    pesan = "Key (nik)=(3214995203900001)\nDETAIL: Failing row contains (" + " ".join(["Siti", "Aminah"]) + ")"
    try:
        raise ValueError(pesan)
    except ValueError:
        pencatat.exception("gagal menyimpan %s", "3214995203900001")
    assert "3214995203900001" not in aliran.getvalue()
    assert "Siti Aminah" not in aliran.getvalue()
    assert "gagal menyimpan" in aliran.getvalue()


def test_log_tanpa_kata_postgres_dan_satu_baris_satu_catatan() -> None:
    """What Postgres adds carries the row; what was typed cannot look like an entry of its own."""
    aliran = io.StringIO()
    pencatat = logging.getLogger("uji.dasar.postgres")
    penangan = logging.StreamHandler(aliran)
    penangan.addFilter(TanpaDataPribadi())
    pencatat.addHandler(penangan)
    nama = " ".join(["Siti", "Aminah"])
    pesan = (
        f"column x does not exist\nLINE 1: INSERT INTO t VALUES ('{nama}')\n                 ^\nHINT:  mungkin {nama}"
    )
    try:
        raise ValueError(pesan)
    except ValueError:
        pencatat.exception("%s\n2021 ERROR palsu %s", pesan, "x")
    isi = aliran.getvalue()
    assert nama not in isi
    assert "column x does not exist" in isi
    assert "\n2021 ERROR palsu" not in isi
