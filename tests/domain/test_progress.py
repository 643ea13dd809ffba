"""Which step comes next, and when all is done."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.outcome import Checklist

STEPS = ("open", "search", "choose", "confirm")


@pytest.mark.parametrize(
    ("ticks", "after", "following"),
    [
        ("", "", "open"),
        ("open", "", "search"),
        ("open", "open", "search"),
        ("open choose", "search", "confirm"),
        ("open search", "choose", "confirm"),
        ("search", "search", "choose"),
        ("search choose confirm", "confirm", "open"),
        ("choose confirm", "confirm", "open"),
        ("open search choose", "confirm", "confirm"),
        ("open search choose", "gone", "confirm"),
        ("open search choose confirm", "", None),
        ("open search choose confirm", "search", None),
    ],
)
def test_the_next_open_step(ticks: str, after: str, following: str | None) -> None:
    assert Checklist.of(STEPS, ticks.split()).next_open(after) == following


@pytest.mark.parametrize(
    ("ticks", "done", "complete"),
    [
        ("", 0, False),
        ("open", 1, False),
        ("open open", 1, False),
        ("open search confirm", 3, False),
        ("confirm choose search open", 4, True),
        ("open search choose of_an_older_procedure", 3, False),
    ],
)
def test_how_far_it_is(ticks: str, done: int, complete: bool) -> None:
    progress = Checklist.of(STEPS, ticks.split())
    assert (progress.done, progress.complete) == (done, complete)


def test_a_tick_is_set_and_taken_away() -> None:
    begun = Checklist.of(STEPS, ["open"])
    assert begun.with_tick("search") == Checklist.of(STEPS, ["open", "search"])
    assert begun.with_tick("search").with_tick("open", done=False) == Checklist.of(STEPS, ["search"])
    assert begun.with_tick("open") == begun
    assert begun.with_tick("search", done=False) == begun
    assert begun.with_tick("of_an_older_procedure") == begun


@pytest.mark.parametrize(
    ("step", "by", "shown"),
    [
        ("open", 1, "search"),
        ("search", -1, "open"),
        ("open", -1, "open"),
        ("confirm", 1, "confirm"),
        ("confirm", -3, "open"),
    ],
)
def test_moving_stops_at_both_ends(step: str, by: int, shown: str) -> None:
    assert Checklist(STEPS).beside(step, by) == shown


def test_steps_are_counted_from_one() -> None:
    assert [Checklist(STEPS).place(step) for step in STEPS] == [1, 2, 3, 4]
