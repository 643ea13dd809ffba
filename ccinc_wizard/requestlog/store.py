"""What the log asks of a database. Two stores answer: `sqlite_store` (the default) and `postgres_store` (a team's).

SQL is written once, with `?` for values, in what both dialects share; the rest is a method here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from ccinc_wizard.requestlog.model import Damage

DbRow = tuple[object, ...]
SHORT = 3
"""Words of fewer letters have no trigram: they are looked for at the beginning of words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where to look: SQL from FROM up to its conditions, their values, and the column of the request's id."""

    sql: str
    values: tuple[object, ...]
    key: str

    def narrowed(self, condition: str, value: object) -> Source:
        """The same with one condition more."""
        return Source(f"{self.sql} AND {condition}", (*self.values, value), self.key)


EVERYTHING = Source("FROM requests r WHERE 1 = 1", (), "r.id")


class Store(Protocol):
    """One open database. Every method raises LogError, never an error of the database's own."""

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[DbRow]:
        """Run one statement and give its rows."""

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[DbRow]:
        """The rows one by one, for what does not fit the memory."""

    def writing(self) -> AbstractContextManager[None]:
        """One durable transaction, one at a time among all programs; whatever goes wrong in it, nothing of it stays."""

    def reading(self) -> AbstractContextManager[None]:
        """All that is read in it is of one moment, whatever other programs write meanwhile."""

    def index(self, request: int, words: Sequence[str]) -> None:
        """Make a request findable by these folded words; one that already was must be taken out first."""

    def indexed(self, request: int) -> bool:
        """Whether anything is in the search under this number."""

    def unindex(self, request: int) -> None:
        """Take a request out of the search."""

    def matching(self, words: Sequence[str]) -> Source:
        """The requests, as `r`, with all of these words: parts of three letters or more, else beginnings."""

    def damage(self) -> tuple[Damage, ...]:
        """What of the database cannot be read rightly, needed or not: a save may need any of it."""

    def filed(self) -> str:
        """SQL that gives the numbers of all requests in the search, as `id`."""

    def empty_index(self) -> None:
        """Take all requests out of the search, whatever state it is in."""

    def purge_traces(self) -> None:
        """Leave nothing of what was erased in pages and indexes, as far as the database lets this program."""

    def in_place(self) -> bool:
        """Whether this is still the log at its address, so that what is saved will be found there."""

    def close(self) -> None:
        """Give the database back."""
