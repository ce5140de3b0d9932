# Every command of the project. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test test-wagtail-next test-long mutants check lint format imports types migrations deploy-check messages \
	messages-check access-tables lock lexicon bench bench-kazakh bench-serving screenshots clean elasticsearch elasticsearch-stop

PORT ?= 8000
PYTEST_ARGS ?=
# Groups of modules for make mutants, all of them if left out (scripts/mutants/groups.py).
GROUP ?=
# Kazakh news, a sentence a line, for the benchmark of the Kazakh alphabets.
NEWS ?= ../shared/data/kazakh/news-sentences.txt
# The folder with the words that make bench-kazakh measures on.
KAZAKH_DATA ?= ../shared/data/kazakh
# The tests that run a second time, on PostgreSQL: those that ask a database.
POSTGRESQL_TESTS ?= tests/search --ignore tests/search/languages --ignore tests/search/query \
	--ignore tests/search/replica/nodes \
	tests/articles tests/corrections tests/files tests/worker tests/publication tests/bin \
	tests/translation tests/backup
# Of those to which the database makes no difference, make test runs one in this many
# (tests/servers/database_use.py); make test-long runs all.
POSTGRESQL_ONE_IN ?= 4
# The tests that run again with the next Wagtail: those that lean on it most. Pages are
# created, edited, published, translated and found, each opens in the editor, and a site
# of an earlier version is upgraded. None needs a browser or a server.
WAGTAIL_NEXT_TESTS ?= tests/articles/test_creation.py tests/articles/test_publishing.py \
	tests/articles/test_pages.py tests/articles/test_editing_panels.py \
	tests/localisation/test_admin_words.py tests/upgrades
NODES ?= 1
# Entries and engines of the search's benchmark; 100000 takes an hour.
BENCH_SIZES ?= 10000
BENCH_ENGINES ?= sqlite postgresql elasticsearch
# What make screenshots takes: names of pictures, all of them if left out, or
# "--all --to FOLDER" for every page that readers see, to look through.
SHOTS ?=
BIN := .venv/bin
NEXT := .venv-next/bin
MANAGE := $(BIN)/python manage.py
ELASTICSEARCH := $(BIN)/python -m tests.servers.elasticsearch

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Start the site with the demo on http://127.0.0.1:8000 (PORT= changes it)
	@$(MANAGE) run_site --port $(PORT)

# Narrowed by hand, the tests run on SQLite alone; continuous integration runs both.
test: setup-dev ## Run all tests, those that ask a database on PostgreSQL too (PYTEST_ARGS= narrows)
	@scripts/chromium.sh
	@scripts/servers.sh
	@$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)
ifneq ($(CI)$(if $(PYTEST_ARGS),,all),)
	@echo "On PostgreSQL: $(POSTGRESQL_TESTS)"
	@$(BIN)/python -m tests.servers.run_on_postgresql \
		$(BIN)/python -m pytest -n auto --database-only --one-in $(POSTGRESQL_ONE_IN) $(POSTGRESQL_TESTS)
endif

# pytest turns deprecation warnings into errors. Its cache keeps the migrated database,
# so each version of Wagtail has its own.
test-wagtail-next: setup-dev ## Run a choice of tests with the next Wagtail, in .venv-next
	@scripts/wagtail_next.sh
	@echo "Wagtail $$($(NEXT)/python -c 'import wagtail; print(wagtail.__version__)')"
	@$(NEXT)/python manage.py makemigrations --check --dry-run --settings newsroom.settings.test
	@$(NEXT)/python -m pytest -n auto -m "not postgresql" \
		-o cache_dir=.venv-next/pytest_cache $(WAGTAIL_NEXT_TESTS)

test-long: setup-dev ## Run the long versions of tests and the mutants, for hours (docs/testing.md)
	@scripts/chromium.sh
	@scripts/servers.sh
	@nice -n 10 $(BIN)/python -m pytest -n auto --long $(PYTEST_ARGS)
