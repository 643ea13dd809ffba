"""A log that several desks share: the key, the rights, the way there, and two programs at once."""

from __future__ import annotations

import base64
import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from ccinc_wizard.requestlog import postgres_store, schema
from ccinc_wizard.requestlog.backup import back_up
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import head_path
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import Damage, Trouble
from ccinc_wizard.requestlog.postgres_store import PostgresStore, is_local, route_to
from ccinc_wizard.requestlog.schema import DESK_ROLE
from ccinc_wizard.requestlog.team import KeyStanding, TeamLog, code_of_key, make_key, open_team, standing, take_key
from tests.requestlog.conftest import DIGITS, START, MemoryKeyring, database_of, request
from tests.requestlog.postgres import NAME, Server
from tests.running import environment

ROOT = Path(__file__).resolve().parents[2]
EACH = 1000
SAVER = """
import datetime as dt, sys
from pathlib import Path
from ccinc_wizard.requestlog.team import TeamLog, open_team
from tests.requestlog.conftest import request
team = TeamLog(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
with open_team(team, clock=lambda: dt.datetime.now(dt.UTC), user=sys.argv[4]) as log:
    for number in range(int(sys.argv[5])):
        print(log.save(request(f"Naam {number}")).reference, flush=True)
"""


@pytest.fixture
def store_kind() -> str:
    """All of these logs are a team's."""
    return "postgres"


@pytest.fixture
def other(team: TeamLog, tmp_path: Path) -> TeamLog:
    """A second desk that was given the team's key."""
    desk = replace(team, folder=tmp_path / "other" / "team")
    take_key(desk, code_of_key(team), START)
    return desk


def _opened(team: TeamLog) -> RequestLog:
    return open_team(team, clock=lambda: START, user="tester")


def _refusal(team: TeamLog) -> LogErrorCode:
    with pytest.raises(LogError) as refused:
        _opened(team).close()
    return refused.value.code


