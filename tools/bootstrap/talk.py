"""What the set-up says, to people and on stderr: stdout belongs to the program."""

from __future__ import annotations

import contextlib
import sys


class NotSetUpError(Exception):
    """Setting up failed; the message is the sentence for people."""


def talk(text: str) -> None:
    """Say something. A closed or full stderr is no reason to stop."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


def fail(text: str) -> int:
    """Say why nothing was done. Returns the exit code."""
    talk(text)
    return 1
