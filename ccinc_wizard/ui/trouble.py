"""The window that tells of an error nobody foresaw: what happened, what it means, what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.errorlog import Fault
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import announce, button, card, column, label, reading_width, row, section

_WIDTH = 70
CopyDiagnostics = Callable[[QWidget], object]


class TroubleWindow(QDialog):
    """Shows an error by its kind and place only: what the error itself says may hold what was typed."""

    def __init__(
        self, texts: Texts, fault: Fault, copy: CopyDiagnostics, parent: QWidget | None, *, starting: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("trouble_window")
        self.setWindowTitle(texts("program.trouble.title"))
        what = label(texts("program.trouble.what"), name="trouble_what")
        told = ["stops"] if starting else ["means", "do"]
        parts = [label(texts(f"program.trouble.{part}"), name=f"trouble_{part}") for part in told]
        fault_line = label(texts("program.trouble.fault", fault=str(fault)), "muted", name="trouble_fault")
        copying = button(texts("program.diagnostics.copy"), name="trouble_copy", action=lambda: copy(self))
        going_on = button(
            texts("program.trouble.close" if starting else "program.trouble.go_on"),
            name="trouble_go_on",
            kind="primary",
            action=self.accept,
        )
        going_on.setDefault(True)
        title = section(texts("program.trouble.title"))
        buttons = row(going_on, copying)
        layout = column(title, card("error", what), *parts, fault_line, buttons, gap=SPACE * 2, margins=SPACE * 3)
        # Not a least width of the dialog, which would let it be narrower than its buttons.
        layout.addStrut(reading_width(self, _WIDTH))
        self.setLayout(layout)
        self._spoken = " ".join([what.text(), *(part.text() for part in parts)])
        going_on.setFocus()

    def showEvent(self, event: object) -> None:
        """Let it be heard."""
        announce(self, self._spoken)
