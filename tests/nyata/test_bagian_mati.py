"""Worker and Redis go away in the middle: registering works, nothing is lost, the count is right again by itself."""

import json
import time
from typing import TYPE_CHECKING

from tests.nyata.langkah import LAPTOP, isi_akseptor, masuk, simpan, tercatat, tunggu_tercatat, tutup
from tests.peladen import Peladen

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_worker_dan_redis_mati_lalu_kembali(peramban: "Browser", sehat_lagi: Peladen) -> None:
    peladen = sehat_lagi
    kader = masuk(peramban, peladen, "kader")
    dppkb = masuk(peramban, peladen, "dppkb", LAPTOP)
    dppkb.goto("/dasbor/")
    awal = tercatat(dppkb)

    peladen.hentikan_worker()
    isi_akseptor(kader, "Neneng Karangan", "3214996007910779")
    simpan(kader)
    kader.get_by_text("Tersimpan: Neneng Karangan").wait_for()

    peladen.hentikan_redis()
    isi_akseptor(kader, "Yayah Karangan", "3214994508890780")
    mulai = time.monotonic()
    simpan(kader)
    kader.get_by_text("Tersimpan: Yayah Karangan").wait_for()
    assert time.monotonic() - mulai < 10, "a dead broker must not hold the kader up"

    # The health page names what is missing and keeps its secrets.
    jawaban = kader.request.get("/sehat/")
    assert jawaban.status == 503
    sehat = json.loads(jawaban.text())
    assert sehat["database"] == "ok"
    assert sehat["redis"] != "ok"
    assert "redis://" not in jawaban.text()

    # The dashboard says how old its numbers are, and does not invent any.
    dppkb.get_by_text("Penghitung sedang tidak berjalan").wait_for(timeout=60_000)
    assert tercatat(dppkb) == awal

    peladen.mulai_redis()
    peladen.mulai_worker()
    tunggu_tercatat(dppkb, awal + 2, detik=60)
    dppkb.get_by_text("bergerak sendiri").wait_for(timeout=60_000)
    assert "sama dengan catatan" in peladen.manage("hitung_ulang").lower()
    tutup(kader, dppkb)
