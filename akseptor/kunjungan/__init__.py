"""Home visits: what may be written about one, and which records a month proposes.

Here and not in laporan: a visit is a fact about a service, the acceptor's page shows it, and who belongs to a sample
is decided by service dates alone. The monthly report reads it from above.
"""
