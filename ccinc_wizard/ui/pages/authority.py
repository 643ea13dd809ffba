"""Who is the organising authority (inrichtende macht): its type and its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.domain.municipalities import SUGGESTIONS, Match, MatchedBy
from ccinc_wizard.domain.terms import NoChoice
from ccinc_wizard.ui.pages.base import Page
from ccinc_wizard.ui.pages.choices import options
from ccinc_wizard.ui.widgets import ChoiceGroup, TextField, label

_OFFICIAL_NAME = Qt.ItemDataRole.UserRole
"""What a suggestion puts into the field, whatever it shows."""


class AuthorityPage(Page):
    """The type of the authority and its name, completed from the municipalities under any name they bear."""

    step = StepId.AUTHORITY

    def build(self) -> None:
        texts = self.texts
        types = [authority.id for authority in self.session.services.catalog.authorities]
        ids = [*types, str(NoChoice.NONE_OF_THESE), str(NoChoice.UNKNOWN)]
        self._group = ChoiceGroup("authority", options(self, "authority", ids), self.title.text())
        self._group.chosen.connect(self._choose)
        self._name = TextField("authority_name", texts("wizard.authority.name"), texts("wizard.authority.name_hint"))
        self._name.typed.connect(lambda text: self.session.edit(authority_name=text))
        self._suggestions = QStandardItemModel(self)
        self._completer = QCompleter(self._suggestions, self)
        self._completer.setCompletionRole(_OFFICIAL_NAME)
        self._completer.setMaxVisibleItems(SUGGESTIONS)
        # The list is already the answer to what was typed: the completer only shows it.
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := self._completer.popup()) is not None:
            popup.setAccessibleName(self._name.input.accessibleName())
        self._name.input.setCompleter(self._completer)
        # Only what is typed: the list stays as it is while one walks through it and Qt shows each name in the field.
        self._name.input.textEdited.connect(self._suggest)
        self.fields = {"authority": self._group, "authority_name": self._name}
        self.add(label(texts("wizard.authority.why"), "muted"), self._group, self._name)

    def show_answers(self) -> None:
        self._group.choose(self.session.answers.authority or "")
        self._name.show_text(self.session.answers.authority_name)
        self._show_name_field()

    def _choose(self, value: str) -> None:
        self.session.edit(authority=NoChoice(value) if value in list(NoChoice) else value)
        self._show_name_field()

    def _show_name_field(self) -> None:
        self._name.setEnabled(not isinstance(self.session.answers.authority, NoChoice))

    def _suggest(self, text: str) -> None:
        self._suggestions.clear()
        for match in self.session.services.municipalities.search(text):
            suggestion = QStandardItem(shown(match))
            suggestion.setData(match.municipality.name, _OFFICIAL_NAME)
            self._suggestions.appendRow(suggestion)


def shown(match: Match) -> str:
    """A suggestion with the name by which it was found: `Elsene (Ixelles)`."""
    name = match.municipality.name
    return name if match.by is MatchedBy.NAME or match.matched == name else f"{name} ({match.matched})"
