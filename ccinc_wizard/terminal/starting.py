"""What is known before anything is loaded: the options of every command, read by hand, and whether there is a screen.

Qt itself would end the program without a word that helps.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.enums import Mode

MODE, LANGUAGE, DATA_FOLDER = "--mode", "--lang", "--data-dir"


def make_services(arguments: Sequence[str]) -> Services:
    """Services for these arguments; an option that cannot be understood is left to the parser."""
    folder, mode = _value_of(DATA_FOLDER, arguments), _value_of(MODE, arguments)
    known = next((known for known in Mode if known == mode), None)
    return Services(_paths(folder), language=_value_of(LANGUAGE, arguments), mode=known)


def _paths(folder: str) -> Paths | None:
    """None where the user has no home: whoever must write then says so."""
    try:
        return Paths.choose(Path(folder) if folder else None)
    except RuntimeError:
        return None


def ask_for_window(arguments: Sequence[str]) -> bool:
    """Whether there is nothing but these options, each with a value that it can have."""
    left = list(arguments)
    while left:
        name, sign, value = left.pop(0).partition("=")
        if not sign and left:
            value = left.pop(0)
        if not _fits(name, value):
            return False
    return True


def _fits(name: str, value: str) -> bool:
    if name == MODE:
        return value in list(Mode)
    if name == LANGUAGE:
        return value in languages()
    return name == DATA_FOLDER and value.strip() != "" and not value.startswith("-")


def _value_of(option: str, arguments: Sequence[str]) -> str:
    """The last one counts, as it does for the parser."""
    value = ""
    for place, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            value = argument.partition("=")[2]
        if argument == option:
            value = next(iter(arguments[place + 1 :]), "")
    return value


_ON_A_SCREEN = ("", "xcb", "wayland")


def has_screen() -> bool:
    """Whether there is a screen, or the user named a platform of Qt that needs none."""
    return not _needs_screen() or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def why_no_screen() -> str:
    """What keeps Qt from the X screen: a missing system library or a server that does not answer; else nothing."""
    if not _needs_screen() or os.environ.get("WAYLAND_DISPLAY"):
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


def _needs_screen() -> bool:
    linux = sys.platform.startswith("linux")
    return linux and os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition("-")[0] in _ON_A_SCREEN


def _xcb_plugin() -> Path | None:
    for folder in sys.path:
        plugin = Path(folder, "PySide6", "Qt", "plugins", "platforms", "libqxcb.so")
        if plugin.is_file():
            return plugin
    return None
