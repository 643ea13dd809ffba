"""Pictures of every page: `run.py screenshots DIR [--lang nl,fr,en] [--theme light,dark,contrast] [--scale 1,2]`.

Drives the real window by its object names on a screen of its own (Xvfb where there is one, else offscreen). In
the first language each page is also taken on screens that people have, in a window with a frame (openbox); `--no-real`
leaves that out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools import (
    screenshots_companion,
    screenshots_guide,
    screenshots_helpdesk,
    screenshots_list,
    screenshots_log,
    screenshots_mail,
    screenshots_program,
    screenshots_training,
)
from tools.tour import Tour

SCREEN = "3200x4000x24"
REAL = (
    ("1024x600", "1"), ("1366x768", "1"), ("1366x768", "1.25"), ("1366x768", "1.5"), ("1920x1080", "1"),
    ("1920x1080", "2"),
)  # fmt: skip
"""Screens that people have, and how much larger the system shows everything."""

CONTRAST = "contrast"
AQUATIC = {
    "#ffffff": ("WindowText", "Text", "ButtonText", "ToolTipText", "PlaceholderText"),
    "#202020": ("Window", "Base", "AlternateBase", "Button", "ToolTipBase"),
    "#75e9fc": ("Link",), "#8ee3f0": ("Highlight",), "#263b50": ("HighlightedText",),
}  # fmt: skip
"""The roles of a palette by the colour that a contrast theme of Windows gives them."""


def main() -> int:
    """Take the pictures of each combination in a process of its own, since the scale is fixed at the start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--guide", action="store_true", help="renew the pictures of the guide and the README instead")
    parser.add_argument("--lang", default="nl,fr,en")
    parser.add_argument("--theme", default="light,dark,contrast")
    parser.add_argument("--scale", default="1,2")
    parser.add_argument("--real", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--take", nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.guide:
        with screen() as environment:
            command = [sys.executable, screenshots_guide.__file__]
            return subprocess.run(command, check=False, env=environment | screenshots_guide.SETTINGS).returncode
    if not wanted.folder:
        parser.error("name a folder for the pictures, or --guide")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    if wanted.take:
        take(wanted.folder, *wanted.take)
        return 0
    looks = list(product(wanted.lang.split(","), wanted.theme.split(",")))
    with screen() as environment:
        for scale, (language, theme) in product(wanted.scale.split(","), looks):
            _take_apart(wanted.folder / f"{language}-{theme}-{scale}x", language, theme, scale, environment)
    if wanted.real and (missing := without_frames()):
        print(f"no pictures of real windows: {missing}")
    elif wanted.real:
        for (size, scale), (language, theme) in product(REAL, (look for look in looks if look[0] == looks[0][0])):
            with managed_screen(size) as environment:
                folder = wanted.folder / f"{language}-{theme}-{size}-{scale}x"
                _take_apart(folder, language, theme, scale, environment)
    print(f"{len(list(wanted.folder.rglob('*.png')))} pictures in {wanted.folder}")
    return 0


def _take_apart(folder: Path, language: str, theme: str, scale: str, environment: dict[str, str]) -> None:
    command = [sys.executable, __file__, str(folder), "--take", language, theme]
    settings = {"QT_SCALE_FACTOR": scale, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    subprocess.run(command, check=True, env=environment | settings)


def without_frames() -> str:
    """What is missing for windows with frames; empty where there is all."""
    missing = [tool for tool in ("Xvfb", "openbox") if shutil.which(tool) is None]
    return f"{' and '.join(missing)} not installed" if missing else ""


@contextmanager
def managed_screen(size: str) -> Iterator[dict[str, str]]:
    """The environment of a screen of so many pixels on which a window manager draws frames."""
    with screen(f"{size}x24") as environment:
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=environment, stderr=subprocess.DEVNULL)
        try:
            yield environment
        finally:
            _end(manager)


@contextmanager
def screen(size: str = SCREEN) -> Iterator[dict[str, str]]:
    """The environment of a screen that nobody looks at, so many pixels wide, high and bits deep."""
    environment = dict(os.environ)
    environment.pop("WAYLAND_DISPLAY", None)
    server = shutil.which("Xvfb")
    if not server or not sys.platform.startswith("linux"):
        yield environment | {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    command = [server, "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    try:
        yield environment | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it, and do not wait for ever: an X server that is just about to wait misses what tells it to go."""
    while process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=1)


def take(folder: Path, language: str, theme: str) -> None:
    """All pages in one language and theme."""
    if theme == CONTRAST:
        # Before the window is named, which takes what dresses it by name.
        _bear_a_contrast_theme()
        theme = "system"
    from ccinc_wizard.app.paths import Paths
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.enums import Mode
    from ccinc_wizard.ui.shell.app import make_app
    from ccinc_wizard.ui.shell.main_window import MainWindow

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        services = Services(Paths.choose(Path(data)), language=language, mode=Mode.ADMIN)
        services.remember(theme=theme)
        make_app()
        window = MainWindow(services)
        window.show()
        walk(Tour(window, folder))
        window.close()


def _bear_a_contrast_theme() -> None:
    """As Windows gives "Aquatic"; what a theme of the system cannot be asked for here is answered in its place."""
    from PySide6.QtGui import QColor, QPalette
    from PySide6.QtWidgets import QApplication

    from ccinc_wizard.ui.kit import theme

    system, role = QPalette(), QPalette.ColorRole
    for colour, places in AQUATIC.items():
        for place in places:
            system.setColor(role[place], QColor(colour))
    for place in (role.Text, role.WindowText, role.ButtonText):
        system.setColor(QPalette.ColorGroup.Disabled, place, QColor("#a6a6a6"))

    def dress(app: QApplication, _: object) -> None:
        colours = theme.from_system(system)
        theme._in_use[:] = [colours]
        app.setPalette(system)
        app.setStyleSheet(theme.style_sheet(colours))

    theme.apply_theme = dress


def walk(tour: Tour) -> None:
    """Each page empty, wrong and filled in; each outcome; then what stands beside the wizard."""
    from ccinc_wizard.ui.shell import places

    _walk_pages(tour)
    _walk_outcomes(tour)
    screenshots_log.walk(tour)
    tour.window.show_wizard()
    places.show_help(tour.window)
    tour.picture("8-help", "help_window")
    tour.find("help_window").close()  # type: ignore[attr-defined]
    screenshots_program.walk(tour)
    screenshots_mail.walk(tour)
    screenshots_list.walk(tour)
    screenshots_training.walk(tour)
    screenshots_helpdesk.walk(tour)


def _walk_pages(tour: Tour) -> None:
    tour.picture("1-situation")
    tour.click("next_button")
    tour.picture("1-situation-error")
    tour.click("situation_manual", "next_button", "next_button")
    tour.picture("2-applicant-error")
    tour.type("applicant_name", "Lieve Voorbeeldt")
    tour.type("register_number", "85073003328")
    tour.picture("2-applicant")
    tour.click("next_button")
    tour.picture("3-role")
    tour.click("map_button")
    tour.picture("3-role-map", "map_window")
    tour.click("map_close")
    tour.click("role_invoerder", "next_button", "authority_vlaamse_gemeente")
    tour.type("authority_name", "Ixelles")
    tour.picture("4-authority")
    tour.click("next_button")
    tour.wait(300)
    tour.click("next_button")
    tour.picture("5-check-error")
    tour.click("correct_wrong_region", "correct_official_name", "administrator_yes")
    tour.picture("5-check")


def _walk_outcomes(tour: Tour) -> None:
    tour.click("next_button")
    tour.until(lambda: tour.window.session.step == "result")
    tour.click("save_button")
    tour.until(lambda: bool(tour.window.session.saved_reference))
    tour.picture("6-result-manual")
    screenshots_companion.walk(tour)
    tour.click("back_button", "change_situation", "situation_form", "next_button", "next_button")
    tour.picture("6-result-link")
    screenshots_program.walk_paper(tour)
    tour.click("back_button", "change_authority", "authority_none", "next_button")
    tour.picture("6-result-referral")


if __name__ == "__main__":
    sys.exit(main())
