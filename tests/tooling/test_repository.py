"""What holds for the files themselves: nothing of one machine in them, small pieces, locks that serve everywhere."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tooling.project import ROOT, committed_files, package_files

FORBIDDEN = {
    "a registry address": re.compile(rb"(?<!no-emit-)index[-_]url|find[-_]links|https?://[^\s\"'<>]+/simple\b"),
    "a path of one machine": re.compile(rb"(?<![\w.~}$)*-])/(?:root|work|farm|tmp|home)/\w"),
}
MODULE_LINES, FUNCTION_LINES = 450, 40


def test_nothing_of_one_machine_is_kept() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {what}: {match.group().decode()}"
        for path in committed_files()
        for what, pattern in FORBIDDEN.items()
        if (match := pattern.search(path.read_bytes()))
    ]
    assert not found


@pytest.mark.parametrize(
    "line", [b"--index|-url https://x.example/a", b"find|-links = x", b"http|://x.example/pypi/simple/", b" /|root/x"]
)
def test_the_search_finds_what_it_looks_for(line: bytes) -> None:
    # Cut in two, so that this very file is not found.
    assert any(pattern.search(line.replace(b"|", b"")) for pattern in FORBIDDEN.values())


def test_what_sets_up_needs_only_the_standard_library() -> None:
    named: set[str] = set()
    for path in [ROOT / "run.py", *(ROOT / "tools" / "bootstrap").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                named.add(node.module or "")
    assert {name.partition(".")[0] for name in named} - {"bootstrap"} <= sys.stdlib_module_names


def test_modules_and_functions_are_small() -> None:
    ours = [*package_files(), ROOT / "run.py", *(ROOT / "tools" / "bootstrap").glob("*.py")]
    assert [name for path in ours for name in _too_long(path)] == []


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_locked_package_has_hashes(name: str) -> None:
    locked = _locked(name)
    assert locked
    assert [package for package, (_, hashes) in locked.items() if not hashes] == []


def test_tests_run_on_the_very_versions_that_users_get() -> None:
    run, dev = _locked("run.txt"), _locked("dev.txt")
    assert {package: dev.get(package, ("", 0))[0] for package in run} == {
        package: version for package, (version, _) in run.items()
    }


def test_the_lock_names_all_that_the_program_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=\[]", name)[0].lower() for name in project["dependencies"]}
    assert wanted <= set(_locked("run.txt"))


def _too_long(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    if len(source.splitlines()) > MODULE_LINES:
        yield name
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{name}:{node.name}"


def _locked(name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package of a lock file."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)((?:\\\n|[^\n])*)", text, re.MULTILINE)
    return {package.lower(): (version, rest.count("--hash=sha256:")) for package, version, rest in entries}
