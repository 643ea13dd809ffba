"""Asking for a file, and writing one: which, where to, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from ccinc_wizard.content.texts import Texts, system_reason
from ccinc_wizard.ui.kit.widgets import plain

_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_used: list[Path] = []
"""The folder of the file that was asked for last in this run."""

Told = tuple[str, str]
"""How something went, in words, and the kind of words they are: `good` or `error`."""


def ask_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Which file to read; None when the user would rather not."""
    return _path(QFileDialog.getOpenFileName(parent, plain(title), str(_folder()), kinds)[0])


def ask_save(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """Where to write; None when the user would rather not."""
    return _path(QFileDialog.getSaveFileName(parent, plain(title), str(_folder() / proposed), kinds)[0])


def ask_save_as(parent: QWidget, title: str, ending: str) -> Path | None:
    """Where to write a file with this ending, which decides what is written: not every file dialog adds it itself."""
    path = ask_save(parent, title, f"ccinc.{ending}", f"*.{ending}")
    if path is None or path.suffix.lower() == f".{ending}":
        return path
    return path.with_name(f"{path.name}.{ending}")


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """In which folder; None when the user would rather not."""
    folder = QFileDialog.getExistingDirectory(parent, plain(title), str(_folder()))
    _used[:] = [Path(folder)] if folder else _used
    return Path(folder) if folder else None


def save(
    texts: Texts, path: Path, write: Callable[[], object], done: str = "paper.saved", failed: str = "paper.failed"
) -> Told:
    """Write the file and tell how it went; `done` and `failed` are the keys of the words."""
    try:
        write()
    except OSError as error:
        return texts(failed, reason=system_reason(texts, error)), "error"
    return texts(done, file=str(path.absolute())), "good"


def _folder() -> Path:
    """Where to begin: in the folder used last, else in the user's documents. Never in the program's own folder."""
    folder = _used[-1] if _used else Path(QStandardPaths.writableLocation(_DOCUMENTS))
    return folder if folder.is_dir() else Path.home()


def _path(name: str) -> Path | None:
    if not name:
        return None
    _used[:] = [Path(name).parent]
    return Path(name)
