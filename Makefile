# Everything a newcomer types. Targets are real files where there is a file, so
# that a second run does only what changed.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Browsers come from the system (scripts/need chromium), never from a package's own installer.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# Real-world samples for the tests, where they lie beside the checkout.
CORPUS := $(abspath ../shared/data)
ifneq ($(wildcard $(CORPUS)),)
export MEANTIME_CORPUS ?= $(CORPUS)
endif

# Named one by one, so that Go never walks through web/node_modules.
GO_PACKAGES := $(foreach d,cmd db internal scripts tally worktime,$(if $(wildcard $d),./$d/...)) $(if $(wildcard web/*.go),./web)
GO_SOURCES  := go.mod go.sum $(wildcard web/*.go) $(shell find cmd db internal tally worktime -type f -not -name '*_test.go' -not -path '*/testdata/*' 2>/dev/null)
WEB_SOURCES := $(shell find web \( -name node_modules -o -name dist -o -name e2e -o -name test-results -o -name playwright-report \) -prune -o -type f -not -name '*.go' -print 2>/dev/null)

.PHONY: help run build test check bench bars openapi lint fmt clean

help: ## list what there is to type
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

run: bin/meantime ## build, fill a demo, and say where to look
	@exec bin/meantime demo

build: bin/meantime ## make bin/meantime, screens included

test: web/node_modules/.package-lock.json .cache/bin/golangci-lint .cache/bin/test-summary ## run everything, installing what it needs
	@scripts/need cc >/dev/null; scripts/need postgres >/dev/null; \
	CHROMIUM="$$(scripts/need chromium)"; export CHROMIUM; exec scripts/test $(GO_PACKAGES)

check: web/node_modules/.package-lock.json ## the quick loop before a push
	@scripts/check $(GO_PACKAGES)

bench: .cache/bin/benchstat ## run the benchmarks and write the table; SIZE=full BENCH=pattern
	@scripts/bench $(GO_PACKAGES)

bars: ## run what `make test` does a part of at its full size; takes hours
	@scripts/bars

openapi: web/node_modules/.package-lock.json ## rewrite api/ and the browser's types
	@scripts/openapi

lint: .cache/bin/golangci-lint web/node_modules/.package-lock.json ## run the linters over everything
	@.cache/bin/golangci-lint run $(GO_PACKAGES)
	@npm --prefix web run --silent check

fmt: .cache/bin/golangci-lint ## write Go the way the linter reads it
	@.cache/bin/golangci-lint fmt $(patsubst ./web,$(wildcard web/*.go),$(patsubst %/...,%,$(GO_PACKAGES)))

clean: ## remove what was built; data and the built linter stay
	rm -rf bin .cache/test .cache/bin/test-summary web/node_modules web/test-results web/playwright-report
	find web/dist -mindepth 1 -not -name .gitkeep -delete 2>/dev/null || true

bin/meantime: web/dist/index.html $(GO_SOURCES)
	@scripts/need go >/dev/null
	CGO_ENABLED=0 go build -trimpath -o $@ ./cmd/meantime

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	npm --prefix web run --silent build
	@touch $@

web/node_modules/.package-lock.json: web/package-lock.json
	@scripts/need node >/dev/null
	npm --prefix web ci --no-audit --no-fund --loglevel=error
	@mkdir -p $(@D) && touch $@

.cache/bin/golangci-lint: tools/go.mod tools/go.sum
	@scripts/need go >/dev/null; echo "Building the linter; this takes some minutes, once."
	cd tools && go build -o ../$@ github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

.cache/bin/benchstat: tools/go.mod tools/go.sum
	cd tools && go build -o ../$@ golang.org/x/perf/cmd/benchstat
	@touch $@

.cache/bin/test-summary: $(wildcard scripts/test-summary/*.go)
	@scripts/need go >/dev/null
	go build -o $@ ./scripts/test-summary
