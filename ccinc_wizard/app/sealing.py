"""Seals what lies on a stick for the user and the computer that wrote it, by Windows' own DPAPI: at once."""

from __future__ import annotations

import os
import sys
import zlib


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
