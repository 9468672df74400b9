"""Numbers as people here read them."""

from django.template.defaultfilters import floatformat


def angka(n: float, desimal: int = 0) -> str:
    """Write a number: "1.831", "42,0". Rounded as templates round, so that page and sentence say the same."""
    return str(floatformat(n, f"{desimal}g"))
