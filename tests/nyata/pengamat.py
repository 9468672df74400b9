"""What a browser refuses because of our policy, and whom it asks, while pages are walked through."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


def amati(konteks: "BrowserContext") -> tuple[list[str], set[str]]:
    """(what the browser refused, hosts that were asked), filled while the context lives."""
    ditolak: list[str] = []
    tujuan: set[str] = set()
    konteks.expose_binding("poskbDitolak", lambda sumber, kata: ditolak.append(f"{sumber['page'].url} {kata}"))
    konteks.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => poskbDitolak("
        "`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));"
    )
    konteks.on("request", lambda r: tujuan.add(urlsplit(r.url).netloc) if r.url.startswith("http") else None)
    # What the page itself cannot report: a frame, a worker, a header that Chromium does not understand.
    konteks.on(
        "console",
        lambda p: (
            ditolak.append(f"{p.page.url if p.page else ''} {p.text}")
            if re.search(r"Content Security Policy|Permissions-Policy|Refused to|violates", p.text)
            else None
        ),
    )
    return ditolak, tujuan
