"""Where the program writes, and how what lies on a stick is sealed for the user and the computer that wrote it.

By DPAPI, which Windows has at hand at once.
"""

from __future__ import annotations

import os
import sys
import zlib
from pathlib import Path
from typing import NamedTuple, Self

from ccinc_wizard.domain.enums import Mode

APP_NAME = "ccinc-wizard"
WINDOW_LOCK = "window.lock"
"""The file in the data folder that says that a window is open on these data."""
TRAINING_LOCK = "window-training.lock"
"""The same for a window apart in which one practises while the other is open."""
LOCKS = (WINDOW_LOCK, TRAINING_LOCK)


def whole(path: Path) -> str:
    """Where a file or folder is, as its owner can look it up: never by its name alone."""
    return str(path.absolute())


def this_user() -> str:
    """A number for this user on this computer, from which neither can be told."""
    return f"{zlib.crc32('/'.join(os.environ.get(name, '') for name in ('COMPUTERNAME', 'USERNAME')).encode()):08x}"


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("start", ctypes.c_void_p))

    def sealed(content: bytes) -> bytes:
        """What only this user can open, on this computer. Raises OSError."""
        return _through("CryptProtectData", content)

    def unsealed(content: bytes) -> bytes:
        """What was sealed. Raises OSError where it was sealed by somebody else, or elsewhere."""
        return _through("CryptUnprotectData", content)

    def _through(name: str, content: bytes) -> bytes:
        held = ctypes.create_string_buffer(content, len(content))
        given, answer = _Blob(len(content), ctypes.addressof(held)), _Blob()
        if not getattr(ctypes.windll.crypt32, name)(
            ctypes.byref(given), None, None, None, None, 1, ctypes.byref(answer)
        ):
            raise ctypes.WinError()
        try:
            return ctypes.string_at(answer.start or 0, answer.size)
        finally:
            ctypes.windll.kernel32.LocalFree(ctypes.c_void_p(answer.start))

else:

    def sealed(content: bytes) -> bytes:
        """Refuses: elsewhere nothing seals without a keyring, which could hold the window up. Raises OSError."""
        raise OSError

    def unsealed(content: bytes) -> bytes:
        """Refuses, as above. Raises OSError."""
        raise OSError


class Paths(NamedTuple):
    """Where the program writes; all of it under one folder when `--data-dir` or `portable.txt` says so."""

    data: Path
    settings: Path
    portable: bool = False
    """Whether it may be a stick, which gets lost."""

    @classmethod
    def choose(cls, data_dir: Path | None = None) -> Self:
        """The given folder, else the one beside a portable program, else the platform's own.

        Raises RuntimeError where it would stand in the home of a user who has none.
        """
        if data_dir is None and getattr(sys, "frozen", False):
            beside = Path(sys.executable).resolve().parent
            if (beside / "portable.txt").is_file():
                return cls(beside / "data", beside / "data" / "settings.json", portable=True)
        if data_dir is not None:
            folder = data_dir.expanduser().absolute()
            return cls(folder, folder / "settings.json")
        import platformdirs

        data = platformdirs.user_data_path(APP_NAME, appauthor=False)
        return cls(data, platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json")

    def log_folder(self, mode: Mode) -> Path:
        """The request log's folder; training has its own, so that nothing of it reaches the real log."""
        return self.data / ("training" if mode is Mode.TRAINING else "log")

    def draft(self, mode: Mode) -> Path:
        """The half-finished answers, without the register number; sealed on a stick, as they hold a name."""
        name = "draft-training" if mode is Mode.TRAINING else "draft"
        return self.data / (f"{name}-{this_user()}.sealed" if self.portable else f"{name}.json")

    def in_clear(self) -> Self:
        """The same, where drafts are not sealed."""
        return self._replace(portable=False)
