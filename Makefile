# Every target makes the environment it needs in .venv, from what requirements/ has locked; nothing is installed by hand.
PYTHON ?= python3
BIN := .venv/bin
UV := .venv-tools/bin/uv
# What is imported is compiled when it is, which takes less than to compile all that is installed.
INSTALL := -m pip --disable-pip-version-check install --quiet --no-compile
CODE := $(wildcard src api tests browser cluster bench requirements tools)
# Each process takes the next few tests that are left, so that it runs them in their order (tests/conftest.py).
TWO := -n 2 --dist load
TRACED := --cov --cov-report=term-missing:skip-covered
REQUEST := fixtures/official/guangxi-2024-06-p1/request.yaml

# Empty, so that compiled modules are kept even where the environment says otherwise: the tests start some hundred programs,
# and each would compile the whole package again.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help demo test coverage browser clients cluster check audit format lock drift bench load mutants accuracy soak clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

# A change of the dependencies makes .venv anew, so that what is no longer asked for cannot be imported. The package is built
# with the locked hatchling, so that nothing without a hash is fetched.
.venv/base: pyproject.toml requirements/base.txt
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python $(INSTALL) --require-hashes --requirement requirements/base.txt
	$(BIN)/python $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	$(BIN)/python $(INSTALL) --require-hashes --requirement requirements/dev.txt
	@touch $@

# Apart from .venv, so that the program that resolves is none of what it resolves.
.venv-tools/made: requirements/tools.txt
	$(PYTHON) -m venv --clear .venv-tools
	.venv-tools/bin/python $(INSTALL) --require-hashes --requirement requirements/tools.txt
	@touch $@

demo: .venv/base ## bill a real customer, then explain two of its lines
	$(BIN)/billcalc bill $(REQUEST)
	$(BIN)/billcalc explain $(REQUEST) --line capacity --line power_factor
	@echo "In a browser: $(BIN)/billcalc serve --pages where the extra api is installed (docs/pages.md)"

# In CI the tests are traced while they run, which takes less than to run them twice.
test: .venv/dev ## run all tests
	$(BIN)/pytest $(TWO) $(if $(CI),$(TRACED))

# Apart from the tests, since to trace one takes twice its time; what examples or chance reach is not asked (tests/conftest.py).
coverage: .venv/dev ## is each line and branch of the core reached by a test that always reaches it?
	$(BIN)/pytest $(TWO) -m 'not no_cover' $(TRACED)

# Apart from dev, since it drives a browser that not every machine has: Debian's chromium (docs/testing.md).
.venv/browser: .venv/dev requirements/browser.txt
	$(BIN)/python $(INSTALL) --require-hashes --requirement requirements/browser.txt
	@touch $@

browser: .venv/browser ## try the pages in a real browser
	$(BIN)/pytest browser

# Apart from .venv, for what generates wants other versions of what is used here.
.venv-clients/made: requirements/clients.txt clients/package-lock.json
	$(PYTHON) -m venv --clear .venv-clients
	.venv-clients/bin/python $(INSTALL) --require-hashes --requirement requirements/clients.txt
	cp clients/package.json clients/package-lock.json .venv-clients/
	npm ci --prefix .venv-clients --no-audit --no-fund --silent
	@touch $@

clients: .venv-clients/made ## generate clients from the contract in TypeScript, Python, Go and Java, and compile them
	rm -rf clients/made && mkdir clients/made
	.venv-clients/node_modules/.bin/openapi-typescript api/openapi.json --output clients/made/billcalc.ts
	.venv-clients/node_modules/.bin/tsc --noEmit --strict clients/use.ts clients/made/billcalc.ts
	.venv-clients/bin/openapi-python-client generate --path api/openapi.json --config clients/python.yaml --fail-on-warning \
		--output-path clients/made/python
	PYTHONPATH=clients/made/python .venv-clients/bin/python clients/use.py
	@echo "clients: TypeScript and Python compile"
	clients/compile

# Apart from .venv, for Spark is large, and wants an older pandas than anyone else.
.venv-cluster/made: pyproject.toml requirements/cluster.txt
	$(PYTHON) -m venv --clear .venv-cluster
	.venv-cluster/bin/python $(INSTALL) --require-hashes --requirement requirements/cluster.txt
	.venv-cluster/bin/python $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

