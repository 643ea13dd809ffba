"""Lists of people: every row judged by the wizard's rules, nothing done before the yes, nothing half done after it."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.content.list_words import ListError, ListTrouble, ListWords, PeopleList
from ccinc_wizard.content.lists import MAX_CELL, carry_out, products, read_list
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Circumstances, EarlierRequest, Severity
from ccinc_wizard.domain.lists import Checked, Column, Report, Row, RowFault, RowFinding, RowVerdict, check
from ccinc_wizard.domain.outcome import Outcome
from tests.domain.numbers import TODAY

HEADING = ["Naam", "Rijksregisternummer", "Rol", "Soort", "Inrichtende macht", "Situatie"]
JORIS = ["Joris Oefenmans", "84.03.12-999.38", "Invoerder", "Vlaamse gemeente", "Torhout", ""]
GRIET = ["Griet Schijnbaere", "88093000041", "raadpleger", "AGB", "AGB De Proefzaal", "manueel"]
SAM = ["Sam Grensgeval", "", "lecteur", "acteur économique", "Het Podium vzw", "formulaire"]


@pytest.fixture(scope="module")
def words(catalog: Catalog) -> ListWords:
    return ListWords(Texts("nl"), catalog)


@pytest.fixture(scope="module")
def wording(catalog: Catalog) -> Wording:
    return Wording(Texts("nl"), catalog)


@pytest.fixture(scope="module")
def training(circumstances: Circumstances) -> Circumstances:
    return replace(circumstances, mode=Mode.TRAINING)


def as_csv(path: Path, *rows: list[str], delimiter: str = ";", encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def judged(people: PeopleList, words: ListWords, circumstances: Circumstances) -> Report:
    return check(people.rows, circumstances, words.vocabulary)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_good_rows_of_a_csv_become_requests(
    tmp_path: Path, words: ListWords, training: Circumstances, delimiter: str, encoding: str
) -> None:
    path = as_csv(tmp_path / "list.csv", HEADING, JORIS, GRIET, SAM, delimiter=delimiter, encoding=encoding)
    people = read_list(path, words)
    assert people.guessed_encoding == ""
    report = judged(people, words, training)
    assert [(row.row, row.good) for row in report.rows] == [(2, True), (3, True), (4, True)]
    requests = [row.request for row in report.good if row.request]
    assert [request.case.situation for request in requests] == [Situation.FORM, Situation.MANUAL, Situation.FORM]
    assert [request.case.role for request in requests] == [Role.INVOERDER, Role.RAADPLEGER, Role.RAADPLEGER]
    assert [request.case.authority for request in requests] == ["vlaamse-gemeente", "agb", "economische-actor"]
    assert requests[1].number is not None


def test_a_workbook_reads_as_the_same_list(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    book = read_list(as_xlsx(tmp_path / "list.xlsx", HEADING, JORIS, GRIET, SAM), words)
    plain = read_list(as_csv(tmp_path / "list.csv", HEADING, JORIS, GRIET, SAM), words)
    assert [dict(row.cells) for row in book.rows] == [dict(row.cells) for row in plain.rows]
    assert len(judged(book, words, training).good) == 3


@pytest.mark.parametrize("cell", [2, 3])
def test_a_word_that_is_not_understood_is_told_once(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances, cell: int
) -> None:
    """Not that the answer is missing as well; where the cell is empty, that is what is told."""
    for word in ("???", ""):
        row = [*JORIS[:cell], word, *JORIS[cell + 1 :]]
        [checked] = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, row), words), words, training).rows
        assert len(words.lines(checked, wording)) == 1
        assert [fault.fault for fault in checked.faults] == ([RowFault.NOT_UNDERSTOOD] if word else [])
        assert checked.verdict is RowVerdict.ERROR
        assert not checked.good


@pytest.mark.parametrize(
    ("kind", "name", "authority"),
    [
        ("gemeente", "Torhout", "vlaamse-gemeente"),
        ("Stad", "8820 Torhout", "vlaamse-gemeente"),
        ("commune", "Ixelles", "brusselse-gemeente"),
        ("Gemeente", "Elsene", "brusselse-gemeente"),
        ("Stad / gemeente", "Gent", "vlaamse-gemeente"),
        ("gemeente", "De Werf vzw", None),
        ("gemeente", "", None),
        ("???", "Torhout", None),
        ("gemeentelijke vzw", "Torhout", None),
        ("gemeente en vzw", "Torhout", None),
    ],
)
def test_what_is_only_called_a_municipality_is_one_of_its_region(
    tmp_path: Path, words: ListWords, training: Circumstances, kind: str, name: str, authority: str | None
) -> None:
    """As on the line of the first page: the name says whether it is a Flemish one or one of Brussels."""
    rows = read_list(as_csv(tmp_path / "list.csv", HEADING, [*JORIS[:3], kind, name, ""]), words)
    [checked] = judged(rows, words, training).rows
    assert checked.answers.authority == authority
    assert checked.good is (authority is not None)
    faults = [] if authority else [RowFinding(RowFault.NOT_UNDERSTOOD, Column.AUTHORITY)]
    assert list(checked.faults) == faults


def test_a_number_kept_as_a_number_gets_its_zeros_back(
    tmp_path: Path, words: ListWords, training: Circumstances
) -> None:
    row: list[object] = ["Sam Grensgeval", 1051600090, "invoerder", "AGB", "AGB De Kring", "manueel"]
    report = judged(read_list(as_xlsx(tmp_path / "list.xlsx", HEADING, row), words), words, training)
    [checked] = report.rows
    assert checked.good
    assert checked.request is not None
    assert checked.request.number is not None


@pytest.mark.parametrize("born", ["000101", "000305", "000930", "001005", "010305", "090305"])
def test_a_number_of_somebody_born_since_2000_gets_all_its_zeros_back(
    tmp_path: Path, words: ListWords, circumstances: Circumstances, born: str
) -> None:
    begin = f"{born}001"
    number = int(f"{begin}{97 - int('2' + begin) % 97:02}")
    row: list[object] = ["Sam Grensgeval", number, "invoerder", "AGB", "AGB De Kring", "manueel"]
    [checked] = judged(read_list(as_xlsx(tmp_path / "list.xlsx", HEADING, row), words), words, circumstances).rows
    assert checked.good


@pytest.mark.parametrize("column", [0, 4])
@pytest.mark.parametrize("born", ["000305", "090305"])
def test_a_number_that_lost_its_zeros_is_known_for_one_in_another_column(
    tmp_path: Path, words: ListWords, circumstances: Circumstances, born: str, column: int
) -> None:
    """Columns get mixed up; the name and the organisation go into the log."""
    row: list[object] = ["Sam Grensgeval", "", "invoerder", "AGB", "AGB De Kring", ""]
    begin = f"{born}001"
    row[column] = int(f"{begin}{97 - int('2' + begin) % 97:02}")
    [checked] = judged(read_list(as_xlsx(tmp_path / "list.xlsx", HEADING, row), words), words, circumstances).rows
    assert not checked.good


def test_numbers_in_other_columns_stay_as_they_are(tmp_path: Path, words: ListWords) -> None:
    row: list[object] = ["Sam Grensgeval", "", "invoerder", "AGB", 123456789, "manueel"]
    people = read_list(as_xlsx(tmp_path / "list.xlsx", HEADING, row), words)
    assert people.rows[0].cells[Column.AUTHORITY_NAME] == "123456789"


def test_an_old_windows_list_is_read_and_the_guess_is_told(tmp_path: Path, words: ListWords) -> None:
    path = as_csv(tmp_path / "list.csv", HEADING, ["Léa Ëxemple", *JORIS[1:]], encoding="cp1252")
    people = read_list(path, words)
    assert people.guessed_encoding == "cp1252"
    assert people.rows[0].cells[Column.NAME] == "Léa Ëxemple"


@pytest.mark.parametrize(
    "heading",
    [
        ["Voornaam", "Naam", "Rol", "Type", "Organisatie"],
        ["Prénom", "Nom", "Rôle", "Type", "Pouvoir organisateur"],
        ["First name", "Last name", "Role", "Type", "Organising authority"],
        [" FIRST  NAME ", "SURNAME", "role", "type", "employer"],
    ],
)
def test_headings_are_understood_in_three_languages(
    tmp_path: Path, words: ListWords, training: Circumstances, heading: list[str]
) -> None:
    row = ["Joris", "Oefenmans", "Invoerder", "AGB", "AGB De Kring"]
    people = read_list(as_csv(tmp_path / "list.csv", heading, row), words)
    [checked] = judged(people, words, training).rows
    assert (checked.name, checked.good) == ("Joris Oefenmans", True)


def test_columns_that_nothing_uses_are_told(tmp_path: Path, words: ListWords) -> None:
    people = read_list(as_csv(tmp_path / "list.csv", [*HEADING, "Opmerking"], [*JORIS, "x"]), words)
    assert people.ignored == ("Opmerking",)


def bad_rows() -> list[tuple[list[str], str]]:
    return [
        (["", *JORIS[1:]], "name_missing"),
        ([JORIS[0], "84.03.12-999.39", *JORIS[2:]], "number_wrong"),
        ([*JORIS[:2], "", *JORIS[3:]], "role_missing"),
        ([*JORIS[:3], "", *JORIS[4:]], "authority_missing"),
        ([*JORIS[:3], "Brusselse gemeente", *JORIS[4:]], "wrong_region"),
        ([*JORIS[:4], "", ""], "authority_name_missing"),
        ([JORIS[0], "", *JORIS[2:5], "manueel"], "number_wrong"),
        (["Joris 84.03.12-999.38", *JORIS[1:]], "name_holds_number"),
    ]


@pytest.mark.parametrize(("row", "rule"), bad_rows())
def test_a_bad_row_is_told_by_the_wizards_own_rule_and_stops_only_itself(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances, row: list[str], rule: str
) -> None:
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, row, GRIET), words), words, training)
    assert [checked.row for checked in report.bad] == [2]
    assert [checked.row for checked in report.good] == [3]
    errors = [finding.rule for finding in report.bad[0].findings if finding.severity is Severity.ERROR]
    assert rule in errors
    told = words.lines(report.bad[0], wording)
    assert told
    assert not any("{" in line for line in told)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ([*JORIS[:2], "beide", *JORIS[3:]], RowFault.NOT_UNDERSTOOD),
        ([*JORIS[:3], "parochie", *JORIS[4:]], RowFault.NOT_UNDERSTOOD),
        ([*JORIS[:5], "per duif"], RowFault.NOT_UNDERSTOOD),
        ([*JORIS[:2], "weet ik niet", *JORIS[3:]], RowFault.REFERRAL),
        ([*JORIS[:3], "geen van deze vier", *JORIS[4:]], RowFault.REFERRAL),
        (['=HYPERLINK("http://x";"Jan Peeters")', *JORIS[1:]], RowFault.FORMULA),
        ([*JORIS[:4], "A" * (MAX_CELL + 1), ""], RowFault.TOO_LONG),
    ],
)
def test_what_only_a_list_can_have_wrong(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances, row: list[str], fault: RowFault
) -> None:
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, row, GRIET), words), words, training)
    assert [checked.row for checked in report.good] == [3]
    assert fault in [found.fault for found in report.bad[0].faults]
    assert all(words.fault(found) for found in report.bad[0].faults)


def test_a_formula_in_a_workbook_is_never_calculated(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    path = as_xlsx(tmp_path / "list.xlsx", HEADING, ["=1+1", *JORIS[1:]])
    people = read_list(path, words)
    assert people.rows[0].cells[Column.NAME] == "=1+1"
    assert not judged(people, words, training).good


def test_one_person_has_one_role_within_a_list(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    other_role = ["Joris Oefenmans", "84031299938", "Raadpleger", *JORIS[3:]]
    rows = [JORIS, GRIET, other_role, JORIS]
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, *rows), words), words, training)
    assert [checked.row for checked in report.good] == [3]
    faults = [(row.row, found.fault, found.other_row) for row in report.rows for found in row.faults]
    assert faults == [(2, RowFault.OTHER_ROLE, 4), (4, RowFault.OTHER_ROLE, 2), (5, RowFault.SAME_AGAIN, 2)]


def test_the_same_name_without_number_is_told_and_let_through(
    tmp_path: Path, words: ListWords, training: Circumstances
) -> None:
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, SAM, SAM), words), words, training)
    assert len(report.good) == 2
    assert [found.fault for found in report.rows[1].faults] == [RowFault.SAME_NAME]


def test_what_the_log_knows_counts(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    people = read_list(as_csv(tmp_path / "list.csv", HEADING, JORIS), words)
    earlier = EarlierRequest(Role.RAADPLEGER, TODAY, "Torhout")
    report = check(people.rows, training, words.vocabulary, earlier_of=lambda _: [earlier])
    assert "one_role" in [finding.rule for finding in report.bad[0].findings]


def refused(path: Path, words: ListWords) -> ListTrouble:
    with pytest.raises(ListError) as refusal:
        read_list(path, words)
    assert words.trouble(refusal.value)
    return refusal.value.trouble


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_list_that_excel_saved_as_unicode_text_is_read(encoding: str, tmp_path: Path, words: ListWords) -> None:
    path = as_csv(tmp_path / "list.csv", HEADING, ["Léa Ëxemple", *JORIS[1:]], encoding=encoding)
    people = read_list(path, words)
    assert people.guessed_encoding == ""
    assert people.rows[0].cells[Column.NAME] == "Léa Ëxemple"


def refusal_of(path: Path, words: ListWords) -> str | None:
    """Why the file is refused, in words; None when it is read."""
    try:
        read_list(path, words)
    except ListError as error:
        return words.trouble(error)
    return None


def test_a_file_that_is_no_list_is_refused_whole(tmp_path: Path, words: ListWords) -> None:
    path = tmp_path / "list"
    assert refused(path, words) is ListTrouble.UNREADABLE
    path.write_bytes(b"")
    assert refused(path, words) is ListTrouble.EMPTY
    path.write_bytes(b"\xd0\xcf\x11\xe0\x00\x00")
    assert refused(path, words) is ListTrouble.NOT_TEXT
    for cut_off in (b"\xff\xfea", b"\xff\xfe\0\0", b"\x81"):
        path.write_bytes(cut_off)
        assert refused(path, words) is ListTrouble.NOT_TEXT
    path.write_bytes(b"PK\x03\x04broken")
    assert refused(path, words) is ListTrouble.UNREADABLE
    assert refused(as_csv(path, ["Naam", "Rol"], JORIS), words) is ListTrouble.NO_HEADING
    assert refused(as_csv(path, [*HEADING, "Volledige naam"], JORIS), words) is ListTrouble.TWICE
    assert refused(as_csv(path, HEADING), words) is ListTrouble.EMPTY


def test_a_workbook_that_unpacks_without_end_is_refused(
    tmp_path: Path, words: ListWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_xlsx(tmp_path / "list.xlsx", HEADING, JORIS)
    monkeypatch.setattr("ccinc_wizard.content.list_files.MAX_UNPACKED", 100)
    assert refused(path, words) is ListTrouble.TOO_LARGE
    monkeypatch.setattr("ccinc_wizard.content.list_files.MAX_BYTES", 100)
    assert refused(path, words) is ListTrouble.TOO_LARGE


def test_a_damaged_workbook_is_refused_in_words(tmp_path: Path, words: ListWords) -> None:
    sound = as_xlsx(tmp_path / "sound.xlsx", HEADING, JORIS)
    chance = random.Random(5)
    with zipfile.ZipFile(sound) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for name in parts:
        damaged = tmp_path / "damaged.xlsx"
        with zipfile.ZipFile(damaged, "w") as packed:
            for other, content in parts.items():
                cut = content[: chance.randrange(len(content))] if other == name else content
                packed.writestr(other, cut)
        assert refusal_of(damaged, words) != ""


def test_too_many_rows_are_refused(tmp_path: Path, words: ListWords, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccinc_wizard.content.lists.MAX_ROWS", 2)
    assert refused(as_csv(tmp_path / "list.csv", HEADING, JORIS, GRIET, SAM), words) is ListTrouble.TOO_MANY_ROWS


@given(st.binary(max_size=300), st.booleans())
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, words: ListWords, training: Circumstances, content: bytes, headed: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes((";".join(HEADING) + "\n").encode() + content if headed else content)
    told = refusal_of(path, words)
    assert told != ""
    if told is None:
        people = read_list(path, words)
        assert len(judged(people, words, training).rows) == len(people.rows)


def note_entry(request: AccessRequest, outcome: Outcome) -> str:
    return f"{request.applicant_name}:{outcome.kind}"


def test_nothing_is_saved_before_the_yes_and_then_all_at_once(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances, catalog: Catalog
) -> None:
    calls: list[list[str]] = []

    def save_many(entries: Iterator[str]) -> Sequence[str]:
        calls.append(list(entries))
        return [f"saved {entry}" for entry in calls[-1]]

    bad = ["", *JORIS[1:]]
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, bad, GRIET, SAM), words), words, training)
    made = list(products(report, wording))
    assert calls == []
    done = carry_out(report, wording, entry=note_entry, save_many=save_many)
    assert calls == [["Griet Schijnbaere:manual", "Sam Grensgeval:link"]]
    assert done.products == tuple(made)
    assert done.saved == ("saved Griet Schijnbaere:manual", "saved Sam Grensgeval:link")
    by_form = made[1]
    assert by_form.outcome.link == catalog.link("economische-actor", Role.RAADPLEGER)
    assert by_form.outcome.link in by_form.mail_body
    assert made[0].mail_body == ""
    assert "880930" not in repr(done) + repr(report)
    assert "88.09.30" not in repr(done) + repr(report)


def test_a_log_that_fails_leaves_nothing_done(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances
) -> None:
    def save_many(_: Iterator[str]) -> Sequence[str]:
        raise OSError("disk full")

    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, GRIET), words), words, training)
    with pytest.raises(OSError, match="disk full"):
        carry_out(report, wording, entry=note_entry, save_many=save_many)


def stop_after(calls: int) -> Callable[[int, int], bool]:
    seen = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return len(seen) <= calls

    return progress


def test_each_stage_tells_how_far_it_is_and_can_be_stopped(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances
) -> None:
    rows = [[f"Jan Nummer{chr(97 + place // 26)}{chr(97 + place % 26)}", "", *JORIS[2:]] for place in range(450)]
    path = as_csv(tmp_path / "list.csv", HEADING, *rows)
    assert read_list(path, words, stop_after(1)).stopped
    people = read_list(path, words)
    stopped = check(people.rows, training, words.vocabulary, progress=stop_after(2))
    assert stopped.stopped
    assert len(stopped.rows) == 400
    told: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    report = check(people.rows, training, words.vocabulary, progress=listen)
    assert told == [(0, 450), (200, 450), (400, 450), (450, 450)]
    saved: list[str] = []

    def save_many(entries: Iterator[str]) -> list[str]:
        # As the log does: what was written before an exception is taken back.
        saved.extend(list(entries))
        return saved

    done = carry_out(report, wording, entry=note_entry, save_many=save_many, progress=stop_after(2))
    assert done.stopped
    assert done.products == done.saved == ()
    assert saved == []


@pytest.mark.parametrize(
    ("faults", "answerable", "aside"),
    [
        ([], False, False),
        ([RowFault.HIDDEN], True, True),
        ([RowFault.STRUCK, RowFault.HIDDEN], True, True),
        ([RowFault.SAME_NAME], False, False),
        ([RowFault.SAME_NAME, RowFault.STRUCK], True, True),
        ([RowFault.REFERRAL], False, False),
        ([RowFault.REFERRAL, RowFault.HIDDEN], False, True),
        ([RowFault.TOO_LONG, RowFault.HIDDEN], False, True),
    ],
)
def test_a_row_waits_for_the_users_word_where_nothing_else_is_wrong(
    faults: list[RowFault], answerable: bool, aside: bool
) -> None:
    row = Checked(2, "Joris Oefenmans", Answers(), faults=tuple(RowFinding(fault, Column.NAME) for fault in faults))
    assert row.answerable is answerable
    assert Report((Checked(1, "", Answers()), row)).aside == ({2} if aside else set())


@pytest.mark.parametrize(
    ("role", "kind", "column"),
    [
        ("weet niet", "AGB", Column.ROLE),
        ("invoerder", "weet niet", Column.AUTHORITY),
        ("weet niet", "x", Column.AUTHORITY),
    ],
)
def test_what_is_not_known_is_told_by_its_column(training: Circumstances, role: str, kind: str, column: Column) -> None:
    unknown = {"weet niet": NoChoice.UNKNOWN.value}
    vocabulary = {Column.ROLE: {"invoerder": "invoerder", **unknown}, Column.AUTHORITY: {"agb": "agb", **unknown}}
    cells = {Column.NAME: "Joris Oefenmans", Column.ROLE: role, Column.AUTHORITY: kind, Column.AUTHORITY_NAME: "AGB X"}
    [row] = check([Row(2, cells)], training, vocabulary).rows
    assert [fault.column for fault in row.faults] == [column]


def test_cells_show_in_no_repr() -> None:
    row = Row(2, {Column.NUMBER: "84.03.12-999.38"})
    assert "84" not in repr(row)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_example_list_is_itself_in_order(
    tmp_path: Path, catalog: Catalog, training: Circumstances, language: str
) -> None:
    words = ListWords(Texts(language), catalog)
    people = read_list(as_csv(tmp_path / "list.csv", *words.example()), words)
    report = judged(people, words, training)
    assert [row.good for row in report.rows] == [True]
    assert people.ignored == ()


def test_what_one_should_know_of_a_list_holds_no_number(tmp_path: Path, words: ListWords) -> None:
    path = as_csv(tmp_path / "list.csv", [*HEADING, "84.03.12-999.38", "Télé"], JORIS, encoding="cp1252")
    encoding, columns = words.notes(read_list(path, words))
    assert "cp1252" in encoding
    assert "Télé" in columns
    assert "84.03.12" not in columns
    assert words.notes(read_list(as_csv(tmp_path / "list.csv", HEADING, JORIS), words)) == []


def test_a_word_that_is_not_known_is_answered_with_those_that_are(
    tmp_path: Path, words: ListWords, wording: Wording, training: Circumstances
) -> None:
    odd = [*JORIS[:2], "chef", *JORIS[3:]]
    [row] = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, odd), words), words, training).rows
    assert "invoerder, raadpleger" in words.lines(row, wording)[0]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_all_troubles_and_faults_have_words(catalog: Catalog, language: str) -> None:
    texts = Texts(language)
    for trouble in ListTrouble:
        assert texts(f"list.trouble.{trouble}", what="x")
    for fault in RowFault:
        assert texts(f"list.fault.{fault}", column="x", row=1, words="y")


@pytest.mark.parametrize("typed", ["85.07.30-033.2", "85073003329", "85.07.30-033.28"])
def test_a_report_shows_no_number_beside_a_name_be_it_mistyped(
    tmp_path: Path, words: ListWords, wording: Wording, circumstances: Circumstances, typed: str
) -> None:
    row = [f"Jan Peeters {typed}", "", "Invoerder", "AGB", "AGB De Kring", ""]
    [checked] = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, row), words), words, circumstances).rows
    assert not checked.good
    told = " ".join(words.report_cells(checked, wording))
    assert "Jan Peeters" in told
    assert not [part for part in re.findall(r"[\d.-]+", told) if sum(map(str.isdigit, part)) > 4]


def test_scripts_read_what_a_row_comes_to_by_these_words() -> None:
    assert list(RowVerdict) == ["in-order", "advice", "question", "error"]


def test_a_row_that_was_only_read_is_neither_answered_for_nor_shown() -> None:
    checked = Checked(2, "Lies Voorbeeldt", Answers(authority_name="AGB De Proefzaal"))
    assert "AGB" not in repr(checked)
    assert (checked.accepted, Report((checked,)).stopped) == (False, False)
    assert RowFinding(RowFault.FORMULA, Column.NAME).other_row == 0


def test_a_list_names_everybody_in_whichever_situation(
    tmp_path: Path, words: ListWords, training: Circumstances
) -> None:
    people = read_list(as_csv(tmp_path / "list.csv", HEADING, ["", *SAM[1:]]), words)
    report = judged(people, words, replace(training, mode=Mode.ADMIN))
    assert [finding.rule for finding in report.bad[0].findings if finding.about == "applicant_name"] == ["name_missing"]


def test_the_log_is_asked_of_numbers_alone(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    asked: list[object] = []
    people = read_list(as_csv(tmp_path / "list.csv", HEADING, SAM, JORIS), words)
    check(people.rows, training, words.vocabulary, earlier_of=lambda number: asked.append(number) or [])
    assert len(asked) == 1


def test_the_users_word_for_a_row_answers_for_nothing_else(training: Circumstances) -> None:
    cells = dict(zip((Column.NAME, Column.AUTHORITY_NAME), ("Sam Grensgeval", "Het Podium vzw"), strict=True))
    faults = tuple(RowFinding(fault, Column.NAME) for fault in (RowFault.HIDDEN, RowFault.FORMULA))
    [row, other] = check([Row(2, cells, faults), Row(3, cells, faults)], training, {}, accepted=[2]).rows
    assert [found.fault for found in row.faults] == [RowFault.FORMULA]
    assert [found.fault for found in other.faults] == [RowFault.HIDDEN, RowFault.FORMULA]


def test_a_name_with_a_number_is_another_persons(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    named = ["Joris Oefenmans", "", *JORIS[2:]]
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, named, JORIS, named), words), words, training)
    faults = [(row.row, found.fault, found.other_row) for row in report.rows for found in row.faults]
    assert faults == [(4, RowFault.SAME_NAME, 2)]


def test_each_column_tells_one_fault(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    rows = [[*JORIS[:2], "beide", "parochie", *JORIS[4:]], [*SAM[:2], "=1+1", *SAM[3:]]]
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, *rows), words), words, training)
    assert [[(found.fault, found.column) for found in row.faults] for row in report.rows] == [
        [(RowFault.NOT_UNDERSTOOD, Column.ROLE), (RowFault.NOT_UNDERSTOOD, Column.AUTHORITY)],
        [(RowFault.FORMULA, Column.ROLE)],
    ]


def test_the_same_name_is_told_without_an_authority_too_but_no_name_is_no_name(
    tmp_path: Path, words: ListWords, training: Circumstances
) -> None:
    rows = [[*SAM[:4], "", ""], [*SAM[:4], "", ""], ["", *SAM[1:]], ["", *SAM[1:]]]
    report = judged(read_list(as_csv(tmp_path / "list.csv", HEADING, *rows), words), words, training)
    assert [(row.row, found.fault) for row in report.rows for found in row.faults] == [(3, RowFault.SAME_NAME)]


def test_what_the_user_answered_for_is_advice_still(tmp_path: Path, words: ListWords, training: Circumstances) -> None:
    people = read_list(as_csv(tmp_path / "list.csv", HEADING, [*JORIS[:4], "Torhuot", ""]), words)
    verdicts = [
        check(people.rows, training, words.vocabulary, accepted=answered).rows[0].verdict for answered in ((), (2,))
    ]
    assert verdicts == [RowVerdict.QUESTION, RowVerdict.ADVICE]
