# Two commands: `make run` shows the demo, `make test` checks everything.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
export PYTHONDONTWRITEBYTECODE =

.PHONY: help run demo-run test lint types imports unit soak browser hub-proxy bench golden lock screenshots clean
.DEFAULT_GOAL := help

help:  ## list what can be made
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: demo-run  ## install, run every workbook of the demo, serve it, print the link
	$(BIN)/lodestar serve demo

demo-run: .venv/.ready  ## the same without serving
	$(BIN)/lodestar run demo

test: .venv/.ready-dev browser hub-proxy lint types imports unit  ## install what tests need, run all checks

lint: .venv/.ready-dev
	$(BIN)/ruff check --no-cache lib tests
	$(BIN)/ruff format --no-cache --check lib tests

types: .venv/.ready-dev
	$(BIN)/mypy

imports: .venv/.ready-dev
	$(BIN)/lint-imports

unit: .venv/.ready-dev
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --max-worker-restart 0

soak: .venv/.ready-dev  ## every moment a run can die at, every environment it can run in; takes long
	LODESTAR_SOAK=1 $(BIN)/python -m pytest -q \
	  tests/run/test_crash.py tests/run/test_incremental.py tests/run/test_determinism.py

browser: .venv/.ready-dev  ## make sure there is a Chromium for the browser tests
	@sh tests/browser/ensure_chromium.sh

hub-proxy:  ## make sure there is JupyterHub's proxy, where npm is, for the Hub's tests
	@sh tests/serve/ensure_hub_proxy.sh

bench: .venv/.ready-dev  ## time the work beside its peers
	$(BIN)/python -m tests.benchmarks

golden: .venv/.ready-dev  ## rewrite the golden files; read the difference before committing
	LODESTAR_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden

screenshots: .venv/.ready-dev browser  ## pictures of every page, into build/screenshots
	$(BIN)/python -m tests.browser.screenshots build/screenshots

lock:  ## compile the locks for all platforms, with hashes and without an index's address
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q --universal --generate-hashes \
	  --python-version 3.11 --group build -o requirements.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile -q --universal --generate-hashes \
	  --python-version 3.11 --group dev -c requirements.lock \
	  -o requirements-dev.lock pyproject.toml

clean:  ## remove what was installed and built
	rm -rf .venv build dist

.venv/.ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install -q --require-hashes -r requirements.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	$(PIP) install -q --require-hashes -r requirements-dev.lock
	touch $@
