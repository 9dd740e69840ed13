-- +goose Up

-- When a report was last changed (UTC, to the microsecond), and whether it is
-- or ever was open to the public: what harvesters page through.
ALTER TABLE reports ADD COLUMN updated TEXT NOT NULL DEFAULT '';
ALTER TABLE reports ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
UPDATE reports SET
    updated = substr(document ->> '$.updated', 1, 19) || '.'
        || substr(rtrim(substr(document ->> '$.updated', 21), 'Z') || '000000', 1, 6) || 'Z',
    shown = (state = 'published' OR EXISTS (SELECT 1 FROM changes WHERE report = reports.id AND field = 'state' AND after = '"published"'))
        AND coalesce(document ->> '$.rights.access', '') <> 'embargo';
CREATE INDEX reports_shown ON reports (updated, id) WHERE shown = 1;

-- The headings and publishers of those reports.
CREATE TABLE report_groups (
    kind    TEXT NOT NULL, -- heading, publisher
    label   TEXT NOT NULL, -- empty = any
    updated TEXT NOT NULL, -- that of the report
    report  TEXT NOT NULL REFERENCES reports (id),
    PRIMARY KEY (kind, label, updated, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_groups_by_report ON report_groups (report);
INSERT OR IGNORE INTO report_groups
    SELECT 'heading', h.value ->> '$.label', r.updated, r.id FROM reports AS r, json_each(r.document, '$.headings') AS h
    WHERE r.shown = 1 AND h.value ->> '$.label' <> '';
INSERT OR IGNORE INTO report_groups
    SELECT 'publisher', a.value ->> '$.name', r.updated, r.id FROM reports AS r, json_each(r.document, '$.agents') AS a
    WHERE r.shown = 1 AND a.value ->> '$.role' = 'publisher' AND a.value ->> '$.name' <> '';
INSERT OR IGNORE INTO report_groups SELECT DISTINCT kind, '', updated, report FROM report_groups;
