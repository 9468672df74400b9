"""The Celery application, and a beat that can be seen to live."""

import logging
import os
from pathlib import Path

import redis
from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poskb.settings")
app = Celery("poskb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = logging.getLogger(__name__)
# beat ticks at least every CELERY_BEAT_MAX_LOOP_INTERVAL (5 s); three missed ticks are no life.
UMUR_DETAK = 15


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
    """Writes a heartbeat that expires; a Redis that is away costs the beat, never the scheduler."""

    def __init__(self, *args: object, **kwargs: object) -> None:
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
            self._redis.setex(kunci_detak(), UMUR_DETAK, 1)
        except redis.RedisError as galat:
            logger.warning("no heartbeat: %s", type(galat).__name__)
        return super().tick(*args, **kwargs)

    def close(self) -> None:
        """Say at once that beat is gone, instead of letting the heartbeat run out."""
        try:
            self._redis.delete(kunci_detak())
        except redis.RedisError as galat:
            logger.warning("no heartbeat: %s", type(galat).__name__)
        super().close()
