"""What the organisation has laid down wins over the user's choice, cannot be changed, and the window says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.policies import Policies
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.scenarios import scenario_folder
from ccinc_wizard.domain.enums import Mode
from tests.ui.conftest import Driver


def action(driver: Driver, name: str) -> QAction:
    found = driver.window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def test_the_menu_says_what_is_laid_down(services: Services, open_window: Callable[[], Driver]) -> None:
    policies, name = Policies({"mode": Mode.ADMIN}), "policy_mode"
    choices = ("mode_admin", "mode_helpdesk", "mode_training", "training")
    driver = open_window()
    assert all(action(driver, f"action_{choice}").isEnabled() for choice in choices)
    assert driver.window.findChild(QAction, name) is None
    services.policies = policies
    driver = open_window()
    assert not any(action(driver, f"action_{choice}").isEnabled() for choice in choices)
    told = action(driver, name)
    assert told.text() == services.texts("app.policy")
    assert told.isVisible()
    assert action(driver, "action_settings").isEnabled()


def test_training_that_is_laid_down_can_be_entered(services: Services, open_window: Callable[[], Driver]) -> None:
    services.policies, services.mode = Policies({"mode": Mode.TRAINING}), Mode.TRAINING
    assert action(open_window(), "action_training").isEnabled()


def test_a_policy_against_opening_leaves_copying(window: Driver, services: Services) -> None:
    services.policies = Policies({"open_links": False})
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    opener = window.find("open_link_button")
    assert isinstance(opener, QPushButton)
    assert not opener.isEnabled()
    assert window.text("policy_open_link_button") == opener.accessibleDescription() == services.texts("app.policy")
    window.click("copy_link_button")


def test_the_organisations_scenarios_win_over_the_trainers(
    services: Services, open_window: Callable[[], Driver], tmp_path: Path
) -> None:
    source = (scenario_folder() / "01-gewone-aanvraag.toml").read_text(encoding="utf-8")
    for name in ("organisatie", "trainer"):
        (tmp_path / name).mkdir()
        own = source.replace('id = "gewone-aanvraag"', f'id = "{name}"').replace("De gewone aanvraag", f"Van {name}")
        (tmp_path / name / f"{name}.toml").write_text(own, encoding="utf-8")
    services.remember(scenario_folder=str(tmp_path / "trainer"))
    services.policies = Policies({"scenario_folder": str(tmp_path / "organisatie")})
    driver = open_window()
    driver.window.train()
    QApplication.processEvents()
    listed = driver.find("training_scenarios")
    assert isinstance(listed, QListWidget)
    titles = [listed.item(line).text() for line in range(listed.count())]
    assert "Van organisatie" in titles
    assert "Van trainer" not in titles
    assert not driver.find("training_folder").isEnabled()
    assert driver.text("policy_training_folder") == services.texts("app.policy")


def test_a_policy_wins_over_the_settings_and_the_command_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    laid_down = Policies(
        {"language": "fr", "mode": Mode.HELPDESK, "names_days": 30, "rest_days": 60, "open_links": False}
    )
    monkeypatch.setattr("ccinc_wizard.app.services.read_policies", lambda: laid_down)
    paths = Paths.choose(tmp_path / "data")
    Services(paths).remember(language="en", mode="training", names_days=5, rest_days=6)
    services = Services(paths, language="nl", mode=Mode.ADMIN)
    assert (services.texts.language, services.mode) == ("fr", Mode.HELPDESK)
    assert (services.names_days, services.rest_days) == (30, 60)
    assert not services.in_force.open_links
