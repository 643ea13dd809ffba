"""One rule for all views: Alt+Left leads a step back, and so does Escape from what stands beside the work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget

from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.kit.actions import MouseKeys, listen_to_mouse
from ccinc_wizard.ui.kit.undo import Offer, offer
from ccinc_wizard.ui.shell.places import show_help, show_list, show_settings
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk
from tests.ui.test_closing import type_note

WORK = {Mode.ADMIN: "wizard", Mode.HELPDESK: "helpdesk_desk", Mode.TRAINING: "training_chooser"}
VIEWS: dict[str, Callable[[Driver], object]] = {
    "log_view": lambda window: window.window.show_log(),
    "batch_view": lambda window: show_list(window.window),
    "settings_view": lambda window: show_settings(window.window),
}
BACK = {
    "Escape": (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
    "Alt+Left": (Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier),
    "mouse": (),
}


def press(window: Driver, keys: str) -> None:
    """On what has the focus, in a window that is in front."""
    window.window.activateWindow()
    assert QTest.qWaitForWindowActive(window.window)
    focused = QApplication.focusWidget() or window.window
    if keys == "mouse":
        press_side_key(window.window, focused)
    else:
        QTest.keyClick(focused, *BACK[keys])
    QApplication.processEvents()


def press_side_key(window: QWidget, over: QWidget, side_key: Qt.MouseButton = Qt.MouseButton.BackButton) -> None:
    """Of a mouse that is over this part; once more than that is a double click as well."""
    listen_to_mouse(window)
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, side_key, pos=over.mapTo(window, over.rect().center()))


def shown(window: Driver) -> str:
    return window.window.present_view().objectName()


def to_mode(window: Driver, mode: Mode) -> None:
    window.window.train() if mode is Mode.TRAINING else window.window.set_mode(mode)
    QApplication.processEvents()


@pytest.mark.parametrize("keys", BACK)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("mode", WORK)
def test_from_a_view_beside_it_one_comes_back_to_the_work(window: Driver, mode: Mode, view: str, keys: str) -> None:
    to_mode(window, mode)
    assert shown(window) == WORK[mode]
    VIEWS[view](window)
    QApplication.processEvents()
    assert shown(window) == view
    press(window, keys)
    assert shown(window) == WORK[mode]
    press(window, keys)
    assert shown(window) == WORK[mode]


@pytest.mark.parametrize("language", languages())
def test_the_way_back_says_where_it_leads(window: Driver, language: str) -> None:
    window.window.set_language(language)
    told = set()
    for mode in WORK:
        to_mode(window, mode)
        for view, name in (
            ("log_view", "log_back_button"),
            ("batch_view", "batch_back"),
            ("settings_view", "settings_back"),
        ):
            VIEWS[view](window)
            QApplication.processEvents()
            told.add((mode, window.text(name)))
    assert len(told) == len(WORK), told
    assert len({words for _, words in told}) == len(WORK), told


@pytest.mark.parametrize("keys", BACK)
@pytest.mark.parametrize("part", ["log_search", "log_status_filter", "log_table", "log_note", "log_to_granted"])
def test_nothing_typed_is_lost_wherever_the_focus_is(window: Driver, part: str, keys: str) -> None:
    type_note(window, "eerst")
    window.find(part).setFocus()
    press(window, keys)
    assert shown(window) == "wizard"
    window.window.show_log()
    QApplication.processEvents()
    # As it was left, while one begins in the search.
    assert window.text("log_search") == "eerst"
    window.until(lambda: window.shows("log_note"))
    assert window.text("log_note") == "belt terug"
    assert window.find("log_search").hasFocus()


@pytest.mark.parametrize("keys", BACK)
def test_an_organisation_half_typed_stays(window: Driver, keys: str) -> None:
    show_settings(window.window)
    window.type("settings_organisation", "AGB De Proef")
    # The first one closes the suggestions, where there are any.
    while shown(window) == "settings_view":
        press(window, keys)
    show_settings(window.window)
    QApplication.processEvents()
    assert window.text("settings_organisation") == "AGB De Proef"


def test_escape_takes_the_line_at_the_foot_away_first(window: Driver) -> None:
    show_settings(window.window)
    offer(window.window, Offer(lambda texts: texts("undo.note"), lambda: None))
    press(window, "Escape")
    assert not window.shows("undo_bar")
    assert shown(window) == "settings_view"
    press(window, "Escape")
    assert shown(window) == "wizard"


def open_languages(window: Driver) -> QComboBox:
    """The list of languages on the settings page, which is open."""
    show_settings(window.window)
    QApplication.processEvents()
    choice = window.find("settings_language")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    choice.showPopup()
    window.until(lambda: choice.view().isVisible())
    return choice


def test_escape_closes_an_open_list_of_choices_and_no_more(window: Driver) -> None:
    choice = open_languages(window)
    QTest.keyClick(choice.view(), Qt.Key.Key_Escape)
    window.until(lambda: not choice.view().isVisible())
    assert shown(window) == "settings_view"


def test_the_side_key_of_a_mouse_leads_back_wherever_it_is(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", to="check")
    # Two presses that follow each other are a double click as well, and two steps.
    for page, part in (("authority", "page_check"), ("role", "authority_name"), ("applicant", "role_invoerder")):
        press_side_key(window.window, window.find(part))
        assert window.page == f"page_{page}"


def test_the_side_key_leaves_what_is_open_over_the_page_alone(window: Driver) -> None:
    press_side_key(window.window, open_languages(window))
    assert shown(window) == "settings_view"


def test_beside_the_browser_the_side_keys_walk_through_the_steps(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("companion_button")
    steps = window.window.companion
    assert steps is not None
    window.until(steps.isVisible)
    # Shown, it watches by itself.
    assert len(steps.findChildren(MouseKeys)) == 1
    seen = []
    for side_key in (Qt.MouseButton.ForwardButton, Qt.MouseButton.BackButton):
        press_side_key(steps, steps, side_key)
        seen += [box.objectName() for box in steps.findChildren(QCheckBox) if box.isVisible()]
    assert seen == ["companion_step_search_person", "companion_step_open_portal"]


def test_the_pages_of_the_wizard_stay_for_escape(window: Driver) -> None:
    window.click("situation_form")
    window.next()
    press(window, "Escape")
    assert window.page == "page_applicant"
    press(window, "Alt+Left")
    assert window.page == "page_situation"


@pytest.mark.parametrize("keys", BACK)
def test_from_the_wizard_of_the_helpdesk_one_comes_back_to_the_call(desk: Desk, keys: str) -> None:
    desk.window.show_wizard()
    QApplication.processEvents()
    press(desk, keys)
    assert shown(desk) == "helpdesk_desk"


@pytest.mark.parametrize("keys", BACK)
def test_from_what_was_counted_one_comes_back_to_the_call(desk: Desk, keys: str) -> None:
    view = desk.window.helpdesk.desk
    assert view is not None
    view.show_counts()
    QApplication.processEvents()
    press(desk, keys)
    assert not view.counting


@pytest.mark.parametrize("wide", [False, True])
def test_what_is_said_at_the_desk_stands_in_a_line_of_its_own_on_a_narrow_screen(desk: Desk, wide: bool) -> None:
    desk.window.resize(1600 if wide else 800, 700)
    QApplication.processEvents()
    calls = desk.window.helpdesk.calls
    assert calls is not None
    calls.answered_besides.emit("Rol: Invoerder; soort inrichtende macht: autonoom gemeentebedrijf (AGB)")
    QApplication.processEvents()
    said, parked = desk.find("call_status"), desk.find("call_park_button")
    top, below = said.mapTo(desk.window, said.rect().topLeft()), parked.mapTo(desk.window, parked.rect().bottomLeft())
    assert (top.y() < below.y()) is wide
    assert said.height() < parked.height() * 2


@pytest.mark.parametrize("keys", ["Alt+Left", "mouse"])
def test_alt_and_left_take_back_a_choice_from_a_field_too(desk: Desk, keys: str) -> None:
    calls = desk.window.helpdesk.calls
    assert calls is not None
    assert calls.press("b")
    assert calls.call.chosen
    note = desk.find("call_note")
    note.setFocus()
    press(desk, keys)
    assert not calls.call.chosen


TRAINED: dict[str, tuple[list[str], str]] = {
    "training_results": (["training_results"], "training_chooser"),
    "training_practice": (["training_play", "training_practice_button"], "wizard"),
}


@pytest.mark.parametrize("keys", BACK)
@pytest.mark.parametrize("view", TRAINED)
def test_in_training_one_comes_back_to_the_exercises_or_to_the_one_that_is_played(
    window: Driver, view: str, keys: str
) -> None:
    to_mode(window, Mode.TRAINING)
    clicks, work = TRAINED[view]
    for name in clicks:
        window.click(name)
        QApplication.processEvents()
    assert shown(window) == view
    press(window, keys)
    assert shown(window) == work


def test_help_on_such_a_view_tells_its_keys(window: Driver) -> None:
    window.window.show_log()
    show_help(window.window)
    assert window.shows("shortcuts_beside")
    assert not window.shows("shortcuts_wizard")


def test_a_field_keeps_what_is_in_it(window: Driver) -> None:
    window.window.show_log()
    QApplication.processEvents()
    field = window.find("log_search")
    assert isinstance(field, QLineEdit)
    assert isinstance(QApplication.focusWidget(), QWidget)
    window.type("log_search", "an")
    press(window, "Escape")
    assert field.text() == "an"
