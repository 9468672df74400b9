"""The backtest: campaigns of known truth (`kebenaran`, `tiruan`), judged at cut days (`nilai`).

What it simulates is people who serve, write down and send, not the model's distributions.
"""
