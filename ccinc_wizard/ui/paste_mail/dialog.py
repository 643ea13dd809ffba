"""Paste a mail, read it, look at what was found, take it over. Closing forgets the mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QHBoxLayout, QPushButton, QScrollArea, QWidget

from ccinc_wizard.content.reading_words import FoundLine, ReadingWords
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.domain.reading import MailField, Reading, read_mail
from ccinc_wizard.domain.taking_over import take_over, without
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.ui.paste_mail.editor import MailEdit
from ccinc_wizard.ui.paste_mail.found_table import FoundTable
from ccinc_wizard.ui.session import Session
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import announce, button, card, clear, column, label, reading_width, restyle, row, section

if TYPE_CHECKING:
    from ccinc_wizard.ui.main_window import MainWindow

_CHARACTERS, _LINES, _OF_SCREEN = 150, 56, 0.9


class PasteMailDialog(QDialog):
    """The mail stands only in the text field; what is kept of a reading are places and values."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._session, self._texts = session, session.services.texts
        self._words = ReadingWords(self._texts, session.services.catalog)
        self._reading: Reading | None = None
        self._lines: list[FoundLine] = []
        self.setObjectName("paste_mail_dialog")
        self.setWindowTitle(self._texts("reading.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._mail = MailEdit("mail_text", self._texts("reading.paste").replace("&", ""))
        self._mail.textChanged.connect(self._forget_reading)
        self._build_result()
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.read)
        self._forget_reading()
        wanted = QSize(reading_width(self, _CHARACTERS), self.fontMetrics().height() * _LINES)
        self.resize(wanted.boundedTo(self.screen().availableSize() * _OF_SCREEN))
        self._mail.setFocus()

    def read(self) -> None:
        """Look for the fields and show them."""
        services, circumstances = self._session.services, self._session.services.circumstances()
        self._reading = read_mail(
            self._mail.toPlainText(),
            today=circumstances.today,
            catalog=circumstances.catalog,
            municipalities=circumstances.municipalities,
            fictional=services.mode is Mode.TRAINING,
        )
        self._anew.setVisible(self._present() != without(self._present(), MailField))
        self._show_notices(self._reading)
        self._show_found()
        self._result.show()
        self._lead_to(self._take)
        if self._lines:
            self._table.selectRow(0)
            self._table.setFocus()
            self._scroll.ensureWidgetVisible(self._table)
        announce(self._summary, self._summary.text())

    def clear(self) -> None:
        """Forget the mail and what was found in it."""
        self._mail.clear()
        self._forget_reading()
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
        """However it is closed, the mail is gone."""
        self._mail.clear()
        super().done(result)

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
        self._anew = QCheckBox(texts("reading.anew"))
        self._anew.setObjectName("mail_anew")
        self._anew.setAccessibleName(self._anew.text().replace("&", ""))
        # Whoever has finished a request pastes the mail of the next one.
        finished = bool(self._session.saved_reference) or self._session.step is StepId.RESULT
        self._anew.setChecked(finished)
        self._anew.toggled.connect(self._show_found)
        self._result = QWidget()
        self._result.setLayout(column(self._summary, self._table, self._notices, self._anew, gap=SPACE * 2))

    def _lay_out(self) -> None:
        texts = self._texts
        title = label(texts("reading.paste"))
        title.setBuddy(self._mail)
        self._read = button(texts("reading.read"), name="mail_read", kind="primary", action=self.read)
        empty = button(texts("reading.clear"), name="mail_clear", action=self.clear)
        body = QWidget()
        parts = column(section(texts("reading.title")), label(texts("reading.why"), "muted"), title, gap=SPACE * 2)
        parts.addWidget(self._mail, 1)
        parts.addLayout(row(self._read, empty))
        parts.addWidget(self._result)
        parts.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        body.setLayout(parts)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setProperty("focusPolicy", "NoFocus")
        self._scroll.setWidget(body)
        whole = column(self._scroll, gap=0)
        whole.addWidget(self._buttons())
        self.setLayout(whole)

    def _buttons(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("button_row")
        self._take = button(self._texts("reading.take_over"), name="mail_take_over", action=self.take_over)
        self._take.setDefault(True)
        layout = QHBoxLayout(bar)
        layout.addWidget(button(self._texts("reading.close"), name="mail_close", action=self.reject))
        layout.addStretch(1)
        layout.addWidget(self._take)
        return bar

    def _forget_reading(self) -> None:
        self._reading, self._lines = None, []
        self._result.hide()
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
        for notice in reading.notices:
            told = card("advice", label(self._words.notice(notice)), name=f"mail_notice_{notice.kind}")
            told.setAccessibleName(self._words.notice(notice))
            self._notices.addWidget(told)

    def _show_place(self, line: int) -> None:
        if 0 <= line < len(self._lines):
            self._mail.show_places(self._lines[line].spans)


def paste_mail(window: MainWindow) -> None:
    """Read a mail; what is taken over from it shows in the wizard, whichever view was there."""
    dialog = PasteMailDialog(window.session, window)
    dialog.accepted.connect(window.show_wizard)
    dialog.open()
