"""What is dropped or pasted as a file: which kind it is, and taking it wherever in a window it is dropped."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ccinc_wizard.app import mail_file

LIST_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_PROMISED = ("filegroupdescriptor", "filecontents", "renprivate", "promise", "maillistrow", "x-moz-message")
"""In the names of formats by which a mail program only promises a mail: Qt cannot ask it for the contents."""
_OF_PROGRAMS = ("message", "imap", "mailbox", "imap-message", "mailbox-message")


class DroppedKind(StrEnum):
    """What it is. Of the last three the words stand under `reading.file`."""

    MAIL = "mail"
    LIST = "list"
    PROMISED = "outlook"
    SEVERAL = "several"
    OTHER = "other"


class Dropped(NamedTuple):
    """What was dropped, and the file where there is one."""

    kind: DroppedKind
    path: Path | None = None


def what_is(source: QMimeData) -> Dropped | None:
    """What a drop or a paste holds; None when it is no file but text or something else."""
    files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    if len(files) > 1:
        return Dropped(DroppedKind.SEVERAL)
    for path in files:
        ending = path.suffix.lower()
        kind = (
            DroppedKind.LIST
            if ending in LIST_ENDINGS
            else DroppedKind.MAIL
            if ending in mail_file.ENDINGS
            else DroppedKind.OTHER
        )
        return Dropped(kind, path)
    promised = any(part in name.lower() for name in source.formats() for part in _PROMISED)
    if promised or any(url.scheme() in _OF_PROGRAMS for url in source.urls()):
        return Dropped(DroppedKind.PROMISED)
    return None


class Drops(QObject):
    """Takes files that are dropped on a widget. On a shown window it is before all that stands in it, as a field would
    take the file's name for text."""

    def __init__(self, widget: QWidget, take: Callable[[Dropped], object]) -> None:
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        window = widget.windowHandle() if widget.isWindow() else None
        (window or widget).installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether this was such a file, so that nobody else gets it."""
        kinds = QEvent.Type
        if event.type() not in (kinds.DragEnter, kinds.DragMove, kinds.Drop) or not isinstance(event, QDropEvent):
            return False
        if (dropped := what_is(event.mimeData())) is None:
            return False
        # Else a file that is moved would be erased where it was.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is kinds.Drop:
            # The program that it comes from waits until the drop is over.
            QTimer.singleShot(0, partial(self._take, dropped))
        return True
