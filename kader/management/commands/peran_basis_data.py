"""The statements that make the roles of the database, for an administrator where the product's login may not."""

from django.core.management.base import BaseCommand

from poskb.dasar.peran_db import sql_peran


class Command(BaseCommand):
    """Prints, changes nothing: to be run as an administrator of the cluster, once, by psql."""

    help = "Menampilkan SQL pembuat peran basis data, untuk administrator Postgres (docs/keamanan-basis-data.md)."
    requires_system_checks = []

    def add_arguments(self, parser: object) -> None:
        """Take the login that shall act in these roles."""
        parser.add_argument("--untuk", default="", help="login basis data yang boleh memakai peran itu")  # type: ignore[attr-defined]

    def handle(self, *args: object, untuk: str, **options: object) -> None:
        """Write the SQL."""
        self.stdout.write(sql_peran(untuk))
