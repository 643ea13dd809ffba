"""A call: three choices to the link, the right path for each caller, nothing personal in what is kept."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from ccinc_wizard.content.helpdesk import MIX_UPS, HelpdeskWords, search
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import calls, rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.calls import Advice, Call, Caller, CallRecord, CallStep, CountBy, ParkedCalls
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import Circumstances, EarlierRequest
from ccinc_wizard.domain.outcome import outcome_of
from tests.expected_links import EXPECTED_LINKS

NOW = dt.datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001
LANGUAGES = ("nl", "fr", "en")


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest, catalog: Catalog) -> HelpdeskWords:
    return HelpdeskWords(Texts(request.param), catalog)


def keyed(words: HelpdeskWords, call: Call, *wanted: str) -> tuple[Call, int]:
    """The call after choosing these by their letters, and how many keys that took."""
    every = [option for step in CallStep for option in words.options(step)]
    keys = 0
    for name in wanted:
        options = [*every, *words.situations(call)]
        [letter] = [option.letter for option in options if option.id == name]
        after = words.pressed(letter, call)
        assert after is not None
        call, keys = after, keys + 1
    return call, keys


@pytest.mark.parametrize("caller", [Caller.APPLICANT, Caller.ADMINISTRATOR])
@pytest.mark.parametrize(("pair", "link"), EXPECTED_LINKS.items(), ids=str)
def test_every_link_is_three_letters_away(
    words: HelpdeskWords, catalog: Catalog, caller: Caller, pair: tuple[str, str], link: str
) -> None:
    call, keys = keyed(words, Call(NOW), caller, *pair)
    found = calls.outcome(call, catalog)
    assert found is not None
    assert (found.link, keys) == (link, 3)
    assert calls.asked_now(call) is CallStep.RESULT


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_letter_means_one_thing(language: str, catalog: Catalog) -> None:
    words = HelpdeskWords(Texts(language), catalog)
    call = calls.choose(Call(NOW), CallStep.CALLER, Caller.ADMINISTRATOR)
    options = [option for step in CallStep for option in words.options(step)] + words.situations(call)
    letters = [option.letter for option in options]
    assert len(letters) == 15
    assert len(set(letters)) == len(letters)
    assert all(len(letter) == 1 and letter.isascii() and letter.islower() for letter in letters)


def test_a_letter_without_meaning_changes_nothing(words: HelpdeskWords) -> None:
    assert words.pressed("1", Call(NOW)) is None
    [task] = [option.letter for option in words.every_situation() if option.id == Situation.TASK]
    for caller in (Caller.APPLICANT, Caller.SOMEONE_ELSE):
        assert words.pressed(task, calls.choose(Call(NOW), CallStep.CALLER, caller)) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "order", list(itertools.permutations(("administrator", "raadpleger", "agb", "task"))), ids="-".join
)
def test_letters_come_in_any_order(language: str, order: tuple[str, ...], catalog: Catalog) -> None:
    """None of them waits for the caller's: who calls may become clear last."""
    words, call = HelpdeskWords(Texts(language), catalog), Call(NOW)
    every = [option for step in CallStep for option in words.options(step)] + words.every_situation()
    letters = {option.id: option.letter for option in every}
    for name in order:
        after = words.pressed(letters[name], call)
        assert after is not None
        call = after
        assert call.chosen
    assert (call.caller, call.answers.role, call.answers.authority) == ("administrator", "raadpleger", "agb")
    assert call.answers.situation == Situation.TASK
    assert calls.asked_now(call) is CallStep.RESULT


@pytest.mark.parametrize("caller", [Caller.APPLICANT, Caller.SOMEONE_ELSE])
def test_a_way_that_only_an_administrator_has_does_not_outlive_another_caller(caller: Caller) -> None:
    call = calls.choose_situation(Call(NOW), Situation.MANUAL)
    call = calls.choose(call, CallStep.CALLER, caller)
    assert call.answers.situation is Situation.FORM
    assert calls.choose(call, CallStep.CALLER, Caller.ADMINISTRATOR).answers.situation is Situation.FORM


@pytest.mark.parametrize("role", [*Role, NoChoice.UNKNOWN])
@pytest.mark.parametrize(
    "authority", ["vlaamse-gemeente", "brusselse-gemeente", "agb", "economische-actor", "none", "unknown"]
)
@pytest.mark.parametrize("situation", list(Situation))
def test_an_administrator_gets_the_wizards_own_outcome(
    catalog: Catalog, situation: Situation, authority: str, role: str
) -> None:
    call = calls.choose(Call(NOW), CallStep.CALLER, Caller.ADMINISTRATOR)
    call = calls.choose(calls.choose(call, CallStep.ROLE, role), CallStep.AUTHORITY, authority)
    call = calls.choose_situation(call, situation)
    assert calls.outcome(call, catalog) == outcome_of(call.answers, catalog)
    assert calls.asked_now(call) is CallStep.RESULT
    assert calls.advice(call, catalog)


