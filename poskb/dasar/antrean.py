"""The only road from a request to Celery."""

import time

from celery import Task
from django.db import transaction

# Seconds between two messages of one task from one process: whoever marks work in between is heard by the next one.
JEDA = 1.0
# Name of a task to the moment (monotonic) at which its last message is taken up.
BERANGKAT: dict[str, float] = {}


def setelah_commit(tugas: Task) -> None:
    """Nudge a task after COMMIT; a dead broker is logged and never fails the request.

    What the task does must be written down in the database before (a mark, a row): the message is only a nudge, so a
    nudge that leaves later than this COMMIT serves this one too, and many commits in a second need one.
    """

    # Not functools.partial: Django 5.2 reads __qualname__ of a robust callback exactly when it fails.
    def kirim() -> None:
        kini, lalu = time.monotonic(), BERANGKAT.get(tugas.name, -JEDA)
        if lalu > kini:
            return
        berangkat = BERANGKAT[tugas.name] = max(kini, lalu + JEDA)
        if berangkat == kini:
            tugas.delay()
        else:
            tugas.apply_async(countdown=berangkat - kini)

    transaction.on_commit(kirim, robust=True)
