"""The soak: a few rounds of it for real, the same decisions each time, and every fault that is put in is found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the soak needs fork", allow_module_level=True)

import soak
from soaking import plan as plans
from soaking.model import Model, Row
from soaking.plan import Job, Kill, Kind, Round
from soaking.search import Search, forms

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog.model import ErasurePlan

SEED = 11


def _round(number: int, *kinds: Kind, jump: int = 0, kill: Kill | None = None) -> Round:
    jobs = tuple(Job(kind, jump, kill, 3, number) for kind in kinds)
    return Round(number, 0, jobs, None, "")


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[soak.Soak]:
    # A disk of its own is for root, and no test of its own.
    monkeypatch.setattr(soak.shutil, "which", lambda _: None)
    made = soak.Soak(SEED, tmp_path)
    made.prepare()
    yield made
    made.end()


def test_a_few_rounds_lose_and_leak_nothing(running: soak.Soak, figures: list[str]) -> None:
    saving = (Kind.WINDOW, Kind.LIST, Kind.ASK)
    for decided in (
        _round(1, *saving),
        _round(2, Kind.BACKUP, Kind.WINDOW),
        _round(3, *saving, kill=Kill(1, 1.0)),
        _round(4, Kind.WINDOW, Kind.PURGE, jump=8000),
        _round(5, Kind.WINDOW, jump=-2000),
        Round(6, 1, (Job(Kind.WINDOW, 0, None, 3, 6),), 0, "log.clock"),
        _round(7, Kind.RESTORE, kill=Kill(0, 3.0)),
        _round(8, Kind.RESTORE, Kind.WINDOW),
        Round(9, 0, (Job(Kind.WINDOW, 0, None, 3, 9),), None, "log.db"),
    ):
        running.round(decided)
        assert running.model.faults == [], decided
    running.look_for_numbers()
    assert running.model.faults == []
    counted = running.model.figures
    assert counted["acknowledged"] >= 10
    assert all(counted[kind] for kind in ("restores done", "damaged copies", "full disks", "kills", "clock jumps"))
    figures.append(f"soak: {counted['acknowledged']} acknowledged in nine rounds, 0 missing")


def test_what_is_lost_or_leaked_is_found(running: soak.Soak) -> None:
    running.round(_round(1, Kind.WINDOW, Kind.LIST))
    services = Services(Paths.choose(running.data), mode=Mode.ADMIN)
    with services.open_log() as log:
        lost = log.page()[0]
        log.erase(ErasurePlan(rest=(lost.id,)))
    running.round(_round(2, Kind.LIST))
    assert [fault for fault in running.model.faults if lost.reference in fault and "is not in the log" in fault]
    assert running.model.figures["acknowledged and missing"] == 1
    (running.folder / "home" / "left").write_bytes(b"nr. " + running.people[3][:9].encode())
    running.look_for_numbers()
    assert "a register number stands in" in running.model.faults[-1]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Row(plans.name_of(1), "invoerder", "requested", ["open_portal"], "", False), ""),
        (Row(plans.name_of(1), "invoerder", "requested", [], "", False), "tick"),
        (Row(plans.name_of(1), "invoerder", "granted", ["open_portal"], "", False), "status"),
        (Row(plans.name_of(2), "invoerder", "requested", ["open_portal"], "", False), "name"),
        (Row("", "invoerder", "requested", ["open_portal"], "", True), "too early"),
    ],
)
def test_what_was_acknowledged_must_be_there_as_it_was(row: Row, fault: str) -> None:
    model = Model()
    model.new_attempt(0, "invoerder")
    model.saved("AAA-AAA", 1, ["open_portal"])
    model.check({"AAA-AAA": row}, None, "")
    assert [fault in told for told in model.faults] == ([True] if fault else [])


def test_what_nobody_saved_is_there_twice_or_has_two_roles_is_a_fault() -> None:
    model = Model()
    for role in ("invoerder", "raadpleger"):
        model.new_attempt(0, role)
    row = Row(plans.name_of(1), "invoerder", "requested", [], "", False)
    other = Row(plans.name_of(2), "raadpleger", "requested", [], "", False)
    stranger = Row("Iemand Anders", "invoerder", "requested", [], "", False)
    model.check({"AAA-AAA": row, "AAA-AAB": row, "AAA-AAC": other, "AAA-AAD": stranger}, None, "")
    assert ["twice" in fault for fault in model.faults] == [True, False, False]
    assert model.faults[-1] == "person 0 has two roles"


def test_a_restore_may_put_aside_and_not_lose() -> None:
    model = Model()
    held = model.begin([])
    model.backups["1"] = held
    model.new_attempt(0, "invoerder")
    model.saved("AAA-AAA", 1)
    kept = {"AAA-AAA": Row(plans.name_of(1), "invoerder", "requested", [], "", False)}
    model.check({}, kept, "1")
    assert (model.faults, model.entries) == ([], {})
    model.saved("AAA-AAB", 1)
    model.check({}, {}, "1")
    assert len(model.faults) == 1


def test_the_seed_decides_everything(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for _ in range(2):
        monkeypatch.setattr(sys, "argv", ["soak", "--plan", "--seed", "7", "--rounds", "300"])
        assert soak.main() == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert plans.people(7) == plans.people(7) != plans.people(8)
    made = [plans.plan(7, number) for number in range(1, 301)]
    assert {job.kind for decided in made for job in decided.jobs} == set(Kind)
    assert {decided.flip for decided in made} == {"", "log.head", "log.clock", "log.db"}


@pytest.mark.parametrize("form", list(forms("85073003328")))
def test_a_number_is_found_in_any_form_and_others_are_not(form: bytes) -> None:
    assert Search(["85073003328"]).holds(b"nr " + form + b".")
    assert not Search(["72020290081"]).holds(b"nr " + form + b".")


def test_a_search_that_finds_nothing_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("small", "home", "tmp"):
        (tmp_path / place).mkdir()
    monkeypatch.delenv("DISPLAY", raising=False)
    count, missed = soak.planted_found(tmp_path)
    assert (count, missed) == (26, [])
    monkeypatch.setattr(Search, "holds", lambda *_: False)
    assert len(soak.planted_found(tmp_path)[1]) == 26
