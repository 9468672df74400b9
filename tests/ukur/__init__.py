"""Benchmarks of the product on its real parts; not run by pytest (docs/ukur.md)."""
