"""Values: what a field, an address, a header or a JSON document may hold when nobody means well."""

import json
from typing import Any

from hypothesis import strategies as st

from tests.acak.aneh import ANEH

# What text is made of: every code point, lone halves of pairs too.
HURUF = st.characters(exclude_categories=())
TEKS = st.one_of(
    st.sampled_from(ANEH),
    st.text(HURUF, max_size=30),
    st.integers(-(2**70), 2**70).map(str),
    st.dates().map(str),
    st.floats().map(str),
    st.uuids().map(str),
    st.lists(st.sampled_from(ANEH[:60]), min_size=2, max_size=3).map("".join),
)
# A header is bytes; what a server lets through is latin-1 without line ends.
KEPALA = st.one_of(
    st.sampled_from([a for a in ANEH if a.isascii() and a.isprintable() and len(a) < 4000]),
    st.text(st.characters(max_codepoint=255, exclude_characters="\x00\r\n"), max_size=40),
)
NAMA = st.one_of(
    st.sampled_from(["", "id", "pk", "__all__", "csrfmiddlewaretoken", "a[]", "a.b", "next"]), st.text(max_size=8)
)

DAUN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**63, 2**64, -1, 0, 10**400, 1e308, float("nan"), float("inf"), -0.0]),
    st.floats(),
    TEKS,
)
POHON = st.recursive(
    DAUN,
    lambda d: st.one_of(st.lists(d, max_size=4), st.dictionaries(st.text(max_size=6), d, max_size=4)),
    max_leaves=8,
)


@st.composite
def dekat(draw: st.DrawFn, teks: str) -> str:
    """Return nearly this text: something cut out, put in, doubled, or another number."""
    letak = draw(st.integers(0, len(teks)))
    cara = draw(st.integers(0, 4))
    if cara == 0:
        return teks[:letak] + draw(HURUF) + teks[letak:]
    if cara == 1:
        return teks[:letak] + teks[letak + 1 :]
    if cara == 2:
        return teks[:letak] + draw(HURUF) + teks[letak + 1 :]
    if cara == 3:
        return teks * 2
    return str(int(teks) + draw(st.integers(-3, 3))) if teks.isascii() and teks.isdigit() else teks.swapcase()


@st.composite
def isi_medan(draw: st.DrawFn, asli: str, kolam: list[str]) -> str:
    """Return a value for a field that holds `asli`: near it, strange, or the key of another row."""
    cara = draw(st.integers(0, 3))
    if cara == 0 and kolam:
        return draw(st.sampled_from(kolam))
    return draw(dekat(asli[:2000])) if cara == 1 else draw(TEKS)


@st.composite
def rusak(draw: st.DrawFn, nilai: Any) -> Any:
    """Return a JSON value with something in it replaced, left out, added or repeated."""
    if isinstance(nilai, dict) and nilai and draw(st.integers(0, 4)):
        kunci = draw(st.sampled_from(sorted(nilai)))
        cara = draw(st.integers(0, 5))
        if cara == 0:
            return {k: v for k, v in nilai.items() if k != kunci}
        if cara == 1:
            return nilai | {draw(st.text(HURUF, max_size=8)): draw(POHON)}
        return nilai | {kunci: draw(rusak(nilai[kunci]))}
    if isinstance(nilai, list) and nilai and draw(st.integers(0, 5)):
        letak = draw(st.integers(0, len(nilai) - 1))
        cara = draw(st.integers(0, 6))
        if cara == 0:
            return nilai[:letak] + nilai[letak + 1 :]
        if cara == 1:
            return [*nilai, nilai[letak]]
        return [*nilai[:letak], draw(rusak(nilai[letak])), *nilai[letak + 1 :]]
    if isinstance(nilai, str) and draw(st.booleans()):
        return draw(isi_medan(nilai, []))
    return draw(POHON)


def tulis_json(nilai: Any) -> bytes:
    """Write it as JSON; half pairs become escapes, as a phone may send them."""
    return json.dumps(nilai).encode()
