# `make` is the only door: `make help` lists what there is.
# Everything lives in .venv, which is made again when it is deleted and brought up to date when a lock file changes.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKSPACE ?= demo-workspace
AS ?=
DATA ?= ../shared/data
# Arguments for pytest: make test ARGS="tests/record -k forget"
ARGS ?=
# How many tests run at once: one a core. A file of tests stays in one process, for what it has made once; the
# files begin in the order in which they are collected, the long ones first.
JOBS ?= logical
PYTEST = $(BIN)/pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

PIP := $(BIN)/python -m pip --disable-pip-version-check
# What is installed is what the lock file says, file by file, and always ready-built: nothing is compiled here.
# A machine's own pip constraints have no say in it.
LOCKED := PIP_CONSTRAINT= $(PIP) install --quiet --require-hashes --only-binary :all:
OURS := PIP_CONSTRAINT= $(PIP) install --quiet --no-deps --no-build-isolation --editable .
# What measures networks becomes machine code on first use, which is kept: here, so that no page waits for it.
COMPILED := $(BIN)/python -m crosstie.actions.compiling
ASSETS := src/crosstie/web/static/vendor/package-lock.json
# What a language says is compiled from its messages, beside them.
GERMAN := src/crosstie/locale/de/LC_MESSAGES/django.mo

.PHONY: help setup demo test check browser postgresql bench evaluate docs messages reference serve lock screenshots changelog clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.everything $(VENV)/.compiled $(ASSETS) $(GERMAN) ## Make .venv with everything for work on crosstie

demo: $(VENV)/.runs $(VENV)/.compiled $(ASSETS) $(GERMAN) ## Read a made-up company and show it on 127.0.0.1:8000 (PORT=8000)
	$(BIN)/crosstie demo --port $(PORT)

serve: $(VENV)/.runs $(VENV)/.compiled $(ASSETS) $(GERMAN) ## Show WORKSPACE=demo-workspace again, AS="who I am", without reading
	$(BIN)/crosstie serve --workspace $(WORKSPACE) --port $(PORT) $(if $(AS),--as "$(AS)")

test: setup ## Set everything up and run all tests, the browser's too (ARGS="tests/record -k forget")
	@if tools/machine.sh browser >/dev/null; then browser=; \
	elif [ "$${CI:-}" = true ]; then echo "No Chromium: nothing is skipped in CI." >&2; exit 1; \
	else echo "No Chromium: the tests in a browser are left out." >&2; browser='not browser'; fi; \
	tools/machine.sh mailbox >/dev/null || [ "$${CI:-}" != true ] || exit 1; \
	$(PYTEST) -m "$$browser" $(ARGS)

browser: setup ## Run only the tests in a real browser
	@tools/machine.sh browser >/dev/null
	$(PYTEST) -m browser $(ARGS)

postgresql: setup ## Run the tests of an organisation on a real PostgreSQL of their own
	@tools/machine.sh mailbox >/dev/null || [ "$${CI:-}" != true ] || exit 1; \
	bin=$$(tools/machine.sh postgresql) && tools/postgresql.sh "$$bin" $(PYTEST) -m "not browser" tests/organisation $(ARGS)

check: $(VENV)/.everything ## Format, lint, types, rooms
	@wrong=0; \
	for rule in "ruff format --check" "ruff check" "mypy" "lint-imports --no-cache"; do \
	  echo "== $$rule"; $(BIN)/$$rule || wrong=1; \
	done; exit $$wrong

bench: setup ## Measure speed and memory, side by side with others where they can be installed
	@for question in bench/[a-z]*.py; do echo "== $$question"; $(BIN)/python "$$question"; done

evaluate: setup ## See how good the advice is on real data (DATA=../shared/data)
	$(BIN)/python -m evaluation --data $(DATA)

docs: setup ## Build the documentation; a warning is an error
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

messages: setup ## Collect what the pages say, for translation, and compile the translations
	$(BIN)/python tools/messages.py

reference: setup ## Write the reference pages again from the declarations in the code
	$(BIN)/python -m cogapp -P -I tools -r docs/reference/*.md

screenshots: setup ## Make the pictures of the documentation again, in a real browser
	@tools/machine.sh browser >/dev/null
	$(BIN)/python docs/tools/screenshots.py

lock: $(VENV)/.everything ## Resolve all dependencies anew and write the lock files
	$(BIN)/python tools/lock.py

changelog: $(VENV)/.everything ## Show the change notes collected since the last release
	$(BIN)/towncrier build --draft --version next

clean: ## Remove everything that can be made again
	rm -rf $(VENV) src/crosstie/web/static/vendor docs/_build node_modules demo-workspace build dist
	rm -f src/crosstie/locale/*/LC_MESSAGES/*.mo
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	tools/machine.sh venv $(VENV)
	@touch $@

# The pip that comes with Python may be years old, and then takes half as long again.
$(VENV)/.pip: requirements-pip.lock | $(VENV)/.made
	$(LOCKED) -r requirements-pip.lock
	@touch $@

# What runs crosstie and builds its pages: enough for `make demo`.
$(VENV)/.runs: requirements.lock requirements-build.lock pyproject.toml | $(VENV)/.pip
	$(LOCKED) -r requirements.lock -r requirements-build.lock
	$(OURS)
	@touch $@

# All of it; a set-up of what runs is then contained in it.
$(VENV)/.everything: requirements-dev.lock pyproject.toml | $(VENV)/.pip
	$(LOCKED) -r requirements-dev.lock
	$(OURS)
	@touch $(VENV)/.runs $@

# A set-up of everything comes first where it is asked for, and is one of what runs.
$(VENV)/.compiled: $(VENV)/.runs
	$(COMPILED)
	@touch $@

$(ASSETS): tools/assets.py $(wildcard package.json package-lock.json) | $(VENV)/.made
	$(BIN)/python tools/assets.py
	@touch $@

%.mo: %.po tools/messages.py | $(VENV)/.made
	$(BIN)/python tools/messages.py compile
