"""Check your answers: each with its change link, what the rules found, and what is worth checking beforehand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from ccinc_wizard.app.interview import LogLookup
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.findings import Finding, Severity
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.fields import Beside
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import (
    breakable,
    button,
    card,
    clear,
    column,
    group,
    label,
    plain,
    reading_width,
    section,
    selectable,
    wrapping_link,
)
from ccinc_wizard.ui.wizard.page import Field, Page

_BESIDE = 68
"""The least width at which an answer stands beside its title, in average characters."""


class FindingCard(QFrame):
    """One finding: how grave, what and what to do, and its one-click correction."""

    def __init__(self, page: CheckPage, finding: Finding) -> None:
        super().__init__()
        self.setObjectName(f"finding_{finding.rule}")
        self.setProperty("panel", finding.severity.value)
        wording = page.session.wording
        words = wording.finding(finding)
        grave = label(page.texts(f"wizard.check.severity.{finding.severity}"), bold=True)
        self.setAccessibleName(page.texts.pair(grave.text(), words))
        self._words = selectable(words)
        parts = column(grave, self._words, gap=SPACE // 2, margins=SPACE + 4)
        self._correct = None
        if (corrected := finding.corrected) is not None:
            self._correct = wrapping_link(
                wording.correction(finding),
                name=f"correct_{finding.rule}",
                kind="",
                action=lambda: page.correct(corrected),
            )
            parts.addLayout(_to_the_left(self._correct))
        self.setLayout(parts)

    def show_error(self, text: str) -> None:
        """The card itself is the error's place."""

    def focus_field(self) -> None:
        """The focus goes to the correction when there is one."""
        target = self._correct or self
        target.setFocus()

    def take_key(self, _: QKeyEvent) -> bool:
        """One does not type here."""
        return False


def _to_the_left(made: QWidget) -> QHBoxLayout:
    """One part that is as wide as it may be, or as there is room, and keeps to the left."""
    layout = QHBoxLayout()
    layout.addWidget(made, 1)
    layout.addStretch(0)
    return layout


