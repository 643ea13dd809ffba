"""Where a register number stands: as digits, with signs between them, or nine consecutive digits of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_NINE = 9
_CHAIN = re.compile(rb"\d(?:[ .,:;/_\-]{0,3}\d){8,}")
_CLIPBOARD = """
import sys
from PySide6.QtGui import QClipboard, QGuiApplication
app = QGuiApplication([])
board = QGuiApplication.clipboard()
if len(sys.argv) > 1:
    held = sys.stdin.read()
    board.setText(held)
    app.processEvents()
for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
    print(board.text(mode))
"""


class Search:
    """Looks for any of these numbers."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._stems = {
            digits[place : place + _NINE].encode() for digits in numbers for place in range(len(digits) - _NINE + 1)
        }

    def holds(self, content: bytes) -> bool:
        """Whether one of them stands there, in one byte a sign or two."""
        return any(map(self._in_plain, (content, content.replace(b"\0", b"")) if b"\0" in content else (content,)))

    def _in_plain(self, content: bytes) -> bool:
        for chain in _CHAIN.finditer(content):
            digits = re.sub(rb"\D", b"", chain[0])
            if any(digits[place : place + _NINE] in self._stems for place in range(len(digits) - _NINE + 1)):
                return True
        return False

    def files(self, folder: Path) -> tuple[int, list[str]]:
        """How many files there are under the folder, and which of them hold one, in name or content."""
        count, found = 0, []
        for path in folder.rglob("*"):
            # What a desk is writing at this moment may be gone by now.
            with suppress(OSError):
                if path.is_file():
                    count += 1
                    if self.holds(path.read_bytes()) or self.holds(str(path).encode()):
                        found.append(str(path))
        return count, found

    def processes(self) -> tuple[int, list[str]]:
        """How many processes there are, and which show one in their command line or environment."""
        count, found = 0, []
        for place in Path("/proc").glob("[0-9]*"):
            count += 1
            for name in ("cmdline", "environ"):
                with suppress(OSError):
                    if self.holds((place / name).read_bytes()):
                        found.append(str(place / name))
        return count, found

    def clipboard(self, put: str = "") -> list[str]:
        """Where on the clipboard or in the selection one stands; `put` is put there first."""
        command = [sys.executable, "-c", _CLIPBOARD, *(["put"] if put else [])]
        there = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        told = subprocess.run(command, input=put.encode(), capture_output=True, check=True, timeout=60, env=there)
        return ["clipboard"] if self.holds(told.stdout) else []


def forms(digits: str) -> Iterator[bytes]:
    """A number in the forms that are looked for."""
    parts = digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:]
    for sign in ("", ".", "-", " "):
        yield sign.join(parts).encode()
    yield "{}.{}.{}-{}.{}".format(*parts).encode()
    yield digits.encode("utf-16-le")
    yield digits[:_NINE].encode()
    yield digits[2:].encode()
