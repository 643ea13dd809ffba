r"""What an organisation's IT has laid down: values under `Software\Policies` in the Windows registry.

A policy wins over what the user has set; one for the machine wins over one for the user. Elsewhere than on Windows
nothing is ever laid down. Which settings have a policy, and its bounds, stands in the table of settings; the same names
stand in `packaging/policies/*.admx`.
"""

import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from ccinc_wizard.app.settings import DEFAULTS, POLICIES, TABLE, meant

REGISTRY_KEY = r"Software\Policies\CCinC\AccessWizard"


class Policies(NamedTuple):
    """What is laid down, by the setting's name; the user may choose the others."""

    held: Mapping[str, object] = MappingProxyType({})
    refused: tuple[str, ...] = ()
    """Values of the registry that are there but cannot be meant; they count as not laid down."""

    def laid_down(self) -> frozenset[str]:
        """The values of the registry that hold."""
        return frozenset(TABLE[name].policy for name in self.held)


def parse_policies(*sources: Mapping[str, object]) -> Policies:
    """The policies in these sets of registry values (name to text or number), the strongest set first.

    Names count in any case, as in the registry. A value that cannot be meant is refused by name and the next set is
    asked.
    """
    sets = [{name.casefold(): value for name, value in source.items()} for source in sources]
    held: dict[str, object] = {}
    refused: dict[str, None] = {}
    for policy, name in POLICIES.items():
        for given in (values.get(policy.casefold()) for values in sets):
            if given is None:
                continue
            if (value := _meant(name, given)) is not None:
                held[name] = value
                break
            refused[policy] = None
    return Policies(held, tuple(refused))


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


def _meant(name: str, given: object) -> object | None:
    """What a value of the registry says of a setting, or None."""
    default = getattr(DEFAULTS, name)
    if isinstance(default, bool):
        return {0: False, 1: True}.get(-1 if (number := _number(given)) is None else number)
    if isinstance(default, int):
        return meant(name, _number(given))
    text = given.strip() if isinstance(given, str) else ""
    of_few = isinstance(default, StrEnum) or TABLE[name].only is not None
    return meant(name, text.casefold() if of_few else text) if text else None


def _number(given: object) -> int | None:
    """A DWORD; text of digits too, which is what a hand-made registry file often holds."""
    if isinstance(given, str) and re.fullmatch("[0-9]{1,9}", given.strip()):
        return int(given)
    return given if isinstance(given, int) and not isinstance(given, bool) else None
