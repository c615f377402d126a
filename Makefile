# Everything a newcomer needs is `make demo` and `make test`; both set themselves up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# a release enters the lock only when it has been out for a week
EXCLUDE_NEWER = $(shell $(PYTHON) -c 'import datetime as d; print(d.date.today() - d.timedelta(days=7))')
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --exclude-newer $(EXCLUDE_NEWER)

.DEFAULT_GOAL := help
.PHONY: help install demo run test check check-format check-lint check-types check-layers check-spelling check-yaml coverage accuracy bench figures year lock

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

install: $(VENV)/.run  ## the program and what it needs, into .venv

demo: $(VENV)/.run  ## replay a small bundled world without a network, and leave digests to look at
	@$(BIN)/aluevahti demo --keep .demo

run: $(VENV)/.run  ## the service with the sources.yaml of this folder, until Ctrl-C
	@$(BIN)/aluevahti run

test: $(VENV)/.dev  ## the tests
	@$(BIN)/python -m pytest -q -n logical --maxprocesses 8 --dist loadgroup

check: check-format check-lint check-types check-layers check-spelling check-yaml  ## format, lint, types, layers, spelling, YAML

check-format: $(VENV)/.dev
	$(BIN)/ruff format --check --quiet .

check-lint: $(VENV)/.dev
	$(BIN)/ruff check --quiet .

check-types: $(VENV)/.dev
	$(BIN)/mypy

check-layers: $(VENV)/.dev
	@$(BIN)/lint-imports --no-logo

check-spelling: $(VENV)/.dev
	$(BIN)/codespell src tests $(wildcard docs) $(wildcard bench) README.md CHANGELOG.md CONTRIBUTING.md Makefile

check-yaml: $(VENV)/.dev
	@$(BIN)/python -c 'import sys; from pathlib import Path; from ruamel.yaml import YAML; [YAML(typ="safe", pure=True).load(Path(name)) for name in sys.argv[1:]]' \
	  $$(find . -name '*.yaml' -not -path './.*' -not -path './tests/platforms/cases/*') .pre-commit-config.yaml

coverage: $(VENV)/.dev  ## the tests with branch coverage, and the floor of the parts that decide
	@rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest -q -n logical --maxprocesses 8 --dist loadgroup
	@$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include='src/aluevahti/reading/*,src/aluevahti/rules/*,src/aluevahti/text/*,src/aluevahti/platforms/*,src/aluevahti/storage/*' --fail-under=95
	@$(BIN)/coverage report --format=total | sed 's/^/all of aluevahti, per cent: /'

accuracy: $(VENV)/.dev  ## how well documents are understood, field by field, on the labelled ones; LABELLED=folder adds your own
	@$(BIN)/python tests/accuracy.py $(if $(LABELLED),--own $(LABELLED))

bench: $(VENV)/.dev $(VENV)/.bench  ## what a check costs, beside urlwatch on the same pages
	@$(BIN)/python bench/run.py --urlwatch $(VENV)/bench/bin/urlwatch
	@$(BIN)/python bench/reading.py
	@$(BIN)/python bench/requests.py

figures: $(VENV)/.dev  ## the reliability figures: crashes, faults, floods, and a simulated year (a quarter of an hour)
	@$(BIN)/python bench/figures.py

year: $(VENV)/.dev  ## a simulated year of all regions, held against its truth; SEED=N draws another one
	@$(BIN)/python tests/simulation/year.py $(if $(SEED),--seed $(SEED))

lock: $(VENV)/.dev  ## take newer releases into requirements/*.txt
	@test -x $(BIN)/uv || $(PIP) install uv
	$(UV_COMPILE) --upgrade pyproject.toml -o requirements/run.txt
	$(UV_COMPILE) --upgrade --group test --group check -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(UV_COMPILE) --upgrade --group bench -o requirements/bench.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "aluevahti needs Python 3.11 or newer; name it: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "Making .venv" >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing aluevahti into .venv" >&2
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Installing what the tests need into .venv" >&2
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# urlwatch has needs of its own, so it gets an environment of its own
$(VENV)/.bench: requirements/bench.txt | $(BIN)/python
	@echo "Installing urlwatch into .venv/bench" >&2
	@$(PYTHON) -m venv $(VENV)/bench
	@$(VENV)/bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/bench.txt
	@touch $@
