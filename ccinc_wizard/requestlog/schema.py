"""The tables. Events are only ever added; what may be erased stands apart from them under a salted digest."""

from __future__ import annotations

SCHEMA_VERSION = 1
MIGRATIONS: dict[int, str] = {}
"""SQL that leads from the version before to each version."""

REQUEST_COLUMNS = (
    "id, reference, saved_at, changed_at, status, mode, situation, applicant_name, fingerprint, role, authority_type, "
    "authority_name, label_due, outcome, content_version, rules_version, note, ticks, names_erased"
)

TABLES = """
CREATE TABLE events (
    seq {integer} PRIMARY KEY,
    request {integer} NOT NULL,
    kind TEXT NOT NULL,
    erased TEXT NOT NULL,
    names_digest {blob} NOT NULL,
    rest_digest {blob} NOT NULL,
    mac {blob} NOT NULL
);
CREATE INDEX events_by_request ON events(request, seq);
CREATE TABLE contents (
    seq {integer} NOT NULL,
    stage TEXT NOT NULL,
    salt {blob} NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (seq, stage)
){lean};
CREATE TABLE requests (
    id {integer} PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    saved_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    status TEXT NOT NULL,
    mode TEXT NOT NULL,
    situation TEXT NOT NULL,
    applicant_name TEXT NOT NULL,
    fingerprint {blob},
    role TEXT NOT NULL,
    authority_type TEXT NOT NULL,
    authority_name TEXT NOT NULL,
    label_due {integer} NOT NULL,
    outcome TEXT NOT NULL,
    content_version TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    note TEXT NOT NULL,
    ticks TEXT NOT NULL,
    names_erased {integer} NOT NULL
);
CREATE INDEX requests_by_person ON requests(fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX requests_by_status ON requests(status, id);
CREATE INDEX requests_by_change ON requests(status, changed_at);
CREATE INDEX requests_begun ON requests(status, changed_at) WHERE ticks <> '';
"""
"""The tables of both stores, in what their dialects share."""

SEARCH_TABLE = """
CREATE VIRTUAL TABLE search USING fts5(words, content = '', contentless_delete = 1, detail = full,
    tokenize = 'trigram remove_diacritics 1');
"""
SQLITE_SCHEMA = (
    TABLES.format(integer="INTEGER", blob="BLOB", lean=" WITHOUT ROWID")
    + SEARCH_TABLE
    + """
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are only added'); END;
CREATE TRIGGER contents_stay BEFORE UPDATE ON contents BEGIN SELECT RAISE(ABORT, 'contents are only added'); END;
"""
)
