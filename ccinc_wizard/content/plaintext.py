"""A whole result as lines of plain text, for terminal and file. A register number in it stays masked."""

from __future__ import annotations

from collections.abc import Sequence

from ccinc_wizard.content.wording import StepWords, Wording
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind
from ccinc_wizard.domain.request import AccessRequest


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
