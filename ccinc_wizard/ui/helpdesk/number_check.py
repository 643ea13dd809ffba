"""Whether a register number can be right. Nothing is kept: the window forgets it when it closes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QWidget

from ccinc_wizard.domain.register_number import RegisterNumberError, parse
from ccinc_wizard.services import Services
from ccinc_wizard.ui.number_field import NumberField
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import announce, button, column, label, reading_width, row

_CHARACTERS = 64


class NumberCheck(QDialog):
    """Beside the call, which never asks for the number."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, texts = services, services.texts
        self.setObjectName("number_check")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("helpdesk.check_number"))
        self._field = NumberField(
            texts, "checked_number", "checked_number_reveal", texts("wizard.applicant.number_hint")
        )
        self._field.laid_out.connect(lambda _: self._judge(finished=self._field.complete))
        self._field.input.returnPressed.connect(lambda: self._judge(finished=True))
        close = button(texts("paper.close"), name="number_check_close", action=self.accept)
        why = label(texts("helpdesk.check_number_why"), "muted")
        self._parts = layout = column(why, self._field, gap=SPACE * 2, margins=SPACE * 2)
        layout.addStretch(1)
        layout.addLayout(row(close))
        self.setLayout(layout)
        self.setMinimumWidth(reading_width(self, _CHARACTERS))
        self._field.focus_field()

    def hideEvent(self, event: QHideEvent) -> None:
        """However it is closed, nothing is left of what was typed, nor can it be undone back."""
        self._field.input.setText("")
        self._field.show_verdict(None)
        super().hideEvent(event)

    def _judge(self, *, finished: bool) -> None:
        """Nobody is told of a mistake before he is done."""
        number, error = None, ""
        try:
            number = parse(self._field.input.text(), today=self._services.circumstances().today)
        except RegisterNumberError as found:
            error = self._services.texts(f"rules.number_wrong.{found.reason}") if finished else ""
        self._field.show_error(error)
        if error:
            announce(self._field, error)
        self._field.show_verdict(number)
        self.resize(self.width(), max(self.height(), self._parts.heightForWidth(self.width())))
