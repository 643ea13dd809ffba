"""What the program remembers between two starts, and how it writes files that only their owner may read."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from ccinc_wizard.domain.terms import Mode


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


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, in one go: a killed program leaves the old or the new one.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
