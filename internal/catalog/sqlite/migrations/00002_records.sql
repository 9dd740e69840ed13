-- +goose Up

-- What is not a report: people, authorities, settings, issues of digests.
CREATE TABLE records (
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    revision INTEGER NOT NULL,
    document TEXT NOT NULL, -- JSON that the package of the kind reads
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Under what a record is found again.
CREATE TABLE record_keys (
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    id   TEXT NOT NULL,
    PRIMARY KEY (kind, key, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_keys_by_record ON record_keys (kind, id);

-- What a decision changed beside reports: the whole record before and after,
-- null where there was or is none.
CREATE TABLE record_changes (
    decision INTEGER NOT NULL REFERENCES decisions (seq),
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    id       TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT NOT NULL,
    PRIMARY KEY (decision, position)
) STRICT;
CREATE INDEX record_changes_by_record ON record_changes (kind, id, decision);

-- The seal of each decision: SHA-256 over the seal of the one before and all
-- that the decision says (seal.go).
CREATE TABLE seals (
    decision INTEGER PRIMARY KEY REFERENCES decisions (seq),
    seal     TEXT NOT NULL
) STRICT;
