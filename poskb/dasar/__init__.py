"""The floor: clock, locks, the road to Celery, log filter. No models, no domain words, imports nothing of ours."""
