"""Policies: the strongest set wins, what cannot be meant is refused by name, nothing crashes."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.app.policies import Policies, parse_policies, read_policies
from ccinc_wizard.app.settings import POLICIES
from ccinc_wizard.domain.enums import Mode

FULL = {
    "Language": "fr",
    "Mode": "helpdesk",
    "RetentionNamesDays": 30,
    "RetentionRestDays": 200,
    "TeamLogUrl": "postgresql://log.example/ccinc",
    "TeamLogRole": "ccinc_desk",
    "ScenarioFolder": r"\\server\share\scenarios",
    "OpenLinks": 0,
}


def test_every_value_is_read() -> None:
    policies = parse_policies(FULL)
    assert policies.held == {
        "language": "fr",
        "mode": Mode.HELPDESK,
        "names_days": 30,
        "rest_days": 200,
        "team_log_url": "postgresql://log.example/ccinc",
        "team_log_role": "ccinc_desk",
        "scenario_folder": r"\\server\share\scenarios",
        "open_links": False,
    }
    assert policies.laid_down() == frozenset(POLICIES)


def test_nothing_laid_down() -> None:
    assert parse_policies({}, {}) == Policies()
    assert Policies().laid_down() == frozenset()


def test_the_machine_wins_over_the_user_value_by_value() -> None:
    policies = parse_policies({"Language": "nl"}, {"Language": "en", "OpenLinks": 1})
    assert policies.held == {"language": "nl", "open_links": True}
    assert policies.laid_down() == {"Language", "OpenLinks"}


def test_what_cannot_be_meant_is_refused_and_the_next_set_counts() -> None:
    policies = parse_policies({"Mode": "boss", "RetentionNamesDays": 0}, {"Mode": "training"})
    assert policies.held == {"mode": Mode.TRAINING}
    assert policies.refused == ("Mode", "RetentionNamesDays")
    assert policies.laid_down() == {"Mode"}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Language", "NL", "nl"),
        ("Language", "nl-BE", None),
        ("Language", "xx", None),
        ("Language", 1, None),
        ("Language", "", None),
        ("Mode", " Admin ", Mode.ADMIN),
        ("Mode", b"admin", None),
        ("RetentionNamesDays", 1, 1),
        ("RetentionNamesDays", "90", 90),
        ("RetentionNamesDays", 3650, 3650),
        ("RetentionNamesDays", 3651, None),
        ("RetentionNamesDays", "many", None),
        ("RetentionRestDays", True, None),
        ("TeamLogUrl", "  ", None),
        ("TeamLogUrl", ["a"], None),
        ("OpenLinks", 1, True),
        ("OpenLinks", "0", False),
        ("OpenLinks", 2, None),
        ("openlinks", 0, False),
    ],
)
def test_one_value(name: str, value: object, expected: object) -> None:
    policies = parse_policies({name: value})
    policy = next(known for known in POLICIES if known.casefold() == name.casefold())
    held = policies.held.get(POLICIES[policy])
    assert held == expected
    assert type(held) is type(expected)
    assert policies.refused == (() if expected is not None else (policy,))


values: st.SearchStrategy[Any] = st.one_of(st.text(), st.integers(), st.binary(), st.lists(st.text()), st.none())


@given(st.dictionaries(st.one_of(st.sampled_from(list(FULL)), st.text()), values))
def test_wild_values_are_held_or_refused_never_both(wild: dict[str, Any]) -> None:
    policies = parse_policies(wild)
    assert policies.laid_down().isdisjoint(policies.refused)
    given_names = {name.casefold() for name, value in wild.items() if value is not None}
    assert {policy.casefold() for policy in policies.laid_down() | set(policies.refused)} <= given_names


@pytest.mark.skipif(sys.platform == "win32", reason="reads this machine's own policies on Windows")
def test_nothing_is_laid_down_outside_windows() -> None:
    assert read_policies() == Policies()
