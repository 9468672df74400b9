"""The composition root: settings, URLs, Celery. It knows every app and no app knows it (except `poskb.dasar`)."""

from poskb.celery import app as celery_app

VERSION = "0.1.0"

__all__ = ["VERSION", "celery_app"]
