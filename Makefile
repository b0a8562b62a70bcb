# Everything runs in a local virtual environment; the stamp makes the second run quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARTICLE := data/lemonde-istanbul-talks.ar.txt

.PHONY: help install review test check format clean

help:  ## Show what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP)  ## Install mtreview and its test extras into .venv

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $(STAMP)

review: install  ## Score the sample article and open the review page
	$(BIN)/mtreview review $(ARTICLE)

browser: install  ## Find a Chromium for the browser tests, installing Debian's if there is none
	$(BIN)/python tests/find_chromium.py

test: check browser  ## Run everything that must hold: style, types, structure, tests
	$(BIN)/python -m pytest

check: install  ## Style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict mtreview

format: install  ## Lay the code out
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
