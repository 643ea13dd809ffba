"""A request is asked without a window, and judged as often as its answers change, no oftener."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ccinc_wizard.app.interview import Hooks, Interview, LogLookup
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain import register_number, rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Mode, Role, Situation
from ccinc_wizard.domain.findings import EarlierRequest
from ccinc_wizard.domain.questions import StepId
from tests.terminal.asked import Typed
from tests.ui.conftest import Driver, open_window  # noqa: F401  the window of the screens' own tests

MOST_RULES, MOST_NUMBERS = 12, 15
NUMBER = "85.07.30-033.28"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """Services that write only under the test's own folder."""
    return Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often all rules were run, and how often a register number was parsed."""
    counts: Counter[str] = Counter()

    def count(module: object, name: str) -> None:
        real: Callable[..., object] = getattr(module, name)

        def counting(*given: object, **named: object) -> object:
            counts[name] += 1
            return real(*given, **named)

        monkeypatch.setattr(module, name, counting)

    count(rules, "evaluate")
    count(register_number, "parse")
    return counts


def told(counts: Counter[str], door: str, figures: list[str]) -> None:
    """Print what was counted, and hold it to its bounds."""
    evaluated, parsed = counts["evaluate"], counts["parse"]
    figures.append(f"one request typed and saved in the {door}: rules run {evaluated} times, number parsed {parsed}")
    assert 0 < evaluated <= MOST_RULES
    assert 0 < parsed <= MOST_NUMBERS


def test_the_window_judges_a_request_no_oftener_than_it_changes(
    open_window: Callable[[], Driver],  # noqa: F811
    counted: Counter[str],
    figures: list[str],
) -> None:
    window = open_window()
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", number=NUMBER, to="check")
    window.click("administrator_yes")
    window.next()
    window.until(lambda: window.page == "page_result")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    told(counted, "window", figures)


def test_the_terminal_judges_a_request_no_oftener_than_it_changes(
    services: Services, counted: Counter[str], figures: list[str]
) -> None:
    typed = Typed("manual", "Lieve Voorbeeldt", NUMBER, "invoerder", "agb", "AGB De Proefzaal", "ja", "ja")
    assert typed.run(services) == 0
    told(counted, "terminal", figures)


COMPLETE = Answers(
    situation=Situation.MANUAL,
    applicant_name="Lieve Voorbeeldt",
    number_text=NUMBER,
    role=Role.RAADPLEGER,
    authority="agb",
    authority_name="AGB De Proefzaal",
    administrator=Administrator.YES,
)
OTHER_ROLE = (EarlierRequest(Role.INVOERDER, date(2026, 1, 5), "AGB De Proefzaal"),)


@pytest.fixture
def moves() -> list[StepId]:
    """The pages that were opened."""
    return []


def at_check(services: Services, moves: list[StepId], known: Sequence[EarlierRequest] | None) -> Interview:
    """An interview on complete answers that has come to the check page; `known` is what the log says at once."""
    made = Interview(services, COMPLETE, Hooks(moved=moves.append, look_up=lambda *_: known))
    made.go(StepId.CHECK)
    return made


def test_who_goes_on_while_the_log_is_asked_goes_on_when_it_has_answered(
    services: Services, moves: list[StepId]
) -> None:
    made = at_check(services, moves, None)
    made.advance()
    assert (made.step, made.lookup) == (StepId.CHECK, LogLookup.PENDING)
    made.hear(())
    assert (made.step, made.lookup) == (StepId.RESULT, LogLookup.ANSWERED)
    made.hear(OTHER_ROLE)
    assert made.step is StepId.CHECK, "an answer that comes late takes a result back"


def test_what_is_known_at_once_holds_the_check_page_back(services: Services, moves: list[StepId]) -> None:
    made = at_check(services, moves, OTHER_ROLE)
    made.advance()
    assert made.step is StepId.CHECK
    assert "one_role" in [finding.rule for finding in made.judgement.findings]
    made.edit(number_text="")
    assert made.judgement.number is None
    made.look_again()
    assert made.earlier == (), "nobody is known without a number"


def test_after_a_change_one_comes_to_what_is_still_open_and_then_back_to_the_check(
    services: Services, moves: list[StepId]
) -> None:
    made = at_check(services, moves, ())
    made.change("applicant_name")
    made.edit(role=None)
    made.advance()
    assert made.step is StepId.ROLE
    made.answer("role", "invoerder")
    made.advance()
    assert moves == [StepId.CHECK, StepId.APPLICANT, StepId.ROLE, StepId.CHECK]
    made.change("role")
    made.retreat()
    assert made.step is StepId.CHECK


def test_a_judgement_is_kept_while_the_answers_stay_and_no_longer(
    services: Services, moves: list[StepId], counted: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = at_check(services, moves, ())
    assert made.judgement.findings
    assert made.problems(StepId.ROLE) == []
    assert made.judgement.request is not None
    assert made.judgement.number is not None
    assert (counted["evaluate"], counted["parse"]) == (1, 1)
    made.edit(role=Role.INVOERDER)
    assert made.judgement.findings
    assert made.judgement.request is not None
    assert (counted["evaluate"], counted["parse"]) == (2, 1)
    tomorrow = services.circumstances()
    monkeypatch.setattr(services, "circumstances", lambda earlier=(): replace(tomorrow, today=date(2099, 1, 1)))
    assert made.judgement.findings
    assert (counted["evaluate"], counted["parse"]) == (3, 2), "another day is judged anew"
