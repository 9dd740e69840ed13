-- +goose Up

-- A file that has keys.
CREATE TABLE files (
    n    INTEGER PRIMARY KEY,
    file TEXT NOT NULL UNIQUE -- SHA-256
) STRICT;

-- A key and the files that have it: the inverted index.
CREATE TABLE keys (
    key  INTEGER NOT NULL, -- 64 bits, as SQLite keeps them: signed
    file INTEGER NOT NULL,
    PRIMARY KEY (key, file)
) STRICT, WITHOUT ROWID;

-- The keys of a file in one piece, so that they can be taken out again.
CREATE TABLE held (
    file INTEGER PRIMARY KEY,
    keys BLOB NOT NULL -- 8 bytes each, big-endian
) STRICT;

CREATE TABLE mark (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    mark INTEGER NOT NULL
) STRICT;
