"""Pictures of every page: `python3 run.py screenshots DIR [--lang nl,fr,en] [--theme light,dark] [--scale 1,2]`.

Drives the real window by its object names on a screen of its own (Xvfb where there is one, else offscreen).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools import (
    screenshots_batch,
    screenshots_companion,
    screenshots_helpdesk,
    screenshots_log,
    screenshots_mail,
    screenshots_program,
    screenshots_training,
)

SCREEN = "3200x4000x24"


def main() -> int:
    """Take the pictures of each combination in a process of its own, since the scale is fixed at the start."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="nl,fr,en")
    parser.add_argument("--theme", default="light,dark")
    parser.add_argument("--scale", default="1,2")
    parser.add_argument("--take", nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    if wanted.take:
        take(wanted.folder, *wanted.take)
        return 0
    with screen() as environment:
        for scale in wanted.scale.split(","):
            for language in wanted.lang.split(","):
                for theme in wanted.theme.split(","):
                    folder = wanted.folder / f"{language}-{theme}-{scale}x"
                    command = [sys.executable, __file__, str(folder), "--take", language, theme]
                    settings = {"QT_SCALE_FACTOR": scale, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
                    subprocess.run(command, check=True, env=environment | settings)
    print(f"{len(list(wanted.folder.rglob('*.png')))} pictures in {wanted.folder}")
    return 0


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """The environment of a screen that nobody looks at."""
    environment = dict(os.environ)
    environment.pop("WAYLAND_DISPLAY", None)
    server = shutil.which("Xvfb")
    if not server or not sys.platform.startswith("linux"):
        yield environment | {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    command = [server, "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    process = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    try:
        yield environment | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        process.terminate()
        process.wait()


def take(folder: Path, language: str, theme: str) -> None:
    """All pages in one language and theme."""
    from ccinc_wizard.domain.terms import Mode
    from ccinc_wizard.services import Paths, Services
    from ccinc_wizard.ui.app import make_app
    from ccinc_wizard.ui.main_window import MainWindow

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        services = Services(Paths.choose(Path(data)), language=language, mode=Mode.ADMIN)
        services.remember(theme=theme)
        make_app()
        window = MainWindow(services)
        window.show()
        Tour(window, folder).walk()
        window.close()


class Tour:
    """Walks the window and takes a picture of each place."""

    def __init__(self, window: object, folder: Path) -> None:
        from ccinc_wizard.ui.main_window import MainWindow

        assert isinstance(window, MainWindow)
        self.window, self.folder = window, folder

    def walk(self) -> None:
        """Each page empty, wrong and filled in; each outcome; the log and the help."""
        self.picture("1-situation")
        self.click("next_button")
        self.picture("1-situation-error")
        self.click("situation_manual", "next_button", "next_button")
        self.picture("2-applicant-error")
        self.type("applicant_name", "Lieve Voorbeeldt")
        self.type("register_number", "85073003328")
        self.picture("2-applicant")
        self.click("next_button")
        self.picture("3-role")
        self.click("map_button")
        self.picture("3-role-map", "map_window")
        self.click("map_close")
        self.click("role_invoerder", "next_button", "authority_vlaamse_gemeente")
        self.type("authority_name", "Ixelles")
        self.picture("4-authority")
        self.click("next_button")
        self.wait(300)
        self.click("next_button")
        self.picture("5-check-error")
        self.click("correct_wrong_region", "correct_official_name", "administrator_yes")
        self.picture("5-check")
        self.click("next_button")
        self.until(lambda: self.window.session.step == "result")
        self.click("save_button")
        self.until(lambda: bool(self.window.session.saved_reference))
        self.picture("6-result-manual")
        screenshots_companion.walk(self)
        self.click("back_button", "change_situation", "situation_form", "next_button", "next_button")
        self.picture("6-result-link")
        screenshots_program.walk_paper(self)
        self.click("back_button", "change_authority", "authority_none", "next_button")
        self.picture("6-result-referral")
        screenshots_log.walk(self)
        self.window.show_wizard()
        self.window.show_help()
        self.picture("8-help", "help_window")
        self.find("help_window").close()  # type: ignore[attr-defined]
        screenshots_program.walk(self)
        screenshots_mail.walk(self)
        screenshots_batch.walk(self)
        screenshots_training.walk(self)
        screenshots_helpdesk.walk(self)

    def find(self, name: str) -> object:
        """The visible widget of this name, in whichever window."""
        from PySide6.QtWidgets import QApplication

        shown = (widget for widget in QApplication.allWidgets() if widget.isVisible())
        found = next((widget for widget in shown if widget.objectName() == name), None)
        assert found is not None, name
        return found

    def click(self, *names: str) -> None:
        """Click one after the other."""
        for name in names:
            self.find(name).click()  # type: ignore[attr-defined]
            self.wait(60)

    def type(self, name: str, text: str) -> None:
        """Type key by key."""
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.find(name), text)

    def picture(self, name: str, of: str = "main_window") -> None:
        """A picture of what can be seen now, and one of the whole page where it is longer."""
        self.wait(150)
        widget = self.window if of == "main_window" else self.find(of)
        widget.grab().save(str(self.folder / f"{name}.png"))  # type: ignore[attr-defined]

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what another thread does."""
        for _ in range(400):
            if condition():
                return
            self.wait(50)
        raise TimeoutError

    @staticmethod
    def wait(milliseconds: int) -> None:
        """Let the window draw, and the log answer (QTest.qWait would hold other threads up)."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


if __name__ == "__main__":
    sys.exit(main())
