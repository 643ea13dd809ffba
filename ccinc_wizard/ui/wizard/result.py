"""The result: the exact link, the manual steps or the task, the label, what happens next, and the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QWidget

from ccinc_wizard.content.wording import StepWords
from ccinc_wizard.domain.catalog import StepValue
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.findings import AccessRequest
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.rules import role_already_granted
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.desktop import Copier, copies, show_form, show_mail
from ccinc_wizard.ui.kit.drawing import Drawing, QrCode, pictured
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.kit.widgets import (
    Squeezed,
    button,
    card,
    clear,
    column,
    fill,
    fixed_by_policy,
    group,
    label,
    reading_width,
    row,
    section,
    selectable,
    status_line,
)
from ccinc_wizard.ui.wizard.page import Page
from ccinc_wizard.ui.wizard.paper import PaperDialog
from ccinc_wizard.ui.wizard.save_panel import SavePanel

_ANSWER = ("form_link", "step_")
"""How the names of the words begin that one is to pass on or to carry out."""
"""For this a label's selection has a sign of its own."""
_STEP_WORDS = 38
"""In average characters: the least width of a step's words that have something beside them."""


class ResultPage(Page):
    """Made anew from the answers each time it is opened: nothing of an earlier result can stay."""

    step = StepId.RESULT
    beside_from = 120

    def build(self) -> None:
        self._copier = Copier(self.texts, self, self.say, self.session.note_use)
        self._whom = label("", "muted")
        self._answer_part, self._steps_part, self._rest = (column(gap=SPACE * 2) for _ in range(3))
        beside = group(self._steps_part)
        beside.setMaximumWidth(reading_width(self, READING_WIDTH))
        self.add(self._whom, group(self._answer_part))
        self.stand_beside(beside)
        self.add(group(self._rest))
        QGuiApplication.clipboard().dataChanged.connect(self._note_copy)

    def show_answers(self) -> None:
        outcome = self.session.judgement.outcome
        if outcome is None:
            return
        request, wording = self.session.judgement.request, self.session.wording
        self.set_title(wording.title(outcome, request))
        self.status = status_line("result_status")
        # Its place is kept: what it says after a while moves nothing from under the mouse.
        policy = self.status.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.status.setSizePolicy(policy)
        self._whom.setText("" if request is None else self._for_whom(request))
        self._whom.setVisible(request is not None)
        for part in (self._answer_part, self._steps_part, self._rest):
            clear(part)
        if outcome.kind is OutcomeKind.REFERRAL:
            fill(self._answer_part, self._referral(outcome))
        elif request is not None:
            fill(self._answer_part, self._answer(outcome, request))
            fill(self._steps_part, self._steps(outcome, request))
        if request is not None:
            self._rest.addWidget(self._lines("result.next.title", wording.what_next(), "what_next"))
        self._rest.addWidget(self._contacts())
        self.order_tabs()

    def next_text(self) -> str:
        return self.texts("wizard.finish")

    def focus_first(self) -> None:
        self.title.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """A copied number does not outlive the page, but a window that is put away for the browser still has it."""
        if not event.spontaneous():
            self._copier.clear()

    def _answer(self, outcome: Outcome, request: AccessRequest) -> list[QWidget | QLayout]:
        """What one copies, opens, sends, saves and prints, after what speaks against it."""
        held = self.session.wording.held_notice(request)
        told = [card("advice", selectable(held), name=f"finding_{role_already_granted.__name__}")] if held else []
        ways = self._link(outcome, request) if outcome.link else self._portal()
        return [*told, *self._label_notice(outcome), *ways, self._record(outcome, request)]

    def _for_whom(self, request: AccessRequest) -> str:
        role = self.session.wording.answer("role", self.session.answers)
        key = "result.for" if request.applicant_name else "result.for_nobody"
        return self.texts(key, name=request.applicant_name, role=role, authority=request.authority_name)

    def _referral(self, outcome: Outcome) -> list[QWidget]:
        words = selectable(self.texts(f"result.referral.{outcome.referral}"), name="referral_text", tab=True)
        team = partial(self._ask, outcome, team=True)
        applicant_knows = self.texts.has(f"result.referral_mail.{outcome.referral}")
        text, ask = self.texts("result.referral_mail.ask_applicant"), partial(self._ask, outcome, team=False)
        main = pictured("mail", "primary")
        first = button(text, name="ask_applicant_button", kind="primary", of=main, action=ask)
        first.setHidden(not applicant_knows)
        text, kind = self.texts("result.referral_mail.ask_team"), "" if applicant_knows else "primary"
        second = button(text, name="mail_button", kind=kind, of=pictured("mail", kind), action=team)
        return [card("notice", words, row(first, second, self.status), name="referral")]

    def _label_notice(self, outcome: Outcome) -> list[QWidget]:
        words = self.session.wording.label_notice(outcome)
        if not words:
            return []
        heading = label(self.texts("result.label.title"), bold=True)
        notice = card("advice", heading, selectable(words), name="label_notice")
        notice.setAccessibleName(words)
        return [notice]

    def _link(self, outcome: Outcome, request: AccessRequest) -> list[QWidget | QLayout]:
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
        acts = row(copy, open_it, mail)
        held = self._held_by_policy(open_it)
        return [card("card", section(texts("result.form_link")), shown, acts, *held, self._qr(link))]

    def _qr(self, link: str) -> QLayout:
        if self.session.services.mode is Mode.TRAINING:
            return row(label(self.texts("training.offline.qr"), "muted"))
        shown, told = QrCode(link, self.texts("paper.qr")), label(self.texts("result.qr"), "muted")
        shown.setObjectName("qr_code")
        line = QHBoxLayout()
        line.addWidget(shown)
        line.addWidget(told, 1)

        def show() -> None:
            for part in (shown, told):
                part.setVisible(shown.isHidden() if part is shown else not shown.isHidden())

        for part in (shown, told):
            part.hide()
        return column(row(button(self.texts("result.show_qr"), name="show_qr_button", kind="link", action=show)), line)

    def _record(self, outcome: Outcome, request: AccessRequest) -> QWidget:
        panel = SavePanel(self.session, request, outcome)
        words = self.texts("result.print")
        panel.add(
            button(words, name="print_button", of=pictured("print"), action=lambda: self._print(outcome, request))
        )
        another = partial(self.session.leave, partial(self.session.begin_another, self.session.answers))
        again = button(self.texts("result.another"), name="another_button", kind="link", action=another)
        panel.add_below(again, self.status)
        return panel

    def _print(self, outcome: Outcome, request: AccessRequest) -> None:
        dialog = PaperDialog(self.session, request, outcome, self)
        dialog.done_with.connect(self.session.note_use)
        dialog.open()

    def _steps(self, outcome: Outcome, request: AccessRequest) -> list[QWidget]:
        steps = self.session.wording.steps(outcome, request.case.role, request)
        manual = outcome.kind is not OutcomeKind.LINK
        title = section(self.texts("result.steps" if manual else "result.steps_form"))
        lines = [self._step(number, step, request) for number, step in enumerate(steps, start=1)]
        return [card("card", title, *lines, name="manual_steps" if manual else "form_steps")]

    def _portal(self) -> list[QWidget | QLayout]:
        """The way to where the work is done, and the steps to have beside it."""
        beside = button(self.texts("companion.button"), name="companion_button", action=self.session.ask_for_companion)
        address, texts = self.session.services.catalog.places.portal, self.texts
        go, words = partial(self._open, address, "result.portal_not_opened"), texts("result.open_portal")
        made = button(words, name="open_portal_button", kind="primary", of=pictured("open", "primary"), action=go)
        return [row(made, beside), *self._held_by_policy(made)]

    def _held_by_policy(self, made: QWidget) -> list[QWidget]:
        """Greys a button that opens something out where nothing may be opened, and says why."""
        services = self.session.services
        if services.in_force.open_links:
            return []
        why = self.texts("app.policy" if services.is_fixed("open_links") else "settings.open_links.off")
        return [fixed_by_policy(made, why)]

    def _contacts(self) -> QWidget:
        """Whom to call, a line each; below it what the line names, to be called, written to or opened by a click."""
        texts, catalog = self.texts, self.session.services.catalog
        contacts, trouble = catalog.contacts, "result.referral_mail.not_opened"

        def call(name: str, number: str) -> QWidget:
            act = partial(self._reach, desktop.call, number)
            return button(texts("result.contact.call", number=number), name=name, kind="link", action=act)

        write = partial(self._send, "", "", contacts.team_mail, trouble=trouble)
        words = texts("result.contact.write", address=contacts.team_mail)
        manual = partial(self._open, catalog.places.manual)
        links: tuple[list[QWidget], ...] = (
            [call("call_line", contacts.information_line)],
            [call("call_team", contacts.team_phone), button(words, name="write_team", kind="link", action=write)],
            [button(texts("result.contact.open_manual"), name="open_manual", kind="link", action=manual)],
        )
        below = [row(*made) for made in links] if self.session.services.in_force.open_links else []
        return self._lines("result.contact.title", self.session.wording.contacts(), "contacts", below)

    def _step(self, number: int, step: StepWords, request: AccessRequest) -> QLayout:
        words = selectable(f"{number}. {step.text}", name=f"step_{step.id}")
        line = QHBoxLayout()
        line.setSpacing(SPACE * 2)
        line.addWidget(Drawing(f"step-{step.id}"), 0, Qt.AlignmentFlag.AlignTop)
        name, copy = f"copy_{step.value}", None
        if step.value is not StepValue.LINK and self._copier.can_copy(step, request):
            copy = self._copier.button(step, request, name=name, text=self.texts("result.copy"))
        # The button of the number tells how long it stays copied: beside one so wide, words are a narrow column.
        if copy is not None and step.value is StepValue.NUMBER:
            line.addLayout(column(words, row(copy)), 1)
            return line
        # A button beside words that take twenty lines for it helps nobody.
        beside = Squeezed(reading_width(words, _STEP_WORDS))
        beside.setSpacing(SPACE * 2)
        beside.addWidget(words, 1)
        line.addLayout(beside, 1)
        if copy is not None:
            beside.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _lines(self, title: str, lines: list[str], name: str, below: Iterable[QLayout] = ()) -> QWidget:
        """Lines under a title, each with what stands below it."""
        shown = list[QWidget | QLayout]()
        for number, (line, ways) in enumerate(zip_longest(lines, below), start=1):
            shown += [selectable(line, name=f"{name}_{number}", tab=True), *([ways] if ways else [])]
        return group(column(section(self.texts(title)), *shown), name=name)

    def _note_copy(self) -> None:
        """Words of the answer that are selected and copied by hand, by key or menu, are used as well."""
        words = self.focusWidget()
        if not isinstance(words, QLabel) or not words.objectName().startswith(_ANSWER):
            return
        if words.hasSelectedText() and words.selectedText() == QGuiApplication.clipboard().text():
            self.session.note_use()

    def _open(self, link: str, trouble: str = "result.not_opened") -> None:
        self.session.note_use()
        self._reach(desktop.open_in_browser, link, trouble)

    def _mail(self, outcome: Outcome, request: AccessRequest) -> None:
        self.session.note_use()
        self._send(*self.session.wording.mail(outcome, request), trouble="result.mail_not_opened")

    def _ask(self, outcome: Outcome, *, team: bool) -> None:
        to = self.session.services.catalog.contacts.team_mail if team else ""
        mail = self.session.wording.question_mail(outcome, self.session.answers, team=team)
        self._send(*mail, to, trouble="result.referral_mail.not_opened")

    def _send(self, subject: str, body: str, to: str = "", *, trouble: str) -> None:
        if self.session.services.mode is Mode.TRAINING:
            show_mail(self.texts, subject, body, self)
        elif not desktop.write_mail(subject, body, to):
            self.say(self.texts(trouble))

    def _reach(self, way: Callable[[str], bool], where: str, trouble: str = "result.referral_mail.not_opened") -> None:
        if self.session.services.mode is Mode.TRAINING:
            show_form(self.texts, where, self)
        elif not way(where):
            self.say(self.texts(trouble))
