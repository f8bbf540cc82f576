# Two commands for everybody: `make demo` and `make test`. Both set up .venv themselves.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: demo test lint types unit notebooks site pictures examples help clean

demo: $(READY)
	$(BIN)/kg build data/sample -o demo
	@echo
	@echo "Open the page:      $(CURDIR)/demo/view.html"
	@echo "Ask a question:     $(BIN)/kg query who-warned-whom --store demo"

test: lint types unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

unit: $(VENV)/.dev
	$(BIN)/python -m pytest

notebooks: $(VENV)/.dev demo
	$(BIN)/python -m pytest --nbmake notebooks

site: $(VENV)/.dev
	$(BIN)/mkdocs build --strict

pictures: $(VENV)/.dev demo
	$(BIN)/python docs/make_pictures.py demo docs/img

examples: $(VENV)/.dev demo
	$(BIN)/python docs/run_examples.py --store demo README.md docs/data-model.md docs/entities.md docs/claims-jsonl.md docs/extending.md
	$(BIN)/python docs/make_queries.py --store demo
	$(BIN)/python docs/make_ontology.py

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "diplokg needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@echo "Installing into $(VENV); the first time takes two minutes."
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(READY)
	$(PIP) -e '.[dev]'
	@touch $@

help:
	@echo "make demo      read the sample articles, write graph and page to demo/"
	@echo "make test      ruff, mypy, pytest"
	@echo "make notebooks run the notebooks"
	@echo "make site      build the documentation site in site/"
	@echo "make pictures  draw docs/img from demo/ (needs chromium)"
	@echo "make examples  run the queries of the documents over demo/ and write in their answers"
	@echo "make clean     remove .venv, demo and caches"

clean:
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
