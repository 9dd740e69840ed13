PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (CURRENT_TIMESTAMP)
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-22 23:08:58');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-22 23:08:58');
CREATE TABLE report (
	seq      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of arrival
	id       TEXT NOT NULL UNIQUE,
	state    TEXT NOT NULL,
	revision INTEGER NOT NULL,
	record   TEXT NOT NULL                      -- JSON, as greyshelf.Report
) STRICT;
INSERT INTO report VALUES(1,'first','published',2,'{"id":"first","state":"published","title":"The first report","editions":[{"id":"1","files":[{"sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","media_type":"application/pdf","bytes":9,"pages":1,"text":"v1","added":"2026-11-22T23:00:00Z"}]}],"created":"2026-11-22T23:00:00Z","updated":"2026-11-22T23:01:00Z","revision":2}');
CREATE TABLE file (
	sha256 TEXT PRIMARY KEY,                    -- 64 hexadecimal digits
	report TEXT NOT NULL REFERENCES report (id)
) STRICT, WITHOUT ROWID;
INSERT INTO file VALUES('0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef','first');
CREATE TABLE finding_set (
	seq      INTEGER PRIMARY KEY AUTOINCREMENT,
	report   TEXT NOT NULL REFERENCES report (id),
	file     TEXT NOT NULL,
	method   TEXT NOT NULL,                     -- describer and version
	findings TEXT NOT NULL,                     -- JSON array of greyshelf.Finding
	UNIQUE (report, file, method)
) STRICT;
INSERT INTO finding_set VALUES(1,'first','0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef','describe@1','[{"field":"title","value":"The first report","page":1,"quote":"The first report","method":"cover@1","confidence":0.9,"chosen":true}]');
CREATE TABLE decision (
	seq    INTEGER PRIMARY KEY AUTOINCREMENT,
	id     TEXT NOT NULL UNIQUE,
	at     TEXT NOT NULL,                       -- RFC 3339, UTC
	who    TEXT NOT NULL,
	method TEXT NOT NULL,
	reason TEXT NOT NULL,
	undoes TEXT NOT NULL,                       -- identifier of a decision, or empty
	source TEXT                                 -- JSON, where imported values came from
) STRICT;
INSERT INTO decision VALUES(1,'d1','2026-11-22T23:00:00Z','local','add','','',NULL);
INSERT INTO decision VALUES(2,'d2','2026-11-22T23:01:00Z','local','person','looked at it','',NULL);
CREATE TABLE change (
	decision INTEGER NOT NULL REFERENCES decision (seq),
	report   TEXT NOT NULL REFERENCES report (id),
	field    TEXT NOT NULL,
	before   TEXT NOT NULL,                     -- JSON
	after    TEXT NOT NULL,                     -- JSON
	PRIMARY KEY (decision, report, field)
) STRICT, WITHOUT ROWID;
INSERT INTO change VALUES(1,'first','editions','null','[{"id":"1","files":[{"sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","media_type":"application/pdf","bytes":9,"pages":1,"text":"v1","added":"2026-11-22T23:00:00Z"}]}]');
INSERT INTO change VALUES(1,'first','state','null','"draft"');
INSERT INTO change VALUES(1,'first','title','null','"The first report"');
INSERT INTO change VALUES(2,'first','state','"draft"','"published"');
CREATE TABLE outbox (
	mark   INTEGER PRIMARY KEY AUTOINCREMENT,
	report TEXT NOT NULL UNIQUE REFERENCES report (id)
) STRICT;
INSERT INTO outbox VALUES(2,'first');
CREATE TABLE mark (
	stage TEXT PRIMARY KEY,
	mark  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',2);
INSERT INTO sqlite_sequence VALUES('report',1);
INSERT INTO sqlite_sequence VALUES('outbox',2);
INSERT INTO sqlite_sequence VALUES('finding_set',1);
INSERT INTO sqlite_sequence VALUES('decision',2);
CREATE INDEX report_state ON report (state, seq);
CREATE INDEX file_report ON file (report);
CREATE INDEX change_report ON change (report, decision);
COMMIT;
