"""A wrong clock erases nothing: not by one start, not what was saved by it, not for a team, not the calls."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ccinc_wizard.app import machine, retention
from ccinc_wizard.app.call_book import CallBook
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.retention import (
    ClockMemory,
    DatedLater,
    Doubt,
    Remembered,
    believed,
    due,
    noted,
    started,
    unchanged_for,
)
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import Settings
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.calls import CallRecord
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan, Status
from ccinc_wizard.requestlog.schema import DESK_ROLE
from ccinc_wizard.requestlog.team import TeamLog, make_key
from tests.requestlog.conftest import request
from tests.requestlog.postgres import Server

NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)


class Desk:
    """A program whose computer's clock is set by the test."""

    def __init__(self, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        self.services, self.now = services, NOW
        monkeypatch.setattr(machine, "utc_now", lambda: self.now)

    def save(self, name: str, now: dt.datetime | None = None, *, granted: bool = True) -> str:
        """Save a request by this clock, granted at once."""
        self.now = now or self.now
        with self.services.open_log() as log:
            reference = log.save(request(name)).reference
            if granted:
                log.change(reference, Status.GRANTED)
        return reference

    def start(self, now: dt.datetime, *, date_is_right: bool = False) -> Doubt | None:
        """Start the program by this clock."""
        self.now = now
        with self.services.open_log() as log:
            return self.services.erase_what_is_due(log, date_is_right=date_is_right)

    def names(self) -> list[str]:
        """The names in the log, newest first."""
        with self.services.open_log() as log:
            assert log.verify().sound
            return [entry.applicant_name for entry in log.page()]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk on an empty log of its own."""
    return Desk(Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN), monkeypatch)


def days(count: float) -> dt.datetime:
    """So many days after the present of these tests."""
    return NOW + dt.timedelta(days=count)


def seen(*before: int) -> tuple[dt.date, ...]:
    """The days on which the program was started, so many before the present."""
    return tuple(days(-count).date() for count in before)


BARELY = 1 / 86400
"""A second, in days."""


@pytest.mark.parametrize(
    ("last", "newest", "settled", "expected"),
    [
        (None, None, None, True),
        (-45, None, None, True),
        (-45 - BARELY, None, None, False),
        (1, None, None, True),
        (1 + BARELY, None, None, False),
        (None, -45, None, True),
        (None, -45 - BARELY, None, False),
        (None, 1, None, True),
        (None, 1 + BARELY, None, False),
        (0, -60, None, True),
        (-60, 0, None, False),
        (0, None, 5, True),
        (0, 2, None, False),
        (0, 2, 1, False),
        (0, 2, 2, True),
        (None, 2, 2, True),
        (None, -60, 2, False),
    ],
)
def test_the_clock_is_believed_from_a_day_before_what_is_known_to_45_days_after(
    last: float | None, newest: float | None, settled: float | None, expected: bool
) -> None:
    told = [None if count is None else days(count) for count in (last, newest, settled)]
    assert believed(Remembered(last=told[0], settled=told[2]), told[1], NOW) is expected


@pytest.mark.parametrize(
    ("last", "newest", "expected"),
    [
        (None, None, 0),
        (-1, None, 0),
        (0.5, None, 0.5),
        (None, -60, -60),
        (None, 60, None),
        (-60, -70, -60),
        (-60, None, -60),
        (60, -70, 60),
    ],
)
def test_only_a_clock_that_is_believed_moves_what_is_remembered(
    last: float | None, newest: float | None, expected: float | None
) -> None:
    before = Remembered(last=last and days(last))
    after = noted(before, None if newest is None else days(newest), NOW)
    assert after == before._replace(last=None if expected is None else days(expected))


@pytest.mark.parametrize(
    ("last", "newest", "starts", "after", "certain"),
    [
        (0, None, (2, 1), ((), 0), True),
        (1 + BARELY, None, (2, 1), ((), 1 + BARELY), False),
        (1, 2, (), ((0,), 1), False),
        (0, 2, (1,), ((1, 0), 0), False),
        (-60, None, (), ((0,), -60), False),
        (-60, None, (0,), ((0,), -60), False),
        (-60, None, (1,), ((1, 0), -60), False),
        (-60, None, (1, 0), ((1, 0), -60), False),
        (-60, None, (45,), ((45, 0), -60), False),
        (-60, None, (46,), ((0,), -60), False),
        (-60, None, (3, -1), ((0,), -60), False),
        (-60, None, (2, 1), ((), 0), True),
        (None, -60, (), ((0,), -60), False),
        (None, 60, (), ((0,), None), False),
    ],
)
def test_an_absence_ends_the_doubt_on_the_third_day_and_a_clock_gone_back_never(
    last: float | None,
    newest: float | None,
    starts: tuple[int, ...],
    after: tuple[tuple[int, ...], float | None],
    certain: bool,
) -> None:
    before = Remembered(last=None if last is None else days(last), starts=seen(*starts))
    remembered = Remembered(last=None if after[1] is None else days(after[1]), starts=seen(*after[0]))
    assert started(before, None if newest is None else days(newest), NOW) == (remembered, certain)


@pytest.mark.parametrize(("newest", "settled"), [(None, 5), (-1, 5), (0, 5), (9, 9)])
def test_only_a_date_after_the_present_is_settled_as_wrong(newest: int | None, settled: int) -> None:
    before = Remembered(last=days(-60), starts=seen(1), settled=days(5))
    trusted = before.trusting(None if newest is None else days(newest), NOW)
    assert trusted == Remembered(last=NOW, settled=days(settled))


def on(day: str) -> dt.datetime:
    """Nine o'clock on that day."""
    return dt.datetime.fromisoformat(f"{day}T09:00:00+00:00")


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize("wrong", ["2027-01-12", "2028-01-01", "2099-12-31", "2025-01-01", "1980-01-01"])
def test_one_start_with_a_wrong_clock_erases_nothing(desk: Desk, wrong: str, remembered: bool) -> None:
    old, new = on("2026-06-01"), on("2026-11-26")
    for when, name in ((old, "Oud"), (new, "Nieuw")):
        with RequestLog.open(desk.services.paths.log_folder(Mode.ADMIN), clock=lambda when=when: when, user="x") as log:
            log.change(log.save(request(name)).reference, Status.GRANTED)
    if remembered:
        desk.start(on("2026-06-02"))
        desk.start(on("2026-06-03"))
    told = desk.start(on(wrong))
    assert told is not None
    assert told.now == on(wrong)
    assert desk.names() == ["Nieuw", "Oud"]
    wanted = 2 if wrong in ("2028-01-01", "2099-12-31") else 0
    assert len(told.plan.rest) == wanted
    if not remembered:
        assert told.last == new
        assert desk.start(NOW) is None, "the right clock is believed at once"
        assert desk.names() == ["Nieuw", ""]


def test_an_ordinary_start_erases_as_before(desk: Desk) -> None:
    desk.save("Oud", on("2026-08-20"))
    for day in ("2026-09-20", "2026-10-20", "2026-11-17"):
        assert desk.start(on(day)) is None
        assert desk.names() == ["Oud"]
    assert desk.start(on("2026-11-18")) is None
    assert desk.names() == [""]


def test_an_absence_delays_until_three_different_days(desk: Desk) -> None:
    desk.save("Vorig jaar", on("2025-11-20"))
    assert desk.start(on("2025-11-21")) is None
    for day in ("2026-11-25", "2026-11-25", "2026-11-26"):
        assert desk.start(on(day)) is not None
        assert desk.names() == ["Vorig jaar"]
    assert desk.start(on("2026-11-27")) is None
    assert desk.names() == [""]
    assert desk.start(on("2026-11-28")) is None


def test_days_that_lie_far_apart_are_no_stretch(desk: Desk) -> None:
    desk.save("Hier", on("2026-11-20"))
    for day in ("2028-01-01", "2099-01-01", "2060-01-01", "2060-01-02", "2028-01-03"):
        assert desk.start(on(day)) is not None
    assert desk.start(NOW) is None
    assert desk.names() == ["Hier"]


def test_the_user_decides(desk: Desk) -> None:
    desk.save("Vorig jaar", on("2025-06-01"))
    told = desk.start(NOW)
    assert told is not None
    assert (len(told.plan.names), len(told.plan.rest)) == (0, 1)
    assert desk.start(NOW, date_is_right=True) is None
    assert desk.names() == []
    assert desk.start(NOW) is None


def test_a_clock_that_went_back_is_never_believed_by_itself(desk: Desk) -> None:
    desk.save("Hier", on("2026-11-20"))
    desk.start(NOW)
    for day in range(1, 10):
        assert desk.start(on(f"2025-01-0{day}")) is not None
    assert desk.start(on("2025-01-10"), date_is_right=True) is None
    assert desk.start(on("2025-01-11")) is None


@pytest.mark.parametrize("first", ["before", "after"])
def test_a_request_saved_while_the_clock_stood_in_2025_stays(desk: Desk, first: str) -> None:
    if first == "before":
        desk.save("Eerst", on("2026-11-26"))
    else:
        desk.start(on("2026-11-26"))
    desk.save("Verkeerde klok", on("2025-01-01"))
    assert desk.start(NOW) is None
    assert "Verkeerde klok" in desk.names()
    assert desk.start(NOW + dt.timedelta(days=40)) is None
    assert desk.start(NOW + dt.timedelta(days=80)) is None
    assert "Verkeerde klok" in desk.names()
    assert desk.start(NOW + dt.timedelta(days=90)) is None
    assert "Verkeerde klok" not in desk.names()


@pytest.mark.parametrize("seen", [True, False])
def test_a_request_saved_in_2025_after_one_in_2048_stays(desk: Desk, seen: bool) -> None:
    """What it came after is no help: that lies after the present itself."""
    desk.save("Eerst", on("2026-11-26"))
    desk.save("Uit de toekomst", on("2048-05-10"))
    if seen:
        desk.start(NOW)
        desk.start(NOW, date_is_right=True)
    desk.save("Verkeerde klok", on("2021-11-20"))
    for days in (0, 40, 80):
        desk.start(NOW + dt.timedelta(days=days), date_is_right=True)
        with desk.services.open_log() as log:
            assert retention.older_than(log, 90)[0].empty
        assert {"Uit de toekomst", "Verkeerde klok"} <= set(desk.names())
    desk.start(NOW + dt.timedelta(days=91))
    assert "Verkeerde klok" not in desk.names()


@pytest.mark.parametrize("wrong", ["2030-01-01", "2027-05-01"])
@pytest.mark.parametrize("known", [True, False])
def test_a_request_saved_in_the_future_counts_from_when_that_was_seen(desk: Desk, known: bool, wrong: str) -> None:
    if known:
        desk.start(on("2026-11-20"))
        desk.save("Goed", on("2026-11-21"))
        desk.save("Uit de toekomst", on(wrong))
    else:
        with RequestLog.open(desk.services.paths.log_folder(Mode.ADMIN), clock=lambda: on(wrong), user="x") as log:
            log.change(log.save(request("Uit de toekomst")).reference, Status.GRANTED)
    noticed = 0 if known else 2
    told = [desk.start(days(day)) for day in (0, 1, 2, 40, 80, 89 + noticed)]
    assert [answer and answer.last for answer in told] == [on("2026-11-21" if known else wrong)] * 2 + [None] * 4
    assert "Uit de toekomst" in desk.names()
    desk.start(days(90 + noticed))
    assert "Uit de toekomst" not in desk.names()


def test_what_a_wrong_clock_took_for_the_future_is_not_remembered(desk: Desk) -> None:
    desk.save("Hier", on("2026-11-20"))
    desk.start(NOW)
    told = desk.start(on("2025-01-01"))
    assert told is not None
    assert told.last == NOW
    assert desk.start(days(1)) is None
    assert desk.names() == ["Hier"]


@pytest.mark.parametrize(
    ("start", "remembered", "last", "due_then"), [(1, True, None, (1,)), (60, True, 1, (1,)), (-60, False, 0, ())]
)
def test_what_would_go_is_told_with_the_doubt(
    desk: Desk, start: int, remembered: bool, last: int | None, due_then: tuple[int, ...]
) -> None:
    desk.save("Oud", on("2026-08-20"))
    for day in ("2026-09-27", "2026-10-27"):
        assert desk.start(on(day)) is None
    desk.save("Nieuw", NOW)
    desk.now = days(1)
    with desk.services.open_log() as log:
        memory = ClockMemory.of(log)
    if not remembered:
        memory.write(Remembered())
    desk.now = days(start)
    with desk.services.open_log() as log:
        for told, plan in (
            (retention.preview(log, 90, 400), ErasurePlan(names=due_then)),
            (retention.older_than(log, 90), ErasurePlan(rest=due_then)),
        ):
            assert told == (plan, None if last is None else Doubt(days(start), days(last), plan))
    assert desk.names() == ["Nieuw", "Oud"]


@pytest.mark.parametrize(
    ("plan", "would"),
    [
        (ErasurePlan(), "logview.clock.nothing"),
        (ErasurePlan(names=(1, 2), rest=(3,)), "logview.clock.would"),
    ],
)
def test_a_doubt_says_both_days_and_what_would_go(plan: ErasurePlan, would: str) -> None:
    texts = Texts("en")
    told = retention.doubt_in_words(texts, Doubt(NOW, days(-60), plan))
    dates = {"now": shown_day(NOW.astimezone()), "last": shown_day(days(-60).astimezone())}
    assert told == f"{texts('logview.clock.doubt', **dates)} {texts(would, names=len(plan.names), rest=len(plan.rest))}"


@pytest.mark.parametrize(("day", "later"), [(-0.5, False), (0.5, False), (1, False), (1.5, True)])
def test_what_is_dated_within_a_day_is_not_dated_after_the_present(desk: Desk, day: float, later: bool) -> None:
    desk.save("Morgen", days(day))
    with desk.services.open_log() as log:
        assert retention.dated_later(log, NOW, {}) == ({1: DatedLater(days(day), NOW)} if later else {})


def test_an_unreadable_memory_is_none(desk: Desk) -> None:
    desk.save("Hier")
    desk.start(NOW)
    file = desk.services.paths.log_folder(Mode.ADMIN).with_name("log.clock")
    assert file.is_file()
    whole = file.read_bytes()
    for junk in (
        b"",
        b"[]",
        b"\xff",
        whole[:20],
        whole.replace(b"+00:00", b""),
        b'{"last": 5, "starts": 1, "later": 2}',
    ):
        file.write_bytes(junk)
        assert desk.start(on("2028-01-01")) is not None
        file.write_bytes(junk)
        assert desk.start(NOW) is None
    assert desk.names() == ["Hier"]


@pytest.mark.parametrize(
    ("now", "known", "later"),
    [(0, False, {1, 2}), (59, True, {1, 2}), (59.5, True, {1, 2}), (59.5, False, set()), (60, True, {1})],
)
def test_what_came_after_a_date_after_the_present_counts_as_well(
    desk: Desk, now: float, known: bool, later: set[int]
) -> None:
    for name, day in (("Uit de toekomst", 60), ("Verkeerde klok", -100), ("Nu", 0)):
        desk.save(name, days(day))
    seen_before = {1: DatedLater(days(60), days(-1))} if known else {}
    with desk.services.open_log() as log:
        found = retention.dated_later(log, days(now), seen_before, 90)
    assert set(found) == later
    assert found.get(1, None) == (seen_before.get(1) or (DatedLater(days(60), days(now)) if later else None))


@pytest.mark.parametrize(
    ("now", "first_seen", "unchanged"),
    [
        (0, {}, ()),
        (0, {2: -89}, ()),
        (0, {2: -90}, (2,)),
        (0, {2: -90, 9: -90}, (2,)),
        (150, {}, (1, 2, 3)),
        (150, {2: 0}, (1, 2, 3)),
        (150, {2: 61}, (1, 3)),
    ],
)
def test_each_request_is_as_old_as_what_it_came_after_or_as_it_was_first_seen(
    desk: Desk, now: int, first_seen: dict[int, int], unchanged: tuple[int, ...]
) -> None:
    for name, day in (("Uit de toekomst", 60), ("Verkeerde klok", -100), ("Nu", 0)):
        desk.save(name, days(day))
    with desk.services.open_log() as log:
        later = {number: DatedLater(days(-100), days(day)) for number, day in first_seen.items()}
        assert sorted(unchanged_for(log, days(now), 90, later).rest) == list(unchanged)


@pytest.mark.parametrize("days", [0, -1, -400, 3651, 10**9])
def test_impossible_terms_erase_nothing(desk: Desk, days: int) -> None:
    desk.save("Hier")
    with desk.services.open_log() as log:
        for wrong in (
            lambda: due(log, NOW, days, 400),
            lambda: due(log, NOW, 90, days),
            lambda: unchanged_for(log, NOW, days),
        ):
            with pytest.raises(ValueError, match=f"^{days} days$"):
                wrong()
    assert desk.names() == ["Hier"]


def test_one_desk_with_a_wrong_clock_does_not_erase_for_its_team(desk: Desk, server: Server) -> None:
    url = server.url(server.database())
    desk.services.settings = Settings(team_log_url=url, team_log_role=DESK_ROLE)
    make_key(TeamLog(url, DESK_ROLE, desk.services.paths.data / "team"), NOW)
    desk.save("Hier")
    for day in ("2099-01-01", "2099-01-02", "2099-01-03", "2099-01-04", "2001-01-01"):
        assert desk.start(on(day)) is None, "the server's clock is right"
        assert desk.names() == ["Hier"]
    desk.save("Ook hier")
    with desk.services.open_log() as log:
        assert all(abs(log.now() - entry.saved_at) < dt.timedelta(hours=1) for entry in log.page())


def test_a_wrong_clock_erases_no_calls(tmp_path: Path) -> None:
    book = CallBook(tmp_path)
    days = ("2026-11-20", "2025-01-01", "2030-01-01", "2026-11-21")
    for day in days:
        book.add(CallRecord(dt.date.fromisoformat(day), *[""] * (len(CallRecord.__slots__) - 1)))
    book.note_use(on("2026-11-21"))
    for wrong in ("2099-01-01", "2001-01-01", "2028-01-01"):
        book.erase_older(400, on(wrong))
    assert len(book.read().records) == len(days)
    book.erase_older(400, NOW)
    assert [record.day.isoformat() for record in book.read().records] == [
        "2026-11-20", "2026-11-20", "2026-11-27", "2026-11-21"
    ]  # fmt: skip
    book.believe(on("2028-01-02"))
    book.erase_older(400, on("2028-01-02"))
    assert not book.read().records[0:] or book.read().records[0].day >= dt.date(2026, 11, 27)
