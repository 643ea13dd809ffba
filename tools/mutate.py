"""Which small changes to the code no test notices: `python3 run.py mutate [MODULE...] [--every N]`.

`mutants.toml` names the modules, the tests that hold them, and the survivors that are none, each with its reason. A
group's tests are collected once. Each change is first tried in a fork of that process, where the functions that exist
are given the code of the changed module, on the tests that run its lines; what lives on (a constant, or something that
an earlier test made and kept) is loaded anew and meets all tests of the group. Needs `fork`, so no Windows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType

import coverage
import hypothesis
import pytest
from mutations import Mutation, mutations

ROOT = Path(__file__).resolve().parent.parent
LIST = Path(__file__).with_name("mutants.toml")
SLOW = 2.0
"""Seconds of the processor; a slower test is left out, so that a change costs a moment."""
LONGER = 3
"""How many times as long as without a change tests may take; what takes longer may run on without end."""
HEAVY = ("PySide6.QtWidgets", "pytestqt.plugin", "_hypothesis_pytestplugin", "pydantic", "openpyxl", "stdnum.be.nn")
"""What most tests load and nobody changes: loaded once, for all forks."""

Explained = dict[tuple[str, str, str], str]
"""By module, line and change: the reason why no test can notice."""


@dataclass(frozen=True)
class Group:
    """Modules with the arguments by which pytest finds their tests."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


def main() -> int:
    """Try the changes. Returns 1 where one that nobody has explained survives."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    groups, explained = listed()
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="such as domain/rules.py; all without")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth change: a sample")
    wanted = parser.parse_args()
    if not hasattr(os, "fork"):
        parser.error("this system has no fork; try it on Linux or macOS")
    known = {module for group in groups for module in group.modules}
    if unknown := set(wanted.modules) - known:
        parser.error(f"{LIST.name} has no {min(unknown)}; it has {', '.join(sorted(known))}")
    for name in HEAVY:
        import_module(name)
    hypothesis.settings.register_profile("changes", database=None, phases=[hypothesis.Phase.generate], derandomize=True)
    hypothesis.settings.load_profile("changes")
    os.chdir(ROOT)
    unexplained = 0
    with tempfile.TemporaryDirectory(prefix="ccinc-mutate-") as scratch:
        for group in groups:
            modules = tuple(module for module in group.modules if not wanted.modules or module in wanted.modules)
            if modules:
                tried = Tried(Group(modules, group.tests), wanted.every, explained, Path(scratch))
                unexplained += tried.all()
    print(f"{unexplained} unexplained" if unexplained else "Each change was noticed or is explained.")
    return 1 if unexplained else 0


def listed(path: Path = LIST) -> tuple[list[Group], Explained]:
    """The groups and the explained survivors; a module belongs to the first group that a pattern puts it into."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    package, groups, taken = path_of(""), [], set()
    for group in content["group"]:
        found = {file.relative_to(package).as_posix() for pattern in group["modules"] for file in package.glob(pattern)}
        groups.append(Group(tuple(sorted(found - taken)), tuple(group["tests"])))
        taken |= found
    return groups, {(one["module"], one["line"], one["change"]): one["reason"] for one in content.get("explained", ())}


def path_of(module: str) -> Path:
    """Where a module of the list stands."""
    return ROOT / "ccinc_wizard" / module


class Tried:
    """A group's changes, and what became of them."""

    def __init__(self, group: Group, every: int, explained: Explained, scratch: Path) -> None:
        self.group, self.explained, self.scratch = group, explained, scratch
        self.seconds, self.sampled = 0.0, every > 1
        self.changes = [
            (module, change)
            for module in group.modules
            for change in mutations(path_of(module).read_text(encoding="utf-8"))[::every]
        ]

    def all(self) -> int:
        """Try them all and print what survived. Returns how many nobody has explained."""
        start = time.perf_counter()
        told = self.scratch / "told.json"
        arguments = ["-q", "-s", "-p", "no:cacheprovider", "--no-header", *self.group.tests]
        if in_fork(lambda: pytest.main(arguments, [FirstTry(self.changes, told)]), self.scratch):
            raise SystemExit(f"The tests fail without any change: {' '.join(self.group.tests)}")
        slow, killed, nearest, self.seconds = json.loads(told.read_text(encoding="utf-8"))
        print(f"Left out as slow: {', '.join(slow) or 'no test'}")
        left_out = ["-x", *arguments[: -len(self.group.tests)], *(f"--deselect={name}" for name in slow)]
        counts: dict[str, Counter[str]] = {module: Counter() for module in self.group.modules}
        for number, (module, change) in enumerate(self.changes):
            again = [[*left_out, *tests] for tests in (nearest[module], self.group.tests) if tests]
            verdict = self.verdict(module, change, number in killed, again)
            counts[module][verdict] += 1
            if verdict in ("survived", "explained in vain"):
                print(f"{module}:{change.line}: {verdict}: {change.text!r}\n    {change.change!r}", flush=True)
        if not self.sampled:
            for module, line, change in self.stale():
                counts[module]["explained in vain"] += 1
                print(f"{module}: explained in vain: {line!r}\n    {change!r}")
        for module, count in counts.items():
            print(f"{module}: {count.total()} changes, " + ", ".join(f"{count[word]} {word}" for word in sorted(count)))
        print(f"{time.perf_counter() - start:.0f} s", flush=True)
        return sum(count["survived"] + count["explained in vain"] for count in counts.values())

    def stale(self) -> list[tuple[str, str, str]]:
        """What is explained of these modules and is no change to them."""
        made = {(module, change.text, change.change) for module, change in self.changes}
        return sorted(key for key in self.explained.keys() - made if key[0] in self.group.modules)

    def verdict(self, module: str, change: Mutation, killed: bool, again: list[list[str]]) -> str:
        """What became of one change after the first try."""
        explained = (module, change.text, change.change) in self.explained
        if killed or explained:
            return ("explained in vain" if explained else "killed") if killed else "explained"
        path = str(path_of(module))
        name = "ccinc_wizard." + module.removesuffix(".py").replace("/", ".")

        def afresh(arguments: list[str]) -> int:
            sys.meta_path.insert(0, Changed(name, path, change.code(path)))
            return int(pytest.main(arguments))

        noticed = any(in_fork(partial(afresh, arguments), self.scratch, self.seconds) for arguments in again)
        return "killed" if noticed else "survived"


