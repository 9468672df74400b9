"""Never lost: an encrypted dump of the database, and the road back (docs/operator.md).

`segel` the sealed file, `basisdata` one Postgres and its tools, `manifes` what stands in it, `buat` and `pulih` the
acts.
Nothing lies outside the database but logs, beat's schedule and the queue, which are made anew, and the keys, which
must never lie beside a dump.
"""


class Gagal(Exception):
    """It cannot be done; `pesan` is the sentence for the operator, `kode` the exit code."""

    SETELAN, BERKAS, BASISDATA, BEDA, TUA = 2, 3, 4, 5, 6

    def __init__(self, pesan: str, kode: int = 1) -> None:
        super().__init__(pesan)
        self.pesan, self.kode = pesan, kode
