"""A Windows of its own in the Debian: screen, mouse, keyboard, and what a screen reader is given of the window."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from winbuild.plan import CONSOLE_EXE, PACKAGING, WINDOW_EXE, data_of, program_of
from winbuild.windows import COMPILER, compile_dll

from window.debian import HELD, Debian

PREFIX = f"{HELD}/windows"
SCREEN = ":99"
SYSTEM = f"{PREFIX}/drive_c/windows/system32"
OWN = {
    "controls.exe": ("-lole32", "-loleaut32", "-luuid"),
    "announce.exe": (),
    "clipboard.exe": (),
    "dialogs.exe": ("-lgdi32",),
    "look.dll": ("-shared", "-loleaut32"),
    "offer.exe": ("-municode", "-lole32", "-luuid", "-lshell32"),
}
"""Our small programs, from the C beside this file."""
LOOKED = "looked.txt"
"""What `look.dll` writes beside itself."""
DIALOG = "#32770"
"""How Windows calls the kind of window that a dialog is."""
SCROLLING = "qt_scrollarea_viewport"
"""Qt's own name for what one sees of something that scrolls."""
PATIENCE, PAUSE_SECONDS = 200, 0.15
"""How many looks are taken for what must come, and what lies between two; nothing is judged by how long it took."""
LOOKS = 40
"""How many are taken where each starts a program."""
PROGRAM = str(program_of(PureWindowsPath(r"C:\users\root")))


class NotSeenError(AssertionError):
    """What should have been on the screen was not."""


@dataclass(frozen=True)
class Control:
    """What a screen reader is given of one control."""

    name: str
    """The last part of its object name's path."""
    text: str
    left: int
    top: int
    width: int
    height: int
    enabled: bool
    path: tuple[str, ...] = ()
    """Its object names, from the program's own to the one that it stands in."""

    @property
    def right(self) -> int:
        """Where it ends at the right."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Where it ends at the foot."""
        return self.top + self.height

    @property
    def scrolls(self) -> bool:
        """Whether it stands in what scrolls, and so may be further down."""
        return SCROLLING in self.path

    @property
    def middle(self) -> tuple[int, int]:
        """Where one clicks it."""
        return self.left + self.width // 2, self.top + self.height // 2

    def out_of_sight(self, there: list[Control]) -> Control | None:
        """The part of a window that one scrolls to see its middle; None where that is in sight."""
        around = [one for one in there if (*one.path, one.name) == self.path[: len(one.path) + 1]]
        areas = (one for one in around if one.name == SCROLLING)
        return next((one for one in areas if not one.top <= self.middle[1] < one.bottom), None)

    @property
    def shown(self) -> bool:
        """Whether it takes a place on the screen."""
        return self.width > 0 and self.height > 0


@dataclass(frozen=True)
class Words:
    """What stands on a dialog that is not Qt's, and how much room it needs at the width that it has."""

    text: str
    left: int
    top: int
    width: int
    height: int
    needs: tuple[int, int]
    dialog: tuple[int, int, int, int]
    """The inside of its dialog: left, top, width, height."""

    @property
    def cut(self) -> bool:
        """Whether not all of it can be read."""
        left, top, width, height = self.dialog
        outside = self.left < left or self.top < top
        outside |= self.left + self.width > left + width or self.top + self.height > top + height
        return outside or self.needs[0] > self.width or self.needs[1] > self.height


