"""Sets up what is missing, then runs the program: `python3 run.py ARGS`. Windows: `py run.py ARGS`.

Needs only Python 3.11 or later. First words with a meaning of their own: setup, test, lint, bench, screenshots.
Set-up talk goes to stderr; stdout belongs to the program. This file must parse on older Pythons too.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
RUN_LOCK = ROOT / "requirements" / "run.txt"
DEV_LOCK = ROOT / "requirements" / "dev.txt"
DEVELOPERS_WORDS = {"test", "lint", "bench", "screenshots"}
TERMINAL_WORDS = {"setup", "lint", "link", "steps", "check-number", "ask", "log", "train", "--help", "-h", "--version"}
QT_WORDS = {"selftest", "test", "bench", "screenshots"}
"""What loads Qt on a machine without a screen as well."""
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


def main(arguments):
    """Run one command. Returns its exit code."""
    if sys.version_info < (3, 11):
        return fail("This program needs Python 3.11 or later; this is Python %d.%d." % sys.version_info[:2])
    word = arguments[0] if arguments else ""
    python = set_up(DEV_LOCK if word in DEVELOPERS_WORDS else RUN_LOCK)
    if python is None:
        return 1
    if needs_window_libraries(arguments):
        install_system_packages(missing_libraries(), "a window needs them")
    if word == "setup":
        return 0
    if word == "test":
        return test(python, arguments[1:])
    if word == "lint":
        return lint(python)
    if word in ("bench", "screenshots"):
        return run(python, [str(ROOT / "tools" / (word + ".py"))] + arguments[1:])
    return become(python, ["-m", "ccinc_wizard"] + arguments)


def needs_window_libraries(arguments):
    """Whether these arguments load Qt on this machine."""
    if QT_WORDS.intersection(arguments):
        return True
    if TERMINAL_WORDS.intersection(arguments):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def set_up(lock):
    """Make the virtual environment hold what the lock file names. Returns its Python, or None when that failed."""
    folder = environment_folder()
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / (lock.stem + ".stamp")
    if stamp.is_file() and stamp.read_text() == fingerprint(lock) and python.is_file():
        return python
    talk("Setting up in %s; this takes a minute, once." % folder)
    if not make_environment(folder):
        return None
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.call(command + ["--only-binary", ":all:", "-r", str(lock)], stdout=sys.stderr):
        fail("The packages could not be fetched. Check the network or the package registry of your organisation.")
        return None
    # Whoever starts the program later may not be allowed to keep its bytecode, or have told Python not to.
    subprocess.call([str(python), "-m", "compileall", "-q", str(ROOT / "ccinc_wizard")], stdout=sys.stderr)
    # Whatever the program needs is among what developers need.
    for held in {lock, RUN_LOCK}:
        (folder / (held.stem + ".stamp")).write_text(fingerprint(held))
    return python


def fingerprint(lock):
    """What an environment that holds this lock file is known by."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def environment_folder():
    """In the checkout, or in the user's cache when the checkout is read-only."""
    if os.access(str(ROOT), os.W_OK):
        return ROOT / ".venv"
    cache = Path(os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "ccinc-wizard" / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def make_environment(folder):
    """Create the virtual environment; a bare Debian keeps that part of Python in a package of its own."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        install_system_packages(["python3-venv"], "Python's own venv needs it")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(folder)], stdout=sys.stderr):
        fail("Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv")
        return False
    return True


def missing_libraries():
    """The Debian packages of the libraries that Qt would look for in vain."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in sorted(WINDOW_LIBRARIES.items()) if not loads(library)]


def loads(library):
    """Whether the system has this library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages, why):
    """Install what is missing where that is allowed; else one line says what and why."""
    if not packages:
        return
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + packages
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if shutil.which("apt-get") and root:
        talk("Installing %s: %s." % (" ".join(packages), why))
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.call(["apt-get", "update", "-qq"], stdout=sys.stderr, env=quiet)
        if subprocess.call(command, stdout=sys.stderr, env=quiet) == 0:
            return
    talk("Missing system packages (%s). Ask an administrator: apt-get install %s" % (why, " ".join(packages)))


def test(python, arguments):
    """The checks of lint, then all tests, with branch coverage."""
    wanted = [package for tool, package in sorted(TEST_TOOLS.items()) if not shutil.which(tool)]
    wanted += [name for place, names in TEST_PACKAGES.items() if not Path(place).exists() for name in names.split()]
    if sys.platform.startswith("linux"):
        install_system_packages(wanted, "some tests use them")
    if not arguments and lint(python):
        return 1
    coverage = [] if arguments else ["--cov", "--cov-report=term:skip-covered"]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return run(python, ["-m", "pytest"] + coverage + arguments)


def lint(python):
    """Style, types and the walls between the rooms."""
    tools = [["-m", "ruff", "check", "."], ["-m", "mypy"]]
    failed = [tool for tool in tools if run(python, tool)]
    rooms = python.with_name("lint-imports" + python.suffix)
    return 1 if subprocess.call([str(rooms)], cwd=str(ROOT), env=environment()) or failed else 0


def run(python, arguments):
    """Run Python in the checkout. Returns the exit code."""
    return subprocess.call([str(python)] + arguments, cwd=str(ROOT), env=environment())


def become(python, arguments):
    """Run the program where the caller stands; on POSIX in this very process, so that signals reach it."""
    command = [str(python)] + arguments
    if sys.platform == "win32":
        return subprocess.call(command, env=environment())
    sys.stdout.flush()
    os.execve(command[0], command, environment())
    return 1


def environment():
    """The caller's environment with the checkout on Python's path."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return dict(os.environ, PYTHONPATH=path)


def talk(text):
    """Say something about the set-up."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def fail(text):
    """Say why nothing was done. Returns the exit code."""
    talk(text)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
