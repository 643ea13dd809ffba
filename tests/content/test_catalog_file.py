"""Every way to break the catalog is refused with the file, the right line and a reason that a person understands."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ccinc_wizard.content.facts import line_of, load_catalog, load_toml
from ccinc_wizard.content.files import ContentError, resources_folder
from ccinc_wizard.domain.catalog import Catalog, TargetGroup, may_open
from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.findings import Case
from ccinc_wizard.domain.outcome import decide
from tests.expected_links import EXPECTED_LINKS

REAL = (resources_folder() / "catalog.toml").read_text(encoding="utf-8")
HOST = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?"
AGB = HOST + "dg=LB&ec=CJM_Cultuurmonitor_LB_CompEnt_Invoerder_AGB"
AGB_TABLE = f'[[links]]\nauthority = "agb"\nrole = "invoerder"\nurl = "{AGB}"\n'


def load(tmp_path: Path, text: str | bytes) -> ContentError:
    path = tmp_path / "catalog.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ContentError) as refusal:
        load_catalog(path)
    return refusal.value


def line_with(text: str, sign: str) -> int:
    assert text.count(sign) == 1, sign
    return text[: text.index(sign)].count("\n") + 1


def test_the_real_catalog_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_text(REAL, encoding="utf-8-sig")
    assert load_catalog(tmp_path / "catalog.toml") == load_catalog()


def agb_url(url: str) -> tuple[str, str]:
    return f'url = "{AGB}"', f'url = "{url}"'


# old text (once in the file), new text, what stands on the line that must be told, a word of the reason
REPLACED: list[tuple[str, str, str, str]] = [
    (*agb_url(AGB.replace("https://", "http://")), "http://", "must be https on zelfregistratie"),
    (*agb_url(AGB.replace("vlaanderen.be", "vlaanderen.be.example")), "be.example", "must be https on"),
    (*agb_url(AGB.replace(".vlaanderen.be", ".vlaanderen.be:443")), ":443", "must be https on"),
    (*agb_url(AGB.replace("zelfregistratie-", "x@zelfregistratie-")), "x@zelf", "must be https on"),
    (*agb_url(AGB.replace(".be/user", ".be./user")), ".be./", "must be https on"),
    (*agb_url(AGB.replace("vlaanderen", "Vlaanderen")), ".Vlaanderen", "must be https on"),
    (*agb_url(AGB.replace("vlaanderen", "vlaanderеn")), "vlaanderеn", "must be https on"),  # a Cyrillic letter
    (*agb_url(AGB.replace("https:", "javascript:")), "javascript:", "must be https on"),
    (*agb_url(AGB.replace("https:", "HTTPS:")), "HTTPS:", "signs that do not belong"),
    (*agb_url("https://[" + AGB), "https://[", "IPv6"),
    (*agb_url(AGB.replace("/aanvraag", "/aanvraag_werkrelatie")), "_werkrelatie", "path must be /user/aanvraag"),
    (*agb_url(AGB.replace("/user/", "/user/../user/")), "/../", "path must be /user/aanvraag"),
    (*agb_url(AGB + "#x"), "AGB#x", "path must be /user/aanvraag"),
    (*agb_url(AGB + "#"), 'AGB#"', "signs that do not belong"),
    (*agb_url(AGB + "&"), 'AGB&"', "signs that do not belong"),
    (*agb_url(AGB + " "), 'AGB "', "dg is|ec is|signs that do not belong"),
    (*agb_url(" " + AGB), '" https', "signs that do not belong"),
    (*agb_url(AGB + r"\n"), r"AGB\n", "signs that do not belong"),
    (*agb_url(AGB.replace("_AGB", "%5FAGB")), "%5FAGB", "signs that do not belong"),
    (*agb_url(AGB + "&oc=1"), "&oc=1", "dg and ec, in this order, and nothing else"),
    (*agb_url(AGB.replace("dg=LB&", "")), "?ec=", "dg and ec, in this order"),
    (*agb_url(HOST + "ec=CJM_Cultuurmonitor_LB_CompEnt_Invoerder_AGB&dg=LB"), "&dg=LB", "dg and ec, in this order"),
    (*agb_url(HOST + "dg=LB&ec="), 'ec="', "dg and ec, in this order"),
    (*agb_url(HOST + "dg=&ec=x"), "dg=&ec", "dg and ec, in this order"),
    (*agb_url(HOST + "dg=LB&dg=LB&ec=x"), "ec=x", "dg and ec, in this order"),
    (*agb_url(AGB.replace("dg=LB", "dg=EA")), "EA&ec=CJM_Cultuurmonitor_LB", "dg is EA, but agb belongs to .* LB"),
    (
        *agb_url(AGB.replace("_AGB", "")),
        'CJM_Cultuurmonitor_LB_CompEnt_Invoerder"\n\n[[links]]\nauthority = "agb"',
        "ec is",
    ),
    (
        *agb_url(AGB.replace("Invoerder_AGB", "Raadpleger_AGB")),
        "",
        "ec is .*, but agb and invoerder need .*Invoerder_AGB",
    ),
    (*agb_url(AGB.replace("Invoerder", "invoerder")), "CompEnt_invoerder_AGB", "ec is .* need"),
    (*agb_url(""), 'url = ""', "must be https on"),
    (f'url = "{AGB}"', f'url = "{AGB}"\noc = "1"', 'oc = "1"', "oc: is not known here"),
    (f'url = "{AGB}"\n', "", '[[links]]\nauthority = "agb"\nrole = "invoerder"', "links 5, url: is missing"),
    (f'url = "{AGB}"', "url = 7", "url = 7", "must be a text between quotes"),
    (AGB_TABLE, "", '[[authorities]]\nid = "agb"', "agb and invoerder have no link"),
    (AGB_TABLE, AGB_TABLE + AGB_TABLE.replace("]]", "]] # again"), "# again", "agb and invoerder have two links"),
    (AGB_TABLE, AGB_TABLE.replace('"invoerder"', '"lezer"'), '"lezer"', "must be one of 'invoerder' or 'raadpleger'"),
    (AGB_TABLE, AGB_TABLE.replace('"agb"', '"ocmw"'), 'authority = "ocmw"', "there is no authority ocmw"),
    (AGB_TABLE, AGB_TABLE.replace('"agb"', '"AGB"'), 'authority = "AGB"', "is not written as it must be"),
    ('id = "agb"', 'id = "economische-actor"', 'id = "economische-actor"\ntarget_group = "EA"\nname', "stands twice"),
    ('id = "agb"', 'id = "none"', 'id = "none"', "the wizard's own"),
    ('id = "agb"', 'id = ""', 'id = ""', "is not written as it must be"),
    ('id = "agb"\ntarget_group = "LB"', 'id = "agb"\ntarget_group = "OV"', '"OV"', "must be one of 'LB' or 'EA'"),
    ('id = "agb"\ntarget_group = "LB"', 'id = "agb"', '[[authorities]]\nid = "agb"', "target_group: is missing"),
    ('right_suffix = "_AGB"', 'right_suffix = "&oc=1"', "&oc=1", "is not written as it must be"),
    ('region = "brussel"', 'region = "wallonie"', "wallonie", "must be one of 'vlaanderen' or 'brussel'"),
    ('"autonoom gemeentebedrijf"', '""', 'name_marks = ["agb", ""', "name_marks 2: must not be empty"),
    ('name_marks = ["agb",', 'name_marks = "agb" #', 'name_marks = "agb"', "must be a list between"),
    ("checked_on = 2026-11-24", 'checked_on = "gisteren"', "gisteren", "must be a date such as"),
    ("checked_on = 2026-11-24", "checked_on = 2026-13-24", "2026-13-24", "is not sound TOML"),
    ("checked_on = 2026-11-24", "checked_on = true", "checked_on = true", "must be a date such as"),
    ('version = "2026.1"', 'version = ""', 'version = ""', "version: must not be empty"),
    ('version = "2026.1"', 'version = "2026.1"\nversion = "2"', 'version = "2"', "is not sound TOML: .*overwrite"),
    ('version = "2026.1"', 'version = "2026.1', 'version = "2026.1\n', "is not sound TOML"),
    ('version = "2026.1"', 'version "2026.1"', 'version "', "is not sound TOML: Expected '='"),
    ('version = "2026.1"', "version = " + "9" * 5000, "# Facts", "numbers too long"),
    ('team_phone = "02 553 42 26"', 'team_phone = ""', 'team_phone = ""', "contacts, team_phone: must not be empty"),
    ('team_phone = "02 553 42 26"', "team_phone = 25534226", "25534226", "must be a text between quotes"),
    ("ccinc@vlaanderen.be", "ccinc.vlaanderen.be", "ccinc.vlaanderen", "is not written as it must be"),
    ("ccinc@vlaanderen.be", "ccinc@vlaanderen.be?cc=a@b.example", "?cc=", "is not written as it must be"),
    ("[contacts]", "[kontacts]", "[kontacts]", "kontacts: is not known here; is it spelt right"),
    ('"https://cjsm.be/ccinc"', '"http://cjsm.be/ccinc"', '"http://', "one of the hosts that the program may open"),
    (
        'manual = "https://kennisportaalccenbib.be',
        'manual = "https://www.kennisportaaloccnbib.be',
        "https://www.k",
        "hosts",
    ),
    ('"https://cjsm.be/ccinc"', r'"https://cjs\tm.be/ccinc"', r"cjs\t", "one of the hosts"),
    ('raadpleger = "Cultuurmonitor Raadpleger"\n', "", "[names.rights]", "names, rights: there is none for raadpleger"),
    (
        'raadpleger = "Cultuurmonitor R',
        'lezer = "Cultuurmonitor R',
        "lezer =",
        "^names, rights, lezer: must be one of 'invoerder' or",
    ),
    ('target_groups = ["EA"]', 'target_groups = ["EA", "XX"]', '"XX"', "must be one of 'LB' or 'EA'"),
    ("[procedures.task]", "[procedures.fax]", "[procedures.fax]", "must be one of 'form', 'manual' or 'task'"),
    (
        '{ id = "applicant_fills_in" }',
        '{ id = "Applicant fills" }',
        "Applicant fills",
        "form, steps 2, id: is not written",
    ),
    ('{ id = "applicant_fills_in" }', '{ idd = "a" }', "{ idd", "form, steps 2, idd: is not known"),
    ('"choose_right", value = "right"', '"choose_right", value = "left"', '"left"', "must be one of 'link', 'portal'"),
    ("[label]", "[[label]]", "[[label]]", "label: must be a table"),
    ("[names]", "[names", "[names\n", "is not sound TOML"),
    ("[names.rights]", "[names.rights]\n[names]", "[names]\ninvoerder", "is not sound TOML"),
]


@pytest.mark.parametrize(("old", "new", "told", "reason"), REPLACED)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, old: str, new: str, told: str, reason: str) -> None:
    assert REAL.count(old) == 1, old
    text = REAL.replace(old, new)
    error = load(tmp_path, text)
    assert error.file == "catalog.toml"
    assert re.search(reason, error.reason), error.reason
    assert not re.search(r"Input should|Value error|pydantic|\[type=|extra input|valid (string|date)", error.reason)
    assert error.line == (line_with(text, told) if told else line_with(REAL, old)), error
    assert str(error) == f"catalog.toml:{error.line}: {error.reason}"


def _swapped(text: str) -> str:
    invoerder, raadpleger = "LB_CompEnt_Invoerder_AGB", "LB_CompEnt_Raadpleger_AGB"
    return text.replace(invoerder, "§").replace(raadpleger, invoerder).replace("§", raadpleger)


def _without(start: str, end: str) -> Callable[[str], str]:
    return lambda text: text[: text.index(start)] + text[text.index(end) :]


@pytest.mark.parametrize(
    ("change", "told", "reason"),
    [
        (_swapped, AGB.replace("Invoerder", "Raadpleger"), "links 5, url: ec is"),
        (_without("[label]", "# Steps:"), "# Facts", "label: is missing"),
        (_without("[contacts]", "[places]"), "# Facts", "contacts: is missing"),
        (_without("[procedures.task]", "# The four kinds"), "[procedures.form]", "procedures: there is none for task"),
        (_without("[[links]]", '[[links]]\nauthority = "agb"'), '[[authorities]]\nid = "vlaamse', "have no link"),
        (lambda text: text[: text.index("[[links]]")], "# Facts", "links: is missing"),
        (lambda text: text.replace("[[authorities]]", "[[kinds]]"), '[[kinds]]\nid = "vlaamse', "kinds: is not known"),
        (lambda _: "# Facts", "# Facts", "version: is missing"),
        (lambda _: "# Facts\nx = " + "[" * 100_000, "# Facts", "lists too deep"),
    ],
)
def test_a_larger_mistake_is_refused_with_its_line(
    tmp_path: Path, change: Callable[[str], str], told: str, reason: str
) -> None:
    text = change(REAL)
    error = load(tmp_path, text)
    assert re.search(reason, error.reason), error.reason
    assert error.line == line_with(text, told)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("version",), 2),
        (("text",), 3),
        (("groups",), 7),
        (("groups", 0), 7),
        (("groups", 0, "name"), 8),
        (("groups", 0, "parts", 0, "id"), 10),
        (("groups", 0, "parts", 1, "id"), 12),
        (("groups", 1, "parts", 0, "id"), 15),
        (("groups", 1, "parts", 0, "steps", 1, "value"), 18),
        (("groups", 1, "parts", 0, "steps", 7), 16),
        (("groups", 1, "name"), 13),
        (("a", "b c"), 20),
        (("a",), 20),
        (("a", "b c", "d e"), 21),
        (("a", "b c", "within"), 20),
        (("within",), 1),
        (("after",), 25),
        (("nothing",), 1),
        ((), 1),
    ],
)
def test_the_line_of_a_place(place: tuple[str | int, ...], line: int) -> None:
    text = """# first
