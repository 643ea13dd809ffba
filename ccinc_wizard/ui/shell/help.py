"""Help on a page, from the words the page itself uses."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.widgets import plain, section, selectable

_CHOICES: dict[str, str] = {StepId.SITUATION: "situation", StepId.ROLE: "role", StepId.AUTHORITY: "authority"}
_HINTS = {
    "training": [
        ("training.results.trainee", "training.results.trainee_hint"),
        ("training.exam.seed", "training.exam.seed_hint"),
    ],
}
"""What a view says of its parts, by their titles."""


class HelpWindow(ReadingWindow):
    """The page's own explanations in one window, and whom to call. `view` is a step or the name of another view."""

    def __init__(self, services: Services, view: str, parent: QWidget | None = None) -> None:
        texts = services.texts
        # The views of one room share their help, but where one has words of its own.
        topics = (view, view.partition("_")[0], StepId.SITUATION)
        topic = next(topic for topic in topics if texts.has(f"app.help.{topic}.title"))
        super().__init__("help_window", texts("app.help.title"), texts(f"app.help.{topic}.title"), parent)
        terms = {"names": services.names_days, "rest": services.rest_days}
        self.add(selectable(texts(f"app.help.{topic}.text", **terms), name="help_text", tab=True))
        hints = [
            (f"choices.{_CHOICES[topic]}.{option}.label", f"choices.{_CHOICES[topic]}.{option}.hint")
            for option in self._options(services, topic)
        ]
        for title, text in hints + _HINTS.get(topic, []):
            self.add(section(plain(texts(title))), selectable(texts(text), tab=True))
        self.add(section(texts("result.contact.title")))
        self.add(*(selectable(line, tab=True) for line in Wording(texts, services.catalog).contacts()))

    @staticmethod
    def _options(services: Services, topic: str) -> list[str]:
        known: dict[str, list[str]] = {
            StepId.SITUATION: ["form", "manual", "task"],
            StepId.ROLE: ["invoerder", "raadpleger"],
            StepId.AUTHORITY: [*(authority.id for authority in services.catalog.authorities), "none"],
        }
        return known.get(topic, [])
