"""A plugin of pytest: the test process owns its database, and every request in it acts as the production web does.

What a test puts into the database it writes as the owner, whom no policy holds; what it asks through the test client
runs as the role of the web, under row-level security, whatever the page.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

# Before the settings are read.
os.environ["POSKB_PERAN_DB"] = "pemilik"


@contextmanager
def sebagai(peran: str) -> Iterator[None]:
    """Act as a role of the database inside, on this thread's connection, and as its owner again afterwards."""
    from django.db import connection
    from psycopg2.errors import InFailedSqlTransaction

    from poskb.dasar.peran_db import nama_peran

    def jalankan(perintah: str) -> None:
        # Not through Django: it is no query of the page.
        with connection.connection.cursor() as cursor:
            cursor.execute(perintah)

    connection.ensure_connection()
    jalankan(f"SET ROLE {nama_peran(peran)}")
    try:
        yield
    finally:
        if connection.connection is not None:
            try:
                jalankan("RESET ROLE")
            except InFailedSqlTransaction:
                pass  # the end of the transaction undoes it


class SepertiWeb:
    """Middleware around everything."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        from django.db import connection

        try:
            connection.ensure_connection()
        except RuntimeError:
            return self.get_response(request)  # a test that may not use the database
        with sebagai("web"):
            return self.get_response(request)


@pytest.fixture(autouse=True)
def permintaan_sebagai_web(settings: Any) -> None:
    """Put the middleware in front."""
    settings.MIDDLEWARE = ["tests.peran.SepertiWeb", *settings.MIDDLEWARE]