version = 1
text = '''
groups = 3
[groups]
'''
[[groups]]
name = "x" # [[groups]]
[[groups.parts]]
id = 1
[[ groups.parts ]]
id = 2
[[groups]]
[[groups.parts]]
id = 3
steps = [
    { id = 1 },
    { id = 2 },
]
[a."b c"]
"d e" = \"""
[within]
x = 1
\"""
[after]
"""
    assert line_of(place, text) == line


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str = ""
    yes: bool = False
    number: int = 0
    few: int = Field(default=0, le=3)
    day: dt.date = dt.date.min
    words: tuple[str, ...] = ()
    names: list[str] = []
    table: dict[str, str] = {}
    role: Role = Role.INVOERDER
    sure: Literal["yes", "no"] = "yes"


class _File(BaseModel):
    part: _Part
    numbers: list[int] = []
    last: int = 0


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("text = 1", "must be a text between quotes"),
        ("yes = 'x'", "must be true or false"),
        ("yes = []", "must be true or false"),
        ("number = 'x'", "must be a whole number"),
        ("number = []", "must be a whole number"),
        ("few = 4", "Input should be less than or equal to 3"),
        ("day = 'x'", "must be a date such as 2026-11-24"),
        ("words = 1", "must be a list between [ and ]"),
        ("names = 1", "must be a list between [ and ]"),
        ("table = 1", "must be a table with names and values"),
        ("role = 'x'", "must be one of 'invoerder' or 'raadpleger'"),
        ("sure = 'x'", "must be one of 'yes' or 'no'"),
        ("known = 1", "is not known here; is it spelt right?"),
        ("words = ['a', 1]", "must be a text between quotes"),
        ("table = { a = 1 }", "must be a text between quotes"),
    ],
)
def test_each_kind_of_mistake_is_told_in_words(tmp_path: Path, written: str, reason: str) -> None:
    path = tmp_path / "file.toml"
    path.write_text(f"# first\n[part]\n{written}\n", encoding="utf-8")
    place = {"words = ['a', 1]": "words 2", "table = { a = 1 }": "table, a"}.get(written, written.partition(" =")[0])
    with pytest.raises(ContentError) as refused:
        load_toml(path, _File)
    assert str(refused.value) == f"file.toml:3: part, {place}: {reason}"
    path.write_text("part = 1", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^file\.toml:1: part: must be a table with names and values$"):
        load_toml(path, _File)


@pytest.mark.parametrize(("mistakes", "line"), [(49, 1), (50, 2)])
def test_the_first_of_fifty_mistakes_is_told(tmp_path: Path, mistakes: int, line: int) -> None:
    path = tmp_path / "file.toml"
    path.write_text(f"last = 'x'\nnumbers = [{'[],' * mistakes}]\n[part]\n", encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_toml(path, _File)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[part]\n" + ".".join("a" * 301) + " = 1", 2, "^part, a: is not known here"),
        ("[part]\n" + ".".join("a" * 302) + " = 1", 1, "lists too deep"),
        ("[part]\n" + "a" * 400 + " = 1", 2, "is not known here"),
        ("[part]\nx = '" + "." * 400 + "'", 2, "is not known here"),
        ("[part]\nnames = [1,", 2, "is not sound TOML"),
    ],
)
def test_what_is_too_deep_or_ends_too_soon_is_told_by_its_line(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = tmp_path / "file.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        load_toml(path, _File)
    assert re.search(reason, refused.value.reason), refused.value.reason
    assert refused.value.line == line


def test_a_file_that_is_no_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    damaged = REAL.encode().replace(b'"Cultuurmonitor"', b'"Cultuurmonit\xf6r"')
    error = load(tmp_path, damaged)
    assert error.line == line_with(REAL, 'application = "Cultuurmonitor"')
    assert error.reason == "is not UTF-8 text"
    assert load(tmp_path, REAL.encode("utf-16")).reason == "is not UTF-8 text"
    assert load(tmp_path, b"\n\xff").line == 2


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"catalog\.toml:0: No such file"):
        load_catalog(tmp_path / "catalog.toml")


