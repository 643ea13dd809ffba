"""Which column of a list holds what: by its heading in any usual spelling, else by what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from ccinc_wizard.content.list_files import MAX_COLUMNS, Line
from ccinc_wizard.content.list_words import BatchWords, ListError, ListTrouble
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.lists import Column
from ccinc_wizard.domain.register_number import possible

MAX_CELL = 300
_NEEDED = (Column.NAME, Column.ROLE, Column.AUTHORITY, Column.AUTHORITY_NAME)
_LEAST_HEADINGS = 2
_LOOKED_AT = 200
"""Among so many lines the headings stand, and by so many a column without a known one is judged."""
_NUMBER_DIGITS, _LEAST_DIGITS = 11, 7


class Beginning:
    """The headings of a sheet and where each column stands. Raises ListError when they are not those of a list."""

    def __init__(self, lines: Iterable[Line], words: BatchWords) -> None:
        filled = (line for line in lines if any(cell.strip() for cell in line.cells))
        looked_at = list(islice(filled, _LOOKED_AT))
        if not looked_at:
            raise ListError(ListTrouble.EMPTY)
        first = next((place for place, line in enumerate(looked_at) if _is_heading(line, words)), 0)
        self._heading = looked_at[first].cells[:MAX_COLUMNS]
        self._people, self._rest = looked_at[first + 1 :], filled
        self.places = _by_heading(self._heading, words)
        """Where each known column stands, from 0."""
        self.known_by_content: tuple[str, ...] = tuple(self._by_content(words))
        """The headings of columns that nobody would know but by what stands in them."""
        self._numbers: dict[int, tuple[int, int]] = {}
        missing = [column for column in _NEEDED if column not in self.places]
        if missing:
            raise ListError(ListTrouble.NO_HEADING, ", ".join(words.heading(column) for column in missing))
        if not self._people:
            raise ListError(ListTrouble.EMPTY)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that nothing uses."""
        unknown = self._unknown()
        return tuple(self._title(place) for place in unknown if "".join(self._heading[place : place + 1]).strip())

    def people(self) -> Iterator[Line]:
        """The lines under the headings."""
        for line in chain(self._people, self._rest):
            for place in self._unknown():
                if cell := _cell(line, place):
                    seen, like = self._numbers.get(place, (0, 0))
                    self._numbers[place] = seen + 1, like + _is_like_number(cell)
            yield line

    def refuse_unknown_numbers(self) -> None:
        """Raise ListError where a column that nobody knows is one of register numbers; once all lines were read."""
        for place, (seen, like) in self._numbers.items():
            if like * 2 > seen:
                raise ListError(ListTrouble.UNKNOWN_NUMBERS, self._title(place))

    def _by_content(self, words: BatchWords) -> Iterator[str]:
        kinds: list[tuple[str, Callable[[str], bool]]] = [(Column.NUMBER, is_number)]
        kinds += [(column, known.__contains__) for column, known in words.vocabulary.items()]
        for column, fits in kinds:
            found = [place for place in self._unknown() if column not in self.places and self._all(place, fits)]
            if len(found) == 1:
                self.places[column] = found[0]
                yield self._title(found[0])

    def _all(self, place: int, fits: Callable[[str], bool]) -> bool:
        cells = [cell for line in self._people if (cell := _cell(line, place))]
        return bool(cells) and all(fits(cell) or fits(normalise(cell)) for cell in cells)

    def _unknown(self) -> list[int]:
        widest = max((len(line.cells) for line in self._people[:_LOOKED_AT]), default=0)
        places = range(min(max(len(self._heading), widest), MAX_COLUMNS))
        return [place for place in places if place not in self.places.values()]

    def _title(self, place: int) -> str:
        written = self._heading[place].strip() if place < len(self._heading) else ""
        return written[:MAX_CELL] or str(place + 1)


def with_zeros(text: str) -> str:
    """A number that a sheet kept without its leading zeros, with them; those born in 2000 have three and more."""
    return text.zfill(_NUMBER_DIGITS) if text.isdecimal() and len(text) >= _LEAST_DIGITS else text


def _cell(line: Line, place: int) -> str:
    text = line.cells[place].strip()[:MAX_CELL] if place < len(line.cells) else ""
    return with_zeros(text) if place in line.numbers else text


def _is_like_number(cell: str) -> bool:
    """Whether eleven digits stand in a cell, right or wrong; a telephone number from abroad has as many."""
    return sum(map(str.isdecimal, cell)) == _NUMBER_DIGITS and not cell.startswith("+")


def is_number(cell: str) -> bool:
    """Whether a cell can be a register number, whoever could bear it."""
    return _is_like_number(cell) and possible("".join(filter(str.isdecimal, cell)))


def _is_heading(line: Line, words: BatchWords) -> bool:
    known = [words.column(cell) for cell in line.cells[:MAX_COLUMNS]]
    return Column.NAME in known and len(known) - known.count(None) >= _LEAST_HEADINGS


def _by_heading(heading: list[str], words: BatchWords) -> dict[str, int]:
    """Where each column stands that its heading tells. Raises ListError when one stands twice."""
    places: dict[str, int] = {}
    for place, cell in enumerate(heading):
        column = words.column(cell)
        if column is not None and column in places:
            raise ListError(ListTrouble.TWICE, words.heading(column))
        if column is not None:
            places[column] = place
    return places
