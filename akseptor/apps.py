"""The couple and the service."""

from django.apps import AppConfig


class AkseptorConfig(AppConfig):
    name = "akseptor"
    verbose_name = "Akseptor"
