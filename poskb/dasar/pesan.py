"""The sentences that the next page shows ("Tersimpan: ..."): in a cookie under a name that only this host can set."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class PesanKue(CookieStorage):
    """Django's own, with the prefix of our other cookies."""

    cookie_name = "__Host-messages" if settings.TLS else "messages"


class Pesan(FallbackStorage):
    """What is too long for the cookie goes into the session, as Django does it."""

    storage_classes = (PesanKue, SessionStorage)