# A process each: who has spoken to Sail speaks so to Spark, too.
cluster: .venv-cluster/made ## bill a hundred thousand rows under Sail, and under Spark where there is a Java
	.venv-cluster/bin/pytest cluster/test_sail.py
	.venv-cluster/bin/pytest cluster/test_spark.py

check: .venv/dev ## everything that must hold before a commit; CI runs the same
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/billcalc tariffs check
	@$(MAKE) --no-print-directory audit
	@$(MAKE) --no-print-directory test
	@[ -n "$(CI)" ] || $(MAKE) --no-print-directory coverage

audit: .venv/base ## ask a database of vulnerabilities about what is locked
	$(BIN)/python -m requirements.audit

format: .venv/dev ## put the code into its one shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# What is locked stays as long as pyproject.toml allows it; `make lock UPGRADE=--upgrade` takes the newest it allows. The
# smaller files take their versions from dev.txt, so that no two disagree.
COMPILE = $(UV) pip compile --quiet --python .venv-tools/bin/python --python-version 3.11 --universal --generate-hashes \
	--no-annotate --custom-compile-command 'make lock' $(UPGRADE)
lock: .venv-tools/made ## lock exact versions, with hashes, for what pyproject.toml allows
	$(COMPILE) pyproject.toml --extra dev --group build --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --extra api --group build --constraint requirements/dev.txt --output-file requirements/api.txt
	$(COMPILE) pyproject.toml --group build --constraint requirements/dev.txt --output-file requirements/base.txt
	$(COMPILE) --group browser --constraint requirements/dev.txt --output-file requirements/browser.txt
	$(COMPILE) pyproject.toml --extra spark --group build --group cluster --constraint requirements/dev.txt --output-file requirements/cluster.txt
	$(COMPILE) --group clients --output-file requirements/clients.txt
	$(COMPILE) --group tools --output-file requirements/tools.txt

drift: .venv-tools/made ## run the tests with the newest and the lowest versions, on every Python at hand
	.venv-tools/bin/python -m requirements.drift $(TESTS)

bench: .venv/dev ## measure the speed of one bill, of tables, of interval data, of starting with 5,000 documents, and of checking them
	$(BIN)/python -m bench.one_bill
	$(BIN)/python -m bench.bulk
	$(BIN)/python -m bench.bulk_by_hand
	$(BIN)/python -m bench.structures
	$(BIN)/python -m bench.bulk_compare
	$(BIN)/python -m bench.compare_join
	$(BIN)/python -m bench.advise
	$(BIN)/python -m bench.bulk_checks
	$(BIN)/python -m bench.audit_run
	$(BIN)/python -m bench.bulk_diagnose
	$(BIN)/python -m bench.intervals
	$(BIN)/python -m bench.interval_year
	$(BIN)/python -m bench.growth
	$(BIN)/python -m bench.peers
	$(BIN)/python -m bench.library
	$(BIN)/python -m bench.check
	$(BIN)/python -m bench.pages

load: .venv/dev ## measure the service under load
	$(BIN)/python -m bench.load

mutants: .venv/dev ## change the kernel and the charges, one operator at a time: does a test fail?
	HYPOTHESIS_PROFILE=mutants $(BIN)/mutmut run

accuracy: .venv/dev ## corrupt 2,000 correct bills, diagnose them, and write docs/audit-accuracy.md; docs/checks-accuracy.md, too
	$(BIN)/python -m tests.audit.accuracy
	$(BIN)/python -m tests.audit.accuracy.checks

soak: .venv/dev ## run the tests with very many generated examples: hours
	HYPOTHESIS_PROFILE=nightly BILLCALC_ACCOUNTS=1000000 BILLCALC_MUTANTS=50000 BILLCALC_TABLES=200000 BILLCALC_INJECTIONS=200000 BILLCALC_KILLS=200 \
		BILLCALC_CELLS_EVERY=1 $(BIN)/pytest -n 2 --dist load

clean: ## remove everything made here, .venv too
	rm -rf .venv .venv-tools .venv-clients .venv-cluster clients/made .drift .benchmarks .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist mutants
