"""Out of the house: the month as XLSX and PDF. Content first (plain values), writers after it, the long road last."""
