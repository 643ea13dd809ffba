"""Which authorities to offer for what was typed of a name: each with its type, so that picking one answers both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ccinc_wizard.domain.catalog import AuthorityType, Catalog
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import SUGGESTIONS, Match, Municipalities, bare_name


class Suggestion(NamedTuple):
    """One authority to pick."""

    name: str
    kind: str
    """The id of its type; empty where only its name is known."""
    place: str = ""
    """The municipality whose own company it is; empty for all others."""
    found_by: str = ""
    """The other name of the municipality by which it was found."""


def suggest(
    text: str, catalog: Catalog, municipalities: Municipalities, known: Iterable[Suggestion] = ()
) -> list[Suggestion]:
    """At most SUGGESTIONS authorities: those of `known` first, then municipalities, then their own companies.

    Who types a mark of such a company ("agb tor", "A.G.B. Gent") is offered companies first.
    """
    wanted, marked = normalise(text), catalog.type_by_mark(text)
    companies = [kind for kind in catalog.authorities if kind.before_place]
    called = marked if marked in companies else None
    place = _unmarked(text, called) if called else text
    matches = municipalities.search(place)
    own = [one for one in known if wanted and any(part.startswith(wanted) for part in _ends(normalise(one.name)))]
    offered = [_municipality(match, catalog) for match in matches]
    beside = [_company(match, kind) for kind in companies for match in matches]
    return _each_once([*own, *(beside + offered if called else offered + beside)])


def of_name(name: str, catalog: Catalog, municipalities: Municipalities) -> Suggestion:
    """The authority of this name; its type where a municipality or its company is named and nothing else."""
    marked = catalog.type_by_mark(name)
    if marked is not None:
        return Suggestion(name, marked.id if marked.before_place else "")
    match = municipalities.recognise(name)
    kind = catalog.type_for_region(match.municipality.region) if match else None
    return Suggestion(name, kind.id if kind else "")


def identity(name: str, catalog: Catalog, municipalities: Municipalities) -> tuple[str | None, str]:
    """The same for two names of one organisation: by each name of its municipality, with and without its title.

    A municipality and its own company are two.
    """
    marked, place = catalog.type_by_mark(name), name
    if marked is not None and marked.before_place:
        place = bare_name(_unmarked(name, marked))
    match = municipalities.recognise(place)
    owner = match.municipality.nis_code if match else bare_name(place)
    return (None if marked is None else marked.id), owner


def each_organisation_once(
    offered: Iterable[Suggestion], catalog: Catalog, municipalities: Municipalities
) -> list[Suggestion]:
    """Each under the name by which it came first, with its type as soon as one of its names tells it."""
    found: dict[tuple[str | None, str], Suggestion] = {}
    for one in offered:
        same = identity(one.name, catalog, municipalities)
        first = found.setdefault(same, one)
        if not first.kind:
            found[same] = first._replace(kind=one.kind)
    return list(found.values())


def _unmarked(name: str, kind: AuthorityType) -> str:
    """A name as it compares, without the marks of its type: of "A.G.B. Torhout" the place."""
    rest = f" {normalise(name.replace('.', ''))} "
    for mark in kind.name_marks:
        rest = rest.replace(f" {normalise(mark)} ", " ")
    return rest


def _ends(name: str) -> Sequence[str]:
    words = name.split()
    return [" ".join(words[place:]) for place in range(len(words))]


def _municipality(match: Match, catalog: Catalog) -> Suggestion:
    row = match.municipality
    kind = catalog.type_for_region(row.region)
    return Suggestion(row.name, kind.id if kind else "", found_by=_other_name(match))


def _company(match: Match, kind: AuthorityType) -> Suggestion:
    row = match.municipality
    return Suggestion(kind.named_after(row.name) or row.name, kind.id, row.name, _other_name(match))


def _other_name(match: Match) -> str:
    return "" if match.matched == match.municipality.name else match.matched


def _each_once(offered: Iterable[Suggestion]) -> list[Suggestion]:
    found: dict[tuple[str, str], Suggestion] = {}
    for one in offered:
        found.setdefault((one.name, one.kind), one)
    return list(found.values())[:SUGGESTIONS]