class CheckPage(Page):
    """All answers, findings and pre-checks before the result."""

    step = StepId.CHECK

    def build(self) -> None:
        texts = self.texts
        self._grid = QGridLayout()
        self._answers = card("card", self._grid, name="answers_summary")
        self._answers.setAccessibleName(texts("wizard.check.answers"))
        self._grid.setVerticalSpacing(SPACE)
        self._grid.setHorizontalSpacing(SPACE * 2)
        self._findings, self._administrator, self._prechecks = column(), column(), column()
        self._answered: list[tuple[str, str]] = []
        self._parts: list[tuple[QWidget, QWidget, QWidget]] = []
        self._stacked = False
        self._marks: dict[str, Beside] = {}
        self._confirm = label("", name="quick_confirm")
        self._found: list[Finding] | None = None
        self._asked_for: tuple[Situation | None, str] | None = None
        self._log_notice = label("", "muted", name="log_lookup_notice")
        self.add(self._confirm, self._answers, self._log_notice)
        # A widget for each part: what is made anew in one would else be read out after all the others.
        self._holders = {part: group(part) for part in (self._findings, self._administrator, self._prechecks)}
        self.add(*self._holders.values())
        self.session.edited.connect(self._refresh)
        self.session.looked_up.connect(self._refresh_after_lookup)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Each answer beside its title, or below it on a narrow page."""
        super().resizeEvent(event)
        stacked = self.width() < reading_width(self, _BESIDE)
        if stacked is not self._stacked:
            self._stacked = stacked
            self._place_parts()

    def show_answers(self) -> None:
        self._asked_for = None
        self._refresh_parts()

    def correct(self, answers: Answers) -> None:
        """Take a one-click correction over; the card that offered it is gone, so the focus starts again on top."""
        self.session.correct(answers)
        self.focus_first()

    def _refresh_parts(self) -> None:
        answers = self.session.answers
        if self._asked_for != (answers.situation, answers.authority_name):
            # Made anew only for another question: whoever is ticking keeps the focus.
            self._asked_for = (answers.situation, answers.authority_name)
            self._show_administrator()
            self._show_prechecks()
        self._show_summary()
        self._show_findings()
        lookup = self.session.lookup
        keys = {LogLookup.PENDING: "wizard.checking", LogLookup.UNAVAILABLE: "wizard.check.log_unavailable"}
        self._log_notice.setText(self.texts(keys[lookup]) if lookup in keys else "")
        self._log_notice.setVisible(lookup in keys)
        self.order_tabs()

    def next_text(self) -> str:
        situation = self.session.answers.situation or Situation.FORM
        return self.texts(f"wizard.check.next.{situation}")

    def show_marks(self) -> None:
        for field, shown in self._marks.items():
            shown.show_words(self.mark_of(field))
        marked = any(map(self.mark_of, self._marks))
        self._confirm.setVisible(marked)
        self._confirm.setText(self.texts("wizard.quick.confirm", next=plain(self.next_text())) if marked else "")
        self._show_told()

    def focus_first(self) -> None:
        self.title.setFocus()

    def show_problems(self, findings: list[Finding]) -> None:
        wording = self.session.wording
        lines: list[tuple[str, Field]] = []
        for finding in findings:
            card_of = self.findChild(FindingCard, f"finding_{finding.rule}")
            if card_of is not None:
                lines.append((wording.finding(finding), card_of))
        self.summary.show_lines(lines)
        self.order_tabs()

    def _refresh(self) -> None:
        if self.session.step is self.step:
            self.summary.show_lines([])
            self._refresh_parts()

    def _refresh_after_lookup(self) -> None:
        if self.session.step is self.step:
            self._refresh_parts()
            if self.summary.isVisible():
                # Its lines led to cards that are gone.
                self.show_problems(self.session.problems(self.step))

    def _show_summary(self) -> None:
        texts, session = self.texts, self.session
        fields = questions.asked_fields(session.answers)
        answered = [(field, session.wording.answer(field, session.answers)) for field in fields]
        if answered == self._answered:
            return  # Whoever stands on a change button keeps the focus.
        self._answered = answered
        clear(self._grid)
        self._parts = []
        self._marks = {field: Beside(f"{field}_found", "found") for field in fields}
        for field, answer in answered:
            title = texts(f"wizard.field.{field}")
            heading = label(breakable(title), bold=True)
            value = selectable(answer, name=f"answer_{field}")
            shown = group(column(value, self._marks[field], gap=0))
            change = button(
                texts("wizard.check.change"),
                name=f"change_{field}",
                kind="link",
                spoken=texts("wizard.check.change_named", field=title),
                action=partial(session.change, field),
            )
            self._parts.append((heading, shown, change))
        self._place_parts()
        self.show_marks()

    def _place_parts(self) -> None:
        for line, (heading, shown, change) in enumerate(self._parts):
            for part in (heading, shown, change):
                self._grid.removeWidget(part)
            below = (2 * line + 1, 0, 1, 2) if self._stacked else (2 * line, 1, 1, 1)
            # Where one has several lines, all begin beside its first.
            top, drop = Qt.AlignmentFlag.AlignTop, (change.sizeHint().height() - heading.fontMetrics().height()) // 2
            heading.setContentsMargins(0, drop, 0, 0)
            shown.setContentsMargins(0, 0 if self._stacked else drop, 0, 0)
            self._grid.addWidget(heading, 2 * line, 0, top)
            self._grid.addWidget(shown, *below, top)
            self._grid.addWidget(change, 2 * line, 1 if self._stacked else 2, top)
        # Half for the titles, most of which then have one line.
        for place in range(2):
            self._grid.setColumnStretch(place, int(place == 0 or not self._stacked))

    def _show_findings(self) -> None:
        found = self.session.judgement.findings
        if found == self._found:
            return
        self._found = found
        clear(self._findings)
        self._findings.addWidget(section(self.texts("wizard.check.findings")))
        for severity in Severity:
            for finding in found:
                if finding.severity is severity:
                    self._findings.addWidget(FindingCard(self, finding))
        if not found:
            self._findings.addWidget(label(self.texts("wizard.check.none"), "muted"))

    def _show_administrator(self) -> None:
        clear(self._administrator)
        answers, texts = self.session.answers, self.texts
        asked = self.session.asks_administrator
        self._holders[self._administrator].setVisible(asked)
        if not asked:
            return
        question = texts("wizard.check.administrator", name=answers.authority_name.strip())
        choices = self.choices("administrator", question)
        choices.choose(self.held("administrator"))
        self._administrator.addWidget(section(breakable(question), name="administrator_question"))
        self._administrator.addWidget(label(texts("wizard.check.administrator_why"), "muted"))
        self._administrator.addWidget(choices)

    def _show_prechecks(self) -> None:
        clear(self._prechecks)
        answers, texts = self.session.answers, self.texts
        if answers.situation is None:
            return
        self._prechecks.addWidget(section(texts("wizard.check.prechecks")))
        self._prechecks.addWidget(label(texts("wizard.check.prechecks_why"), "muted"))
        for check in self.session.services.catalog.procedures[answers.situation].prechecks:
            self._prechecks.addWidget(label(f"– {texts(f'wizard.precheck.{check}')}", name=f"precheck_{check}"))
