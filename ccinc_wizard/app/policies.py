"""What an organisation's IT has laid down: values under `Software\\Policies` in the Windows registry.

A policy wins over what the user has set; one for the machine wins over one for the user. Elsewhere than on Windows
nothing is ever laid down. The same names stand in `packaging/policies/*.admx`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ccinc_wizard.domain.terms import DAYS, Mode

REGISTRY_KEY = r"Software\Policies\CCinC\AccessWizard"

Value = TypeVar("Value")


class Policy(StrEnum):
    """The value names in the registry."""

    LANGUAGE = "Language"
    MODE = "Mode"
    NAMES_DAYS = "RetentionNamesDays"
    REST_DAYS = "RetentionRestDays"
    TEAM_LOG_URL = "TeamLogUrl"
    TEAM_LOG_ROLE = "TeamLogRole"
    SCENARIO_FOLDER = "ScenarioFolder"
    OPEN_LINKS = "OpenLinks"


@dataclass(frozen=True, slots=True)
class Policies:
    """What is laid down; None where the user may choose."""

    language: str | None = None
    """ISO 639 code such as `nl`; whether the program speaks it is for its reader to see."""
    mode: Mode | None = None
    names_days: int | None = None
    rest_days: int | None = None
    team_log_url: str | None = None
    team_log_role: str | None = None
    scenario_folder: str | None = None
    open_links: bool | None = None
    """False: links are shown and copied, never opened."""
    refused: tuple[Policy, ...] = ()
    """Values that are there but cannot be meant; they count as not laid down."""

    def laid_down(self) -> frozenset[Policy]:
        """The policies that hold, so that the window can show what the user cannot change."""
        return frozenset(policy for policy, held in self._held().items() if held is not None)

    def _held(self) -> dict[Policy, object]:
        return {
            Policy.LANGUAGE: self.language,
            Policy.MODE: self.mode,
            Policy.NAMES_DAYS: self.names_days,
            Policy.REST_DAYS: self.rest_days,
            Policy.TEAM_LOG_URL: self.team_log_url,
            Policy.TEAM_LOG_ROLE: self.team_log_role,
            Policy.SCENARIO_FOLDER: self.scenario_folder,
            Policy.OPEN_LINKS: self.open_links,
        }


def parse_policies(*sources: Mapping[str, object]) -> Policies:
    """The policies in these sets of registry values (name to text or number), the strongest set first.

    Names count in any case, as in the registry. A value that cannot be meant is refused by name and the next set is
    asked.
    """
    sets = [{name.casefold(): value for name, value in source.items()} for source in sources]
    refused: list[Policy] = []

    def first(policy: Policy, read: Callable[[object], Value | None]) -> Value | None:
        for values in sets:
            given = values.get(policy.casefold())
            if given is None:
                continue
            meant = read(given)
            if meant is not None:
                return meant
            if policy not in refused:
                refused.append(policy)
        return None

    return Policies(
        language=first(Policy.LANGUAGE, _language),
        mode=first(Policy.MODE, _mode),
        names_days=first(Policy.NAMES_DAYS, _days),
        rest_days=first(Policy.REST_DAYS, _days),
        team_log_url=first(Policy.TEAM_LOG_URL, _text),
        team_log_role=first(Policy.TEAM_LOG_ROLE, _text),
        scenario_folder=first(Policy.SCENARIO_FOLDER, _text),
        open_links=first(Policy.OPEN_LINKS, _switch),
        refused=tuple(refused),
    )


def read_policies() -> Policies:
    """What is laid down on this machine and for this user; nothing outside Windows."""
    if sys.platform != "win32":
        return Policies()
    import winreg

    return parse_policies(_registry_values(winreg.HKEY_LOCAL_MACHINE), _registry_values(winreg.HKEY_CURRENT_USER))


def _registry_values(root: int) -> dict[str, object]:
    """The values under the policy key of this hive; an absent or unreadable key means none."""
    if sys.platform != "win32":
        return {}
    import winreg

    values: dict[str, object] = {}
    try:
        with winreg.OpenKey(root, REGISTRY_KEY) as key:
            for index in range(winreg.QueryInfoKey(key)[1]):
                name, value, kind = winreg.EnumValue(key, index)
                values[name] = winreg.ExpandEnvironmentStrings(value) if kind == winreg.REG_EXPAND_SZ else value
    except OSError:
        return values
    return values


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _language(value: object) -> str | None:
    text = (_text(value) or "").casefold()
    return text if re.fullmatch("[a-z]{2,3}", text) else None


def _mode(value: object) -> Mode | None:
    text = (_text(value) or "").casefold()
    return next((mode for mode in Mode if mode == text), None)


def _number(value: object) -> int | None:
    """A DWORD; text of digits too, which is what a hand-made registry file often holds."""
    if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value.strip()):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _days(value: object) -> int | None:
    number = _number(value)
    return number if number in DAYS else None


def _switch(value: object) -> bool | None:
    return {0: False, 1: True}.get(-1 if (number := _number(value)) is None else number)
