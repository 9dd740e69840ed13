# Greyshelf. `make` alone prints what can be done.

GO ?= go
FUZZTIME ?= 30s
export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: help deps bench-deps run build test check e2e bench accuracy fuzz vuln schemas

help: ## print this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install what the tests need (Debian packages; asks before it uses sudo)
	@sh scripts/deps.sh chromium poppler-utils libreoffice-writer-nogui libxml2-utils libhttp-oai-perl yaz tesseract-ocr tesseract-ocr-osd $(addprefix tesseract-ocr-,eng fra spa deu rus ara) $(shell command -v npm >/dev/null || echo nodejs npm)

bench-deps: ## install the peers that the benchmarks compare with
	@sh scripts/deps.sh poppler-utils recollcmd xapian-omega python3-xapian

run: ## start a library with sample reports
	$(GO) run ./cmd/greyshelf demo

build: ## build the program into build/greyshelf
	$(GO) build -trimpath -ldflags '-s -w' -o build/greyshelf ./cmd/greyshelf

test: deps ## run every test, the browser's too
	$(GO) test -timeout 30m ./...

check: ## formatting, go vet, staticcheck, module file
	@test -z "$$(gofmt -l .)" || { echo 'gofmt these files:'; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) mod tidy -diff
	$(GO) test ./internal/architecture/

e2e: deps ## run only the tests in a real browser
	$(GO) test -count=1 -timeout 15m ./e2e/...

bench: bench-deps ## measure against pdftotext, recoll, omindex, Xapian and FTS5; see docs/performance.md
	sh bench/run.sh

schemas: ## validate our XML against the official schemas in SCHEMAS=DIR (see docs/conformance/)
	@test -n "$(SCHEMAS)" || { echo 'make schemas SCHEMAS=DIR: DIR holds the official *.xsd files'; exit 1; }
	GREYSHELF_SCHEMAS="$(abspath $(SCHEMAS))" GREYSHELF_JUDGES=required $(GO) test -count=1 -v -run TestSchemas ./internal/web/

accuracy: ## score the descriptions; writes docs/accuracy.md (BECAUSE=… explains a lower score)
	GREYSHELF_CORPUS=required $(GO) test -count=1 -v -run TestAccuracy ./bench/accuracy/ -args -write -because "$(BECAUSE)"

fuzz: ## fuzz every parser for FUZZTIME each
	@sh scripts/fuzz.sh $(FUZZTIME)

vuln: ## look for known vulnerabilities (needs the vulnerability database)
	$(GO) tool govulncheck ./...
