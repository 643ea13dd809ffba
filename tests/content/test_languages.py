"""What holds of the words in every language, beyond having the same keys and placeholders."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.content.texts import Tree, languages, read_words
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE
from tests.pseudo import LONGER, pseudo, pseudo_texts

TRANSLATIONS = [language for language in languages() if language != SOURCE_LANGUAGE]
ON_SCREEN = (
    *("Cultuurmonitor", "Cultuurcentra", "Invoerder", "Raadpleger", "Mijn taken", "Mijn profiel", "lokale beheerder"),
    *("Nieuw recht toekennen", "Nieuwe persoon toevoegen", "VO Gebruikersbeheer", "CCinC"),
)
"""What one must find again, letter by letter, in VO Gebruikersbeheer."""
MENUS = ("app.menu.", "care.menu")
TOGETHER = (("helpdesk.",),)
"""Areas whose words are on one page, beside the menus; the other pages are looked at in the window itself."""
UNDERSTOOD = {"list.example.role"}
"""Words that the program itself reads, in the language of whoever fills in a list."""
ACCUSING = re.compile(r"\b(ongeldige?|invalid|(non |in)valides?|sorry|interdite?s?|illegal|désolée?)\b", re.I)
PLACEHOLDER = re.compile(r"\{\w*\}")


@cache
def words(language: str, folder: Path | None = None) -> dict[str, str]:
    """All words of a language by their full keys."""
    found: dict[str, str] = {}
    for path in sorted(((folder or resources_folder() / "texts") / language).glob("*.json")):
        groups: list[tuple[str, Tree]] = [(path.stem, read_words(path))]
        for prefix, group in groups:
            for name, node in group.items():
                if isinstance(node, dict):
                    groups.append((f"{prefix}.{name}", node))
                else:
                    found[f"{prefix}.{name}"] = node
    return found


@pytest.mark.parametrize("language", languages())
def test_no_words_accuse_or_scare(language: str) -> None:
    assert {key: text for key, text in words(language).items() if ACCUSING.search(text)} == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_word_of_every_area_is_translated(language: str) -> None:
    assert sorted(words(SOURCE_LANGUAGE).keys() ^ words(language).keys()) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("term", ON_SCREEN)
def test_a_name_on_the_screen_stays_as_it_is_on_the_screen(language: str, term: str) -> None:
    dutch, translated = words(SOURCE_LANGUAGE), words(language)
    named = [key for key in dutch.keys() & translated.keys() if re.search(rf"\b{term}\b", dutch[key])]
    assert named
    lacking = {key for key in named if term not in translated[key]}
    assert lacking <= UNDERSTOOD


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_a_mnemonic_where_dutch_has_one(language: str) -> None:
    dutch, translated = words(SOURCE_LANGUAGE), words(language)
    both = dutch.keys() & translated.keys()
    assert {key: translated[key].count("&") for key in both} == {key: dutch[key].count("&") for key in both}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("areas", TOGETHER, ids=" ".join)
def test_what_shows_together_marks_no_letter_twice(language: str, areas: tuple[str, ...]) -> None:
    shown = {key: text for key, text in words(language).items() if key.startswith((*areas, *MENUS))}
    letters = [(found[1].lower(), key) for key, text in shown.items() if (found := re.search("&(.)", text))]
    twice = sorted({key for letter, key in letters for other, at in letters if letter == other and key != at})
    assert twice == []


@pytest.mark.parametrize("language", languages())
def test_a_mnemonic_stands_before_a_letter_that_every_keyboard_has(language: str) -> None:
    marked = {key: text for key, text in words(language).items() if "&" in text}
    assert {key: text for key, text in marked.items() if not re.search(r"&[A-Za-z]", text)} == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("&Naam", "[&Nààmmm]"),
        ("Te&rug", "[Té&rüggg]"),
        ("{count} dagen", "[{count} dàgéñññ]"),
        ("Zie https://a.be/b", "[Žïééé https://a.be/b]"),
        ("a\n\nb", "[àà\n\nbb]"),
        ("", ""),
    ],
)
def test_the_pseudo_language_lengthens_words_and_spares_what_is_not_one(words: str, expected: str) -> None:
    assert pseudo(words) == expected


def test_the_pseudo_language_has_every_word_longer_with_its_placeholders_and_mnemonic(tmp_path: Path) -> None:
    texts = pseudo_texts(tmp_path)
    assert texts.language == "qps"
    made = words("qps", tmp_path)
    for key, dutch in words(SOURCE_LANGUAGE).items():
        assert PLACEHOLDER.findall(made[key]) == PLACEHOLDER.findall(dutch), key
        assert re.findall(r"&.", made[key]) == re.findall(r"&.", dutch), key
        plain = re.sub(r"https?://\S+|[\W\d_]", "", PLACEHOLDER.sub("", dutch))
        longer = re.sub(r"https?://\S+|[\W\d_]", "", PLACEHOLDER.sub("", made[key]))
        assert len(longer) >= LONGER * len(plain), key
