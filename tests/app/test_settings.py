"""The table of settings: what a file says is read whoever wrote it, and what cannot be meant is refused and said."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.policies import parse_policies
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import (
    DAYS,
    DEFAULTS,
    NAMES_DAYS,
    POLICIES,
    REST_DAYS,
    TABLE,
    ReadSettings,
    Settings,
    Theme,
    meant,
)
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from tests.tooling.project import ROOT

WRITTEN = {
    "language": "fr",
    "mode": "helpdesk",
    "theme": "dark",
    "letter_size": 150,
    "names_days": 30,
    "rest_days": 60,
    "administrator_of": ["Sint-Niklaas", "Liège"],
    "letters": False,
    "open_links": False,
}
READ = DEFAULTS._replace(
    language="fr",
    mode=Mode.HELPDESK,
    theme=Theme.DARK,
    letter_size=150,
    names_days=30,
    rest_days=60,
    administrator_of=("Sint-Niklaas", "Liège"),
    letters=False,
    open_links=False,
)


def stored(folder: Path, settings: object) -> Path:
    path = folder / "settings.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_settings_are_read_whatever_editor_saved_them(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(json.dumps(WRITTEN, ensure_ascii=False).encode(encoding))
    assert ReadSettings.of(path) == ReadSettings(READ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            (name, days)
            for name in ("names_days", "rest_days")
            for days in (0, -1, -90, 3651, 10**30, "90", True, 90.0)
        ),
        ("language", "xx"),
        ("language", 1),
        ("mode", "boss"),
        ("mode", None),
        ("theme", "pink"),
        ("letter_size", 0),
        ("letter_size", 110),
        ("letters", 1),
        ("open_links", "no"),
        ("administrator_of", "Gent"),
        ("team_log_url", 5),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name_and_the_rest_counts(name: str, value: object, tmp_path: Path) -> None:
    read = ReadSettings.of(stored(tmp_path, {**WRITTEN, name: value}))
    assert read == ReadSettings(READ._replace(**{name: getattr(DEFAULTS, name)}), (name,))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"x"', b"\xff\xfe{", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"]
)
def test_what_is_no_file_of_settings_means_the_defaults(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    read = ReadSettings.of(path)
    assert read.settings == DEFAULTS
    assert read.unreadable or content.startswith(b'{"a"')


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    assert ReadSettings.of(tmp_path / "settings.json") == ReadSettings()


@pytest.mark.parametrize("name", TABLE)
def test_each_default_is_within_its_own_bounds_and_survives_the_file(name: str, tmp_path: Path) -> None:
    value = getattr(DEFAULTS, name)
    assert meant(name, value) == value
    DEFAULTS.write(tmp_path / "settings.json")
    assert ReadSettings.of(tmp_path / "settings.json") == ReadSettings()


@given(st.sampled_from(["names_days", "rest_days"]), st.integers())
def test_file_and_policy_have_the_same_bounds(name: str, days: int) -> None:
    by_policy = parse_policies({TABLE[name].policy: days})
    assert (meant(name, days) is None) == (by_policy.refused == (TABLE[name].policy,)) == (days not in DAYS)


@pytest.mark.parametrize("name", POLICIES.values())
def test_whatever_a_policy_lays_down_is_a_setting(name: str) -> None:
    given = {"Language": "FR", "Mode": "Training", "OpenLinks": 0, "RetentionNamesDays": 5, "RetentionRestDays": "7"}
    policy = TABLE[name].policy
    held = parse_policies({policy: given.get(policy, "text")}).held
    assert list(held) == [name]
    assert type(held[name]) is type(getattr(DEFAULTS, name))
    assert meant(name, held[name]) == held[name]


def test_a_choice_of_a_view_is_kept_as_its_word() -> None:
    class View(StrEnum):
        """As the helpdesk's, which this room does not know."""

        ONE_SCREEN = "one_screen"

    assert type(meant("view", View.ONE_SCREEN)) is str


@pytest.mark.parametrize("days", [0, -5, 4000])
def test_nothing_out_of_bounds_is_remembered(days: int, tmp_path: Path) -> None:
    services = Services(Paths.choose(tmp_path))
    services.remember(names_days=20)
    with pytest.raises(ValueError, match="names_days"):
        services.remember(names_days=days, rest_days=500)
    assert services.settings == ReadSettings.of(services.paths.settings).settings == DEFAULTS._replace(names_days=20)


@pytest.mark.parametrize("language", languages())
def test_it_is_said_which_setting_is_wrong(language: str, tmp_path: Path) -> None:
    stored(tmp_path, {"names_days": 0, "rest_days": -1, "geometry": 7, "theme": "dark"})
    services = Services(Paths.choose(tmp_path), language=language)
    assert (services.names_days, services.rest_days) == (DEFAULTS.names_days, DEFAULTS.rest_days)
    assert services.settings.theme is Theme.DARK
    said = services.settings_trouble()
    for name in ("names_days", "rest_days"):
        assert f"{services.texts(f'settings.{name}.label')} ({name})" in said
    assert "geometry" not in said


def test_a_file_that_cannot_be_read_is_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"language": "fr",}', encoding="utf-8")
    services = Services(Paths.choose(tmp_path))
    assert str(tmp_path / "settings.unreadable.json") in services.settings_trouble()
    services.remember(theme="light")
    services.remember(theme="dark")
    assert (tmp_path / "settings.unreadable.json").read_text(encoding="utf-8") == '{"language": "fr",}'
    assert ReadSettings.of(tmp_path / "settings.json").settings.theme is Theme.DARK


@pytest.mark.parametrize("language", languages())
def test_each_setting_that_is_shown_has_words(language: str) -> None:
    texts = Texts(language)
    for name, setting in TABLE.items():
        assert all(texts.has(f"settings.{name}.{part}") for part in ("label", "hint")) == (setting.shown is not None)


def test_what_a_policy_lays_down_is_shown() -> None:
    """Whoever cannot change something is to see why."""
    assert {name for name in POLICIES.values() if TABLE[name].shown is None} == set()


def test_the_page_for_it_has_the_bounds_of_the_table() -> None:
    page = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")
    for policy, name in POLICIES.items():
        [line] = re.findall(rf"^\| `{policy}` \|.*$", page, re.MULTILINE)
        bounds = TABLE[name].bounds
        if bounds is not None:
            assert f"{bounds[0]} to {bounds[-1]}" in line
            assert str(getattr(DEFAULTS, name)) in line


def test_the_page_of_settings_is_the_table() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = {row[0]: row for line in page.splitlines() if len(row := re.split(r"`? *\| *`?", line)[1:-1]) == 5}
    shown = {name: setting for name, setting in TABLE.items() if setting.shown}
    assert [name for name in rows if name in Settings._fields] == list(shown)
    for name, setting in shown.items():
        _, values, default, policy, means = rows[name]
        assert json.loads(default) == json.loads(json.dumps(getattr(DEFAULTS, name)))
        assert policy == setting.policy
        assert means
        if setting.bounds:
            assert values == f"{setting.bounds[0]} to {setting.bounds[-1]}"
        elif (only := setting.only) and name != "language":
            assert re.findall(r"\w+", values) == [str(value) for value in only()]


def test_a_log_keeps_names_for_90_days_and_all_for_400_and_neither_for_longer_than_ten_years() -> None:
    assert (NAMES_DAYS, REST_DAYS) == (90, 400)
    assert (min(DAYS), max(DAYS)) == (1, 3650)
