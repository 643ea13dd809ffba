"""Beside both views: what the caller still has to give, the organisation, the note, the parked calls, the tools."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ccinc_wizard.domain.calls import Call
from ccinc_wizard.domain.findings import Finding, Severity
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.ui.helpdesk.call_session import CallSession, Tools
from ccinc_wizard.ui.kit.actions import Place, in_a_line, offered, with_keys
from ccinc_wizard.ui.kit.choosing import WrappingCheck
from ccinc_wizard.ui.kit.desktop import copies
from ccinc_wizard.ui.kit.fields import ErrorLabel, TextField
from ccinc_wizard.ui.kit.screens import SideArea
from ccinc_wizard.ui.kit.spoken import Heading, tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, card, clear, column, group, label, plain, wrapping_link

_WIDTH = 32
_NOTE_LINES = 3


class NoteField(QPlainTextEdit):
    """Tab leaves it, and so does Escape, which nothing here takes."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed is looked through once one goes elsewhere."""
        self.left.emit()
        super().focusOutEvent(event)


class CallSide(SideArea):
    """Follows the session; what is typed here is in memory only."""

    def __init__(self, session: CallSession, tools: Tools, switch_letters: Callable[[bool], None]) -> None:
        self._session, self._texts = session, session.services.texts
        super().__init__("call_side", self._texts("helpdesk.title"), _WIDTH)
        self._missing, self._doubts, self._parked = column(gap=2), column(), column(gap=SPACE // 2)
        self._missing_title = label(self._texts("helpdesk.missing.title"), of=Heading, bold=True)
        self._organisation = self._make_organisation()
        self._note = self._make_note()
        texts = self._texts
        name = "copy_ticket_button"
        ticket = button(with_keys(texts, name), name=name, of=copies(texts), action=tools.copy_ticket)
        # What is made anew in a group keeps its place in the tree, in which a screen reader reads it.
        self.hold(
            column(
                # The digits that take calls up again are in sight on the smallest screen as well.
                group(self._parked),
                self._missing_title, group(self._missing),
                self._organisation, group(self._doubts),
                self._note_title, label(texts("helpdesk.note_hint"), "muted"), self._taken_out,
                self._note, ticket,
                *self._make_tools(tools),
                *self._make_keys(switch_letters),
            )
        )  # fmt: skip
        self.refresh()
        self.fit()
        session.typed.connect(self._show_answers)

    def refresh(self) -> None:
        """Show another call, or what a choice changed."""
        call = self._session.call
        # What was taken out stays told while it is taken out, and not in the next call.
        if scrub(self._organisation.input.text()) != call.answers.authority_name:
            self._organisation.show_error("")
        if scrub(self._note.toPlainText()) != call.note:
            self._taken_out.show_words("")
        self._organisation.show_text(call.answers.authority_name)
        if self._note.toPlainText() != call.note:
            self._note.setPlainText(call.note)
            self._note.moveCursor(QTextCursor.MoveOperation.End)
        self._show_answers()
        self._show_parked()

    def _make_organisation(self) -> TextField:
        texts = self._texts
        made = TextField("call_organisation", texts("helpdesk.organisation"), texts("helpdesk.organisation_hint"))
        made.typed.connect(lambda text: made.warn(self._session.name_organisation(text)))
        made.input.editingFinished.connect(lambda: made.show_text(self._session.call.answers.authority_name))
        return made

    def _make_note(self) -> NoteField:
        made = NoteField()
        made.setObjectName("call_note")
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * _NOTE_LINES + SPACE * 3)
        title = self._texts("helpdesk.note")
        made.setAccessibleName(plain(title))
        made.setAccessibleDescription(self._texts("helpdesk.note_hint"))
        self._note_title = label(title, bold=True)
        self._note_title.setBuddy(made)
        self._taken_out = ErrorLabel("call_note")
        made.textChanged.connect(self._take_note)
        made.left.connect(self.refresh)
        return made

    def _make_tools(self, tools: Tools) -> list[QWidget]:
        texts = self._texts
        offered = (
            ("reference_button", with_keys(texts, "reference_button"), tools.open_reference),
            ("check_number_button", with_keys(texts, "check_number_button"), tools.check_number),
            ("call_counts_button", texts("helpdesk.counts.title"), tools.show_counts),
        )
        return [wrapping_link(words, name=name, action=action) for name, words, action in offered]

    def _make_keys(self, switch_letters: Callable[[bool], None]) -> list[QWidget]:
        texts, wanted = self._texts, self._session.services.settings.letters
        letters = label(texts("helpdesk.keys.letters"), "muted", name="call_letters")
        letters.setVisible(wanted)
        check = WrappingCheck("call_letters_wanted", texts("helpdesk.keys.wanted"), wanted, switch_letters)
        check.box.toggled.connect(letters.setVisible)
        # Those with a button tell their keys there.
        always = in_a_line(texts, (action for action in offered(Place.HELPDESK) if not action.calls))
        return [label(always, "muted", name="call_keys"), letters, check]

    def _take_note(self) -> None:
        if self._note.toPlainText() != self._session.call.note:
            self._taken_out.let_hear(self._session.note(self._note.toPlainText()), self._note)

    def _show_answers(self) -> None:
        clear(self._missing)
        clear(self._doubts)
        # Beside a link that can be given nothing is missing.
        words, missing = self._session.words, [] if self._session.link else self._session.missing()
        lines = [f"• {words.missing(entry)}" for entry in missing]
        begun = self._session.call.caller is not None
        self._missing_title.setVisible(bool(lines) or not begun)
        if not lines:
            lines = [self._texts("helpdesk.missing.nothing" if begun else "helpdesk.steps.caller.title")]
        for number, line in enumerate(lines, start=1):
            self._missing.addWidget(label(line, name=f"call_missing_{number}"))
        for doubt in self._session.doubts():
            self._doubts.addWidget(self._doubt(doubt))
        self._rearranged(self._doubts)

    def _doubt(self, doubt: Finding) -> QWidget:
        wording = self._session.services.wording
        parts: list[QWidget] = [label(wording.finding(doubt), name=f"finding_{doubt.rule}")]
        if doubt.corrected is not None:
            action = partial(self._session.correct, doubt)
            name = f"correct_{doubt.rule}"
            parts.append(wrapping_link(wording.correction(doubt), name=name, action=action))
        return card("error" if doubt.severity is Severity.ERROR else "advice", *parts)

    def _show_parked(self) -> None:
        clear(self._parked)
        parked = self._session.parked.calls
        if parked:
            self._parked.addWidget(label(self._texts("helpdesk.parked", count=len(parked)), of=Heading, bold=True))
        for place, call in enumerate(parked):
            self._parked.addWidget(self._parked_call(place, call))
        self._rearranged(self._parked)

    def _rearranged(self, made: QVBoxLayout) -> None:
        """Nothing takes no room; what there is has its turn with Tab where it stands."""
        if (around := made.parentWidget()) is not None:
            around.setVisible(made.count() > 0)
        # With what stands before it: a parked call is the first thing here, and would take the rest along to the end.
        tab_in_reading_order(self.parentWidget() or self)

    def _parked_call(self, place: int, call: Call) -> QWidget:
        told = f"{place + 1}. {self._session.words.summary(call)}"
        spoken = f"{self._texts('helpdesk.pick_up').replace('&', '')}: {told}"
        return wrapping_link(
            told, name=f"pick_up_{place + 1}", spoken=spoken, action=partial(self._session.pick_up, place)
        )
