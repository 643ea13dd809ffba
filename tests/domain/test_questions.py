"""The flow: which pages come when, that no walk loses an answer, and that only the present answers count."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import product

import pytest

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import questions, rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE, Administrator, Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import Circumstances
from ccinc_wizard.domain.outcome import OutcomeKind, outcome_of
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.requestlog.model import LoggedRequest, NewRequest
from ccinc_wizard.requestlog.schema import TABLES
from tests.domain.numbers import make
from tests.expected_links import EXPECTED_LINKS

S, A, R, AU, C, E = StepId
NAMES = {
    "vlaamse-gemeente": "Torhout",
    "brusselse-gemeente": "Etterbeek",
    "agb": "AGB De Kring",
    "economische-actor": "Het Verzonnen Podium vzw",
}


def test_the_log_keeps_each_answer_in_its_own_field() -> None:
    kept = {question.field: question.logged for question in questions.QUESTIONS}
    assert kept == {
        "situation": "situation",
        "applicant_name": "applicant_name",
        "register_number": "fingerprint",
        "role": "role",
        "authority": "authority_type",
        "authority_name": "authority_name",
        "administrator": "",
    }
    assert {name for name in kept.values() if name} <= {one.name for one in fields(NewRequest)}


@pytest.mark.parametrize(
    ("answers", "pages"),
    [
        (Answers(), [S, A, R, AU, C, E]),
        (Answers(role=NoChoice.UNKNOWN), [S, A, R, E]),
        (Answers(authority=NoChoice.UNKNOWN), [S, A, R, AU, E]),
        (Answers(authority=NoChoice.NONE_OF_THESE), [S, A, R, AU, E]),
        (Answers(role=NoChoice.UNKNOWN, authority=NoChoice.UNKNOWN), [S, A, R, E]),
        (Answers(role=Role.RAADPLEGER, authority="agb"), [S, A, R, AU, C, E]),
    ],
)
def test_the_path_and_its_neighbours(answers: Answers, pages: list[StepId]) -> None:
    assert list(questions.path(answers)) == pages
    assert [questions.following(page, answers) for page in pages] == [*pages[1:], E]
    assert [questions.preceding(page, answers) for page in pages] == [S, *pages[:-1]]
    assert [questions.settled(page, answers) for page in pages] == pages


@pytest.mark.parametrize(
    ("step", "answers", "before", "after"),
    [
        (C, Answers(authority=NoChoice.NONE_OF_THESE), AU, E),
        (C, Answers(role=NoChoice.UNKNOWN), R, E),
        (AU, Answers(role=NoChoice.UNKNOWN), R, E),
    ],
)
def test_a_page_that_is_needed_no_more_still_has_neighbours(
    step: StepId, answers: Answers, before: StepId, after: StepId
) -> None:
    assert (questions.preceding(step, answers), questions.following(step, answers)) == (before, after)
    assert questions.settled(step, answers) is after


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        (Answers(), ["situation", "applicant_name", "role", "authority", "authority_name"]),
        (
            Answers(situation=Situation.MANUAL),
            ["situation", "applicant_name", "register_number", "role", "authority", "authority_name"],
        ),
        (
            Answers(situation=Situation.TASK, number_wanted=True),
            ["situation", "applicant_name", "register_number", "role", "authority", "authority_name"],
        ),
        (Answers(situation=Situation.FORM, role=NoChoice.UNKNOWN), ["situation", "applicant_name", "role"]),
        (
            Answers(situation=Situation.FORM, authority=NoChoice.NONE_OF_THESE),
            ["situation", "applicant_name", "role", "authority"],
        ),
    ],
)
def test_only_what_is_needed_is_asked(answers: Answers, fields: list[str]) -> None:
    assert questions.asked_fields(answers) == fields


@pytest.mark.parametrize("situation", [None, *Situation])
@pytest.mark.parametrize("wanted", [False, True])
def test_the_number_is_asked_by_hand_or_when_the_user_wants_it_checked(
    situation: Situation | None, wanted: bool
) -> None:
    expected = situation is Situation.MANUAL or (wanted and situation is not None)
    assert Answers(situation=situation, number_wanted=wanted).number_asked is expected


CHOICES: dict[StepId, dict[str, list[object]]] = {
    S: {"situation": list(Situation)},
    A: {
        "applicant_name": ["", "Lieve Voorbeeldt", "Joris Oefenmans"],
        "number_text": ["", "85.07.30-033.28", make(2004, 47, 3, 12), "85.07.30-033.29"],
        "number_wanted": [True, False],
    },
    R: {"role": [*Role, NoChoice.UNKNOWN]},
    AU: {
        "authority": [*NAMES, NoChoice.UNKNOWN, NoChoice.NONE_OF_THESE],
        "authority_name": ["", *NAMES.values(), "Melle", "OCMW Gent"],
    },
    C: {"administrator": list(Administrator)},
    E: {},
}


@dataclass
class Walker:
    """The wizard without a screen: one's place, the answers, and by hand a list of what was answered."""

    circumstances: Circumstances
    step: StepId = S
    answers: Answers = field(default_factory=Answers)
    typed: dict[str, object] = field(default_factory=dict)
    changing: bool = False

    def edit(self, chance: random.Random) -> None:
        for name, values in CHOICES[self.step].items():
            value = chance.choice(values)
            self.answers = self.answers._replace(**{name: value})  # type: ignore[arg-type]
            self.typed[name] = value

    def next(self, _: random.Random) -> None:
        if not rules.problems(self.step, self.answers, self.circumstances):
            following = questions.following(self.step, self.answers)
            self.step = C if self.changing and C in questions.path(self.answers) else following
            self.changing = False

    def back(self, _: random.Random) -> None:
        self.step = questions.preceding(self.step, self.answers)

    def change(self, chance: random.Random) -> None:
        if self.step is C:
            self.step = questions.step_of(chance.choice(questions.asked_fields(self.answers)))
            self.changing = True

    def correct(self, chance: random.Random) -> None:
        """Take a correction over, as the check page offers it: the one move that changes another page's answer."""
        found = [finding.corrected for finding in rules.evaluate(self.answers, self.circumstances) if finding.corrected]
        if self.step is C and found:
            self.answers = chance.choice(found)
            self.typed = {name: getattr(self.answers, name) for name in self.typed}
            self.step = questions.settled(C, self.answers)


