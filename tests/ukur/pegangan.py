"""What a benchmark holds of a running product from outside: its database, its queue, its commands."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import psycopg2
import redis

from poskb.jalankan import bagian


class Pegangan:
    """Base of whoever starts a product; `env` is the environment of its processes."""

    env: dict[str, str]

    @property
    def alamat_sql(self) -> str:
        """Where its database is asked from here."""
        return self.env["DATABASE_URL"]

    @contextlib.contextmanager
    def sql(self) -> Iterator["psycopg2.extensions.cursor"]:
        """Lend a cursor that commits by itself."""
        sambungan = psycopg2.connect(self.alamat_sql, connect_timeout=3)
        sambungan.autocommit = True
        try:
            with sambungan.cursor() as kursor:
                yield kursor
        finally:
            sambungan.close()

    def redis(self) -> redis.Redis:
        """Return a client of the queue."""
        return redis.Redis.from_url(self.env["REDIS_URL"], socket_connect_timeout=2, socket_timeout=5)

    def python(self, kode: str) -> str:
        """Run some lines with Django on it and return what they print."""
        return subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + kode],
            env=self.env | {"DJANGO_SETTINGS_MODULE": "poskb.settings", "POSKB_PERAN_DB": "pekerja"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    def kelola(self, *argumen: str) -> tuple[int, str]:
        """Run a command of manage.py; return exit code and output."""
        hasil = subprocess.run([*bagian.KELOLA, *argumen], env=self.env, capture_output=True, text=True, check=False)
        return hasil.returncode, hasil.stdout + hasil.stderr
