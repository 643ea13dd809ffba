"""The run that asks whether tests can fail: what it changes, and what it takes for noticed or for explained."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import mutate
import pytest
from mutations import mutations

from tests.running import environment
from tests.tooling.project import ROOT


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a is not b", ["a is not b -> a is b"]),
        ("a - b", ["a - b -> a + b"]),
        ("x = not a", ["not a -> a"]),
        ("x = 3", ["3 -> 4"]),
        ("x = True", ["True -> False"]),
        ("x = ''", ["'' -> 'XX'"]),
        ("x = a and b", ["a and b -> a", "a and b -> b", "a and b -> a or b"]),
        ("x = a or b or c", ["a or b or c -> b or c", "a or b or c -> a or c", "a or b or c -> a or b"]),
        ("x = [a for a in b if a]", ["a -> not a"]),
        ("while a: break", ["a -> not a", "break -> continue"]),
        ("f(a)", ["f(a) -> pass"]),
        ("def f():\n    return a", ["return a -> return None"]),
        ("def f():\n    raise a", ["raise a -> pass"]),
        ('def f(a: "x" = b) -> "x":\n    """What."""\n    "What."', []),
        ("@cache(maxsize=1)\nclass A: ...", []),
        ("if TYPE_CHECKING:\n    from a import b\n    x = 1", []),
        ("x: int | None = None", []),
        ("x: Annotated[int, Field(gt=0)]", ["0 -> 1"]),
    ],
)
def test_each_change_is_small_and_what_nobody_runs_is_left_alone(source: str, changes: list[str]) -> None:
    made = [mutation.change for mutation in mutations(source)]
    assert Counter(changes) <= Counter(made)
    assert made or not changes
    if not changes:
        assert made == []


def test_one_change_at_a_time_is_in_the_code() -> None:
    made = []
    for mutation in mutations("def f(a, b):\n    return a < b and 7"):
        names: dict[str, Callable[[int, int], object]] = {}
        exec(mutation.code("f.py"), names)  # noqa: S102 # code of this test
        made.append((mutation.change, names["f"](1, 1), names["f"](1, 2)))
    assert made == [
        ("return a < b and 7 -> return None", None, None),
        ("a < b and 7 -> a < b", False, True),
        ("a < b and 7 -> 7", 7, 7),
        ("a < b and 7 -> a < b or 7", 7, True),
        ("a < b -> a <= b", 7, 7),
        ("a < b -> a >= b", 7, False),
        ("7 -> 8", False, 8),
    ]


def test_the_list_knows_every_module_of_the_domain_and_tests_that_are_there() -> None:
    groups, explained = mutate.listed()
    modules = [module for group in groups for module in group.modules]
    assert sorted(set(modules)) == sorted(modules)
    domain = {path.relative_to(mutate.path_of("")).as_posix() for path in mutate.path_of("domain").rglob("*.py")}
    kept = {"app/saving.py", "requestlog/chain.py", "app/retention.py", "content/facts.py"}
    assert domain | kept <= set(modules)
    assert {module for module, _, _ in explained} <= set(modules)
    tests = [test.removeprefix("--deselect=").partition("::")[0] for group in groups for test in group.tests]
    assert [test for test in tests if test.startswith("tests/") and not (ROOT / test).exists()] == []


def test_what_is_explained_is_still_a_change_to_its_module(tmp_path: Path) -> None:
    """A reason outlives its line unseen when that is renamed: the run that would tell takes an hour."""
    _, explained = mutate.listed()
    modules = tuple(sorted({module for module, _, _ in explained}))
    trying = mutate.Trying(mutate.Group(modules, ()), 1, explained, tmp_path)
    assert {module: stale for module in modules if (stale := trying.stale(module))} == {}


MODULE = """
LIMIT = 3
ENDLESS = False


def small(number: int) -> bool:
    while ENDLESS:
        pass
    return number < LIMIT
"""
TESTS = """
from ccinc_wizard.domain.small import small


def test_small() -> None:
    assert small(2)
    assert not small(%s)
"""
EXPLAINED = """
[[explained]]
module = "domain/small.py"
line = "return number < LIMIT"
change = "number < LIMIT -> number <= LIMIT"
reason = "For the test."
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.parametrize(
    ("beyond", "explained", "code", "told"),
    [
        (3, "", 0, ["domain/small.py: 6 changes, 6 killed", "Each change was noticed or is explained."]),
        (
            4,
            EXPLAINED + EXPLAINED.replace("<= LIMIT", "<= LIMITS"),
            1,
            [
                "domain/small.py:2: survived: 'LIMIT = 3'\n    '3 -> 4'",
                "explained in vain: 'return number < LIMIT'\n    'number < LIMIT -> number <= LIMITS'",
                "domain/small.py: 6 changes, 1 explained, 1 explained in vain, 4 killed, 1 survived",
            ],
        ),
        (3, EXPLAINED, 1, ["domain/small.py:9: explained in vain: 'return number < LIMIT'"]),
        (2, "", 1, ["The tests fail without any change"]),
    ],
)
def test_a_run_fails_by_what_nobody_noticed_or_explained(
    tmp_path: Path, beyond: int, explained: str, code: int, told: list[str]
) -> None:
    for name in ("mutate.py", "mutations.py"):
        (tmp_path / "tools").mkdir(exist_ok=True)
        shutil.copyfile(ROOT / "tools" / name, tmp_path / "tools" / name)
    room, tests = tmp_path / "ccinc_wizard" / "domain", tmp_path / "tests"
    room.mkdir(parents=True)
    tests.mkdir()
    (tests / "__init__.py").touch()
    (room / "small.py").write_text(MODULE, encoding="utf-8")
    (tests / "test_small.py").write_text(TESTS % beyond, encoding="utf-8")
    listed = '[[group]]\nmodules = ["domain/small.py"]\ntests = ["tests"]\n'
    (tmp_path / "tools" / "mutants.toml").write_text(listed + explained, encoding="utf-8")
    own = environment() | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, str(tmp_path / "tools" / "mutate.py")]
    done = subprocess.run(command, env=own, cwd=tmp_path, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert [line for line in told if line not in said] == [], said
    assert done.returncode == code
