"""Which small changes to the code no test notices: `python3 run.py mutate [MODULE...] [--every N]`.

`mutants.toml` names the modules, the tests that hold them, and the survivors that are none, each with its reason. A
group's tests are collected once, and watched once to see how long each takes and which lines it runs. Each change then
has a fork of that process: the functions that exist are given the code of the changed module, and the tests that run
its lines meet it, until one fails: those that noticed the last changes first, then the quickest. What lives on (a
constant, or something that an earlier test made and kept) is loaded anew, in another fork, for all tests that run
anything of the module. Needs `fork`, so no Windows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from operator import itemgetter
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
"""How many times as long as without a change a test may take; what takes longer may run on without end."""
WAITING = 60
"""Seconds in which a test ends even where it waits for something, and others need the processor."""
ARGUMENTS = ("-qq", "-s", "-p", "no:cacheprovider", "--no-header", "--no-summary", "--disable-warnings")
RUNNING = "running.txt"
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
    hypothesis.settings.register_profile(
        "changes", database=None, phases=[hypothesis.Phase.generate], derandomize=True, deadline=None
    )
    hypothesis.settings.load_profile("changes")
    os.chdir(ROOT)
    unexplained = 0
    with tempfile.TemporaryDirectory(prefix="ccinc-mutate-") as scratch:
        for group in groups:
            modules = tuple(module for module in group.modules if not wanted.modules or module in wanted.modules)
            if modules:
                trying = Trying(Group(modules, group.tests), wanted.every, explained, Path(scratch))
                if pytest.main([*ARGUMENTS, *group.tests], [trying]):
                    raise SystemExit(f"The tests fail without any change: {' '.join(group.tests)}")
                unexplained += trying.unexplained
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


class Trying:
    """A plugin that tries a group's changes where pytest would run the tests."""

    def __init__(self, group: Group, every: int, explained: Explained, scratch: Path) -> None:
        self.group, self.explained, self.scratch, self.sampled = group, explained, scratch, every > 1
        self.seconds: dict[str, float] = {}
        self.runs: dict[str, dict[str, list[str]]] = {}
        self.unexplained = 0
        self.tried = 0
        self.noticed: dict[str, int] = {}
        """By test: the last change that it noticed. One that is near it is mostly noticed by the same."""
        self.changes = {
            module: mutations(path_of(module).read_text(encoding="utf-8"))[::every] for module in group.modules
        }

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try them all and print what survived."""
        if in_fork(lambda: self.watch(session), self.scratch):
            raise pytest.UsageError("a test fails without any change")
        self.seconds, self.runs = json.loads((self.scratch / "watched.json").read_text(encoding="utf-8"))
        print(f"\nLeft out as slow: {', '.join(name for name in self.seconds if not self.quick(name)) or 'no test'}")
        functions = {module: functions_of(module) for module in self.changes}
        gc.freeze()
        for module, changes in self.changes.items():
            start, counts = time.perf_counter(), Counter[str]()
            for change in changes:
                self.tried += 1
                verdict = self.verdict(session, module, change, functions[module])
                counts[verdict] += 1
                if verdict in ("survived", "explained in vain"):
                    print(f"{module}:{change.line}: {verdict}: {change.text!r}\n    {change.change!r}", flush=True)
            for line, text in () if self.sampled else self.stale(module):
                counts["explained in vain"] += 1
                print(f"{module}: explained in vain: {line!r}\n    {text!r}")
            figures = "".join(f", {counts[word]} {word}" for word in sorted(counts))
            print(f"{module}: {len(changes)} changes{figures}; {time.perf_counter() - start:.0f} s", flush=True)
            self.unexplained += counts["survived"] + counts["explained in vain"]
        return True

    def watch(self, session: pytest.Session) -> int:
        """Run all tests; write how long each takes, and which lines of which module it runs."""
        paths = {module: str(path_of(module)) for module in self.changes}
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
        (self.scratch / "watched.json").write_text(json.dumps((seconds, runs)), encoding="utf-8")
        return session.testsfailed

    def stale(self, module: str) -> list[tuple[str, str]]:
        """What is explained of this module and is no change to it."""
        made = {(change.text, change.change) for change in self.changes[module]}
        return sorted((line, text) for of, line, text in self.explained if of == module and (line, text) not in made)

    def verdict(self, session: pytest.Session, module: str, change: Mutation, functions: Sequence[FunctionType]) -> str:
        """What became of one change."""
        code, runs = change.code(str(path_of(module))), self.runs[module]
        concerned = {name for line in change.lines for name in runs.get(str(line), ())}
        items = self.in_order(item for item in session.items if item.nodeid in concerned)
        explained = (module, change.text, change.change) in self.explained

        def here() -> int:
            return put_in_place(code, functions) and self.run(session, items)

        noticed = change.within and bool(items) and self.in_fork(here)
        if not noticed and not explained:
            # What stands outside functions was run while the tests were read, by none of them and for all.
            ran = {name for names in runs.values() for name in names if name} if change.within else set()
            anyhow = ran or set(self.seconds)
            files = Counter(name.partition("::")[0] for name in anyhow)
            last = {name.partition("::")[0]: tried for name, tried in sorted(self.noticed.items(), key=itemgetter(1))}
            nearest = sorted(files, key=lambda file: (last.get(file, 0), files[file]), reverse=True)
            noticed = any(
                self.in_fork(partial(self.afresh, module, code, tests, anyhow))
                for tests in (nearest[:1], nearest[1:])
                if tests
            )
        if noticed:
            return "explained in vain" if explained else "killed"
        return "explained" if explained else "survived"

    def afresh(self, module: str, code: CodeType, tests: list[str], concerned: set[str]) -> int:
        """Load everything anew, this module changed, and run the tests of these files that run anything of it."""
        for name in [name for name in sys.modules if name.partition(".")[0] in ("ccinc_wizard", "tests", "conftest")]:
            del sys.modules[name]
        name = "ccinc_wizard." + module.removesuffix(".py").replace("/", ".")
        sys.meta_path.insert(0, Changed(name, str(path_of(module)), code))
        return int(pytest.main([*ARGUMENTS, *tests], [Again(self, concerned)]))

    def run(self, session: pytest.Session, items: Sequence[pytest.Item]) -> int:
        """Run tests until one fails, and say which one runs: it may be ended."""
        return run(session, items, seconds=self.seconds, running=(self.scratch / RUNNING).write_text)

    def in_fork(self, work: Callable[[], int]) -> int:
        """What the work returns with a change; the test that noticed it is remembered."""
        (self.scratch / RUNNING).unlink(missing_ok=True)
        noticed = in_fork(work, self.scratch, quiet=True)
        if noticed and (self.scratch / RUNNING).exists():
            self.noticed[(self.scratch / RUNNING).read_text()] = self.tried
        return noticed

    def quick(self, name: str) -> bool:
        """Whether a test is not left out."""
        return self.seconds.get(name, SLOW) < SLOW

    def in_order(self, items: Iterable[pytest.Item]) -> list[pytest.Item]:
        """The quick ones of these tests: those that noticed the last changes first, then the quickest."""
        return sorted(
            (item for item in items if self.quick(item.nodeid)),
            key=lambda item: (-self.noticed.get(item.nodeid, 0), self.seconds[item.nodeid]),
        )


class Again:
    """A plugin for the second try."""

    def __init__(self, trying: Trying, concerned: set[str]) -> None:
        self.trying, self.concerned = trying, concerned

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests that concern the change until one fails."""
        items = self.trying.in_order(item for item in session.items if item.nodeid in self.concerned)
        if not session.testsfailed:
            self.trying.run(session, items)
        return True


