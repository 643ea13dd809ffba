"""Help on a page, from the words the page itself uses."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.services import Services
from ccinc_wizard.ui.theme import READING_WIDTH, SPACE, TITLE_SCALE, scaled
from ccinc_wizard.ui.widgets import column, label, reading_width, section, selectable

_CHOICES = {StepId.SITUATION: "situation", StepId.ROLE: "role", StepId.AUTHORITY: "authority"}


class HelpWindow(QDialog):
    """The page's own explanations in one window, and whom to call."""

    def __init__(self, services: Services, step: StepId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = services.texts
        self.setObjectName("help_window")
        self.setWindowTitle(texts("app.help.title"))
        title = label(texts(f"app.help.{step}.title"))
        scaled(title, TITLE_SCALE, bold=True)
        parts = column(title, selectable(texts(f"app.help.{step}.text"), name="help_text"), gap=SPACE * 2)
        for option in self._options(services, step):
            area = _CHOICES[step]
            parts.addWidget(section(texts(f"choices.{area}.{option}.label")))
            parts.addWidget(selectable(texts(f"choices.{area}.{option}.hint")))
        parts.addWidget(section(texts("result.contact.title")))
        for line in Wording(texts, services.catalog).contacts():
            parts.addWidget(selectable(line))
        parts.addStretch(1)
        parts.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 3)
        inner = QWidget()
        inner.setLayout(parts)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled)
        self.resize(reading_width(self, READING_WIDTH), self.fontMetrics().height() * 30)

    @staticmethod
    def _options(services: Services, step: StepId) -> list[str]:
        known = {
            StepId.SITUATION: ["form", "manual", "task"],
            StepId.ROLE: ["invoerder", "raadpleger"],
            StepId.AUTHORITY: [*(authority.id for authority in services.catalog.authorities), "none"],
        }
        return known.get(step, [])
