# The commands of the house: exactly what CI runs (.ci/run).

PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= data
TESTS ?= tests
JOBS ?= 2

BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test check bench format pins docs install install-dev

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: install  ## run the demonstration: make demo PORT=8000 DATA=folder
	@exec $(BIN)/zhunsheng demo --data "$(DATA)" --port "$(PORT)" --host "$(HOST)"

test: install-dev  ## run all tests (TESTS=tests/core for some of them)
	$(BIN)/pytest -n $(JOBS) --dist loadgroup $(TESTS)

check: install-dev  ## lint, format, types, layers, migrations, law data, documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -W "ignore:Got an error checking" manage.py makemigrations --check --dry-run
	$(BIN)/zhunsheng check-law
	$(BIN)/python -m tools.check_docs

bench: install-dev  ## measure; JSON lines on stdout
	@$(BIN)/python -m bench

format: install-dev  ## put the code into the form that check wants
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: install-dev  ## generate the pages that are made from code, tests and spec
	$(BIN)/python -m tools.clauses
	$(BIN)/python -m tools.settings_page
	$(BIN)/python -m tools.errors_page
	$(BIN)/python -m tools.procedures_page

pins: install-dev  ## compile the requirement files from pyproject.toml
	$(BIN)/python -m tools.pins

install:
	@tools/install base

install-dev:
	@tools/install dev
