"""The shape of the house: no circles, nothing loose, no crumbs. `python3 run.py lint` prints the figures."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import figures
import pytest

from tests.tooling.project import ROOT, committed_files, package_files

MOST_FILES = 160
"""Modules of the package. Goes down only: what is new finds its place in a module that is there."""
MOST_CRUMBS = 3

LATE = {
    # Which of window, terminal and command line is wanted, and which command.
    "ccinc_wizard.__main__": "ccinc_wizard",
    # What was probably meant is looked for in wrong usage only.
    "ccinc_wizard.terminal.cli": ("ccinc_wizard", "difflib"),
    # The second stage: each place of the window when it is opened, facts and log when they are asked.
    "ccinc_wizard.ui.shell.places": "ccinc_wizard",
    "ccinc_wizard.ui.shell.app": "ccinc_wizard.ui.shell.second_stage",
    "ccinc_wizard.app.services": "ccinc_wizard",
    "ccinc_wizard.app.paths": "platformdirs",
    "ccinc_wizard.domain.answers": "ccinc_wizard.domain.redaction",
    # What the first job needs, which comes after the first page, and what is wrong with the log.
    "ccinc_wizard.ui.kit.worker": ("queue", "ccinc_wizard.requestlog.errors"),
    "ccinc_wizard.ui.wizard.session": "ccinc_wizard.requestlog.errors",
    # What may be broken, which is then one failed check.
    "ccinc_wizard.terminal.selftest": "",
    # What only a mail out of Outlook needs.
    "ccinc_wizard.app.mail_file": "olefile",
    # What is not on every machine.
    "ccinc_wizard.app.policies": "winreg",
    "ccinc_wizard.requestlog.keys": "keyring",
    "ccinc_wizard.requestlog.team": "ccinc_wizard.requestlog.postgres_store",
    "ccinc_wizard.terminal.starting": "ctypes",
    "ccinc_wizard.ui.shell.one_window": "ctypes",
}
"""The only modules that may import within a function, and what: all else is loaded with its module."""

LISTED = {
    # Each answer has its facts, or its words by which a mail or list is understood.
    "domain.catalog:_names_agree",
    "domain.catalog:_links_are_complete",
    "domain.mail.roles:_NAMED",
    "domain.mail.roles:_TASKS",
    "domain.mail.roles:_in_clause",
    "terminal.selftest:_links",
    # What each situation comes to, whose it is, and where one is told to take another.
    "domain.outcome:KINDS",
    "domain.outcome:ways",
    "domain.calls:situations",
    "domain.rules:not_administrator",
    # What a file of an exercise may say, and the rights that the exercise's VO Gebruikersbeheer offers.
    "domain.training.scenario:_POSSIBLE_GOALS",
    "domain.training.scenario:_right",
    "ui.training.practice_view:__init__",
    # What a script may give, which is promised by its value and leaves "I don't know" out.
    "terminal.cli:build_parser",
    "terminal.cli:_add_list_commands",
    "terminal.cli:_add_pair",
}
"""Where else than in `domain/questions.py` answers stand together: none of these offers them to who is asked."""

TESTS = {
    "domain": ("domain", "content"),
    "content": ("domain", "content"),
    "requestlog": ("domain", "content", "requestlog"),
    "app": ("domain", "content", "requestlog", "app"),
    "terminal": ("domain", "content", "requestlog", "app", "terminal"),
    "ui": ("domain", "content", "requestlog", "app", "terminal", "ui"),
    # What the rooms below the window do for one feature.
    "helpdesk": ("domain", "content"),
    "lists": ("domain", "content", "requestlog", "terminal"),
    "mail": ("domain", "content"),
    "training": ("domain", "content"),
    # What is asked of all rooms together.
    "accessibility": ("domain", "content", "requestlog", "app", "ui"),
    "outcomes": ("domain", "content"),
    "packaging": ("content", "requestlog", "app"),
    "tooling": ("domain", "requestlog", "app"),
    "earlier": (),
}
"""The folders of the tests, and the rooms that the tests in each may know: their own and what stands below it."""
HIGHER = {
    ("domain/test_questions.py", "requestlog"): "that the log keeps each answer, where it is said that one does",
    ("requestlog/test_atomic_files.py", "ui"): "files of every room",
    ("app/test_saving.py", "terminal"): "two desks, one of them in the terminal",
    ("app/test_interview.py", "terminal"): "how often terminal and window have one interview judged",
    ("app/test_interview.py", "ui"): "the same",
}


def test_no_module_imports_itself_by_a_detour() -> None:
    assert figures.circles() == []


def test_nothing_stands_loose_beside_the_rooms() -> None:
    assert figures.loose() == []


def test_the_house_has_no_more_files_than_it_had() -> None:
    assert len(figures.modules()) <= MOST_FILES


def test_few_modules_are_crumbs_of_another() -> None:
    assert len(figures.crumbs()) <= MOST_CRUMBS, figures.crumbs()


def test_each_module_is_kept() -> None:
    """What the figures count is what git keeps."""
    assert set(figures.modules().values()) == set(package_files())


def test_no_two_test_files_have_one_name() -> None:
    names = Counter(path.name for path in committed_files() if path.name.startswith("test_") and path.suffix == ".py")
    assert [name for name, count in names.items() if count > 1] == []


def test_only_what_waits_for_its_place_is_imported_late() -> None:
    late = list(figures.late_imports())
    assert [(name, what) for name, what in late if not (name in LATE and what.startswith(LATE[name]))] == []
    assert {name for name, _ in late} == LATE.keys()


def test_answers_are_listed_by_their_questions_alone() -> None:
    assert set(figures.options_listed()) == LISTED


@pytest.mark.parametrize(
    "code",
    [
        "SHOWN = (Role.INVOERDER, Role.RAADPLEGER)",
        "SHOWN = {'form': 1, 'task': 2}",
        "SHOWN = [*Role]",
        "def shown(role):\n    if role is Role.INVOERDER:\n        return 1\n    return role is Role.RAADPLEGER",
        "class View:\n    def shown(self):\n        return [str(role) for role in Role]",
        "def shown(role):\n    match role:\n        case Role.INVOERDER | Role.RAADPLEGER:\n            return 1",
    ],
)
def test_answers_listed_anew_are_seen(code: str) -> None:
    ((place, nodes),) = figures.places(ast.parse(code))
    assert place.casefold() == "shown"
    assert figures.lists_options(nodes)


@pytest.mark.parametrize(
    "code",
    [
        "SHOWN = Role.INVOERDER, Situation.FORM",
        "SHOWN = {'yes': 1, 'no': 2}",
        "def shown(role):\n    return role in list(Role) and isinstance(role, Role)",
        "def shown(role: Role) -> dict[Role, str]:\n    return {Role(role): ''}",
    ],
)
def test_one_answer_alone_is_no_list(code: str) -> None:
    ((_, nodes),) = figures.places(ast.parse(code))
    assert not figures.lists_options(nodes)


def test_the_tests_follow_the_rooms() -> None:
    files = [path.relative_to(ROOT / "tests") for path in committed_files() if path.is_relative_to(ROOT / "tests")]
    assert {path.parts[0] for path in files if len(path.parts) > 1} == TESTS.keys()
    assert [path.name for path in files if len(path.parts) == 1 and path.name.startswith("test_")] == []
    rooms = {name.removeprefix("ccinc_wizard.").partition(".")[0] for name in figures.imports()}
    assert rooms - {"ccinc_wizard", "__main__"} <= TESTS.keys()


def test_no_test_knows_a_room_above_its_own() -> None:
    above = set()
    for path in (ROOT / "tests").rglob("*.py"):
        own = path.relative_to(ROOT / "tests")
        known = {room for room in TESTS["ui"] if room in _rooms_of(path)}
        if len(own.parts) > 1:
            above |= {(own.as_posix(), room) for room in known - set(TESTS[own.parts[0]])}
    assert above == HIGHER.keys()


def _rooms_of(path: Path) -> set[str]:
    """The rooms that a file imports, straight or by their tests."""
    named = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in named if name.partition(".")[0] in ("ccinc_wizard", "tests") and "." in name}


def test_lint_prints_the_figures_of_the_house(capsys: pytest.CaptureFixture[str]) -> None:
    figures.main()
    assert f"house: {len(package_files())} files, " in capsys.readouterr().out


def test_no_name_is_given_twice_in_a_module() -> None:
    """The second would silently count for both."""
    twice = []
    for name in figures.modules():
        given = Counter(_given(figures.tree(name)))
        twice += [f"{name}.{one}" for one, count in given.items() if count > 1]
    assert twice == []


def _given(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
