"""A choice is its whole card, a digit or an arrow is enough for it, and what is typed after an error is not lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton, QScrollArea, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import Theme
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.ui.kit.choosing import CheckBox, NumberBox
from ccinc_wizard.ui.kit.dialogs import Dialog
from ccinc_wizard.ui.kit.theme import from_system, style_sheet
from ccinc_wizard.ui.kit.widgets import button, press_focused
from tests.accessibility.test_colours import contrast_theme
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk
from tests.ui.keys import Keys

CONTRAST_BLACK = contrast_theme("#ffffff", "#000000", "#ffff00", "#3ff23f", "#1aebff", "#000000", "#ffffff")
NONE = Qt.KeyboardModifier.NoModifier


def press(window: Driver, sign: str, held: Qt.KeyboardModifier = NONE) -> None:
    """A key as a keyboard sends it: by what it types, whatever Qt calls it."""
    focused = window.window.focusWidget() or window.window
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(focused, QKeyEvent(kind, 0, held, sign))
    QApplication.processEvents()


def card(window: Driver, name: str) -> QRadioButton:
    found = window.find(name)
    assert isinstance(found, QRadioButton)
    return found


def test_a_click_anywhere_on_the_card_chooses(window: Driver) -> None:
    for name in ("situation_form", "situation_task", "situation_manual"):
        shown = card(window, name)
        width, height = shown.width(), shown.height()
        for place in (QPoint(3, 3), QPoint(width - 4, height - 4), QPoint(width // 2, height - 10)):
            window.window.session.restart()
            # What lies under the mouse there, which is the hint for the last.
            QTest.mouseClick(shown.childAt(place) or shown, Qt.MouseButton.LeftButton, NONE, QPoint(2, 2))
            assert window.window.session.answers.situation == name.partition("_")[2], (name, place)


def test_the_card_spans_the_page(window: Driver) -> None:
    widths = {card(window, f"situation_{name}").width() for name in Situation}
    assert len(widths) == 1
    [group] = {card(window, f"situation_{name}").parentWidget() for name in Situation}
    assert widths == {group.width()}


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, None], ids=["light", "dark", "contrast"])
def test_each_state_of_a_card_looks_different(window: Driver, theme: Theme | None) -> None:
    window.window.set_theme(theme or Theme.LIGHT)
    if theme is None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setStyleSheet(style_sheet(from_system(CONTRAST_BLACK)))
    shown = card(window, "situation_task")
    shown.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)

    def look() -> bytes:
        QApplication.processEvents()
        picture = shown.grab().toImage()
        return bytes(picture.constBits())

    card(window, "situation_form").setFocus()
    looks = [look()]
    QTest.mouseMove(shown, QPoint(30, 10))
    shown.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    shown.update()
    looks.append(look())
    QTest.mousePress(shown, Qt.MouseButton.LeftButton)
    looks.append(look())
    QTest.mouseRelease(shown, Qt.MouseButton.LeftButton)
    looks.append(look())
    card(window, "situation_form").setFocus()
    looks.append(look())
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("sign", ["2", "é"])
def test_a_digit_and_enter_are_enough_for_a_choice(window: Driver, sign: str) -> None:
    press(window, sign)
    assert window.window.session.answers.situation is list(Situation)[1]
    Keys(window.window).enter()
    assert window.page == "page_applicant"


@pytest.mark.parametrize(("place", "signs"), list(enumerate(zip("123456", "&é\"'(§", "&é\"'(-", strict=True))))
def test_each_key_of_the_row_of_digits_counts(window: Driver, place: int, signs: tuple[str, ...]) -> None:
    kinds = [*window.window.services.catalog.authorities]
    wanted = [*(known.id for known in kinds), NoChoice.NONE_OF_THESE, NoChoice.UNKNOWN][place]
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.click("change_authority")
    for sign in signs:
        other = card(window, f"authority_{'agb' if wanted != 'agb' else 'unknown'}")
        QTest.mouseClick(other, Qt.MouseButton.LeftButton)
        press(window, sign)
        assert window.window.session.answers.authority == wanted, sign


def test_the_focus_is_never_nowhere(window: Driver) -> None:
    """A screen reader presses a card; the focus stays in the field, which an answer without a name switches off."""
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.click("change_authority")
    field = window.find("authority_name")
    window.window.activateWindow()
    window.qtbot.waitUntil(window.window.isActiveWindow)
    field.setFocus()
    card(window, "authority_unknown").click()
    assert QApplication.focusWidget() is card(window, "authority_unknown")


def test_a_digit_in_a_field_is_typed_and_with_control_it_is_no_choice(window: Driver) -> None:
    press(window, "1", Qt.KeyboardModifier.ControlModifier)
    press(window, "9")
    assert window.window.session.answers.situation is None
    window.click("situation_form")
    window.next()
    press(window, "2")
    assert window.text("applicant_name") == "2"


@pytest.mark.parametrize(
    "typed",
    ["8500", "1000", "3000", "2300", "1210 sint-joost", "8500 kortrijk", "2321", "8211", "8231 x", "3221 begijnendijk"],
)
@pytest.mark.parametrize("before", ["", "situation_manual"])
def test_a_number_typed_beside_the_line_is_written_there_and_chooses_nothing(
    window: Driver, typed: str, before: str
) -> None:
    if before:
        window.click(before)
    chosen = window.window.session.answers
    card(window, "situation_form").setFocus()
    for sign in typed:
        press(window, sign)
    assert window.text("quick_line") == typed
    assert window.window.session.answers == chosen
    assert card(window, "situation_manual").isChecked() is bool(before)
    assert not card(window, "situation_form").isChecked()
    assert window.page == "page_situation"


@pytest.mark.parametrize("sign", ["2321", "8820", "1500", "8231"])
def test_with_shift_as_a_belgian_keyboard_has_them_digits_are_a_number_too(window: Driver, sign: str) -> None:
    card(window, "situation_form").setFocus()
    for digit in sign:
        press(window, digit, Qt.KeyboardModifier.ShiftModifier)
    assert window.text("quick_line") == sign
    assert window.window.session.answers.situation is None


@pytest.mark.parametrize("place", ["back_button", "nowhere"])
def test_a_number_typed_where_one_writes_nothing_is_written_too(window: Driver, place: str) -> None:
    focused = window.window.focusWidget()
    window.find("next_button").setFocus()
    if place == "nowhere" and focused is not None:
        window.find("next_button").clearFocus()
    for sign in "9000":
        press(window, sign)
    assert window.text("quick_line") == "9000"


@pytest.mark.parametrize("presses", ["1213", "3213", "2111"])
def test_digits_that_all_choose_and_are_no_postal_code_go_on_choosing(window: Driver, presses: str) -> None:
    for sign in presses:
        press(window, sign)
        assert window.window.session.answers.situation is list(Situation)[int(sign) - 1]
    assert window.text("quick_line") == ""


@pytest.mark.parametrize("typed", ["8820", "1500", "2560", "2321", "1653", "9255", "8531"])
@pytest.mark.parametrize("before", ["", "authority_brusselse_gemeente"])
def test_a_postal_code_typed_beside_the_organisation_is_written_there(window: Driver, typed: str, before: str) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.click("change_authority")
    window.type("authority_name", "")
    window.window.activateWindow()
    window.qtbot.waitUntil(window.window.isActiveWindow)
    if before:
        window.click(before)
    chosen = window.window.session.answers
    card(window, before or "authority_agb").setFocus()
    for sign in typed:
        press(window, sign)
    assert window.text("authority_name") == typed
    assert window.window.session.answers == chosen._replace(authority_name=typed)
    assert window.page == "page_authority"


def test_beside_an_answer_without_a_name_digits_only_choose(window: Driver) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.click("change_authority")
    window.click("authority_unknown")
    for sign in "8820":
        press(window, sign)
    assert window.text("authority_name") == "AGB De Proefzaal"
    assert window.window.session.answers.authority == "brusselse-gemeente"


def test_a_digit_alone_goes_on_choosing(window: Driver) -> None:
    first = next(iter(Situation))
    for sign in "9319":
        press(window, sign)
        if sign == "1":
            assert window.window.session.answers.situation is first
            window.next()
            window.click("back_button")
    assert window.window.session.answers.situation is first
    assert window.text("quick_line") == ""


def test_with_caps_lock_the_row_of_digits_counts_too(window: Driver) -> None:
    press(window, "É")
    assert window.window.session.answers.situation is list(Situation)[1]


@pytest.mark.parametrize("sign", ["2", "é"])
def test_who_turned_single_keys_off_chooses_by_none(window: Driver, services: Services, sign: str) -> None:
    services.remember(letters=False)
    press(window, sign)
    assert window.window.session.answers.situation is None
    # A letter of a word is one then.
    assert window.text("quick_line") == ("é" if sign == "é" else "")


def test_a_digit_chooses_from_the_buttons_too(window: Driver) -> None:
    window.find("next_button").setFocus()
    press(window, "3")
    assert window.window.session.answers.situation is list(Situation)[2]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("place", ["title", "back_button", "next_button", "scroll", "menus", "nowhere"])
def test_a_digit_chooses_wherever_the_focus_is(window: Driver, language: str, place: str) -> None:
    window.window.set_language(language)
    window.until(lambda: window.shows("situation_form"))
    window.click("situation_form")
    window.next()
    window.next()
    for step, chosen in (("role", Role.RAADPLEGER), ("authority", "brusselse-gemeente")):
        assert window.page == f"page_{step}"
        areas = (
            area for area in window.window.findChildren(QScrollArea) if area.isAncestorOf(window.find(window.page))
        )
        beside = {"menus": window.window.menuBar(), "scroll": next(areas, None) or window.find(window.page)}
        where = beside.get(place) or window.find(f"title_{step}" if place == "title" else "back_button")
        where = window.find("next_button") if place == "next_button" else where
        where.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        where.setFocus()
        if place == "nowhere":
            where.clearFocus()
        press(window, "2")
        assert getattr(window.window.session.answers, step) == chosen
        window.next()


def test_at_the_helpdesk_a_digit_chooses_nothing_and_a_letter_does(desk: Desk) -> None:
    focused = desk.window.focusWidget()
    if focused is not None:
        focused.clearFocus()
    press(desk, "2")
    assert desk.calls.call.answers == Answers()
    press(desk, "r")
    assert desk.calls.call.answers.role is Role.RAADPLEGER


def test_arrows_choose_at_once_and_go_round(window: Driver) -> None:
    keys = Keys(window.window)
    keys.press(Qt.Key.Key_Down)
    assert window.window.session.answers.situation is list(Situation)[1]
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Up)
    assert window.window.session.answers.situation is list(Situation)[-1]


def test_letters_typed_after_an_error_are_not_lost(window: Driver) -> None:
    window.click("situation_manual")
    window.next()
    window.next()
    assert window.shows("error_summary")
    for sign in "Lieve":
        press(window, sign)
    assert window.text("applicant_name") == "Lieve"
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.next()
    for sign in "850730":
        press(window, sign)
    assert window.window.session.answers.number_text.replace(".", "") == "850730"


def test_what_is_chosen_after_an_error_by_a_digit_counts(window: Driver) -> None:
    window.next()
    press(window, "1")
    assert window.window.session.answers.situation is next(iter(Situation))


def test_an_error_goes_once_it_is_corrected(window: Driver) -> None:
    window.next()
    window.click("situation_manual")
    assert not window.shows("situation_error")
    assert not window.shows("error_summary")
    window.next()
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    assert not window.shows("applicant_name_error")
    assert window.shows("register_number_error")
    assert not window.shows("error_line_2")
    window.type("register_number", "85073003328")
    assert not window.shows("error_summary")
    window.next()
    window.click("role_invoerder")
    window.next()
    window.click("authority_agb")
    window.next()
    assert window.shows("authority_name_error")
    window.type("authority_name", "AGB De Proefzaal")
    assert not window.shows("authority_name_error")
    assert window.window.session.answers.role is Role.INVOERDER


@pytest.mark.parametrize("make", [QToolButton, QPushButton, lambda: button("a", name="a", kind="link")])
def test_enter_presses_whatever_button_has_the_focus(
    make: Callable[[], QPushButton | QToolButton], qtbot: QtBot
) -> None:
    holder, made, pressed = QWidget(), make(), []
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(made)
    made.clicked.connect(lambda: pressed.append(1))
    made.setFocus()
    holder.show()
    made.setFocus()
    assert press_focused(holder)
    assert pressed == [1]


def test_enter_in_a_dialog_presses_the_button_one_stands_on(qtbot: QtBot) -> None:
    pressed: list[str] = []
    dialog = Dialog("dialog", "Title", None)
    qtbot.addWidget(dialog)
    made = [button(name, name=name, action=lambda name=name: pressed.append(name)) for name in ("one", "two")]
    dialog.lay_out(*made)
    made[1].setDefault(True)
    dialog.show()
    made[0].setFocus()
    QTest.keyClick(made[0], Qt.Key.Key_Return)
    assert pressed == ["one"]


def test_a_tick_and_a_frame_are_seen_where_no_picture_may_be(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a contrast theme: a full box alone does not say whether it is on, and Qt's own frame is not to be seen."""
    colours = from_system(CONTRAST_BLACK)
    monkeypatch.setattr("ccinc_wizard.ui.kit.choosing.present", lambda: colours)
    holder = QWidget()
    qtbot.addWidget(holder)
    check, number = CheckBox(holder), NumberBox("number", "Number", range(10), 1)
    number.setParent(holder)
    holder.setPalette(CONTRAST_BLACK)
    holder.setStyleSheet(style_sheet(colours))
    check.setChecked(True)
    check.resize(40, 40)
    number.setGeometry(60, 0, 100, 40)
    holder.resize(200, 60)
    holder.show()
    ticked = check.grab().toImage()
    found = {ticked.pixelColor(x, y).name() for x in range(40) for y in range(40)}
    assert {colours.accent, colours.on_accent} <= found
    assert number.minimumHeight() >= 24
    framed = number.grab().toImage()
    assert {framed.pixelColor(x, 0).name() for x in range(2, 98)} == {colours.border}


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_the_ring_of_a_main_button_keeps_its_corners(window: Driver, theme: Theme) -> None:
    """The button keeps its shape with the focus, and the ring within comes round unbroken."""
    window.window.set_theme(theme)
    made = window.find("next_button")
    window.window.activateWindow()
    shape = made.grab().toImage()
    made.setFocus()
    window.until(made.hasFocus)
    ringed = made.grab().toImage()
    ring = QApplication.palette().highlightedText().color().name()
    wide, high = ringed.width(), ringed.height()
    for corner in ((0, 0), (wide - 1, 0), (0, high - 1), (wide - 1, high - 1)):
        assert ringed.pixel(*corner) == shape.pixel(*corner)
    along = [(x, y) for x in range(8, wide - 8) for y in (4, high - 5)]
    along += [(x, y) for y in range(8, high - 8) for x in (4, wide - 5)]
    assert {ringed.pixelColor(*place).name() for place in along} == {ring}