@pytest.mark.parametrize("authority", ["vlaamse-gemeente", "brusselse-gemeente", "agb", "economische-actor"])
@pytest.mark.parametrize("role", list(Role))
def test_an_applicant_is_sent_to_form_and_administrator_and_told_no_more(
    words: HelpdeskWords, catalog: Catalog, authority: str, role: Role
) -> None:
    call, _ = keyed(words, Call(NOW), Caller.APPLICANT, authority, role)
    label = (Advice.LABEL,) if authority in ("brusselse-gemeente", "economische-actor") else ()
    assert calls.advice(call, catalog) == (Advice.FILL_IN_FORM, Advice.OWN_ADMINISTRATOR, *label)
    told = " ".join(words.advice(call))
    assert catalog.link(authority, role) in told
    assert catalog.contacts.information_line in told
    assert calls.situations(call) == (Situation.FORM,)
    with pytest.raises(ValueError, match="manual"):
        calls.choose_situation(call, Situation.MANUAL)


def test_someone_else_is_told_how_to_find_the_administrator(words: HelpdeskWords, catalog: Catalog) -> None:
    call, keys = keyed(words, Call(NOW), Caller.SOMEONE_ELSE)
    assert (keys, calls.asked_now(call), calls.outcome(call, catalog)) == (1, CallStep.RESULT, None)
    assert calls.advice(call, catalog) == (Advice.FIND_ADMINISTRATOR,)
    assert "1700" in words.advice(call)[0]


def test_what_is_missing_shrinks_as_the_caller_answers(circumstances: Circumstances) -> None:
    circumstances = Circumstances(
        circumstances.today, circumstances.catalog, circumstances.municipalities, Mode.HELPDESK
    )
    call = Call(NOW)
    assert calls.missing(call, circumstances) == []
    call = calls.choose(call, CallStep.CALLER, Caller.ADMINISTRATOR)
    assert [entry.field for entry in calls.missing(call, circumstances)] == ["role", "authority"]
    call = calls.choose(call, CallStep.ROLE, Role.INVOERDER)
    assert [entry.field for entry in calls.missing(call, circumstances)] == ["authority"], "the link needs no name"
    call = calls.choose_situation(call, Situation.MANUAL)
    assert [entry.field for entry in calls.missing(call, circumstances)][-2:] == ["authority", "authority_name"]
    kept = [entry.field for entry in calls.missing(call, circumstances) if entry.kept]
    assert kept == ["applicant_name", "register_number"]
    assert calls.missing(replace(call, caller=Caller.SOMEONE_ELSE), circumstances) == []
    call = calls.choose(calls.choose_situation(call, Situation.FORM), CallStep.AUTHORITY, "agb")
    call = replace(call, answers=call.answers._replace(authority_name="AGB De Proefzaal"))
    assert calls.missing(call, circumstances) == []
    doubted = calls.choose(call, CallStep.AUTHORITY, "vlaamse-gemeente")
    doubted = replace(doubted, answers=doubted.answers._replace(authority_name="Elsene"))
    assert calls.stops(calls.doubts(doubted, circumstances))
    assert calls.missing(doubted, circumstances) == [], "what is doubted was given"


def test_nothing_is_chosen_at_the_end_of_a_call() -> None:
    with pytest.raises(ValueError, match="result"):
        calls.choose(Call(NOW), CallStep.RESULT, "agb")


def test_a_call_that_ends_before_its_outcome_counts_as_no_referral(words: HelpdeskWords, catalog: Catalog) -> None:
    for chosen, outcome in (
        ((Caller.APPLICANT,), ""),
        ((Caller.APPLICANT, "agb"), ""),
        ((Caller.APPLICANT, "invoerder", NoChoice.NONE_OF_THESE), "referral"),
        ((Caller.SOMEONE_ELSE,), "referral"),
    ):
        call, _ = keyed(words, Call(NOW), *chosen)
        assert calls.record_of(call, catalog).outcome == outcome


