"""Saving a request to the log, and what one can still do when the log cannot be written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.outcome import Outcome
from ccinc_wizard.domain.request import AccessRequest
from ccinc_wizard.ui.kit.drawing import pictured
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, card, column, label, plain, restyle, row
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.model import LoggedRequest


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
        self._save = button(words, name="save_button", kind="primary", of=pictured("save", "primary"), action=self.save)
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

    def save(self) -> None:
        """Write the request to the log; the answer comes back when it is durably there, or says why it is not."""
        if self._record is None or self._record.reference or not self._save.isEnabled():
            return
        self._save.setEnabled(False)
        self._tell("notice", self._texts("result.saving"))
        self._record.save()

    def _show_saved(self, logged: LoggedRequest) -> None:
        self._save.setEnabled(False)
        self._copy.hide()
        self._tell("good", self._texts("result.saved", reference=logged.reference))

    def _show_failure(self, error: Exception) -> None:
        if self._session.saved_reference:
            return
        self._save.setEnabled(True)
        self._copy.show()
        self._tell("error", self._texts("result.not_saved", reason=reason(self._texts, error)))

    def _tell(self, panel: str, text: str) -> None:
        self._notice.setText(text)
        restyle(self._frame, "panel", panel)
        self._frame.show()
        announce(self._notice, text)

    def _save_copy(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, plain(self._texts("result.save_copy")), "", "*.txt")
        if not path:
            return
        try:
            Path(path).write_text(self.copy_text(), encoding="utf-8")
        except OSError as error:
            self._tell("error", self._texts("result.copy_failed", reason=error.strerror or str(error)))
        else:
            self._tell("good", self._texts("result.copy_saved"))

    def copy_text(self) -> str:
        """The request and its answer as plain text; the register number stays masked."""
        wording, answers = self._session.wording, self._session.answers
        fields = ("applicant_name", "role", "authority", "authority_name")
        pair, named = self._texts.pair, {field: self._texts(f"wizard.field.{field}") for field in fields}
        lines = [pair(name, wording.answer(field, answers)) for field, name in named.items()]
        steps = wording.steps(self._outcome, self._request.case.role, self._request)
        lines += ["", *(f"{number}. {step.text}" for number, step in enumerate(steps, start=1))]
        notice = wording.label_notice(self._outcome)
        return "\n".join([*lines, *(["", notice] if notice else []), "", *wording.contacts(), ""])


def reason(texts: Texts, error: Exception) -> str:
    """Why the log failed, in words: what happened, what it means, what to do."""
    from ccinc_wizard.content.wording import log_trouble

    return log_trouble(texts, error)
