"""What the log keeps and finds, in both stores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise

import pytest

from ccinc_wizard.domain.enums import Status
from ccinc_wizard.domain.folding import index_words
from ccinc_wizard.requestlog import log as log_module
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import TRANSITIONS, EventKind, LoggedRequest, Order, SortBy
from ccinc_wizard.requestlog.reader import answers
from tests.requestlog.conftest import BOTH_STORES, DIGITS, START, Clock, request


@pytest.fixture(params=BOTH_STORES)
def store_kind(request: pytest.FixtureRequest) -> str:
    """What the log keeps and finds is the same in both stores."""
    return str(request.param)


def test_a_saved_request_is_there_after_reopening(log: RequestLog, open_log: Callable[..., RequestLog]) -> None:
    new = request(fingerprint=log.fingerprint(DIGITS), note="per telefoon", label_due=True)
    saved = log.save(new)
    log.close()
    again = open_log().get(saved.reference)
    assert again == saved
    assert again.saved_at == START
    assert (again.content_version, again.rules_version, again.label_due) == ("2026.1", "1", True)
    assert again.status is Status.REQUESTED


def test_references_are_short_speakable_and_unique(log: RequestLog) -> None:
    references = [saved.reference for saved in log.save_many([request()] * 300)]
    assert len(set(references)) == 300
    assert all(len(reference) == 7 and not set(reference) & set("O0I1") for reference in references)


@pytest.mark.parametrize("start", list(Status))
@pytest.mark.parametrize("to", list(Status))
def test_only_steps_of_its_life_are_allowed(log: RequestLog, start: Status, to: Status) -> None:
    reference = log.save(request()).reference
    if start is not Status.REQUESTED:
        log.change(reference, start)
    if to in TRANSITIONS[start]:
        assert log.change(reference, to, "reden").status is to
        assert log.get(reference).note == "reden"
    else:
        with pytest.raises(LogError) as refused:
            log.change(reference, to)
        assert refused.value.code is LogErrorCode.NOT_ALLOWED
        assert log.get(reference).status is start


def test_events_tell_who_when_and_what(log: RequestLog, open_log: Callable[..., RequestLog], clock: Clock) -> None:
    reference = log.save(request(note="eerste")).reference
    clock.pass_days(1)
    other = open_log(user="collega")
    other.change(reference, Status.WAITING_FOR_LABEL, "label gevraagd")
    other.tick(reference, "search_person")
    other.tick(reference, "search_person", done=False)
    events = log.events(reference)
    assert [event.kind for event in events] == [EventKind.REQUESTED, EventKind.STATUS, EventKind.TICK, EventKind.TICK]
    assert [event.user for event in events] == ["tester", "collega", "collega", "collega"]
    assert events[1].detail == "waiting-for-label"
    assert events[1].at == START + dt.timedelta(days=1)
    assert [event.note for event in events[:2]] == ["eerste", "label gevraagd"]
    assert [event.done for event in events] == [True, True, True, False]
    assert log.get(reference).ticks == ()


def test_the_same_person_is_recognised_by_fingerprint_only(log: RequestLog) -> None:
    reference = log.save(request(fingerprint=log.fingerprint(DIGITS))).reference
    log.save(request(fingerprint=log.fingerprint("79082200046")))
    assert [found.reference for found in log.requests_of(log.fingerprint(DIGITS))] == [reference]
    assert log.confirm_person(reference, log.fingerprint(DIGITS))
    assert not log.confirm_person(reference, log.fingerprint("79082200046"))


FINDS = [
    ("lieve", 1), ("LIEVE voor", 1), ("oorbeel", 1), ("élise", 1), ("elise", 1), ("proefzaal", 3), ("el", 1), ("e", 1),
    ("agb", 3), ("li voorb", 1), ("24/11/2026", 3), ("2026-11-24", 3), ("toegekend", 1), ("granted", 1), ("notitie", 1),
    ("niemand", 0), ("lieve niemand", 0), ('"', 0), ("'", 0), ("*", 0), ("OR", 0), ("NEAR(", 0), ("-", 0), ("x AND", 0),
    ("lieve OR jan", 0), ("%", 0), ("_", 0), (":", 0), ("()", 0), ('"lieve"', 0), ("\\", 0), ("\x00", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), FINDS)
def test_search_finds_every_word_and_never_fails(
    log: RequestLog, text: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else a reference could begin with what is searched.
    monkeypatch.setattr(log_module, "_SIGNS", "QZ")
    log.save(request("Lieve Voorbeeldt"))
    log.save(request("Élise Exemple", note="een notitie"))
    log.change(log.save(request("Jan Oefenmans")).reference, Status.GRANTED)
    found = log.page(search=text)
    if text.strip("\"-*%_:()\\'\x00") == text:
        assert len(found) == count
        assert log.count(search=text) == count


SEEN = [
    # The cases of the issue, and more of their kind: what stands in the log, what is typed.
    *[
        (name, name)
        for name in (
            "Kunst & Co vzw", "Theater 't Arsenaal", "J. Peeters bv", "De Werf / KAAP", "C.C. Strombeek", "Nr. 5",
            "De Ster - Willebroek", "D’Hondt & Zn.", "&", "Zaal (oud) + nieuw", "Ж и Ы", "A. b-c 'd' e", "№ 7",
            "«Le Non»",
        )
    ],
    ("Yıldırım vzw", "Yildirim"), ("Strauß vzw", "strauss"), ("Zoe\u0308\u0308 vzw", "zoe"), ("Łukasz", "lukasz"),
    ("Søren", "soren"), ("Cœur", "coeur"), ("D’Hondt", "D'Hondt"), ("D'Hondt", "dhondt"), ("Straus\u200bz", "strausz"),
    ("C.C. Strombeek", "CC Strombeek"), ("Sint\u2011Gillis", "sint-gillis"), ("Sint-Gillis", "sint gillis"),
    ("Łódź", "ŁÓDŹ"), ("Петров", "петров"), ("王小明", "王小明"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), SEEN)
def test_what_one_sees_is_found(log: RequestLog, name: str, typed: str) -> None:
    log.save(request("Jan Oefenmans", authority_name="XYZ"))
    log.save(request(name, authority_name="XYZ"))
    log.save(request("Jan Oefenmans", authority_name=name))
    assert [found.id for found in log.page(search=typed)] == [3, 2]


@pytest.mark.parametrize(
    "shape", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y %H:%M", "%d/%m", "%d/%m/%Y, "]
)
def test_a_day_is_found_as_the_table_shows_it_and_as_people_write_it(log: RequestLog, clock: Clock, shape: str) -> None:
    saved = log.save(request())
    clock.pass_days(33)
    log.save(request())
    assert [found.reference for found in log.page(search=f"{saved.saved_at.astimezone():{shape}}")] == [saved.reference]


def test_a_log_filed_by_an_earlier_program_is_filed_anew(
    log: RequestLog, open_log: Callable[..., RequestLog], clock: Clock
) -> None:
    saved = log.save_many([request("Yıldırım"), request("Jan & Co")])
    for found in saved:  # as it was filed before
        log.store.unindex(found.id)
        log.store.index(found.id, ["yıldırım", "jan", "&", "co", "2026-11-24"])
    log.store.unindex(log_module._FILED)
    assert not log.page(search="yildirim")
    log.close()
    again = open_log()
    assert [found.applicant_name for found in again.page(search="yildirim")] == ["Yıldırım"]
    assert again.count(search="24/11/2026") == 2
    assert again.verify().sound
    assert again.count(search="") == 2


def test_many_requests_are_filed_anew_a_piece_at_a_time(
    log: RequestLog, open_log: Callable[..., RequestLog], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "FILED_AT_ONCE", 10)
    saved = log.save_many([request(f"Jan Yıldırım {number}") for number in range(35)])
    for found in saved:
        log.store.unindex(found.id)
        log.store.index(found.id, ["jan", "yıldırım"])
    log.store.unindex(log_module._FILED)
    log.close()
    counts = []
    for _ in range(4):  # each time another program, as after a kill
        again = open_log()
        counts.append(again.count(search="yildirim"))
        assert again.count(search="jan") == 35, "the others are found as before"
        assert again.verify().sound
        again.save(request("Tussendoor"))
        again.close()
    assert counts == [10, 20, 30, 35]
    assert open_log().renew_index()
    assert open_log().count(search="tussendoor") == 4


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("an", True),
        ("ann", True),
        ("il", False),
        ("nna ildi", True),
        ("yi an", True),
        ("annay", False),
        ("an ij", False),
    ],
)
def test_one_request_answers_to_what_the_stores_would_find(log: RequestLog, search: str, found: bool) -> None:
    log.save(request("Anna Yıldırım"))
    assert answers(index_words("Anna Yıldırım"), search) is found
    assert bool(log.count(search=search)) is found


def test_pages_give_every_request_once_newest_first(log: RequestLog) -> None:
    saved = log.save_many([request(f"Naam {number}") for number in range(120)])
    for search in ("", "naam", "na"):
        seen: list[int] = []
        while page := log.page(search=search, before=seen[-1] if seen else None, limit=25):
            seen += [found.id for found in page]
        assert seen == sorted((entry.id for entry in saved), reverse=True)


@pytest.mark.parametrize("search", ["", "gemeente", "ge"])
@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("by", SortBy)
def test_pages_in_any_order_give_every_request_once(log: RequestLog, by: SortBy, down: bool, search: str) -> None:
    names = ("Zoë", "an", "Bert", "An", "de Smet", "")
    saved = log.save_many([request(names[number % 6], note="gemeente") for number in range(30)])
    log.change(saved[3].reference, Status.GRANTED)
    seen: list[LoggedRequest] = []
    while page := log.page(search=search, before=seen[-1].id if seen else None, limit=7, order=Order(by, down)):
        seen += page
    assert sorted(found.id for found in seen) == [entry.id for entry in saved]
    told = [(found.id if by is SortBy.SAVED else str(getattr(found, by)).lower(), found.id) for found in seen]
    parts = [entry[0] for entry in told]
    # Each store compares letters in its own way, but equal ones stand together and the ends are the ends.
    assert len([1 for one, after in pairwise(parts) if one != after]) == len(set(parts)) - 1


def test_a_status_filters(log: RequestLog) -> None:
    saved = log.save_many([request("Een"), request("Twee"), request("Drie")])
    log.change(saved[1].reference, Status.GRANTED)
    assert [found.applicant_name for found in log.page(status=Status.GRANTED)] == ["Twee"]
    assert [found.applicant_name for found in log.page(status=Status.REQUESTED, search="drie")] == ["Drie"]
    assert log.count(status=Status.REJECTED) == 0


def test_follow_up_tells_what_waits_and_what_is_due(log: RequestLog, clock: Clock) -> None:
    manual = log.save(request("Zelf", outcome="manual"))
    label = log.save(request("Label", outcome="manual"))
    log.change(label.reference, Status.WAITING_FOR_LABEL)
    clock.pass_days(0.5)
    form = log.save(request("Formulier"))
    done = log.save(request("Klaar"))
    log.change(done.reference, Status.GRANTED)
    clock.pass_days(13)
    assert not any(entry.due for entry in log.follow_up())
    clock.pass_days(1)
    found = log.follow_up()
    assert [entry.request.reference for entry in found] == [label.reference, form.reference, manual.reference]
    assert [entry.due for entry in found] == [True, True, False]
    assert [entry.waiting_days for entry in found] == [14, 14, 14]


def test_what_was_left_half_way_is_due_at_once(log: RequestLog) -> None:
    untouched, begun, waiting, taken_back, closed = (
        saved.reference for saved in log.save_many([request(outcome="manual")] * 5)
    )
    for reference in (begun, waiting, taken_back, closed):
        log.tick(reference, "open_portal")
    log.change(waiting, Status.WAITING_FOR_LABEL)
    log.tick(taken_back, "open_portal", done=False)
    log.change(closed, Status.GRANTED)
    found = log.follow_up()
    assert [entry.request.reference for entry in found if entry.due] == [begun]
    assert found[0].request.reference == begun
    assert {entry.request.reference for entry in found} == {untouched, begun, waiting, taken_back}


def test_a_clock_moved_back_breaks_nothing(log: RequestLog, clock: Clock, store_kind: str, figures: list[str]) -> None:
    first = log.save(request("Eerst"))
    clock.pass_days(-400)
    second = log.save(request("Daarna"))
    log.change(first.reference, Status.GRANTED)
    assert [found.reference for found in log.page()] == [second.reference, first.reference]
    assert log.verify().sound
    figures.append(f"clock moved back 400 days ({store_kind}): 2 of 2 in the order saved, chain sound")
