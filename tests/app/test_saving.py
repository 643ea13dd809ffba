"""One role a person, whoever saves in the same instant and through whichever door."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ccinc_wizard.app import saving
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.lists import Carried
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation, Status
from ccinc_wizard.domain.findings import Circumstances, EarlierRequest
from ccinc_wizard.domain.lists import Column, Report, Row, check
from ccinc_wizard.domain.register_number import RegisterNumber
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest
from tests.requestlog.conftest import BOTH_STORES, request
from tests.terminal.asked import Typed

Logs = Callable[[], RequestLog]


@pytest.fixture(params=BOTH_STORES)
def store_kind(request: pytest.FixtureRequest) -> str:
    """Both stores keep the promise."""
    return str(request.param)


@pytest.fixture
def circumstances(tmp_path: Path) -> Circumstances:
    """The real facts, today."""
    return Services(Paths.choose(tmp_path / "data"), mode=Mode.ADMIN).circumstances()


def of_one_person(role: Role) -> Answers:
    """Complete answers for one person."""
    return Answers(
        situation=Situation.MANUAL,
        applicant_name="Lieve Voorbeeldt",
        number_text="85.07.30-033.28",
        role=role,
        authority="agb",
        authority_name="AGB De Proefzaal",
    )


def test_the_second_role_is_refused_where_it_is_saved(log: RequestLog, circumstances: Circumstances) -> None:
    first = saving.save(log, of_one_person(Role.INVOERDER), circumstances)
    with pytest.raises(LogError) as refused:
        saving.save(log, of_one_person(Role.RAADPLEGER), circumstances)
    assert refused.value.code is LogErrorCode.SECOND_ROLE
    assert log.count() == 1
    log.change(first.reference, Status.WITHDRAWN)
    saving.save(log, of_one_person(Role.RAADPLEGER), circumstances)
    assert log.count() == 2
    assert log.verify().sound


@pytest.mark.parametrize(
    ("breaks", "code"),
    [("after", None), ("before", LogErrorCode.UNREACHABLE), ("for good", LogErrorCode.UNCERTAIN)],
)
def test_an_answer_that_was_lost_is_looked_for(
    log: RequestLog,
    circumstances: Circumstances,
    monkeypatch: pytest.MonkeyPatch,
    breaks: str,
    code: LogErrorCode | None,
) -> None:
    writing = log.store.writing

    @contextmanager
    def breaking() -> Iterator[None]:
        monkeypatch.undo()  # the second look has a turn of its own
        with suppress(ZeroDivisionError), writing():
            yield
            if breaks == "before":
                raise ZeroDivisionError
        if breaks == "for good":
            monkeypatch.setattr(log.store, "writing", refused)
        raise LogError(LogErrorCode.UNCERTAIN)

    @contextmanager
    def refused() -> Iterator[None]:
        raise LogError(LogErrorCode.LOCKED)
        yield

    monkeypatch.setattr(log.store, "writing", breaking)
    with nullcontext() if code is None else pytest.raises(LogError) as told:
        answered = saving.save(log, of_one_person(Role.INVOERDER), circumstances)
    kept = [entry.reference for entry in log.page()]
    assert kept == ([] if breaks == "before" else [answered.reference] if told is None else [told.value.detail])
    assert told is None or told.value.code is code
    assert told is None or told.value.detail in (kept or [""])


def test_what_was_not_begun_has_no_reference(
    log: RequestLog, circumstances: Circumstances, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def refused() -> Iterator[None]:
        raise LogError(LogErrorCode.UNCERTAIN, "nothing")
        yield

    monkeypatch.setattr(log, "turn", refused)
    with pytest.raises(LogError) as told:
        saving.save(log, of_one_person(Role.INVOERDER), circumstances)
    assert told.value.detail == "nothing"


def test_what_was_changed_is_taken_back(log: RequestLog, circumstances: Circumstances) -> None:
    before = saving.save(log, of_one_person(Role.INVOERDER), circumstances)
    granted = saving.change(log, before.reference, Status.GRANTED)
    assert granted.note == ""
    number = rules.number_of(of_one_person(Role.INVOERDER), circumstances)
    assert number is not None
    assert [earlier.granted for earlier in saving.earlier_requests(log, number)] == [True]
    assert saving.take_back(log, granted, before).status is Status.REQUESTED
    assert [earlier.granted for earlier in saving.earlier_requests(log, number)] == [False]
    with pytest.raises(LogError) as refused:
        saving.take_back(log, granted, before)
    assert refused.value.code is LogErrorCode.NOT_ALLOWED


def test_an_end_is_not_taken_back_beside_another_role(log: RequestLog, circumstances: Circumstances) -> None:
    before = saving.save(log, of_one_person(Role.INVOERDER), circumstances)
    ended = saving.change(log, before.reference, Status.WITHDRAWN)
    saving.save(log, of_one_person(Role.RAADPLEGER), circumstances)
    with pytest.raises(LogError) as refused:
        saving.take_back(log, ended, before)
    assert refused.value.code is LogErrorCode.SECOND_ROLE


@pytest.mark.parametrize("end", [Status.WITHDRAWN, Status.REJECTED])
def test_what_no_longer_counted_does_not_come_back_beside_another_role(
    log: RequestLog, circumstances: Circumstances, end: Status
) -> None:
    first = saving.save(log, of_one_person(Role.INVOERDER), circumstances)
    saving.change(log, first.reference, end)
    saving.change(log, first.reference, Status.REQUESTED)
    saving.change(log, first.reference, end)
    second = saving.save(log, of_one_person(Role.RAADPLEGER), circumstances)
    with pytest.raises(LogError) as refused:
        saving.change(log, first.reference, Status.REQUESTED)
    assert refused.value.code is LogErrorCode.SECOND_ROLE
    assert log.get(first.reference).status is end
    saving.change(log, second.reference, Status.WITHDRAWN)
    assert saving.change(log, first.reference, Status.REQUESTED, "toch niet").note == "toch niet"
    assert log.verify().sound


@pytest.mark.parametrize(
    ("of_both", "statuses"),
    [
        ({}, [Status.GRANTED, Status.REQUESTED, Status.WITHDRAWN]),
        ({"mode": "training"}, [Status.WITHDRAWN, Status.REQUESTED]),
        ({"fingerprint": None}, [Status.WITHDRAWN, Status.REQUESTED]),
    ],
    ids=["both count already", "training", "no number"],
)
def test_another_role_in_the_log_stops_only_what_would_count_again(
    log: RequestLog, of_both: dict[str, object], statuses: list[Status]
) -> None:
    values = {"fingerprint": log.fingerprint("85073003328")} | of_both
    first = log.save(request(**values))
    log.save(request(**values, role="raadpleger"))
    for status in statuses:
        now = saving.change(log, first.reference, status)
        assert now.status is status
    noted = log.add_note(first.reference, "Vergist")
    assert saving.take_back(log, noted, now).note == ""


def test_training_brings_its_own_earlier_requests(log: RequestLog, circumstances: Circumstances) -> None:
    practice = replace(circumstances, mode=Mode.TRAINING)
    answers = of_one_person(Role.INVOERDER)._replace(number_text="84.03.12-999.38")
    saving.save(log, answers, practice)
    assert saving.save(log, answers._replace(role=Role.RAADPLEGER), practice)


def test_a_request_without_a_number_is_saved_with_its_label(log: RequestLog, circumstances: Circumstances) -> None:
    answers = of_one_person(Role.INVOERDER)._replace(situation=Situation.FORM, number_text="")
    assert not saving.save(log, answers, circumstances).label_due
    assert saving.save(log, answers._replace(authority="economische-actor"), circumstances).label_due


def test_a_role_that_a_later_version_wrote_counts_as_none(log: RequestLog, circumstances: Circumstances) -> None:
    fingerprint = log.fingerprint("85073003328")
    known = log.save(request(fingerprint=fingerprint))
    log.save(request(fingerprint=fingerprint, role="beheerder"))
    number = rules.number_of(of_one_person(Role.INVOERDER), circumstances)
    assert number is not None
    assert [earlier.role for earlier in saving.earlier_requests(log, number)] == [Role.INVOERDER]
    assert saving.earlier_requests(log, number, but=known.reference) == []


LISTED = Row(
    2,
    {
        Column.NAME: "Lieve Voorbeeldt",
        Column.NUMBER: "85.07.30-033.28",
        Column.ROLE: "invoerder",
        Column.AUTHORITY: "agb",
        Column.AUTHORITY_NAME: "AGB De Proefzaal",
    },
)


def test_a_list_is_saved_when_the_log_says_what_it_said(log: RequestLog, circumstances: Circumstances) -> None:
    wording = Wording(Texts("nl"), circumstances.catalog)

    def judge() -> Report:
        vocabulary = {
            Column.ROLE: {role.value: role.value for role in Role},
            Column.AUTHORITY: {"agb": "agb"},
        }
        of = partial(saving.earlier_requests, log)
        return check([LISTED], circumstances, vocabulary, situation=Situation.MANUAL, earlier_of=of)

    before = judge()
    stopped = saving.save_list(log, before, lambda: replace(before, stopped=True), circumstances, wording)
    assert stopped == Carried(stopped=True)
    assert saving.save_list(log, before, judge, circumstances, wording, lambda *_: False) == Carried(stopped=True)
    assert log.count() == 0
    done = saving.save_list(log, before, judge, circumstances, wording)
    assert isinstance(done, Carried)
    assert [entry.applicant_name for entry in done.saved] == ["Lieve Voorbeeldt"]
    assert done.saved == tuple(log.page())
    changed = saving.save_list(log, before, judge, circumstances, wording)
    assert changed == judge() != before
    assert log.count() == 1


def test_two_desks_in_the_same_instant_save_one_role(
    open_log: Logs, circumstances: Circumstances, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, outcomes, look = threading.Event(), [], saving.earlier_requests

    def look_and_tell(log: RequestLog, number: RegisterNumber, but: str = "") -> list[EarlierRequest]:
        found = look(log, number, but)
        if threading.current_thread() is other:
            looked.set()
        return found

    def save_other() -> None:
        try:
            outcomes.append(saving.save(open_log(), of_one_person(Role.RAADPLEGER), circumstances))
        except LogError as error:
            outcomes.append(error.code)

    monkeypatch.setattr(saving, "earlier_requests", look_and_tell)
    other = threading.Thread(target=save_other)
    mine = open_log()
    with mine.turn():
        saved = saving.save(mine, of_one_person(Role.INVOERDER), circumstances)
        other.start()
        assert not looked.wait(0.5), "who comes second looks only when it is its turn"
    other.join()
    assert outcomes == [LogErrorCode.SECOND_ROLE]
    assert [logged.reference for logged in mine.page()] == [saved.reference]
    assert mine.verify().sound


@pytest.mark.parametrize("place", ["inner", "outer"])
def test_what_goes_wrong_in_a_turn_leaves_nothing_of_it(place: str, log: RequestLog) -> None:
    kept: list[LoggedRequest] = []
    with pytest.raises(ZeroDivisionError) if place == "outer" else pytest.MonkeyPatch.context(), log.turn():
        kept.append(log.save(request("Blijft")))
        try:
            with log.turn():
                log.save(request("Gaat weg"))
                raise ZeroDivisionError
        except ZeroDivisionError:
            if place == "outer":
                raise
    names = [logged.applicant_name for logged in log.page()]
    assert names == ([] if place == "outer" else ["Blijft"])
    assert log.verify().sound
    log.save(request("Daarna"))
    assert log.verify().sound


def test_the_terminal_looks_again_before_it_saves(tmp_path: Path) -> None:
    """Another terminal saves the other role while the result of this one is on the screen."""
    services = Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)

    def meanwhile() -> None:
        with services.open_log() as log:
            saving.save(log, of_one_person(Role.RAADPLEGER), services.circumstances())

    typed = Typed("manual", "Lieve Voorbeeldt", "85.07.30-033.28", "invoerder", "agb", "AGB Leuven", "ja")
    typed.then(meanwhile, "ja")
    assert typed.run(services) == 1
    with services.open_log() as log:
        assert [logged.role for logged in log.page()] == ["raadpleger"]
    told, _, after = typed.talk.partition("Intussen staat in het logboek")
    assert after, told
    assert "Raadpleger" in after, "the check page comes again and names the other request"
