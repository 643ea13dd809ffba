"""The drawn screens: what each allows, what it says back, and that nothing on them raises."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.content.scenarios import ScenarioReader
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.training.enums import Slip
from ccinc_wizard.domain.training.grading import slips_of
from ccinc_wizard.domain.training.practice import (
    Approve,
    ConfirmGrant,
    ConfirmPerson,
    EnterNumber,
    FillIn,
    GoHome,
    GrantForm,
    LinkOrganisation,
    OpenGrant,
    OpenLabel,
    OpenNewPerson,
    OpenTask,
    OpenTasks,
    Pick,
    Reject,
    RequestLabel,
    Screen,
    ScreenAction,
    ScreenNotice,
    Search,
    SearchBy,
    apply,
    start,
)
from ccinc_wizard.domain.training.scenario import Scenario
from tests.training.trainee import perform, solution

SCENARIOS = ScenarioReader(load_catalog(), load_municipalities(), Texts("nl")).read_all().scenarios
BY_ID = {scenario.id: scenario for scenario in SCENARIOS}
NAMES = st.sampled_from(sorted({name for one in SCENARIOS for name in start(one).world.organisations})) | st.text()
NUMBERS = st.sampled_from([one.person.number for one in SCENARIOS]) | st.text()
DATES = st.just("31/12/2030") | st.text()
ACTIONS = st.one_of(
    st.sampled_from(
        [GoHome(), OpenGrant(), OpenNewPerson(), OpenTasks(), OpenLabel(), OpenTask(), Approve(), Reject()]
    ),
    st.just(ConfirmGrant()),
    st.builds(Search, st.sampled_from(SearchBy), NUMBERS),
    st.builds(Pick, st.integers()),
    st.builds(EnterNumber, NUMBERS),
    st.builds(ConfirmPerson, st.text()),
    st.builds(LinkOrganisation, NAMES),
    st.builds(RequestLabel, NAMES),
    st.builds(FillIn, st.builds(GrantForm, NAMES, st.none() | st.sampled_from(Role), st.frozensets(st.text()), DATES)),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SCENARIOS), st.lists(ACTIONS, max_size=25))
def test_no_order_of_actions_raises(scenario: Scenario, actions: list[ScreenAction]) -> None:
    state = start(scenario)
    for action in actions:
        after = apply(state, action)
        if state.screen not in action.screens:
            assert after.notice is ScreenNotice.NOT_HERE
            assert after.screen is state.screen
        state = after
    slips_of(state, scenario)
    assert all(number not in repr(state) for number in (scenario.person.number,))


def test_an_unknown_person_is_added_linked_and_only_then_found() -> None:
    scenario = BY_ID["nieuwe-collega"]
    number = scenario.person.number
    state = perform(scenario, [OpenGrant(), Search(SearchBy.NUMBER, number)])
    assert (state.found, state.notice) == ((), ScreenNotice.NOBODY_FOUND)
    state = apply(apply(state, OpenNewPerson()), EnterNumber(number))
    assert state.screen is Screen.NEW_PERSON_DATA
    assert apply(state, ConfirmPerson("  ")).notice is ScreenNotice.REASON_MISSING
    state = apply(state, ConfirmPerson("Nieuwe medewerker"))
    assert state.screen is Screen.LINK_ORGANISATION
    assert apply(state, LinkOrganisation("Nergens")).notice is ScreenNotice.UNKNOWN_CHOICE
    state = apply(state, LinkOrganisation("Anderlecht"))
    assert state.screen is Screen.PERSON
    state = apply(apply(apply(state, GoHome()), OpenGrant()), Search(SearchBy.NUMBER, number))
    assert [person.name for person in state.found] == [scenario.person.name]


def test_a_known_person_who_is_added_gets_her_own_page() -> None:
    scenario = BY_ID["gewone-aanvraag"]
    state = perform(scenario, [OpenNewPerson(), EnterNumber(scenario.person.number)])
    assert state.screen is Screen.PERSON
    assert apply(state, OpenGrant()).screen is Screen.GRANT


def test_a_waiting_task_has_a_name_and_no_number_shows() -> None:
    waiting, other = BY_ID["formulier-al-ingevuld"], BY_ID["gewone-aanvraag"]
    assert start(waiting).world.task_name == waiting.person.name
    assert start(other).world.task_name == ""
    assert other.person.number not in repr([Search(SearchBy.NUMBER, other.person.number)])
    assert other.person.number not in repr([EnterNumber(other.person.number)])


@pytest.mark.parametrize("written", [" ", "Niemand"])
def test_nobody_is_found_by_nothing_or_by_another_name(written: str) -> None:
    scenario = BY_ID["gewone-aanvraag"]
    for by in SearchBy:
        state = perform(scenario, [OpenGrant(), Search(by, written)])
        assert (state.found, state.notice) == ((), ScreenNotice.NOBODY_FOUND)


def test_only_the_one_whose_number_is_given_is_added() -> None:
    state = perform(BY_ID["nieuwe-collega"], [OpenNewPerson(), EnterNumber("69.02.03-999.83")])
    assert (state.screen, state.notice, state.person) == (Screen.NEW_PERSON, ScreenNotice.NOBODY_FOUND, None)


def test_a_number_with_a_slip_is_refused_and_can_be_corrected() -> None:
    scenario = BY_ID["tikfout"]
    state = perform(scenario, [OpenNewPerson(), EnterNumber(scenario.person.number_heard or "")])
    assert (state.screen, state.notice) == (Screen.NEW_PERSON, ScreenNotice.NUMBER_REFUSED)
    state = apply(state, EnterNumber(scenario.person.number))
    assert (state.screen, state.notice) == (Screen.PERSON, None)


def test_namesakes_show_why_a_name_is_no_key() -> None:
    scenario = BY_ID["gewone-aanvraag"]
    state = perform(scenario, [OpenGrant(), Search(SearchBy.NAME, "oefenmans")])
    assert len(state.found) == 2
    state = apply(state, Search(SearchBy.NUMBER, scenario.person.number))
    assert len(state.found) == 1


def test_an_unfinished_right_is_not_granted() -> None:
    scenario = BY_ID["gewone-aanvraag"]
    way = [OpenGrant(), Search(SearchBy.NUMBER, scenario.person.number), Pick(0)]
    for form in (
        GrantForm(),
        GrantForm("Torhout", None, frozenset({"Cultuurcentra"})),
        GrantForm("Torhout", Role.INVOERDER),
        GrantForm("", Role.INVOERDER, frozenset({"Cultuurcentra"})),
        GrantForm("Torhout", Role.INVOERDER, frozenset({"Cultuurcentra"}), end_date=" "),
    ):
        state = perform(scenario, [*way, FillIn(form)])
        assert (state.form, state.notice) == (form, None)
        state = apply(state, ConfirmGrant())
        assert (state.grants, state.notice, state.screen) == ((), ScreenNotice.INCOMPLETE, Screen.GRANT)


@pytest.mark.parametrize(
    ("written", "granted"),
    [
        ("31/12/2030", True),
        ("1-7-2029", True),
        ("2029-07-01", True),
        ("30/02/2029", False),
        ("31/12/2019", False),
        ("01/01/2026", False),
        ("02/01/2026", True),
        ("1 / 7 / 2029", False),
        ("eind volgend jaar", False),
        ("2029", False),
        ("31/12", False),
    ],
)
def test_the_end_of_a_right_is_a_day_to_come(written: str, granted: bool) -> None:
    scenario = BY_ID["gewone-aanvraag"]
    form = GrantForm("Torhout", Role.INVOERDER, frozenset({"Cultuurcentra"}), end_date=written)
    way = [OpenGrant(), Search(SearchBy.NUMBER, scenario.person.number), Pick(0), FillIn(form), ConfirmGrant()]
    state = perform(scenario, way)
    assert bool(state.grants) == granted
    assert state.notice is (ScreenNotice.GRANTED if granted else ScreenNotice.END_DATE_REFUSED)
    assert state.screen is (Screen.HOME if granted else Screen.GRANT)


def test_the_person_on_the_screen_shows_the_role_already_held() -> None:
    scenario = BY_ID["heeft-al-een-rol"]
    state = perform(scenario, [OpenGrant(), Search(SearchBy.NUMBER, scenario.person.number)])
    assert state.found[0].role is Role.INVOERDER


def test_a_task_is_decided_once() -> None:
    scenario = BY_ID["formulier-al-ingevuld"]
    state = perform(scenario, [OpenTasks(), OpenTask(), Approve(), OpenTasks(), OpenTask()])
    assert (state.screen, state.notice) == (Screen.TASKS, ScreenNotice.UNKNOWN_CHOICE)
    nothing = perform(BY_ID["gewone-aanvraag"], [OpenTasks(), OpenTask()])
    assert nothing.notice is ScreenNotice.UNKNOWN_CHOICE


def test_what_does_not_stand_on_the_screen_cannot_be_chosen() -> None:
    scenario = BY_ID["gewone-aanvraag"]
    found = perform(scenario, [OpenGrant(), Search(SearchBy.NUMBER, scenario.person.number)])
    assert apply(found, Pick(1)).notice is ScreenNotice.UNKNOWN_CHOICE
    assert apply(found, Pick(-1)).notice is ScreenNotice.UNKNOWN_CHOICE
    form = apply(found, Pick(0))
    for wrong in (GrantForm("Elders"), GrantForm("Torhout", Role.INVOERDER, frozenset({"Elders"}))):
        refused = apply(form, FillIn(wrong))
        assert (refused.notice, refused.form) == (ScreenNotice.UNKNOWN_CHOICE, form.form)
    asked = perform(scenario, [OpenLabel(), RequestLabel("Elders")])
    assert (asked.notice, asked.label_requests) == (ScreenNotice.UNKNOWN_CHOICE, ())
    assert perform(scenario, [OpenNewPerson(), EnterNumber("69.02.03-999.83")]).notice is ScreenNotice.NOBODY_FOUND


def test_a_new_person_linked_to_another_organisation_is_a_mistake() -> None:
    scenario = BY_ID["nieuwe-collega"]
    wrong = [LinkOrganisation("Beersel") if isinstance(one, LinkOrganisation) else one for one in solution(scenario)]
    assert slips_of(perform(scenario, wrong), scenario) == (Slip.WRONG_ORGANISATION,)


def test_a_label_requested_twice_is_a_mistake() -> None:
    scenario = BY_ID["bis-nummer"]
    again = [*solution(scenario), OpenLabel(), RequestLabel(scenario.right.authority_name or "")]
    assert slips_of(perform(scenario, again), scenario) == (Slip.LABEL_AGAIN,)


@pytest.mark.parametrize("scenario_id", ["label-onderweg", "label-ontbreekt", "formulier-al-ingevuld"])
def test_waiting_for_the_label_is_as_right_as_approving(scenario_id: str) -> None:
    scenario = BY_ID[scenario_id]
    waiting = [one for one in solution(scenario) if not isinstance(one, Approve)]
    assert slips_of(perform(scenario, waiting), scenario) == ()
    assert slips_of(perform(scenario, solution(scenario)), scenario) == ()
    rejected = [Reject() if isinstance(one, Approve) else one for one in solution(scenario)]
    assert slips_of(perform(scenario, rejected), scenario) == (Slip.WRONGLY_REJECTED,)
