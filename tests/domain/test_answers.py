"""The answers as a value: what they show, what they forget with another organisation, what a draft keeps."""

from __future__ import annotations

from enum import StrEnum

import pytest

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import (
    Administrator,
    Mode,
    NoChoice,
    Role,
    Situation,
    Status,
)
from ccinc_wizard.domain.findings import AccessRequest, Case

FULL = Answers(
    situation=Situation.TASK,
    applicant_name="Lieve Voorbeeldt",
    number_wanted=True,
    role=Role.RAADPLEGER,
    authority="agb",
    authority_name="AGB De Proefzaal",
    administrator=Administrator.UNKNOWN,
    asked_about="AGB De Proefzaal",
)
DRAFT = {
    "situation": "task",
    "applicant_name": "Lieve Voorbeeldt",
    "number_wanted": "yes",
    "role": "raadpleger",
    "authority": "agb",
    "authority_name": "AGB De Proefzaal",
    "administrator": "unknown",
    "asked_about": "AGB De Proefzaal",
}


def test_what_answers_show_names_each_but_the_number() -> None:
    shown, fields = repr(FULL._replace(number_text="85.07.30-033.28")), FULL._asdict()
    assert shown == f"Answers({', '.join(f'{name}={fields[name]!r}' for name in fields if name != 'number_text')})"


def test_what_a_request_shows_leaves_out_what_was_typed_for_questions_of_ones_own() -> None:
    case = Case(Situation.TASK, Role.INVOERDER, "agb")
    request = AccessRequest(case, "Lieve Voorbeeldt", None, "AGB De Proefzaal", further=(("badge", "typed there"),))
    assert "typed there" not in repr(request)


def test_a_draft_keeps_each_answer_as_plain_text() -> None:
    assert FULL.draft() == DRAFT
    assert FULL._replace(number_text="85.07.30-033.28").draft() == DRAFT
    assert Answers().draft() == {}
    assert not any(Answers())
    assert Answers.from_draft(DRAFT) == FULL
    assert Answers.from_draft({}) == Answers()
    assert Answers.from_draft({**DRAFT, "number_text": "85.07.30-033.28"}) == FULL


def test_a_draft_of_an_earlier_version_is_read_without_what_is_asked_no_more() -> None:
    assert Answers.from_draft({**DRAFT, "prechecked": "a b"}) == FULL


def test_a_draft_keeps_no_digit_of_a_name_that_has_nine_and_telephones_elsewhere() -> None:
    answers = FULL._replace(applicant_name="Lieve 0475 12 34 56", authority_name="AGB 0475 12 34 56")
    draft = answers.draft()
    assert (draft["applicant_name"], draft["authority_name"]) == ("Lieve •••• •• •• ••", "AGB 0475 12 34 56")


@pytest.mark.parametrize("choice", NoChoice)
def test_an_honest_answer_comes_back_as_what_it_was(choice: NoChoice) -> None:
    assert isinstance(Answers.from_draft({"authority": choice.value}).authority, NoChoice)


@pytest.mark.parametrize(
    ("before", "kept"), [("", True), ("AGB De Proefzaal", True), ("AGB Elders", False), ("XX", False)]
)
def test_what_was_said_of_one_organisation_counts_for_no_other(before: str, kept: bool) -> None:
    answers = FULL._replace(authority_name=" AGB De Proefzaal ", asked_about=before)
    after = answers.for_organisation()
    assert after.asked_about == "AGB De Proefzaal"
    assert after == (
        answers._replace(asked_about=after.asked_about)
        if kept
        else answers._replace(asked_about=after.asked_about, administrator=None)
    )


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        (Mode, ["admin", "helpdesk", "training"]),
        (Situation, ["form", "manual", "task"]),
        (Role, ["invoerder", "raadpleger"]),
        (NoChoice, ["unknown", "none"]),
        (Administrator, ["yes", "no", "unknown"]),
        (Status, ["requested", "waiting-for-label", "granted", "rejected", "withdrawn"]),
    ],
)
def test_logs_drafts_and_scripts_that_exist_are_read_by_these_words(choice: type[StrEnum], written: list[str]) -> None:
    assert [*map(str, choice)] == written


@pytest.mark.parametrize("status", Status)
def test_a_request_is_closed_once_it_was_decided_or_taken_back(status: Status) -> None:
    assert status.closed is (status.value in ("granted", "rejected", "withdrawn"))
