"""The pages on which one types: for whom the right is, and for which organising authority (inrichtende macht)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate, QVBoxLayout

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.catalog import Catalog, has_mark
from ccinc_wizard.domain.enums import Mode, NoChoice, Situation
from ccinc_wizard.domain.municipalities import SUGGESTIONS
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.suggestions import Suggestion, suggest
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.number_field import NumberField
from ccinc_wizard.ui.kit.spoken import bring_in_sight
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, clear, column, fill, group, label, row, section
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
        self._number_part = group(column(self._number, self._why))
        self.fields = {"applicant_name": self._name, "register_number": self._number}
        only_where_needed = column(self._not_needed, row(self._wanted), gap=SPACE // 2)
        self.add(row(self.paste_button()), self._name, only_where_needed, self._number_part)

    def show_answers(self) -> None:
        super().show_answers()
        manual, training = self.session.answers.situation is Situation.MANUAL, self.session.mode is Mode.TRAINING
        needed = manual or training
        self._name.show_hint(self.texts("wizard.applicant.name_hint" + ("" if needed else "_optional")))
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
        self._number.show_verdict(self.session.judgement.number if self._number.complete else None)


_OFFICIAL_NAME, _KIND = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""What a suggestion puts into the field, whatever it shows, and the type that it answers with it."""


class AuthorityField(TextField):
    """An authority by name or postal code; each suggestion below it names its type."""

    picked = Signal(str)
    """A suggestion of this type was walked to or picked; empty where only its name is known."""

    def __init__(self, name: str, title: str, hint: str, services: Services) -> None:
        super().__init__(name, title, hint)
        self._services = services
        self.known: tuple[Suggestion, ...] = ()
        """What is offered before all others."""
        self._suggestions = QStandardItemModel(self)
        self._completer = QCompleter(self._suggestions, self)
        self._completer.setCompletionRole(_OFFICIAL_NAME)
        self._completer.setMaxVisibleItems(SUGGESTIONS)
        # The list is already the answer to what was typed: the completer only shows it.
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        if (popup := self._completer.popup()) is not None:
            popup.setAccessibleName(self.input.accessibleName())
            # The completer's own delegate listens to no style sheet.
            popup.setItemDelegate(QStyledItemDelegate(popup))
        self.input.setCompleter(self._completer)
        # Only what is typed: the list stays as it is while one walks through it and Qt shows each name in the field.
        self.input.textEdited.connect(self._suggest)
        for picked in (self._completer.highlighted, self._completer.activated):
            picked[QModelIndex].connect(lambda index: self.picked.emit(index.data(_KIND) or ""))  # type: ignore[index]

    def _suggest(self, text: str) -> None:
        self._suggestions.clear()
        catalog = self._services.catalog
        for offered in suggest(text, catalog, self._services.municipalities, self.known):
            suggestion = QStandardItem(shown(self._services.texts, catalog, offered))
            suggestion.setData(offered.name, _OFFICIAL_NAME)
            suggestion.setData(offered.kind, _KIND)
            self._suggestions.appendRow(suggestion)
        bring_in_sight(self)
        self._completer.setMaxVisibleItems(self._lines_below())

    def _lines_below(self) -> int:
        """How many suggestions have room under the field: with more, Qt would put them over its label."""
        field = self.input
        below = field.screen().availableGeometry().bottom() - field.mapToGlobal(field.rect().bottomLeft()).y()
        return max(1, min(SUGGESTIONS, below // (field.fontMetrics().height() + SPACE * 2) - 1))


class AuthorityPage(Page):
    """The authority by name or postal code, each suggestion with its type; or type and name apart, in either order."""

    step = StepId.AUTHORITY

    def build(self) -> None:
        texts = self.texts
        self._group = self.choices("authority", texts("wizard.field.authority"))
        self._group.chosen.connect(self._keep_chosen)
        # Digits that turn out to be a postal code take their choices back.
        self.session.edited.connect(self._show_name_field)
        title, hint = texts("wizard.authority.name"), texts("wizard.authority.name_hint")
        self._name = AuthorityField("authority_name", title, hint, self.session.services)
        self._name.input.textEdited.connect(self._forget_kind)
        self._name.picked.connect(self._take_kind)
        self._name.typed.connect(partial(self.take_text, "authority_name"))
        self.write_beside(self._name.input, self._group)
        self._before: str | None = None
        """The type before a suggestion answered it."""
        self._known_part = group(column(gap=0))
        self.fields = {"authority_name": self._name, "authority": self._group}
        why = label(texts("wizard.authority.why"), "muted")
        self.add(why, self._name, self._known_part, section(texts("wizard.field.authority")), self._group)

    def show_answers(self) -> None:
        super().show_answers()
        self._before = None
        self._show_name_field()
        services = self.session.services
        self._show_known(services.own_authorities())
        if services.mode is not Mode.TRAINING and services.has_log():
            self.session.worker.run(services.known_authorities, done=self._show_known, failed=lambda _: None)

    def press_enter(self) -> bool:
        """A digit alone is no name: it chooses the type, as on the pages without a field."""
        text = self._name.input.text().strip()
        if len(text) != 1 or not text.isdecimal() or not self._group.choose_by_user(int(text) - 1):
            return False
        self._name.input.clear()
        return True

    def _keep_chosen(self) -> None:
        self._before = None

    def _show_name_field(self) -> None:
        named = not isinstance(self.session.answers.authority, NoChoice)
        if not named and self._name.input.hasFocus():
            self._group.focus_field()  # a screen reader chooses without moving the focus, which would be nowhere then
        self._name.setEnabled(named)

    def _forget_kind(self) -> None:
        """Whoever types on has not picked the suggestion that answered the type."""
        if self._before is not None:
            self.session.edit(authority=self._before or None)
            self._group.choose(self._before)
            self._before = None

    def _take_kind(self, kind: str) -> None:
        if not kind:
            return
        if self._before is None:
            self._before = self.held("authority")
        self._group.choose(kind)
        self.session.answer("authority", kind)

    def _show_known(self, known: Sequence[Suggestion]) -> None:
        """Offer what the user runs or asked for lately: one click answers both questions."""
        if tuple(known) == self._name.known and self._known_part.isVisibleTo(self):
            return
        self._name.known = tuple(known)
        lines = self._known_part.layout()
        if isinstance(lines, QVBoxLayout):
            clear(lines)
            lines.addWidget(label(self.texts("wizard.authority.known"), "muted"))
            for number, one in enumerate(self._name.known[:_KNOWN], start=1):
                words = shown(self.texts, self.session.services.catalog, one)
                name, pick = f"authority_known_{number}", partial(self._pick, one)
                fill(lines, [row(button(words, name=name, kind="link", action=pick))])
        self._known_part.setVisible(bool(self._name.known))
        self.order_tabs()

    def _pick(self, one: Suggestion) -> None:
        self._name.input.setText(one.name)
        self._take_kind(one.kind)


_KNOWN = 4
"""More would push the question itself off a small screen."""


def shown(texts: Texts, catalog: Catalog, one: Suggestion) -> str:
    """A suggestion with its type and the name by which it was found: `Elsene (Ixelles): Brusselse gemeente`."""
    name = one.place or one.name
    name = f"{name} ({one.found_by})" if one.found_by else name
    if not one.kind:
        return name
    kind, known = texts(f"choices.authority.{one.kind}.suggested"), catalog.authority(one.kind)
    if one.place:
        return texts("wizard.authority.suggested_company", type=kind, name=name)
    return name if known.before_place and has_mark(one.name, known.name_marks) else texts.pair(name, kind)
