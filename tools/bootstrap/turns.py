"""One set-up at a time. The lock is the operating system's, so a killed set-up holds nobody up."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bootstrap.talk import talk


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Wait until nobody else sets up this folder, and keep others waiting until the end."""
    # Not for writing: the file may be another user's.
    handle = os.open(folder.with_name(folder.name + ".lock"), os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        if not _taken(handle):
            talk("The program is being set up by another start; this one waits for it.")
            _wait(handle)
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _taken(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait(handle: int) -> None:
        while not _taken(handle):
            time.sleep(0.5)

else:
    import fcntl

    def _taken(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some network folders know no locks; two set-ups at once are rarer than those.
            return True
        return True

    def _wait(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
