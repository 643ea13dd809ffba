"""Lists as people really make them: sheets, rows, cells, headings and files of every kind."""

from __future__ import annotations

import csv
import datetime as dt
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.styles import Font

from ccinc_wizard.__main__ import main
from ccinc_wizard.content.list_words import ListError, ListTrouble, ListWords
from ccinc_wizard.content.lists import read_list
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.findings import Circumstances
from ccinc_wizard.domain.lists import Column, Report, RowFault, RowVerdict, check
from ccinc_wizard.terminal.starting import make_services
from tests.requestlog.conftest import request

SAMPLES = Path(__file__).parent / "samples"
HEADING = ["Naam", "Rijksregisternummer", "Rol", "Soort", "Inrichtende macht"]
GRIET = ["Griet Schijnbaere", "85.07.30-033.28", "Invoerder", "Vlaamse gemeente", "Torhout"]
JORIS = ["Joris Oefenmans", "", "Raadpleger", "Vlaamse gemeente", "Gent"]
SAM = ["Sam Grensgeval", "", "Raadpleger", "Vlaamse gemeente", "Brugge"]
Judge = Callable[..., Report]
ORDER, ADVICE, QUESTION, ERROR = RowVerdict


@pytest.fixture(scope="module")
def words(catalog: Catalog) -> ListWords:
    return ListWords(Texts("nl"), catalog)


@pytest.fixture
def judged(words: ListWords, circumstances: Circumstances) -> Judge:
    def judge(path: Path, sheet: str = "", accepted: tuple[int, ...] = ()) -> Report:
        people = read_list(path, words, sheet=sheet)
        return check(people.rows, circumstances, words.vocabulary, accepted=accepted)

    return judge


def verdicts(report: Report) -> list[tuple[int, RowVerdict]]:
    return [(row.row, row.verdict) for row in report.rows]


