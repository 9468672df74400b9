"""Settings of the bare view that the product is compared with: the product's own, another URLconf.

Without `TELANJANG_SESI` no middleware runs: no session, no user, no CSRF, nothing but the view.
"""

import os

from poskb.settings import *  # noqa: F403

ROOT_URLCONF = "tests.ukur.telanjang"
if not os.environ.get("TELANJANG_SESI"):
    MIDDLEWARE = []
