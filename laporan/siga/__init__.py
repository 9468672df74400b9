"""Sudah diinput ke SIGA: a tick per report, the numbers at that moment, and what changed since."""
