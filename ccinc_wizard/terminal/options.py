"""The options that go with every command, read by hand: the window opens without loading a parser for commands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ccinc_wizard.app.services import Paths, Services
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.terms import Mode

MODE, LANGUAGE, DATA_FOLDER = "--mode", "--lang", "--data-dir"


def make_services(arguments: Sequence[str]) -> Services:
    """Services for these arguments; an option that cannot be understood is left to the parser."""
    folder, mode = _value_of(DATA_FOLDER, arguments), _value_of(MODE, arguments)
    known = next((known for known in Mode if known == mode), None)
    return Services(_paths(folder), language=_value_of(LANGUAGE, arguments), mode=known)


def _paths(folder: str) -> Paths | None:
    """None where the user has no home: whoever must write then says so."""
    try:
        return Paths.choose(Path(folder) if folder else None)
    except RuntimeError:
        return None


def ask_for_window(arguments: Sequence[str]) -> bool:
    """Whether there is nothing but these options, each with a value that it can have."""
    left = list(arguments)
    while left:
        name, sign, value = left.pop(0).partition("=")
        if not sign and left:
            value = left.pop(0)
        if not _fits(name, value):
            return False
    return True


def _fits(name: str, value: str) -> bool:
    if name == MODE:
        return value in list(Mode)
    if name == LANGUAGE:
        return value in languages()
    return name == DATA_FOLDER and value.strip() != "" and not value.startswith("-")


def _value_of(option: str, arguments: Sequence[str]) -> str:
    """The last one counts, as it does for the parser."""
    value = ""
    for place, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
        if argument == option:
            value = next(iter(arguments[place + 1 :]), "")
    return value
