# `make` lists the targets. PYTHON names the interpreter that .venv is made with.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
EXPORT := examples/data/mattermost-11.1-export.jsonl.gz
BUF := npm exec --yes @bufbuild/buf@1.75.0 --

EXAMPLES := $(wildcard examples/moderation/*/pyproject.toml)
PACKAGES := -e . $(patsubst %/pyproject.toml,-e %,$(EXAMPLES))
DEV_PACKAGES := -e .[dev] $(patsubst %/pyproject.toml,-e %,$(EXAMPLES))

SAY_UNREACHABLE = { echo "make: the packages could not be installed; is the package index reachable?" >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help demo test gen gen-check fmt lint types go e2e bench bundle docs clean needs-go needs-node needs-postgres

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/demo.stamp ## three packages, one plugin, played through a real export
	@$(BIN)/mmhooks replay $(EXPORT) --plugin examples/moderation

test: $(VENV)/dev.stamp ## every test that needs nothing but Python
	@$(BIN)/python -m pytest -q -m "not go and not node and not server and not browser and not idle and not index"
	@$(BIN)/python -m pytest -q tests/testing examples --mm-host devhost

gen: needs-go $(VENV)/dev.stamp ## write everything that is generated
	cd bridge && go run ./cmd/mmhooks-extract
	cd proto && PYTHONPATH=. ../$(BIN)/python -m codegen

gen-check: needs-go $(VENV)/dev.stamp ## compare everything that is generated with the tree
	@aside=$$(mktemp) && trap 'rm -f "$$aside"' EXIT && \
	(cd bridge && go run ./cmd/mmhooks-extract -out "$$aside") && \
	{ cmp "$$aside" proto/contract.json || { echo "make: proto/contract.json is not what the pinned module says; run: make gen" >&2; exit 1; }; }
	@cd proto && PYTHONPATH=. ../$(BIN)/python -m codegen --check
	@echo "everything that is generated is up to date"

fmt: needs-go $(VENV)/dev.stamp ## format Python and Go
	@$(BIN)/ruff check --fix --quiet .; $(BIN)/ruff format .
	@gofmt -w bridge tests/loader

lint: needs-go needs-node $(VENV)/dev.stamp ## ruff, gofmt, buf
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@wrong=$$(gofmt -l bridge tests/loader); test -z "$$wrong" || { echo "make: not formatted, run 'make fmt':" $$wrong >&2; exit 1; }
	@$(BUF) lint proto

types: $(VENV)/dev.stamp ## mypy, strict
	@$(BIN)/mypy

go: needs-go $(VENV)/dev.stamp ## vet and test the bridge, also with the oldest server's plugin library
	cd bridge && go vet ./... && go test -race ./...
	cd tests/loader && go vet ./... && go test ./...

e2e: needs-go needs-postgres $(VENV)/dev.stamp ## build a Mattermost server; bundles on it, and the cases that the embedded host must pass too
	@$(BIN)/python -m pytest -q tests/e2e tests/conformance --host server

bundle: $(VENV)/demo.stamp ## the example packages as a bundle to upload
	@$(BIN)/mmhooks build examples/moderation

bench: $(VENV)/dev.stamp ## ratios against a raw gRPC echo
	@$(BIN)/python -m bench

docs: $(VENV)/dev.stamp ## write the reference of hooks from the hookspecs
	@$(BIN)/python docs/reference/build.py

clean: ## remove what was made here, .venv too
	rm -rf $(VENV) build dist *.egg-info examples/moderation/dist examples/moderation/*/*.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# -- what they need ------------------------------------------------------------------------------

$(VENV)/made.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "make: there is no $(PYTHON); install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $$($(PYTHON) --version) is too old; Python 3.11 or newer is needed, name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "make: this Python has no venv module; install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) && touch $@

$(VENV)/demo.stamp: $(VENV)/made.stamp setup.cfg $(EXAMPLES)
	@echo "Installing mmhooks and the example packages into $(VENV)"
	@$(PIP) $(PACKAGES) || $(SAY_UNREACHABLE)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/made.stamp setup.cfg $(EXAMPLES)
	@echo "Installing mmhooks, the example packages and the tools for development into $(VENV)"
	@$(PIP) $(DEV_PACKAGES) || $(SAY_UNREACHABLE)
	@touch $@ $(VENV)/demo.stamp

needs-go:
	@command -v go >/dev/null || { echo "make: there is no go; install the Go toolchain that bridge/go.mod names (https://go.dev/dl)" >&2; exit 1; }

needs-node:
	@command -v npm >/dev/null || { echo "make: there is no npm; install Node.js 20 or newer" >&2; exit 1; }

needs-postgres:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { echo "make: there is no PostgreSQL; install it (Debian, Ubuntu: apt install postgresql); its service is not used" >&2; exit 1; }
