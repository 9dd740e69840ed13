-- +goose Up

-- A report in its present form. The document is the JSON that `greyshelf show
-- --json` prints; the other columns repeat what filters need.
CREATE TABLE reports (
    arrival  INTEGER PRIMARY KEY AUTOINCREMENT, -- order of arrival
    id       TEXT NOT NULL UNIQUE,
    state    TEXT NOT NULL,
    revision INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_state ON reports (state, arrival);

-- A file belongs to one report.
CREATE TABLE files (
    key    TEXT PRIMARY KEY, -- SHA-256 of the bytes
    report TEXT NOT NULL REFERENCES reports (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_by_report ON files (report);

-- An imported entry belongs to one report.
CREATE TABLE entries (
    key    TEXT PRIMARY KEY, -- SHA-256 of the raw text
    report TEXT NOT NULL REFERENCES reports (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_by_report ON entries (report);

-- Decisions are only ever added.
CREATE TABLE decisions (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    at          TEXT NOT NULL, -- RFC 3339, UTC
    who         TEXT NOT NULL,
    method      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    undoes      TEXT NOT NULL, -- id of another decision, or empty
    source      TEXT           -- JSON: file, line, raw
) STRICT;

-- What a decision changed: one field of one report, as JSON before and after.
CREATE TABLE changes (
    decision INTEGER NOT NULL REFERENCES decisions (seq),
    position INTEGER NOT NULL,
    report   TEXT NOT NULL REFERENCES reports (id),
    field    TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT NOT NULL,
    PRIMARY KEY (decision, position)
) STRICT;
CREATE INDEX changes_by_report ON changes (report, decision);

-- What a describer found in a file, as JSON; kept also when not chosen.
CREATE TABLE findings (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    decision INTEGER NOT NULL REFERENCES decisions (seq), -- the latest that brought them
    report   TEXT NOT NULL REFERENCES reports (id),
    file     TEXT NOT NULL, -- SHA-256
    method   TEXT NOT NULL, -- describer and version
    document TEXT NOT NULL,
    UNIQUE (report, file, method)
) STRICT;

-- Each report with the mark of its latest change; marks only grow.
CREATE TABLE outbox (
    report TEXT PRIMARY KEY REFERENCES reports (id),
    mark   INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- How far each stage has come.
CREATE TABLE marks (
    stage TEXT PRIMARY KEY,
    mark  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
