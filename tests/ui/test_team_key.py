"""A team's log in the window: its key, who else reads it, and what its database does in the program's place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.policies import Policies
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog.schema import DESK_ROLE
from ccinc_wizard.requestlog.team import KeyStanding, TeamLog, make_key
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.log.dialogs import TeamKeyDialog
from ccinc_wizard.ui.shell.places import show_help
from tests.requestlog.conftest import database_of
from tests.requestlog.postgres import Server
from tests.ui.conftest import Driver


@pytest.fixture
def shared(server: Server, services: Services) -> Services:
    """This desk, for which IT has set the team's log."""
    services.remember(team_log_url=server.url(server.database()), team_log_role=DESK_ROLE)
    return services


def _choose(window: Driver, name: str) -> None:
    action = window.window.findChild(QAction, name)
    assert isinstance(action, QAction)
    action.trigger()


def _told(window: Driver) -> str:
    window.until(lambda: window.window.findChild(MessageDialog, "care_told") is not None)
    box = window.window.findChild(MessageDialog, "care_told")
    assert isinstance(box, MessageDialog)
    box.close()
    box.setParent(None)
    return box.words


def test_the_first_desk_makes_the_key_and_is_shown_its_code(
    shared: Services, open_window: Callable[[], Driver]
) -> None:
    window = open_window()
    window.window.show_log()
    window.until(lambda: shared.texts("log.errors.team-key-new.what") in window.text("log_message"))
    _choose(window, "action_team_key")
    window.until(lambda: window.shows("team_key_dialog"))
    assert not window.shows("team_key")
    window.click("care_ok")
    window.until(lambda: len(window.text("team_key_code")) == 39)
    assert not window.shows("care_ok")
    window.click("care_cancel")
    window.window.show_log()
    window.until(lambda: window.text("log_message") == shared.texts("logview.empty"))
    assert window.text("log_place").startswith(shared.texts("logview.team", host="127.0.0.1"))


def test_a_further_desk_is_given_the_key_and_sees_the_same_requests(
    shared: Services, open_window: Callable[[], Driver], tmp_path: Path
) -> None:
    first = Services(Paths.choose(tmp_path / "first"))
    first.remember(team_log_url=shared.settings.team_log_url, team_log_role=DESK_ROLE)
    team = first.team_log
    assert team is not None
    make_key(team, utc_now())
    window = open_window()
    _choose(window, "action_team_key")
    window.until(lambda: window.shows("team_key"))
    window.type("team_key", "AAAA-AAAA")
    window.click("care_ok")
    window.until(lambda: shared.texts("log.errors.team-key-other.what") in window.text("team_key_told"))
    from ccinc_wizard.requestlog.team import code_of_key

    window.type("team_key", code_of_key(team))
    window.click("care_ok")
    window.until(lambda: window.shows("log_view"))
    window.click("log_back_button")
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    with first.open_log() as log:
        assert [entry.reference for entry in log.page()] == [window.window.session.saved_reference]
    window.window.show_log().verify()
    window.until(lambda: shared.texts("logview.verdict.limits_team") in window.text("log_message"))
    _choose(window, "action_team_key")
    window.until(lambda: window.shows("team_key_dialog"))
    assert window.text("team_key_code") == "", "a key that is there is shown when asked for only"
    window.click("care_ok")
    window.until(lambda: window.text("team_key_code") == code_of_key(team))


@pytest.mark.parametrize("action", ["action_backup", "action_restore", "action_new_log"])
def test_what_the_database_does_is_said_in_words(
    shared: Services, open_window: Callable[[], Driver], action: str
) -> None:
    window = open_window()
    _choose(window, action)
    assert shared.texts("log.errors.team-backup.do") in _told(window)


def test_without_a_team_there_is_no_key_to_ask_for(window: Driver) -> None:
    assert window.window.findChild(QAction, "action_team_key") is None


def test_the_policy_wins_and_training_stays_apart(shared: Services) -> None:
    shared.policies = Policies({"team_log_url": "postgresql://log.example/ccinc", "team_log_role": "laid_down"})
    team = shared.team_log
    assert team is not None
    assert (team.url, team.role, team.host) == ("postgresql://log.example/ccinc", "laid_down", "log.example")
    assert not shared.has_log(), "a desk without the key has nothing to look after"
    shared.mode = Mode.TRAINING
    assert shared.team_log is None
    assert shared.own_log_folder() == shared.paths.log_folder(Mode.TRAINING)


def test_help_on_the_log_says_what_it_does_not_protect_against(window: Driver, services: Services) -> None:
    window.window.show_log()
    show_help(window.window)
    window.until(lambda: window.shows("help_text"))
    kept = {"names": services.names_days, "rest": services.rest_days}
    days = {name: services.texts("settings.days", count=count) for name, count in kept.items()}
    expected = services.texts("app.help.log.text", **days)
    assert window.text("help_text") == expected
    assert "{" not in expected


@pytest.mark.parametrize(("version", "code"), [(2, "newer"), (0, "team-older")])
def test_a_window_of_another_version_than_the_database_gives_its_answer(
    shared: Services, server: Server, open_window: Callable[[], Driver], version: int, code: str
) -> None:
    team = shared.team_log
    assert team is not None
    make_key(team, utc_now())
    server.owner(database_of(team), f"UPDATE ccinc_log.schema_version SET version = {version}")
    window = open_window()
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    assert window.page == "page_result"
    window.click("save_button")
    window.until(lambda: window.shows("save_copy_button"))
    assert shared.texts(f"log.errors.{code}.what") in window.text("saved_notice")
    window.window.show_log()
    window.until(lambda: shared.texts(f"log.errors.{code}.what") in window.text("log_message"))


@pytest.mark.parametrize("standing", [KeyStanding.NEW, KeyStanding.HELD])
def test_the_dialog_of_the_key_has_no_hole_where_the_code_will_stand(window: Driver, standing: KeyStanding) -> None:
    team = TeamLog("postgresql://log.example/ccinc", DESK_ROLE, Path("team"))
    dialog = TeamKeyDialog(window.window.services, window.window.worker, team, standing, lambda: None, window.window)
    window.qtbot.addWidget(dialog)
    dialog.show()
    why, leave = dialog.findChildren(QLabel)[1], dialog.leave
    window.until(lambda: leave.y() > why.y())
    assert leave.y() - why.mapTo(dialog, why.rect().bottomLeft()).y() <= 2 * SPACE + 1
    assert dialog.height() - leave.geometry().bottom() <= 4 * SPACE
