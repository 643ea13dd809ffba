"""What the program remembers between two starts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.machine import write_private


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers between two starts. Holds nothing about applicants."""

    language: str = ""
    mode: str = Mode.ADMIN.value
    theme: str = "system"
    administrator_of: tuple[str, ...] = ()
    """Organisations of which the user has said to be (hoofd) lokale beheerder: asked once."""
    names_days: int = 90
    rest_days: int = 400
    geometry: str = ""
    companion_geometry: str = ""
    companion_view: str = "one"
    view: str = "pages"
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
        for entry in fields(cls):
            value = stored.get(entry.name)
            value = tuple(map(str, value)) if isinstance(value, list) else value
            if type(value) is type(entry.default):
                known[entry.name] = value
        return cls(**known)

    def write(self, path: Path) -> None:
        """Replace the file in one go. Raises OSError."""
        write_private(path, json.dumps(asdict(self), ensure_ascii=False, indent=1))
