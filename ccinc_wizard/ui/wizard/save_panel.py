"""Saving a request to the log, and what one can still do when the log cannot be written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ccinc_wizard.app import saving
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import step_lines
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.findings import AccessRequest
from ccinc_wizard.domain.outcome import Outcome
from ccinc_wizard.requestlog.atomic_files import write_whole
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.drawing import pictured
from ccinc_wizard.ui.kit.spoken import bring_in_sight, forget_items
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.undo import Offer
from ccinc_wizard.ui.kit.widgets import button, card, column, label, restyle, row, say
from ccinc_wizard.ui.wizard.session import PATIENCE_MS, Session


class SavePanel(QWidget):
    """The save button and what came of it. Pressing it twice saves once."""

    def __init__(self, session: Session, request: AccessRequest, outcome: Outcome) -> None:
        super().__init__()
        self._session, self._request, self._outcome = session, request, outcome
        self._record = session.record()
        self._texts = session.services.texts
        self._notice = label("", name="saved_notice")
        self._frame = card("good", self._notice)
        self._frame.hide()
        words = self._texts("result.save")
        self._save = button(words, name="save_button", of=pictured("save"), action=self.save)
        self._copy = button(self._texts("result.save_copy"), name="save_copy_button", action=self._save_copy)
        self._copy.hide()
        self._buttons = row(self._save, self._copy)
        self.setLayout(column(self._buttons, self._frame, gap=SPACE))
        if self._record is not None:
            self._record.kept.connect(self._show_saved)
            self._record.failed.connect(self._show_failure)
            if self._record.logged is not None:
                self._show_saved(self._record.logged)

    def add(self, widget: QWidget) -> None:
        """Put another button beside the save button."""
        self._buttons.insertWidget(self._buttons.count() - 1, widget)

    def add_below(self, *widgets: QWidget) -> None:
        """Put more under them, in a line."""
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertLayout(1, line := row(*widgets))
            forget_items(line)

    def save(self) -> None:
        """Write the request to the log; the answer comes back when it is durably there, or says why it is not."""
        if self._record is None or self._record.reference or not self._save.isEnabled():
            return
        self._save.setEnabled(False)
        self._tell(self._texts("result.saving"), "notice")
        QTimer.singleShot(PATIENCE_MS, self, self._tell_wait)
        self._record.save()

    def _tell_wait(self) -> None:
        """Say what is waited for, and offer the copy, while neither an answer nor a failure has come."""
        if self._record is None or not self._record.pending:
            return
        self._copy.show()
        waits = self._texts("log.waits", whom=self._session.services.waited_for())
        self._tell(self._texts("result.saving_slow", waits=waits), "notice")

    def _show_saved(self, logged: LoggedRequest) -> None:
        self._save.setEnabled(False)
        self._copy.hide()
        self._tell(self._texts("result.saved", reference=logged.reference), "good")

    def _show_failure(self, error: Exception) -> None:
        if self._session.saved_reference:
            return
        self._save.setEnabled(True)
        self._copy.show()
        self._tell(saving.unsaved(self._texts, "result.not_saved", error), "error")

    def _tell(self, text: str, panel: str) -> None:
        restyle(self._frame, "panel", panel)
        self._frame.show()
        say(self._notice, text)
        if self.isVisible():
            # Once it has its place, which on a low screen is out of sight.
            QTimer.singleShot(0, self, partial(bring_in_sight, self._frame))

    def _save_copy(self) -> None:
        if path := dialogs.ask_save(self, self._texts("result.save_copy"), "", "*.txt"):
            words, copy = ("result.copy_saved", "result.copy_failed"), self.copy_text()
            self._tell(*dialogs.save_file(self._texts, path, lambda: write_whole(path, copy.encode("utf-8")), *words))

    def copy_text(self) -> str:
        """The request and its answer as plain text; the register number stays masked."""
        wording, answers = self._session.wording, self._session.answers
        named = {field: self._texts(f"wizard.field.{field}") for field in questions.asked_fields(answers)}
        lines = [self._texts.pair(name, wording.answer(field, answers)) for field, name in named.items()]
        if held := wording.held_notice(self._request):
            lines += ["", held]
        steps = wording.steps(self._outcome, self._request.case.role, self._request)
        lines += ["", *step_lines(steps)]
        notice = wording.label_notice(self._outcome)
        return "\n".join([*lines, *(["", notice] if notice else []), "", *wording.contacts(), ""])


def changed(after: LoggedRequest, before: LoggedRequest, back: Callable[[], object], count: int = 1) -> Offer:
    """What is offered once the log has taken a status or a note, of one request or of so many."""

    def told(texts: Texts) -> str:
        status = texts(f"log.status.{after.status}")
        if after.status is before.status:
            return texts("undo.note")
        return texts("undo.several", count=count, status=status) if count > 1 else texts("undo.status", status=status)

    return Offer(told, back, "undo.undo")
