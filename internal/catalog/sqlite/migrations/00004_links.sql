-- +goose Up

-- What reports point to: other reports by their identifier, series by name.
CREATE TABLE report_links (
    kind   TEXT NOT NULL, -- report, series, merged
    target TEXT NOT NULL,
    report TEXT NOT NULL REFERENCES reports (id),
    PRIMARY KEY (kind, target, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_links_by_report ON report_links (report);
INSERT OR IGNORE INTO report_links
    SELECT 'series', trim(document ->> '$.series'), id FROM reports WHERE trim(coalesce(document ->> '$.series', '')) <> '';
INSERT OR IGNORE INTO report_links
    SELECT 'report', o.value ->> '$.report', r.id FROM reports AS r, json_each(r.document, '$.relations') AS o
    WHERE coalesce(o.value ->> '$.report', '') <> '';
INSERT OR IGNORE INTO report_links
    SELECT 'merged', document ->> '$.merged_into', id FROM reports WHERE coalesce(document ->> '$.merged_into', '') <> '';

-- The log by who decided and by day.
CREATE INDEX decisions_by_who ON decisions (who, seq);
CREATE INDEX decisions_by_at ON decisions (at);
