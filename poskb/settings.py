"""All settings, in one file, from the environment. The table is in README.md.

Outside demo mode nothing has a secret default: a start without secrets stops with a sentence (see `rahasia`).
"""

import os
import re
import sys
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_bool(name: str, *, default: bool) -> bool:
    """Read a yes/no variable. Raises ImproperlyConfigured for anything but 1/0, true/false, ya/tidak."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "ya"}:
        return True
    if value in {"0", "false", "tidak"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def env_int(name: str, *, default: int) -> int:
    """Read a whole number. Raises ImproperlyConfigured when it is none."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number.") from None


def env_nama(name: str, *, default: str) -> str:
    """Read the beginning of names in the database. Raises ImproperlyConfigured for what is no plain name."""
    value = os.environ.get(name, "").strip() or default
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", value):
        raise ImproperlyConfigured(f"{name}={value!r}: write small letters, digits and _ , at most 31.")
    return value


def env_list(name: str, *, default: str) -> list[str]:
    """Read a comma separated list."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_hari(name: str, *, default: dict[str, int]) -> dict[str, int]:
    """Read "kader=3,tutup=15": days of a month by name; what is not named keeps its default.

    Raises ImproperlyConfigured for anything else. Whether the days make sense is a system check (laporan/checks.py).
    """
    days = dict(default)
    for part in env_list(name, default=""):
        key, _, value = (text.strip() for text in part.partition("="))
        if key not in default or not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name}: {part!r}: write name=day, with a name of {', '.join(default)}.")
        days[key] = int(value)
    return days


DEMO = env_bool("POSKB_DEMO", default=False)


def rahasia(name: str, demo_default: str) -> str:
    """Read a secret. In demo mode a public default serves; otherwise missing, default or short stops the start."""
    value = os.environ.get(name, "").strip()
    if DEMO:
        return value or demo_default
    if not value or value == demo_default or len(value) < 32:
        raise ImproperlyConfigured(
            f"{name} must be set to a secret of your own, at least 32 characters, outside demo mode "
            f'(make one: python -c "import secrets; print(secrets.token_urlsafe(48))"). '
            f"To try the product out, set POSKB_DEMO=1."
        )
    return value


# --- who we are ---------------------------------------------------------------------------------------------------
SECRET_KEY = rahasia("POSKB_SECRET_KEY", "demo-only-not-a-secret-0123456789abcdef0123456789abcdef")
# Keys of encrypted columns and of the blind index of NIK; several, newest first, separated by commas.
KUNCI_DATA = env_list(
    "POSKB_KUNCI_DATA", default=rahasia("POSKB_KUNCI_DATA", "demo-only-data-key-0123456789abcdef0123456789abcdef")
)
KUNCI_INDEKS = rahasia("POSKB_KUNCI_INDEKS", "demo-only-index-key-0123456789abcdef0123456789abcdef")

DEBUG = False  # error pages never show variables: they would hold NIK and names
ALLOWED_HOSTS = env_list("POSKB_HOSTS", default="*" if DEMO else "")
CSRF_TRUSTED_ORIGINS = env_list("POSKB_ORIGINS", default="")
DATA_DIR = Path(os.environ.get("POSKB_DATA_DIR", BASE_DIR / ".data"))
# Where the product stands: every Wilayah below this code is its area.
KODE_KABUPATEN = os.environ.get("POSKB_KABUPATEN", "32.14")
# "YYYY-MM-DD" pins today (poskb/dasar/waktu.py); the demo lives in the middle of the campaign.
HARI_INI = os.environ.get("POSKB_HARI_INI", "2021-07-08" if DEMO else "")

# --- what runs ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "kader",
    "akseptor",
    "laporan",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Weak lines; tokens are masked and Django pads the answer against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kader.terlihat.TerlihatMiddleware",
    "kader.middleware.CakupanMiddleware",
    "kader.middleware.IzinMiddleware",
    "kader.baris.middleware.BarisMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kader.middleware.TanpaSimpanMiddleware",
]
ROOT_URLCONF = "poskb.urls"
WSGI_APPLICATION = "poskb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kader.konteks.produk",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- monthly report: day of the next month by which each level is done, and on which the national system closes ------
TENGGAT_LAPORAN = env_hari(
    "POSKB_TENGGAT", default={"kader": 3, "plkb": 5, "kecamatan": 7, "kabupaten": 10, "tutup": 15}
)
# Which of them refuse once they have passed; the others remind, and what comes later counts as late.
TENGGAT_MENOLAK = env_list("POSKB_TENGGAT_MENOLAK", default="tutup")

# --- what an officer is asked to look at before she signs (laporan/bulanan/tanda) ------------------------------------
TANDA_LAPORAN = {
    # A number is compared with the desa's own sent months: at most so many, and none at all with fewer than so many.
    "lonjakan_bulan": 6,
    "lonjakan_paling_sedikit": 3,
    # It jumps when it lies outside them all and further from their middle than both of these.
    "lonjakan_selisih": 5,
    "lonjakan_persen": 20,
    # A record is late when it arrived more days than this after the service, or after the kader's deadline.
    "terlambat_hari": 7,
    # So many couples with one phone number are worth a word.
    "hp_sama": 4,
}

# --- exports: how long a made file can be fetched, and the largest that is kept -------------------------------------
EKSPOR_JAM = env_int("POSKB_EKSPOR_JAM", default=24)
EKSPOR_TERBESAR = 20 * 1024 * 1024

# --- last heard of: written at most once in so many minutes for each person (0: never); a desa is silent after days --
JEDA_TERLIHAT_MENIT = 60
HARI_DIAM = 14

# --- home visits: how many of those served in a month are proposed per desa; one walk holds five ---------------
SAMPEL_KUNJUNGAN = {"persen": 10, "paling_sedikit": 3, "paling_banyak": 5}

# --- database -----------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/poskb"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# Which role of the database this process takes on (poskb/dasar/peran_db.py): said by wsgi.py, manage.py and the
# worker; who says nothing is the web, which sees the rows of a signed-in user's area and no more.
PERAN_DB = os.environ.get("POSKB_PERAN_DB", "") or "web"
# Roles belong to the cluster: two products on one cluster need two names.
AWALAN_PERAN = env_nama("POSKB_AWALAN_PERAN", default="poskb")
# 0: the login of DATABASE_URL holds the role already (a pool in transaction mode would not keep what is said once).
GANTI_PERAN = env_bool("POSKB_GANTI_PERAN", default=True)
if GANTI_PERAN and PERAN_DB != "pemilik":
    DATABASES["default"]["OPTIONS"]["assume_role"] = f"{AWALAN_PERAN}_{PERAN_DB}"
# The area is said with each statement: a cursor that stays open on the server has no place for that.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "kader.Pengguna"
LOGIN_URL = "masuk"
LOGIN_REDIRECT_URL = "beranda"
LOGOUT_REDIRECT_URL = "masuk"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kader.views.galat.csrf"

# --- web hardening; TLS is off only for a demo on one's own machine ------------------------------------------------
TLS = env_bool("POSKB_TLS", default=not DEMO)
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("POSKB_PROXY", default=False) else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- language and clock -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- static files: built from static/ and npm packages into build/static (poskb/rakit.py) ---------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("POSKB_STATIC_ROOT", BASE_DIR / "build" / "terkumpul"))
STATICFILES_DIRS = [BASE_DIR / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Celery: a copy of the numbers, never the only place of a fact -------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("POSKB_ANTREAN", "poskb")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Redis may be away for as long as it likes: worker and beat try again until it is back.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A task cut off from the broker cannot be acknowledged and will be delivered again: do not let both run.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
# On stopping, what runs gets two seconds; what does not finish goes back to the queue.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 2
# A dead broker may cost a request some hundredths of a second, not its success (poskb/dasar/antrean.py).
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.02, "interval_max": 0.05}
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5, "visibility_timeout": 1800}
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_BEAT_SCHEDULER = "poskb.celery:PenjadwalBerdetak"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "jadwal-beat")
CELERY_BEAT_SCHEDULE = {
    # Heals what a lost message left behind, and says every few seconds that the numbers are still watched.
    "hitung-yang-perlu": {"task": "laporan.hitung_yang_perlu", "schedule": 5.0, "options": {"expires": 5}},
    # Takes up exports whose message or worker was lost; removes files that expired.
    "kerjakan-ekspor": {"task": "laporan.kerjakan_ekspor", "schedule": 15.0, "options": {"expires": 15}},
    "bersihkan-ekspor": {"task": "laporan.bersihkan_ekspor", "schedule": 600.0, "options": {"expires": 600}},
    # Each count asks for a forecast too, at most every two minutes; this one finds the last change of a busy spell.
    "ramal": {"task": "laporan.ramal", "schedule": 600.0, "options": {"expires": 600}},
    "hitung-ulang-malam": {"task": "laporan.hitung_ulang_semua", "schedule": crontab(hour=1, minute=30)},
    # 00.01 WIB of the first is among them; every other hour finds it done, or heals a first that was missed.
    "buka-bulan": {"task": "laporan.buka_bulan", "schedule": crontab(minute=1)},
    # Before the officer's working day; a morning that was missed is made up for at the next run.
    "pesan-pengingat-pagi": {"task": "laporan.perbarui_pesan", "schedule": crontab(hour=6, minute=15)},
}

# --- logs: ids only; the filter removes what looks like a NIK or a phone number all the same ------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tanpa_data_pribadi": {"()": "poskb.dasar.log.TanpaDataPribadi"}},
    "formatters": {"baris": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "layar": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "filters": ["tanpa_data_pribadi"],
            "formatter": "baris",
        }
    },
    "root": {"handlers": ["layar"], "level": "WARNING"},
    "loggers": {
        "poskb": {"level": "INFO"},
        "kader": {"level": "INFO"},
        "akseptor": {"level": "INFO"},
        "laporan": {"level": "INFO"},
        # A refused or unknown page is an answer, not a fault; the history keeps what matters.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},
    },
}
