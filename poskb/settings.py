"""All settings, in one file, from the environment. The table is in README.md.

Outside demo mode nothing has a secret default: a start without secrets stops with a sentence (see `rahasia_banyak`).
"""

import os
import sys
from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

from poskb.lingkungan import env_angka, env_bool, env_int, env_list, env_nama, periksa_beda

BASE_DIR = Path(__file__).resolve().parent.parent


DEMO = env_bool("POSKB_DEMO", default=False)


def rahasia_banyak(name: str, demo_default: str) -> list[str]:
    """Read secrets that are rotated: several by commas, newest first. Raises ImproperlyConfigured as `rahasia`."""
    values = env_list(name, default="")
    if DEMO:
        return values or [demo_default]
    if not values or any(value == demo_default or len(value) < 32 for value in values):
        raise ImproperlyConfigured(
            f"{name} must be set to a secret of your own, at least 32 characters, outside demo mode; while it is "
            f'rotated several by commas, newest first (make one: python -c "import secrets; '
            f'print(secrets.token_urlsafe(48))").'
        )
    if len(set(values)) < len(values):
        raise ImproperlyConfigured(f"{name} names one key twice: each stands there once, newest first.")
    return values


# --- who we are ---------------------------------------------------------------------------------------------------
# Each may be several, newest first, separated by commas, while it is rotated (docs/rahasia.md).
SECRET_KEY, *SECRET_KEY_FALLBACKS = rahasia_banyak(
    "POSKB_SECRET_KEY", "demo-only-not-a-secret-0123456789abcdef0123456789abcdef"
)
# Encrypted columns; blind indexes; what must outlive a rotation of both (poskb/dasar/tetap.py).
KUNCI_DATA = rahasia_banyak("POSKB_KUNCI_DATA", "demo-only-data-key-0123456789abcdef0123456789abcdef")
KUNCI_INDEKS = rahasia_banyak("POSKB_KUNCI_INDEKS", "demo-only-index-key-0123456789abcdef0123456789abcdef")
KUNCI_TETAP = rahasia_banyak("POSKB_KUNCI_TETAP", "demo-only-index-key-0123456789abcdef0123456789abcdef")
# Only who makes or restores backups needs these, so no other process is asked for them.
KUNCI_CADANGAN = env_list(
    "POSKB_KUNCI_CADANGAN", default="demo-only-backup-key-0123456789abcdef0123456789abcdef" if DEMO else ""
)
if not DEMO:
    periksa_beda(
        POSKB_SECRET_KEY=[SECRET_KEY, *SECRET_KEY_FALLBACKS],
        POSKB_KUNCI_DATA=KUNCI_DATA,
        POSKB_KUNCI_INDEKS=KUNCI_INDEKS,
        POSKB_KUNCI_TETAP=KUNCI_TETAP,
        POSKB_KUNCI_CADANGAN=KUNCI_CADANGAN,
    )

DEBUG = False  # error pages never show variables: they would hold NIK and names
ALLOWED_HOSTS = env_list("POSKB_HOSTS", default="*" if DEMO else "")
if not DEMO and (not ALLOWED_HOSTS or any(h == "*" or h.startswith(".") for h in ALLOWED_HOSTS)):
    raise ImproperlyConfigured(
        "POSKB_HOSTS must name the host names by which people reach the product, each in full, outside demo mode."
    )
CSRF_TRUSTED_ORIGINS = env_list("POSKB_ORIGINS", default="")
DATA_DIR = Path(os.environ.get("POSKB_DATA_DIR", BASE_DIR / ".data"))
# Where the product stands: every Wilayah below this code is its area.
KODE_KABUPATEN = os.environ.get("POSKB_KABUPATEN", "32.14")
# "YYYY-MM-DD" pins today (poskb/dasar/waktu.py); the demo lives in the middle of the campaign.
HARI_INI = os.environ.get("POSKB_HARI_INI", "2021-07-08" if DEMO else "")

