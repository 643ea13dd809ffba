"""For whom is the right: the name, and the register number where it is needed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ccinc_wizard.domain import register_number
from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.domain.terms import Mode, Situation
from ccinc_wizard.ui.pages.base import Page
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import TextField, button, column, label, row

_DIGITS = 11


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
        self._number = TextField("register_number", texts("wizard.applicant.number"), hint)
        self._number.input.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._number.typed.connect(self._type_number)
        self._verdict = label("", "good", name="register_number_verdict")
        self._verdict.setWordWrap(False)
        self._reveal = button("", name="reveal_button", action=self._toggle_mask)
        self._why = label(texts("wizard.applicant.number_why"), "muted")
        self._number_part = QWidget()
        self._number_part.setLayout(column(self._number, row(self._reveal, self._verdict), self._why))
        self.fields = {"applicant_name": self._name, "register_number": self._number}
        only_where_needed = column(self._not_needed, row(self._wanted), gap=SPACE // 2)
        self.add(self.paste_link(), self._name, only_where_needed, self._number_part)
        self._mask(True)

    def show_answers(self) -> None:
        answers = self.session.answers
        self._name.show_text(answers.applicant_name)
        self._number.show_text(answers.number_text)
        self._show_number_part()
        self._show_verdict()

    def hideEvent(self, event: object) -> None:
        """Whoever leaves the page leaves the number masked."""
        self._mask(True)

    def _open_number(self) -> None:
        self.session.edit(number_wanted=True)
        self._show_number_part()
        self._number.focus_field()

    def _show_number_part(self) -> None:
        asked = self.session.answers.number_asked
        self._number_part.setVisible(asked)
        self._not_needed.setVisible(self.session.answers.situation is not Situation.MANUAL)
        self._wanted.setVisible(not asked)

    def _type_number(self, text: str) -> None:
        field = self._number.input
        laid_out = register_number.format_typed(text)
        if field.isRedoAvailable():
            # What undo brings back stays as it was, as laying it out anew would undo the undoing; Qt selects it whole.
            field.deselect()
        elif laid_out != text:
            digits_before = sum(sign.isdigit() for sign in text[: field.cursorPosition()])
            # As if typed, which comes here again: `setText` would leave nothing to undo.
            field.selectAll()
            field.insert(laid_out)
            field.setCursorPosition(_after_digits(laid_out, digits_before))
            return
        self.session.edit(number_text=text)
        self._number.show_error("")
        if sum(sign.isdigit() for sign in text) >= _DIGITS:
            self._tell_problem()
        self._show_verdict()

    def _tell_problem(self) -> None:
        found = [finding for finding in self.session.problems(self.step) if finding.about == "register_number"]
        self._number.show_error(self.session.wording.finding(found[0]) if found else "")

    def _show_verdict(self) -> None:
        number = self.session.number() if self.session.answers.number_text.strip() else None
        key = "number_ok_bis" if number and number.kind is register_number.Kind.BIS else "number_ok"
        self._verdict.setText(self.texts(f"wizard.applicant.{key}") if number else "")

    def _toggle_mask(self) -> None:
        self._mask(self._number.input.echoMode() is QLineEdit.EchoMode.Normal)
        self._number.focus_field()

    def _mask(self, masked: bool) -> None:
        self._number.input.setEchoMode(QLineEdit.EchoMode.Password if masked else QLineEdit.EchoMode.Normal)
        word = "reveal" if masked else "hide"
        self._reveal.setText(self.texts(f"wizard.applicant.{word}"))
        self._reveal.setAccessibleName(self.texts(f"wizard.applicant.{word}_name"))


def _after_digits(text: str, count: int) -> int:
    for position, sign in enumerate(text):
        if count == 0:
            return position
        count -= sign.isdigit()
    return len(text)
