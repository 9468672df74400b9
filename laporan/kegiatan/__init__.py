"""Kegiatan: what a kader does in the six roles, written down as it happens."""
