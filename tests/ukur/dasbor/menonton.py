"""(f) What open dashboards cost the database."""

import os
import time

from poskb.jalankan.proses import ucap
from tests.ukur.dasbor.anggaran import Anggaran, persentil
from tests.ukur.dasbor.permintaan import pengenal
from tests.ukur.klien import masuk
from tests.ukur.panggung import Produk
from tests.ukur.penonton import Penonton


def ukur_penonton(produk: Produk, detik: int, anggaran: Anggaran) -> None:
    """(f) What open dashboards cost the database: transactions a second with nobody, one and 500 watching."""
    karcis, etag = pengenal(masuk(produk.port, "dppkb", ""))
    laju = {}
    ucap(f"\n(f) Open dashboards, {detik} s each")
    with produk.panggung.sql("postgres") as kursor:
        for banyak_ in (0, 1, 500, 0):
            produk.tunggu_tenang()
            penonton = Penonton(produk.port, banyak_, karcis, etag)
            with penonton.menonton():
                time.sleep(3)
                awal, saat, sibuk = _transaksi(kursor, produk.basisdata), time.perf_counter(), os.times()
                time.sleep(detik)
                kini = (_transaksi(kursor, produk.basisdata) - awal) / (time.perf_counter() - saat)
                # With nobody there, before and after: the quieter of the two is what the others are compared with.
                laju[banyak_] = min(laju.get(banyak_, kini), kini)
                sibuk = sum(os.times()[:2]) - sum(sibuk[:2])
            if penonton.lama:
                ucap(
                    f"  {banyak_:>4} watch: {laju[banyak_]:.1f} transactions/s; {len(penonton.lama) / (detik + 3):.0f} answers/s"
                    f" {penonton.status}, p50 {1000 * persentil(penonton.lama, 50):.1f} ms,"
                    f" p95 {1000 * persentil(penonton.lama, 95):.1f} ms; the client's own processor {100 * sibuk / detik:.0f} %"
                )
            else:
                ucap(f"     0 watch: {laju[banyak_]:.1f} transactions/s (worker and beat)")
    tambahan = {n: laju[n] - laju[0] for n in (1, 500)}
    # Two web processes, each asks at most twice a second, with a check of the connection before; one watcher asks less often.
    anggaran.tulis(
        "500 watchers: added database transactions/s, at most 9",
        f"{tambahan[500]:.1f}",
        baik=tambahan[500] <= 9,
        tambahan=f"one watcher {tambahan[1]:.1f}",
    )


def _transaksi(kursor: object, basisdata: str) -> int:
    # A backend reports when it is idle, at the latest a second after its last statement.
    kursor.execute("SELECT pg_stat_clear_snapshot()")
    kursor.execute("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = %s", [basisdata])
    return kursor.fetchone()[0]
