package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// sqliteEngine is SQLite FTS5 with its Porter stemmer and bm25, text stored.
type sqliteEngine struct {
	path string
	db   *sql.DB
}

func (e *sqliteEngine) name() string { return "SQLite FTS5" }

func (e *sqliteEngine) build(ctx context.Context, c *corpus) error {
	var err error
	if e.db, err = sql.Open("sqlite", e.path+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-200000)&_pragma=page_size(8192)"); err != nil {
		return err
	}
	for _, statement := range []string{
		`create virtual table words using fts5(body, tokenize = 'porter unicode61 remove_diacritics 2')`,
		`create table page (id integer primary key, report integer, year integer, publisher text)`,
	} {
		if _, err := e.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	for start := 0; start < len(c.pages); start += 5000 {
		if err := e.insert(ctx, c.pages[start:min(start+5000, len(c.pages))], start); err != nil {
			return err
		}
	}
	_, err = e.db.ExecContext(ctx, `insert into words(words) values ('optimize')`)
	return err
}

func (e *sqliteEngine) insert(ctx context.Context, pages []page, start int) error {
	tx, err := e.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, p := range pages {
		_, err1 := tx.ExecContext(ctx, `insert into words(rowid, body) values (?, ?)`, start+i+1, p.Text)
		_, err2 := tx.ExecContext(ctx, `insert into page values (?, ?, ?, ?)`, start+i+1, p.Report, p.Year, p.Publisher)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (e *sqliteEngine) ask(ctx context.Context, class, text string) (int, error) {
	match := strings.ReplaceAll(text, "\\", "")
	column := `rowid`
	if class == "three terms OR, snippets" {
		column = `snippet(words, 0, '[', ']', '', 40)`
	}
	rows, err := e.db.QueryContext(ctx, `select `+column+` from words where words match ? order by rank limit 20`, match)
	if err != nil {
		return 0, err
	}
	for rows.Next() {
		var ignored string
		if err := rows.Scan(&ignored); err != nil {
			return 0, err
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return 0, err
	}
	if class == "common term, facets" {
		for _, facet := range []string{"year", "publisher"} {
			if err := e.facet(ctx, facet, match); err != nil {
				return 0, err
			}
		}
	}
	var n int
	err = e.db.QueryRowContext(ctx, `select count(*) from words where words match ?`, match).Scan(&n)
	return n, err
}

func (e *sqliteEngine) facet(ctx context.Context, facet, match string) error {
	rows, err := e.db.QueryContext(ctx, `select `+facet+`, count(distinct report) from words join page on page.id = words.rowid where words match ? group by 1`, match)
	if err != nil {
		return err
	}
	for rows.Next() {
	}
	return errors.Join(rows.Err(), rows.Close())
}

func (e *sqliteEngine) close() error { return e.db.Close() }
