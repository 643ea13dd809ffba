"""What can be done beside choosing: each with its keys, from wherever the focus is on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

COPY_LINK_KEYS, SPELL_KEYS, TICKET_KEYS = "Ctrl+L", "Ctrl+R", "Ctrl+T"
REFERENCE_KEYS, NUMBER_KEYS = "Ctrl+F", "Ctrl+J"


@dataclass(frozen=True, slots=True)
class Tools:
    """The desk's own doings, for the buttons of its parts."""

    copy_link: Callable[[], None]
    spell_link: Callable[[], None]
    copy_ticket: Callable[[], None]
    open_reference: Callable[[], None]
    check_number: Callable[[], None]
    show_counts: Callable[[], None]

    def by_keys(self) -> dict[str, Callable[[], None]]:
        """What the keys do."""
        return {
            COPY_LINK_KEYS: self.copy_link,
            SPELL_KEYS: self.spell_link,
            TICKET_KEYS: self.copy_ticket,
            REFERENCE_KEYS: self.open_reference,
            NUMBER_KEYS: self.check_number,
        }
