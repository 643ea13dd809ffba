"""The two pages that ask one choice: the situation and the role."""

from __future__ import annotations

from collections.abc import Sequence

from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.terms import NoChoice, Role, Situation
from ccinc_wizard.ui.kit.fields import ChoiceGroup
from ccinc_wizard.ui.kit.widgets import label
from ccinc_wizard.ui.wizard.page import Page


class SituationPage(Page):
    """How did the request reach you?"""

    step = StepId.SITUATION

    def build(self) -> None:
        self._group = ChoiceGroup("situation", options(self, "situation", list(Situation)), self.title.text())
        self._group.chosen.connect(lambda value: self.session.edit(situation=Situation(value)))
        self.fields = {"situation": self._group}
        self.add(label(self.texts("wizard.situation.why"), "muted"), self._group, self.paste_link())

    def show_answers(self) -> None:
        self._group.choose(self.session.answers.situation or "")


class RolePage(Page):
    """Which role does the applicant need?"""

    step = StepId.ROLE

    def build(self) -> None:
        self._group = ChoiceGroup("role", options(self, "role", [*Role, NoChoice.UNKNOWN]), self.title.text())
        self._group.chosen.connect(self._choose)
        self.fields = {"role": self._group}
        self.add(label(self.texts("wizard.role.why"), "muted"), self._group)

    def show_answers(self) -> None:
        self._group.choose(self.session.answers.role or "")

    def _choose(self, value: str) -> None:
        self.session.edit(role=NoChoice.UNKNOWN if value == NoChoice.UNKNOWN else Role(value))


def options(page: Page, area: str, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """The choices of a group with their words: (id, label, hint)."""
    return [
        (str(option), page.texts(f"choices.{area}.{option}.label"), page.texts(f"choices.{area}.{option}.hint"))
        for option in ids
    ]
