"""Which names are one person's, and how far a name goes in a text."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.mail.names import begins_name, names_agree
from ccinc_wizard.domain.mail.parts import take_apart
from ccinc_wizard.domain.mail.people import named


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        ("Jan Maes", "MAES Jan", True),
        ("Jan", "Jan Maes", True),
        ("Jan Maes", "Jan", True),
        ("Jan Maes", "Jan Claes", False),
        ("", "Jan", False),
        ("Jan", "...", False),
        ("", "", False),
    ],
)
def test_one_person_is_who_has_all_names_of_the_other(one: str, other: str, right: bool) -> None:
    assert names_agree(one, other) == right


@pytest.mark.parametrize(
    ("word", "right"), [("jan", True), ("marie claire", True), ("palfijn", False), ("palfijn jan", False), ("", False)]
)
def test_a_name_begins_by_a_first_name(word: str, right: bool) -> None:
    assert begins_name(word) == right


def told(text: str) -> list[str]:
    """Whom a mail names, each once."""
    return list(dict.fromkeys(mention.value for mention in named(take_apart(text)) if mention.strong))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Naam: J Peeters", "J Peeters"),
        ("Naam: J. Peeters", "J. Peeters"),
        ("Naam: J. P. Peeters", "J. P. Peeters"),
        ("Naam: J.P. Peeters", "J.P. Peeters"),
        ("Naam: J.-P. Peeters", "J.-P. Peeters"),
        ("Naam: dhr. J Peeters", "J Peeters"),
        ("Naam: J Peeters, Torhout", "J Peeters"),
        ("Naam: J. van den Berghe", "J. van den Berghe"),
        ("Naam: Peeters J", "Peeters J"),
        ("Naam: MAES J", "MAES J"),
        ("Naam: J Li", "J Li"),
        ("Naam: A. Peeters", "A. Peeters"),
        ("Naam: Peeters, I.M.", "I.M. Peeters"),
        ("Naam: J Peeters, Maria Theresiastraat", "J Peeters"),
        ("Naam: Peeters J.", "Peeters J."),
        ("Naam: PEETERS, J.", "J. PEETERS"),
        ("Naam: PEETERS, Jan", "Jan PEETERS"),
        ("Naam: MAES, AN B.", "AN B. MAES"),
        ("Naam: Vanden Berghe, J.P.", "J.P. Vanden Berghe"),
        ("Naam: Peeters, J., Torhout", "J. Peeters"),
        ("Naam: Jan-Piet De Smet - Van Damme", "Jan-Piet De Smet - Van Damme"),
        ("Naam: Jan Peeters - Torhout", "Jan Peeters"),
        ("Naam: Jan Peeters - Van Eyck, cultuurcentrum", "Jan Peeters"),
        ("naam : jan peeters", "jan peeters"),
        ("naam : jan-piet de smet", "jan-piet de smet"),
        ("Naam: Jan peeters", "Jan peeters"),
        ("Nom : dupont jean", "dupont jean"),
        ("Naam   Peeters, Jan", "Jan Peeters"),
        ("Name: j. smith", "j. smith"),
    ],
)
def test_behind_a_label_initials_and_small_letters_are_a_name(line: str, name: str) -> None:
    assert told(f"Beste,\n\n{line}\nRol: invoerder\n") == [name]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "Naam: J",
            "Naam: jan",
            "Naam: n.v.t.",
            "Naam: zie bijlage",
            "Naam: volgt nog",
            "Naam: onbekend",
            "Naam: KVS B",
            "Naam: Plan B",
            "Naam: Zaal B",
            "Naam: Jan, Els",
            "Naam: Torhout, Jan Palfijnzaal",
        ),
        *(
            "Naam: De Werf",
            "Naam: de werf",
            "Naam: Studio A",
            "Naam: CC Torhout",
            "Naam: GENT, Vooruit",
            "naam: agb torhout",
        ),
        *(
            "Naam: Peeters, Torhout",
            "Naam: Peeters, J Torhout",
            "naam: sint jan berchmans",
            "naam: warande turnhout",
            "Naam: nog te bepalen",
        ),
        *("gebruiker: jan werkt halftijds", "gebruiker: jan heeft toegang nodig", "persoon: zie j. peeters"),
        *("Naam: J Peeters@voorbeeld.be", "Naam   j. peeters", "Naam: B vleugel", "naam: vleugel b."),
        *("Naam: jan en piet", "Naam: A Peeters en B Claes", "Naam   jan peeters", "Naam    voornaam    rol"),
        *("Naam: Zie J. Peeters", "Naam: Vraag Jan Peeters", "Nom: Voir M. Dupont", "Name: Ask J. Smith"),
        *("Naam: Bel J. Peeters", "Naam: Wellicht Jan Peeters", "Naam: Via Jan Peeters", "Nom: Contactez Luc Martin"),
        *("J Peeters vult de cijfers in.", "jan peeters heeft toegang nodig", "PEETERS, J."),
    ],
)
def test_what_is_no_name_is_none_behind_a_label_either_and_without_one_less_is(line: str) -> None:
    assert told(f"Beste,\n\n{line}\nRol: invoerder\n") == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Ik ben Jan P. Peeters", "Jan P. Peeters"),
        ("Ik ben Jan van den Berghe", "Jan van den Berghe"),
    ],
)
def test_a_name_goes_as_far_as_its_words_do(sentence: str, name: str) -> None:
    assert told(f"Beste,\n\n{sentence}\nRol: invoerder\n") == [name]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("jan", "peeters", ["jan peeters"]),
        ("Jan", "Peeters", ["Jan Peeters"]),
        *(("jan", "volgt", []), ("jan", "onbekend", []), ("jan", "peeters zoals gezegd", []), ("-", "peeters", [])),
    ],
)
def test_a_first_and_a_last_name_on_two_lines_are_one_name(first: str, last: str, names: list[str]) -> None:
    assert told(f"Beste,\n\nVoornaam: {first}\nNaam: {last}\nRol: invoerder\n") == names
