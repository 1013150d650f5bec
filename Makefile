# digest: `make digest` builds the sample newsletter, `make test` proves that everything works.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
NOW := 2026-11-20T07:00:00+01:00
SAMPLE := -c samples/digest.toml --now $(NOW)

.PHONY: digest preview text test lint types imports unit system judges bench clean help

help:  ## List the targets.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

digest: $(VENV)/.run  ## Build the sample newsletter into out/<date>/.
	$(BIN)/digest build $(SAMPLE)

preview: $(VENV)/.run  ## Show the sample newsletter in the browser.
	$(BIN)/digest preview $(SAMPLE)

text: $(VENV)/.run  ## Print the sample newsletter as plain text.
	@$(BIN)/digest text $(SAMPLE)

test: lint types imports unit  ## Everything that must hold.

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

unit: $(VENV)/.dev system
	$(BIN)/pytest -n 2

# What lies beyond Python comes from the system's package manager where that may be used; else the tests that need it
# are skipped, and say the command that would install it.
system:
	@missing=""; \
	command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null 2>&1 || \
	  missing="$$missing chromium fonts-liberation fonts-noto-core fonts-noto-cjk"; \
	ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$$missing postgresql"; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	echo "some tests will be skipped; to run them all: sudo apt-get install$$missing" >&2

# The field's own tools look at every template set: the reference MJML compiler, an HTML parser, an accessibility checker,
# a browser, a spam filter, a MIME parser, a mail server's authentication, Postfix's sink. One that cannot be installed is
# named in the last lines, and is no failure.
JUDGES := tests/judges
judges: $(VENV)/.dev system  ## Let the field's own tools look at every template set.
	@npm ci --prefix $(JUDGES) --no-audit --no-fund --loglevel=error >/dev/null || \
	  echo "npm mjml, axe-core and mailauth are not installed: npm ci --prefix $(JUDGES)" >&2
	@missing=""; \
	command -v spamassassin >/dev/null 2>&1 || missing="$$missing spamassassin"; \
	command -v reformime >/dev/null 2>&1 || missing="$$missing maildrop"; \
	[ -x /usr/sbin/smtp-sink ] || { missing="$$missing postfix"; [ "$$(id -u)" != 0 ] || \
	  echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections 2>/dev/null; }; \
	[ -z "$$missing" ] || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	echo "not installed: sudo apt-get install$$missing" >&2
	$(BIN)/pytest -n 2 $(JUDGES)

BENCHMARKS := $(filter-out __init__ figures,$(basename $(notdir $(wildcard benchmarks/*.py))))

bench: $(VENV)/.dev  ## Print the figures of benchmarks/RESULTS.md anew.
	@for script in $(BENCHMARKS); do echo "== $$script"; $(BIN)/python -m benchmarks.$$script || exit 1; done

clean:  ## Remove what the other targets made.
	rm -rf $(VENV) out build dist *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Exactly the versions in constraints.txt, so that today's installation is tomorrow's.
$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
