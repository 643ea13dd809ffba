"""The wizard in the terminal, by pipe: the same questions, rules and answers as the window."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.expected_links import EXPECTED_LINKS
from tests.running import run, run_here
from tests.traces import files_with

NAMES = {
    "vlaamse-gemeente": "Leuven",
    "brusselse-gemeente": "Elsene",
    "agb": "AGB Leuven",
    "economische-actor": "Podium vzw",
}
NUMBERS = ("form", "manual", "task")
LABEL_TYPES = ("brusselse-gemeente", "economische-actor")
HEAD = {"form": "Dit is de juiste link", "manual": "Zo kent u het recht toe", "task": "Zo behandelt u de aanvraag"}


class Asked:
    """One run of `ask`: what it printed and what it wrote."""

    def __init__(self, folder: Path, *lines: str, end: str = "\n", options: tuple[str, ...] = ()) -> None:
        typed = "\n".join(lines) + end
        self.code, self.out, self.talk = run_here("ask", "--data-dir", str(folder / "data"), *options, typed=typed)
        self.folder = folder

    @property
    def reference(self) -> str:
        found = re.search(r"als ([A-Z0-9-]+)\.$", self.out.strip())
        assert found, self.out
        return found[1]


def logged(folder: Path) -> list[dict[str, object]]:
    code, out, _ = run_here("log", "list", "--json", "--data-dir", str(folder / "data"))
    assert code == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def answers(situation: str, authority: str, role: str = "invoerder", number: str = "85.07.30-033.28") -> list[str]:
    numbers = [number] if situation == "manual" else []
    return [situation, "Lieve Voorbeeldt", *numbers, role, authority, NAMES[authority]]


@pytest.mark.parametrize("situation", NUMBERS)
@pytest.mark.parametrize("authority", NAMES)
def test_each_type_and_situation_gets_its_answer_and_is_logged(authority: str, situation: str, tmp_path: Path) -> None:
    asked = Asked(tmp_path, *answers(situation, authority), *([] if situation == "form" else ["ja"]), "ja")
    assert asked.code == 0, asked.talk
    lines = asked.out.splitlines()
    link = EXPECTED_LINKS[authority, "invoerder"]
    assert lines[0] == HEAD[situation]
    assert (link in lines) == (situation == "form")
    assert ("Ook het label is nodig" in lines) == (authority in LABEL_TYPES)
    assert ("Cultuurmonitor Afnemer" in asked.out) == (authority in LABEL_TYPES)
    assert "1700" in asked.out
    (request,) = logged(tmp_path)
    assert request["reference"] == asked.reference
    assert (request["situation"], request["authority_type"]) == (situation, authority)
    assert request["label_due"] == (authority in LABEL_TYPES)


@pytest.mark.parametrize(("pair", "url"), EXPECTED_LINKS.items(), ids=str)
def test_the_form_link_stands_alone_on_its_line(pair: tuple[str, str], url: str, tmp_path: Path) -> None:
    asked = Asked(tmp_path, *answers("form", pair[0], pair[1]))
    assert asked.out.splitlines().count(url) == 1


@pytest.mark.parametrize(
    "words",
    [
        ["1", "Lieve Voorbeeldt", "2", "3", "AGB Leuven"],
        ["FORM", "Lieve Voorbeeldt", "Raadpleger", "Autonoom gemeentebedrijf (AGB)", "AGB Leuven"],
        [" Ik stuur de aanvrager de link naar het webformulier", "Lieve Voorbeeldt", "raadpleger", "agb", "AGB Leuven"],
    ],
    ids=["numbers", "labels", "mixed"],
)
def test_an_option_is_its_number_its_id_or_its_label(words: list[str], tmp_path: Path) -> None:
    assert EXPECTED_LINKS["agb", "raadpleger"] in Asked(tmp_path, *words).out.splitlines()


def test_help_explains_and_back_loses_nothing(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "?", "form", "Lieve Voorbeeldt", "invoerder", "<", "<", "", "raadpleger", "agb", "AGB Gent")
    assert "CCinC staat voor" in asked.talk
    assert EXPECTED_LINKS["agb", "raadpleger"] in asked.out.splitlines()
    assert logged(tmp_path)[0]["applicant_name"] == "Lieve Voorbeeldt"


def test_back_before_the_first_question_says_so(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "<", *answers("form", "agb"))
    assert asked.code == 0
    assert "Dit is de eerste vraag." in asked.talk


def test_changing_the_situation_leaves_no_residue(tmp_path: Path) -> None:
    asked = Asked(
        tmp_path, "manual", "Lieve Voorbeeldt", "85073003328", "<", "<", "<", "form", "", "1", "agb", "AGB Gent"
    )
    assert asked.code == 0, asked.talk
    assert asked.out.startswith(HEAD["form"])
    assert "rijksregisternummer" not in asked.out


@pytest.mark.parametrize("wrong", ["9", "0", "", "weet ik veel", "-1", "²"])
def test_a_wrong_choice_is_told_what_to_do_and_asked_again(wrong: str, tmp_path: Path) -> None:
    asked = Asked(tmp_path, wrong, *answers("form", "agb"))
    assert asked.code == 0
    told = "Kies hoe de aanvraag bij u kwam" if not wrong else "Typ een nummer van 1 tot 3"
    assert told in asked.talk


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("", "Vul de 11 cijfers"),
        ("8507300332", "telt 11 cijfers"),
        ("85.07.30-033.29", "controlecijfers"),
        ("Lieve", "Gebruik alleen cijfers"),
    ],
)
def test_a_wrong_number_is_told_why_and_asked_again(wrong: str, told: str, tmp_path: Path) -> None:
    lines = answers("manual", "agb")
    asked = Asked(tmp_path, *lines[:2], wrong, *lines[2:], "ja")
    assert asked.code == 0, asked.talk
    assert told in asked.talk


def test_a_number_in_the_field_of_the_name_goes_no_further(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "form", "Lieve 85.07.30-033.28", "Lieve Voorbeeldt", "1", "agb", "AGB Leuven")
    assert asked.code == 0
    assert "Haal het rijksregisternummer uit het veld" in asked.talk
    assert "033" not in asked.out + asked.talk


@pytest.mark.parametrize("count", range(5))
def test_input_that_ends_in_the_middle_is_told_and_logs_nothing(count: int, tmp_path: Path) -> None:
    asked = Asked(tmp_path, *answers("form", "agb")[:count])
    assert (asked.code, asked.out) == (1, "")
    assert "De invoer hield op" in asked.talk.splitlines()[-1]
    assert logged(tmp_path) == []


def test_an_error_leads_back_to_its_field(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "form", "Lieve Voorbeeldt", "1", "vlaamse-gemeente", "Elsene", "brusselse-gemeente")
    assert asked.code == 0
    assert "Eerst oplossen: Elsene is een Brusselse gemeente" in asked.talk
    assert EXPECTED_LINKS["brusselse-gemeente", "invoerder"] in asked.out.splitlines()


def test_a_correction_is_taken_with_one_sign(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "form", "Lieve Voorbeeldt", "1", "brusselse-gemeente", "Leuven", "+")
    assert EXPECTED_LINKS["vlaamse-gemeente", "invoerder"] in asked.out.splitlines()


def test_an_error_that_is_left_gives_no_answer(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "form", "Lieve Voorbeeldt", "1", "vlaamse-gemeente", "Elsene")
    assert (asked.code, asked.out) == (1, "")
    assert logged(tmp_path) == []


def test_advice_is_shown_and_lets_go_on(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "form", "Lieve", "1", "vlaamse-gemeente", "Borsbeek")
    assert asked.code == 0
    assert "Let op: “Lieve” lijkt niet op een voornaam en een naam" in asked.talk
    assert "Borsbeek heet na een fusie Antwerpen" in asked.talk


def test_one_person_has_one_role(tmp_path: Path) -> None:
    assert Asked(tmp_path, *answers("manual", "agb", "invoerder"), "ja", "ja").code == 0
    other = Asked(tmp_path, *answers("manual", "agb", "raadpleger"))
    assert (other.code, other.out) == (1, "")
    assert "Een persoon kan maar één rol hebben" in other.talk
    kept = Asked(tmp_path, *answers("manual", "agb", "raadpleger"), "+")
    assert kept.code == 0
    assert "Goed om te weten: Volgens het logboek" in kept.talk
    assert [request["role"] for request in logged(tmp_path)] == ["invoerder", "invoerder"]


def test_who_is_no_administrator_goes_on_with_the_form(tmp_path: Path) -> None:
    asked = Asked(tmp_path, *answers("manual", "agb"), "nee", "+", "ja")
    assert asked.code == 0
    assert "Alleen een (hoofd) lokale beheerder ziet de knop" in asked.talk
    assert EXPECTED_LINKS["agb", "invoerder"] in asked.out.splitlines()
    assert Asked(tmp_path, *answers("task", "agb"), "nee").code == 1


def test_the_administrator_is_asked_once_for_an_organisation(tmp_path: Path) -> None:
    question = "Bent u (hoofd) lokale beheerder van AGB Leuven?"
    assert question in Asked(tmp_path, *answers("task", "agb"), "ja", "ja").talk
    assert question not in Asked(tmp_path, *answers("task", "agb"), "ja").talk
    assert question in Asked(tmp_path / "other", *answers("task", "agb"), "", "ja").talk
    assert len(logged(tmp_path)) == 2


@pytest.mark.parametrize(("said", "count"), [("nee", 0), ("n", 0), ("2", 0), ("j", 1), ("", 1), ("yes", 1)])
def test_saving_is_asked_and_is_the_default(said: str, count: int, tmp_path: Path) -> None:
    asked = Asked(tmp_path, *answers("form", "agb"), said)
    assert asked.code == 0
    assert EXPECTED_LINKS["agb", "invoerder"] in asked.out.splitlines()
    assert len(logged(tmp_path)) == count


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["form", "Lieve Voorbeeldt", "unknown"], "Vraag de aanvrager: moet u zelf cijfers invullen?"),
        (["task", "Lieve Voorbeeldt", "1", "none"], "De officiële pagina noemt vier soorten"),
        (["form", "Lieve Voorbeeldt", "1", "weet ik niet"], "wie is uw werkgever"),
    ],
)
def test_an_honest_answer_leads_to_help_and_not_to_a_link(lines: list[str], told: str, tmp_path: Path) -> None:
    asked = Asked(tmp_path, *lines)
    assert asked.code == 0
    assert told in asked.out
    assert "ccinc@vlaanderen.be" in asked.out
    assert "https://zelfregistratie" not in asked.out
    assert logged(tmp_path) == []


def test_a_log_that_cannot_be_written_does_not_take_the_answer_away(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "log").write_text("in the way", encoding="utf-8")
    for situation in ("form", "manual"):
        asked = Asked(tmp_path, *answers(situation, "agb"), "", "ja")
        assert asked.code == 1
        assert asked.out.startswith(HEAD[situation])
        assert "Er is niets in het logboek bewaard." in asked.talk.splitlines()[-1]
        assert "Bewaard in het logboek" not in asked.out


def test_training_takes_only_practice_numbers_and_its_own_log(tmp_path: Path) -> None:
    lines = answers("manual", "agb", number="85.07.30-000.61")
    asked = Asked(tmp_path, *lines[:2], "85.07.30-033.28", *lines[2:], "ja", "ja", options=("--mode", "training"))
    assert asked.code == 0, asked.talk
    assert "OEFENMODUS" in asked.talk
    assert "Dit lijkt het nummer van een echte persoon" in asked.talk
    assert logged(tmp_path) == []


def test_everything_is_written_under_the_data_folder_and_nothing_holds_the_number(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA", "APPDATA")}
    places |= {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP")}
    data = ("--data-dir", str(tmp_path / "data"))
    export, backup = tmp_path / "data" / "all.csv", tmp_path / "data" / "backup"
    typed = "\n".join([*answers("manual", "agb"), "ja", "ja"])
    for arguments, said in (
        (("ask",), typed),
        (("ask",), "\n".join(answers("manual", "agb")[:3])),
        (("check-number",), "85.07.30-033.28\n85073003329\n"),
        (("log", "list", "--search", "Lieve"), ""),
        (("log", "export", str(export)), ""),
        (("log", "verify"), ""),
        (("log", "backup", str(backup)), "een lange zin van vijf woorden\n"),
        (("log", "restore", str(backup)), "een lange zin van vijf woorden\n"),
        (("log", "purge", "--older-than", "1"), ""),
    ):
        run(*arguments, *data, typed=said, **places)
    assert list(home.iterdir()) == []
    assert list(temporary.iterdir()) == []
    assert export.is_file()
    assert backup.is_file()
    assert files_with(tmp_path, "85073003328") == []


def test_the_log_of_the_terminal_is_encrypted(tmp_path: Path) -> None:
    assert Asked(tmp_path, *answers("form", "agb")).code == 0
    database = tmp_path / "data" / "log" / "log.db"
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(database).execute("SELECT count(*) FROM sqlite_master")
    assert all(b"Voorbeeldt" not in path.read_bytes() for path in (tmp_path / "data" / "log").iterdir())


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "form", "Lieve \x1b[31mVoorbeeldt\u202e", "1", "agb", "AGB \x07Leuven")
    listed = run_here("log", "list", "--data-dir", str(tmp_path / "data"))[1]
    for shown in (asked.out, asked.talk, listed):
        assert not set(shown) & set("\x1b\x07\u202e")
    assert listed.count("\n") == 1
    assert listed.count("\t") == 5


@pytest.mark.parametrize("language", ["fr", "en"])
def test_other_languages_take_the_same_answers(language: str, tmp_path: Path) -> None:
    asked = Asked(tmp_path, *answers("form", "agb"), "yes", options=("--lang", language))
    assert asked.code == 0
    assert EXPECTED_LINKS["agb", "invoerder"] in asked.out.splitlines()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_answers_are_read_as_windows_writes_them(encoding: str, tmp_path: Path) -> None:
    typed = "form\r\nJosé Voorbeeldt\r\ninvoerder\r\nagb\r\nAGB Leuven\r\nja\r\n".encode(encoding)
    code, _, told = run_here("ask", "--data-dir", str(tmp_path / "data"), typed=typed)
    assert code == 0
    assert [request["applicant_name"] for request in logged(tmp_path)] == ["José Voorbeeldt"]
    assert told.count("Windows-1252") == int(encoding == "cp1252")


@pytest.mark.parametrize("damaged", [b"Jos\x81 Voorbeeldt", b"J\0o\0s\0e\0", "Jos\ufffd Voorbeeldt".encode()])
def test_a_name_that_cannot_be_read_is_told_and_not_saved(damaged: bytes, tmp_path: Path) -> None:
    typed = b"form\n" + damaged + b"\ninvoerder\nagb\nAGB Leuven\nja\n"
    code, _, told = run_here("ask", "--data-dir", str(tmp_path / "data"), typed=typed)
    assert code == 1
    assert "is niet te lezen" in told
    assert logged(tmp_path) == []


def test_a_choice_of_thousands_of_digits_is_no_choice(tmp_path: Path) -> None:
    asked = Asked(tmp_path, "1" * 5000, "form", "Lieve Voorbeeldt", "invoerder", "agb", "AGB Leuven", "ja")
    assert asked.code == 0
    assert "Typ een nummer van 1 tot 3" in asked.talk


def test_practice_says_nothing_of_whose_administrator_one_is(tmp_path: Path) -> None:
    practised = answers("task", "agb")
    assert Asked(tmp_path, *practised, "ja", "ja", options=("--mode", "training")).code == 0
    question = "Bent u (hoofd) lokale beheerder van AGB Leuven?"
    assert question in Asked(tmp_path, *answers("task", "agb"), "ja", "ja").talk
