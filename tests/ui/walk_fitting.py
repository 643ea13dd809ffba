"""Walks the pages on a real screen with a window manager, and writes what is outside it or cannot be reached."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from ccinc_wizard.app.errorlog import Fault
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.helpdesk.dialogs import NumberCheck, SpelledLink
from ccinc_wizard.ui.kit.desktop import OfflinePage
from ccinc_wizard.ui.kit.dialogs import Dialog, tell
from ccinc_wizard.ui.kit.theme import TARGET
from ccinc_wizard.ui.log.dialogs import ForgetDialog, PassphraseDialog, RetentionDialog, SamePersonDialog
from ccinc_wizard.ui.shell import places
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.help import HelpWindow, ShortcutsWindow
from ccinc_wizard.ui.shell.main_window import MainWindow
from ccinc_wizard.ui.shell.unexpected import TroubleWindow
from tools.screenshots_mail import MAIL
from tools.tour import Tour

SETTLED_MS = 250
PATIENCE = 40
HOLE = 100
"""How much of a window may stay empty at the right, in pixels."""
LIST = "naam;rijksregisternummer;rol;organisatie;soort\n" + "Lieve Voorbeeld;85.07.30-033.28;invoerder;Torhout;\n" * 9
LEAST_ROWS = 4
SMALL = QSize(700, 400)
"""A window that is no larger, as at 200 per cent on a laptop, has no room for a whole answer, and scrolls tables."""

LINK = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?dg=EA&ec=EA_CompEnt_Invoerder"
LOW: dict[str, Callable[[MainWindow], Dialog]] = {
    "new passphrase": lambda main: PassphraseDialog(main.services.texts, new=True, parent=main),
    "passphrase": lambda main: PassphraseDialog(main.services.texts, new=False, parent=main),
    "retention": lambda main: RetentionDialog(main.services, main.worker, main),
    "forget": lambda main: ForgetDialog(main.services, main.worker, print, main),
    "same person": lambda main: SamePersonDialog(main.services, main),
    "number": lambda main: NumberCheck(main.services, main),
    "trouble": lambda main: TroubleWindow(main.services.texts, Fault("ValueError", "here.py:1"), print, main),
}
"""The dialogs whose words scroll where the screen is low."""
OTHERS: dict[str, Callable[[MainWindow], Dialog]] = {
    "spelled link": lambda main: SpelledLink(main.services, LINK, main),
    "shortcuts": lambda main: ShortcutsWindow(main.services, main),
    "help": lambda main: HelpWindow(main.services, "wizard", main),
    "in the place of the form": lambda main: OfflinePage(main.services.texts, "Form", "Told.", LINK, main),
    "in the place of a mail": lambda main: OfflinePage(main.services.texts, "Mail", "Told.", MAIL, main),
    "something told": lambda main: tell(main, "told", "Log", main.services.texts("logview.team", host="x"), "Close"),
}
"""Further ones, to which the walk does not come."""


class Measured:
    """What was seen wrong, page by page."""

    def __init__(self, tour: Tour) -> None:
        self.tour, self.pages = tour, 0
        self.wrong: list[str] = []

    def look(self, page: str, window: QWidget | None = None) -> None:
        """Measure what shows now; while something is wrong, again, as a window manager may still be at work."""
        shown, self.pages, before = window or self.tour.window, self.pages + 1, len(self.wrong)
        for _ in range(PATIENCE):
            del self.wrong[before:]
            self.tour.wait(SETTLED_MS)
            self.measure(page, shown)
            if len(self.wrong) == before:
                break

    def measure(self, page: str, shown: QWidget) -> None:
        """Write down what is wrong with what shows now."""
        room, whole = shown.screen().availableGeometry(), with_frame(shown)
        if not room.contains(whole):
            self.wrong.append(f"{page}: {whole} is not within {room}")
        buttons = [button for button in shown.findChildren(QPushButton) if button.window() is shown]
        main = [one.objectName() for one in buttons if one.isVisible() and one.property("kind") == "primary"]
        if len(main) > 1:
            self.wrong.append(f"{page}: {main} are all the main button")
        for button in buttons:
            if not button.isVisible() or button.visibleRegion().isEmpty():
                if button.isVisible() and _fixed(button):
                    self.wrong.append(f"{page}: {button.objectName()} is out of sight")
            elif min(button.width(), button.height()) < TARGET:
                self.wrong.append(f"{page}: {button.objectName()} is {button.size()}")
        self.look_at_words(page, shown)
        for area in shown.findChildren(QAbstractScrollArea):
            if isinstance(area, QTableView) and shown.width() < SMALL.width():
                continue
            if area.window() is shown and area.isVisible() and area.horizontalScrollBar().maximum() > 0:
                self.wrong.append(f"{page}: {area.objectName()} scrolls sideways")

    def look_at(self, page: str, window: str, close: str = "") -> None:
        """Measure the window of this name, and close it by this button."""
        self.look(page, self.tour.find(window))  # type: ignore[arg-type]
        if close:
            self.tour.click(close)

    def look_for(self, page: str, *names: str) -> None:
        """Measure what shows now, in which these are whole without scrolling."""
        self.look(page)
        for name in names:
            part = self.tour.find(name)
            if part.visibleRegion().boundingRect() != part.rect():  # type: ignore[attr-defined]
                self.wrong.append(f"{page}: {name} is not whole in sight")

    def look_at_words(self, page: str, shown: QWidget) -> None:
        """No words are cut off, and no two of those that share a parent lie over each other."""
        parts = [part for part in shown.findChildren(QWidget) if part.isVisible() and part.window() is shown]
        worded = [part for part in parts if isinstance(part, QLabel | QAbstractButton) and part.text()]
        for part in worded:
            needed = part.minimumSizeHint()
            high = part.heightForWidth(part.width()) if part.hasHeightForWidth() else needed.height()
            if isinstance(part, QLabel) and part.hasHeightForWidth():
                high = max(high, QLabel.heightForWidth(part, part.width()))  # Not what a label of ours believes.
            if part.width() < needed.width() or part.height() < high:
                self.wrong.append(f"{page}: {part.objectName()} {part.text()!r} is {part.size()}, not {needed}, {high}")
        for sign in (part for part in parts if isinstance(part, QPushButton | QToolButton)):
            below = sign.parentWidget()
            # It lies over what says it.
            said = isinstance(below, QLabel) and bool(below.text() or below.toolTip())
            if not (sign.text() or sign.layout() or sign.toolTip() or said):
                self.wrong.append(f"{page}: {sign.objectName()} has a picture only, and no tooltip")
        for one, other in combinations(worded, 2):
            if one.parentWidget() is other.parentWidget() and one.geometry().intersects(other.geometry()):
                self.wrong.append(f"{page}: {one.text()!r} and {other.text()!r} lie over each other")


def with_frame(window: QWidget) -> QRect:
    """Where a window is with its frame, as its handle tells it.

    A widget keeps what it was told of its frame until it is moved or resized: asked on a busy screen while the window
    manager has it in a frame without size, it tells that frame for ever, if it was then put where it had asked to be.
    """
    return window.windowHandle().frameGeometry()


def _fixed(button: QWidget) -> bool:
    around = button.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around is None


def walk(seen: Measured) -> None:
    """The pages of the wizard, and what stands beside it."""
    tour, window = seen.tour, seen.tour.window
    seen.look("situation")
    _walk_mail(seen)
    tour.click("situation_form", "next_button")
    seen.look("applicant")
    tour.type("applicant_name", "85073003328")
    tour.click("next_button")
    seen.look("applicant that is wrong")
    tour.find("applicant_name").clear()  # type: ignore[attr-defined]
    tour.type("applicant_name", "Lieve Voorbeeldt")
    tour.click("next_button")
    seen.look("role")
    tour.click("role_invoerder", "next_button")
    seen.look("authority")
    tour.click("authority_brusselse_gemeente")
    tour.type("authority_name", "Elsene")
    tour.click("next_button")
    seen.look("check")
    tour.click("next_button")
    tour.until(lambda: window.session.step == "result")
    seen.look("link")
    tour.click("print_button")
    seen.look_at("paper", "paper_dialog", "paper_close")
    tour.click("back_button", "change_situation", "situation_manual", "next_button")
    tour.type("register_number", "85073003328")
    tour.click("next_button", "next_button")
    tour.until(lambda: window.session.step == "result")
    seen.look("steps")
    tour.click("companion_button")
    seen.look_at("companion", "companion_window")
    tour.click("companion_view")
    seen.look_at("whole companion", "companion_window")
    tour.find("companion_window").close()  # type: ignore[attr-defined]
    tour.click("map_button")
    seen.look_at("the whole way", "map_window", "map_close")
    places.show_settings(window)
    seen.look("settings")
    window.show_log()
    seen.look("log")
    places.show_list(window)
    seen.look("list")
    _walk_list(seen)
    places.show_about(window)
    seen.look_at("about", "about_window", "about_close")
    window.set_letter_size(125)
    seen.look("larger letters")
    window.set_letter_size(100)
    _walk_dialogs(seen)
    _walk_helpdesk(seen)
    _walk_training(seen)


def _walk_dialogs(seen: Measured) -> None:
    for name, made in (LOW | OTHERS).items():
        dialog = made(seen.tour.window)
        dialog.open()
        seen.look(name, dialog)
        dialog.close()


def _walk_mail(seen: Measured) -> None:
    tour = seen.tour
    tour.click("paste_mail_button")
    seen.look_at("mail", "paste_mail_dialog")
    tour.find("mail_text").setPlainText(MAIL)  # type: ignore[attr-defined]
    tour.click("mail_read")
    seen.look_at("mail that was read", "paste_mail_dialog", "mail_close")


def _walk_list(seen: Measured) -> None:
    """The report of a list: its rows are what one reads first."""
    tour, people = seen.tour, seen.tour.folder / "list.csv"
    people.write_text(LIST, encoding="utf-8")
    tour.find("batch_view").check_list(people)  # type: ignore[attr-defined]
    table = tour.window.findChild(QTableView, "batch_table")
    assert table is not None
    tour.until(table.isVisible)
    seen.look("report of a list")
    rows = table.viewport().visibleRegion().boundingRect().height() // table.rowHeight(0)
    if rows < LEAST_ROWS:
        seen.wrong.append(f"report of a list: {rows} rows are in sight")


def _walk_helpdesk(seen: Measured) -> None:
    """A call page by page, then the same on one screen."""
    tour = seen.tour
    tour.window.set_mode(Mode.HELPDESK)
    seen.look("call")
    tour.click("call_caller_administrator")
    seen.look("role of a call")
    tour.click("call_role_invoerder")
    seen.look("authority of a call")
    tour.click("call_authority_brusselse_gemeente")
    answer = ["call_chip_role", "copy_link_button"]
    if tour.window.height() > SMALL.height():
        answer += ["form_link", "call_say"]  # What is read out begins in sight as well.
    seen.look_for("link of a call", *answer)
    tour.click("call_view_button")
    seen.look_for("one screen", *answer)
    _walk_wide(seen)
    tour.click("call_situation_manual")
    seen.look("manual on one screen")
    tour.click("check_number_button")
    seen.look_at("number check", "number_check", "number_check_close")
    tour.click("reference_button")
    seen.look("reference")
    tour.type("reference_search", "label")
    seen.look("what the reference found")
    tour.click("reference_close")


def _walk_wide(seen: Measured) -> None:
    """What there is takes the whole window, however wide the screen, and no button is hidden for it."""
    tour, window = seen.tour, seen.tour.window
    window.showMaximized()
    tour.wait(SETTLED_MS)
    seen.look_at_words("whole screen", window)
    desk = tour.find("helpdesk_desk")
    assert isinstance(desk, QWidget)
    areas = [area for area in desk.findChildren(QScrollArea) if area.isVisible()]
    ends = max(area.mapTo(desk, area.rect().topRight()).x() for area in areas)
    if desk.width() - ends > HOLE:
        seen.wrong.append(f"whole screen: {desk.width() - ends} pixels of {desk.width()} are empty")
    window.showNormal()
    tour.wait(SETTLED_MS)


def _walk_training(seen: Measured) -> None:
    """The exercises, one of them, what is judged of it, and the presenter's view."""
    tour = seen.tour
    tour.window.train()
    seen.look("exercises")
    tour.find("training_scenarios").setCurrentRow(0)  # type: ignore[attr-defined]
    tour.click("training_play")
    seen.look("exercise")
    tour.click("training_presenter_button")
    seen.look_at("presenter", "training_presenter", "training_presenter_close")
    tour.click("training_check", "cancel_leave")
    seen.look("feedback")


def main() -> int:
    """Say how many pages were measured; what is wrong goes to stderr."""
    make_app()
    with tempfile.TemporaryDirectory() as data:
        window = MainWindow(Services(Paths.choose(Path(data)), language="nl", mode=Mode.ADMIN))
        window.show()
        from ccinc_wizard.ui.kit.window_geometry import keep_whole

        keep_whole(window)
        seen = Measured(Tour(window, Path(data)))
        walk(seen)
        window.close()
        QApplication.processEvents()
    print("pages", seen.pages)
    print("\n".join(seen.wrong), file=sys.stderr)
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