ifeq ($(PYTEST_ARGS),)
	@nice -n 10 $(BIN)/python -m tests.servers.run_on_postgresql \
		$(BIN)/python -m pytest -n auto --long --database-only $(POSTGRESQL_TESTS)
	@nice -n 10 $(BIN)/python -m tests.servers.run_on_postgresql \
		$(BIN)/python -m pytest -n auto --database-only $(POSTGRESQL_TESTS)
	@$(MAKE) mutants
endif

mutants: setup-dev ## Check that tests fail on changed code, for hours (GROUP=ranking narrows)
	@nice -n 10 $(BIN)/python -m scripts.mutants $(GROUP)

check: lint imports types migrations deploy-check messages-check test-wagtail-next test ## Everything that must hold before a commit

lint: setup-dev ## Check style, and the English of docstrings and comments
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python scripts/plain_english.py home newsroom search scripts benchmarks tools tests

format: setup-dev ## Mend style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

imports: setup-dev ## Check who imports what, and that it is declared
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/deptry .

types: setup-dev ## Check types
	@$(BIN)/mypy

migrations: setup-dev ## Check that the models have their migrations
	@$(MANAGE) makemigrations --check --dry-run --settings newsroom.settings.test

deploy-check: setup-dev ## Django's system checks on the production settings
	@$(MANAGE) compile_catalogues --verbosity 0 --settings newsroom.settings.test
	@mkdir -p var
	@SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		ALLOWED_HOSTS=archive.example EMAIL_URL=smtp+tls://mail.archive.example:587 \
		DEFAULT_FROM_EMAIL=archive@archive.example VAR_DIR=$(CURDIR)/var \
		$(MANAGE) check --deploy --fail-level WARNING --settings newsroom.settings.production

messages: setup-dev ## Gather the interface's strings into locale/
	@$(MANAGE) update_catalogues --settings newsroom.settings.test

messages-check: setup-dev ## Check that every string is translated
	@$(MANAGE) update_catalogues --check --settings newsroom.settings.test

# Review the difference before you commit it: it is who may do what.
access-tables: setup-dev ## Write the tables of docs/roles.md and tests/access/urls anew
	@WRITE_ACCESS_TABLES=1 $(BIN)/python -m pytest tests/access/test_roles.py tests/access/urls -k 'documented or answers'

lock: setup-dev ## Resolve pyproject.toml into requirements*.txt anew
	@scripts/lock.sh

lexicon: setup-dev ## Train the Kazakh lexicon again (tools/kazakh)
	@$(BIN)/python -m tools.kazakh.build_lexicon
	@$(BIN)/python -m tools.kazakh.learn_spellings

bench: setup-dev ## Measure the search and the language analysis beside their peers
	@$(BIN)/python benchmarks/languages.py
	@$(BIN)/python -m benchmarks.scripts $(NEWS)
	@$(BIN)/python -m benchmarks.search --sizes $(BENCH_SIZES) --engines $(BENCH_ENGINES)

# SERVING_ARGS=--postgresql measures on PostgreSQL.
bench-serving: setup-dev ## Measure an article page beside a stock Wagtail site, in some three minutes
	@$(BIN)/python -m benchmarks.serving $(SERVING_ARGS)

bench-kazakh: setup-dev ## Measure how Kazakh is found as it is typed, beside the bars
	@$(BIN)/python -m benchmarks.kazakh_typed --data $(KAZAKH_DATA)

screenshots: setup-dev ## Take the pictures in docs/images anew, of a site of its own with the demo
	@scripts/chromium.sh
	@$(BIN)/python -m scripts.screenshots $(SHOTS)

elasticsearch: setup ## Start Elasticsearch on this machine (NODES=3 makes a cluster)
	@$(ELASTICSEARCH) start --nodes $(NODES)

elasticsearch-stop: setup ## Stop what make elasticsearch started; its indices stay
	@$(ELASTICSEARCH) stop

clean: ## Remove the environment and what the site wrote (var/: database, pictures)
	@[ ! -x $(BIN)/python ] || $(ELASTICSEARCH) stop
	rm -rf .venv .venv-next var .pytest_cache .mypy_cache .ruff_cache

.PHONY: setup setup-dev
setup:
	@scripts/setup.sh requirements.txt

setup-dev:
	@scripts/setup.sh requirements-dev.txt