def run(
    session: pytest.Session,
    items: Sequence[pytest.Item],
    last: pytest.Item | None = None,
    seconds: Mapping[str, float] | None = None,
    running: Callable[[str], object] = str,
) -> int:
    """Run tests until one fails; fixtures for more than one of them end with them, or with `last`.

    With `seconds`, how long each usually takes, the process is ended where one takes much longer. `running` is told
    which one runs.
    """
    for item, following in zip(items, [*items[1:], last], strict=True):
        running(item.nodeid)
        if seconds:
            limit(seconds[item.nodeid])
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following if following is not item else None)
        if session.testsfailed:
            break
    return session.testsfailed


def limit(usual: float) -> None:
    """End this process when it has taken much longer than usual, of the processor or in waiting for nothing."""
    signal.setitimer(signal.ITIMER_PROF, LONGER * (usual + 0.5))
    signal.alarm(WAITING)


def functions_of(module: str) -> list[FunctionType]:
    """All functions that the module's code made."""
    path = str(path_of(module))
    return [
        found for found in gc.get_objects() if isinstance(found, FunctionType) and found.__code__.co_filename == path
    ]


def put_in_place(code: CodeType, functions: Sequence[FunctionType]) -> bool:
    """Give functions that exist the code of the changed module. False where one cannot take it."""
    new = {(inner.co_qualname, inner.co_firstlineno): inner for inner in codes(code)}
    for function in functions:
        old = function.__code__
        changed = new.get((old.co_qualname, old.co_firstlineno))
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


def in_fork(work: Callable[[], int], scratch: Path, quiet: bool = False) -> int:
    """What the work returns in a process of its own; 1 where it raises or is ended. Its temporary files go with it.

    With a change it says nothing, and is ended where it runs on without end before the first test.
    """
    folder = tempfile.mkdtemp(dir=scratch)
    sys.stdout.flush()
    child = os.fork()
    if not child:
        ended = 1
        try:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            if quiet:
                limit(SLOW)
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
