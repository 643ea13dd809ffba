"""The steps beside the browser: by keyboard alone, kept with the request, and nothing of the number anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import ReadSettings
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode, Status
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan, LoggedRequest
from ccinc_wizard.ui.companion.window import CompanionWindow, StepCard
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.log.dialogs import SamePersonDialog
from tests.pseudo import LANGUAGE, pseudo_texts
from tests.requestlog.conftest import request as logged_request
from tests.ui.conftest import Driver
from tests.ui.test_log_view import FORMS
from tests.ui.test_longer_words import cut_off, too_wide
from tests.ui.test_mnemonics import clashes, marked
from tests.ui.walk_fitting import with_frame

NUMBER = "85.07.30-033.28"
MANUAL = [
    *("open_portal", "search_person", "compare_name", "choose_organisation"),
    *("choose_right", "choose_module", "check_end_date", "confirmation"),
]


class Companion(Driver):
    """Does to the companion what a user does; counts the keys."""

    def __init__(self, window: CompanionWindow, qtbot: QtBot) -> None:
        super().__init__(window, qtbot)  # type: ignore[arg-type]
        self.keys = 0
        qtbot.waitUntil(window.isActiveWindow)

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys, wherever the focus is."""
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key, held)
            QApplication.processEvents()
            self.keys += 1

    def step(self) -> str:
        """The id of the one step that is shown."""
        boxes = [box for box in self.window.findChildren(QCheckBox) if box.isVisible()]
        assert len(boxes) == 1
        return boxes[0].objectName().removeprefix("companion_step_")

    def focus(self) -> str:
        """The name of what has the focus."""
        widget = self.window.focusWidget()
        return widget.objectName() if widget else ""


def companion_of(window: Driver) -> Companion:
    """The companion that the main window shows."""
    shown = window.window.companion
    assert shown is not None
    window.until(lambda: QApplication.activeWindow() is shown)  # only then does it take a key
    return Companion(shown, window.qtbot)


def beside(window: Driver) -> Companion:
    """Open the companion from the result page."""
    window.until(lambda: window.shows("companion_button"))
    window.click("companion_button")
    return companion_of(window)


@pytest.fixture
def companion(window: Driver) -> Companion:
    """The companion of a manual request that is not saved yet."""
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    return beside(window)


def in_log(services: Services) -> list[LoggedRequest]:
    """What the log holds now, once everything before is written."""
    with services.open_log() as log:
        return log.page()


def wait_for_ticks(window: Driver, services: Services, *ticks: str) -> None:
    """Until the one request of the log has these ticks."""
    window.until(lambda: [set(logged.ticks) for logged in in_log(services)] == [set(ticks)])


# By keyboard