def as_csv(path: Path, *rows: list[str], first: str = "", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(first)
        csv.writer(file, delimiter=";").writerows(rows)
    return path


class Book:
    """A workbook being made; `path` saves it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "list.xlsx"
        self.book = openpyxl.Workbook()
        self.book.remove(self.book.active)

    def sheet(self, name: str, *rows: list[object], state: str = "visible") -> openpyxl.worksheet.worksheet.Worksheet:
        made = self.book.create_sheet(name)
        for row in rows:
            made.append(row)
        made.sheet_state = state
        return made

    @property
    def path(self) -> Path:
        self.book.save(self._path)
        return self._path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


CASES = {
    "hidden-first.xlsx": ([(2, "in-order"), (3, "in-order")], "verborgen werkbladen"),
    "filtered.xlsx": ([(2, "in-order"), (3, "question"), (4, "in-order")], "1 rij is verborgen"),
    "explanation-first.xlsx": ([(2, "in-order"), (3, "in-order")], "“Lijst”"),
    "sep-line.csv": ([(2, "in-order")], ""),
    **{f"heading-{number}.csv": ([(2, "error"), (3, "error")], "") for number in ("01", "02", "06", "09")},
}


@pytest.mark.parametrize("file", sorted(CASES))
def test_a_sample_gives_its_answer_by_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    rows, told = CASES[file]
    arguments = ["list", "check", str(SAMPLES / file), "--data-dir", str(tmp_path), "--lang", "nl"]
    code = main([*arguments, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert [(row["row"], row["verdict"]) for row in answer["rows"]] == rows
    assert told in " ".join(answer["notices"])
    assert code == any(verdict in ("error", "question") for _, verdict in rows)
    assert main(arguments) == code
    lines = capsys.readouterr().out.splitlines()
    assert [tuple(line.split("\t")[:2]) for line in lines] == [(str(row), verdict) for row, verdict in rows]


def test_the_visible_sheet_is_judged_and_the_hidden_ones_are_told(book: Book, judged: Judge, words: ListWords) -> None:
    book.sheet("2024", HEADING, GRIET, state="veryHidden")
    book.sheet("2025", HEADING, GRIET, state="hidden")
    book.sheet("2026", HEADING, JORIS)
    path = book.path
    assert [row.name for row in judged(path).rows] == ["Joris Oefenmans"]
    notes = " ".join(words.notes(read_list(path, words)))
    assert "2026" in notes
    assert "2024, 2025" in notes


def test_a_column_that_the_sheet_hides_is_read_and_told(book: Book, judged: Judge, words: ListWords) -> None:
    sheet = book.sheet("Lijst", [*HEADING, "Kamer"], [*GRIET, "12"])
    for column in "CF":
        sheet.column_dimensions[column].hidden = True
    path = book.path
    assert verdicts(judged(path)) == [(2, ORDER)]
    people = read_list(path, words)
    assert (people.hidden_columns, people.ignored) == (("Rol",), ("Kamer",))
    (told,) = [note for note in words.notes(people) if "verborgen" in note]
    assert "Rol" in told
    sheet.column_dimensions["C"].hidden = False
    assert read_list(book.path, words).hidden_columns == ()


def test_chart_and_explanation_sheets_are_passed_over(book: Book, judged: Judge) -> None:
    made = book.sheet("Uitleg", ["Vul per persoon een rij in."], [], ["Vragen? Bel ons.", "02 553 42 26"])
    chart = book.book.create_chartsheet("Grafiek", 0)
    chart.add_chart(BarChart())
    book.sheet("Leeg")
    book.sheet("Lijst", ["Toegang CCinC 2026"], [], HEADING, GRIET, JORIS)
    assert made.title == "Uitleg"
    assert verdicts(judged(book.path)) == [(4, ORDER), (5, ORDER)]


def test_of_several_sheets_with_the_columns_one_is_asked_for(book: Book, judged: Judge, words: ListWords) -> None:
    book.sheet("Voorjaar", HEADING, GRIET)
    book.sheet("Najaar", HEADING, JORIS)
    book.sheet("Leeg", HEADING)
    with pytest.raises(ListError) as refused:
        read_list(book.path, words)
    assert refused.value.trouble is ListTrouble.SEVERAL_SHEETS
    assert refused.value.sheets == ("Voorjaar", "Najaar")
    assert "Voorjaar, Najaar" in words.trouble(refused.value)
    assert [row.name for row in judged(book.path, "Najaar").rows] == ["Joris Oefenmans"]


def test_a_workbook_without_a_visible_list_is_refused(book: Book, words: ListWords) -> None:
    book.sheet("2025", HEADING, GRIET, state="hidden")
    book.book.create_chartsheet("Grafiek")
    with pytest.raises(ListError) as refused:
        read_list(book.path, words)
    assert refused.value.trouble is ListTrouble.NO_SHEET


def test_hidden_and_struck_rows_count_once_the_user_says_so(book: Book, judged: Judge, words: ListWords) -> None:
    other_role = [GRIET[0], GRIET[1], "Raadpleger", *GRIET[3:]]
    sheet = book.sheet("Lijst", HEADING, GRIET, other_role, JORIS, SAM)
    sheet.row_dimensions[3].hidden = True
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    path = book.path
    report = judged(path)
    assert verdicts(report) == [(2, ORDER), (3, QUESTION), (4, QUESTION), (5, ORDER)]
    assert [row.row for row in report.good] == [2, 5]
    assert all(row.answerable for row in report.rows if row.verdict is QUESTION)
    told = words.aside(report)
    assert len(told) == 2
    assert "rij 3" in told[0]
    assert "rij 4" in told[1]
    accepted = judged(path, accepted=(3, 4))
    assert verdicts(accepted) == [(2, ERROR), (3, ERROR), (4, ORDER), (5, ORDER)]
    assert words.aside(accepted) == []


def test_one_struck_cell_strikes_no_row(book: Book, judged: Judge) -> None:
    sheet = book.sheet("Lijst", HEADING, JORIS)
    sheet["E2"].font = Font(strike=True)
    assert verdicts(judged(book.path)) == [(2, ORDER)]


@pytest.mark.parametrize(
    "cell",
    ["#N/A", "#REF!", "#N/B", "#WAARDE!", "#VALEUR!", "#DIV/0!", True, False, dt.date(1985, 7, 30), "30/07/1985",
     dt.datetime(2026, 11, 27, 14, 5), "WAAR", "Vrai", "2026-11-27"],  # noqa: DTZ001
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 4])
def test_what_is_no_name_is_an_error_of_its_row(book: Book, judged: Judge, cell: object, column: int) -> None:
    wrong: list[object] = list(JORIS)
    wrong[column] = cell
    if cell == "#N/A":
        book.sheet("Lijst", HEADING, GRIET, wrong)["A3" if column == 0 else "E3"].data_type = "e"
    else:
        book.sheet("Lijst", HEADING, GRIET, wrong)
    report = judged(book.path)
    assert verdicts(report) == [(2, ORDER), (3, ERROR)]
    assert RowFault.NO_TEXT in [fault.fault for fault in report.rows[1].faults]


@pytest.mark.parametrize("cell", ["#N/A", True, dt.date(1985, 7, 30), "Invoerdr"])
@pytest.mark.parametrize("column", [1, 2, 3])
def test_nor_is_it_a_number_a_role_or_a_type(book: Book, judged: Judge, cell: object, column: int) -> None:
    wrong: list[object] = list(JORIS)
    wrong[column] = cell
    book.sheet("Lijst", HEADING, GRIET, wrong)
    assert verdicts(judged(book.path)) == [(2, ORDER), (3, ERROR)]


def test_what_became_of_a_cell_hides_only_that_its_answer_is_missing(tmp_path: Path, judged: Judge) -> None:
    heading = ["Voornaam", *HEADING]
    path = as_csv(tmp_path / "list.csv", heading, ["#N/A", *JORIS], ["", *JORIS[:4], "30/07/1985"])
    first, second = judged(path).rows
    assert [(fault.fault, fault.column) for fault in first.faults] == [(RowFault.NO_TEXT, Column.FIRST_NAME)]
    assert [(fault.fault, fault.column) for fault in second.faults] == [(RowFault.NO_TEXT, Column.AUTHORITY_NAME)]
    assert "municipality_unknown" in [finding.rule for finding in second.findings]


@pytest.mark.parametrize("first", ["sep=;\n", "SEP=;\r\n", '"sep=;"\r\n'])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_line_that_tells_excel_the_separator_is_no_heading(
    tmp_path: Path, judged, first: str, encoding: str
) -> None:  # type: ignore[no-untyped-def]
    path = as_csv(tmp_path / "list.csv", HEADING, GRIET, JORIS, first=first, encoding=encoding)
    assert verdicts(judged(path)) == [(2, ORDER), (3, ORDER)]


@pytest.mark.parametrize(
    "title", ["Toegangen, versie 2, van 23 november", "Lijst | CCinC | 2026 | eerste | tweede", "Toegangen"]
)
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_a_title_above_a_list_does_not_say_what_parts_its_cells(
    tmp_path: Path, judged, title: str, delimiter: str
) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "list.csv"
    rows = [delimiter.join(map(str, row)) for row in (HEADING, GRIET, JORIS)]
    path.write_text("\n".join([title, *rows]), encoding="utf-8")
    assert verdicts(judged(path)) == [(3, ORDER), (4, ORDER)]


def test_two_people_in_one_cell_are_asked_about(tmp_path: Path, judged) -> None:  # type: ignore[no-untyped-def]
    rows = [[name, *JORIS[1:]] for name in ("An Peeters en Jan Maes", "An Peeters / Jan Maes", "Ann & Jan Peters")]
    path = as_csv(tmp_path / "list.csv", HEADING, *rows)
    assert [verdict for _, verdict in verdicts(judged(path))] == [QUESTION, QUESTION, QUESTION]


NUMBER_HEADINGS = [
    "INSZ-nummer", "RR-nummer", "Rijksregister", "Rijksregisternummer (verplicht)", "N° registre national",
    "rijksregisternr.", "RRN", "R.R.N.", "RR nr", "INSZ", "NISS", "INSZ / NISS", "Numéro national", "N° national",
    "N° de registre national (obligatoire)", "National register no.", "SSIN", "Rijksregisternummer*",
    "Rijksregister- of BIS-nummer", "Rijksregisternummer medewerker", "Nr. rijksregister", "RIJKSREGISTER NUMMER",
    "Rijksreg. nr.", "Rijksregisternummer (11 cijfers)", "Rijksregisternummer (xx.xx.xx-xxx.xx)", "Nationaal nummer",
    "BIS", "RR", "Rijksregister-\nnummer", "Numéro de registre national / Rijksregisternummer",
    "National number (required)", "Rijksregisternummer INSZ", "N° NISS", "Numéro du registre national", "RRnr",
    "Registre national (NISS)", "Rijksregisternummer van de aanvrager",
]  # fmt: skip


@pytest.mark.parametrize("heading", NUMBER_HEADINGS)
def test_the_numbers_column_is_known_in_any_usual_spelling(tmp_path: Path, judged: Judge, heading: str) -> None:
    other = ["G. Schijnbaere", GRIET[1], "Raadpleger", *GRIET[3:]]
    path = as_csv(tmp_path / "list.csv", [HEADING[0], heading, *HEADING[2:]], GRIET, other)
    assert verdicts(judged(path)) == [(2, ERROR), (3, ERROR)]


@pytest.mark.parametrize(
    "heading",
    [
        ["Naam medewerker", "INSZ", "Gewenste rol", "Soort bestuur", "Gemeente"],
        ["Nom et prénom", "NISS", "Rôle demandé", "Type d’organisation", "Nom de l’organisation"],
        ["Full name *", "National number", "Role (required)", "Type of organisation", "Employer"],
        ["NAAM / NOM", "RR / NN", "ROL / RÔLE", "Inrichtende macht (soort)", "Inrichtende macht (naam)"],
        ["Naam en voornaam", "Rijksregister", "Rol:", "Type inrichtende macht", "Naam inrichtende macht"],
    ],
)
def test_the_other_columns_are_known_in_three_languages(tmp_path: Path, judged: Judge, heading: list[str]) -> None:
    report = judged(as_csv(tmp_path / "list.csv", heading, GRIET, JORIS))
    assert verdicts(report) == [(2, ORDER), (3, ORDER)]


def test_a_column_is_known_by_what_stands_in_it(tmp_path: Path, judged: Judge, words: ListWords) -> None:
    other = ["G. Schijnbaere", GRIET[1], "Raadpleger", *GRIET[3:]]
    path = as_csv(tmp_path / "list.csv", ["Naam", "Code", "Wat", "", "Inrichtende macht"], GRIET, other)
    assert verdicts(judged(path)) == [(2, ERROR), (3, ERROR)]
    people = read_list(path, words)
    assert people.known_by_content == ("Code", "3", "4") or people.known_by_content == ("Code", "Wat", "4")
    assert "Code" in " ".join(words.notes(people))


@pytest.mark.parametrize(
    ("number", "extra"),
    [
        ("Rijksregisternummer", ["85.07.30-033.28", "90.02.14-001.01"]),  # a second one
        ("Code", ["85.07.30-033.28", "85.07.30-033.29"]),  # one of the two is wrong
    ],
)
def test_a_column_like_register_numbers_that_is_not_known_stops_the_list(
    tmp_path: Path, words: ListWords, number: str, extra: list[str]
) -> None:
    heading = ["Naam", "Rol", "Soort", "Inrichtende macht", "Kenmerk", *(["INSZ"] if number != "Code" else [])]
    rows = [[*GRIET[:1], *GRIET[2:], extra[0], GRIET[1]], [*JORIS[:1], *JORIS[2:], extra[1], ""]]
    path = as_csv(tmp_path / "list.csv", heading, *(row[: len(heading)] for row in rows))
    with pytest.raises(ListError) as refused:
        read_list(path, words)
    assert refused.value.trouble is ListTrouble.UNKNOWN_NUMBERS
    assert "Kenmerk" in words.trouble(refused.value)
    assert "85" not in words.trouble(refused.value)


def test_a_column_of_other_numbers_stops_nothing(tmp_path: Path, judged: Judge) -> None:
    heading = [*HEADING, "Telefoon", "KBO", "Opmerking"]
    path = as_csv(
        tmp_path / "list.csv", heading, [*GRIET, "+32 470 12 34 56", "0400.000.000", ""], [*JORIS, "", "", "x"]
    )
    assert verdicts(judged(path)) == [(2, ORDER), (3, ORDER)]


def test_an_unknown_municipality_is_a_question_and_the_user_may_answer(tmp_path: Path, judged: Judge) -> None:
    path = as_csv(tmp_path / "list.csv", HEADING, GRIET, [*JORIS[:4], "Nieuwstad-aan-Zee"], [*SAM[:4], "Brusel"])
    report = judged(path)
    assert verdicts(report) == [(2, ORDER), (3, QUESTION), (4, QUESTION)]
    assert [row.row for row in report.good] == [2]
    assert [row.row for row in judged(path, accepted=(3,)).good] == [2, 3]


def _zip(path: Path, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return path


def _ole(path: Path, stream: str) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512))
    return path


def _strict(path: Path, sound: Path) -> Path:
    main, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    with zipfile.ZipFile(sound) as packed, zipfile.ZipFile(path, "w") as made:
        for name in packed.namelist():
            made.writestr(name, packed.read(name).replace(main.encode(), strict.encode()))
    return path


def test_each_other_kind_of_file_has_its_own_way_out(tmp_path: Path, book: Book, words: ListWords) -> None:
    book.sheet("Lijst", HEADING, GRIET)
    page = tmp_path / "page.xls"
    page.write_text("<html><table><tr><td>Naam</td></tr></table></html>", encoding="utf-8")
    kinds = {
        _ole(tmp_path / "old.xls", "Workbook"): ListTrouble.OLD_EXCEL,
        page: ListTrouble.OLD_EXCEL,
        _ole(tmp_path / "locked.xlsx", "EncryptedPackage"): ListTrouble.PASSWORD,
        _strict(tmp_path / "strict.xlsx", book.path): ListTrouble.STRICT,
        _zip(tmp_path / "list.ods", mimetype="application/vnd.oasis", content="<a/>"): ListTrouble.OTHER_PROGRAM,
        _zip(tmp_path / "list.xlsb", **{"xl__workbook.bin": "x"}): ListTrouble.OTHER_PROGRAM,
    }
    told = set()
    for path, trouble in kinds.items():
        with pytest.raises(ListError) as refused:
            read_list(path, words)
        assert refused.value.trouble is trouble, path.name
        sentence = words.trouble(refused.value)
        assert "Excel" in sentence
        assert ".xlsx" in sentence or "opnieuw" in sentence
        told.add(sentence)
    assert len(told) == 4


def test_no_digit_of_a_number_leaves_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = as_csv(
        tmp_path / "list.csv",
        [*HEADING, "85.07.30-033.28"],
        [*GRIET, "x"],
        ["85073003328", "85.07.30-033.29", "x", "y", "85/07/30 033 28", ""],
    )
    for arguments in ([], ["--json"], ["--situation", "manual"]):
        assert main(["list", "check", str(path), "--data-dir", str(tmp_path / "data"), *arguments]) == 1
        said = capsys.readouterr()
        for digits in ("0730", "07.30", "033", "85.", "07/30"):
            assert digits not in said.out + said.err
    assert not (tmp_path / "data").exists()


def test_the_situation_counts_where_a_row_names_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = as_csv(tmp_path / "list.csv", HEADING, GRIET, JORIS)
    arguments = ["list", "check", str(path), "--data-dir", str(tmp_path / "data"), "--json"]
    assert main(arguments) == 0
    assert [bool(row["link"]) for row in json.loads(capsys.readouterr().out)["rows"]] == [True, True]
    assert main([*arguments, "--situation", "manual"]) == 1
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["verdict"], row["link"]) for row in rows] == [("in-order", None), ("error", None)]
    assert rows[1]["findings"] == ["number_wrong"]


def test_wrong_usage_and_an_absent_file_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "check"]) == 2
    assert main(["list"]) == 2
    assert main(["list", "check", "x.csv", "--situation", "fax"]) == 2
    capsys.readouterr()
    assert main(["list", "check", str(tmp_path / "absent.csv"), "--data-dir", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_the_log_has_its_say_where_there_is_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data-dir", str(tmp_path / "data")]
    path = as_csv(tmp_path / "list.csv", HEADING, GRIET)
    services = make_services(data)
    with services.open_log() as log:
        digits = "".join(filter(str.isdigit, GRIET[1]))
        log.save(request(GRIET[0], role="raadpleger", fingerprint=log.fingerprint(digits)))
    assert main(["list", "check", str(path), *data]) == 1
    assert capsys.readouterr().out == "2\terror\tone_role\n"


def test_columns_stay_what_they_are(words: ListWords) -> None:
    known = {
        heading: words.column(heading) for heading in ("E-mail", "Opmerking", "Datum", "Telefoonnummer", "Nummer", "")
    }
    assert set(known.values()) == {None}
    assert words.column("Inrichtende macht (soort)") == Column.AUTHORITY
    assert words.column("Naam inrichtende macht") == Column.AUTHORITY_NAME


# heading of the name, heading of the place; kind, name and place of a row; the name it comes to, and its verdict
WHERE = {
    "agree": ("Inrichtende macht", "Gemeente", ("AGB", "AGB Kortrijk", "Kortrijk"), "AGB Kortrijk", ORDER),
    "the same place": ("Organisatie", "Gemeente", ("Vlaamse gemeente", "Stad Gent", "gent"), "Stad Gent", ORDER),
    "a former name": ("Werkgever", "Naam gemeente", ("Vlaamse gemeente", "Nevele", "Deinze"), "Nevele", ADVICE),
    "French": ("Pouvoir organisateur", "Commune", ("commune bruxelloise", "Elsene", "Ixelles"), "Elsene", ORDER),
    "English": ("Employer", "Municipality", ("flemish municipality", "Bruges", "Brugge"), "Bruges", ADVICE),
    "a name of its own": ("Inrichtende macht", "Gemeente", ("AGB", "AGB De Kring", "Kortrijk"), "AGB De Kring", ORDER),
    "a vzw": ("Organisatie", "Gemeente", ("Economische actor", "De Werf vzw", "Brugge"), "De Werf vzw", ORDER),
    "no place": ("Inrichtende macht", "Gemeente", ("AGB", "AGB Kortrijk", ""), "AGB Kortrijk", ORDER),
    "a village": ("Inrichtende macht", "Gemeente", ("AGB", "AGB Kortrijk", "Heule"), "AGB Kortrijk", ORDER),
    "only a title": ("Inrichtende macht", "Gemeente", ("Vlaamse gemeente", "Stadsbestuur", "Lier"), "Lier", ORDER),
    "only a kind": ("Inrichtende macht", "Gemeente", ("AGB", "agb", "Lier"), "AGB Lier", ORDER),
    "no name": ("Inrichtende macht", "Gemeente", ("Vlaamse gemeente", "", "Lier"), "Lier", ORDER),
    "no name, as it is called": ("Inrichtende macht", "Gemeente", ("gemeente", "", "Ixelles"), "Ixelles", ADVICE),
    "no name, and a kind for short": ("Inrichtende macht", "Gemeente", ("vl. gemeente", "", "Lier"), "Lier", ORDER),
    "no name of a company": ("Inrichtende macht", "Gemeente", ("AGB", "", "Lier"), "", ERROR),
    "differ": ("Inrichtende macht", "Gemeente", ("Vlaamse gemeente", "Stad Gent", "Lier"), "Stad Gent", QUESTION),
    "a company elsewhere": ("Inrichtende macht", "Gemeente", ("AGB", "AGB Kortrijk", "Lier"), "AGB Kortrijk", QUESTION),
    "in one heading": ("Gemeente / organisatie", "Kamer", ("AGB", "AGB Lier", "Gent"), "AGB Lier", ORDER),
}


@pytest.mark.parametrize("case", WHERE)
def test_a_municipality_beside_the_authority_is_where_it_is(
    tmp_path: Path, judged: Judge, words: ListWords, case: str
) -> None:
    name, place, (kind, *cells), right, verdict = WHERE[case]
    path = as_csv(
        tmp_path / "list.csv", ["Naam", "Rol", "Soort", place, name], [GRIET[0], "Invoerder", kind, *cells[::-1]]
    )
    (row,) = judged(path).rows
    assert (row.answers.authority_name, row.verdict) == (right, verdict)
    told = [fault.fault for fault in row.faults]
    assert told == ([RowFault.OTHER_PLACE] if verdict is QUESTION else [])
    assert read_list(path, words).ignored == (("Kamer",) if place == "Kamer" else ())


def test_where_the_authority_has_only_its_kind_the_municipality_is_its_name(
    tmp_path: Path, judged: Judge, words: ListWords
) -> None:
    heading = ["Naam", "Rol", "Inrichtende macht", "Gemeente"]
    rows = (
        ["Griet Schijnbaere", "Invoerder", "Vlaamse gemeente", "Torhout"],
        ["Sam Grensgeval", "Raadpleger", "stad", "Gent"],
    )
    path = as_csv(tmp_path / "list.csv", heading, *rows)
    assert [(row.answers.authority, row.answers.authority_name) for row in judged(path).rows] == [
        ("vlaamse-gemeente", "Torhout"),
        ("vlaamse-gemeente", "Gent"),
    ]
    for others in (["AGB Torhout", "Torhout"], ["De Kring", "Torhout"]):
        with pytest.raises(ListError) as refused:
            read_list(as_csv(path, heading, rows[0], ["Jan Anders", "Invoerder", *others]), words)
        assert refused.value.trouble is ListTrouble.NO_HEADING


def test_two_columns_of_municipalities_are_one_too_many(tmp_path: Path, words: ListWords) -> None:
    heading = ["Naam", "Rol", "Soort", "Inrichtende macht", "Gemeente", "Commune"]
    with pytest.raises(ListError) as refused:
        read_list(as_csv(tmp_path / "list.csv", heading, ["An", "Invoerder", "AGB", "AGB Lier", "Lier", "Lier"]), words)
    assert (refused.value.trouble, refused.value.what) == (ListTrouble.TWICE, "Gemeente")


def test_a_column_of_telephone_numbers_holds_no_register_numbers(
    tmp_path: Path, judged: Judge, words: ListWords
) -> None:
    for heading in ("GSM", "Telefoon", "Ondernemingsnummer", "Portable", "Mobile"):
        path = as_csv(tmp_path / "list.csv", [*HEADING, heading], [*GRIET, "32470123456"])
        assert verdicts(judged(path)) == [(2, ORDER)]
        with pytest.raises(ListError) as refused:
            read_list(as_csv(path, [*HEADING, heading], [*GRIET, "93.05.18-223.61"]), words)
        assert refused.value.trouble is ListTrouble.UNKNOWN_NUMBERS
    with pytest.raises(ListError):
        read_list(as_csv(path, [*HEADING, "Kenmerk"], [*GRIET, "32470123456"]), words)


def test_a_municipality_is_no_role(tmp_path: Path, judged: Judge) -> None:
    path = as_csv(tmp_path / "list.csv", HEADING, [*GRIET[:2], "stad", *GRIET[3:]])
    (row,) = judged(path).rows
    assert [(fault.fault, fault.column) for fault in row.faults] == [(RowFault.NOT_UNDERSTOOD, Column.ROLE)]
