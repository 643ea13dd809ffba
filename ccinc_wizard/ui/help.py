"""Help on a page, from the words the page itself uses."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.services import Services
from ccinc_wizard.ui.reading import ReadingWindow
from ccinc_wizard.ui.widgets import section, selectable

_CHOICES: dict[str, str] = {StepId.SITUATION: "situation", StepId.ROLE: "role", StepId.AUTHORITY: "authority"}


class HelpWindow(ReadingWindow):
    """The page's own explanations in one window, and whom to call. `topic` is a step or the name of another view."""

    def __init__(self, services: Services, topic: str, parent: QWidget | None = None) -> None:
        texts = services.texts
        super().__init__("help_window", texts("app.help.title"), texts(f"app.help.{topic}.title"), parent)
        terms = {"names": services.names_days, "rest": services.rest_days}
        self.add(selectable(texts(f"app.help.{topic}.text", **terms), name="help_text"))
        for option in self._options(services, topic):
            area = _CHOICES[topic]
            self.add(section(texts(f"choices.{area}.{option}.label")))
            self.add(selectable(texts(f"choices.{area}.{option}.hint")))
        self.add(section(texts("result.contact.title")))
        self.add(*(selectable(line) for line in Wording(texts, services.catalog).contacts()))
        self.finish()

    @staticmethod
    def _options(services: Services, topic: str) -> list[str]:
        known: dict[str, list[str]] = {
            StepId.SITUATION: ["form", "manual", "task"],
            StepId.ROLE: ["invoerder", "raadpleger"],
            StepId.AUTHORITY: [*(authority.id for authority in services.catalog.authorities), "none"],
        }
        return known.get(topic, [])
