"""System checks of an installation: run by `manage.py check --deploy`."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

SENDIRI = {"", "localhost", "127.0.0.1", "::1"}
TERSANDI = {"require", "verify-ca", "verify-full"}


@register(Tags.security, deploy=True)
def jalur_ke_server(**kwargs: object) -> list[CheckMessage]:
    """Names and NIK travel to Postgres, ids to Redis: over another machine's network only encrypted, unless the
    operator says that the way to that host is closed to others."""
    hasil: list[CheckMessage] = []
    dekat = SENDIRI | set(settings.JARINGAN_TERTUTUP)
    basis = settings.DATABASES["default"]
    jauh = not (basis["HOST"] in dekat or basis["HOST"].startswith("/"))
    if jauh and basis.get("OPTIONS", {}).get("sslmode") not in TERSANDI:
        hasil.append(
            Warning(
                "DATABASE_URL leads to another machine without TLS.",
                hint="Add ?sslmode=verify-full (or require) to it, or name the host in POSKB_JARINGAN_TERTUTUP.",
                id="poskb.W010",
            )
        )
    redis = urlsplit(settings.REDIS_URL)
    if redis.scheme == "redis" and (redis.hostname or "") not in dekat:
        hasil.append(
            Warning(
                "REDIS_URL leads to another machine without TLS.",
                hint="Use rediss:// instead of redis://, or name the host in POSKB_JARINGAN_TERTUTUP.",
                id="poskb.W011",
            )
        )
    return hasil


@register(Tags.security, deploy=True)
def bukan_demo(**kwargs: object) -> list[CheckMessage]:
    """The demo's secrets and passwords are public."""
    if not settings.DEMO:
        return []
    return [Warning("POSKB_DEMO=1: people, passwords and keys of the demo are public.", id="poskb.W012")]
