"""What every page is: a question as its title, a reason, fields with their errors beside them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6 import QtGui
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from ccinc_wizard.content.files import checked_on
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.enums import NoChoice
from ccinc_wizard.domain.questions import Question, StepId
from ccinc_wizard.ui.kit.fields import Beside, ChoiceGroup, TextField, digit_of, press_digit
from ccinc_wizard.ui.kit.masked_line import MaskedField
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE, scaled
from ccinc_wizard.ui.kit.widgets import announce, button, card, clear, column, group, label, section, wrapping_link
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from ccinc_wizard.domain.findings import Finding
    from ccinc_wizard.domain.mail.parts import Notice


class Field(Protocol):
    """What a page asks: it can show an error and take the focus."""

    def show_error(self, text: str) -> None:
        """Show what is wrong with it; nothing for an empty text."""

    def focus_field(self) -> None:
        """Take the focus."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Take the focus and what was typed elsewhere. False where one does not type."""


class ErrorSummary(QFrame):
    """All errors of a page in one place, each leading to its field. Takes the focus when it appears.

    What is typed there goes into the first field that is wrong.
    """

    def __init__(self, title: str, described: str) -> None:
        super().__init__()
        self.setObjectName("error_summary")
        self.setProperty("panel", "error")
        self.setProperty("focusPolicy", "StrongFocus")
        self._title_text, self._described = title, described
        self._title = label(title)
        scaled(self._title, 1.1, bold=True)
        self._lines = column(gap=0)
        self._told: list[tuple[str, Field]] = []
        self.setLayout(column(self._title, self._lines, margins=SPACE + 4))
        self.hide()

    def show_lines(self, lines: Iterable[tuple[str, Field]]) -> None:
        """Show these errors, or hide when there are none."""
        self.keep_lines(lines)
        if self._told:
            self.setFocus()
            announce(self, self.accessibleName())

    def keep_lines(self, lines: Iterable[tuple[str, Field]]) -> None:
        """Show what is left of the errors; the focus stays where one mends them."""
        self._told = list(lines)
        clear(self._lines)
        for number, (text, field) in enumerate(self._told, start=1):
            self._lines.addWidget(wrapping_link(text, name=f"error_line_{number}", action=field.focus_field))
        spoken = "; ".join(text for text, _ in self._told)
        self.setAccessibleName(f"{self._title_text}: {spoken}")
        self.setAccessibleDescription(self._described)
        self.setVisible(bool(self._told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are typed where they are wanted; nothing that is typed is lost."""
        taken = self._told and event.text().strip() and event.text().isprintable()
        if not taken or not self._told[0][1].take_key(event):
            super().keyPressEvent(event)


_SHIFT = 0x02000000
"""The key, by its number: naming it would load hundreds of Qt's words before the first page."""
_HOLDS = "_holds_number"
"""How the rules are called that keep register numbers out of texts."""


class Page(TitledView):
    """A page of the wizard; what it holds may be longer than the window."""

    step: StepId
    writes: QLineEdit | None = None
    """The field into which words go that are typed anywhere on the page."""

    def __init__(self, session: Session) -> None:
        super().__init__(f"page_{self.step}", "", heading=f"title_{self.step}")
        self.session = session
        self.texts = session.services.texts
        self.fields: dict[str, ChoiceGroup | TextField] = {}
        self._further: dict[Question, QWidget] = {}
        self._wrong: dict[str, str] = {}
        """What is told to be wrong, by field."""
        self._held: set[str] = set()
        self._told: tuple[Notice, ...] = ()
        self._remarks: list[QFrame] = []
        self.summary = ErrorSummary(
            self.texts("wizard.error_summary.title"), self.texts("wizard.error_summary.described")
        )
        self._body.insertWidget(0, self.summary)
        # What was added later would else be read later, wherever it stands.
        self.summary.lower()
        self.set_title(self.texts(f"wizard.{self.step}.title") if self.step is not StepId.RESULT else "")
        self.build()
        session.edited.connect(self._mend)
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
        """Put the focus where one starts on this page: past what was taken over already, on what is still open."""
        names = list(self.fields)
        if names and self.held(names[0]):
            still = {finding.about for finding in self.session.problems(self.step)}
            names = [name for name in names if name in still] or names
        if names:
            self.fields[names[0]].focus_field()

    def press_digit(self, event: QKeyEvent) -> bool:
        """Choose by a digit: in the question one stands in, else in the first one. False where it means nothing."""
        return self._digits() and press_digit(self, event)

    def _digits(self) -> bool:
        return self.session.services.settings.letters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whoever types or pastes a word beside the page's field for words means that field."""
        typed, line = event.text(), self.writes
        digit = self._digits() and digit_of(event) is not None
        letter = typed.isalpha() and not digit and event.modifiers().value in (0, _SHIFT)
        if line is not None and line.isEnabled() and (letter or event.matches(QtGui.QKeySequence.StandardKey.Paste)):
            line.setFocus()
            line.event(event)
        else:
            super().keyPressEvent(event)

    def write_beside(self, line: QLineEdit, group: ChoiceGroup) -> None:
        """Let a line have the words that are typed beside it, and the postal codes typed among choices."""
        self.writes = line
        group.is_number = lambda digits: bool(self.session.services.municipalities.with_code(digits))
        group.take_number = partial(self._write_number, line, group)

    def _write_number(self, line: QLineEdit, group: ChoiceGroup, number: str, before: str) -> None:
        """Write what was no choice, and choose again what was chosen before."""
        field, answers = next(name for name, made in self.fields.items() if made is group), self.session.answers
        kept = questions.answered(field, before, answers) if before else questions.without(answers, [field])
        if before in set(NoChoice):
            # There the line is shut, as nothing is to be written.
            return
        group.choose(before)
        self.session.use(kept)
        line.setFocus()
        line.insert(number)

    def order_tabs(self) -> None:
        """Let Tab go as one reads; for after something on the page was made anew."""
        tab_in_reading_order(self)

    def choices(self, field: str, spoken: str = "") -> ChoiceGroup:
        """The options of a question with their words; what is chosen goes to the session."""
        ids = questions.options_of(field, lambda: self.session.services.catalog)
        options = [(option, *self.texts.choice(field, option)) for option in ids]
        group = ChoiceGroup(field, options, spoken or self.title.text())
        group.by_digit = self._digits
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
                asked = self.choices(name, title)
                part = group(column(section(title), asked))
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
        self._wrong = {name: told[name] for name in self.fields if name in told}
        for name, field in self.fields.items():
            field.show_error(told.get(name, ""))
        self.summary.show_lines([(text, self.fields[name]) for name, text in self._wrong.items()])
        if findings:
            self.order_tabs()
            self.ensureWidgetVisible(self.summary)

    def _mend(self) -> None:
        """What has been corrected since is no error any more, beside its field and on top."""
        if not self._wrong or self.session.step is not self.step:
            return
        still = {finding.about for finding in self.session.problems(self.step)}
        if still.issuperset(self._wrong):
            return
        for name in self._wrong.keys() - still:
            self.fields[name].show_error("")
        self._wrong = {name: text for name, text in self._wrong.items() if name in still}
        self.summary.keep_lines([(text, self.fields[name]) for name, text in self._wrong.items()])
        self.order_tabs()

    def take_text(self, name: str, text: str) -> None:
        """Take what was typed, and say beside the field if it holds what must not be written: that cannot wait."""
        self.session.answer(name, text)
        # Only digits make a number: mere words wait for the next page to be judged.
        judged = self.session.problems(self.step) if any(map(str.isdigit, text)) else []
        found = [one for one in judged if one.about == name and one.rule.endswith(_HOLDS)]
        if found or name in self._held:
            told = self.session.wording.finding(found[0]) if found else ""
            self.fields[name].show_error(told)
            if told and name not in self._held:
                announce(self, told)
        self._held = self._held - {name} | {one.about for one in found}

    def show_marks(self) -> None:
        """Mark the fields that were taken over from a mail or a line until somebody has looked at them."""
        for name, field in self.fields.items():
            field.show_mark(self.mark_of(name))
        self._show_told()

    def mark_of(self, field: str) -> str:
        """What to say beside a field that nobody has looked at yet; nothing of the others."""
        if field not in self.session.unchecked:
            return ""
        return self.texts("reading.to_confirm_line" if self.session.ahead else "reading.to_confirm")

    def press_enter(self) -> bool:
        """Do what Enter or the next button does on this page alone; False where they go on."""
        return False

    def _show_told(self) -> None:
        """Say once, on top, what one should know of the line that answered."""
        told = self.session.told if self.session.ahead else ()
        if told == self._told:
            return
        self._told = told
        for shown in self._remarks:
            shown.hide()
            shown.deleteLater()
        words = zip(told, self.session.remarks() if told else (), strict=True)
        self._remarks = [card("advice", label(text), name=f"mail_notice_{notice.kind}") for notice, text in words]
        for place, shown in enumerate(self._remarks, start=2):
            self._body.insertWidget(place, shown)
        self.order_tabs()

    def paste_button(self) -> QWidget:
        """The way to a mail that answers the questions."""
        words, wanted = self.texts("wizard.paste_mail"), self.session.mail_wanted.emit
        return button(words, name="paste_mail_button", kind="link", action=wanted)


class ChoicePage(Page):
    """A page whose one question is a choice."""

    def build(self) -> None:
        field = self.step.value
        self.group = self.choices(field)
        self.fields = {field: self.group}
        self.add(label(self.texts(f"wizard.{field}.why"), "muted"), self.group)


class SituationPage(ChoicePage):
    """How did the request reach you?"""

    step = StepId.SITUATION

    def build(self) -> None:
        texts = self.texts
        title, hint = texts("wizard.quick.title"), texts("wizard.quick.hint")
        self._quick = MaskedField("quick_line", title, hint, self.session.services.numbers_in)
        self._quick.typed.connect(self._take_line)
        self._nothing_in = ""
        self._taken = Beside("quick_taken", "found")
        source = label(texts("wizard.situation.source", checked=checked_on()), "muted", name="program_source")
        self._quick.stand_beside(self.paste_button())
        self.add(self._quick, self._taken)
        super().build()
        self.write_beside(self._quick.line, self.group)
        # Who chooses below has done what the line asks for.
        self.group.chosen.connect(lambda: self._quick.show_error(""))
        self.add(source)

    def show_answers(self) -> None:
        super().show_answers()
        self._quick.show_text(self.session.line)

    def show_marks(self) -> None:
        """Beside the marks of the page: what a line answered on later pages, since the line itself is empty by then."""
        super().show_marks()
        session = self.session
        later = [field for field in questions.asked_fields(session.answers) if field in session.unchecked]
        words = ", ".join(session.wording.answer(field, session.answers) for field in later)
        said = self.texts("wizard.quick.taken", answers=words) if words and not session.answers.situation else ""
        if said and said != self._taken.text():
            announce(self, said)
        self._taken.show_words(said)

    def press_enter(self) -> bool:
        """Read the line where something new stands in it."""
        line = self.session.line.strip()
        if not line or line == self._nothing_in:
            return False
        if not self.session.take_line():
            self._nothing_in = line
            self._quick.refuse(self.session.why_not_taken())
        return True

    def _take_line(self, _: str) -> None:
        self.session.line = self._quick.line.clear_text()


class RolePage(ChoicePage):
    """Which role does the applicant need?"""

    step = StepId.ROLE
