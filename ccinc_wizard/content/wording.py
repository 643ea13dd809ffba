"""Findings, steps and outcomes in words: the same for window, terminal, mail and print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog, StepValue
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Finding
from ccinc_wizard.domain.outcome import KINDS, Outcome, OutcomeKind
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.register_number import MASK

_AREAS = {kind: situation for situation, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class StepWords:
    """One numbered step: its sentence and what it needs copied (never the register number itself)."""

    id: str
    text: str
    value: StepValue | None
    copyable: str | None


class Wording:
    """Words in one language for what the domain decides."""

    def __init__(self, texts: Texts, catalog: Catalog) -> None:
        self.texts = texts
        self.catalog = catalog

    def finding(self, finding: Finding) -> str:
        """What a rule found, as a sentence that says what to do."""
        key = f"rules.{finding.rule}" + (f".{finding.variant}" if finding.variant else "")
        return self.texts(key, **self._spoken(finding.values))

    def correction(self, finding: Finding) -> str:
        """What the one-click correction does."""
        return self.texts(f"rules.{finding.rule}_do", **self._spoken(finding.values))

    def answer(self, field: str, answers: Answers) -> str:
        """One answer as the check page shows it; the register number masked."""
        return self.said(field, questions.held(field, answers))

    def said(self, field: str, value: str) -> str:
        """The same of what was typed, or of the id of an option."""
        if not value.strip():
            return self.texts("wizard.field.empty")
        if questions.BY_FIELD[field].options is None:
            return MASK if field == "register_number" else value
        return self.texts.short(field, value)

    def steps(self, outcome: Outcome, role: Role, request: AccessRequest | None = None) -> list[StepWords]:
        """The numbered steps with the request's own values; words of their own where there is no name or number."""
        values = self._values(outcome, role, request)
        area = _AREAS.get(outcome.kind, Situation.FORM)
        found = []
        for step in outcome.steps:
            key, value = f"steps.{area}.{step.id}", values.get(step.value or "")
            text = self.texts(f"{key}_unnamed" if value == "" else key, **values)
            copyable = None if step.value is StepValue.NUMBER else value or None
            found.append(StepWords(step.id, text, step.value, copyable))
        return found

    def title(self, outcome: Outcome, request: AccessRequest | None) -> str:
        """What the result is called."""
        return self.texts(f"result.title.{'held' if request and request.held else outcome.kind}")

    def held_notice(self, request: AccessRequest) -> str:
        """That there is nothing to grant, as the person has the right already, or nothing."""
        if request.held is None:
            return ""
        held = request.held
        values = {"role": held.role.value, "date": held.saved_on.isoformat(), "authority": held.authority_name}
        return self.texts("rules.role_already_granted", **self._spoken(values))

    def label_notice(self, outcome: Outcome) -> str:
        """That the label is due and who approves it, or nothing."""
        return self.label_text() if outcome.label else ""

    def label_text(self) -> str:
        """What an organisation needs for which the label is due."""
        return self.texts("result.label.text", **self._label())

    def label_for_applicant(self, outcome: Outcome) -> str:
        """The same in the words of a mail or a sheet for the applicant."""
        return self.texts("result.mail_text.label", **self._label()) if outcome.label else ""

    def contacts(self) -> list[str]:
        """Whom to call, a line each."""
        contacts, places = self.catalog.contacts, self.catalog.places
        return [
            self.texts("result.contact.information_line", phone=contacts.information_line),
            self.texts("result.contact.team", phone=contacts.team_phone, mail=contacts.team_mail),
            self.texts("result.contact.manual", url=places.manual),
        ]

    def manual_remark(self) -> str:
        """That the official page prints another address of the manual; said where one looks for help."""
        return self.texts("result.contact.manual_remark", printed=self.catalog.places.manual_as_printed)

    def question_mail(self, outcome: Outcome, answers: Answers, *, team: bool) -> tuple[str, str]:
        """Subject and body of a mail to who knows what is still open: the CCinC team, else the applicant.

        Names no person, and says what of the request is known.
        """
        texts, open_question = self.texts, outcome.referral
        if not team:
            parts = [texts("result.mail_text.greeting_nobody"), texts(f"result.referral_mail.{open_question}")]
        else:
            told = (field for field in _TOLD_TO_TEAM if questions.held(field, answers).strip() not in ("", *NoChoice))
            known = {field: self.answer(field, answers) for field in told}
            lines = [texts.pair(texts(f"wizard.field.{field}"), scrub(value)) for field, value in known.items()]
            parts = [texts("result.referral_mail.greeting_team"), texts(f"result.referral_mail.team_{open_question}")]
            parts.append("\n".join([texts("result.referral_mail.known"), *lines]))
        return texts("result.referral_mail.subject"), "\n\n".join([*parts, texts("result.referral_mail.closing")])

    def reminder(self, answers: Answers, since: dt.date, *, label_waits: bool) -> tuple[str, str]:
        """Subject and body of a mail about what waits too long: the label, else the form whose link was sent."""
        texts, catalog, role = self.texts, self.catalog, answers.role
        values = {
            **self._label(),
            "day": shown_day(since),
            "organisation": answers.authority_name,
            "right": catalog.names.rights[role] if isinstance(role, Role) else "",
            "link": catalog.link(str(answers.authority), role) if isinstance(role, Role) and not label_waits else "",
        }
        whom = "team" if label_waits else "applicant"
        name = answers.applicant_name.strip()
        greeting = texts("result.mail_text.greeting", name=name) if name else texts("result.mail_text.greeting_nobody")
        greeting = texts("result.referral_mail.greeting_team") if label_waits else greeting
        parts = [greeting, texts(f"result.reminder.{whom}", **values), texts("result.referral_mail.closing")]
        return texts(f"result.reminder.subject_{whom}", **values), "\n\n".join(parts)

    def what_next(self) -> list[str]:
        """What comes after the steps, a line each; of the confirmation tells the last step."""
        places = self.catalog.places
        return [
            self.texts("result.next.sign_in", application=places.application, application_old=places.application_old),
            self.texts("result.next.not_seen"),
        ]

    def for_applicant(self, outcome: Outcome, request: AccessRequest) -> tuple[list[str], str]:
        """What the applicant does with the form and what follows, a line each; and what the sign in some means."""
        values = {**self._values(outcome, request.case.role, request), "application": self.catalog.places.application}
        parts = ("open", "fill_in", "decision", "confirmation", "sign_in")
        return self.texts.with_signs(self.texts(f"result.applicant.{part}", **values) for part in parts)

    def mail(self, outcome: Outcome, request: AccessRequest) -> tuple[str, str]:
        """Subject and whole body of a mail that sends the applicant the link."""
        name = request.applicant_name
        greeting = self.texts("result.mail_text.greeting", name=name) if name else ""
        parts = [greeting or self.texts("result.mail_text.greeting_nobody")]
        parts.append(self.texts("result.mail_text.body", **self._values(outcome, request.case.role, request)))
        steps, beyond = self.for_applicant(outcome, request)
        parts.append("\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)))
        if beyond:
            parts.append(beyond)
        if label := self.label_for_applicant(outcome):
            parts.append(label)
        parts.append(self.closing())
        return self.texts("result.mail_text.subject"), "\n\n".join(parts)

    def closing(self) -> str:
        """Whom to ask, at the end of a mail."""
        contacts = self.catalog.contacts
        phone, mail, team = contacts.information_line, contacts.team_mail, contacts.team_phone
        return self.texts("result.mail_text.closing", phone=phone, mail=mail, team=team)

    def _spoken(self, found: Mapping[str, str]) -> dict[str, str]:
        values = dict(found)
        for kind in ("role", "type"):
            if kind in values:
                area = "authority" if kind == "type" else kind
                values[kind] = self.texts(f"choices.{area}.{values[kind]}.label")
        if "date" in values:
            values["date"] = shown_day(dt.date.fromisoformat(values["date"]))
        return values

    def _values(self, outcome: Outcome, role: Role, request: AccessRequest | None) -> dict[str, str]:
        catalog = self.catalog
        return {
            "link": outcome.link or "",
            "portal": catalog.places.portal,
            "number": MASK if request and request.number else "",
            "name": request.applicant_name if request else "",
            "organisation": request.authority_name if request else "",
            "right": catalog.names.rights[role],
            "module": catalog.names.module,
            **self._label(),
        }

    def _label(self) -> dict[str, str]:
        label, contacts = self.catalog.label, self.catalog.contacts
        return {
            "label": label.name,
            "approver": label.approver,
            "phone": contacts.information_line,
            "team": contacts.team_phone,
        }


_TOLD_TO_TEAM = ("situation", "role", "authority", "authority_name")
_EXPORTED = {
    "status": "log.status.{}",
    "mode": "settings.mode.{}",
    "situation": "choices.situation.{}.short",
    "role": "choices.role.{}.label",
    "authority_type": "choices.authority.{}.label",
    "outcome": "helpdesk.counts.outcome.{}",
}
"""By column of an export, where the words of its ids stand."""


def exported(texts: Texts, column: str, value: str) -> str:
    """A value of the log as an export tells it to people: ids in words, all else as it is."""
    if column == "label_due":
        return texts(f"training.yes_no.{'yes' if value == str(True) else 'no'}")
    # An older request can be of a type that the facts know no more.
    key = _EXPORTED.get(column, "").format(value)
    return texts(key) if key and value and texts.has(key) else value


def log_trouble(texts: Texts, error: Exception) -> str:
    """Why the log failed, in words: what happened, what it means, what to do."""
    code = str(getattr(error, "code", ""))
    key = f"log.errors.{code}" if code and texts.has(f"log.errors.{code}.what") else "log.errors.unknown"
    return " ".join(texts(f"{key}.{part}") for part in ("what", "means", "do"))


def step_lines(steps: Sequence[StepWords]) -> list[str]:
    """The steps, numbered from 1."""
    return [f"{number}. {step.text}" for number, step in enumerate(steps, start=1)]


def result_lines(wording: Wording, answers: Answers, outcome: Outcome, request: AccessRequest | None) -> list[str]:
    """The result page: a link stands alone on its line. `request` is None for a referral."""
    texts = wording.texts
    lines = [wording.title(outcome, request)]
    contacts = ["", texts("result.contact.title"), *wording.contacts()]
    if request is None:
        return [*lines, texts(f"result.referral.{outcome.referral}"), *contacts]
    key = "result.for" if request.applicant_name else "result.for_nobody"
    role = wording.answer("role", answers)
    lines += [texts(key, name=request.applicant_name, role=role, authority=request.authority_name), ""]
    if held := wording.held_notice(request):
        lines += [held, ""]
    lines += [outcome.link, ""] if outcome.link else []
    if notice := wording.label_notice(outcome):
        lines += [texts("result.label.title"), notice, ""]
    lines.append(texts("result.steps_form" if outcome.kind is OutcomeKind.LINK else "result.steps"))
    lines += step_lines(wording.steps(outcome, request.case.role, request))
    return [*lines, "", texts("result.next.title"), *wording.what_next(), *contacts]
