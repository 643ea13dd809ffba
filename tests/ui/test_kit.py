"""What all screens are made of keeps its promises wherever it is used."""

from __future__ import annotations

import re
import threading
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QStyledItemDelegate, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.dialogs import Busy, MessageDialog, ask, tell
from ccinc_wizard.ui.kit.spoken import Heading
from ccinc_wizard.ui.kit.tables import WordTable, plain_table
from ccinc_wizard.ui.kit.theme import scaled
from ccinc_wizard.ui.kit.widgets import Squeezed, button, label, row, say, section, selectable, status_line
from ccinc_wizard.ui.kit.worker import Latest, LogWorker
from tests.tooling.project import ROOT


@pytest.mark.parametrize(
    "change",
    [
        lambda made: made.setText("Only one line"),
        lambda made: made.setWordWrap(False),
        lambda made: scaled(made, 2.0, bold=True),
        lambda made: made.setStyleSheet("padding: 20px"),
    ],
    ids=["words", "wrapping", "letters", "style"],
)
def test_a_label_keeps_its_height_no_longer_than_it_is_true(qtbot: QtBot, change: Callable[[QLabel], object]) -> None:
    made, like = label("Some words that take several lines. " * 4), QLabel("Some words that take several lines. " * 4)
    like.setWordWrap(True)
    for shown in (made, like):
        qtbot.addWidget(shown)
        shown.show()
    assert made.heightForWidth(150) == like.heightForWidth(150)
    for shown in (made, like):
        change(shown)
    assert made.heightForWidth(150) == like.heightForWidth(150)


def test_a_line_keeps_its_height_no_longer_than_its_parts_stay(qtbot: QtBot) -> None:
    first, second = QPushButton("first"), QPushButton("second")
    line = row(first, second)
    holder = QWidget()
    holder.setLayout(line)
    qtbot.addWidget(holder)
    holder.show()
    two = first.sizeHint().width() + second.sizeHint().width() + line.spacing()
    one = line.heightForWidth(two)
    first.setText("the first, which has become much longer")
    assert line.heightForWidth(two) > one
    first.hide()
    assert line.heightForWidth(two) == one


def test_only_the_last_question_is_answered(qtbot: QtBot, services: Services) -> None:
    worker, latest = LogWorker(services), Latest()
    done: list[str] = []
    heard: list[str] = []
    for question in ("first", "second"):
        worker.run(
            lambda _, question=question: done.append(question) or question,  # type: ignore[func-returns-value]
            done=heard.append,
            failed=lambda _: None,
            wanted=latest.ask(),
        )
    qtbot.waitUntil(lambda: bool(heard))
    worker.close()
    assert heard == ["second"]
    assert done[-1] == "second"


def test_a_forgotten_question_is_answered_to_nobody(services: Services) -> None:
    worker, latest = LogWorker(services), Latest()
    heard: list[object] = []
    worker.run(lambda log: log.count(), done=heard.append, failed=heard.append, wanted=latest.ask())
    latest.forget()
    worker.settle()
    worker.close()
    assert heard == []


def test_what_a_job_is_to_call_is_let_go_on_the_windows_thread(qtbot: QtBot, services: Services) -> None:
    """It holds widgets, which no other thread may free."""
    worker, gone_on = LogWorker(services), list[str]()

    def ask() -> None:
        def done(_: int) -> None: ...

        weakref.finalize(done, lambda: gone_on.append(threading.current_thread().name))
        worker.run(lambda log: log.count(), done=done, failed=lambda _: None)

    ask()
    worker.settle()
    ask()
    worker.settle()
    worker.close()
    assert gone_on == [threading.main_thread().name] * 2