def test_two_programs_appending_at_once(team: TeamLog, other: TeamLog, log: RequestLog, figures: list[str]) -> None:
    savers = [
        subprocess.Popen(
            [sys.executable, "-c", SAVER, desk.url, desk.role, str(desk.folder), name, str(EACH)],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        for desk, name in ((team, "anna"), (other, "bart"))
    ]
    told = [saver.communicate()[0].split() for saver in savers]
    verdict = log.verify()
    figures.append(f"two programs appending {EACH} each to a team log: {log.count()} there, chain of "
                   f"{verdict.events} events {'sound' if verdict.sound else verdict.findings}")  # fmt: skip
    assert [len(references) for references in told] == [EACH, EACH]
    assert log.count() == verdict.events == len(set(told[0]) | set(told[1])) == 2 * EACH
    assert verdict.sound
    with _opened(other) as elsewhere:
        assert elsewhere.verify().sound


def test_desks_share_one_log_and_know_the_same_person(team: TeamLog, other: TeamLog, log: RequestLog) -> None:
    with _opened(other) as elsewhere:
        saved = elsewhere.save(request("Lieve Voorbeeldt", fingerprint=elsewhere.fingerprint(DIGITS)))
        assert log.requests_of(log.fingerprint(DIGITS)) == [saved]
        log.add_note(saved.reference, "gezien aan balie 1")
        assert elsewhere.get(saved.reference).note == "gezien aan balie 1"
        assert elsewhere.verify().sound
    assert log.verify().sound


def test_each_desk_keeps_a_head_of_its_own(
    team: TeamLog, other: TeamLog, log: RequestLog, behind_its_back: Callable[[RequestLog, str], None]
) -> None:
    log.save_many([request("Een"), request("Twee")])
    with _opened(other) as elsewhere:
        assert elsewhere.verify().events == 2
        behind_its_back(log, "DELETE FROM contents WHERE seq = 2; DELETE FROM requests WHERE id = 2;"
                             "DELETE FROM search WHERE request = 2; DELETE FROM events WHERE seq = 2")  # fmt: skip
        for desk in (log, elsewhere):
            assert desk.verify().findings[0] == Damage(Trouble.CUT, 2)


def test_the_key_is_made_once_and_given_on_as_a_code(server: Server, tmp_path: Path) -> None:
    first = TeamLog(server.url(server.database()), DESK_ROLE, tmp_path / "a" / "team")
    second = replace(first, folder=tmp_path / "b" / "team")
    assert (standing(first), _refusal(first)) == (KeyStanding.NEW, LogErrorCode.TEAM_KEY_NEW)
    with pytest.raises(LogError) as refused:
        take_key(second, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", START)
    assert refused.value.code is LogErrorCode.TEAM_KEY_NEW
    make_key(first, START)
    assert (standing(first), standing(second)) == (KeyStanding.HELD, KeyStanding.WANTED)
    assert _refusal(second) is LogErrorCode.TEAM_KEY_WANTED
    with pytest.raises(LogError) as refused:
        make_key(second, START)
    assert refused.value.code is LogErrorCode.TEAM_KEY_WANTED
    code = code_of_key(first)
    assert [len(group) for group in code.split("-")] == [4] * 8
    take_key(second, f" {code.lower().replace('-', ' ').replace('o', '0')} ", START)
    assert standing(second) is KeyStanding.HELD
    assert code_of_key(second) == code
    for desk in (first, second):
        assert desk.folder.stat().st_mode & 0o777 == 0o700
        for path in [*desk.folder.iterdir(), head_path(desk.folder)]:
            assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize("code", ["", "AAAA", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA", "een zin", "é", "A" * 1000])
def test_another_code_is_refused(team: TeamLog, tmp_path: Path, code: str) -> None:
    desk = replace(team, folder=tmp_path / "other" / "team")
    with pytest.raises(LogError) as refused:
        take_key(desk, code, START)
    assert refused.value.code is LogErrorCode.TEAM_KEY_OTHER
    assert not desk.folder.exists()


def test_a_key_of_another_team_is_told_and_set_aside_for_the_right_one(
    server: Server, team: TeamLog, other: TeamLog
) -> None:
    elsewhere = replace(team, url=server.url(server.database()))
    make_key(replace(elsewhere, folder=other.folder), START)
    assert _refusal(other) is LogErrorCode.TEAM_KEY_OTHER
    assert standing(other) is KeyStanding.WANTED
    take_key(other, code_of_key(team), START + dt.timedelta(days=1))
    assert standing(other) is KeyStanding.HELD


def test_a_key_lost_from_the_keyring_is_asked_for_again(
    server: Server, tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    desk = TeamLog(server.url(server.database()), DESK_ROLE, tmp_path / "team")
    make_key(desk, START)
    code = code_of_key(desk)
    assert base64.b32decode(code.replace("-", "")).hex() in memory_keyring.kept.values()
    assert not (desk.folder / "log.key").exists()
    memory_keyring.kept.clear()
    assert _refusal(desk) is LogErrorCode.TEAM_KEY_WANTED
    take_key(desk, code, START + dt.timedelta(days=1))
    memory_keyring.locked = True
    assert _refusal(desk) is LogErrorCode.KEY_UNAVAILABLE


def test_neither_key_nor_register_number_is_in_the_database(server: Server, team: TeamLog, log: RequestLog) -> None:
    log.save(request("Lieve Voorbeeldt", fingerprint=log.fingerprint(DIGITS), note="notitie"))
    server.owner(database_of(team), "CHECKPOINT")
    content = b"".join(path.read_bytes() for path in (server.folder / "data").rglob("*") if path.is_file())
    assert b"Lieve Voorbeeldt" in content, "names are readable there, and the words say so"
    secret = log.keys.secret
    for hidden in (secret, secret.hex().encode(), code_of_key(team).encode(), DIGITS.encode(), b"85.07.30"):
        assert hidden not in content


STATEMENTS = [
    "UPDATE events SET kind = 'x'", "DELETE FROM events", "TRUNCATE events", "UPDATE contents SET content = ''",
    "TRUNCATE contents", "UPDATE team_key SET key_check = 'x'", "DELETE FROM team_key", "TRUNCATE team_key",
]  # fmt: skip


@pytest.mark.parametrize("statement", STATEMENTS)
def test_events_are_only_added_to_by_rights_and_by_triggers(
    server: Server, team: TeamLog, log: RequestLog, statement: str
) -> None:
    log.save(request())
    with pytest.raises(LogError) as refused:
        log.store.execute(statement)
    assert refused.value.code is LogErrorCode.TEAM_REFUSED
    with pytest.raises(psycopg.errors.RaiseException, match="only added to"):
        server.owner(database_of(team), f"SET search_path = ccinc_log; {statement}")
    assert log.verify().sound


def test_who_is_not_of_the_team_is_refused(server: Server, team: TeamLog) -> None:
    stranger = server.url(database_of(team), "stranger")
    assert _refusal(replace(team, url=stranger)) is LogErrorCode.TEAM_REFUSED
    assert _refusal(replace(team, url=stranger, role="")) is LogErrorCode.TEAM_REFUSED
    assert _refusal(replace(team, role="")) is LogErrorCode.TEAM_REFUSED, "a desk has its rights by its role alone"
    assert _refusal(replace(team, role='ccinc"; DROP')) is LogErrorCode.TEAM_REFUSED


def test_what_is_not_there_is_told(server: Server, team: TeamLog, monkeypatch: pytest.MonkeyPatch) -> None:
    server.owner("postgres", "CREATE DATABASE bare")
    assert _refusal(replace(team, url=server.url("bare"))) is LogErrorCode.TEAM_NOT_SET_UP
    assert _refusal(replace(team, url=server.url("absent"))) is LogErrorCode.UNREACHABLE
    assert _refusal(replace(team, url="postgresql://anna@127.0.0.1:1/x")) is LogErrorCode.UNREACHABLE
    for wrong in ("http://server/ccinc", "een zin", "postgresql://server/x?colour=red", "service=ccinc"):
        assert _refusal(replace(team, url=wrong)) is LogErrorCode.TEAM_ADDRESS
    monkeypatch.setitem(sys.modules, "ccinc_wizard.requestlog.postgres_store", None)
    assert _refusal(team) is LogErrorCode.TEAM_DRIVER


def test_a_newer_schema_is_refused(server: Server, team: TeamLog) -> None:
    server.owner(database_of(team), "UPDATE ccinc_log.schema_version SET version = 2")
    assert _refusal(team) is LogErrorCode.NEWER


@pytest.fixture
def make_next(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes the program one of the next version."""

    def make() -> None:
        for module in (schema, postgres_store):
            monkeypatch.setattr(module, "TEAM_SCHEMA_VERSION", 2)
        steps = "ALTER TABLE requests ADD COLUMN more TEXT NOT NULL DEFAULT ''; UPDATE requests SET more = upper(role);"
        monkeypatch.setitem(schema.TEAM_MIGRATIONS, 2, steps)

    return make


def test_the_owner_brings_it_over_and_no_desk_may(
    server: Server, team: TeamLog, log: RequestLog, make_next: Callable[[], None]
) -> None:
    make_next()
    with pytest.raises(LogError) as refused:
        log.save(request())
    assert refused.value.code is _refusal(team) is LogErrorCode.TEAM_OLDER
    as_desk = f"SET ROLE {DESK_ROLE}; {schema.update_sql()}"
    with (
        psycopg.connect(team.url, autocommit=True) as desk,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        desk.execute(as_desk.encode())
    assert _refusal(team) is LogErrorCode.TEAM_OLDER
    for _ in range(2):  # again changes nothing
        server.owner(database_of(team), schema.update_sql())
    assert server.owner(database_of(team), "SELECT version FROM ccinc_log.schema_version") == [(2,)]
    with _opened(team) as brought_over:
        assert brought_over.count() == 0


def test_what_was_saved_before_is_brought_over_whole_or_not_at_all(
    server: Server, team: TeamLog, log: RequestLog, make_next: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    log.save_many([request(f"Naam {number}") for number in range(20)])
    make_next()
    steps = schema.TEAM_MIGRATIONS[2]
    monkeypatch.setitem(schema.TEAM_MIGRATIONS, 2, f"{steps} PERFORM 1 / 0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        server.owner(database_of(team), schema.update_sql())
    columns = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'more'"
    assert server.owner(database_of(team), columns) == [(0,)]
    monkeypatch.setitem(schema.TEAM_MIGRATIONS, 2, steps)
    server.owner(database_of(team), schema.update_sql())
    with _opened(team) as brought_over:
        assert brought_over.verify().sound
        assert brought_over.count() == 20
        assert brought_over.store.execute("SELECT DISTINCT more FROM requests") == [("INVOERDER",)]


def test_a_desk_that_had_it_open_saves_nothing_once_it_is_newer(server: Server, team: TeamLog, log: RequestLog) -> None:
    log.save(request())
    server.owner(database_of(team), "UPDATE ccinc_log.schema_version SET version = 2")
    with pytest.raises(LogError) as refused:
        log.save(request("Daarna"))
    assert refused.value.code is LogErrorCode.NEWER
    assert log.count() == 1
    with pytest.raises(psycopg.errors.RaiseException, match="is the older one"):
        server.owner(database_of(team), schema.update_sql())


def test_a_lock_held_by_another_is_told(
    server: Server, team: TeamLog, other: TeamLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_store, "LOCK_SECONDS", 0.05)
    with _opened(team) as log, _opened(other) as elsewhere:
        with elsewhere.store.writing(), pytest.raises(LogError) as refused:
            log.save(request())
        assert refused.value.code is LogErrorCode.LOCKED
        assert log.count() == 0, "reading goes on"
        assert log.save(request()).id == 1


def test_a_lost_connection_is_made_anew(server: Server, team: TeamLog, log: RequestLog) -> None:
    def cut() -> None:
        server.owner("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                 f"WHERE datname = '{database_of(team)}'")  # fmt: skip

    def cut_and_ask() -> None:
        cut()
        log.store.execute("SELECT 1")

    log.save(request("Eerst"))
    cut()
    assert log.count() == 1, "what only reads notices nothing"
    cut()
    log.save(request("Daarna"))
    with pytest.raises(LogError) as lost, log.store.writing():
        cut_and_ask()
    assert lost.value.code is LogErrorCode.UNREACHABLE
    assert [found.applicant_name for found in log.page()] == ["Daarna", "Eerst"]
    assert log.verify().sound


def test_a_backup_is_left_to_the_database(log: RequestLog, tmp_path: Path) -> None:
    with pytest.raises(LogError) as refused:
        back_up(log, tmp_path / "backup.ccinc", "een goede lange zin")
    assert refused.value.code is LogErrorCode.TEAM_BACKUP
    assert list(tmp_path.glob("backup*")) == []


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("", True), ("/var/run/postgresql", True), ("@ccinc", True), ("localhost", True), ("127.0.0.1", True),
        ("127.9.9.9", True), ("::1", True), ("10.0.0.1", False), ("log.example", False), ("localhost.example", False),
        ("0.0.0.0", False), ("::", False), ("2001:db8::1", False),
    ],
)  # fmt: skip
def test_what_does_not_leave_the_machine(host: str, local: bool) -> None:
    assert is_local(host) is local


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer"])
@pytest.mark.parametrize("place", ["log.example", "10.0.0.1", "localhost,log.example"])
def test_an_address_without_tls_is_refused_before_connecting(mode: str, place: str) -> None:
    with pytest.raises(LogError) as refused:
        route_to(f"host={place} dbname=ccinc sslmode={mode}")
    assert refused.value.code is LogErrorCode.TEAM_UNSAFE


ELSEWHERE = {
    "PGHOST": "10.0.0.1", "PGHOSTADDR": "10.0.0.1", "PGPORT": "1", "PGDATABASE": "other", "PGUSER": "stranger",
    "PGPASSWORD": "geheim", "PGPASSFILE": "/nowhere", "PGSERVICE": "other", "PGSYSCONFDIR": "/nowhere",
    "PGOPTIONS": "-c search_path=other -c default_transaction_read_only=on", "PGSSLMODE": "disable",
    "PGSSLROOTCERT": "/nowhere", "PGSSLCERT": "/nowhere", "PGSSLKEY": "/nowhere", "PGSSLNEGOTIATION": "direct",
    "PGREQUIREAUTH": "scram-sha-256", "PGCHANNELBINDING": "require", "PGGSSENCMODE": "require",
    "PGTARGETSESSIONATTRS": "standby", "PGCLIENTENCODING": "latin1", "PGAPPNAME": "other", "PGCONNECT_TIMEOUT": "1",
    "PGLOADBALANCEHOSTS": "random", "PGDATESTYLE": "German", "PGTZ": "Asia/Tokyo", "PGGEQO": "off",
}  # fmt: skip


def test_no_variable_of_the_environment_decides_anything(
    team: TeamLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services"
    services.write_text("[other]\nhost=10.0.0.1\ndbname=other\nuser=stranger\nsslmode=disable\n")
    alone = [route_to(url) for url in (team.url, "postgresql://log.example/ccinc", "postgresql://localhost/ccinc")]
    for name, value in (ELSEWHERE | {"PGSERVICEFILE": str(services)}).items():
        monkeypatch.setenv(name, value)
    with _opened(team) as log:
        reference = log.save(request()).reference
        assert [one.reference for one in log.page()] == [reference]
        settings = dict(log.store.execute("SELECT name, setting FROM pg_settings"))
        assert (settings["client_encoding"], settings["TimeZone"]) != ("LATIN1", "Asia/Tokyo")
        assert settings["application_name"] == "ccinc-wizard"
    for name, value in (ELSEWHERE | {"PGSERVICEFILE": str(services)}).items():
        monkeypatch.setenv(name, value)
    urls = (team.url, "postgresql://log.example/ccinc", "postgresql://localhost/ccinc")
    assert [route_to(url) for url in urls] == alone
    assert "geheim" not in repr(route_to("postgresql://anna:geheim@localhost/ccinc"))


@pytest.fixture
def tls(server: Server) -> Iterator[Server]:
    """The server with TLS on, under a certificate that it signed itself."""
    server.switch_tls(on=True)
    yield server
    server.switch_tls(on=False)


def _far(server: Server, team: TeamLog, **options: str) -> TeamLog:
    """The same database, as if it were on another machine."""
    return replace(team, url=server.url(database_of(team), host=NAME, hostaddr="127.0.0.1", **options))


def test_far_away_without_tls_on_the_server(server: Server, team: TeamLog) -> None:
    certificate = str(server.folder / "data/server.crt")
    for options in ({}, {"sslmode": "require"}, {"sslrootcert": certificate}):
        assert _refusal(_far(server, team, **options)) is LogErrorCode.TEAM_UNSAFE


def test_far_away_with_tls(tls: Server, team: TeamLog, figures: list[str]) -> None:
    certificate = str(tls.folder / "data/server.crt")
    assert _refusal(_far(tls, team)) is LogErrorCode.TEAM_UNSAFE, "nobody vouches for the certificate"
    other_name = replace(team, url=_far(tls, team, sslrootcert=certificate).url.replace(NAME, "other.example"))
    assert _refusal(other_name) is LogErrorCode.TEAM_UNSAFE, "the certificate is of another server"
    for options in ({"sslrootcert": certificate}, {"sslmode": "require"}):
        with _opened(_far(tls, team, **options)) as log:
            assert log.save(request()).reference
            seen = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = "
            assert tls.owner("postgres", f"{seen} '{database_of(team)}'") == [(True,)]
    figures.append("team log: refused without TLS or with a wrong certificate, works with a right one")


def test_close_by_tls_is_not_asked_for(server: Server, team: TeamLog) -> None:
    for host in ("127.0.0.1", "localhost", str(server.folder).replace("/", "%2F")):
        with _opened(replace(team, url=server.url(database_of(team), host=host))) as log:
            assert log.verify().sound


def test_common_and_rare_words_are_found_by_index_or_in_order(server: Server, team: TeamLog, log: RequestLog) -> None:
    log.save_many([request("Zeldzaam" if number == 7 else "Gewoon") for number in range(3000)])
    server.owner(database_of(team), "ANALYZE")
    store = log.store
    assert isinstance(store, PostgresStore)
    source = store.matching(["zeldzaam"])
    plan = store.execute(f"EXPLAIN SELECT r.id {source.sql} ORDER BY {source.key} DESC LIMIT 50", source.values)
    assert any("search_parts" in str(line) for line in plan), plan
    assert [found.id for found in log.page(search="zeldz")] == [8]
    assert len(log.page(search="gewoon agb")) == 50


def test_desks_wait_for_each_other_in_turn(team: TeamLog, other: TeamLog, log: RequestLog) -> None:
    with _opened(other) as elsewhere:
        waiting = threading.Thread(target=lambda: elsewhere.save(request("Tweede")))
        with log.store.writing():
            waiting.start()
            held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            while log.store.execute(held) == [(0,)]:
                assert waiting.is_alive()
            assert log.count() == 0
        waiting.join()
        assert log.count() == 1
