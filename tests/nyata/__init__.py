"""Tests on real parts: Postgres, Redis, worker, beat, Chromium. They see only what is committed."""