@pytest.mark.parametrize("hundred", range(10))
def test_no_walk_of_50_steps_loses_an_answer_or_its_way(hundred: int, circumstances: Circumstances) -> None:
    for seed in range(100):
        walk_50_steps(random.Random(hundred * 100 + seed), circumstances)


def walk_50_steps(chance: random.Random, circumstances: Circumstances) -> None:
    walker = Walker(circumstances)
    moves: list[Callable[[random.Random], None]] = [
        walker.edit,
        walker.next,
        walker.back,
        walker.change,
        walker.correct,
    ]
    for _ in range(50):
        chance.choices(moves, weights=[4, 6, 2, 2, 1])[0](chance)
        assert walker.step in questions.path(walker.answers)
        assert {name: getattr(walker.answers, name) for name in walker.typed} == walker.typed
        if walker.step is E:
            assert outcome_of(walker.answers, circumstances.catalog) is not None
        fresh = Answers(**walker.typed)  # type: ignore[arg-type]
        assert outcome_of(walker.answers, circumstances.catalog) == outcome_of(fresh, circumstances.catalog)


def test_the_walks_see_every_page_and_every_kind_of_outcome(circumstances: Circumstances) -> None:
    pages, kinds = set(), set()
    for seed in range(200):
        chance = random.Random(seed)
        walker = Walker(circumstances)
        for _ in range(50):
            chance.choice([walker.edit, walker.next, walker.next, walker.change])(chance)
            pages.add(walker.step)
            outcome = outcome_of(walker.answers, circumstances.catalog)
            if walker.step is E and outcome:
                kinds.add(outcome.kind)
    assert (pages, kinds) == (set(StepId), set(OutcomeKind))


def complete(authority: str, role: str, situation: Situation = Situation.FORM) -> Answers:
    return Answers(
        situation=situation,
        applicant_name="Lieve Voorbeeldt",
        number_text="85.07.30-033.28" if situation is Situation.MANUAL else "",
        role=Role(role),
        authority=authority,
        authority_name=NAMES[authority],
    )


@pytest.mark.parametrize("before", EXPECTED_LINKS)
@pytest.mark.parametrize("after", EXPECTED_LINKS)
def test_each_change_between_two_of_the_eight_equals_a_fresh_run(
    before: tuple[str, str], after: tuple[str, str], circumstances: Circumstances
) -> None:
    changed, fresh = complete(*before), complete(*after)
    for name in ("role", "authority", "authority_name"):
        changed = changed._replace(**{name: getattr(fresh, name)})
    request, wanted = rules.request_of(changed, circumstances), rules.request_of(fresh, circumstances)
    assert request is not None
    assert request == wanted
    assert request.further == ()
    outcome = outcome_of(changed, circumstances.catalog)
    assert outcome == outcome_of(fresh, circumstances.catalog)
    assert outcome
    assert outcome.link == EXPECTED_LINKS[after]
    assert rules.evaluate(changed, circumstances) == rules.evaluate(fresh, circumstances)


