"""The Celery application, and a beat that can be seen to live."""

import logging
import logging.config
import os
import socket
from pathlib import Path

import redis
from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import celeryd_init, setup_logging
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poskb.settings")
app = Celery("poskb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)
# beat ticks at least every CELERY_BEAT_MAX_LOOP_INTERVAL (5 s); three missed ticks are no life.
UMUR_DETAK = 15


@setup_logging.connect
def catat_seperti_web(**kwargs: object) -> None:
    """Celery would put handlers of its own on the root logger, without the filter that keeps numbers out."""
    logging.config.dictConfig(settings.LOGGING)


@celeryd_init.connect
def sebagai_pekerja(**kwargs: object) -> None:
    """The worker sees all rows, and starts only where it does: numbers counted blindly would be written as zeros."""
    from poskb.dasar.peran_db import PEKERJA, pakai, pastikan

    pakai(PEKERJA)
    pastikan()


def kunci_detak() -> str:
    """Return the Redis key of beat's heartbeat."""
    return f"{app.conf.task_default_queue}:beat:detak"


class PenjadwalBerdetak(PersistentScheduler):
    """Writes a heartbeat that expires; a Redis that is away costs the beat, never the scheduler.

    Every worker host may run one: each task may run twice (laporan/tasks.py), so two beats cost a few empty looks, and
    the loss of one host costs nothing.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        self._nama = f"{socket.gethostname()}:{os.getpid()}"
        # Short waits and no retry: the tick must not hang on its own proof of life.
        self._redis = redis.Redis.from_url(app.conf.broker_url, socket_connect_timeout=1, socket_timeout=1)
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        """Make the folder of the schedule file first: beat may be the first process on a machine."""
        Path(self.schedule_filename).parent.mkdir(parents=True, exist_ok=True)
        super().setup_schedule()

    def tick(self, *args: object, **kwargs: object) -> float:
        """Beat, then schedule as usual."""
        try:
            self._redis.setex(kunci_detak(), UMUR_DETAK, self._nama)
        except redis.RedisError as galat:
            logger.warning("no heartbeat: %s", type(galat).__name__)
        return super().tick(*args, **kwargs)

    def close(self) -> None:
        """Say at once that beat is gone, instead of letting the heartbeat run out: unless another beat wrote it."""
        try:
            if self._redis.get(kunci_detak()) == self._nama.encode():
                self._redis.delete(kunci_detak())
        except redis.RedisError as galat:
            logger.warning("no heartbeat: %s", type(galat).__name__)
        super().close()
