"""Every file that the first version wrote still opens, and says what it said: n of n. See tests/earlier/README.md."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest

from ccinc_wizard.app.call_book import CallBook
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode, Role, Situation
from ccinc_wizard.requestlog.backup import restore
from ccinc_wizard.requestlog.export import exported_values
from ccinc_wizard.requestlog.keys import SERVICE
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import DIGITS, START, MemoryKeyring, request

EARLIER = Path(__file__).resolve().parents[1] / "earlier"
LOGS = ("key-in-file", "key-in-keyring")


def _log(folder: Path, name: str) -> Path:
    """The log, on a machine that has its key."""
    shutil.copytree(EARLIER / name, folder / name)
    kept = EARLIER / name / "keyring.json"
    if kept.exists():
        ring = MemoryKeyring()
        ring.kept = {(SERVICE, user): secret for user, secret in json.loads(kept.read_bytes()).items()}
        keyring.set_keyring(ring)
    return folder / name / "log"


def _backup(folder: Path, name: str) -> Path:
    restore(folder / "restored" / "log", EARLIER / name, "drie losse woorden", START)
    return folder / "restored" / "log"


KEPT: dict[str, Callable[[Path, str], Path]] = dict.fromkeys(LOGS, _log) | {"backup.ccinc": _backup}


@pytest.mark.parametrize("name", KEPT)
def test_a_log_of_the_first_version_opens_and_goes_on(
    name: str, tmp_path: Path, open_log: Callable[..., RequestLog], figures: list[str]
) -> None:
    log = open_log(KEPT[name](tmp_path, name))
    like = "key-in-file" if name == "backup.ccinc" else name
    wanted = json.loads((EARLIER / like / "list.json").read_bytes())
    assert log.verify().sound
    shown = json.loads(json.dumps([exported_values(entry) for entry in log.page()]))
    assert len(shown) == len(wanted) == 4
    assert all(now.items() >= then.items() for now, then in zip(shown, wanted, strict=True))
    assert [len(log.events(entry.reference)) for entry in log.page()] == [2, 3, 2, 4]
    assert [entry.applicant_name for entry in log.requests_of(log.fingerprint(DIGITS))] == ["Lieve Voorbeeldt"]
    assert [entry.applicant_name for entry in log.page(search="emile hondt")] == ["Émile D'Hondt"]
    assert len(log.page(search="24/11/2026")) == 4
    saved = log.save(request("Daarna"))
    assert log.get(saved.reference).id > max(entry.id for entry in log.page()[1:])
    assert log.verify().sound
    figures.append(
        f"written by the first version, {name}: opened, {len(wanted)} of {len(wanted)} requests as they were"
    )


def test_settings_draft_and_calls_of_the_first_version_are_read(tmp_path: Path) -> None:
    shutil.copytree(EARLIER / "data", tmp_path / "data")
    services = Services(Paths.choose(tmp_path / "data"), mode=Mode.ADMIN)
    settings = services.settings
    assert (settings.language, settings.mode, settings.names_days, settings.rest_days) == ("fr", Mode.HELPDESK, 30, 200)
    assert (settings.administrator_of, settings.alphabet) == (("AGB De Proefzaal",), "nato")
    draft = services.load_draft()
    assert (draft.situation, draft.role, draft.authority) == (Situation.MANUAL, Role.INVOERDER, "agb")
    assert (draft.applicant_name, draft.authority_name) == ("Lieve Voorbeeldt", "AGB De Proefzaal")
    calls = CallBook(tmp_path / "data").read()
    assert ([call.caller for call in calls.records], calls.unreadable) == (["applicant", "someone_else"], 0)


def test_a_scenario_of_the_first_version_is_played(tmp_path: Path) -> None:
    services = Services(Paths.choose(tmp_path), language="nl", mode=Mode.TRAINING)
    services.remember(scenario_folder=str(EARLIER / "scenarios"))
    found = services.read_scenarios()
    assert found.find("eigen") is not None