@dataclass
class WineScreen:
    """The screen and what is on it."""

    debian: Debian
    pictures: Path
    """Where pictures of failures go."""
    taken: int = 0
    env: dict[str, str] = field(default_factory=dict)

    @property
    def drive_c(self) -> Path:
        """Drive C."""
        return self.debian.shared / "windows" / "drive_c"

    @property
    def home(self) -> Path:
        """The user's files."""
        return self.drive_c / "users" / "root"

    @property
    def program(self) -> Path:
        """Where the setup puts the program for this user."""
        return program_of(self.home)

    @property
    def data(self) -> Path:
        """What the program keeps for this user."""
        return data_of(self.home)

    def run(self, *words: str, seconds: float = 180) -> subprocess.CompletedProcess[str]:
        """Run a program of Linux in the Debian, on this screen."""
        return self.debian.run(*words, seconds=seconds, env=self.env)

    def wine(self, *words: str, seconds: float = 180) -> subprocess.CompletedProcess[str]:
        """Run a program of Windows to its end; of its exit code the lowest eight bits."""
        return self.run("wine", *words, seconds=seconds)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command."""
        return self.wine(rf"{PROGRAM}\{CONSOLE_EXE}", *words)

    def open(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the window."""
        return self.debian.begin("wine", rf"{PROGRAM}\{WINDOW_EXE}", *arguments, env=self.env)

    def controls(self) -> list[Control]:
        """All controls of the program's windows."""
        return [one for window in self.windows() for one in window]

    def windows(self) -> list[list[Control]]:
        """Those of each window, as Qt holds them ready for screen readers; the first one is the window itself."""
        looked = self.debian.shared / LOOKED
        looked.unlink(missing_ok=True)
        self.wine("rundll32", rf"Z:{HELD}\look.dll,look".replace("/", "\\"))
        return self._read(looked.read_text(encoding="utf-8") if looked.exists() else "")

    def heard(self) -> list[list[Control]]:
        """The same as a screen reader is given it, by UI Automation: under Wine this takes seconds."""
        return self._read(self.wine(rf"Z:{HELD}\controls.exe".replace("/", "\\")).stdout)

    @staticmethod
    def _read(told: str) -> list[list[Control]]:
        found: list[list[Control]] = []
        for line in told.splitlines():
            parts = line.split("\t")
            if not line:
                found.append([])
            elif len(parts) == 4 and parts[1]:
                *path, name = parts[0].split(".")
                found[-1].append(Control(name, parts[3], *map(int, parts[1].split()), parts[2] == "1", tuple(path)))
        return found

    def dialogs(self) -> list[Words]:
        """What stands on the dialogs that are not Qt's, as of a setup."""
        told, found, dialog = self.wine(rf"Z:{HELD}\dialogs.exe".replace("/", "\\")).stdout, [], (0, 0, 0, 0)
        for line in told.splitlines():
            kind, place, needs, text = line.split("\t")
            left, top, width, height = map(int, place.split())
            wide, high = map(int, needs.split())
            if kind == DIALOG:
                dialog = (left, top, width, height)
            else:
                found.append(Words(text, left, top, width, height, (wide, high), dialog))
        return found

    def titles(self) -> list[str]:
        """The titles of the windows on the screen."""
        told = self.run("xdotool", "search", "--onlyvisible", "--name", ".", "getwindowname", "%@").stdout
        return [one.strip() for one in told.splitlines()]

    def wait(self, what: str, seen: Callable[[], object], looks: int = PATIENCE) -> None:
        """Wait until something is so. Raises NotSeenError."""
        for _ in range(looks):
            if seen():
                return
            time.sleep(PAUSE_SECONDS)
        raise NotSeenError(f"{what}; windows: {self.titles()}")

    def find(self, name: str, *others: str) -> Control:
        """The control of this object name, once it and the others are there. Raises NotSeenError."""
        return self._all((name, *others))[name]

    def click(self, *names: str) -> None:
        """Click in the middle of controls with the mouse, one after the other; they stay where they are meanwhile."""
        found = self._all(names, in_sight=True)
        for one in map(found.__getitem__, names):
            self.run("xdotool", "mousemove", *map(str, one.middle), "click", "1", "sleep", "0.2")

    def _all(self, names: tuple[str, ...], *, in_sight: bool = False) -> dict[str, Control]:
        found: dict[str, Control] = {}

        def look() -> bool:
            there = self.controls()
            found.clear()
            found.update({one.name: one for one in reversed(there) if one.shown and one.enabled})
            return set(names) <= set(found) and not (in_sight and self._scroll(map(found.__getitem__, names), there))

        self.wait(f"not all there of {names}", look, LOOKS)
        return found

    def _scroll(self, wanted: Iterable[Control], there: list[Control]) -> bool:
        """Turn the wheel by a notch over what hides one of these. Returns whether something does."""
        for one in wanted:
            if area := one.out_of_sight(there):
                wheel = "5" if one.middle[1] >= area.bottom else "4"
                self.run("xdotool", "mousemove", *map(str, area.middle), "click", wheel, "sleep", "0.2")
                return True
        return False

    def drop(self, path: str, place: tuple[int, int]) -> int:
        """Drag a file from another program's window to this place, and let it go. Returns 0 where it was taken."""
        offered = self.debian.begin("wine", rf"Z:{HELD}\offer.exe".replace("/", "\\"), path, env=self.env)
        self.wait("nothing is offered", lambda: "Offer" in self.titles())
        width = int(self.run("xdotool", "getdisplaygeometry").stdout.split()[0])
        self.run("xdotool", "mousemove", str(width - 32), "32", "mousedown", "1")
        for part in (3, 2, 1, 0):  # by steps, as a hand does
            there = (str(place[0] + part * 20), str(place[1] + part * 20))
            self.run("xdotool", "mousemove", *there, "sleep", "0.2")
        self.run("xdotool", "mouseup", "1")
        return offered.wait(timeout=60)

    def type(self, name: str, text: str) -> None:
        """Click a field and type."""
        self.click(name)
        self.write(text)

    def write(self, text: str) -> None:
        """Type where the focus is."""
        self.run("xdotool", "type", "--delay", "40", text)

    def keys(self, *names: str) -> None:
        """Press keys, by the names that xdotool has for them."""
        self.run("xdotool", "key", "--clearmodifiers", "--delay", "150", *names)

    def clipboard(self) -> str:
        """The text on the clipboard."""
        with suppress(subprocess.TimeoutExpired):
            return self.run("xclip", "-selection", "clipboard", "-o", seconds=10).stdout
        return ""

    def picture(self, name: str) -> Path:
        """A picture of the whole screen. Returns where it is."""
        self.taken += 1
        target = self.pictures / f"{self.taken:02}-{name}.png"
        self.run("import", "-window", "root", f"{HELD}/picture.png")
        shutil.copyfile(self.debian.shared / "picture.png", target)
        return target

    def brightness(self) -> float:
        """How light the middle of the screen is, from 0 to 1."""
        middle = ["-gravity", "center", "-crop", "60%x60%+0+0", "-format", "%[fx:mean]", "info:"]
        self.run("import", "-window", "root", f"{HELD}/picture.png")
        return float(self.run("convert", f"{HELD}/picture.png", *middle).stdout)

    def quit(self) -> None:
        """End whatever runs in this Windows."""
        self.run("wineserver", "-k")
        self.run("wineserver", "-w")


