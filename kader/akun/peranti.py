"""A device in plain words, from what its browser says of itself. What it says is not kept."""

import re

TAK_DIKENAL = "Perangkat lain"
# In this order: each also names those after it.
PERAMBAN = (
    ("Edg", "Edge"),
    ("OPR|Opera", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("MiuiBrowser", "Mi Browser"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SISTEM = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "HP Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "komputer Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "komputer Linux"),
)


def nama_peranti(user_agent: str) -> str:
    """Return "Chrome di HP Android" or the like."""
    peramban = next((nama for pola, nama in PERAMBAN if re.search(pola, user_agent)), "")
    sistem = next((nama for pola, nama in SISTEM if re.search(pola, user_agent)), "")
    return f"{peramban} di {sistem}" if peramban and sistem else peramban or sistem.capitalize() or TAK_DIKENAL
