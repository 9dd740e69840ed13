"""Measures Xapian on the pages (JSON lines) and queries (JSON) it is given.

Usage: measure_xapian.py PAGES QUERIES FOLDER ROUNDS; prints one JSON object:
{"build": seconds, "times": {class: [seconds]}, "found": {class: pages}}
"""
import json
import sys
import time

import xapian

pages, queries, folder, rounds = sys.argv[1:5]


def build():
    db = xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OVERWRITE)
    terms = xapian.TermGenerator()
    terms.set_stemmer(xapian.Stem("en"))
    with open(pages, encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            doc = xapian.Document()
            terms.set_document(doc)
            terms.index_text(page["text"])
            doc.set_data(page["text"])
            doc.add_value(0, str(page["year"]))
            doc.add_value(1, page["publisher"])
            doc.add_value(2, str(page["report"]))
            db.add_document(doc)
    db.commit()
    db.close()


def ask(db, kind, text):
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    parser.set_database(db)
    flags = parser.FLAG_DEFAULT | parser.FLAG_WILDCARD
    query = parser.parse_query(text, flags)
    enquire = xapian.Enquire(db)
    enquire.set_query(query)
    spies = []
    if "facets" in kind:
        spies = [xapian.ValueCountMatchSpy(0), xapian.ValueCountMatchSpy(1)]
        for spy in spies:
            enquire.add_matchspy(spy)
    # Every count in Greyshelf is exact; so it is here.
    mset = enquire.get_mset(0, 20, db.get_doccount())
    for match in mset:
        if "snippets" in kind:
            mset.snippet(match.document.get_data(), 300, xapian.Stem("en"))
    for spy in spies:
        for _ in spy.values():
            pass
    return mset.get_matches_estimated()


began = time.perf_counter()
build()
result = {"build": time.perf_counter() - began, "times": {}, "found": {}}
db = xapian.Database(folder)
with open(queries, encoding="utf-8") as f:
    asked = json.load(f)
for kind, texts in asked.items():
    result["found"][kind] = sum(ask(db, kind, text) for text in texts)
    times = []
    for _ in range(int(rounds)):
        for text in texts:
            start = time.perf_counter()
            ask(db, kind, text)
            times.append(time.perf_counter() - start)
    result["times"][kind] = times
print(json.dumps(result))
