# make site       all set-up, then the sample shop in content/ -> output/
# make test       all set-up for tests, then lint, types, import contract, tests, browser tests
# make test-all   the slow ones too
# make bench      the benchmarks, by hand
# make clean      what make made (not your keys: .sitegen/dev-keys stays)

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The sample shop lives in this month, so it never goes stale.
SAMPLE_DAYS := 2026-09-08..2026-10-07
SAMPLE_MEMBER := C-00001

SITE_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_PACKAGES := chromium poppler-utils qpdf ghostscript zbar-tools
SERVER_PACKAGES := nginx-light apache2-bin caddy openssh-server rsync
# A second browser, for the slow tests.
BROWSER_PACKAGES := firefox-esr
# Never in place of another mail server that is here.
POSTFIX := $(if $(wildcard /usr/sbin/postfix /usr/sbin/sendmail),,postfix)
# Programs that read our e-mails, for the slow tests.
MAIL_READERS := spamassassin $(if $(shell command -v npm),,nodejs npm)
# Any PostgreSQL and any Java will do that are there already.
POSTGRESQL := $(if $(wildcard /usr/lib/postgresql/*/bin/initdb)$(shell command -v initdb),,postgresql)
JAVA := $(if $(shell command -v java),,default-jre-headless)

.PHONY: site test test-all bench clean lint
.DELETE_ON_ERROR:

site: $(VENV)/.site
	@if $(BIN)/python -c 'import weasyprint' 2>/dev/null; then only=; else \
	  echo 'make: no Pango here, so the cards are left out; install them with: apt-get install $(SITE_PACKAGES)'; \
	  only='--only site,mail,texts,work'; fi; \
	$(BIN)/sitegen build --on $(SAMPLE_DAYS) $$only
	@echo; echo 'Mei, a sample member (start the preview with: $(BIN)/sitegen serve):'
	@$(BIN)/sitegen members link $(SAMPLE_MEMBER)

test: $(VENV)/.test lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m 'not slow'

test-all: $(VENV)/.test-all lint
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[bench]' --constraint constraints.txt
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) output/site output/mail output/cards output/texts output/work output/build.json tests/artefacts \
	  .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call packages,NAMES,WHY): install Debian packages, or say in one line what is missing and why it matters.
define packages
	@missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done | xargs); \
	if [ -z "$$missing" ]; then :; \
	elif ! command -v apt-get >/dev/null; then echo "make: this machine has no apt; install the equivalents of: $$missing ($(2))"; \
	elif [ "$$(id -u)" = 0 ]; then as=; \
	  $(INSTALL) || echo "make: could not install $$missing; $(2)"; \
	elif sudo -n true 2>/dev/null; then as=sudo; \
	  $(INSTALL) || echo "make: could not install $$missing; $(2)"; \
	else echo "make: no root here; run 'sudo apt-get install --no-install-recommends $$missing' ($(2))"; fi
endef
INSTALL = { $$as apt-get update -qq; $(HOLD_STILL); DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null; done=$$?; $(LET_GO); (exit $$done); }
# Debian starts a server with its package, unless this file says no (101). One that is there already is its owner's.
POLICY := /usr/sbin/policy-rc.d
HOLD_STILL = if [ ! -e $(POLICY) ]; then printf '\#!/bin/sh\nexit 101\n' | $$as tee $(POLICY) >/dev/null; $$as chmod 755 $(POLICY); ours=yes; fi
LET_GO = if [ "$$ours" = yes ]; then $$as rm -f $(POLICY); fi

# Debian makes and starts a server of its own with the package, unless it is told not to.
CLUSTERS := /etc/postgresql-common/createcluster.conf
define no_server
	@[ "$$(id -u)" = 0 ] && as= || as='sudo -n'; \
	if [ -n "$(POSTGRESQL)" ] && [ -f $(CLUSTERS) ]; then \
	  $$as sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' $(CLUSTERS) 2>/dev/null || :; fi
endef

# Debian asks how its mail server is to be set up; without a configuration, none ever starts.
define no_mail
	@[ "$$(id -u)" = 0 ] && as= || as='sudo -n'; \
	if [ -n "$(POSTFIX)" ] && command -v debconf-set-selections >/dev/null; then \
	  echo 'postfix postfix/main_mailer_type select No configuration' | $$as debconf-set-selections 2>/dev/null || :; \
	fi
endef

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'make: Python 3.11 or newer is needed; try make PYTHON=python3.11'; exit 1; }
	@if ! $(PYTHON) -c 'import ensurepip' 2>/dev/null; then $(MAKE) --no-print-directory python3-venv; fi
	$(PYTHON) -m venv $(VENV)

.PHONY: python3-venv
python3-venv:
	$(call packages,python3-venv,no virtual environment can be made without it)

$(VENV)/.site: $(VENV)/bin/python pyproject.toml constraints.txt
	$(call packages,$(SITE_PACKAGES),without Pango no PDF cards can be made)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable . --constraint constraints.txt
	@touch $@

$(VENV)/.test: $(VENV)/.site
	$(call packages,$(TEST_PACKAGES),the browser and PDF tests need them)
	$(call packages,$(SERVER_PACKAGES),the tests of host rules and of deploying need them)
	$(call packages,$(addsuffix -common,$(POSTGRESQL)),the tests on PostgreSQL need it)
	$(call no_server)
	$(call packages,$(POSTGRESQL),the tests on PostgreSQL need it)
	$(call no_mail)
	$(call packages,$(POSTFIX),the tests of sending need it)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[test]' --constraint constraints.txt
	@touch $@

$(VENV)/.test-all: $(VENV)/.test
	$(call packages,$(JAVA),Spark needs it)
	$(call packages,$(BROWSER_PACKAGES),the second browser's tests need it)
	$(call packages,$(MAIL_READERS),the tests that let other programs read our e-mails need them)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[test,spark,lighthouse]' --constraint constraints.txt
	@touch $@
