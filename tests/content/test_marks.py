"""What does not stand on the official page says so in its own words, so that no door can leave the mark out."""

from __future__ import annotations

import datetime as dt
import re
from itertools import product

import pytest

from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.content.paper import SheetKind, make_sheet
from ccinc_wizard.content.texts import MARKS, Texts, languages
from ccinc_wizard.content.wording import Wording, result_lines, step_lines
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.calls import Call, Caller, CallStep
from ccinc_wizard.domain.enums import Administrator, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Case, Circumstances
from ccinc_wizard.domain.outcome import decide
from ccinc_wizard.domain.register_number import parse
from tests.content.marks import BEYOND, marked, unmarked
from tests.content.test_languages import words
from tests.domain.numbers import TODAY, make
from tests.expected_links import EXPECTED_LINKS

CASES = [(Situation(situation), *pair) for situation, pair in product(Situation, EXPECTED_LINKS)]
NOW = dt.datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001


@pytest.fixture
def wording(circumstances: Circumstances) -> Wording:
    return Wording(Texts("nl"), circumstances.catalog)


def request_of(case: Case) -> AccessRequest:
    return AccessRequest(case, "Lieve Voorbeeldt", parse("85.07.30-033.28", today=TODAY), "De Kring")


def test_a_text_that_says_more_than_the_page_bears_the_mark() -> None:
    bare = {key: text for key, text in words("nl").items() if BEYOND.search(text) and not _marks(text)}
    assert set(bare) - _TOLD_OTHERWISE == set()
    assert set(bare) >= _TOLD_OTHERWISE


_TOLD_OTHERWISE = {
    f"training.practice.notice.{notice}" for notice in ("reason-missing", "incomplete", "end-date-refused")
}
"""What a drawn screen says, which says itself where it comes from."""


@pytest.mark.parametrize("language", languages())
def test_every_language_marks_the_same(language: str) -> None:
    dutch, here = words("nl"), words(language)
    assert {key: _marks(text) for key, text in here.items()} == {key: _marks(dutch[key]) for key in here}
    texts = Texts(language)
    assert all("{" not in texts(key) for key, text in here.items() if set(re.findall(r"\{(\w+)\}", text)) <= set(MARKS))


def _marks(text: str) -> list[str]:
    return sorted(name for name in re.findall(r"\{(\w+)\}", text) if name in MARKS)


@pytest.mark.parametrize(("situation", "authority", "role"), CASES)
def test_steps_sheets_and_mails_bear_the_mark(
    situation: Situation, authority: str, role: str, circumstances: Circumstances, wording: Wording
) -> None:
    case = Case(situation, Role(role), authority)
    outcome, request = decide(case, circumstances.catalog), request_of(case)
    told = step_lines(wording.steps(outcome, case.role))
    assert marked(told)
    assert unmarked(told) == []
    told = "\n".join(result_lines(wording, Answers(role=case.role), outcome, request)).split("\n")
    assert marked(told)
    assert unmarked(told) == []
    for kind in SheetKind:
        sheet = make_sheet(kind, wording, today=TODAY, request=request, outcome=outcome)
        told = re.split(r"</?\w+[^>]*>", sheet.html("qr"))
        if kind is SheetKind.APPLICANT:
            assert_signs(told)
        else:
            assert marked(told)
            assert unmarked(told) == []
    if outcome.link:
        assert_signs(wording.mail(outcome, request)[1].split("\n"))


def assert_signs(told: list[str]) -> None:
    """Who does not know the program reads whole sentences, and below them once what their signs mean."""
    (note,) = marked(told)
    assert note.startswith("* ")
    assert len([line for line in told if line.endswith("*.")]) == 2
    assert [line for line in unmarked(told) if "*" not in line] == []


def test_findings_bear_the_mark_for_window_terminal_and_list(circumstances: Circumstances, wording: Wording) -> None:
    told = []
    for situation, administrator in product((Situation.MANUAL, Situation.TASK), Administrator):
        answers = Answers(
            situation=situation,
            applicant_name="Lieve Voorbeeldt",
            number_text=make(2015, 47, 3, 4),
            role=Role.INVOERDER,
            authority="vlaamse-gemeente",
            authority_name="Etterbeek",
            administrator=administrator,
        )
        told += [wording.finding(found) for found in rules.evaluate(answers, circumstances)]
    assert len(set(marked(told))) >= 5
    assert unmarked(told) == []


@pytest.mark.parametrize("caller", Caller)
def test_what_a_helpdesk_says_bears_the_mark(caller: Caller, circumstances: Circumstances) -> None:
    helper = HelpdeskWords(Texts("nl"), circumstances.catalog)
    told = [line for step in CallStep for line in helper.script(step, caller).mix_ups]
    told += [entry.text for entry in helper.reference()]
    for situation, role, authority in product(
        Situation, (*Role, NoChoice.UNKNOWN), ("agb", "economische-actor", *NoChoice)
    ):
        call = Call(NOW, caller, Answers(situation=situation, role=role, authority=authority))
        told += helper.advice(call)
        told += helper.ticket_text(call, NOW).split("\n")
    assert marked(told)
    assert unmarked(told) == []


@pytest.mark.parametrize("caller", Caller)
def test_a_mail_to_the_caller_has_whole_sentences_and_one_line_that_says_so(
    caller: Caller, circumstances: Circumstances
) -> None:
    helper, signed = HelpdeskWords(Texts("nl"), circumstances.catalog), 0
    for situation, role, authority in product(Situation, (*Role, NoChoice.UNKNOWN), ("agb", "brusselse-gemeente")):
        call = Call(NOW, caller, Answers(situation=situation, role=role, authority=authority))
        lines = helper.mail(call)[1].split("\n")
        notes = [line for line in lines if line.startswith("* ")]
        signed += len(notes)
        assert marked(lines) == notes
        assert [line for line in unmarked(lines) if "*" not in line] == []
        assert bool(notes) is any("*" in line for line in lines if line not in notes)
        assert not any(line.rstrip(".").endswith("*") and "https" in line.split()[-1] for line in lines)
    assert bool(signed) is (caller is not Caller.SOMEONE_ELSE)
