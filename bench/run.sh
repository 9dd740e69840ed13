#!/bin/sh
# Everything that `make bench` measures, one after another, as Markdown on
# standard output; docs/performance.md keeps the figures. The machine should do
# nothing else meanwhile. Building Xapian's index takes longest.
set -eu
corpus=${GREYSHELF_SHARED:-../shared}/corpus
[ -d "$corpus" ] || { echo "no corpus beside the checkout ($corpus)" >&2; exit 1; }

go build -trimpath -ldflags '-s -w' -o build/greyshelf ./cmd/greyshelf
echo '## The program'
echo
echo "Binary, stripped: $(($(stat -c %s build/greyshelf) / 1048576)) MB."
echo
echo '## Adding the 56 reports'
echo
go run ./bench/add -reports "$corpus/reports/pdf" -greyshelf build/greyshelf
echo
echo '## Serving them'
echo
library=$(mktemp -d)
trap 'rm -rf "$library"' EXIT
build/greyshelf add --library "$library/l" "$corpus/reports/pdf" >/dev/null
go run ./bench/serve -greyshelf build/greyshelf -library "$library/l" -q 'federal policy'
echo
echo '## Harvesting 100,000 records'
echo
go run ./bench/harvest
echo
echo '## Searching 200,000 pages'
echo
go run ./bench/search -corpus "$corpus/pages.jsonl.gz" -rounds 2
echo
echo '## Identifying a report among a million'
echo
go run ./bench/identify
echo
echo '## Sending an issue of 50 entries to 10,000 readers, and lists of 1,000 entries'
echo
go test -timeout 30m -run '^$' -bench Sending -benchtime 1x ./cmd/greyshelf
go test -run '^$' -bench Thousand ./internal/web
