"""What the program remembers between two starts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple, Self

from ccinc_wizard.app.machine import write_private
from ccinc_wizard.domain.terms import NAMES_DAYS, REST_DAYS, Mode


class Settings(NamedTuple):
    """What the program remembers between two starts. Holds nothing about applicants."""

    language: str = ""
    mode: str = Mode.ADMIN.value
    theme: str = "system"
    administrator_of: tuple[str, ...] = ()
    """Organisations of which the user has said to be (hoofd) lokale beheerder: asked once."""
    names_days: int = NAMES_DAYS
    rest_days: int = REST_DAYS
    geometry: str = ""
    companion_geometry: str = ""
    companion_view: str = "one"
    view: str = "pages"
    letters: bool = True
    """Whether one letter or digit is enough to choose at the helpdesk (WCAG 2.2, 2.1.4)."""
    alphabet: str = "flemish"
    scenario_folder: str = ""
    team_log_url: str = ""
    team_log_role: str = ""

    @classmethod
    def read(cls, path: Path) -> Self:
        """The settings in this file; a missing or unreadable file means the defaults."""
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(stored, dict):
            return cls()
        known: dict[str, Any] = {}
        for name, default in cls._field_defaults.items():
            value = stored.get(name)
            value = tuple(map(str, value)) if isinstance(value, list) else value
            if type(value) is type(default):
                known[name] = value
        return cls(**known)

    def write(self, path: Path) -> None:
        """Replace the file in one go. Raises OSError."""
        write_private(path, json.dumps(self._asdict(), ensure_ascii=False, indent=1))
