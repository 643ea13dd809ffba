"""Debian's packages that a window and the tests use: which are missing, and installing them where that is allowed."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bootstrap.talk import talk

NO_INSTALL = "CCINC_WIZARD_NO_INSTALL"
"""Set to anything, nothing is installed on the system."""
WINDOW_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads beyond its own wheel, and the Debian package that brings it."""
TEST_TOOLS = {
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus",
    "openbox": "openbox",
    "openssl": "openssl",
    "pdftotext": "poppler-utils",
    "ratpoison": "ratpoison",
    "strace": "strace",
    "tidy": "tidy",
    "zbarimg": "zbar-tools",
}
"""What some tests use when it is there; those tests say so when it is not."""
TEST_PACKAGES = {
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/gi": "python3-gi",
    "/usr/share/doc/gir1.2-atspi-2.0": "gir1.2-atspi-2.0",
    "/usr/share/doc/postgresql": "postgresql",
}


def missing_libraries() -> list[str]:
    """The packages of the libraries that Qt would look for in vain."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in sorted(WINDOW_LIBRARIES.items()) if not loads(library)]


def missing_test_tools() -> list[str]:
    """The packages of what some tests use."""
    if not sys.platform.startswith("linux"):
        return []
    tools = [package for tool, package in sorted(TEST_TOOLS.items()) if not shutil.which(tool)]
    return tools + [package for place, package in TEST_PACKAGES.items() if not Path(place).exists()]


def loads(library: str) -> bool:
    """Whether the system has this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_for_a_window(*, tests: bool) -> None:
    """Have what a window needs, and what tests use; in one line where it may not be installed."""
    if tests:
        install_system_packages(missing_libraries() + missing_test_tools(), "a window and some tests need them")
    else:
        install_system_packages(missing_libraries(), "a window needs them")


def install_system_packages(packages: list[str], why: str) -> None:
    """Install what is missing where that is allowed; else one line says what and why."""
    if packages and not installed(packages, why):
        talk(f"Missing system packages ({why}). Ask an administrator: apt-get install {' '.join(packages)}")


def installed(packages: list[str], why: str) -> bool:
    """Install these where that is allowed. Returns whether they are there now."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (shutil.which("apt-get") and root) or os.environ.get(NO_INSTALL):
        return False
    talk(f"Installing {' '.join(packages)}: {why}. ({NO_INSTALL}=1 installs nothing.)")
    return _apt_get("update", "-qq") == 0 and _apt_get(*_INSTALL, *packages) == 0


_INSTALL = ("install", "-y", "-qq", "--no-install-recommends")


def _apt_get(*arguments: str) -> int:
    # Not sys.stderr, which may be closed: then apt's talk would land on the program's stdout.
    talking = 2 if sys.stderr else subprocess.DEVNULL
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(["apt-get", *arguments], stdin=subprocess.DEVNULL, stdout=talking, stderr=talking, env=quiet)