class FirstTry:
    """A plugin that tries the changes to functions where pytest would run the tests."""

    def __init__(self, changes: Sequence[tuple[str, Mutation]], told: Path) -> None:
        self.changes, self.told = changes, told

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Write which tests are slow, and the numbers of the changes that a test notices."""
        if in_fork(lambda: self.watch(session), self.told.parent):
            raise pytest.UsageError("a test fails without any change")
        seconds, runs = json.loads(self.told.read_text(encoding="utf-8"))
        killed = []
        for number, (module, change) in enumerate(self.changes):
            if number % 100 == 0:
                print(f"{number} of {len(self.changes)} changes", file=sys.stderr, flush=True)
            lines = [line for line in map(str, change.lines) if line in runs[module]]
            concerned = {name for line in lines for name in runs[module][line] if seconds.get(name, SLOW) < SLOW}
            items = [item for item in session.items if item.nodeid in concerned]
            if change.within and items and self.noticed(session, module, change, items, seconds):
                killed.append(number)
        slow = [name for name, taken in seconds.items() if taken >= SLOW]
        nearest = {}
        for module, lines in runs.items():
            files = Counter(
                file for names in lines.values() for file in {name.partition("::")[0] for name in names if name}
            )
            nearest[module] = [file for file, _ in files.most_common(1)]
        self.told.write_text(json.dumps((slow, killed, nearest, sum(seconds.values()))), encoding="utf-8")
        return True

    def watch(self, session: pytest.Session) -> int:
        """Run all tests; write how long each takes, and which lines of which module it runs."""
        paths = {module: str(path_of(module)) for module, _ in self.changes}
        watch = coverage.Coverage(include=list(paths.values()), data_file=None, config_file=False)
        watch.start()
        seconds = {}
        for item in session.items:
            watch.switch_context(item.nodeid)
            before = time.process_time()
            run(session, [item], session.items[-1])
            seconds[item.nodeid] = time.process_time() - before
        watch.stop()
        runs = {module: watch.get_data().contexts_by_lineno(path) for module, path in paths.items()}
        self.told.write_text(json.dumps((seconds, runs)), encoding="utf-8")
        return session.testsfailed

    def noticed(
        self,
        session: pytest.Session,
        module: str,
        change: Mutation,
        items: list[pytest.Item],
        seconds: dict[str, float],
    ) -> bool:
        """Whether one of the tests fails with this change, the quickest first."""
        code = change.code(str(path_of(module)))
        items.sort(key=lambda item: seconds[item.nodeid])
        usual = sum(seconds[item.nodeid] for item in items)
        return bool(in_fork(lambda: put_in_place(code) and run(session, items), self.told.parent, usual))


def run(session: pytest.Session, items: Sequence[pytest.Item], last: pytest.Item | None = None) -> int:
    """Run tests until one fails; fixtures for more than one of them end with them, or with `last`."""
    for item, following in zip(items, [*items[1:], last], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following if following is not item else None)
        if session.testsfailed:
            break
    return session.testsfailed


def put_in_place(code: CodeType) -> bool:
    """Give the functions that exist the code of the changed module. False where one cannot take it."""
    new = {(inner.co_qualname, inner.co_firstlineno): inner for inner in codes(code)}
    for function in [found for found in gc.get_objects() if isinstance(found, FunctionType)]:
        old = function.__code__
        changed = new.get((old.co_qualname, old.co_firstlineno)) if old.co_filename == code.co_filename else None
        if changed and changed.co_freevars != old.co_freevars:
            return False
        if changed:
            function.__code__ = changed
    return True


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of each function in it, however deep."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from codes(inner)


class Changed(SourceFileLoader):
    """Finds and loads one module, with its change."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self.code = code

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Leaves all other modules alone."""
        return spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        """The changed module's."""
        return self.code


def in_fork(work: Callable[[], int], scratch: Path, seconds: float = 0) -> int:
    """What the work returns in a process of its own; 1 where it raises or is ended. Its temporary files go with it.

    `seconds` are those of the processor that it takes without a change; with one it says nothing and is ended late.
    """
    folder = tempfile.mkdtemp(dir=scratch)
    sys.stdout.flush()
    child = os.fork()
    if not child:
        ended = 1
        try:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            if seconds:
                import resource

                most = round(LONGER * (seconds + 1))
                resource.setrlimit(resource.RLIMIT_CPU, (most, most))
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 1)
                os.dup2(nowhere, 2)
            ended = int(work())
        finally:
            os._exit(min(ended, 1))
    _, status = os.waitpid(child, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main())
