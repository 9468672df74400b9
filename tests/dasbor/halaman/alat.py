"""Reading the page as its users do."""

import html
import re

from django.test import Client

ANGKA = re.compile(r'<a class="angka-tautan" href="([^"]+)">([\d.]+)</a>')


def buka(client: Client, siapa: object, url: str = "/dasbor/") -> str:
    client.force_login(siapa)
    jawaban = client.get(url)
    assert jawaban.status_code == 200, jawaban.status_code
    return jawaban.content.decode()


def tautan(halaman: str) -> list[tuple[str, int]]:
    return [(html.unescape(url), int(n.replace(".", ""))) for url, n in ANGKA.findall(halaman)]
