"""Whether a folder lies on a network share, which SQLite's write-ahead log does not bear."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_PLAIN = ("nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "ncpfs", "afs", "ceph", "9p", "lustre", "gpfs", "beegfs")
_FUSE = ("sshfs", "smbnetfs", "davfs", "glusterfs", "rclone", "gvfsd-fuse")
_KINDS = frozenset((*_PLAIN, *(f"fuse.{name}" for name in _FUSE)))
"""File systems of Linux that other computers write to as well."""
_REMOTE = 4
"""What Windows calls a drive of another computer (DRIVE_REMOTE)."""
MOUNTS = Path("/proc/self/mounts")


def on_share(path: Path) -> bool:
    """Whether this path lies on another computer, as far as the system tells; where it tells nothing, it does not."""
    try:
        whole = path.resolve()
        return _is_remote(whole) if sys.platform == "win32" else _kind(whole) in _KINDS
    except (OSError, ValueError):
        return False


def _kind(path: Path) -> str:
    """The file system that the path is on: that of the longest mount point above it, the last one if there are two."""
    found = (0, "")
    for line in MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
        _, point, kind, *_ = line.split(" ")
        # Blanks and backslashes in names are written as octal numbers.
        mounted = Path(point.encode("latin-1", "surrogateescape").decode("unicode_escape"))
        if path.is_relative_to(mounted) and len(mounted.parts) >= found[0]:
            found = (len(mounted.parts), kind)
    return found[1]


def _is_remote(path: Path) -> bool:
    if sys.platform != "win32":
        return False
    anchor = path.anchor.removeprefix("\\\\?\\")
    return anchor.startswith((os.sep * 2, "UNC")) or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE
