"""`log team`: what IT runs once, and what it runs on each desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.schema import DESK_ROLE, setup_sql, update_sql
from tests.requestlog.postgres import Server
from tests.running import run_here

CODE_SIGNS = 39


class Desk:
    """One desk of a team, by its commands."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        folder.mkdir()
        settings = {"team_log_url": url, "team_log_role": DESK_ROLE}
        (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")

    def __call__(self, *arguments: str, typed: str = "") -> tuple[int, str, str]:
        return run_here(*arguments, "--data-dir", str(self.folder), typed=typed)


@pytest.fixture
def desks(server: Server, tmp_path: Path) -> tuple[Desk, Desk]:
    url = server.url(server.database())
    return Desk(tmp_path / "a", url), Desk(tmp_path / "b", url)


def test_a_team_log_from_the_first_key_to_the_check(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    first, second = desks
    assert first("log", "list")[0] == 1
    code, key, _ = first("log", "team", "new-key")
    assert (code, len(key.strip())) == (0, CODE_SIGNS)
    assert second("log", "list")[0] == 1
    code, out, _ = second("log", "team", "give-key", typed="AAAA\n")
    assert (code, out) == (1, "")
    code, out, _ = second("log", "team", "give-key", typed=key)
    assert (code, out) == (0, ""), "the code is not repeated"
    assert second("log", "team", "show-key")[1] == key
    assert first("ask", typed="form\nLieve Voorbeeldt\ninvoerder\nagb\nAGB Leuven\nja\n")[0] == 0
    code, out, _ = second("log", "list", "--json", "--search", "voorbeeld")
    assert [entry["applicant_name"] for entry in json.loads(out)] == ["Lieve Voorbeeldt"]
    assert second("log", "verify")[0] == 0
    assert second("log", "export", str(tmp_path / "out.csv"))[0] == 0
    for command in ("backup", "restore"):
        code, out, said = second("log", command, str(tmp_path / "x.ccinc"), typed="een lange goede zin\n")
        assert (code, out) == (1, "")
        assert "pg_dump" in said
    code, _, said = first("log", "team", "new-key")
    assert code == 1, "a second key would part the team"


@pytest.mark.parametrize(("version", "code"), [(2, "newer"), (0, "team-older")])
def test_a_desk_of_another_version_says_which_is_older_and_gives_its_answer(
    server: Server, tmp_path: Path, version: int, code: str
) -> None:
    database = server.database()
    desk = Desk(tmp_path / "a", server.url(database))
    assert desk("log", "team", "new-key")[0] == 0
    server.owner(database, f"UPDATE ccinc_log.schema_version SET version = {version}")
    told = Texts("nl")(f"log.errors.{code}.what")
    _, out, said = desk("ask", typed="form\nLieve Voorbeeldt\ninvoerder\nagb\nAGB Leuven\nja\n")
    assert "https://" in out
    assert told in said
    for command in (("list",), ("verify",)):
        done, out, said = desk("log", *command)
        assert (done, out) == (1, "")
        assert told in said
        assert Texts("nl")(f"log.errors.{code}.do") in said


def test_what_updates_a_database_is_printed_for_its_owner(tmp_path: Path) -> None:
    assert run_here("log", "team", "update-sql", "--data-dir", str(tmp_path)) == (0, update_sql(), "")


def test_the_tables_are_printed_for_whoever_owns_the_database(tmp_path: Path) -> None:
    assert run_here("log", "team", "sql", "--data-dir", str(tmp_path)) == (0, setup_sql(), "")


@pytest.mark.parametrize("action", ["new-key", "give-key", "show-key"])
def test_without_an_address_there_is_no_team(tmp_path: Path, action: str) -> None:
    code, out, said = run_here("log", "team", action, "--data-dir", str(tmp_path / "own"), typed="AAAA\n")
    assert (code, out) == (1, "")
    assert "team-log.md" in said
    assert not (tmp_path / "own" / "log").exists()