FIFTH = """
[[authorities]]
id = "provincie"
target_group = "EA"
right_suffix = "_Provincie"
name_marks = ["provinciebestuur"]

[[links]]
authority = "provincie"
role = "invoerder"
url = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?dg=EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Invoerder_Provincie"

[[links]]
authority = "provincie"
role = "raadpleger"
url = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?dg=EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Raadpleger_Provincie"
"""


def test_a_fifth_kind_of_authority_needs_nothing_but_the_file(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text(REAL + FIFTH, encoding="utf-8")
    catalog = load_catalog(path)
    assert catalog.authority("provincie").target_group is TargetGroup.EA
    for role in Role:
        outcome = decide(Case(Situation.FORM, role, "provincie"), catalog)
        assert outcome.link
        assert outcome.link.endswith(f"dg=EA&ec=CJM_Cultuurmonitor_EA_CompEnt_{role.capitalize()}_Provincie")
        assert outcome.label
    marked = catalog.type_by_mark("Provinciebestuur Antwerpen")
    assert marked is not None
    assert marked.id == "provincie"


def test_two_pairs_never_share_a_link(tmp_path: Path) -> None:
    text = REAL + FIFTH.replace('right_suffix = "_Provincie"\n', "").replace("_Provincie", "")
    error = load(tmp_path, text)
    assert error.reason == "links 9, url: another pair has this link already"
    assert error.line == text.count("\n", 0, text.rindex("dg=EA&ec=CJM_Cultuurmonitor_EA_CompEnt_Invoerder")) + 1


def test_one_changed_phone_number_is_one_changed_line(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text(REAL.replace("02 553 42 26", "02 000 00 00"), encoding="utf-8")
    assert load_catalog(path).contacts.team_phone == "02 000 00 00"


def test_a_text_of_one_sign_is_one_and_no_fact_changes_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text(REAL.replace('version = "2026.1"', 'version = "3"'), encoding="utf-8")
    catalog = load_catalog(path)
    assert catalog.version == "3"
    with pytest.raises(ValidationError, match="frozen"):
        catalog.version = "4"  # type: ignore[misc]


def _damaged(chance: random.Random) -> bytes:
    content = bytearray(REAL.encode())
    for _ in range(chance.randint(1, 4)):
        place, length = chance.randrange(len(content)), chance.randint(0, 12)
        other = chance.randrange(len(content))
        content[place : place + length] = chance.choice(
            [b"", bytes(content[other : other + length]), chance.randbytes(length), b'"', b"\n", b"[", b"evil.example/"]
        )
    return bytes(content)


def _load(path: Path) -> Catalog | ContentError:
    try:
        return load_catalog(path)
    except ContentError as error:
        return error


def test_5000_damaged_files_are_refused_or_hold_only_official_links(tmp_path: Path) -> None:
    chance, path, refused = random.Random(2026), tmp_path / "catalog.toml", 0
    for _ in range(5000):
        content = _damaged(chance)
        path.write_bytes(content)
        found = _load(path)
        if isinstance(found, ContentError):
            refused += 1
            assert found.reason
            assert 1 <= found.line <= content.count(b"\n") + 1
        else:
            assert {(link.authority, link.role.value): link.url for link in found.links} == EXPECTED_LINKS
            assert all(may_open(url) for url in (found.places.portal, found.places.application, found.places.manual))
    assert 1000 < refused < 5000
