"""The pictures of the guide and the README: `python3 run.py screenshots --guide` renews them.

Each carries the words of its page inside, as text of the PNG, so that a test sees when the page says something else.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tools.tour import Tour

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WORDS = "words"
"""The key of the words in the picture's file."""
SETTINGS = {"QT_SCALE_FACTOR": "1.5", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
"""Of the process that takes them: sharp enough to print, and the keyring of whoever renews them left alone."""
INVISIBLE = "\u200b"
"""Where a long word may be broken, which is nothing that is said."""
SIZE = (1240, 820)
"""In which the window fits its words and the pictures stay readable on half a page, in logical pixels."""


class GuideTour(Tour):
    """The tour of the guide; every picture keeps what its page said."""

    def picture(self, name: str, of: str = "main_window") -> None:
        """One picture with its words."""
        from PySide6.QtGui import QImage

        self.wait(300)
        widget = self.shown(of)
        image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        image.setText(WORDS, words_of(widget))
        image.save(str(self.folder / f"{name}.png"), quality=0)


def words_of(page: QWidget) -> str:
    """What a page says, scrolled out of sight or not, a line each; figures as `#`, since days and references pass."""
    from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

    said = []
    for part in page.findChildren(QWidget):
        if not part.isVisible():
            continue
        if isinstance(part, QLabel | QAbstractButton):
            said.append(part.text())
        elif isinstance(part, QLineEdit):
            said.append(part.text() or part.placeholderText())
    plain = [re.sub(r"\d+", "#", text.replace(INVISIBLE, "").strip()) for text in said]
    return "\n".join(filter(None, plain))


def words_in(picture: Path) -> str:
    """The words that a picture carries."""
    from PySide6.QtGui import QImage

    return QImage(str(picture)).text(WORDS)


def walk(tour: Tour) -> None:
    """What an administrator, the helpdesk and a trainee see, in the order of the guide."""
    tour.window.resize(*SIZE)
    _walk_administrator(tour)
    _walk_helpdesk(tour)
    _walk_training(tour)


def _walk_administrator(tour: Tour) -> None:
    tour.picture("start")
    tour.click("situation_manual", "next_button")
    tour.type("applicant_name", "Lieve Voorbeeldt")
    tour.type("register_number", "85073003328")
    tour.click("next_button", "role_invoerder", "next_button", "authority_brusselse_gemeente")
    tour.type("authority_name", "Ixelles")
    tour.click("next_button")
    tour.wait(300)
    tour.click("correct_official_name")
    tour.picture("check")
    tour.click("next_button")
    tour.until(lambda: tour.window.session.step == "result")
    tour.picture("steps")
    tour.click("save_button")
    tour.until(lambda: bool(tour.window.session.saved_reference))
    tour.click("back_button", "change_situation", "situation_form", "next_button", "next_button")
    tour.picture("link")


def _walk_helpdesk(tour: Tour) -> None:
    from ccinc_wizard.domain.enums import Mode

    tour.window.set_mode(Mode.HELPDESK)
    tour.wait(300)
    tour.click("call_caller_administrator", "call_role_invoerder", "call_authority_agb")
    tour.picture("helpdesk")


def _walk_training(tour: Tour) -> None:
    tour.window.train()
    tour.picture("training")


def main() -> int:
    """Take them all. Returns the exit code."""
    from ccinc_wizard.app.paths import Paths
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.enums import Mode
    from ccinc_wizard.ui.shell.app import make_app
    from ccinc_wizard.ui.shell.main_window import MainWindow

    with tempfile.TemporaryDirectory() as data:
        services = Services(Paths.choose(Path(data)), language="nl", mode=Mode.ADMIN)
        services.remember(theme="light")
        make_app()
        window = MainWindow(services)
        window.show()
        PICTURES.mkdir(exist_ok=True)
        walk(GuideTour(window, PICTURES))
        window.close()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
