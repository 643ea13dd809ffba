"""What can be chosen for each field in the terminal, in the order of the window."""

from __future__ import annotations

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.terms import Administrator, NoChoice, Role, Situation
from ccinc_wizard.terminal.console import Option


def options_of(field: str, services: Services) -> list[Option]:
    """The options of a field, or none for a field that is typed."""
    types = [authority.id for authority in services.catalog.authorities]
    ids: dict[str, list[str]] = {
        "situation": list(Situation),
        "role": [*Role, NoChoice.UNKNOWN],
        "authority": [*types, NoChoice.NONE_OF_THESE, NoChoice.UNKNOWN],
        "administrator": list(Administrator),
    }
    return [_option(f"choices.{field}.{identifier}", str(identifier), services) for identifier in ids.get(field, [])]


def answer_of(field: str, chosen: str) -> object:
    """The answer that the id of an option stands for."""
    if field == "situation":
        return Situation(chosen)
    if field == "administrator":
        return Administrator(chosen)
    if chosen in list(NoChoice):
        return NoChoice(chosen)
    return Role(chosen) if field == "role" else chosen


def _option(key: str, identifier: str, services: Services) -> Option:
    texts = services.texts
    hint = texts(f"{key}.hint") if texts.has(f"{key}.hint") else ""
    return Option(identifier, texts(f"{key}.label"), hint)
