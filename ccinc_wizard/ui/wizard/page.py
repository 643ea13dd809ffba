"""What every page is: a question as its title, a reason, fields with their errors beside them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from ccinc_wizard.domain import questions
from ccinc_wizard.domain.questions import Question, StepId
from ccinc_wizard.ui.kit.fields import ChoiceGroup, TextField
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE, scaled
from ccinc_wizard.ui.kit.widgets import announce, button, clear, column, label, row, section, wrapping_link
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from ccinc_wizard.domain.findings import Finding


class Field(Protocol):
    """What a page asks: it can show an error and take the focus."""

    def show_error(self, text: str) -> None:
        """Show what is wrong with it; nothing for an empty text."""

    def focus_field(self) -> None:
        """Take the focus."""


class ErrorSummary(QFrame):
    """All errors of a page in one place, each leading to its field. Takes the focus when it appears."""

    def __init__(self, title: str, described: str) -> None:
        super().__init__()
        self.setObjectName("error_summary")
        self.setProperty("panel", "error")
        self.setProperty("focusPolicy", "StrongFocus")
        self._title_text, self._described = title, described
        self._title = label(title)
        scaled(self._title, 1.1, bold=True)
        self._lines = column(gap=0)
        self.setLayout(column(self._title, self._lines, margins=SPACE + 4))
        self.hide()

    def show_lines(self, lines: Iterable[tuple[str, Field]]) -> None:
        """Show these errors, or hide when there are none."""
        clear(self._lines)
        texts = []
        for number, (text, field) in enumerate(lines, start=1):
            line = wrapping_link(text, name=f"error_line_{number}", action=field.focus_field)
            self._lines.addWidget(line)
            texts.append(text)
        spoken = f"{self._title_text}: " + "; ".join(texts)
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(self._described)
        self.setVisible(bool(texts))
        if texts:
            self.setFocus()
            announce(self, spoken)


_HOLDS = "_holds_number"
"""How the rules are called that keep register numbers out of texts."""


class Page(TitledView):
    """A page of the wizard; what it holds may be longer than the window."""

    step: StepId

    def __init__(self, session: Session) -> None:
        super().__init__(f"page_{self.step}", "", heading=f"title_{self.step}")
        self.session = session
        self.texts = session.services.texts
        self.fields: dict[str, ChoiceGroup | TextField] = {}
        self._further: dict[Question, QWidget] = {}
        self._held: set[str] = set()
        self.summary = ErrorSummary(
            self.texts("wizard.error_summary.title"), self.texts("wizard.error_summary.described")
        )
        self._body.insertWidget(0, self.summary)
        # What was added later would else be read later, wherever it stands.
        self.summary.lower()
        self.set_title(self.texts(f"wizard.{self.step}.title") if self.step is not StepId.RESULT else "")
        self.build()
        if self.step not in (StepId.CHECK, StepId.RESULT):
            self._ask_further()

    def build(self) -> None:
        """Make the page's fields; called once. Its questions that it makes no field of are asked below them."""
        raise NotImplementedError

    def show_answers(self) -> None:
        """Show the session's answers; called each time the page is opened."""
        for name, field in self.fields.items():
            (field.choose if isinstance(field, ChoiceGroup) else field.show_text)(self.held(name))
        self._show_asked()

    def next_text(self) -> str:
        """What the next button says on this page."""
        return self.texts("wizard.next")

    def set_title(self, text: str) -> None:
        """The page's question; also what a screen reader calls the page."""
        self.title.setText(text)
        self.setAccessibleName(text)

    def focus_first(self) -> None:
        """Put the focus where one starts on this page."""
        field = next(iter(self.fields.values()), None)
        if field is not None:
            field.focus_field()

    def order_tabs(self) -> None:
        """Let Tab go as one reads; for after something on the page was made anew."""
        tab_in_reading_order(self)

    def choices(self, field: str, spoken: str = "") -> ChoiceGroup:
        """The options of a question with their words; what is chosen goes to the session."""
        ids = questions.options_of(field, lambda: self.session.services.catalog)
        options = [(option, *self.texts.choice(field, option)) for option in ids]
        group = ChoiceGroup(field, options, spoken or self.title.text())
        group.chosen.connect(partial(self.session.answer, field))
        return group

    def _ask_further(self) -> None:
        for question in questions.QUESTIONS:
            if question.step is not self.step or question.field in self.fields:
                continue
            name, title = question.field, self.texts(f"wizard.field.{question.field}")
            asked: ChoiceGroup | TextField
            if question.options is None:
                asked = TextField(name, title, "")
                asked.typed.connect(partial(self.session.answer, name))
                part: QWidget = asked
            else:
                asked, part = self.choices(name, title), QWidget()
                part.setLayout(column(section(title), asked))
            self.fields[name] = asked
            self._further[question] = part
            self.add(part)
        if self._further:
            self.session.edited.connect(self._show_asked)

    def _show_asked(self) -> None:
        for question, part in self._further.items():
            part.setVisible(question.asked(self.session.answers))

    def held(self, field: str) -> str:
        """The present answer to a question: what was typed, or the id that was chosen."""
        return questions.held(field, self.session.answers)

    def show_problems(self, findings: list[Finding]) -> None:
        """Show errors beside their fields and all together on top."""
        wording = self.session.wording if findings else None
        told = {finding.about: wording.finding(finding) for finding in reversed(findings) if wording}
        for name, field in self.fields.items():
            field.show_error(told.get(name, ""))
        self.summary.show_lines([(told[name], self.fields[name]) for name in self.fields if name in told])
        if findings:
            self.order_tabs()
            self.ensureWidgetVisible(self.summary)

    def take_text(self, name: str, text: str) -> None:
        """Take what was typed, and say beside the field if it holds what must not be written: that cannot wait."""
        self.session.answer(name, text)
        # Only digits make a number: mere words wait for the next page to be judged.
        judged = self.session.problems(self.step) if any(map(str.isdigit, text)) else []
        found = [one for one in judged if one.about == name and one.rule.endswith(_HOLDS)]
        if found or name in self._held:
            self.fields[name].show_error(self.session.wording.finding(found[0]) if found else "")
        self._held = self._held - {name} | {one.about for one in found}

    def show_marks(self) -> None:
        """Mark the fields that were taken over from a mail until somebody has looked at them."""
        unchecked = self.session.unchecked
        mark = self.texts("reading.to_confirm") if unchecked else ""
        for name, field in self.fields.items():
            field.show_mark(mark if name in unchecked else "")

    def paste_link(self) -> QLayout:
        """The way to a mail that answers the questions."""
        words, wanted = self.texts("wizard.paste_mail"), self.session.mail_wanted.emit
        return row(button(words, name="paste_mail_button", kind="link", action=wanted))


class ChoicePage(Page):
    """A page whose one question is a choice."""

    def build(self) -> None:
        field = self.step.value
        self.fields = {field: self.choices(field)}
        self.add(label(self.texts(f"wizard.{field}.why"), "muted"), self.fields[field])


class SituationPage(ChoicePage):
    """How did the request reach you?"""

    step = StepId.SITUATION

    def build(self) -> None:
        super().build()
        self.add(self.paste_link())


class RolePage(ChoicePage):
    """Which role does the applicant need?"""

    step = StepId.ROLE
