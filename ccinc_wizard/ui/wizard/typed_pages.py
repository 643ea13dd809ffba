"""The pages on which one types: for whom the right is, and for which organising authority (inrichtende macht)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate, QWidget

from ccinc_wizard.domain.municipalities import SUGGESTIONS, Match, MatchedBy
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.terms import Mode, NoChoice, Situation
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.number_field import NumberField
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, column, label, row
from ccinc_wizard.ui.wizard.page import Page


class ApplicantPage(Page):
    """Name and register number. The number is masked until one asks to see it."""

    step = StepId.APPLICANT

    def build(self) -> None:
        texts = self.texts
        self._name = TextField("applicant_name", texts("wizard.applicant.name"), texts("wizard.applicant.name_hint"))
        self._name.typed.connect(partial(self.take_text, "applicant_name"))
        self._not_needed = label(texts("wizard.applicant.number_not_needed"), "muted")
        self._wanted = button(
            texts("wizard.applicant.number_wanted"), name="number_wanted", kind="link", action=self._open_number
        )
        training = self.session.services.mode is Mode.TRAINING
        hint = texts("wizard.applicant.number_hint_training" if training else "wizard.applicant.number_hint")
        self._number = NumberField(texts, "register_number", "reveal_button", hint)
        self._number.laid_out.connect(self._take_number)
        # A new request is begun on another page: what this one shows must not wait until it is opened again.
        self.session.edited.connect(lambda: self._number.show_text(self.held("register_number")))
        self._why = label(texts("wizard.applicant.number_why"), "muted")
        self._number_part = QWidget()
        self._number_part.setLayout(column(self._number, self._why))
        self.fields = {"applicant_name": self._name, "register_number": self._number}
        only_where_needed = column(self._not_needed, row(self._wanted), gap=SPACE // 2)
        self.add(self.paste_link(), self._name, only_where_needed, self._number_part)

    def show_answers(self) -> None:
        super().show_answers()
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
        self.session.answer("register_number", text)
        if self._number.complete:
            self._tell_problem()
        self._show_verdict()

    def _tell_problem(self) -> None:
        found = [finding for finding in self.session.problems(self.step) if finding.about == "register_number"]
        self._number.show_error(self.session.wording.finding(found[0]) if found else "")

    def _show_verdict(self) -> None:
        self._number.show_verdict(self.session.number() if self._number.complete else None)


_OFFICIAL_NAME = Qt.ItemDataRole.UserRole
"""What a suggestion puts into the field, whatever it shows."""


class AuthorityPage(Page):
    """The type of the authority and its name, completed from the municipalities under any name they bear."""

    step = StepId.AUTHORITY

    def build(self) -> None:
        texts = self.texts
        group = self.choices("authority")
        group.chosen.connect(self._show_name_field)
        self._name = TextField("authority_name", texts("wizard.authority.name"), texts("wizard.authority.name_hint"))
        self._name.typed.connect(partial(self.take_text, "authority_name"))
        self._suggestions = QStandardItemModel(self)
        self._completer = QCompleter(self._suggestions, self)
        self._completer.setCompletionRole(_OFFICIAL_NAME)
        self._completer.setMaxVisibleItems(SUGGESTIONS)
        # The list is already the answer to what was typed: the completer only shows it.
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := self._completer.popup()) is not None:
            popup.setAccessibleName(self._name.input.accessibleName())
            # The completer's own delegate listens to no style sheet.
            popup.setItemDelegate(QStyledItemDelegate(popup))
        self._name.input.setCompleter(self._completer)
        # Only what is typed: the list stays as it is while one walks through it and Qt shows each name in the field.
        self._name.input.textEdited.connect(self._suggest)
        self.fields = {"authority": group, "authority_name": self._name}
        self.add(label(texts("wizard.authority.why"), "muted"), group, self._name)

    def show_answers(self) -> None:
        super().show_answers()
        self._show_name_field()

    def _show_name_field(self) -> None:
        self._name.setEnabled(not isinstance(self.session.answers.authority, NoChoice))

    def _suggest(self, text: str) -> None:
        self._suggestions.clear()
        for match in self.session.services.municipalities.search(text):
            suggestion = QStandardItem(shown(match))
            suggestion.setData(match.municipality.name, _OFFICIAL_NAME)
            self._suggestions.appendRow(suggestion)
        self.ensureWidgetVisible(self._name)
        self._completer.setMaxVisibleItems(self._lines_below())

    def _lines_below(self) -> int:
        """How many suggestions have room under the field: with more, Qt would put them over its label."""
        field = self._name.input
        below = field.screen().availableGeometry().bottom() - field.mapToGlobal(field.rect().bottomLeft()).y()
        return max(1, min(SUGGESTIONS, below // (field.fontMetrics().height() + SPACE * 2) - 1))


def shown(match: Match) -> str:
    """A suggestion with the name by which it was found: `Elsene (Ixelles)`."""
    name = match.municipality.name
    return name if match.by is MatchedBy.NAME or match.matched == name else f"{name} ({match.matched})"