# --- what runs ----------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    # No models: the commands of the operator.
    "poskb",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
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
    "poskb.dasar.kepala.KepalaMiddleware",
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
TENGGAT_LAPORAN = env_angka(
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

# --- how often in an hour one person may do what could be misused in bulk (kader/jatah.py) ---------------------------
JATAH = env_angka(
    "POSKB_JATAH",
    default={
        # Numbers uncovered; records sent with a question (the answer says who is known elsewhere).
        "lihat_rahasia": 60,
        "tanya": 300,
        "cari": 300,
        "ekspor": 60,
        "ringkasan": 120,
        "buka_data": 20,
        "cadangan": 30,
        "token": 20,
        # Per key of another office.
        "api": 1800,
    },
)

# --- last heard of: written at most once in so many minutes for each person (0: never); a desa is silent after days --
JEDA_TERLIHAT_MENIT = 60
HARI_DIAM = 14

# --- home visits: how many of those served in a month are proposed per desa; one walk holds five ---------------
SAMPEL_KUNJUNGAN = {"persen": 10, "paling_sedikit": 3, "paling_banyak": 5}

# --- rights of a person: years after the last service (or the last word of a calon) until her data is erased. The
# longest reminder, of an IUD, comes after eight. By itself each week when switched on; `manage.py retensi` by hand.
RETENSI_TAHUN, RETENSI_GALAT = {"dilayani": 10, "lainnya": 2}, ""
try:
    RETENSI_TAHUN = env_angka("POSKB_RETENSI_TAHUN", default=RETENSI_TAHUN)
except ImproperlyConfigured as galat:
    # Said by a check of the system (akseptor/checks.py), and until it is mended nothing is erased.
    RETENSI_GALAT = str(galat)
RETENSI_OTOMATIS = env_bool("POSKB_RETENSI_OTOMATIS", default=False)

# --- database -----------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/poskb"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
# A host that loses its power or its line says nothing. Within half a minute each side notices: libpq's half here, the
# server's half by its own settings; otherwise a dead worker's transaction would hold its locks for two hours.
DIAM_TCP = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000}
_opsi = DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, **DIAM_TCP} | _opsi
DATABASES["default"]["OPTIONS"]["options"] = " ".join(
    [
        _opsi.get("options", ""),
        "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000",
    ]
).strip()
# A migration waits so many milliseconds for a table, then steps back and tries again: who queues behind it waits too.
MIGRASI_TUNGGU = env_int("POSKB_MIGRASI_TUNGGU", default=2000)
MIGRASI_PERCOBAAN = env_int("POSKB_MIGRASI_PERCOBAAN", default=60)
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
AUTHENTICATION_BACKENDS = ["kader.akun.pintu.SandiBackend"]
# The first makes new hashes; what the others made is made anew when its owner signs in.
PASSWORD_HASHERS = ["kader.akun.sandi.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"kader.akun.sandi.{name}"} for name in ("BukanNamanya", "CukupPanjang", "BukanPasaran", "BukanAngkaSaja")
]
# One-time codes live so many minutes: for the first password, for a new one.
KODE_MENIT = env_angka("POSKB_KODE_MENIT", default={"aktivasi": 24 * 60, "atur_ulang": 30})
# A sign-in lasts so many hours, however much it is used: a kader's phone, everybody else.
SESI_JAM = env_angka("POSKB_SESI_JAM", default={"kader": 30 * 24, "lain": 12})
SESSION_ENGINE = "kader.akun.sesi"
SESSION_COOKIE_AGE = SESI_JAM["lain"] * 3600
# The demo's own people sign in without the second factor; outside the demo there are none.
AKUN_DEMO = ("kader", "plkb", "koordinator", "dppkb", "admin") if DEMO else ()
OTP_TOTP_ISSUER = "Pos KB Purwakarta"
# Wrong digits are counted by kader/akun/percobaan.py, with an end.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kader.views.galat.csrf"

# --- web hardening; TLS is off only for a demo on one's own machine ------------------------------------------------
TLS = env_bool("POSKB_TLS", default=not DEMO)
if not (DEMO or TLS or set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}):
    raise ImproperlyConfigured(
        "POSKB_TLS=0 would send NIK and passwords in the open: outside demo mode it works only with POSKB_HOSTS "
        "localhost or 127.0.0.1."
    )
SECURE_SSL_REDIRECT = TLS
# A script that sends its key in the open is told so, not quietly led to HTTPS (kader/middleware.py).
SECURE_REDIRECT_EXEMPT = [r"^sehat/(web/)?$", r"^api/"]
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = TLS
# A front server of ours: only then are its headers read (scheme here, the client's address in kader/akun/alamat.py).
PROXY = env_bool("POSKB_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
# A browser takes a cookie of such a name only over TLS, for this host and all of it: no neighbour can plant one.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-sessionid", "__Host-csrftoken") if TLS else ("sessionid", "csrftoken")
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "poskb.dasar.pesan.Pesan"
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
# Hosts of Postgres and Redis that are reached over a network of nobody else (compose.yaml): no TLS is asked for there.
JARINGAN_TERTUTUP = env_list("POSKB_JARINGAN_TERTUTUP", default="")
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
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "visibility_timeout": 1800,
}
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
    # Sessions, codes and counted tries that are over.
    "bersihkan-akun": {"task": "kader.bersihkan_akun", "schedule": crontab(hour=2, minute=15)},
    # Does nothing unless POSKB_RETENSI_OTOMATIS says so.
    "retensi": {"task": "akseptor.retensi", "schedule": crontab(hour=2, minute=30, day_of_week="sunday")},
    # Before the officer's working day; a morning that was missed is made up for at the next run.
    "pesan-pengingat-pagi": {"task": "laporan.perbarui_pesan", "schedule": crontab(hour=6, minute=15)},
}

# --- logs: ids only; the filter removes what looks like a NIK or a phone number all the same ------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tanpa_data_pribadi": {"()": "poskb.dasar.log.TanpaDataPribadi"}},
    "formatters": {
        "baris": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}
    },
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
        # Which task ran and how long; never with what (poskb/celery.py).
        "celery": {"level": "INFO"},
        # A refused or unknown page is an answer, not a fault; the history keeps what matters.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},
    },
}
