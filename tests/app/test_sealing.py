"""What a portable program leaves of a half-finished request opens for the user and the computer that wrote it alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ccinc_wizard.app import paths, services
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode

TYPED = Answers(applicant_name="Lieve Voorbeeldt", authority_name="Proefgem")
MASK = b"a key of this computer alone"


def _xored(content: bytes) -> bytes:
    return bytes(byte ^ MASK[place % len(MASK)] for place, byte in enumerate(content))


def _elsewhere(_content: bytes) -> bytes:
    raise OSError


@pytest.fixture
def seal(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[bytes], bytes]], None]:
    """Has Windows' own sealing done by something else."""

    def put(work: Callable[[bytes], bytes]) -> None:
        monkeypatch.setattr(services, "sealed", work)
        monkeypatch.setattr(services, "unsealed", work)

    put(_xored)
    return put


def opened(data: Path, mode: Mode = Mode.ADMIN) -> Services:
    return Services(Paths(data, data / "settings.json", portable=True), language="nl", mode=mode)


def held(data: Path) -> bytes:
    return b"".join(path.name.encode() + path.read_bytes() for path in data.rglob("*") if path.is_file())


@pytest.mark.parametrize("mode", [Mode.ADMIN, Mode.TRAINING])
@pytest.mark.usefixtures("seal")
def test_a_lost_stick_tells_no_name(tmp_path: Path, mode: Mode) -> None:
    opened(tmp_path, mode).save_draft(TYPED)
    assert held(tmp_path)
    assert b"Voorbeeldt" not in held(tmp_path)
    assert b"Proefgem" not in held(tmp_path)
    assert opened(tmp_path, mode).load_draft() == TYPED


def test_another_computer_has_a_draft_of_its_own(
    tmp_path: Path, seal: Callable[[Callable[[bytes], bytes]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPUTERNAME", "DESK-1")
    opened(tmp_path).save_draft(TYPED)
    seal(_elsewhere)
    assert opened(tmp_path).load_draft() == Answers()
    seal(_xored)
    monkeypatch.setenv("COMPUTERNAME", "DESK-2")
    assert opened(tmp_path).load_draft() == Answers()
    opened(tmp_path).save_draft(Answers())
    monkeypatch.setenv("COMPUTERNAME", "DESK-1")
    assert opened(tmp_path).load_draft() == TYPED
    assert b"DESK" not in held(tmp_path)


@pytest.mark.usefixtures("seal")
def test_what_an_earlier_version_left_in_clear_is_taken_over_and_goes(tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text('{"applicant_name": "Lieve Voorbeeldt"}', encoding="utf-8")
    found = opened(tmp_path).load_draft()
    assert found == Answers(applicant_name="Lieve Voorbeeldt")
    opened(tmp_path).save_draft(found)
    assert opened(tmp_path).load_draft() == found
    assert b"Voorbeeldt" not in held(tmp_path)


@pytest.mark.usefixtures("seal")
def test_what_makes_room_for_other_answers_waits_sealed(tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text('{"applicant_name": "Lieve Voorbeeldt"}', encoding="utf-8")
    for _ in range(2):
        opened(tmp_path).set_draft_aside()
        opened(tmp_path).save_draft(TYPED)
    assert b"Voorbeeldt" not in held(tmp_path)
    waiting = [one.answers for one in opened(tmp_path).waiting_drafts(in_place=True)]
    assert sorted(waiting) == sorted([Answers(applicant_name="Lieve Voorbeeldt"), TYPED, TYPED])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows seals")
def test_where_nothing_seals_nothing_is_kept(tmp_path: Path) -> None:
    opened(tmp_path).save_draft(TYPED)
    assert held(tmp_path) == b""


@pytest.mark.skipif(sys.platform != "win32", reason="Windows alone seals")
def test_windows_opens_what_it_sealed() -> None:
    content = b"Lieve Voorbeeldt"
    assert b"Lieve" not in paths.sealed(content)
    assert paths.unsealed(paths.sealed(content)) == content


@pytest.mark.parametrize(("days", "left"), [(89, 1), (91, 0)])
def test_what_waits_half_way_is_kept_as_long_as_names(tmp_path: Path, days: int, left: int) -> None:
    data = tmp_path / "data"
    waiting = Services(Paths(data, data / "settings.json"), language="nl", mode=Mode.ADMIN)
    for _ in range(2):
        waiting.set_draft_aside()
        waiting.save_draft(TYPED)
    then = time.time() - days * 24 * 60 * 60
    for draft in (data / "draft.json", data / "draft-left-1.json"):
        os.utime(draft, (then, then))
    with waiting.open_log() as log:
        assert waiting.erase_what_is_due(log) is None
    assert len(waiting.waiting_drafts(in_place=False)) == left
    assert waiting.load_draft() == TYPED
