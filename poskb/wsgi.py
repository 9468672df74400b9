"""Entry point of the web server. It starts only where the database keeps it to the rows of who asks."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "poskb.settings")
# Said before the settings are read, and not to be outvoted: what serves requests is the web.
os.environ["POSKB_PERAN_DB"] = "web"
application = get_wsgi_application()

from poskb.dasar.peran_db import pastikan  # noqa: E402  (it reads the settings)

pastikan()
