"""Runs the installed command as another program would."""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import sys
from pathlib import Path

from ccinc_wizard.__main__ import main
from tests.surroundings import ROOT, inherited


def environment(**changes: str) -> dict[str, str]:
    """What a program that a test starts runs in: nothing of the caller's but what any program needs."""
    return {**inherited(), "PYTHONUTF8": "1", **changes}


def copy_of_the_program(folder: Path) -> Path:
    """A copy whose facts, words and modules a test may change; the folder of it."""
    for part in ("ccinc_wizard", "resources"):
        shutil.copytree(ROOT / part, folder / "copy" / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "copy"


def run(
    *arguments: str, typed: bytes | str = b"", root: Path = ROOT, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    """`python -m ccinc_wizard` to its end, with this on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "ccinc_wizard", *arguments],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        cwd=root,
        env=environment(**{"PYTHONPATH": str(root), **changes}),
        check=False,
    )


def text(output: bytes) -> str:
    """What was printed, with the line ends of this test."""
    return output.decode("utf-8").replace("\r\n", "\n")


def run_here(*arguments: str, typed: bytes | str = "") -> tuple[int, str, str]:
    """The same within this process, which is faster: exit code, results and talk."""
    results, talk = io.StringIO(), io.StringIO()
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode() if isinstance(typed, str) else typed), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(results), contextlib.redirect_stderr(talk):
            code = main(arguments)
    finally:
        sys.stdin = before
    return code, results.getvalue(), talk.getvalue()
