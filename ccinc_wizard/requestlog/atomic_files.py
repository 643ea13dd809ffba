"""Files that appear whole or not at all: written beside their place, down to the disk, then put there.

Every file that the program leaves for the user, and every one of its own that it replaces, is written here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OWNER_ONLY = 0o600


@contextmanager
def whole_file(path: Path, *, lasting: bool = True) -> Iterator[Path]:
    """An empty file beside `path`, readable by its owner only, to be written within and then put in its place.

    When anything fails, what was at `path` stays and nothing is left beside it. `lasting` waits for the disk: a file
    that was told to be saved is there after a power cut. A link is followed. Raises OSError.
    """
    path = Path(os.path.realpath(path))
    # Not the file's own name: with an ending more it could be longer than a file system takes.
    beside = path.with_name(f".ccinc-{os.urandom(6).hex()}.new")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
    try:
        yield beside
        if lasting:
            _sync(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if lasting:
        sync_folder(path.parent)


def write_whole(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Write a file whole or not at all. Raises OSError."""
    with whole_file(path, lasting=lasting) as beside:
        beside.write_bytes(content)


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file that only its owner may read, in one go: a killed program leaves the old or the new one.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Not down to the disk: it is written from the window's thread, and the old one is no worse after a power cut.
    write_whole(path, content.encode("utf-8") if isinstance(content, str) else content, lasting=False)


def owner_only(path: str, flags: int) -> int:
    """An opener, for `open`, whose new files only their owner may read."""
    return os.open(path, flags, _OWNER_ONLY)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system lets one ask for it. Raises OSError."""
    if os.name == "posix":
        _sync(folder, os.O_RDONLY)


def _sync(path: Path, flags: int = os.O_RDWR) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
