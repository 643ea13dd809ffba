"""The two pages that ask one choice: the situation and the role."""

from __future__ import annotations

from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.widgets import label
from ccinc_wizard.ui.wizard.page import Page


class ChoicePage(Page):
    """A page whose one question is a choice."""

    def build(self) -> None:
        self._group = self.choices(self.step.value)
        self.fields = {self.step.value: self._group}
        self.add(label(self.texts(f"wizard.{self.step}.why"), "muted"), self._group)

    def show_answers(self) -> None:
        self._group.choose(self.held(self.step.value))


class SituationPage(ChoicePage):
    """How did the request reach you?"""

    step = StepId.SITUATION

    def build(self) -> None:
        super().build()
        self.add(self.paste_link())


class RolePage(ChoicePage):
    """Which role does the applicant need?"""

    step = StepId.ROLE
