"""The changes that the program is made for are made in one place each: tried on a copy of its facts and words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.expected_links import EXPECTED_LINKS
from tests.running import copy_of_the_program, environment, run, text

NEW_TYPE = """
[[authorities]]
id = "projectvereniging"
target_group = "LB"
right_suffix = "_Project"
"""
LINK = "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag?dg=LB&ec=CJM_Cultuurmonitor_LB_CompEnt_{}_Project"
NEW_LINK = '\n[[links]]\nauthority = "projectvereniging"\nrole = "{}"\nurl = "{}"\n'

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QLabel
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.main_window import MainWindow

app = make_app()
window = MainWindow(Services(Paths.choose(Path(sys.argv[1])), language=sys.argv[2], mode=Mode.ADMIN))
window.show()

def click(name):
    window.wizard.findChild(QAbstractButton, name).click()

def visible(kind, name):
    return next(found for found in window.findChildren(kind, name) if found.isVisible())

click("situation_form")
click("next_button")
visible(QLineEdit, "applicant_name").setText("Lieve Voorbeeldt")
click("next_button")
click("role_invoerder")
click("next_button")
click(sys.argv[3])
visible(QLineEdit, "authority_name").setText("De Proefzaal")
click("next_button")
click("next_button")
print(visible(QLabel, "form_link").text())
print(window.wizard.findChild(QAbstractButton, "next_button").text())
"""
LIST = """
import sys
from pathlib import Path
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import ListWords
from ccinc_wizard.content.lists import products, read_list
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.lists import check

services = Services(Paths.choose(Path(sys.argv[1])))
words, wording = ListWords(services.texts, services.catalog), Wording(services.texts, services.catalog)
people = read_list(Path(sys.argv[2]), words)
report = check(people.rows, services.circumstances(), words.vocabulary)
print(*(product.outcome.link for product in products(report, wording)))
"""


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the program whose facts and words a test may change."""
    return copy_of_the_program(tmp_path)


def in_copy(root: Path, script: str, *arguments: str) -> list[str]:
    """What a script prints in the changed program."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=root,
        env=environment(PYTHONPATH=str(root), QT_QPA_PLATFORM="offscreen"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return text(done.stdout).splitlines()


def by_all_doors(root: Path, folder: Path, authority: str, word: str, language: str = "nl") -> set[str]:
    """The link for an Invoerder of this type: by command, terminal, window and list."""
    by_command = run("link", "--authority", authority, "--role", "invoerder", root=root)
    answers = f"form\nLieve Voorbeeldt\ninvoerder\n{authority}\nDe Proefzaal\nja\n"
    asked = run("ask", "--lang", language, "--data-dir", str(folder / "terminal"), root=root, typed=answers)
    button = f"authority_{authority.replace('-', '_')}"
    people = folder / "people.csv"
    people.write_text(f"naam;rol;soort;inrichtende macht\nVoorbeeldt Lieve;invoerder;{word};De Proefzaal\n", "utf-8")
    return {
        text(by_command.stdout).strip(),
        next(line for line in text(asked.stdout).splitlines() if line.startswith("https://zelf")),
        in_copy(root, WINDOW, str(folder / "window"), language, button)[0],
        *in_copy(root, LIST, str(folder / "list"), str(people)),
    }


def changed_words(root: Path, area: str, *path: str, **added: object) -> None:
    """Words put into one file of each language."""
    for file in (root / "resources" / "texts").glob(f"*/{area}.json"):
        tree = json.loads(file.read_text("utf-8"))
        group = tree
        for name in path:
            group = group[name]
        group.update(added)
        file.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")


def test_another_link_is_its_line_and_the_end_that_its_right_has(copied: Path, tmp_path: Path) -> None:
    """The end too, so that a slip of the pen in one link alone is refused."""
    catalog = copied / "resources" / "catalog.toml"
    before = catalog.read_text("utf-8")
    catalog.write_text(before.replace('_AGB"', '_AGBNieuw"'), "utf-8")
    assert by_all_doors(copied, tmp_path, "agb", "agb") == {EXPECTED_LINKS["agb", "invoerder"] + "Nieuw"}
    catalog.write_text(before.replace('_Invoerder_AGB"', '_Invoerder_AGBNieuw"'), "utf-8")
    refused = run("link", "--authority", "agb", "--role", "invoerder", root=copied)
    assert (refused.returncode, refused.stdout) == (1, b"")


def test_another_phone_number_is_one_line(copied: Path) -> None:
    catalog = copied / "resources" / "catalog.toml"
    catalog.write_text(catalog.read_text("utf-8").replace("02 553 42 26", "02 553 00 00"), "utf-8")
    told = run("steps", "--authority", "agb", "--role", "invoerder", "--json", root=copied)
    assert "02 553 00 00" in text(told.stdout)


def test_another_kind_of_authority_is_one_table_its_links_and_its_words(copied: Path, tmp_path: Path) -> None:
    catalog = copied / "resources" / "catalog.toml"
    roles = ("invoerder", "raadpleger")
    links = "".join(NEW_LINK.format(role, LINK.format(role.capitalize())) for role in roles)
    catalog.write_text(catalog.read_text("utf-8") + NEW_TYPE + links, "utf-8")
    changed_words(copied, "choices", "authority", projectvereniging={"label": "Projectvereniging", "hint": "Met naam."})
    changed_words(copied, "list", "authorities", projectvereniging="projectvereniging | vereniging")
    assert by_all_doors(copied, tmp_path, "projectvereniging", "vereniging") == {LINK.format("Invoerder")}


def test_another_language_is_one_folder(copied: Path, tmp_path: Path) -> None:
    texts = copied / "resources" / "texts"
    shutil.copytree(texts / "en", texts / "de")
    wizard = texts / "de" / "wizard.json"
    wizard.write_text(wizard.read_text("utf-8").replace('"next": "', '"next": "Weiter: '), "utf-8")
    terminal = texts / "de" / "terminal.json"
    words = json.loads(terminal.read_text("utf-8"))
    words["question"]["role"] = "Welche Rolle?"
    terminal.write_text(json.dumps(words), "utf-8")
    assert by_all_doors(copied, tmp_path, "agb", "agb", "de") == {EXPECTED_LINKS["agb", "invoerder"]}
    asked = run("ask", "--lang", "de", "--data-dir", str(tmp_path / "t"), root=copied, typed="form\nLieve Voorbeeldt\n")
    assert "Welche Rolle?" in text(asked.stderr)
    assert run("selftest", "--lang", "de", "--data-dir", str(tmp_path / "self"), root=copied).stdout
    begun = in_copy(
        copied,
        WINDOW.replace(
            "click(sys.argv[3])\n",
            'print("at", window.wizard.findChild(QAbstractButton, "next_button").text())\nclick(sys.argv[3])\n',
        ),
        str(tmp_path / "w"),
        "de",
        "authority_agb",
    )
    assert any("Weiter" in line for line in begun)


FIELDS = """
    urgent: Literal["yes", "no"] | None = None
    postcode: str = ""
"""
AUTHORITY_ENTRY = '    Question("authority", StepId.AUTHORITY,'
LAST_ENTRY = '    Question(\n        "administrator",'
NEW_CHOICE = '    Question("urgent", StepId.ROLE, "urgent", options=lambda _: ("yes", "no")),\n'
NEW_TEXT = '    Question("postcode", StepId.AUTHORITY, "postcode", asked=lambda answers: answers.urgent == "yes"),\n'
PEOPLE = """
from ccinc_wizard.domain.questions import held

def told(name):
    return visible(QLabel, name).text()

click("situation_form")
click("next_button")
visible(QLineEdit, "applicant_name").setText("Lieve Voorbeeldt")
click("next_button")
click("role_invoerder")
click("urgent_yes")
click("next_button")
click("authority_agb")
visible(QLineEdit, "authority_name").setText("De Proefzaal")
visible(QLineEdit, "postcode").setText("1000")
click("next_button")
print(told("answer_urgent"), told("answer_postcode"))
click("change_urgent")
click("urgent_no")
click("next_button")
print(any(found.isVisible() for found in window.findChildren(QLabel, "answer_postcode")))
click("change_urgent")
click("urgent_yes")
click("next_button")
print(told("answer_postcode"))
window.close()
kept = window.services.load_draft()
print(held("urgent", kept), held("postcode", kept))
"""


def test_another_question_is_its_entry_its_typed_field_and_its_words(copied: Path, tmp_path: Path) -> None:
    """One that is chosen and one that is typed, the second asked only after an answer to the first."""
    domain = copied / "ccinc_wizard" / "domain"
    _put(domain / "answers.py", '    authority_name: str = ""\n', FIELDS.lstrip("\n"))
    _put(domain / "questions.py", AUTHORITY_ENTRY, NEW_CHOICE, before=True)
    _put(domain / "questions.py", LAST_ENTRY, NEW_TEXT, before=True)
    for area, place in (("wizard", "field"), ("terminal", "question"), ("list", "headings")):
        changed_words(copied, area, place, urgent="Haast", postcode="Postnummer")
    changed_words(copied, "list", "example", urgent="zeker", postcode="1000")
    changed_words(copied, "choices", urgent={"yes": {"label": "Zeker wel"}, "no": {"label": "Helemaal niet"}})
    script = WINDOW.partition('click("situation_form")')[0] + PEOPLE
    shown = in_copy(copied, script, str(tmp_path / "window"), "nl")
    assert shown == ["Zeker wel 1000", "False", "1000", "yes 1000"]
    answers = "form\nLieve Voorbeeldt\ninvoerder\nzeker wel\nagb\nDe Proefzaal\n1000\nja\n"
    asked = run("ask", "--data-dir", str(tmp_path / "terminal"), root=copied, typed=answers)
    assert asked.returncode == 0, text(asked.stderr)
    assert "Haast: Zeker wel" in text(asked.stderr)
    assert "Postnummer: 1000" in text(asked.stderr)
    people = tmp_path / "people.csv"
    heading = "naam;rol;soort;inrichtende macht;haast;postnummer\n"
    rows = "Voorbeeldt Lieve;invoerder;agb;De Proefzaal;Zeker wel;1000\nMaar Jef;invoerder;agb;De Proefzaal;straks;\n"
    people.write_text(heading + rows, "utf-8")
    script = LIST.rpartition("print(")[0] + (
        "from ccinc_wizard.domain.questions import held\n"
        "print(held('urgent', report.rows[0].answers), held('postcode', report.rows[0].answers))\n"
        "print(report.rows[0].good, *words.lines(report.rows[1], wording))\n"
        "from ccinc_wizard.content.paper import SheetKind, make_sheet\n"
        "from ccinc_wizard.domain import outcome, rules\n"
        "around = services.circumstances()\n"
        "request = rules.request_of(report.rows[0].answers._replace(postcode='85.07.30-033.28'), around)\n"
        "for kind in (SheetKind.APPLICANT, SheetKind.WORKSHEET):\n"
        "    decided = outcome.decide(request.case, services.catalog)\n"
        "    page = make_sheet(kind, wording, today=around.today, request=request, outcome=decided).html('')\n"
        "    print('Haast: Zeker wel' in page, 'Postnummer: ' in page, '033' in page)\n"
    )
    held, said, *paper = in_copy(copied, script, str(tmp_path / "list"), str(people))
    assert held == "yes 1000"
    assert paper == ["True True False"] * 2, "on paper as well, and no number with it"
    assert said.startswith("True")
    assert "Haast" in said
    assert "Zeker wel, Helemaal niet" in said


def _put(file: Path, beside: str, line: str, *, before: bool = False) -> None:
    """A line put after another that stands in the file once, or before it."""
    code = file.read_text("utf-8")
    assert code.count(beside) == 1, beside
    file.write_text(code.replace(beside, line + beside if before else beside + line), "utf-8")


RULE = """

@_rule(Severity.{severity}, StepId.{step})
def name_in_capitals(answers: Answers, _: Circumstances) -> _Found | None:
    name = answers.applicant_name
    corrected = answers._replace(applicant_name=name.title())
    return _Found("applicant_name", values={{"name": name}}, corrected=corrected) if name.isupper() else None
"""
RULED = """
click("situation_form")
click("next_button")
visible(QLineEdit, "applicant_name").setText("LIEVE VOORBEELDT")
click("next_button")
if sys.argv[3] == "ERROR":
    print(visible(QLabel, "applicant_name_error").text())
    visible(QLineEdit, "applicant_name").setText("Lieve Voorbeeldt")
    click("next_button")
click("role_invoerder")
click("next_button")
click("authority_agb")
visible(QLineEdit, "authority_name").setText("De Proefzaal")
click("next_button")
if sys.argv[3] == "ADVICE":
    print(visible(QFrame, "finding_name_in_capitals").accessibleName())
    click("correct_name_in_capitals")
    print(window.answers.applicant_name)
click("next_button")
print(visible(QLabel, "form_link").text())
"""


@pytest.mark.parametrize(("severity", "step"), [("ERROR", "APPLICANT"), ("ADVICE", "CHECK")])
def test_another_rule_is_one_function_and_its_words(copied: Path, tmp_path: Path, severity: str, step: str) -> None:
    rules = copied / "ccinc_wizard" / "domain" / "rules.py"
    rules.write_text(rules.read_text("utf-8") + RULE.format(severity=severity, step=step), "utf-8")
    changed_words(copied, "rules", name_in_capitals="{name} schreeuwt.", name_in_capitals_do="Schrijf zacht")
    script = WINDOW.partition('click("situation_form")')[0] + RULED
    shown = in_copy(copied, script, str(tmp_path / "window"), "nl", severity)
    assert "LIEVE VOORBEELDT schreeuwt." in shown[0]
    assert shown[1:] == [*(["Lieve Voorbeeldt"] if severity == "ADVICE" else []), EXPECTED_LINKS["agb", "invoerder"]]
    corrected = ["+"] if severity == "ERROR" else []
    answers = "\n".join(["form", "LIEVE VOORBEELDT", *corrected, "invoerder", "agb", "De Proefzaal", "ja", ""])
    asked = run("ask", "--data-dir", str(tmp_path / "terminal"), root=copied, typed=answers)
    assert asked.returncode == 0, text(asked.stderr)
    assert "LIEVE VOORBEELDT schreeuwt." in text(asked.stderr)
    people = tmp_path / "people.csv"
    people.write_text("naam;rol;soort;inrichtende macht\nLIEVE VOORBEELDT;invoerder;agb;De Proefzaal\n", "utf-8")
    script = LIST.rpartition("print(")[0] + "print(report.rows[0].good, *words.lines(report.rows[0], wording))\n"
    (said,) = in_copy(copied, script, str(tmp_path / "list"), str(people))
    assert said.startswith(str(severity == "ADVICE"))
    assert "LIEVE VOORBEELDT schreeuwt." in said
