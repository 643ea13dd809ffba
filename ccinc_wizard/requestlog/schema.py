"""The tables of both stores. Events are only ever added; what may be erased stands apart under a salted digest.

A team's tables on PostgreSQL are SQL that the owner of the database reads and runs once. Desks work under a role that
may only add events: not change, not take away. Triggers hold the owner to the same, until he drops them; the chain and
each desk's own head show that.
"""

from __future__ import annotations

SCHEMA_VERSION = 1
MIGRATIONS: dict[int, str] = {}
"""SQL that leads from the version before to each version."""

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


TEAM_SCHEMA = "ccinc_log"
TEAM_SCHEMA_VERSION = 1
TEAM_MIGRATIONS: dict[int, str] = {}
"""SQL, as the owner runs it, that leads from the version before to each version."""
DESK_ROLE = "ccinc_desk"
TURN = int.from_bytes(b"ccinclog")
"""The advisory lock of whoever appends."""

_SETUP = """\
-- The team log of the CCinC-toegangswizard. Run once, as the owner of a database, after CREATE ROLE {role} NOLOGIN.
BEGIN;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE SCHEMA {schema};
SET LOCAL search_path = {schema}, public;
{tables}
-- What a request is found by, in small letters without accents; one row beside says by which folding.
CREATE TABLE search (request BIGINT PRIMARY KEY, words TEXT NOT NULL);
CREATE INDEX search_parts ON search USING gin (words gin_trgm_ops);
-- Proves a desk's team key without telling it; made by the first desk.
CREATE TABLE team_key (one BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (one), key_check BYTEA NOT NULL);
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version VALUES ({version});

CREATE FUNCTION only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events EXECUTE FUNCTION only_added();
CREATE TRIGGER contents_stay BEFORE UPDATE OR TRUNCATE ON contents EXECUTE FUNCTION only_added();
CREATE TRIGGER team_key_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON team_key EXECUTE FUNCTION only_added();

-- What was erased leaves pages and indexes at the next autovacuum, within about a minute.
ALTER TABLE contents SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE requests SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE search SET (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
ALTER INDEX search_parts SET (fastupdate = off);
-- The planner's statistics would keep copies of names.
ALTER TABLE contents ALTER content SET STATISTICS 0;
ALTER TABLE requests ALTER applicant_name SET STATISTICS 0, ALTER note SET STATISTICS 0;
ALTER TABLE search ALTER words SET STATISTICS 0;

REVOKE ALL ON SCHEMA {schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT ON events, team_key TO {role};
GRANT SELECT, INSERT, DELETE ON contents, search TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON requests TO {role};
GRANT SELECT ON schema_version TO {role};
COMMIT;
"""


_UPDATE = """\
-- Brings the team log of the CCinC-toegangswizard over to version {version}. Run as the owner of the database:
-- all of it is done, or nothing. It may be run again. Desks of an earlier version then save nothing in it, and say so.
BEGIN;
SET LOCAL search_path = {schema}, public;
-- No desk saves meanwhile.
SELECT pg_advisory_xact_lock({turn});
DO $bring_over$
DECLARE present INTEGER := (SELECT version FROM schema_version);
BEGIN
    IF present > {version} THEN
        RAISE EXCEPTION 'the log is of version %, and this program is the older one: {version}', present;
    END IF;
{steps}    UPDATE schema_version SET version = {version};
END $bring_over$;
COMMIT;
"""
_STEP = """\
    IF present < {number} THEN
{sql}
    END IF;
"""


def update_sql() -> str:
    """The SQL that brings a team log of an earlier version over to the present one."""
    numbers = range(2, TEAM_SCHEMA_VERSION + 1)
    steps = "".join(_STEP.format(number=number, sql=TEAM_MIGRATIONS[number].strip()) for number in numbers)
    return _UPDATE.format(schema=TEAM_SCHEMA, version=TEAM_SCHEMA_VERSION, turn=TURN, steps=steps)


def setup_sql(role: str = DESK_ROLE) -> str:
    """The SQL that makes an empty team log for desks of this role."""
    quoted = '"' + role.replace('"', '""') + '"'
    tables = TABLES.format(integer="BIGINT", blob="BYTEA", lean="")
    return _SETUP.format(schema=TEAM_SCHEMA, tables=tables.strip(), version=TEAM_SCHEMA_VERSION, role=quoted)
