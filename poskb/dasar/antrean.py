"""The only road from a request to Celery."""

from celery import Task
from django.db import transaction


def setelah_commit(tugas: Task, *args: object) -> None:
    """Queue a task after COMMIT; a dead broker is logged and never fails the request.

    What the task does must be written down in the database before (a mark, a row): the message is only a nudge.
    """

    # Not functools.partial: Django 5.2 reads __qualname__ of a robust callback exactly when it fails.
    def kirim() -> None:
        tugas.delay(*args)

    transaction.on_commit(kirim, robust=True)
