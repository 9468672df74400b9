"""Keeps personal numbers out of every log line, whoever wrote them."""

import logging
import re
import traceback

# A NIK has 16 digits, a phone number 9 to 15, separators or not. Short numbers (ids, ports, dates) stay.
ANGKA_PANJANG = re.compile(r"(?<![\w-])\+?\d(?:[ .-]?\d){8,}(?![\w-])")
KODE_WILAYAH = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")


def samarkan(teks: str) -> str:
    """Return the text with every long digit run replaced; codes of areas stay."""
    return ANGKA_PANJANG.sub(lambda m: m[0] if KODE_WILAYAH.fullmatch(m[0]) else "[angka disamarkan]", teks)


class TanpaDataPribadi(logging.Filter):
    """Rewrites a record in place: message, arguments and traceback; always lets it pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = samarkan(record.getMessage()), ()
        if record.exc_info and record.exc_info[0] is not None:
            # Values of an IntegrityError carry the row; keep type and place, drop the detail lines.
            baris = traceback.format_exception(*record.exc_info)
            record.exc_text = samarkan("".join(b for b in baris if not b.lstrip().startswith("DETAIL:")))
            record.exc_text = re.sub(r"\nDETAIL:.*", "", record.exc_text)
        return True
