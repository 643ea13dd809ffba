"""The result: the exact link, the manual steps or the task, the label, what happens next, and the log."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from ccinc_wizard.content.wording import StepWords
from ccinc_wizard.domain.catalog import StepValue
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.request import AccessRequest
from ccinc_wizard.domain.rules import role_already_granted
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.copying import Copier, copies
from ccinc_wizard.ui.kit.desktop import show_form, show_mail
from ccinc_wizard.ui.kit.drawing import Drawing, QrCode, pictured
from ccinc_wizard.ui.kit.theme import SPACE, scaled
from ccinc_wizard.ui.kit.widgets import (
    button,
    card,
    clear,
    column,
    fill,
    fixed_by_policy,
    label,
    row,
    section,
    selectable,
    status_line,
)
from ccinc_wizard.ui.wizard.page import Page
from ccinc_wizard.ui.wizard.paper import PaperDialog
from ccinc_wizard.ui.wizard.save_panel import SavePanel


class ResultPage(Page):
    """Made anew from the answers each time it is opened: nothing of an earlier result can stay."""

    step = StepId.RESULT

    def build(self) -> None:
        self._copier = Copier(self.texts, self, self.say)
        self._content = column(gap=SPACE * 2)
        self.add(self._content)

    def show_answers(self) -> None:
        clear(self._content)
        outcome = self.session.outcome()
        if outcome is None:
            return
        request, wording = self.session.request(), self.session.wording
        self.set_title(wording.title(outcome, request))
        self.status = status_line("result_status")
        # Its place is kept: what it says after a while moves nothing from under the mouse.
        policy = self.status.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.status.setSizePolicy(policy)
        if outcome.kind is OutcomeKind.REFERRAL:
            self._put(*self._referral(outcome))
        elif request is not None:
            self._put(label(self._for_whom(request), "muted"))
            if held := wording.held_notice(request):
                self._put(card("advice", selectable(held), name=f"finding_{role_already_granted.__name__}"))
            self._put(*self._label_notice(outcome))
            self._put(*(self._link(outcome, request) if outcome.link else ()), self.status)
            self._put(self._record(outcome, request), *self._steps(outcome, request))
        if request is not None:
            self._put(*self._lines("result.next.title", wording.what_next(request), "what_next"))
        self._put(*self._lines("result.contact.title", wording.contacts(), "contacts"))
        self.order_tabs()

    def next_text(self) -> str:
        return self.texts("wizard.finish")

    def focus_first(self) -> None:
        self.title.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """A copied number does not outlive the page, but a window that is put away for the browser still has it."""
        if not event.spontaneous():
            self._copier.clear()

    def _put(self, *parts: QWidget | QLayout) -> None:
        fill(self._content, parts)

    def _for_whom(self, request: AccessRequest) -> str:
        role = self.session.wording.answer("role", self.session.answers)
        key = "result.for" if request.applicant_name else "result.for_nobody"
        return self.texts(key, name=request.applicant_name, role=role, authority=request.authority_name)

    def _referral(self, outcome: Outcome) -> list[QWidget]:
        words = selectable(self.texts(f"result.referral.{outcome.referral}"), name="referral_text", tab=True)
        return [card("notice", words, name="referral")]

    def _label_notice(self, outcome: Outcome) -> list[QWidget]:
        words = self.session.wording.label_notice(outcome)
        if not words:
            return []
        heading = label(self.texts("result.label.title"))
        scaled(heading, 1.0, bold=True)
        notice = card("advice", heading, selectable(words), name="label_notice")
        notice.setAccessibleName(words)
        return [notice]

    def _link(self, outcome: Outcome, request: AccessRequest) -> list[QWidget]:
        texts, link = self.texts, outcome.link or ""
        shown = selectable(link, name="form_link", tab=True)
        shown.setAccessibleDescription(texts("result.form_link"))
        name = "copy_link_button"
        copied = partial(self._copier.copy_text, link, texts("result.form_link"), name)
        opened, mailed = partial(self._open, link), partial(self._mail, outcome, request)
        words = texts("result.copy_link")
        copy = button(words, name=name, kind="primary", of=copies(texts, "primary"), action=copied)
        open_it = button(texts("result.open_link"), name="open_link_button", of=pictured("open"), action=opened)
        mail = button(texts("result.mail"), name="mail_button", of=pictured("mail"), action=mailed)
        # Three beside each other have no room in a longer language.
        parts: list[QWidget | QLayout] = [row(copy, open_it), row(mail)]
        services = self.session.services
        if not services.in_force.open_links:
            why = texts("app.policy" if services.is_fixed("open_links") else "settings.open_links.off")
            parts.insert(1, fixed_by_policy(open_it, why))
        return [card("card", section(texts("result.form_link")), shown, *parts, self._qr(link))]

    def _qr(self, link: str) -> QLayout:
        if self.session.services.mode is Mode.TRAINING:
            return row(label(self.texts("training.offline.qr"), "muted"))
        shown = QrCode(link, self.texts("paper.qr"))
        shown.setObjectName("qr_code")
        line = QHBoxLayout()
        line.addWidget(shown)
        line.addWidget(label(self.texts("result.qr"), "muted"), 1)
        return line

    def _record(self, outcome: Outcome, request: AccessRequest) -> QWidget:
        panel = SavePanel(self.session, request, outcome)
        words = self.texts("result.print")
        panel.add(
            button(words, name="print_button", of=pictured("print"), action=lambda: self._print(outcome, request))
        )
        return panel

    def _print(self, outcome: Outcome, request: AccessRequest) -> None:
        PaperDialog(self.session, request, outcome, self).open()

    def _steps(self, outcome: Outcome, request: AccessRequest) -> list[QWidget]:
        steps = self.session.wording.steps(outcome, request.case.role, request)
        manual = outcome.kind is not OutcomeKind.LINK
        title = section(self.texts("result.steps" if manual else "result.steps_form"))
        lines = [self._step(number, step, request) for number, step in enumerate(steps, start=1)]
        if not manual:
            # Once the link is sent there is nothing to do beside a browser until the applicant has used it.
            return [card("card", title, *lines, name="form_steps")]
        beside = button(self.texts("companion.button"), name="companion_button", action=self.session.ask_company)
        return [card("card", title, row(beside), *lines, name="manual_steps")]

    def _step(self, number: int, step: StepWords, request: AccessRequest) -> QLayout:
        words = selectable(f"{number}. {step.text}", name=f"step_{step.id}")
        line = QHBoxLayout()
        line.setSpacing(SPACE * 2)
        line.addWidget(Drawing(f"step-{step.id}"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        if step.value is not StepValue.LINK and self._copier.can_copy(step, request):
            name, text = f"copy_{step.value}", self.texts("result.copy")
            copy = self._copier.button(step, request, name=name, text=text)
            line.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _lines(self, title: str, lines: list[str], name: str) -> list[QWidget]:
        group = QWidget()
        shown = [selectable(line, name=f"{name}_{number}", tab=True) for number, line in enumerate(lines, start=1)]
        group.setLayout(column(section(self.texts(title)), *shown))
        group.setObjectName(name)
        return [group]

    def _open(self, link: str) -> None:
        if self.session.services.mode is Mode.TRAINING:
            show_form(self.texts, link, self)
        elif not desktop.open_in_browser(link):
            self.say(self.texts("result.not_opened"))

    def _mail(self, outcome: Outcome, request: AccessRequest) -> None:
        mail = self.session.wording.mail(outcome, request)
        if self.session.services.mode is Mode.TRAINING:
            show_mail(self.texts, *mail, self)
        elif not desktop.write_mail(*mail):
            self.say(self.texts("result.mail_not_opened"))
