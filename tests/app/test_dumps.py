"""A crash leaves no dump with the number in it: a dump is made, and searched."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surroundings import inherited

NUMBER = "85.07.30-033.28"
FORMS = [digits.encode(coding) for digits in (NUMBER, "85073003328") for coding in ("utf-8", "utf-16-le", "utf-32-le")]
UNGUARDED = "from ccinc_wizard.app import machine\nmachine.leave_no_dumps = lambda: None\n"
WINDOW = """
import os, signal, sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from ccinc_wizard.ui.shell import second_stage
opened = second_stage.go_on

def then(window, guards):
    opened(window, guards)
    window.findChild(QAbstractButton, "situation_manual").click()
    window.findChild(QAbstractButton, "next_button").click()
    QTest.keyClicks(window.findChild(QLineEdit, "register_number"), "85073003328")
    window.findChild(QAbstractButton, "reveal_button").click()
    os.kill(os.getpid(), signal.SIGSEGV)

second_stage.go_on = then
"""
TERMINAL = """
import os, signal
from ccinc_wizard.terminal import cli
from ccinc_wizard.domain.register_number import RegisterNumber
told = RegisterNumber.clear_format

def then(number):
    told(number)
    os.kill(os.getpid(), signal.SIGSEGV)

RegisterNumber.clear_format = then
"""


def _crash(folder: Path, code: str, *arguments: str) -> list[Path]:
    """The dumps that a program leaves which crashes with the number in it; as large as they come."""
    import resource

    def as_large_as_they_come() -> None:
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    code += (
        f"import sys\nfrom ccinc_wizard.__main__ import main\nsys.exit(main({['--data-dir', 'data', *arguments]!r}))\n"
    )
    environment = inherited() | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, input=f"{NUMBER}\n".encode(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=as_large_as_they_come, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGSEGV
    return [path for path in folder.iterdir() if path.name != "data"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="how other systems write dumps is not tried here")
@pytest.mark.parametrize(
    ("code", "arguments"), [(WINDOW, ()), (TERMINAL, ("check-number",))], ids=["window", "terminal"]
)
def test_a_crash_leaves_no_dump_with_the_number(tmp_path: Path, code: str, arguments: tuple[str, ...]) -> None:
    if Path("/proc/sys/kernel/core_pattern").read_text().startswith(("|", "/")):
        pytest.skip("this system gives dumps to a program, or a folder of its own: none can be looked at")
    (tmp_path / "planted").mkdir()
    dumps = _crash(tmp_path / "planted", UNGUARDED + code, *arguments)
    if not dumps:
        pytest.skip("this system writes no dumps: a search would count for nothing")
    content = dumps[0].read_bytes()
    dumps[0].unlink()
    assert any(form in content for form in FORMS), "the number is not even found where nothing is done against it"
    (tmp_path / "guarded").mkdir()
    assert _crash(tmp_path / "guarded", code, *arguments) == []