@pytest.mark.parametrize(
    ("authority", "name", "found"),
    [
        ("vlaamse-gemeente", "Ixelles", ["wrong_region", "official_name"]),
        ("vlaamse-gemeente", "AGB Torhout", ["type_against_name"]),
        ("agb", "Torhout", ["municipality_as_other"]),
        ("agb", "OCMW Torhout", ["none_fits"]),
        ("vlaamse-gemeente", "Torhout", []),
        ("brusselse-gemeente", "Elsene", []),
        ("vlaamse-gemeente", "", []),
    ],
)
def test_the_organisations_name_raises_the_wizards_own_doubts(
    circumstances: Circumstances, authority: str, name: str, found: list[str]
) -> None:
    call = calls.choose(calls.choose(Call(NOW), CallStep.CALLER, Caller.APPLICANT), CallStep.AUTHORITY, authority)
    call = replace(call, answers=call.answers._replace(authority_name=name))
    assert [finding.rule for finding in calls.doubts(call, circumstances)] == found


def test_an_error_in_the_organisations_name_leaves_no_link(
    words: HelpdeskWords, catalog: Catalog, circumstances: Circumstances
) -> None:
    for name, link in (("Torhout", False), ("AGB Torhout", True), ("Elsene", True)):
        call, _ = keyed(words, Call(NOW), Caller.ADMINISTRATOR, "brusselse-gemeente", Role.INVOERDER)
        call = replace(call, answers=call.answers._replace(authority_name=name))
        found = calls.doubts(call, circumstances)
        assert bool(calls.outcome(call, catalog, found)) == link
        assert (calls.advice(call, catalog, found) == (Advice.SET_RIGHT,)) != link
        told = " ".join((*words.advice(call, found), words.ticket_text(call, NOW, found)))
        assert (EXPECTED_LINKS["brusselse-gemeente", "invoerder"] in told) == link


def test_the_order_of_questions_is_the_wizards() -> None:
    call = calls.choose(Call(NOW), CallStep.CALLER, Caller.APPLICANT)
    assert calls.asked_now(call) is CallStep.ROLE
    assert calls.asked_now(calls.choose(call, CallStep.ROLE, Role.INVOERDER)) is CallStep.AUTHORITY
    assert calls.asked_now(calls.choose(call, CallStep.AUTHORITY, "agb")) is CallStep.ROLE
    assert calls.asked_now(calls.choose(call, CallStep.ROLE, NoChoice.UNKNOWN)) is CallStep.RESULT


def test_the_ticket_holds_the_case_and_of_persons_only_the_note(words: HelpdeskWords, catalog: Catalog) -> None:
    call, _ = keyed(
        words, Call(NOW, note="belt terug, 85.07.30-033.28 gaf hij"), Caller.ADMINISTRATOR, "agb", "invoerder"
    )
    answers = call.answers.__class__(
        situation=Situation.FORM,
        role=Role.INVOERDER,
        authority="agb",
        applicant_name="Lieve Geheim",
        authority_name="Huis",
    )
    call = Call(call.started, call.caller, answers, call.note)
    ticket = words.ticket_text(call, NOW)
    assert catalog.link("agb", Role.INVOERDER) in ticket
    assert "24/11/2026 10:30" in ticket
    assert "belt terug" in ticket
    assert not any(secret in ticket for secret in ("Lieve", "Geheim", "Huis", "85.07.30", "033.28"))
    assert "033" not in repr(call)


def test_a_ticket_can_be_copied_at_any_moment(words: HelpdeskWords) -> None:
    for caller in (None, *Caller):
        call = Call(NOW) if caller is None else calls.choose(Call(NOW), CallStep.CALLER, caller)
        assert len(words.ticket_text(call, NOW).splitlines()) >= 7


def test_five_calls_are_parked_and_picked_up_in_any_order() -> None:
    parked = ParkedCalls()
    for number in range(5):
        parked = parked.park(Call(NOW, note=str(number)))
    assert parked.full
    with pytest.raises(ValueError, match="5"):
        parked.park(Call(NOW))
    call, parked = parked.pick_up(2)
    assert (call.note, [known.note for known in parked.calls]) == ("2", ["0", "1", "3", "4"])
    for place in (-1, 4):
        with pytest.raises(IndexError):
            parked.pick_up(place)


def test_calls_are_counted_by_day_type_role_and_outcome(words: HelpdeskWords, catalog: Catalog) -> None:
    first, _ = keyed(words, Call(NOW), Caller.APPLICANT, "agb", "invoerder")
    later, _ = keyed(words, Call(NOW + dt.timedelta(days=1)), Caller.APPLICANT, "agb", "raadpleger")
    other, _ = keyed(words, Call(NOW), Caller.SOMEONE_ELSE)
    records = [calls.record_of(call, catalog) for call in (first, first, later, other)]
    assert records[0] == CallRecord(NOW.date(), "applicant", "form", "agb", "invoerder", "link")
    assert calls.counts(records, CountBy.DAY) == [("2026-11-24", 3), ("2026-11-25", 1)]
    assert calls.counts(records, CountBy.AUTHORITY) == [("agb", 3), ("", 1)]
    assert calls.counts(records, CountBy.ROLE) == [("invoerder", 2), ("", 1), ("raadpleger", 1)]
    assert calls.counts(records, CountBy.OUTCOME) == [("link", 3), ("referral", 1)]
    rows = calls.csv_rows(records)
    assert rows[0] == ("day", "authority", "role", "outcome", "calls")
    assert ("2026-11-24", "agb", "invoerder", "link", "2") in rows
    said = words.csv_rows(records)
    assert [row[-1] for row in said[1:]] == [row[-1] for row in rows[1:]]
    assert all(all(row) for row in said)


