"""The first page comes first: nothing slow is loaded before the window has painted itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import environment
from tests.tooling.project import ROOT

CAN_WAIT = (
    *("pydantic", "keyring", "sqlcipher3", "stdnum", "PySide6.QtNetwork", "logging.handlers", "dataclasses"),
    *("ccinc_wizard.content.facts", "ccinc_wizard.requestlog.log", "ccinc_wizard.app.errorlog"),
    *("ccinc_wizard.ui.shell.one_window", "ccinc_wizard.ui.shell.unexpected", "ccinc_wizard.ui.log.reminders"),
    *("ccinc_wizard.ui.helpdesk.view", "ccinc_wizard.app.call_book"),
)
MOST_OF_OURS = 40
"""Modules of the package before the first paint. May go down; each costs about a thousandth of a bare start."""
MOST_ENUM_VALUES = 1368
"""Of Qt's enums, before the first paint. May go down; ten of them take as long as loading a module."""
OF_OTHERS = {"json", "_json", "gc"}
"""What is loaded beside them, and by no bare window."""
QT_CAN_WAIT = {
    *("QMessageBox", "QDialog", "QListView", "QListWidget", "QPlainTextEdit", "QSpinBox", "QTableView", "QComboBox"),
    *("QCheckBox", "QStyleOption", "QAbstractSlider"),
}
"""PySide makes a class when it is first named, which takes as long as loading several modules."""


def loaded_by(*program: str) -> set[str]:
    """The modules that are loaded when this program's first page is there."""
    watched = [sys.executable, "-X", "importtime", str(ROOT / "tools" / "until_painted.py")]
    command = [*watched, *program]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=True)
    before, found, _ = done.stderr.partition("first page")
    assert found
    return {line.rpartition("|")[2].strip() for line in before.splitlines() if line.startswith("import time:")}


@pytest.fixture(scope="module")
def bare() -> set[str]:
    """What any window of PySide loads on this Python: on 3.14 PySide's `traceback` asks for dataclasses, say."""
    return loaded_by(str(ROOT / "tools" / "bare_window.py"))


