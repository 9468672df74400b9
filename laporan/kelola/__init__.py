"""Campaigns made on a page by DPPKB: rule, shares of the target, weights, closing, history.

What counts stays in `laporan.kampanye.progres`; how numbers reach the dashboard stays in `laporan.kampanye.hitung`.
"""
