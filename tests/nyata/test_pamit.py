"""A web server that is told to stop sends the front server away first, and serves what still comes (POSKB_WEB_PAMIT)."""

import http.client
import time
from pathlib import Path

import pytest

from poskb.jalankan import bagian
from poskb.jalankan.proses import cari_port, tunggu
from tests.layanan import Layanan
from tests.peladen import Peladen

PAMIT = 3


def jawab(port: int, alamat: str, cara: str = "GET") -> int:
    """Return the status; 0 when nobody listens."""
    sambungan = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        sambungan.request(cara, alamat)
        return sambungan.getresponse().status
    except OSError:
        return 0
    finally:
        sambungan.close()


@pytest.mark.parametrize("pamit", [PAMIT, 0])
def test_yang_disuruh_berhenti_pamit_dulu(peladen: Peladen, tmp_path: Path, pamit: int) -> None:
    port = cari_port()
    env = peladen.env | {"POSKB_WEB_PAMIT": str(pamit)}
    web = Layanan(bagian.perintah_web(f"127.0.0.1:{port}"), tmp_path / "web.log", env=env)
    web.mulai()
    assert web.proses
    try:
        assert tunggu(lambda: jawab(port, "/sehat/web/") == 200, detik=30), web.ekor()
        mulai = time.monotonic()
        web.proses.terminate()
        if pamit:
            assert tunggu(lambda: jawab(port, "/sehat/web/") == 503, detik=1), web.ekor()
            # Told again it leaves no sooner, and until then it serves all else.
            web.proses.terminate()
            while time.monotonic() - mulai < pamit - 1:
                assert (jawab(port, "/masuk/"), jawab(port, "/masuk/", "POST")) == (200, 403)
                assert jawab(port, "/sehat/web/") == 503
        assert web.proses.wait(pamit + 10) == 0
        lama = time.monotonic() - mulai
        assert lama >= pamit
        assert pamit or lama < PAMIT
    finally:
        web.hentikan()