@pytest.mark.parametrize(("typed", "written"), [("sheet", "sheet.pdf"), ("sheet.PDF", "sheet.PDF"), ("", None)])
def test_a_file_dialog_has_no_mnemonic_in_its_title(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, written: str | None
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []

    def answer(_: QWidget, title: str, *rest: str) -> tuple[str, str]:
        asked.extend((title, *rest))
        return str(tmp_path / typed) if typed else "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    assert dialogs.ask_save_as(parent, "&Bewaren", "pdf") == (tmp_path / written if written else None)
    title, proposed, kinds = asked
    assert (title, Path(proposed).name, kinds) == ("Bewaren", "ccinc.pdf", "*.pdf")


def test_files_are_asked_for_in_the_documents_first_and_then_in_the_folder_used_last(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parent, began, answers = QWidget(), list[Path](), ["", str(tmp_path / "a.pdf"), str(tmp_path / "sub"), ""]
    qtbot.addWidget(parent)
    documents = tmp_path / "documents"
    documents.mkdir()
    (tmp_path / "sub").mkdir()
    monkeypatch.setattr(dialogs, "_used", [])
    monkeypatch.setattr(dialogs.QStandardPaths, "writableLocation", lambda _: str(documents))
    monkeypatch.chdir(tmp_path)

    def answer(_: QWidget, __: str, start: str, *kinds: str) -> tuple[str, str] | str:
        began.append(Path(start))
        told = answers.pop(0)
        return (told, "") if kinds else told

    for asked in ("getSaveFileName", "getOpenFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, asked, answer)
    assert dialogs.ask_save(parent, "", "x.pdf", "*.pdf") is None
    assert dialogs.ask_open(parent, "", "*.pdf") == tmp_path / "a.pdf"
    assert dialogs.ask_folder(parent, "") == tmp_path / "sub"
    assert dialogs.ask_save(parent, "", "x.pdf", "*.pdf") is None
    assert began == [documents / "x.pdf", documents, tmp_path, tmp_path / "sub" / "x.pdf"]


def test_without_documents_files_are_asked_for_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dialogs, "_used", [tmp_path / "gone"])
    assert dialogs._folder() == Path.home()


def test_saving_says_how_it_went(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    texts, path = Texts("nl"), tmp_path / "none" / "a.txt"
    told, kind = dialogs.save_file(texts, path, lambda: path.write_text("", "utf-8"))
    assert kind == "error"
    assert str(tmp_path) not in told
    path.parent.mkdir()
    assert dialogs.save_file(texts, path, lambda: path.write_text("", "utf-8")) == (
        texts("paper.saved", file=str(path)),
        "good",
    )
    monkeypatch.chdir(path.parent)
    assert dialogs.save_file(texts, Path(path.name), lambda: None) == (texts("paper.saved", file=str(path)), "good")


@pytest.mark.parametrize(("pressed", "loses"), [("go", False), ("stay", False), ("go", True), ("stay", True)])
def test_a_question_acts_on_yes_alone(qtbot: QtBot, pressed: str, loses: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    acted: list[bool] = []
    then = lambda: acted.append(True)  # noqa: E731
    ask(parent, "question", "", "<b>Sure?</b>", yes=("go", "Yes"), no=("stay", "No"), then=then, loses=loses)
    box = parent.findChild(MessageDialog, "question")
    assert isinstance(box, MessageDialog)
    words, usual = box.findChild(QLabel, "message_words"), box.usual
    assert words is not None
    assert words.textFormat().name == "PlainText"
    assert usual.objectName() == ("stay" if loses else "go")
    assert usual.property("kind") == "primary"
    made = box.findChild(QPushButton, pressed)
    assert made is not None
    made.click()
    assert acted == ([True] if pressed == "go" else [])


@pytest.mark.parametrize(
    ("key", "loses", "acts"),
    [
        (Qt.Key.Key_Return, False, True), (Qt.Key.Key_Return, True, False), (Qt.Key.Key_Enter, False, True),
        (Qt.Key.Key_Escape, False, False), (Qt.Key.Key_Escape, True, False),
    ],
)  # fmt: skip
def test_enter_takes_the_safe_answer_and_escape_none(qtbot: QtBot, key: Qt.Key, loses: bool, acts: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    acted: list[bool] = []
    then = lambda: acted.append(True)  # noqa: E731
    ask(parent, "question", "Sure?", "", yes=("go", "Yes"), no=("stay", "No"), then=then, loses=loses)
    box = parent.findChild(MessageDialog, "question")
    assert isinstance(box, MessageDialog)
    qtbot.waitUntil(box.isVisible)
    assert box.focusWidget() is box.usual
    assert box.usual.mapToGlobal(box.usual.rect().center()).x() == max(
        made.mapToGlobal(made.rect().center()).x() for made in box.findChildren(QPushButton)
    )
    QTest.keyClick(box.focusWidget(), key)
    assert acted == ([True] if acts else [])
    assert not box.isVisible()


def test_a_message_is_heard(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr("ccinc_wizard.ui.kit.dialogs.announce", lambda _, text: heard.append(text))
    parent = QWidget()
    qtbot.addWidget(parent)
    tell(parent, "told", "Bewaard", "Twee aanvragen.", "Sluiten").open()
    assert heard == ["Bewaard. Twee aanvragen."]


def test_a_job_that_can_be_stopped_is_stopped_once_and_one_that_cannot_stays_in_sight(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    told: list[str] = []
    for name, stop, seen in (("export", "Stoppen", False), ("backup", "", True)):
        busy = Busy(name, "Even geduld", parent, stop=stop)
        busy.stopped.connect(partial(told.append, name))
        busy.show()
        QTest.keyClick(busy, Qt.Key.Key_Escape)
        assert (busy.isVisible(), busy.was_stopped) == (seen, not seen)
        busy.show_share(3, 10)
        assert (busy.bar.value(), busy.bar.maximum()) == (3, 10)
        # A session of the desktop that ends is not held up by either.
        assert busy.close()
        busy.go()
    assert told == ["export"]


def test_a_dialog_has_no_hole_and_grows_with_what_comes_up_in_it(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    box = tell(parent, "told", "Bewaard", "Twee aanvragen staan nu in het logboek. " * 4, "Sluiten")
    box.show()
    layout = box.layout()
    assert layout is not None
    before = box.height()
    assert before == layout.totalHeightForWidth(box.width())
    words = box.findChild(QLabel, "message_words")
    assert words is not None
    words.setText("Vul de naam in. " * 60)
    qtbot.waitUntil(lambda: box.height() == layout.totalHeightForWidth(box.width()))
    assert box.height() > before


@pytest.mark.parametrize(("wide", "beside"), [(500, True), (260, False)])
def test_a_button_goes_below_words_that_it_would_squeeze(qtbot: QtBot, wide: int, beside: bool) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line = Squeezed(240)
    words, made = label("Kies “Nieuw recht toekennen” en zoek de persoon. " * 6), button("Kopiëren", name="copy")
    line.addWidget(words, 1)
    line.addWidget(made)
    holder.setLayout(line)
    holder.resize(wide, 600)
    holder.show()
    assert words.width() >= 200
    assert (made.x() > words.x() + words.width()) is beside
    assert (made.y() > words.y() + words.height()) is not beside


def test_no_box_is_of_qts_own_making() -> None:
    own = re.compile("QMessageBox|QInputDialog|QErrorMessage|QProgressDialog")
    sources = (ROOT / "ccinc_wizard").rglob("*.py")
    assert [path.name for path in sources if own.search(path.read_text("utf-8"))] == []


def test_news_takes_no_room_while_there_is_none(qtbot: QtBot) -> None:
    line = status_line("status")
    qtbot.addWidget(line)
    assert line.isHidden()
    say(line, "Bewaard.", "error")
    assert not line.isHidden()
    assert (line.text(), line.property("kind")) == ("Bewaard.", "error")
    say(line, "")
    assert line.isHidden()


def test_a_simple_table_has_more_lines_where_its_columns_have_no_room(qtbot: QtBot) -> None:
    words = ["Nr.", "Oefening met een lange naam", "Wat niet juist was"]
    table = plain_table("table", "Tabel", words, [["1", "De gewone aanvraag van iemand", "Rol en oefenscherm"]])
    qtbot.addWidget(table)
    table.resize(250, 200)
    table.show()
    qtbot.waitUntil(lambda: table.rowHeight(0) > table.fontMetrics().height() * 2)
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())
    table.resize(900, 200)
    qtbot.waitUntil(lambda: table.rowHeight(0) < table.fontMetrics().height() * 3)
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().isVisible())


def lines_of(made: QLabel, wide: int) -> list[str]:
    """The lines that it is painted in, of which nothing else tells."""
    shown = QLabel.text(made)
    laid = QTextLayout(shown, made.font())
    laid.beginLayout()
    found = []
    while (line := laid.createLine()).isValid():
        line.setLineWidth(wide)
        found.append(shown[line.textStart() : line.textStart() + line.textLength()])
    laid.endLayout()
    return found


PHONES = "02 553 42 26", "+32 2 553 42 26", "(02) 553 42 26"


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        *((kind, number) for kind in (label, section, selectable) for number in PHONES),
        *((kind, "K7M-W3T") for kind in (label, section, selectable)),
    ],
)
def test_no_line_ends_within_a_number_or_a_reference(qtbot: QtBot, kind: Callable[..., QLabel], number: str) -> None:
    words = f"Het team is te bereiken op {number} of per mail."
    made = kind(words, name="made")
    qtbot.addWidget(made)
    assert made.text() == words
    assert made.accessibleName() == words
    for wide in range(made.fontMetrics().horizontalAdvance(number) + 8, 600, 7):
        told = "".join(lines_of(made, wide))
        whole = told[told.index(number[0]) :][: len(number) + told.count("\u2060")].rstrip()
        assert any(whole in line for line in lines_of(made, wide)), wide
    made.setText("Niets")
    assert made.text() == "Niets"
    assert made.accessibleName() in ("", "Niets")


@pytest.mark.parametrize(
    "words",
    ["Bel 02 553 42 26.", "Bewaard als K7M-W3T, zei 02 553 42 26.", "K7M-W3T\nC99-UA9", "Een-twee-drie ABC-DEF-GHJ"],
)
@pytest.mark.parametrize("by_menu", [False, True])
def test_words_are_copied_as_they_were_given(qtbot: QtBot, words: str, by_menu: bool) -> None:
    QApplication.clipboard().setText("before")
    made = selectable(words)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    QTest.keyClick(made, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert made.selectedText() == words
    if by_menu:
        middle = made.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, made.mapToGlobal(middle))
        QApplication.sendEvent(made, asked)
        menu = made.findChild(QMenu)
        assert isinstance(menu, QMenu)
        menu.actions()[0].trigger()
        menu.close()
    else:
        QTest.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == words


def test_a_long_code_may_go_on_in_the_next_line(qtbot: QtBot) -> None:
    made = selectable("AAAA-BBBB-CCCC-DDDD en ABC-DEF-GHJ")
    qtbot.addWidget(made)
    assert QLabel.text(made) == made.text()


def test_words_are_measured_once_for_each_kind_of_letters(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    heading, measured = section("Wat er na de toekenning nog gebeurt voor wie het recht krijgt"), list[str]()
    table = plain_table("told", "Told", ["Wat", "Waarom"], [("Een lange uitleg", "Nog een lange uitleg")] * 3)
    narrowest, longest = Heading._narrowest, WordTable._longest_word
    monkeypatch.setattr(Heading, "_narrowest", lambda self: measured.append("heading") or narrowest(self))
    monkeypatch.setattr(
        WordTable, "_longest_word", lambda self, place: measured.append("table") or longest(self, place)
    )
    for made in (heading, table):
        qtbot.addWidget(made)
        made.resize(150, 200)
        made.show()
        made.grab()
    first = [*measured]
    assert {"heading", "table"} == set(first)
    heading.grab()
    table.resize(140, 190)
    table.grab()
    assert measured == first
    heading.setText("Wat er nog gebeurt voor wie het recht krijgt, en ook waarom")
    heading.grab()
    table.item(0, 0).setText("Ongelooflijkerwijze")  # type: ignore[union-attr]
    table.resize(150, 200)
    table.grab()
    assert set(measured[len(first) :]) == {"heading", "table"}


def test_no_number_in_a_cell_goes_over_two_lines_and_the_cell_keeps_its_words(qtbot: QtBot) -> None:
    words = "bel 02 553 42 26 over ABC-D2F en dan nog wat woorden die niet op een regel staan"
    table = plain_table("some_table", "", ["een", "twee"], [[words, words]])
    qtbot.addWidget(table)
    table.resize(240, 300)
    table.show()
    delegate = table.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    painted = delegate.displayText(words, QLocale())
    for width in range(table.columnWidth(0) - 6, 60, -5):
        laid = QTextLayout(painted, table.font())
        laid.beginLayout()
        ends = []
        while (line := laid.createLine()).isValid():
            line.setLineWidth(width)
            ends.append(painted[line.textStart() : line.textStart() + line.textLength()].strip())
        laid.endLayout()
        whole = QFontMetrics(table.font()).horizontalAdvance("02 553 42 26")
        assert width < whole or {"02\xa0553\xa042\xa026", "ABC-\u2060D2F"} <= set(" ".join(ends).split(" ")), width
    assert table.columnWidth(0) > QFontMetrics(table.font()).horizontalAdvance("02 553 42 26")
    item = table.item(0, 0)
    assert item is not None
    assert item.text() == words
