# Pos KB. `make run` starts everything, `make test` checks everything; both do their own set-up.
.DEFAULT_GOAL := help
.PHONY: help run test test-lama acak audit lint format bersih pasang pasang-uji rakit bench-hp bench-sinkron bench-laporan \
  bench-dasbor bench-host bench-tahan
MAKEFLAGS += --no-print-directory

# Any Python from 3.11 on; only used to make .venv.
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3 2>/dev/null) python3)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --root-user-action=ignore
# The demo unless the user says otherwise; POSKB_DEMO=0 asks for secrets of one's own.
run: export POSKB_DEMO := $(if $(POSKB_DEMO),$(POSKB_DEMO),1)

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: rakit ## set up and start everything; Ctrl-C stops it (PORT, DATABASE_URL, REDIS_URL: README)
	@exec $(PY) -m poskb.jalankan

test: pasang-uji rakit ## every check and every test, browsers included
	@exec $(PY) -m tests.jalankan_uji $(PYTEST)

test-lama: pasang-uji rakit ## what takes minutes: backup, rotated keys, exchanged versions, leaks, a short fault test
	@$(PY) -m tests.jalankan_uji -m lama -n 2 tests/nyata

bench-hp: pasang-uji rakit ## the kader's phone on a bad line, against its budgets (docs/ukur.md)
	@$(PY) -m tests.ukur.hp

bench-sinkron: pasang-uji rakit ## the sync endpoint against a bare view, also with a million acceptors (docs/ukur.md)
	@$(PY) -m tests.ukur.sinkron

bench-laporan: pasang-uji rakit ## board and matrix of 192 desa with 36 months of reports (docs/ukur.md)
	@$(PY) -m tests.ukur.laporan

bench-dasbor: pasang-uji rakit ## the dashboard with 1,000 and with 5,000,000 services, live and counted (docs/ukur.md)
	@$(PY) -m tests.ukur.dasbor

bench-host: pasang-uji rakit ## two web and two worker hosts, one of each lost; root on Linux (docs/ukur.md)
	@$(PY) -m tests.ukur.host $(PILIHAN)

bench-tahan: pasang-uji rakit ## people at work while parts die at random; PILIHAN="--menit 10 --benih 7" (docs/ukur.md)
	@$(PY) -m tests.ukur.tahan $(PILIHAN)

acak: pasang-uji rakit ## strange inputs on every route, none may give a 5xx; PILIHAN="--banyak 200 --rute kegiatan" (docs/ukur.md)
	@$(PY) -m tests.acak $(PILIHAN)

audit: pasang-uji ## known holes in what the product stands on; 0 none, 1 some, 2 could not be asked
	@$(PY) -m tests.audit

lint: pasang-uji ## style and layers only
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && .venv/bin/lint-imports

format: pasang-uji ## put the code in shape
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

bersih: ## remove what was built (.data, the data of `make run`, stays)
	rm -rf .venv build node_modules .pytest_cache .ruff_cache .hypothesis .import_linter_cache

rakit: pasang
	@$(PY) -m poskb.rakit

pasang: .venv/terpasang
pasang-uji: .venv/terpasang-uji

.venv/terpasang: requirements.txt
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Pos KB needs Python 3.11 or later with venv; name it with PYTHON=..."; exit 1; }
	@echo "Installing Python packages ..."
	@$(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/terpasang-uji: .venv/terpasang requirements-dev.txt
	@echo "Installing what the tests need ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@
