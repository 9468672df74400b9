"""`make bench-host`: two web hosts and two worker hosts on one Postgres and one Redis; one of each is lost.

`jaringan` hosts as network namespaces, `pintu` the front server, `gugus` the product spread over them, `__main__` the run.
"""