def test_a_number_of_an_earlier_situation_leaves_no_residue(circumstances: Circumstances) -> None:
    by_hand = complete("agb", "invoerder", Situation.MANUAL)
    as_form = by_hand._replace(situation=Situation.FORM)
    request = rules.request_of(as_form, circumstances)
    assert request is not None
    assert request.number is None
    assert request == rules.request_of(complete("agb", "invoerder"), circumstances)
    back = rules.request_of(as_form._replace(situation=Situation.MANUAL), circumstances)
    assert back is not None
    assert back.number is not None
    assert back.further == ()


def _every_state() -> Iterator[Answers]:
    for situation, role, authority, name in product(
        Situation, [*Role, NoChoice.UNKNOWN], [*NAMES, *NoChoice], [*NAMES.values(), "Melle", "Iets Anders"]
    ):
        yield Answers(
            situation=situation,
            applicant_name="Lieve Voorbeeldt",
            number_text="85.07.30-033.28",
            role=role,
            authority=authority,
            authority_name=name,
            administrator=Administrator.UNKNOWN,
        )


@pytest.mark.parametrize("mode", [Mode.ADMIN, Mode.HELPDESK])
def test_every_path_ends_in_an_outcome_or_a_contact(mode: Mode, circumstances: Circumstances, catalog: Catalog) -> None:
    here = replace(circumstances, mode=mode)
    count = 0
    for answers in _every_state():
        step, seen = S, 0
        while step is not E:
            held = rules.problems(step, answers, here)
            if held:
                assert step is C
                corrections = [finding.corrected for finding in held]
                assert all(corrections), "a stop on the check page that no click removes"
                answers = corrections[0] or answers
            else:
                step = questions.following(step, answers)
            seen += 1
            assert seen < 20
        outcome = outcome_of(answers, catalog)
        assert outcome is not None
        assert (outcome.kind is OutcomeKind.REFERRAL) == bool(outcome.referral)
        assert outcome.steps or outcome.referral
        count += 1
    assert count == 3 * 3 * 6 * 6


BESIDE = {"number_wanted", "asked_about"}
"""What `Answers` holds beside the answers to questions."""
KEPT = {one.name for one in fields(NewRequest)} & {one.name for one in fields(LoggedRequest)}
KEPT &= set(re.findall(r"^ +(\w+) ", TABLES.partition("CREATE TABLE requests (")[2].partition(");")[0], re.MULTILINE))


def forgotten(asked: Sequence[questions.Question], typed: Collection[str], kept: Collection[str]) -> list[str]:
    """What a new question still lacks: its entry, its typed field, or its place in the log."""
    attributes = {question.attribute for question in asked}
    return [
        *(f"{name}: no entry in QUESTIONS" for name in typed if name not in attributes | BESIDE),
        *(f"{question.field}: no typed field in Answers" for question in asked if question.attribute not in typed),
        *(f"{one.field}: no migration of the log" for one in asked if one.logged and one.logged not in kept),
    ]


def test_each_question_has_its_entry_its_typed_field_and_its_place_in_the_log() -> None:
    assert forgotten(questions.QUESTIONS, Answers._fields, KEPT) == []


def test_each_of_the_three_that_a_new_question_forgets_is_named() -> None:
    asked = (*questions.QUESTIONS, questions.Question("postcode", StepId.AUTHORITY, "postcode", "postcode"))
    typed, kept = (*Answers._fields, "postcode"), {*KEPT, "postcode"}
    assert forgotten(asked, typed, kept) == []
    assert forgotten(questions.QUESTIONS, typed, kept) == ["postcode: no entry in QUESTIONS"]
    assert forgotten(asked, Answers._fields, kept) == ["postcode: no typed field in Answers"]
    assert forgotten(asked, typed, KEPT) == ["postcode: no migration of the log"]


def test_each_question_has_its_words(catalog: Catalog) -> None:
    """In Dutch; that the other languages have the same keys is seen where the words are."""
    texts = Texts(SOURCE_LANGUAGE)
    for question in questions.QUESTIONS:
        wanted = [f"wizard.field.{question.field}", f"terminal.question.{question.field}"]
        if question.step is not StepId.CHECK:
            wanted.append(f"list.headings.{question.field}")
        options = questions.options_of(question.field, lambda: catalog)
        wanted += [f"choices.{question.field}.{option}.label" for option in options]
        assert [key for key in wanted if not texts.has(key)] == []
