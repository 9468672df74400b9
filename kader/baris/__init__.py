"""Row-level security: the database itself keeps each request to the area of whoever signed in.

`Sesi` tells it the area with every statement, `lintas_wilayah` is the one way beyond, `kebijakan` are the rules of the
tables, `tabel` says of every table that could hold a person why it has one or none.
"""

from kader.baris.sesi import Sesi, dalam_wilayah, lintas_wilayah, menyerahkan, tanpa_wilayah, teks_sesi

__all__ = ["Sesi", "dalam_wilayah", "lintas_wilayah", "menyerahkan", "tanpa_wilayah", "teks_sesi"]
