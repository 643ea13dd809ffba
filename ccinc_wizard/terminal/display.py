"""Whether a window can be opened at all. Qt itself would end the program without a word that helps."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_ON_A_SCREEN = ("", "xcb", "wayland")


def present() -> bool:
    """Whether there is a screen, or the user named a platform of Qt that needs none."""
    return not _is_linux() or not _needs_screen() or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def why_not() -> str:
    """What keeps Qt from the X screen: a missing system library or a server that does not answer; else nothing."""
    if not _is_linux() or not _needs_screen() or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    import ctypes

    plugin = _xcb_plugin()
    try:
        if plugin is not None:
            ctypes.CDLL(str(plugin))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return str(error)
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"DISPLAY={os.environ.get('DISPLAY', '')}" if refused else ""


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


def _needs_screen() -> bool:
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition("-")[0] in _ON_A_SCREEN


def _xcb_plugin() -> Path | None:
    for folder in sys.path:
        plugin = Path(folder, "PySide6", "Qt", "plugins", "platforms", "libqxcb.so")
        if plugin.is_file():
            return plugin
    return None
