"""What can be set, in one table: loading, policies, the settings page and the tables of the documents come from it."""

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple, Self

from ccinc_wizard.content.files import read_bounded
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog.atomic_files import write_private

LETTER_SIZES = (100, 125, 150, 175, 200)
"""Per cent of the letters that the system has."""
NAMES_DAYS, REST_DAYS = 90, 400
"""After how many days the log erases names and notes of a closed request, and after how many all of it.

Ninety days cover questions about a right just granted; four hundred cover one yearly round of registration and a
margin.
"""
DAYS = range(1, 3651)
"""How long the log may keep something: a day to ten years."""


class Theme(StrEnum):
    """What the user chose; `system` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Section(StrEnum):
    """The parts of the settings page, in its order."""

    WORK = "work"
    LOOK = "look"
    LOG = "log"
    KEYS = "keys"
    OTHER = "other"


class Setting(NamedTuple):
    """What holds for a setting beside its name, type and default. Its words stand under its name in `settings.json`."""

    shown: Section | None = None
    """Where the settings page has it; nowhere for what the program remembers by itself."""
    policy: str = ""
    """The name of the value in the registry by which the organisation lays it down."""
    bounds: range | None = None
    only: Callable[[], Iterable[object]] | None = None
    """The values there are, beside the default."""


class Settings(NamedTuple):
    """The table: a setting a line. Holds nothing about applicants."""

    language: Annotated[str, Setting(Section.WORK, "Language", only=languages)] = ""
    """An ISO 639 code such as `nl`; empty until one is chosen."""
    mode: Annotated[Mode, Setting(Section.WORK, "Mode")] = Mode.ADMIN
    administrator_of: Annotated[tuple[str, ...], Setting(Section.WORK)] = ()
    """Organisations of which the user has said to be (hoofd) lokale beheerder: asked once."""
    theme: Annotated[Theme, Setting(Section.LOOK)] = Theme.SYSTEM
    letter_size: Annotated[int, Setting(Section.LOOK, only=lambda: LETTER_SIZES)] = 100
    """In per cent of the system's."""
    names_days: Annotated[int, Setting(Section.LOG, "RetentionNamesDays", DAYS)] = NAMES_DAYS
    rest_days: Annotated[int, Setting(Section.LOG, "RetentionRestDays", DAYS)] = REST_DAYS
    team_log_url: Annotated[str, Setting(Section.LOG, "TeamLogUrl")] = ""
    team_log_role: Annotated[str, Setting(Section.LOG, "TeamLogRole")] = ""
    letters: Annotated[bool, Setting(Section.KEYS)] = True
    """Whether one letter or digit is enough to choose (WCAG 2.2, 2.1.4)."""
    scenario_folder: Annotated[str, Setting(Section.OTHER, "ScenarioFolder")] = ""
    open_links: Annotated[bool, Setting(Section.OTHER, "OpenLinks")] = True
    """Otherwise links are shown and copied, never opened."""
    alphabet: Annotated[str, Setting()] = "flemish"
    view: Annotated[str, Setting()] = ""
    """Of the helpdesk; by the room there is until one is chosen."""
    companion_view: Annotated[str, Setting()] = "one"
    geometry: Annotated[str, Setting()] = ""
    companion_geometry: Annotated[str, Setting()] = ""
    column_widths: Annotated[tuple[str, ...], Setting()] = ()
    """Of the tables, as `name=120,80`, in pixels."""

    def write(self, path: Path) -> None:
        """Replace the file in one go. Raises OSError."""
        write_private(path, json.dumps(self._asdict(), ensure_ascii=False, indent=1))


MAX_BYTES = 1_000_000
"""Of a file of settings or of a draft: neither is ever so large."""
TABLE: dict[str, Setting] = {
    name: next(note for note in hint.__metadata__ if isinstance(note, Setting))
    for name, hint in Settings.__annotations__.items()
}
"""What holds for each setting, by its name."""
DEFAULTS = Settings()
POLICIES = {setting.policy: name for name, setting in TABLE.items() if setting.policy}
"""Which setting a value of the registry lays down."""


class ReadSettings(NamedTuple):
    """What a file of settings says, and what in it does not count."""

    settings: Settings = DEFAULTS
    refused: tuple[str, ...] = ()
    """Settings whose value cannot be meant: the default counts."""
    unreadable: bool = False
    """No setting could be read at all."""

    @classmethod
    def of(cls, path: Path) -> Self:
        """The settings in this file, as any editor writes it: UTF-8 or UTF-16, with or without a mark, Windows-1252."""
        try:
            stored = _parsed(read_bounded(path, MAX_BYTES))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, RecursionError):
            return cls(unreadable=True)
        if not isinstance(stored, dict):
            return cls(unreadable=True)
        given = {name: meant(name, stored[name]) for name in TABLE if name in stored}
        known = {name: value for name, value in given.items() if value is not None}
        return cls(
            DEFAULTS._replace(**known),  # type: ignore[arg-type]
            tuple(name for name in given if name not in known),
        )


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content)
    except UnicodeDecodeError:
        return json.loads(content.decode("cp1252"))


def meant(name: str, value: object) -> object | None:
    """The value as the setting of this name has it; None for one of another type, out of bounds, or unknown."""
    default, setting = getattr(DEFAULTS, name), TABLE[name]
    if isinstance(default, tuple):
        return tuple(map(str, value)) if isinstance(value, list | tuple) else None
    if isinstance(default, StrEnum):
        return next((one for one in type(default) if one == value), None)
    if isinstance(value, StrEnum):
        value = value.value
    if type(value) is not type(default):
        return None
    if setting.bounds is not None and value not in setting.bounds:
        return None
    if setting.only is not None and value != default and value not in setting.only():
        return None
    return value
