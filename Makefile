# Every target makes the environment it needs in .venv; nothing is installed by hand.
PYTHON ?= python3
BIN := .venv/bin
CODE := $(wildcard src api tests bench)
REQUEST := fixtures/official/guangxi-2024-06-p1/request.yaml

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench load mutants soak clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

# A change of the dependencies makes .venv anew, so that what is no longer asked for cannot be imported.
.venv/base: pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/base
	$(BIN)/pip install --quiet --editable '.[dev]'
	@touch $@

demo: .venv/base ## bill a real customer, then explain two of its lines
	$(BIN)/billcalc bill $(REQUEST)
	$(BIN)/billcalc explain $(REQUEST) --line capacity --line power_factor

test: .venv/dev ## run all tests, with coverage
	$(BIN)/pytest -n 2 --cov --cov-report=term-missing:skip-covered

check: .venv/dev ## everything that must hold before a commit; CI runs the same
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/billcalc tariffs check
	@$(MAKE) --no-print-directory test

format: .venv/dev ## put the code into its one shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/dev ## measure the speed of one bill, of tables, and of interval data
	$(BIN)/python -m bench.one_bill
	$(BIN)/python -m bench.bulk
	$(BIN)/python -m bench.bulk_compare
	$(BIN)/python -m bench.intervals

load: .venv/dev ## measure the service under load
	$(BIN)/python -m bench.load

mutants: .venv/dev ## change the kernel and the charges, one operator at a time: does a test fail?
	HYPOTHESIS_PROFILE=mutants $(BIN)/mutmut run

soak: .venv/dev ## run the tests with very many generated examples: hours
	HYPOTHESIS_PROFILE=nightly BILLCALC_ACCOUNTS=1000000 $(BIN)/pytest -n 2 --dist worksteal

clean: ## remove everything made here, .venv too
	rm -rf .venv .benchmarks .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist mutants
