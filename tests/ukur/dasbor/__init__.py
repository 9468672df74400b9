"""`make bench-dasbor`, a file for each thing that is measured; `__main__` sets up and runs them."""
