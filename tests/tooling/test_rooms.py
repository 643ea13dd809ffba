"""The shape of the house: no circles, nothing loose, no crumbs. `python3 run.py lint` prints the figures."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import figures
import pytest

from tests.tooling.project import committed_files, package_files

MOST_FILES = 160
"""Modules of the package. Goes down only: what is new finds its place in a module that is there."""
MOST_CRUMBS = 3

LATE = {
    # Which of window, terminal and command line is wanted, and which command.
    "ccinc_wizard.__main__": "ccinc_wizard",
    "ccinc_wizard.terminal.cli": "ccinc_wizard",
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
