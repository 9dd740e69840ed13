-- +goose Up

-- What waits for the desk, in order of arrival.
CREATE TABLE queue (
    arrival   INTEGER PRIMARY KEY, -- that of the report
    report    TEXT NOT NULL UNIQUE REFERENCES reports (id),
    state     TEXT NOT NULL,
    language  TEXT NOT NULL, -- main one, or empty
    publisher TEXT NOT NULL  -- first one, or empty
) STRICT;
CREATE INDEX queue_by_state ON queue (state, arrival);
CREATE INDEX queue_by_language ON queue (language, state, arrival);
CREATE INDEX queue_by_publisher ON queue (publisher, state, arrival);
INSERT INTO queue
    SELECT arrival, id, state, coalesce(document ->> '$.languages[0]', ''),
        coalesce((SELECT a.value ->> '$.name' FROM json_each(document, '$.agents') AS a WHERE a.value ->> '$.role' = 'publisher' ORDER BY a.key LIMIT 1), '')
    FROM reports WHERE state IN ('candidate', 'draft', 'to review');
