"""A trainer's own files: each kind of mistake is refused with file, line and a reason that says what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.scenarios import ScenarioReader
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.training.enums import Graded, ScenarioFault
from ccinc_wizard.domain.training.scenario import Scenario, same_number

GOOD = """\
id = "proef"
channel = "call"
traps = ["vzw"]
goals = ["grant", "request-label"]

[person]
name = "Ada Proefnaam"
number = "82.05.27-999.45"

[right]
situation = "manual"
number = "asked"
role = "invoerder"
authority = "economische-actor"
authority_name = "Proefpodium vzw"
label_due = true
module = "Cultuurcentra"

[before]
person_known = true

[screen]
other_modules = ["Oefenmodule"]

[[screen.namesakes]]
name = "Ada Proefnaam"
number = "84.09.23-999.41"

[[mistakes]]
id = "andere-rol"
question = "role"
answers = ["raadpleger"]

[[mistakes]]
id = "op-naam"
question = "practice"
answers = ["searched-by-name"]

[words.nl]
title = "Een proef"
your_role = "U bent beheerder."
said = "Dag, met Ada."
why = "Daarom."

[words.nl.mistakes]
andere-rol = "Niet die rol."
op-naam = "Niet op naam."
"""

TASK = """\

[before.task]
role = "invoerder"
module = "Cultuurcentra"
organisation = "Proefpodium vzw"
"""


def _task(text: str, goals: str = '["approve", "request-label"]') -> str:
    """The good file as a waiting request."""
    for old, new in {
        'goals = ["grant", "request-label"]': f"goals = {goals}",
        'situation = "manual"': 'situation = "task"',
        'number = "asked"': 'number = "not-asked"',
        "person_known = true\n": f"person_known = true\n{TASK}",
    }.items():
        assert old in text
        text = text.replace(old, new)
    return text


def _swap(*pairs: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        return text

    return edit


REAL = f"82.05.27-123.{97 - 820527123 % 97:02d}"
"""A number that the National Register can have issued."""

# name of the mistake: (what a trainer wrote, the line, words of the reason)
BROKEN: dict[str, tuple[Callable[[str], str], int, str]] = {
    "quotation mark forgotten": (_swap('title = "Een proef"', 'title = "Een proef'), 40, "aanhalingstekens"),
    "equals sign forgotten": (_swap('channel = "call"', 'channel "call"'), 2, "kan niet gelezen worden"),
    "bracket forgotten": (_swap("[person]", "[person"), 6, "kan niet gelezen worden"),
    "key twice": (_swap('channel = "call"', 'channel = "call"\nchannel = "mail"'), 3, "kan niet gelezen worden"),
    "heading twice": (_swap("[before]\n", "[person]\n"), 19, "kan niet gelezen worden"),
    "empty file": (lambda _: "", 1, "“id” ontbreekt"),
    "id missing": (_swap('id = "proef"\n', "\n"), 1, "“id” ontbreekt"),
    "id in capitals": (_swap('id = "proef"', 'id = "Proef Een"'), 1, "kleine letters"),
    "id unlike the file": (_swap('id = "proef"', 'id = "iets-anders"'), 1, "bestandsnaam"),
    "key misspelt": (_swap("traps =", "trap ="), 3, "“trap” is geen naam"),
    "key under the wrong heading": (_swap("[right]\n", '[right]\ntitle = "x"\n'), 11, "“right.title” is geen naam"),
    "channel unknown": (_swap('channel = "call"', 'channel = "fax"'), 2, "Kies uit: call, mail"),
    "trap unknown": (_swap('["vzw"]', '["vzw", "valkuil"]'), 3, "“valkuil”"),
    "traps no list": (_swap('traps = ["vzw"]', 'traps = "vzw"'), 3, "lijst tussen vierkante haken"),
    "goal unknown": (_swap('"grant", ', '"geef", '), 4, "“geef”"),
    "person missing": (_swap('[person]\nname = "Ada Proefnaam"\nnumber = "82.05.27-999.45"\n', ""), 1, "“person”"),
    "name empty": (_swap('name = "Ada Proefnaam"', 'name = "  "'), 7, "“person.name” is leeg"),
    "name a number": (_swap('name = "Ada Proefnaam"', "name = 12"), 7, "tussen aanhalingstekens"),
    "name of one word": (_swap('name = "Ada Proefnaam"', 'name = "Ada"'), 7, "lijkt niet op een voornaam"),
    "a real person's number": (_swap("82.05.27-999.45", REAL), 8, "echte persoon"),
    "number with wrong check digits": (_swap("82.05.27-999.45", "82.05.27-999.54"), 8, "controlecijfers"),
    "number with an impossible date": (_swap("82.05.27-999.45", "82.02.30-999.02"), 8, "klopt niet"),
    "number too short": (_swap("82.05.27-999.45", "82.05.27-999"), 8, "lengte"),
    "heard number the same": (
        _swap('999.45"\n', '999.45"\nnumber_heard = "82052799945"\n'),
        9,
        "hetzelfde nummer",
    ),
    "real-looking number heard": (
        _swap('999.45"\n', '999.45"\nnumber_heard = "82.05.27-123.54"\n'),
        9,
        "echte persoon",
    ),
    "namesake with a real number": (_swap("84.09.23-999.41", REAL), 27, "echte persoon"),
    "namesake with the same number": (_swap("84.09.23-999.41", "82.05.27-999.45"), 27, "al van iemand anders"),
    "namesake with wrong check digits": (_swap("84.09.23-999.41", "84.09.23-999.14"), 27, "controlecijfers"),
    "two namesakes with one number": (
        _swap('999.41"\n', '999.41"\n\n[[screen.namesakes]]\nname = "Ada Oefennaam"\nnumber = "84.09.23-999.41"\n'),
        31,
        "al van iemand anders",
    ),
    "label decided where one is referred": (
        _swap(
            '"economische-actor"',
            '"none"',
            'authority_name = "Proefpodium vzw"\n',
            "",
            '["grant", "request-label"]',
            "[]",
        ),
        15,
        "moet ontbreken",
    ),
    "real number in the words": (_swap("Dag, met Ada.", f"Mijn nummer is {REAL}."), 42, "echte persoon"),
    "real number in the words, between commas": (
        _swap("Dag, met Ada.", f"Mijn nummer is {', '.join(re.findall('[0-9]+', REAL))}."),
        42,
        "klopt niet",
    ),
    "a link in the words": (_swap("Daarom.", "Zie https://voorbeeld.be/aanvraag"), 43, "webadres"),
    "situation unknown": (_swap('situation = "manual"', 'situation = "bellen"'), 11, "Kies uit: form, manual, task"),
    "number asked where not needed": (_swap('situation = "manual"', 'situation = "form"'), 12, "not-asked"),
    "role unknown": (_swap('role = "invoerder"', 'role = "beheerder"'), 13, "invoerder, raadpleger, unknown, none"),
    "authority unknown": (_swap("economische-actor", "provincie"), 14, "“provincie”"),
    "authority's name missing": (
        _swap('authority_name = "Proefpodium vzw"\n', ""),
        10,
        "“right.authority_name” ontbreekt",
    ),
    "authority's name needless": (
        _swap('"economische-actor"', '"none"', "label_due = true\n", "", '["grant", "request-label"]', "[]"),
        15,
        "Laat de regel weg",
    ),
    "label forgotten": (_swap("label_due = true", "label_due = false", ', "request-label"', ""), 16, "label"),
    "label undecided": (_swap("label_due = true\n", ""), 10, "true of false"),
    "label in quotation marks": (_swap("label_due = true", 'label_due = "ja"'), 16, "zonder aanhalingstekens"),
    "another module": (_swap('module = "Cultuurcentra"', 'module = "Musea"'), 17, "“Cultuurcentra”"),
    "a municipality in the wrong region": (
        _swap(
            '"economische-actor"',
            '"vlaamse-gemeente"',
            "Proefpodium vzw",
            "Jette",
            "due = true",
            "due = false",
            ', "request-label"',
            "",
        ),
        14,
        "Brusselse gemeente",
    ),
    "a municipality by its old name": (
        _swap(
            '"economische-actor"',
            '"vlaamse-gemeente"',
            "Proefpodium vzw",
            "Melle",
            "due = true",
            "due = false",
            ', "request-label"',
            "",
        ),
        15,
        "Merelbeke-Melle",
    ),
    "another role held": (
        _swap("person_known = true", 'role = "raadpleger"', '["grant", "request-label"]', "[]"),
        13,
        "maar één rol",
    ),
    "date as text": (_swap("person_known = true", 'role_since = "vorig jaar"'), 20, "zoals 2025-09-01"),
    "grant forgotten": (_swap('["grant", "request-label"]', '["request-label"]'), 4, "“grant”"),
    "person not added": (_swap("person_known = true", "person_known = false"), 4, "“add-person”"),
    "label not requested": (_swap(', "request-label"', ""), 4, "“request-label”"),
    "goal of another route": (_swap('["grant", ', '["approve", "grant", '), 4, "“approve” niet bij deze situatie"),
    "no task waiting": (lambda text: _task(text).replace(TASK, ""), 11, "[before.task]"),
    "a task waiting needlessly": (_swap("person_known = true\n", f"person_known = true\n{TASK}"), 22, "“task”"),
    "a wrong task approved": (
        lambda text: _task(text).replace('organisation = "Proefpodium vzw"', 'organisation = "Elders vzw"'),
        4,
        "“approve”",
    ),
    "no mistakes": (
        lambda text: text[: text.index("[[mistakes]]")] + text[text.index("[words.nl]") :],
        1,
        "“mistakes” ontbreekt",
    ),
    "question unknown": (_swap('question = "role"', 'question = "rol"'), 31, "“rol”"),
    "mistake without answers": (_swap('["raadpleger"]', "[]"), 32, "is leeg"),
    "the right answer as a mistake": (_swap('["raadpleger"]', '["invoerder"]'), 32, "het juiste antwoord"),
    "asking for the number where that is right": (
        _swap('question = "role"', 'question = "register_number"', '["raadpleger"]', '["asked"]'),
        32,
        "het juiste antwoord",
    ),
    "the right number as a mistake": (
        _swap('question = "role"', 'question = "register_number"', '["raadpleger"]', '["82052799945"]'),
        32,
        "het juiste antwoord",
    ),
    "no number as a mistake": (
        _swap('question = "role"', 'question = "register_number"', '["raadpleger"]', '["later"]'),
        32,
        "kan geen antwoord zijn",
    ),
    "the label as a mistake": (
        _swap('question = "role"', 'question = "label_due"', '["raadpleger"]', '["yes"]'),
        32,
        "het juiste antwoord",
    ),
    "no answer about the label": (
        _swap('question = "role"', 'question = "label_due"', '["raadpleger"]', '["misschien"]'),
        32,
        "kan geen antwoord zijn",
    ),
    "another right name as a mistake": (
        _swap(
            '"Proefpodium vzw"\n',
            '"Proefpodium vzw"\nalso_named = ["Proefpodium"]\n',
            'question = "role"',
            'question = "authority_name"',
            '["raadpleger"]',
            '["proefpodium"]',
        ),
        33,
        "het juiste antwoord",
    ),
    "a goal where one is referred": (
        _swap(
            '"economische-actor"',
            '"none"',
            'authority_name = "Proefpodium vzw"\n',
            "",
            "label_due = true\n",
            "",
            ', "request-label"',
            "",
        ),
        4,
        "“grant” niet bij deze situatie",
    ),
    "an impossible answer": (_swap('["raadpleger"]', '["voorzitter"]'), 32, "kan geen antwoord zijn"),
    "an unknown authority as a mistake": (
        _swap('question = "role"', 'question = "authority"', '["raadpleger"]', '["ocmw"]'),
        32,
        "“ocmw”",
    ),
    "mistake twice": (_swap('id = "op-naam"', 'id = "andere-rol"'), 35, "twee keer"),
    "one answer for two mistakes": (
        _swap('question = "practice"', 'question = "role"', '["searched-by-name"]', '["raadpleger"]'),
        37,
        "al aan",
    ),
    "Dutch missing": (_swap("[words.nl]", "[words.fr]", "[words.nl.mistakes]", "[words.fr.mistakes]"), 39, "words.nl"),
    "language misspelt": (_swap("[words.nl]", "[words.nederlands]"), 39, "kleine letters"),
    "title missing": (_swap('title = "Een proef"\n', ""), 39, "“words.nl.title” ontbreekt"),
    "feedback missing": (_swap('op-naam = "Niet op naam."\n', ""), 45, "“op-naam”"),
    "feedback on no mistake": (_swap("op-naam =", 'iets = "x"\nop-naam ='), 47, "“iets”"),
    "feedback misspelt": (_swap("andere-rol =", "anderen-rol ="), 45, "“andere-rol”"),
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "proef.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_good_files_are_read(reader: ScenarioReader, write: Callable[[str], Path]) -> None:
    assert reader.read(write(GOOD)).id == "proef"
    assert reader.read(write(_task(GOOD))).before.task is not None
    assert reader.read(write(GOOD.replace('"Ada Proefnaam"', '" Ada Proefnaam  "', 1))).person.name == "Ada Proefnaam"
    assert len(BROKEN) >= 40


@pytest.mark.parametrize(
    "edit",
    [
        _swap('why = "Daarom."', 'why = "?"'),
        _swap(
            '[[mistakes]]\nid = "op-naam"\nquestion = "practice"\nanswers = ["searched-by-name"]\n',
            "",
            'op-naam = "Niet op naam."\n',
            "",
        ),
        _swap("Dag, met Ada.", f"Niet 84.09.23-000.{97 - 840923000 % 97:02d}, en bel +32 470 12 34 56."),
        _swap('question = "role"', 'question = "label_due"', '["raadpleger"]', '["no"]'),
        _swap('question = "role"', 'question = "register_number"', '["raadpleger"]', '["84.09.23-999.41"]'),
        lambda text: (
            _task(text, "[]")
            .replace('"economische-actor"', '"none"')
            .replace(TASK, "")
            .replace("label_due = true\n", "")
            .replace('authority_name = "Proefpodium vzw"\n', "")
        ),
        _swap(
            *('role = "invoerder"', 'role = "unknown"', 'authority_name = "Proefpodium vzw"\n', ""),
            *("label_due = true\n", "", '["grant", "request-label"]', "[]", '["raadpleger"]', '["invoerder"]'),
        ),
    ],
    ids=[
        *("short words", "one mistake", "numbers of nobody", "the label", "another number", "a referral by task"),
        "a role that is not known",
    ],
)
def test_what_a_trainer_may_write(
    reader: ScenarioReader, write: Callable[[str], Path], edit: Callable[[str], str]
) -> None:
    assert reader.read(write(edit(GOOD))).id == "proef"


def test_what_a_file_leaves_open(reader: ScenarioReader, write: Callable[[str], Path]) -> None:
    scenario = reader.read(write(GOOD))
    assert not scenario.right.may_wait
    assert scenario.before.role_since == dt.date(2025, 9, 1)
    assert scenario.words_in("fr") is scenario.words["nl"]
    with pytest.raises(ValidationError, match="frozen"):
        scenario.id = "iets-anders"  # type: ignore[misc]


def test_who_is_referred_answers_no_name(reader: ScenarioReader, write: Callable[[str], Path]) -> None:
    referred = _swap(
        '"economische-actor"',
        '"none"',
        'authority_name = "Proefpodium vzw"\n',
        "",
        "label_due = true\n",
        "",
        '["grant", "request-label"]',
        "[]",
    )
    scenario = reader.read(write(referred(GOOD)))
    assert scenario.right_answers().authority_name == ""
    assert Graded.AUTHORITY_NAME not in scenario.questions()


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_refused_with_line_and_reason(
    reader: ScenarioReader, write: Callable[[str], Path], kind: str
) -> None:
    edit, line, said = BROKEN[kind]
    with pytest.raises(ContentError) as refused:
        reader.read(write(edit(GOOD)))
    assert (refused.value.file, refused.value.line) == ("proef.toml", line), refused.value.reason
    assert said in refused.value.reason
    assert not re.search(r"82\D?05\D?27\D?123", str(refused.value))
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("language", languages())
def test_reasons_come_in_every_language(language: str, write: Callable[[str], Path]) -> None:
    reader = ScenarioReader(load_catalog(), load_municipalities(), Texts(language))
    with pytest.raises(ContentError) as refused:
        reader.read(write(GOOD.replace('id = "proef"\n', "")))
    assert refused.value.reason == Texts(language)("training.file.missing", field="id")


@pytest.mark.parametrize("fault", list(ScenarioFault))
@pytest.mark.parametrize("language", languages())
def test_every_fault_has_words(language: str, fault: ScenarioFault) -> None:
    assert Texts(language).has(f"training.file.{fault}")


def test_files_that_are_no_text_are_refused(reader: ScenarioReader, tmp_path: Path) -> None:
    path = tmp_path / "proef.toml"
    path.write_bytes(GOOD.replace("Een proef", "Caf\u00e9").encode("latin-1"))
    with pytest.raises(ContentError, match="UTF-8") as refused:
        reader.read(path)
    assert refused.value.line == 40
    with pytest.raises(ContentError, match="niet geopend"):
        reader.read(tmp_path / "weg.toml")


@pytest.mark.parametrize("start", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_files_of_windows_editors_are_read(reader: ScenarioReader, tmp_path: Path, start: str, end: str) -> None:
    path = tmp_path / "07-proef.toml"
    path.write_bytes((start + GOOD.replace("\n", end)).encode())
    assert reader.read(path).id == "proef"
    path.write_bytes((start + GOOD.replace("\n", end).replace("[person]", "[persoon]")).encode())
    with pytest.raises(ContentError):
        reader.read(path)


def test_a_broken_file_stops_no_other(reader: ScenarioReader, tmp_path: Path) -> None:
    (tmp_path / "proef.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "proef-twee.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "gewone-aanvraag.toml").write_text(GOOD.replace('"proef"', '"gewone-aanvraag"'), encoding="utf-8")
    found = reader.read_all(tmp_path)
    assert found.find("proef") is not None
    assert found.find("gewone-aanvraag").person.name == "Joris Oefenmans"  # type: ignore[union-attr]
    assert [(error.file, error.line) for error in found.refused] == [
        ("gewone-aanvraag.toml", 1),
        ("proef-twee.toml", 1),
    ]
    assert "Er is al een oefening" in found.refused[0].reason


def test_no_number_shows_and_a_role_that_is_held_was_granted(
    reader: ScenarioReader, write: Callable[[str], Path], scenarios: dict[str, Scenario]
) -> None:
    scenario = reader.read(write(GOOD.replace('999.45"\n', '999.45"\nnumber_heard = "82.05.27-999.54"\n')))
    assert "82.05.27" not in repr(scenario.person)
    assert "84.09.23" not in repr(scenario.screen)
    assert not same_number("geen", "nummer")
    held = scenarios["heeft-al-een-rol"]
    [earlier] = held.earlier_requests()
    assert (earlier.role, earlier.granted) == (held.before.role, True)
