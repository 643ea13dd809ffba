"""For whom is the right: the name, and the register number where it is needed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.domain.terms import Mode, Situation
from ccinc_wizard.ui.number_field import NumberField
from ccinc_wizard.ui.pages.base import Page
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import TextField, button, column, label, row


class ApplicantPage(Page):
    """Name and register number. The number is masked until one asks to see it."""

    step = StepId.APPLICANT

    def build(self) -> None:
        texts = self.texts
        self._name = TextField("applicant_name", texts("wizard.applicant.name"), texts("wizard.applicant.name_hint"))
        self._name.typed.connect(lambda text: self.session.edit(applicant_name=text))
        self._not_needed = label(texts("wizard.applicant.number_not_needed"), "muted")
        self._wanted = button(
            texts("wizard.applicant.number_wanted"), name="number_wanted", kind="link", action=self._open_number
        )
        training = self.session.services.mode is Mode.TRAINING
        hint = texts("wizard.applicant.number_hint_training" if training else "wizard.applicant.number_hint")
        self._number = NumberField(texts, "register_number", "reveal_button", hint)
        self._number.laid_out.connect(self._take_number)
        # A new request is begun on another page: what this one shows must not wait until it is opened again.
        self.session.edited.connect(lambda: self._number.show_text(self.session.answers.number_text))
        self._why = label(texts("wizard.applicant.number_why"), "muted")
        self._number_part = QWidget()
        self._number_part.setLayout(column(self._number, self._why))
        self.fields = {"applicant_name": self._name, "register_number": self._number}
        only_where_needed = column(self._not_needed, row(self._wanted), gap=SPACE // 2)
        self.add(self.paste_link(), self._name, only_where_needed, self._number_part)

    def show_answers(self) -> None:
        answers = self.session.answers
        self._name.show_text(answers.applicant_name)
        self._number.show_text(answers.number_text)
        self._show_number_part()
        self._show_verdict()

    def _open_number(self) -> None:
        self.session.edit(number_wanted=True)
        self._show_number_part()
        self._number.focus_field()

    def _show_number_part(self) -> None:
        asked = self.session.answers.number_asked
        self._number_part.setVisible(asked)
        self._not_needed.setVisible(self.session.answers.situation is not Situation.MANUAL)
        self._wanted.setVisible(not asked)

    def _take_number(self, text: str) -> None:
        self.session.edit(number_text=text)
        if self._number.complete:
            self._tell_problem()
        self._show_verdict()

    def _tell_problem(self) -> None:
        found = [finding for finding in self.session.problems(self.step) if finding.about == "register_number"]
        self._number.show_error(self.session.wording.finding(found[0]) if found else "")

    def _show_verdict(self) -> None:
        self._number.show_verdict(self.session.number() if self.session.answers.number_text.strip() else None)
