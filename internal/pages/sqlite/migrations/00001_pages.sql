-- Texts and words of pages. docs/format.md says what it is for.

-- +goose Up
CREATE TABLE text (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	sha256  TEXT NOT NULL,              -- of the file
	version TEXT NOT NULL,              -- of the engine that read it
	UNIQUE (sha256, version)
) STRICT;

CREATE TABLE page (
	text   INTEGER NOT NULL REFERENCES text (id),
	n      INTEGER NOT NULL,            -- index from 1
	label  TEXT NOT NULL,               -- as printed, or empty
	width  REAL NOT NULL,               -- points
	height REAL NOT NULL,
	image  INTEGER NOT NULL,            -- 1: an image covers at least half of it
	body   TEXT NOT NULL,               -- lines, separated by line feeds
	PRIMARY KEY (text, n)
) STRICT;

-- Apart from page, so that reading texts does not drag the boxes along.
CREATE TABLE words (
	text  INTEGER NOT NULL REFERENCES text (id),
	n     INTEGER NOT NULL,
	words BLOB NOT NULL,                -- see words.go
	PRIMARY KEY (text, n)
) STRICT;
