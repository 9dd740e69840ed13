BEGIN TRANSACTION;
CREATE TABLE changes (
    decision INTEGER NOT NULL REFERENCES decisions (seq),
    position INTEGER NOT NULL,
    report   TEXT NOT NULL REFERENCES reports (id),
    field    TEXT NOT NULL,
    before   TEXT NOT NULL,
    after    TEXT NOT NULL,
    PRIMARY KEY (decision, position)
) STRICT;
INSERT INTO "changes" VALUES(1,0,'first','state','null','"draft"');
INSERT INTO "changes" VALUES(1,1,'first','title','null','"The first report"');
INSERT INTO "changes" VALUES(1,2,'first','entry','null','{"raw":"The first entry","after":"\n","spans":null}');
INSERT INTO "changes" VALUES(1,3,'first','editions','null','[{"id":"1","files":[{"sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","media_type":"application/pdf","bytes":9,"pages":1,"text":"v1","added":"2026-11-22T23:00:00Z"}]}]');
INSERT INTO "changes" VALUES(2,0,'first','state','"draft"','"published"');
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
INSERT INTO "decisions" VALUES(1,'d1','2026-11-22T23:00:00Z','local','import','','','{"file":"list.txt","line":3,"raw":"The first entry"}');
INSERT INTO "decisions" VALUES(2,'d2','2026-11-22T23:01:00Z','local','person','looked at it','',NULL);
CREATE TABLE entries (
    key    TEXT PRIMARY KEY, -- SHA-256 of the raw text
    report TEXT NOT NULL REFERENCES reports (id)
) STRICT, WITHOUT ROWID;
INSERT INTO "entries" VALUES('693e8569c7886b8691e6082dc4bf3682ca88977ee4c49a0edd0d16c137bde8aa','first');
CREATE TABLE files (
    key    TEXT PRIMARY KEY, -- SHA-256 of the bytes
    report TEXT NOT NULL REFERENCES reports (id)
) STRICT, WITHOUT ROWID;
INSERT INTO "files" VALUES('0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef','first');
CREATE TABLE findings (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    decision INTEGER NOT NULL REFERENCES decisions (seq), -- the latest that brought them
    report   TEXT NOT NULL REFERENCES reports (id),
    file     TEXT NOT NULL, -- SHA-256
    method   TEXT NOT NULL, -- describer and version
    document TEXT NOT NULL,
    UNIQUE (report, file, method)
) STRICT;
INSERT INTO "findings" VALUES(1,1,'first','0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef','describe@1','[{"field":"title","value":"The first report","page":1,"quote":"The first report","method":"cover@1","confidence":0.9,"chosen":true}]');
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO "goose_db_version" VALUES(1,0,1,'2026-11-22 23:12:37');
INSERT INTO "goose_db_version" VALUES(2,1,1,'2026-11-22 23:12:37');
CREATE TABLE marks (
    stage TEXT PRIMARY KEY,
    mark  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "marks" VALUES('index',2);
CREATE TABLE outbox (
    report TEXT PRIMARY KEY REFERENCES reports (id),
    mark   INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
INSERT INTO "outbox" VALUES('first',2);
CREATE TABLE reports (
    arrival  INTEGER PRIMARY KEY AUTOINCREMENT, -- order of arrival
    id       TEXT NOT NULL UNIQUE,
    state    TEXT NOT NULL,
    revision INTEGER NOT NULL,
    document TEXT NOT NULL
) STRICT;
INSERT INTO "reports" VALUES(1,'first','published',2,'{"id":"first","state":"published","title":"The first report","entry":{"raw":"The first entry","after":"\n","spans":null},"editions":[{"id":"1","files":[{"sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","media_type":"application/pdf","bytes":9,"pages":1,"text":"v1","added":"2026-11-22T23:00:00Z"}]}],"created":"2026-11-22T23:00:00Z","updated":"2026-11-22T23:01:00Z","revision":2}');
CREATE INDEX reports_by_state ON reports (state, arrival);
CREATE INDEX files_by_report ON files (report);
CREATE INDEX entries_by_report ON entries (report);
CREATE INDEX changes_by_report ON changes (report, decision);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('goose_db_version',2);
INSERT INTO "sqlite_sequence" VALUES('decisions',2);
INSERT INTO "sqlite_sequence" VALUES('reports',2);
INSERT INTO "sqlite_sequence" VALUES('findings',1);
COMMIT;
