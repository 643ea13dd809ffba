"""Says whether the ticks are kept: not yet, under which reference, or why not."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.ui.record import Record
from ccinc_wizard.ui.saving import reason
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import announce, column, label, restyle


class KeepingNotice(QFrame):
    """Follows the request's record."""

    def __init__(self, texts: Texts, record: Record) -> None:
        super().__init__()
        self._texts = texts
        self._words = label("", name="companion_kept")
        self._layout = column(self._words)
        self.setLayout(self._layout)
        if record.logged is None:
            self._show("plain", texts("companion.kept.not_yet"))
        else:
            self._show_kept(record.logged)
        record.kept.connect(self._show_kept)
        record.failed.connect(self._show_failure)

    def _show_kept(self, logged: LoggedRequest) -> None:
        self._show("plain", self._texts("companion.kept.saved", reference=logged.reference))

    def _show_failure(self, error: Exception) -> None:
        self._show("error", self._texts("companion.kept.failed", reason=reason(self._texts, error)))
        announce(self._words, self._words.text())

    def _show(self, panel: str, text: str) -> None:
        self._words.setText(text)
        restyle(self, "panel", panel)
        restyle(self._words, "kind", "muted" if panel == "plain" else "")
        margin = 0 if panel == "plain" else SPACE
        self._layout.setContentsMargins(margin, margin, margin, margin)