def test_all_steps_and_the_outcome_by_keyboard_alone(window: Driver, services: Services, figures: list[str]) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.window.activateWindow()
    window.until(lambda: window.window.isActiveWindow() and window.shows("companion_button"))
    QTest.keyClick(window.window.focusWidget() or window.window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    window.until(lambda: window.window.companion is not None)
    companion = companion_of(window)
    for step in MANUAL:
        assert companion.step() == step
        companion.press(Qt.Key.Key_Space)
    assert companion.shows("companion_ending")
    assert companion.focus() == "companion_to_granted"
    companion.press(Qt.Key.Key_Return)
    granted = services.texts("companion.ending.marked", status=services.texts("log.status.granted"))
    companion.until(lambda: companion.text("companion_outcome") == granted)
    assert companion.focus() == "companion_close"
    companion.press(Qt.Key.Key_Return)
    assert window.window.companion is None
    [logged] = in_log(services)
    assert (set(logged.ticks), logged.status) == (set(MANUAL), Status.GRANTED)
    figures.append(f"companion, manual route: 1 key to open, {companion.keys} keys for {len(MANUAL)} steps, "
                   "the outcome and closing")  # fmt: skip
    assert companion.keys == len(MANUAL) + 2


def test_the_number_is_copied_with_one_chord_and_the_step_done_with_one_key(companion: Companion) -> None:
    companion.press(Qt.Key.Key_Space)
    before = companion.keys
    companion.press(Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == NUMBER
    companion.press(Qt.Key.Key_Return)
    assert companion.step() == "compare_name"
    assert companion.keys == before + 2
    companion.press(Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Lieve Voorbeeldt"


def test_one_moves_back_and_on_without_ticking(companion: Companion) -> None:
    companion.press(Qt.Key.Key_Right, Qt.Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert companion.step() == "compare_name"
    companion.press(Qt.Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    companion.press(Qt.Key.Key_Space)
    assert companion.step() == "compare_name"
    companion.press(*[Qt.Key.Key_Space] * 6)
    assert companion.step() == "open_portal"
    assert not companion.shows("companion_ending")


def test_a_tick_can_be_taken_back(companion: Companion, window: Driver, services: Services) -> None:
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    companion.press(Qt.Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    companion.find("companion_step_search_person").setFocus()
    companion.press(Qt.Key.Key_Space)
    assert companion.step() == "search_person"
    assert companion.text("companion_count") == services.texts("companion.count", number=2, total=8, done=1)
    wait_for_ticks(window, services, "open_portal")


def test_in_the_whole_list_space_goes_from_box_to_box(companion: Companion) -> None:
    companion.click("companion_view")
    assert all(companion.shows(f"companion_step_{step}") for step in MANUAL)
    companion.find("companion_step_open_portal").setFocus()
    for step in MANUAL:
        assert companion.focus() == f"companion_step_{step}"
        companion.press(Qt.Key.Key_Space)
    assert companion.focus() == "companion_to_granted"


def test_a_key_held_down_does_not_run_through_the_steps(companion: Companion) -> None:
    shortcuts = companion.window.findChildren(QShortcut)
    assert {"Space", "Return"} <= {shortcut.key().toString() for shortcut in shortcuts}
    assert not [shortcut.key().toString() for shortcut in shortcuts if shortcut.autoRepeat()]
    assert {shortcut.context() for shortcut in shortcuts} == {Qt.ShortcutContext.WindowShortcut}


def test_the_log_tells_the_steps_by_their_numbers(companion: Companion, window: Driver, services: Services) -> None:
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    companion.press(Qt.Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    companion.click("companion_step_search_person")
    companion.press(Qt.Key.Key_Escape)
    view = window.window.show_log(due=True)
    told = [services.texts("logview.details.what.tick", detail=number) for number in ("1", "2")]
    told.append(services.texts("logview.details.what.tick_off", detail="2"))

    def history() -> list[str]:
        lines = [made.text() for made in view.findChildren(QLabel) if made.isVisible()]
        return [line.partition(": ")[2] for line in lines if line.partition(": ")[2] in told]

    window.until(lambda: history() == told)


def test_the_log_opened_by_itself_shows_all_again(companion: Companion, window: Driver) -> None:
    companion.press(*[Qt.Key.Key_Space] * len(MANUAL), Qt.Key.Key_Return)
    companion.until(lambda: companion.focus() == "companion_close")
    companion.press(Qt.Key.Key_Escape)
    table = window.window.show_log(due=True).findChild(QTableView)
    assert table is not None
    window.until(lambda: window.text("log_message") == window.window.services.texts("logview.nothing_found"))
    window.window.show_log()
    window.until(lambda: table.model().rowCount() == 1)


def test_escape_closes(companion: Companion, window: Driver) -> None:
    companion.press(Qt.Key.Key_Escape)
    assert window.window.companion is None


# Kept with the request


def test_looking_saves_nothing_and_the_first_tick_does(
    companion: Companion, window: Driver, services: Services
) -> None:
    assert companion.text("companion_kept") == services.texts("companion.kept.not_yet")
    companion.press(Qt.Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert in_log(services) == []
    companion.press(Qt.Key.Key_Space)
    wait_for_ticks(window, services, "search_person")
    reference = in_log(services)[0].reference
    kept = services.texts("companion.kept.saved", reference=reference)
    companion.until(lambda: companion.text("companion_kept") == kept)
    assert reference in window.text("saved_notice")
    assert not window.find("save_button").isEnabled()
    assert not services.paths.draft(services.mode).exists()


def test_ticking_and_saving_at_once_saves_once(companion: Companion, window: Driver, services: Services) -> None:
    save = window.find("save_button")
    assert isinstance(save, QAbstractButton)
    companion.press(Qt.Key.Key_Space)
    save.click()  # whether it is still being saved or, where that was quick, grey
    companion.press(Qt.Key.Key_Space)
    wait_for_ticks(window, services, *MANUAL[:2])


def test_ticks_are_there_even_when_the_program_closes_right_after(
    companion: Companion, window: Driver, services: Services
) -> None:
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    window.window.close()
    assert window.window.companion is None
    assert [set(logged.ticks) for logged in in_log(services)] == [set(MANUAL[:2])]


def test_opened_again_it_stands_where_it_was(companion: Companion, window: Driver) -> None:
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert beside(window).step() == "compare_name"


@pytest.mark.parametrize("same", [True, False])
def test_closed_half_way_it_is_followed_up_and_picked_up_by_the_same_person(
    companion: Companion, window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch, same: bool
) -> None:
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Escape)
    window.until(lambda: window.shows("follow_up_notice"))
    window.window.new_request()

    def answer(dialog: SamePersonDialog) -> bool:
        dialog.findChildren(TextField)[0].input.setText(NUMBER if same else "87.05.06-003.30")
        dialog.check()
        return dialog.number is not None

    monkeypatch.setattr(SamePersonDialog, "exec", answer)
    window.click("follow_up_button")
    window.until(lambda: window.shows("log_companion"))
    assert window.text("log_companion") == services.texts("companion.go_on", number=3, total=8)
    window.click("log_companion")
    if not same:
        window.until(lambda: window.text("log_message") == services.texts("care.pick_up.other"))
        assert window.window.companion is None
        return
    window.until(lambda: window.window.companion is not None)
    again = companion_of(window)
    assert again.step() == "compare_name"
    again.press(Qt.Key.Key_Space)
    wait_for_ticks(window, services, *MANUAL[:3])
    window.until(lambda: window.text("log_companion") == services.texts("companion.go_on", number=4, total=8))


def test_a_form_request_of_the_log_goes_on_in_the_companion(window: Driver, services: Services) -> None:
    window.walk("form", "raadpleger", "agb", "AGB De Proefzaal")
    assert not window.shows("companion_button")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    view = window.window.show_log()
    table = view.findChild(QTableView)
    assert table is not None
    window.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_companion"))
    window.click("log_companion")
    companion = companion_of(window)
    companion.press(Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
    assert "LB_CompEnt_Raadpleger_AGB" in QApplication.clipboard().text()
    assert companion.text("companion_kept") == services.texts(
        "companion.kept.saved", reference=window.window.session.saved_reference
    )


def test_a_request_picked_up_in_the_wizard_stays_one_request(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    with services.open_log() as log:
        saved = log.save(logged_request(situation="task", outcome="task"))
        log.tick(saved.reference, "open_tasks")
        picked = log.get(saved.reference)
    from ccinc_wizard.ui.log.details import answers_of

    window.window.pick_up(answers_of(picked, ""), picked)
    window.until(lambda: window.shows("administrator_yes"))
    window.click("administrator_yes")
    window.next()
    window.until(lambda: window.page == "page_result")
    assert saved.reference in window.text("saved_notice")
    companion = beside(window)
    assert companion.step() == "compare_name"
    companion.press(Qt.Key.Key_Space)
    wait_for_ticks(window, services, "open_tasks", "compare_name")


def test_a_request_without_its_name_goes_by_the_check_page(window: Driver, services: Services) -> None:
    with services.open_log() as log:
        saved = log.save(logged_request(situation="manual", outcome="manual"))
        log.erase(ErasurePlan(names=(saved.id,)))
    table = window.window.show_log().findChild(QTableView)
    assert table is not None
    window.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_companion"))
    window.click("log_companion")
    window.until(lambda: window.shows("answers_summary"))
    assert window.window.companion is None


@pytest.mark.parametrize(
    ("authority", "name", "offered"),
    [
        ("agb", "AGB De Proefzaal", {"granted"}),
        ("brusselse-gemeente", "Etterbeek", {"granted", "waiting_for_label"}),
    ],
)
def test_the_outcome_is_offered_when_all_is_ticked(
    window: Driver, services: Services, authority: str, name: str, offered: set[str]
) -> None:
    window.walk("task", "invoerder", authority, name)
    companion = beside(window)
    while not companion.shows("companion_ending"):
        assert not companion.shows("companion_to_granted")
        companion.press(Qt.Key.Key_Space)
    names = {"granted", "waiting_for_label"}
    assert {name for name in names if companion.shows(f"companion_to_{name}")} == offered
    if "waiting_for_label" in offered:
        companion.click("companion_to_waiting_for_label")
        companion.until(lambda: not companion.shows("companion_to_waiting_for_label"))
        assert in_log(services)[0].status is Status.WAITING_FOR_LABEL
        assert companion.focus() == "companion_to_granted"


def test_a_log_that_cannot_be_written_costs_only_the_keeping(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = services.open_log

    def fail() -> RequestLog:
        raise LogError(LogErrorCode.FULL)

    monkeypatch.setattr(services, "open_log", fail)
    window.walk("task", "invoerder", "agb", "AGB De Proefzaal")
    companion = beside(window)
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    trouble = services.texts("log.errors.full.what")
    companion.until(lambda: trouble in companion.text("companion_kept"))
    assert companion.step() == "compare_organisation"
    companion.press(Qt.Key.Key_Escape)
    companion = beside(window)
    assert companion.step() == "compare_organisation"
    monkeypatch.setattr(services, "open_log", opens)
    companion.press(Qt.Key.Key_Space)
    wait_for_ticks(window, services, "open_tasks", "compare_name", "compare_organisation")
    companion.until(lambda: trouble not in companion.text("companion_kept"))


def cut(companion: Companion) -> list[str]:
    """The buttons of which a part is out of sight."""
    shown = [made for made in companion.window.findChildren(QPushButton) if made.isVisible()]
    return [made.objectName() for made in shown if made.visibleRegion().boundingRect().size() != made.size()]


@pytest.mark.parametrize("lines", [30, 24, 20])
@pytest.mark.parametrize("language", languages())
def test_on_a_low_screen_no_button_of_a_step_is_out_of_sight(window: Driver, language: str, lines: int) -> None:
    window.window.set_language(language)
    QApplication.processEvents()
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", number=NUMBER)
    companion = beside(window)
    companion.window.resize(companion.window.width(), companion.window.fontMetrics().height() * lines)
    QApplication.processEvents()
    steps = []
    while len(steps) < len(MANUAL):
        steps.append(companion.step())
        assert cut(companion) == [], steps[-1]
        companion.press(Qt.Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert steps == MANUAL
    # With room again it stands with its step.
    companion.press(*[Qt.Key.Key_Left] * 6, held=Qt.KeyboardModifier.AltModifier)
    assert companion.step() == "search_person"
    copy, box = companion.find("companion_copy_number"), companion.find("companion_step_search_person")
    assert not isinstance(copy.parentWidget(), StepCard)
    companion.window.resize(companion.window.width(), companion.window.fontMetrics().height() * 44)
    QApplication.processEvents()
    assert isinstance(copy.parentWidget(), StepCard)
    assert copy.parentWidget().isAncestorOf(box)


def test_on_a_low_screen_what_the_log_refused_stays_in_sight(companion: Companion) -> None:
    companion.window.resize(companion.window.width(), companion.window.fontMetrics().height() * 24)
    QApplication.processEvents()
    cards, notice = companion.find("companion_steps"), companion.find("companion_kept")
    assert cards.isAncestorOf(notice)
    assert isinstance(companion.window, CompanionWindow)
    companion.window.record.failed.emit(LogError(LogErrorCode.LOCKED))
    assert not cards.isAncestorOf(notice)
    companion.press(Qt.Key.Key_Space)
    companion.until(lambda: cards.isAncestorOf(notice))


def test_what_copies_gives_the_focus_on_with_its_step(companion: Companion) -> None:
    companion.window.resize(companion.window.width(), companion.window.fontMetrics().height() * 24)
    QApplication.processEvents()
    companion.find("companion_copy_portal").setFocus()
    companion.press(Qt.Key.Key_Right, held=Qt.KeyboardModifier.AltModifier)
    assert companion.focus() == "companion_done"


# The number


def test_a_copied_number_leaves_with_the_window_if_it_is_still_ours(companion: Companion, window: Driver) -> None:
    companion.press(Qt.Key.Key_Space)
    companion.click("companion_copy_number")
    companion.press(Qt.Key.Key_Escape)
    assert QApplication.clipboard().text() == ""
    companion = beside(window)
    companion.click("companion_copy_number")
    QApplication.clipboard().setText("iets anders")
    companion.press(Qt.Key.Key_Escape)
    assert QApplication.clipboard().text() == "iets anders"


def test_a_copied_number_leaves_when_its_time_is_over_and_the_window_says_so(
    companion: Companion, services: Services
) -> None:
    companion.press(Qt.Key.Key_Space)
    companion.click("companion_copy_number")
    assert companion.text("companion_copy_number") == "Gekopieerd (20 s)"
    [timer] = [made for made in companion.window.findChildren(QTimer) if made.isActive() and made.interval() == 20_000]
    timer.timeout.emit()
    assert QApplication.clipboard().text() == ""
    assert companion.text("companion_status") == services.texts("result.number_gone")


def test_the_number_is_masked_and_in_no_file(
    companion: Companion, window: Driver, services: Services, tmp_path: Path
) -> None:
    companion.click("companion_view")
    companion.press(Qt.Key.Key_Space, Qt.Key.Key_Space)
    companion.click("companion_copy_number")
    shown = [made.text() for made in companion.window.findChildren(QLabel)]
    shown += [made.accessibleName() + made.accessibleDescription() for made in companion.window.findChildren(QWidget)]
    assert any("••.••.••" in text for text in shown)
    wait_for_ticks(window, services, *MANUAL[:2])
    window.window.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"settings.json", "log.db"} <= {path.name for path in files}
    for form in FORMS:
        assert not any(form in text for text in shown)
        for path in files:
            assert form.encode() not in path.read_bytes(), path
    assert "Voorbeeldt" not in services.paths.settings.read_text("utf-8")


# The window


def test_it_stays_on_top_and_apart(companion: Companion) -> None:
    assert companion.window.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert companion.window.parent() is None
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in companion.window.findChildren(QLabel))
    buttons = companion.window.findChildren(QAbstractButton)
    assert len(buttons) > 10
    assert all(made.objectName() and made.accessibleName() for made in buttons)


def test_it_stays_whole_and_as_wide_when_its_ending_comes(window: Driver) -> None:
    window.walk("manual", "invoerder", "brusselse-gemeente", "Elsene")
    companion = beside(window)
    room, shown = QApplication.primaryScreen().availableGeometry(), companion.window
    QTest.qWaitForWindowExposed(shown)
    least = shown.minimumSize()
    shown.setGeometry(QRect(room.bottomRight() - QPoint(least.width() + 9, least.height() + 9), least))
    (waiting,) = [made for made in shown.findChildren(QTimer) if made.interval() == 150]
    companion.until(lambda: not waiting.isActive())
    wide, high = shown.width(), shown.height()
    while companion.shows("companion_done"):
        companion.press(Qt.Key.Key_Return)
        assert shown.width() == wide
    companion.until(lambda: shown.height() > high and room.contains(with_frame(shown)))


def test_place_and_view_are_remembered(companion: Companion, window: Driver, services: Services) -> None:
    companion.click("companion_view")
    companion.window.resize(companion.window.width() + 40, 500)
    size = companion.window.size().toTuple()
    companion.press(Qt.Key.Key_Escape)
    stored = ReadSettings.of(services.paths.settings).settings
    assert stored.companion_view == "all"
    again = beside(window)
    assert again.window.size().toTuple() == size
    assert again.shows("companion_step_confirmation")


def test_a_view_nobody_knows_is_no_hindrance(window: Driver, services: Services) -> None:
    services.remember(companion_view="sideways", companion_geometry="?")
    stored = json.loads(services.paths.settings.read_text("utf-8"))
    assert stored["companion_view"] == "sideways"
    window.walk("task", "invoerder", "agb", "AGB De Proefzaal")
    assert beside(window).step() == "open_tasks"


def test_another_language_finds_the_same_step(companion: Companion, window: Driver) -> None:
    companion.press(Qt.Key.Key_Space)
    window.window.set_language("fr")
    again = companion_of(window)
    assert again.step() == "search_person"
    assert again.text("companion_done") == Texts("fr")("companion.done")


def test_another_mode_closes_it(companion: Companion, window: Driver) -> None:
    window.window.set_mode(Mode.HELPDESK)
    assert window.window.companion is None


@pytest.mark.parametrize("language", [*languages(), LANGUAGE])
def test_longer_words_have_room_and_letters_are_marked_once(
    services: Services, open_window: Callable[[], Driver], tmp_path: Path, language: str
) -> None:
    services.texts = pseudo_texts(tmp_path / "texts") if language == LANGUAGE else Texts(language)
    window = open_window()
    window.walk("manual", "invoerder", "brusselse-gemeente", "Etterbeek")
    companion = beside(window)
    seen = {}
    for view in ("one", "all"):
        companion.press(Qt.Key.Key_Space)
        QApplication.processEvents()
        seen[view] = cut_off(companion) + too_wide(companion) + clashes(marked(companion.window))
        companion.click("companion_view")
    companion.press(*[Qt.Key.Key_Space] * 7)
    assert companion.shows("companion_ending")
    seen["ending"] = cut_off(companion) + too_wide(companion) + clashes(marked(companion.window))
    assert {view: found for view, found in seen.items() if found} == {}