@pytest.fixture(scope="module", params=["admin", "helpdesk"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The same of the program."""
    data = tmp_path_factory.mktemp("data")
    return loaded_by("ccinc_wizard", "--mode", request.param, "--data-dir", str(data / "data"))


def test_the_window_was_there(loaded: set[str]) -> None:
    assert {"PySide6.QtWidgets", "ccinc_wizard.ui.shell.main_window"} <= loaded


@pytest.mark.parametrize("module", CAN_WAIT)
def test_what_can_wait_comes_after_the_first_paint(loaded: set[str], bare: set[str], module: str) -> None:
    assert module not in loaded - bare


def test_no_more_is_loaded_than_the_first_page_needs(loaded: set[str], bare: set[str]) -> None:
    ours = {name for name in loaded if name.partition(".")[0] == "ccinc_wizard"}
    assert len(ours) <= MOST_OF_OURS, sorted(ours)
    assert {name.partition(".")[0] for name in loaded - bare - ours} <= OF_OTHERS


def test_qt_reads_no_source_of_ours() -> None:
    """PySide would read every module's source while loading it: a tenth of a bare start."""
    told = "import linecache, ccinc_wizard.ui.shell.main_window as last; print(last.__file__ in linecache.cache)"
    command = [sys.executable, "-c", told]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


RARELY_ASKED = """
import sys
import ccinc_wizard.ui
from PySide6.QtCore import QPoint
rare = {"errorhandler", "layout", "parser", "lib.enum_sig", "lib.pyi_generator", "lib.tool"}
modules = [sys.modules["shibokensupport.signature." + name] for name in sorted(rare)]
print(*("__getattr__" in vars(module) for module in modules))
try:
    QPoint("words")
except TypeError as error:
    print(error)
from PySide6.support.signature.lib import pyi_generator
print(pyi_generator.generate_pyi.__name__, hasattr(pyi_generator, "nonsense"))
print(*("__getattr__" in vars(module) for module in modules))
"""


def test_what_pyside_rarely_needs_is_compiled_when_it_is_asked_for() -> None:
    """PySide itself would compile it at each start, which takes a fifth of a bare one."""
    command = [sys.executable, "-c", RARELY_ASKED]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=True)
    before, *complaint, generator, after = done.stdout.splitlines()
    assert before == " ".join(["True"] * 6)
    assert "PySide6.QtCore.QPoint.__init__(xpos: int, ypos: int, /)" in "".join(complaint)
    assert generator == "generate_pyi False"
    assert after == " ".join(["False"] * 6)


FIRST_PAGE = """
import sys
from pathlib import Path
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.main_window import MainWindow

app = make_app()
window = MainWindow(Services(Paths.choose(Path(sys.argv[1]))), fill_menus=False)
window.show()
app.processEvents()
"""
ENUMS = """
import enum
found = [enum.Enum]
for kind in found:
    found += kind.__subclasses__()
print(*{kind.__qualname__ for kind in found})
"""
DATACLASSES = """
import dataclasses
ours = {name: vars(module) for name, module in sys.modules.items() if name.startswith("ccinc_wizard.")}
print(len(ours), *{name for name, held in ours.items() if any(map(dataclasses.is_dataclass, held.values()))})
"""


ENUM_VALUES = (
    ENUMS.rpartition("print")[0]
    + """
print(sum(map(len, (kind for kind in found if kind.__module__.startswith("PySide6")))))
"""
)
COMPILED_FIELDS = """
from typing import ForwardRef
ours = [kind for kind in tuple.__subclasses__() if kind.__module__.startswith("ccinc_wizard.")]
held = {kind.__qualname__: kind.__annotations__.values() for kind in ours}
print(len(held), *{name for name, kinds in held.items() if any(isinstance(kind, ForwardRef) for kind in kinds)})
"""
QT_CLASSES = """
from PySide6 import QtWidgets
print(*vars(QtWidgets))
"""


def told_by_first_page(data: Path, question: str) -> list[str]:
    """The words that this code prints once the first page is there."""
    command = [sys.executable, "-c", FIRST_PAGE + question, str(data)]
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_first_page_makes_no_dataclass(tmp_path: Path) -> None:
    """Each takes as long to make as a whole module to load, also where Python has loaded the means for it."""
    count, *making = told_by_first_page(tmp_path, DATACLASSES)
    assert int(count) > 20
    assert making == []


def test_the_first_page_loads_no_long_lists_of_qts_enums(tmp_path: Path) -> None:
    """Naming one of `Qt.*`, or giving a painter a pen, loads hundreds of them: a tenth of a bare start."""
    named = set(told_by_first_page(tmp_path, ENUMS))
    assert "QPainter.RenderHint" in named
    assert not {name for name in named if name.startswith(("Qt.", "QAccessible.", "QAction."))}


def test_the_first_page_makes_no_more_of_qts_enums_than_it_needs(tmp_path: Path) -> None:
    (values,) = told_by_first_page(tmp_path, ENUM_VALUES)
    assert 1000 < int(values) <= MOST_ENUM_VALUES


def test_named_tuples_of_the_first_page_have_no_fields_to_be_compiled(tmp_path: Path) -> None:
    """Under `from __future__ import annotations` the type of each field is compiled while the class is made."""
    count, *compiled = told_by_first_page(tmp_path, COMPILED_FIELDS)
    assert int(count) > 5
    assert set(compiled) <= {"Paths"}


def test_the_first_page_makes_no_class_of_qt_that_it_does_not_show(tmp_path: Path) -> None:
    named = set(told_by_first_page(tmp_path, QT_CLASSES))
    assert "QRadioButton" in named
    assert named & QT_CAN_WAIT == set()
