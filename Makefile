# Every target sets up what it needs: a stamp in each environment is newer than its lock file.

# The first of these that is a Python 3.11; say `make PYTHON=/some/python3.11` for another.
PYTHON ?= $(shell for p in python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $$p && break; done)

BIN := .venv/bin
UV := $(BIN)/uv
READY := .venv/.ready
SPARK_READY := .venv-spark/.ready
COMPILE := $(UV) pip compile --quiet --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-spark run test test-all test-spark check fix render airflow real accounts samples lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make the environment in .venv from the locked, hashed requirements

setup-spark: $(SPARK_READY) ## make the second environment, for Spark, in .venv-spark

run: $(READY) ## refresh the bundled samples, publish a release and show it
	$(BIN)/python -m scripts.run

test: $(READY) ## run the quick tests
	$(BIN)/pytest -q -n 2 -m "not slow and not spark"

test-all: check ## run every check and every test, on both engines
	$(BIN)/pytest -q -n 2 -m "not spark"
	$(MAKE) --no-print-directory test-spark

test-spark: $(READY) $(SPARK_READY) ## run the tests that build on Spark
	$(BIN)/pytest -q -m spark

check: $(READY) ## format, lint, types, imports, SQL, YAML, and rendered files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/sqlfluff lint --processes 2 dbt_project
	$(BIN)/yamllint --strict .
	$(BIN)/iplake render --check
	$(BIN)/python -m benchmarks.linkage.page --check

fix: $(READY) ## format Python and SQL, and mend what the linters can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/sqlfluff fix --quiet --processes 2 dbt_project

render: $(READY) ## write again the committed files that are derived from declarations and figures
	$(BIN)/iplake render
	$(BIN)/python -m benchmarks.linkage.page

airflow: $(READY) ## start Airflow with the DAGs, on this machine only
	$(BIN)/python -m scripts.airflow

real: $(READY) ## refresh from the offices' real files beside the project, into lake-real
	$(BIN)/python -m scripts.real

accounts: $(READY) ## account for every real file of every source; the figures go to docs/sources.md
	$(BIN)/python -m scripts.accounts
	$(BIN)/iplake render

samples: $(READY) ## make the bundled sample mirror again
	$(BIN)/python -m scripts.mirrors sample

lock: $(UV) ## resolve the requirements in pyproject.toml again, keeping locked versions that still fit
	$(COMPILE) pyproject.toml --group dev -o requirements.lock
	$(COMPILE) --group spark -o requirements-spark.lock
	$(COMPILE) --group bootstrap -o requirements-bootstrap.lock

clean: ## remove both environments and the tools' caches
	rm -rf .venv .venv-spark .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# pip fetches uv and nothing else: uv installs the rest in a sixth of the time.
$(UV): requirements-bootstrap.lock
	@[[ -n "$(PYTHON)" ]] && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
		echo "iplake needs Python 3.11, and found: $$("$(or $(PYTHON),python3)" --version 2>&1 || true)." >&2; \
		echo "Install it, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "Setting up .venv"
	@$(PYTHON) -m venv --prompt iplake .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# Compiling costs ten seconds here and halves every import later.
$(READY): $(UV) requirements.lock pyproject.toml
	@echo "Installing requirements.lock"
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

$(SPARK_READY): $(UV) requirements-spark.lock
	@echo "Installing requirements-spark.lock"
	@$(UV) venv --quiet --clear --python $(BIN)/python --prompt iplake-spark .venv-spark
	@$(UV) pip sync --quiet --python .venv-spark/bin/python --require-hashes --compile-bytecode requirements-spark.lock
	@touch $@
