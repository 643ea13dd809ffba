"""The settings page: every setting of the table stands on it, counts at once, and shows when it is laid down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from ccinc_wizard.app.policies import Policies
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import LETTER_SIZES, TABLE, ReadSettings, Section, Theme
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.log.dialogs import RetentionDialog
from ccinc_wizard.ui.shell.places import show_settings
from tests.ui.conftest import Driver

SHOWN = [name for name, setting in TABLE.items() if setting.shown]
LAID_DOWN = {
    "language": "nl",
    "mode": Mode.ADMIN,
    "names_days": 30,
    "rest_days": 60,
    "team_log_url": "postgresql://log.example/ccinc",
    "team_log_role": "ccinc_desk",
    "scenario_folder": "S:/oefenen",
    "open_links": False,
}


@pytest.fixture
def page(window: Driver) -> Driver:
    show_settings(window.window)
    return window


def choose(page: Driver, name: str, value: object) -> None:
    """Choose from a list as a user does."""
    made = page.find(f"settings_{name}")
    assert isinstance(made, QComboBox)
    place = made.findData(value)
    assert place >= 0
    made.setCurrentIndex(place)
    made.activated.emit(place)
    settle()


def settle() -> None:
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()


def kept(services: Services) -> object:
    return ReadSettings.of(services.paths.settings).settings


def test_it_opens_at_its_title_and_not_further_down(window: Driver) -> None:
    window.window.resize(1050, 700)
    show_settings(window.window)
    settle()
    view = window.find("settings_view")
    assert isinstance(view, QScrollArea)
    assert window.find("settings_view_title").hasFocus()
    assert view.verticalScrollBar().value() == 0


def test_a_list_that_drops_down_shows_its_last_row(page: Driver) -> None:
    page.window.activateWindow()
    assert QTest.qWaitForWindowActive(page.window)
    made = page.find("settings_language")
    assert isinstance(made, QComboBox)
    made.setFocus()
    made.showPopup()
    settle()
    assert made.view().verticalScrollBar().maximum() == 0
    made.hidePopup()


def test_lists_and_menus_have_the_letters_of_all_else(page: Driver) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    small = QFont(app.font())
    small.setPointSizeF(5)
    kinds = ("QAbstractItemView", "QMenu", "QMenuBar", "QTipLabel")
    for kind in kinds:
        QApplication.setFont(small, kind)  # as Windows does
    choose(page, "theme", Theme.DARK)
    assert {QApplication.font(kind).pointSizeF() for kind in kinds} == {app.font().pointSizeF()}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("mode", list(Mode))
def test_every_setting_stands_on_the_page(
    language: str, mode: Mode, services: Services, open_window: Callable[[], Driver]
) -> None:
    services.texts, services.mode = Texts(language), mode
    services.remember(team_log_url="postgresql://log.example/ccinc", team_log_role="desk", scenario_folder="S:/oefenen")
    page = open_window()
    page.window.activateWindow()
    assert QTest.qWaitForWindowActive(page.window)
    QTest.keyClick(page.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.window.present_view().objectName() == "settings_view"
    assert page.text("settings_view_title") == services.texts("settings.title")
    assert page.window.windowTitle().startswith(services.texts("settings.title"))
    for name in SHOWN:
        made = page.find(f"settings_{name}")
        assert made.isEnabled(), name
        if name != "administrator_of":
            assert services.texts(f"settings.{name}.label") in made.accessibleName()
        assert made.accessibleDescription() == services.texts(f"settings.{name}.hint")
    for part in Section:
        page.find(f"settings_section_{part}")
    assert not page.shows("settings_wrong")
    page.click("settings_back")
    assert page.window.present_view().objectName() != "settings_view"


def test_another_language_counts_at_once_and_one_stays_where_one_is(page: Driver, services: Services) -> None:
    page.window.show_wizard()
    page.click("situation_manual")
    page.next()
    page.type("applicant_name", "Lieve Voorbeeldt")
    show_settings(page.window)
    choose(page, "language", "fr")
    assert page.text("settings_view_title") == Texts("fr")("settings.title")
    assert page.window.focusWidget() is page.find("settings_language")
    assert kept(services).language == "fr"  # type: ignore[attr-defined]
    page.click("settings_back")
    assert page.text("applicant_name") == "Lieve Voorbeeldt"


@pytest.mark.parametrize("mode", [Mode.HELPDESK, Mode.TRAINING])
def test_another_mode_counts_at_once(mode: Mode, page: Driver, services: Services) -> None:
    choose(page, "mode", mode)
    assert services.mode is mode
    assert page.window.focusWidget() is page.find("settings_mode")
    choose(page, "mode", Mode.ADMIN)
    assert services.mode is Mode.ADMIN
    assert page.shows("settings_view")


def test_the_theme_counts_at_once(page: Driver, services: Services) -> None:
    choose(page, "theme", Theme.DARK)
    dark = page.window.palette().window().color().lightness()
    choose(page, "theme", Theme.LIGHT)
    assert page.window.palette().window().color().lightness() > dark
    assert kept(services).theme is Theme.LIGHT  # type: ignore[attr-defined]


def test_larger_letters_are_larger_everywhere_and_come_back(
    page: Driver, services: Services, open_window: Callable[[], Driver]
) -> None:
    def heights() -> list[int]:
        names = ("settings_back", "settings_language", "settings_view_title")
        return [made.fontMetrics().height() for made in (*map(page.find, names), page.window.menuBar())]

    usual = heights()
    try:
        choose(page, "letter_size", LETTER_SIZES[-1])
        assert all(large >= 1.8 * small for large, small in zip(heights(), usual, strict=True))
        assert page.window.focusWidget() is page.find("settings_letter_size")
        again = open_window()
        assert again.find("next_button").fontMetrics().height() == heights()[0]
    finally:
        choose(page, "letter_size", 100)
    assert heights() == usual


@pytest.mark.parametrize("name", ["letters", "open_links"])
def test_a_switch_is_kept(name: str, page: Driver, services: Services) -> None:
    made = page.find(f"settings_{name}")
    assert isinstance(made, QCheckBox)
    assert made.isChecked()
    made.click()
    assert getattr(kept(services), name) is False
    show_settings(page.window)
    again = page.find(f"settings_{name}")
    assert isinstance(again, QCheckBox)
    assert not again.isChecked()


def test_links_that_the_user_keeps_shut_say_so(page: Driver, services: Services) -> None:
    page.click("settings_open_links")
    page.click("settings_back")
    page.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    assert not page.find("open_link_button").isEnabled()
    assert page.text("policy_open_link_button") == services.texts("settings.open_links.off")


def test_an_organisation_can_be_taken_off_the_list(page: Driver, services: Services) -> None:
    services.remember(administrator_of=("Gent", "AGB De Proefzaal"))
    show_settings(page.window)
    assert page.find("settings_remove_1").accessibleName().endswith("Gent")
    page.click("settings_remove_1")
    settle()
    assert kept(services).administrator_of == ("AGB De Proefzaal",)  # type: ignore[attr-defined]
    page.click("settings_remove_1")
    settle()
    assert not page.shows("settings_remove_1")
    assert services.settings.administrator_of == ()


def test_an_organisation_that_was_taken_off_the_list_comes_back_to_its_place(page: Driver, services: Services) -> None:
    services.remember(administrator_of=("Gent", "AGB De Proefzaal"))
    show_settings(page.window)
    page.click("settings_remove_1")
    settle()
    page.window.set_language("fr")
    settle()
    assert page.text("undo_said") == services.texts("undo.organisation", name="Gent")
    page.window.show_wizard()
    page.click("undo_button")
    settle()
    assert kept(services).administrator_of == ("Gent", "AGB De Proefzaal")  # type: ignore[attr-defined]
    assert page.shows("settings_remove_2")
    page.click("settings_remove_2")
    page.click("settings_open_links")
    assert not page.shows("undo_bar")


def add(page: Driver, name: str, key: Qt.Key | None = None) -> None:
    page.type("settings_organisation", name)
    if popup := QApplication.activePopupWidget():
        popup.hide()
    if key is None:
        page.click("settings_add")
    else:
        page.qtbot.keyClick(page.find("settings_organisation"), key)
    settle()


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_an_organisation_can_be_put_on_the_list(page: Driver, services: Services, key: Qt.Key | None) -> None:
    page.window.activateWindow()
    page.until(page.window.isActiveWindow)
    add(page, "AGB De Proefzaal", key)
    assert kept(services).administrator_of == ("AGB De Proefzaal",)  # type: ignore[attr-defined]
    assert page.find("settings_remove_1").accessibleName().endswith("AGB De Proefzaal")
    assert page.window.focusWidget() is page.find("settings_organisation")
    assert page.text("settings_organisation") == ""


@pytest.mark.parametrize("language", languages())
def test_it_is_suggested_as_on_the_page_of_the_authority(page: Driver, services: Services, language: str) -> None:
    page.window.set_language(language)
    settle()
    page.window.activateWindow()
    page.until(page.window.isActiveWindow)
    field = page.find("settings_organisation")
    field.setFocus()
    page.qtbot.keyClicks(field, "8820")
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QAbstractItemView)
    page.qtbot.keyClick(popup, Qt.Key.Key_Down)
    page.qtbot.keyClick(popup, Qt.Key.Key_Return)
    settle()
    assert services.settings.administrator_of == ()
    page.qtbot.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert services.settings.administrator_of == ("Torhout",)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "settings.administrator_of.wanted"),
        ("  ", "settings.administrator_of.wanted"),
        ("Stad Gent", "settings.administrator_of.known"),
        ("Gand", "settings.administrator_of.known"),
        ("gent", "settings.administrator_of.known"),
        ("AGB 85.07.30-033.28", "rules.authority_name_holds_number"),
    ],
)
def test_what_cannot_be_put_on_the_list_is_told(page: Driver, services: Services, name: str, told: str) -> None:
    services.remember(administrator_of=("Gent",))
    show_settings(page.window)
    add(page, name)
    shown = page.text("settings_organisation_error")
    assert shown == services.texts(told, name=name, kept="AGB ••.••.••-•••.••")
    assert services.settings.administrator_of == ("Gent",)
    page.type("settings_organisation", "Gen")
    assert not page.shows("settings_organisation_error")


def test_terms_are_changed_with_their_preview_and_within_bounds(page: Driver, services: Services) -> None:
    assert "90" in page.text("settings_names_days")
    seen: list[tuple[int, int]] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, RetentionDialog)
        [names] = dialog.findChildren(QSpinBox, "retention_names")
        seen.append((names.minimum(), names.maximum()))
        names.setValue(50)
        page.until(dialog.go.isEnabled)
        # What is told afterwards is not waited for here.
        dialog.accept()

    page.click("settings_terms")
    QTimer.singleShot(50, answer)
    page.until(lambda: bool(seen) and services.settings.names_days == 50)
    settle()
    page.until(lambda: page.shows("settings_names_days") and "50" in page.text("settings_names_days"))
    assert seen == [(1, 3650)]


def test_what_is_laid_down_shows_its_lock(services: Services, open_window: Callable[[], Driver]) -> None:
    services.policies = Policies(LAID_DOWN)
    page = open_window()
    show_settings(page.window)
    for name in SHOWN:
        assert page.find(f"settings_{name}").isEnabled() == (name not in LAID_DOWN), name
        assert page.shows(f"policy_settings_{name}") == (name in LAID_DOWN), name
        if name in LAID_DOWN:
            assert page.text(f"policy_settings_{name}") == services.texts("app.policy")
    assert "30" in page.text("settings_names_days")
    assert page.text("settings_team_log_url") == LAID_DOWN["team_log_url"]
    links = page.find("settings_open_links")
    assert isinstance(links, QCheckBox)
    assert not links.isChecked()


def test_a_setting_that_is_refused_is_said_at_the_start_and_on_the_page(
    services: Services, open_window: Callable[[], Driver]
) -> None:
    services.paths.settings.parent.mkdir(parents=True, exist_ok=True)
    services.paths.settings.write_text('{"names_days": 0}', encoding="utf-8")
    services.loaded = ReadSettings.of(services.paths.settings)
    page = open_window()
    said = page.text("settings_notice_text")
    assert "names_days" in said
    page.click("settings_notice_button")
    assert page.text("settings_wrong") == said
    assert "90" in page.text("settings_names_days")


def test_the_page_is_there_again_in_another_language(page: Driver) -> None:
    page.window.set_language("en")
    settle()
    assert page.text("settings_view_title") == Texts("en")("settings.title")


def test_the_sheet_of_shortcuts_opens_from_the_page(page: Driver) -> None:
    page.click("settings_shortcuts")
    shown: QWidget = page.find("shortcuts_window")
    shown.close()