@contextmanager
def made(debian: Debian, pictures: Path, size: str = "1366x768") -> Iterator[WineScreen]:
    """A fresh Windows with a screen of this many pixels."""
    env = {
        "WINEPREFIX": PREFIX,
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=",
    }
    desk = WineScreen(debian, pictures, env=env)
    for name, libraries in OWN.items():
        source = PACKAGING / "window" / f"{Path(name).stem}.c"
        words = [COMPILER, "-O2", "-o", str(debian.shared / name), str(source), *libraries]
        subprocess.run(words, check=True, capture_output=True)
    with screen(desk, size):
        desk.run("wineboot", "-i", seconds=300)
        system = desk.drive_c / "windows" / "system32"
        # The one system library of Windows 10 that Wine 10 lacks.
        compile_dll(PACKAGING / "wine" / "icuuc.c", system / "icuuc.dll")
        try:
            yield desk
        finally:
            desk.quit()


@contextmanager
def screen(desk: WineScreen, size: str, name: str = SCREEN) -> Iterator[None]:
    """A screen and a window manager, for what is started meanwhile."""
    before, desk.env["DISPLAY"] = desk.env.get("DISPLAY", name), name
    server = desk.debian.begin("Xvfb", name, "-screen", "0", f"{size}x24", "-nolisten", "tcp")
    try:
        desk.wait("no screen", lambda: desk.run("xdotool", "getdisplaygeometry").returncode == 0)
        desk.debian.begin("openbox", env=desk.env)
        yield
    finally:
        desk.run("pkill", "-f", f"^Xvfb {name} ")  # in the Debian's own space of processes; openbox ends with it
        server.wait()
        desk.env["DISPLAY"] = before
