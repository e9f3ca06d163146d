# Two commands matter to a newcomer: `make demo` and `make test`. Both install what they need.
# Everything Python lives in .venv/, everything that can be rebuilt in node_modules/ and var/.
SHELL := /bin/bash
VENV  := .venv
BIN   := $(VENV)/bin
PY    := $(BIN)/python
PO    := guanjia/locale/en/LC_MESSAGES/django.po
MO    := $(PO:.po=.mo)
KIT   := guanjia/faces/kit/static/kit/vendor/manifest.json

.DEFAULT_GOAL := help
.PHONY: help demo serve test fast check bench assets messages lock clean

help:
	@printf '%s\n' \
	  'make demo    install, build the demo company, serve it on 127.0.0.1:8000' \
	  'make serve   install, serve your own data (GUANJIA_VAR, GUANJIA_DATABASE_URL)' \
	  'make test    the whole suite: SQLite, PostgreSQL, real Chromium' \
	  'make fast    the quick part of the suite on SQLite' \
	  'make check   lint, types, walls, migrations, templates, CSS' \
	  'make bench   the benchmarks, each with a ratio measured in the same run' \
	  'make assets  third-party front-end files' \
	  'make messages  collect the texts that need English' \
	  'make lock    rewrite requirements/*.txt from requirements/*.in' \
	  'make clean   remove everything that can be rebuilt, demo data included'

demo: $(VENV)/run.done $(KIT) $(MO)
	$(PY) -m guanjia demo $(DEMO)

serve: $(VENV)/run.done $(KIT) $(MO)
	$(PY) -m guanjia serve $(SERVE)

test: $(VENV)/test.done $(KIT) $(MO) tools
	$(PY) scripts/run_tests.py all

fast: $(VENV)/test.done $(KIT) $(MO)
	$(PY) scripts/run_tests.py fast

check: $(VENV)/test.done $(KIT)
	$(PY) scripts/check.py

bench: $(VENV)/test.done $(KIT)
	$(PY) -m guanjia bench occurrences
	$(PY) -m guanjia bench import

assets:
	rm -f $(KIT)
	$(MAKE) $(KIT)

.PHONY: tools
tools:
	@scripts/debian.sh tests

$(VENV)/run.done: requirements/run.txt
	@scripts/venv.sh $(VENV) run

$(VENV)/test.done: requirements/run.txt requirements/test.txt
	@scripts/venv.sh $(VENV) run test

$(KIT): package-lock.json scripts/assets.sh scripts/assets.mjs guanjia/faces/kit/icons.txt | $(VENV)/run.done
	@scripts/assets.sh $(VENV)

messages: $(VENV)/run.done
	$(PY) scripts/messages.py update

$(MO): $(PO) | $(VENV)/run.done
	$(PY) scripts/messages.py compile

lock: $(VENV)/test.done
	@scripts/lock.sh $(BIN)/uv

clean:
	rm -rf $(VENV) node_modules $(dir $(KIT)) static-built test-results var/demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
