"""Keeps personal data out of every log line, whoever wrote them."""

import logging
import re
import traceback

# A NIK has 16 digits, a phone number 9 to 15, separators or not. Short numbers (ids, ports, dates) stay.
ANGKA_PANJANG = re.compile(r"(?<![\w-])\+?\d(?:[ .-]?\d){8,}(?![\w-])")
KODE_WILAYAH = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
# What Postgres adds to its sentence: the row (DETAIL), a piece of the statement with its values (LINE, and its mark).
KATA_POSTGRES = re.compile(r"\n(?:DETAIL|HINT|CONTEXT|QUERY|STATEMENT|WHERE|LINE \d+):.*|\n\s*\^(?=\n|$)")


def samarkan(teks: str) -> str:
    """Return the text with every long digit run replaced; codes of areas stay."""
    return ANGKA_PANJANG.sub(lambda m: m[0] if KODE_WILAYAH.fullmatch(m[0]) else "[angka disamarkan]", teks)


class TanpaDataPribadi(logging.Filter):
    """Rewrites a record in place: message, arguments and traceback; always lets it pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        # One record, one line: what was typed cannot look like another entry.
        pesan = KATA_POSTGRES.sub("", record.getMessage())
        record.msg, record.args = samarkan(pesan.replace("\r", "\\r").replace("\n", "\\n")), ()
        if record.exc_info and record.exc_info[0] is not None:
            # Keep type, place and the first sentence; what carries values goes.
            record.exc_text = samarkan(KATA_POSTGRES.sub("", "".join(traceback.format_exception(*record.exc_info))))
        return True
