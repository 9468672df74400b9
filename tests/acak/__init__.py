"""Every route of the product with inputs that nobody would send on purpose: `make acak` (docs/ukur.md)."""
