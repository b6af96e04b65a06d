PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
Q ?= كم عدد قتلى داعش شرقي الرمادي؟
export MARSAD_DATA ?= $(CURDIR)/.marsad

.PHONY: setup setup-dev ask chat run test test-postgres test-cluster test-browser soak soak-postgres soak-bot pictures check bench gazetteer lock clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Marsad needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

setup-dev: $(VENV)/.ready-dev

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	touch $@

ask: setup  ## answer Q from the sample articles
	@$(BIN)/marsad ingest --quiet seeds/articles.jsonl
	@$(BIN)/marsad ask "$(Q)"

chat: setup  ## the conversation in a terminal, over the sample articles
	@$(BIN)/marsad ingest --quiet seeds/articles.jsonl
	@$(BIN)/marsad chat

run: setup  ## the Telegram bot
	$(BIN)/marsad run

test: setup-dev  ## the whole suite
	$(BIN)/pytest -q -n auto -m "not postgres and not cluster and not browser"

test-postgres: setup-dev  ## the tests that need a PostgreSQL server, which is started for them
	.ci/with-postgres $(BIN)/pytest -q -m postgres

test-cluster: setup-dev  ## the tests that need an OpenSearch cluster, which is started for them (needs Java; see .ci/with-opensearch)
	.ci/with-opensearch $(BIN)/pytest -q -m cluster

test-browser: setup-dev  ## every page in a headless Chromium, which is installed for it; pictures in .screenshots
	.ci/with-chromium $(BIN)/pytest -q -m browser

soak: setup-dev  ## 200 kills at random moments: store and index agree after each, everybody is answered and alerted
	MARSAD_TEST_KILLS=200 $(BIN)/pytest -q -rP tests/retrieval/index/test_crash.py tests/end_to_end/test_crashes.py

soak-postgres: setup-dev  ## two programs on one PostgreSQL, one of them killed every few seconds for two minutes
	MARSAD_TEST_KILLS=40 .ci/with-postgres $(BIN)/pytest -q tests/end_to_end/test_postgres.py -m postgres

soak-bot: setup-dev  ## the real program for MINUTES at RATE questions a second while feeds bring news: memory and p95 over time
	$(BIN)/python -m tests.benchmarks.soak --minutes $(or $(MINUTES),30) --rate $(or $(RATE),50)

pictures: setup-dev  ## every kind of message as Telegram shows it, drawn by Chromium into .marsad/pictures
	$(BIN)/python -m tests.end_to_end.rendering $(MARSAD_DATA)/pictures

check: setup-dev  ## format, lint, types, import rules, known vulnerabilities of dependencies
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.audit requirements-dev.lock

bench: setup-dev  ## speed and memory beside peers: WHAT="index", SIZES="10000 1000000" choose sections and sizes
	$(BIN)/python -m tests.benchmarks $(WHAT) $(if $(SIZES),--sizes $(SIZES))

gazetteer: setup  ## write the table of places anew from GeoNames
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[gazetteer]'
	$(BIN)/python -m retrieval.arabic.gazetteer

lock:  ## compile both lock files; needs uv
	uv pip compile --quiet --universal --no-header --generate-hashes --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --no-header --generate-hashes --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .marsad