def test_each_step_and_advice_has_its_words(words: HelpdeskWords, catalog: Catalog) -> None:
    for step in CallStep:
        script = words.script(step)
        assert all((script.title, script.say, script.ask, script.listen, *script.mix_ups))
        assert len(script.mix_ups) == len(MIX_UPS[step])
    for caller, role, authority in itertools.product(
        Caller, calls.options(CallStep.ROLE, catalog), calls.options(CallStep.AUTHORITY, catalog)
    ):
        call = calls.choose(Call(NOW), CallStep.CALLER, caller)
        call = calls.choose(calls.choose(call, CallStep.ROLE, role), CallStep.AUTHORITY, authority)
        assert words.advice(call)
        assert not any("{" in line for line in words.advice(call))


def test_the_quick_reference_holds_all_links_contacts_types_and_the_label_rule(
    words: HelpdeskWords, catalog: Catalog
) -> None:
    entries = words.reference()
    texts = " ".join(f"{entry.title} {entry.text}" for entry in entries)
    for needed in (
        *EXPECTED_LINKS.values(),
        "1700",
        "02 553 42 26",
        "ccinc@vlaanderen.be",
        catalog.label.name,
        catalog.label.approver,
    ):
        assert needed in texts
    assert len({entry.id for entry in entries}) == len(entries)
    assert sum(entry.id.startswith("type_") for entry in entries) == 5


def test_searching_narrows_to_what_was_typed(words: HelpdeskWords) -> None:
    entries = words.reference()
    assert search(entries, "") == entries
    found = search(entries, "AGB raadpleger")
    assert [entry.id for entry in found] == ["link_agb_raadpleger"]
    assert search(entries, "1700")[0].id in ("information_line", "find")
    assert search(entries, "xyzzy") == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("advice", Advice)
def test_every_advice_has_words(advice: Advice, language: str) -> None:
    assert Texts(language).has(f"helpdesk.advice.{advice}")


def test_a_call_has_no_outcome_before_it_is_known_who_calls(catalog: Catalog) -> None:
    assert (Call(NOW).note, calls.asked_now(Call(NOW))) == ("", CallStep.CALLER)
    answers = Answers(Situation.FORM, role=Role.INVOERDER, authority="agb", authority_name="AGB De Proefzaal")
    for caller, outcome in ((None, False), (Caller.SOMEONE_ELSE, False), (Caller.APPLICANT, True)):
        assert bool(calls.outcome(Call(NOW, caller, answers), catalog)) is outcome


def test_doubts_are_of_the_organisation_alone_and_no_advice_before_the_outcome(
    catalog: Catalog, circumstances: Circumstances
) -> None:
    earlier = [EarlierRequest(Role.RAADPLEGER, NOW.date(), "Torhout")]
    known = replace(circumstances, earlier=earlier)
    answers = Answers(Situation.FORM, role=Role.INVOERDER, authority="vlaamse-gemeente", authority_name="Torhout")
    assert "one_role" in [found.rule for found in rules.evaluate(answers, known)]
    assert calls.doubts(Call(NOW, Caller.ADMINISTRATOR, answers), known) == []
    assert calls.doubts(Call(NOW, Caller.ADMINISTRATOR, answers._replace(authority=None)), circumstances) == []
    doubted = Call(NOW, Caller.ADMINISTRATOR, answers._replace(role=None, authority="brusselse-gemeente"))
    found = calls.doubts(doubted, circumstances)
    assert calls.stops(found)
    assert calls.advice(doubted, catalog, found) == ()


def test_a_parked_call_is_picked_up_by_its_place_from_the_first_on() -> None:
    parked = ParkedCalls((Call(NOW, note="one"), Call(NOW, note="two")))
    for place, note, left in ((0, "one", "two"), (1, "two", "one")):
        call, others = parked.pick_up(place)
        assert (call.note, [other.note for other in others.calls]) == (note, [left])
    for place in (-1, 2):
        with pytest.raises(IndexError):
            parked.pick_up(place)
