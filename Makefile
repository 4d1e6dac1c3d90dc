# make corpus and make test need Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ZHEN_BENCH ?= $(wildcard ../shared/bench)
export ZHEN_BENCH

.DEFAULT_GOAL := help
.PHONY: help corpus test test-all gate lint types check clean install

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

corpus: $(VENV)/.runtime  ## build corpus/ from seeds/ (the main job)
	$(BIN)/zhen run seeds --out corpus

test: $(VENV)/.development  ## the quick tests
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

test-all: $(VENV)/.development  ## all tests; the browser tests need chromium and chromedriver
	sh tests/browser_install.sh
	$(BIN)/python -m pytest -q -m 'slow or integration'

gate: $(VENV)/.development  ## quality floors (evaluation data: ZHEN_BENCH)
	$(BIN)/python -m tasks.evaluate.gate

lint: $(VENV)/.development  ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.development  ## mypy
	$(BIN)/mypy

check: lint types test gate  ## everything that is quick

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "zhen needs Python 3.11 or newer; say which with make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Without torch: the main job does not need it.
$(VENV)/.runtime: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

# torch is named first so that pip settles on a build for the CPU before anything asks for more.
$(VENV)/.development: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check 'torch>=2.6,<2.14'
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.runtime

clean:  ## remove what make made (not the corpus)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
