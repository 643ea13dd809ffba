"""The first page comes first: nothing slow is loaded before the window has painted itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.project import ROOT

CAN_WAIT = (
    *("pydantic", "keyring", "sqlcipher3", "stdnum", "PySide6.QtNetwork", "logging.handlers", "dataclasses"),
    *("ccinc_wizard.content.facts", "ccinc_wizard.requestlog.log", "ccinc_wizard.app.errorlog"),
    *("ccinc_wizard.ui.shell.one_window", "ccinc_wizard.ui.shell.unexpected", "ccinc_wizard.ui.log.reminders"),
    *("ccinc_wizard.ui.helpdesk.desk", "ccinc_wizard.app.call_book"),
)


@pytest.fixture(scope="module", params=["admin", "helpdesk"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that were loaded when the first page was there."""
    data = tmp_path_factory.mktemp("data")
    watched = [sys.executable, "-X", "importtime", str(ROOT / "tools" / "until_painted.py")]
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    done = subprocess.run(
        [*watched, "ccinc_wizard", "--mode", request.param, "--data-dir", str(Path(data) / "data")],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    before, found, _ = done.stderr.partition("first page")
    assert found
    return {line.rpartition("|")[2].strip() for line in before.splitlines() if line.startswith("import time:")}


def test_the_window_was_there(loaded: set[str]) -> None:
    assert {"PySide6.QtWidgets", "ccinc_wizard.ui.shell.main_window"} <= loaded


@pytest.mark.parametrize("module", CAN_WAIT)
def test_what_can_wait_comes_after_the_first_paint(loaded: set[str], module: str) -> None:
    assert module not in loaded


def test_qt_reads_no_source_of_ours() -> None:
    """PySide would read every module's source while loading it: a tenth of a bare start."""
    told = "import linecache, ccinc_wizard.ui.shell.main_window as last; print(last.__file__ in linecache.cache)"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


FIRST_PAGE = """
import enum, sys
from pathlib import Path
from ccinc_wizard.app.services import Paths, Services
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.main_window import MainWindow

app = make_app()
window = MainWindow(Services(Paths.choose(Path(sys.argv[1]))), fill_menus=False)
window.show()
app.processEvents()
found = [enum.Enum]
for kind in found:
    found += kind.__subclasses__()
print(*{kind.__qualname__ for kind in found})
"""


def test_the_first_page_loads_no_long_lists_of_qts_enums(tmp_path: Path) -> None:
    """Naming one of `Qt.*`, or giving a painter a pen, loads hundreds of them: a tenth of a bare start."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(ROOT))
    command = [sys.executable, "-c", FIRST_PAGE, str(tmp_path)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
    named = set(done.stdout.split())
    assert "QPainter.RenderHint" in named
    assert not {name for name in named if name.startswith(("Qt.", "QAccessible.", "QAction."))}
