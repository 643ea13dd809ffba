"""Paste a mail, read it, look at what was found, take it over. What is closed or cleared can be brought back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QTextCursor, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTableWidgetItem,
    QTextEdit,
    QWidget,
)

from ccinc_wizard.app import mail_file
from ccinc_wizard.content.files import StoppedError
from ccinc_wizard.content.mail_words import FoundLine, ReadingWords
from ccinc_wizard.content.texts import Texts, system_reason
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.mail.parts import MAX_SIGNS, Span
from ccinc_wizard.domain.mail.reading import MailField, Reading, take_over
from ccinc_wizard.domain.questions import StepId, without
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.actions import Place, listen
from ccinc_wizard.ui.kit.choosing import CheckBox
from ccinc_wizard.ui.kit.dialogs import Dialog, foot, stoppable
from ccinc_wizard.ui.kit.dropping import Dropped, DroppedKind, Drops, what_is
from ccinc_wizard.ui.kit.fields import titled
from ccinc_wizard.ui.kit.screens import Scrolled
from ccinc_wizard.ui.kit.tables import WordTable
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.undo import Offer, UndoBar
from ccinc_wizard.ui.kit.widgets import (
    announce,
    button,
    card,
    clear,
    column,
    group,
    label,
    plain,
    reading_width,
    restyle,
    row,
    say,
    section,
    status_line,
)
from ccinc_wizard.ui.wizard.session import Session

_CHARACTERS, _LINES, _OF_SCREEN = 150, 56, 0.9


class LeftMail(NamedTuple):
    """The words of a mail that was closed or cleared, without a register number, and whether there was one."""

    words: str
    had_number: bool


class PasteMailDialog(Dialog):
    """The mail stands only in the text field; what is kept of a reading are places and values.

    What brings a mail back holds its words in memory, without a register number.
    """

    left = Signal(object)
    """It was closed before anything was taken over: the `LeftMail`."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        super().__init__("paste_mail_dialog", session.services.texts("reading.title"), parent)
        self._session, self._texts = session, session.services.texts
        self._words = ReadingWords(self._texts, session.services.catalog)
        self._reading: Reading | None = None
        self._lines: list[FoundLine] = []
        self._mail = MailEdit("mail_text", plain(self._texts("reading.paste")))
        self._mail.textChanged.connect(self._forget_reading)
        self._mail.dropped.connect(self.take)
        self._drops = Drops(self, self.take)
        self._attached = 0
        self._undo = UndoBar(self._texts, with_keys=False)
        self._mail.textChanged.connect(self._undo.retire)
        self._build_result()
        self._lay_out()
        listen(Place.MAIL, self)
        self._forget_reading()
        wanted = QSize(reading_width(self, _CHARACTERS), self.fontMetrics().height() * _LINES)
        self.resize(wanted.boundedTo(self.screen().availableSize() * _OF_SCREEN))
        self._mail.setFocus()

    def read(self) -> None:
        """Look for the fields and show them."""
        self._reading = self._session.services.read_mail(self._mail.toPlainText())
        self._anew.setVisible(self._present() != without(self._present(), MailField))
        self._show_notices(self._reading)
        self._show_found()
        self._result.show()
        self._lead_to(self._take)
        if self._lines:
            self._table.selectRow(0)
            self._table.setFocus()
            # Once it has its place.
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self._table))
        announce(self._summary, self._summary.text())

    def take(self, dropped: Dropped) -> None:
        """Read the mail of this file, or say why that cannot be and what helps."""
        self.clear()
        if dropped.path is None or dropped.kind is not DroppedKind.MAIL:
            self._say(self._texts("reading.file." + ("no_mail" if dropped.kind is DroppedKind.LIST else dropped.kind)))
            return
        try:
            with stoppable(self, self._texts("reading.file.reading"), self._texts("list.stop")) as go_on:
                mail = mail_file.open_mail(dropped.path, go_on)
        except StoppedError:
            self._say(self._texts("reading.file.stopped"))
        except mail_file.MailFileError as refused:
            self._say(self._texts(f"reading.file.{refused.trouble}"))
        except OSError as error:
            self._say(self._texts("reading.file.unreadable", reason=system_reason(self._texts, error)))
        else:
            replaced = self._undo.present
            self._mail.set_words(mail.text)
            self._attached = mail.attached
            if replaced is not None:
                self._undo.offer(replaced)
            self.read()

    def clear(self) -> None:
        """Forget the mail and what was found in it; its words can be brought back."""
        left = self._take_words()
        self._attached = 0
        self._forget_reading()
        self._mail.setFocus()
        if left is not None:
            told = "undo.mail_cleared_number" if left.had_number else "undo.cleared"
            self._undo.offer(Offer(lambda texts: texts(told), partial(self.show_words, left.words)))

    def show_words(self, words: str) -> None:
        """Show these in the place of what is there, ready to be read."""
        self._mail.set_words(words)
        self._mail.setFocus()

    def take_over(self) -> None:
        """Fill the wizard's answers in and close."""
        if self._reading is None:
            return
        taken = take_over(self._reading, self._base())
        # Closed first: the page that follows gives the focus to its field.
        self.accept()
        self._session.take_over(taken.answers, taken.filled)

    def done(self, result: int) -> None:
        """However it is closed, the mail is gone from it."""
        left = self._take_words()
        super().done(result)
        if left is not None and result != Dialog.DialogCode.Accepted:
            self.left.emit(left)

    def _take_words(self) -> LeftMail | None:
        """Take the mail out of its field. Nothing where there was none."""
        words = self._mail.toPlainText()
        kept = scrub(words) if words.strip() else ""
        self._mail.clear()
        return LeftMail(kept, kept != words) if kept else None

    def _ask_file(self) -> None:
        kinds = self._texts("reading.kinds", endings=" ".join(f"*{ending}" for ending in mail_file.ENDINGS))
        if path := dialogs.ask_open(self, self._texts("reading.open"), f"{kinds};;* (*)"):
            self.take(Dropped(DroppedKind.MAIL, path))

    def _say(self, words: str) -> None:
        say(self._told, words, "error")
        self._told.show()

    def _present(self) -> Answers:
        return self._session.answers

    def _base(self) -> Answers:
        return Answers() if self._anew.isChecked() else self._present()

    def _build_result(self) -> None:
        texts = self._texts
        self._summary = label("", name="mail_result")
        self._table = FoundTable(texts)
        self._table.currentCellChanged.connect(self._show_place)
        self._notices = column()
        self._anew = CheckBox(texts("reading.anew"))
        self._anew.setObjectName("mail_anew")
        self._anew.setAccessibleName(plain(self._anew.text()))
        # Whoever has finished a request pastes the mail of the next one.
        finished = bool(self._session.saved_reference) or self._session.step is StepId.RESULT
        self._anew.setChecked(finished)
        self._anew.toggled.connect(self._show_found)
        self._result = group(column(self._summary, self._table, self._notices, self._anew, gap=SPACE * 2))

    def _lay_out(self) -> None:
        texts = self._texts
        self._read = button(texts("reading.read"), name="mail_read", kind="primary", action=self.read)
        empty = button(texts("reading.clear"), name="mail_clear", action=self.clear)
        parts = column(section(texts("reading.title")), label(texts("reading.why"), "muted"), gap=SPACE * 2)
        opened = button(texts("reading.open"), name="mail_open", action=self._ask_file)
        self._told = status_line("mail_told", "error")
        parts.addLayout(titled(texts("reading.paste"), self._mail), 1)
        parts.addWidget(self._told)
        parts.addLayout(row(self._read, opened, empty))
        parts.addWidget(self._result)
        parts.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        self._scroll = Scrolled("")
        self._scroll.setWidget(group(parts))
        whole = column(self._scroll, self._undo, gap=0)
        whole.addWidget(self._buttons())
        self.setLayout(whole)

    def _buttons(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("button_row")
        self._take = button(self._texts("reading.take_over"), name="mail_take_over", action=self.take_over)
        self._take.setDefault(True)
        bar.setLayout(foot(button(self._texts("reading.close"), name="mail_close", action=self.reject), self._take))
        return bar

    def _forget_reading(self) -> None:
        self._reading, self._lines = None, []
        self._result.hide()
        say(self._told, "", "")
        self._told.hide()
        self._take.setEnabled(False)
        self._lead_to(self._read)

    def _lead_to(self, main: QPushButton) -> None:
        """One button at a time is the main one."""
        for made in (self._read, self._take):
            restyle(made, "kind", "primary" if made is main else "")

    def _show_found(self) -> None:
        if self._reading is None:
            return
        taken = take_over(self._reading, self._base())
        self._lines = self._words.lines(self._reading, taken)
        self._table.show_lines(self._lines)
        self._table.setVisible(bool(self._lines))
        self._take.setEnabled(bool(taken.filled))
        self._summary.setText(self._texts("reading.found" if taken.filled else "reading.nothing"))

    def _show_notices(self, reading: Reading) -> None:
        clear(self._notices)
        told = [(notice.kind.value, self._words.notice(notice)) for notice in reading.notices]
        if self._attached:
            told.append(("attached", self._texts("reading.file.attached", count=self._attached)))
        for name, words in told:
            shown = card("advice", label(words), name=f"mail_notice_{name}")
            shown.setAccessibleName(words)
            self._notices.addWidget(shown)

    def _show_place(self, line: int) -> None:
        if 0 <= line < len(self._lines):
            self._mail.show_places(self._lines[line].spans)


_FEWEST_LINES = 9


class MailEdit(QPlainTextEdit):
    """Takes the words of whatever is pasted or dropped; of an HTML mail only its text."""

    dropped = Signal(object)
    """A file, as a `Dropped`, in the place of words."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setTabChangesFocus(True)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhMultiLine)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _FEWEST_LINES)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or what_is(source) is not None

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert words only, and no more than are read; one sign more lets the reader say that it was cut."""
        if (dropped := what_is(source)) is not None:
            self.dropped.emit(dropped)
            return
        text = source.text() or QTextDocumentFragment.fromHtml(source.html()).toPlainText()
        # A picture leaves a sign behind that would be part of a name.
        self.textCursor().insertText(text[: MAX_SIGNS + 1].replace("\ufffc", " "))
        self.ensureCursorVisible()

    def set_words(self, words: str) -> None:
        """Show these in the place of what is there."""
        self.setPlainText(words[: MAX_SIGNS + 1].replace("\ufffc", " "))

    def show_places(self, spans: Iterable[Span]) -> None:
        """Mark where the mail says something, and bring the first place into view."""
        text, marks = self.toPlainText(), []
        for span in spans:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(_qt_place(text, span.start))
            mark.cursor.setPosition(_qt_place(text, span.end), QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
            mark.format.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
            marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            start = QTextCursor(marks[0].cursor)
            start.setPosition(start.selectionStart())
            self.setTextCursor(start)
            self.ensureCursorVisible()


def _qt_place(text: str, place: int) -> int:
    """Qt counts signs beyond the first 65,536 twice."""
    return len(text[:place].encode("utf-16-le")) // 2


_BEYOND = 100_000
_COLUMNS = ("field", "value", "sureness", "rule", "fate")


class FoundTable(WordTable):
    """As high as its rows, since the window around it scrolls."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(0, len(_COLUMNS))
        self.setObjectName("mail_found")
        self.setAccessibleName(texts("reading.found"))
        self.setHorizontalHeaderLabels([texts(f"reading.columns.{column}") for column in _COLUMNS])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        at = Qt.AlignmentFlag
        self.horizontalHeader().setDefaultAlignment(at.AlignLeft | at.AlignVCenter)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show these lines in the place of the present ones."""
        self.setRowCount(len(lines))
        for number, line in enumerate(lines):
            cells = (line.name, "\n".join(line.values), line.sureness, "\n".join(line.rules), line.fate)
            for place, cell in enumerate(cells):
                self.setItem(number, place, QTableWidgetItem(cell))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for place, width in enumerate(self.shared_by_words()):
            self.setColumnWidth(place, width)
        for number in range(self.rowCount()):
            self.setRowHeight(number, max(map(partial(self._height, number), range(len(_COLUMNS)))))
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth()
        self.setFixedHeight(high)

    def _height(self, row: int, column: int) -> int:
        """How high a cell must be. Qt's own estimate leaves out the padding of the style sheet."""
        item = self.item(row, column)
        room = QRect(0, 0, self.columnWidth(column) - 4 * SPACE, _BEYOND)
        needed = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text() if item else "")
        return needed.height() + 2 * SPACE
