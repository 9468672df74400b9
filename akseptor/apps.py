"""The couple and the service."""

from django.apps import AppConfig


class AkseptorConfig(AppConfig):
    name = "akseptor"
    verbose_name = "Akseptor"

    def ready(self) -> None:
        from akseptor import checks  # noqa: F401  (checks register themselves)
