"""The guide and its pictures: none missing, none too many, none of a page that says something else by now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, QUrl
from PySide6.QtGui import QFont, QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Driver
from tests.ui.tours import QuickTour
from tools import screenshots_guide
from tools.screenshots_guide import PICTURES, words_in, words_of

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "handleiding.md"
SHEET = QSizeF(170, 257) * 72 / 25.4
"""A4 within margins of 20 mm, in points."""
WIDTH = 340
"""Of a picture on the sheet, in points: 12 cm, in which its words can be read."""


class WordTour(QuickTour):
    """The tour of the guide, which notes what the pages say and takes no pictures."""

    def __init__(self, window: object) -> None:
        super().__init__(window, PICTURES)
        self.said: dict[str, str] = {}

    def picture(self, name: str, of: str = "main_window") -> None:
        """What the page says now, once the log has answered."""
        self.wait(300)
        self.said[name] = words_of(self.shown(of))


def test_each_picture_says_what_its_page_says_now(window: Driver) -> None:
    tour = WordTour(window.window)
    screenshots_guide.walk(tour)
    assert {path.stem for path in PICTURES.glob("*.png")} == set(tour.said)
    stale = [name for name, said in tour.said.items() if words_in(PICTURES / f"{name}.png") != said]
    assert stale == [], "renew them: python3 run.py screenshots --guide"


def test_a_picture_of_other_words_is_noticed(tmp_path: Path, window: Driver) -> None:
    picture = QImage(8, 8, QImage.Format.Format_RGB888)
    picture.setText(screenshots_guide.WORDS, words_of(window.window).replace("Doorgaan", "Verder"))
    picture.save(str(tmp_path / "start.png"))
    assert words_in(tmp_path / "start.png") != words_of(window.window)


@pytest.mark.parametrize(
    "shown_in", [(GUIDE, "pictures/"), (ROOT / "README.md", "docs/pictures/")], ids=["guide", "readme"]
)
def test_pictures_that_are_shown_exist(shown_in: tuple[Path, str]) -> None:
    document, folder = shown_in
    named = re.findall(r"!\[[^\]]+\]\(" + folder + r"([\w-]+\.png)\)", document.read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (PICTURES / name).is_file()] == []


def test_every_picture_is_shown_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert [path.name for path in PICTURES.glob("*.png") if f"pictures/{path.name}" not in guide] == []


def test_the_guide_takes_six_pages_at_most(qapp: QApplication) -> None:
    assert pages(GUIDE.read_text(encoding="utf-8")) <= 6


def pages(markdown: str) -> int:
    """How many sheets it fills in letters of 11 points."""
    document = QTextDocument()
    document.setDefaultFont(QFont("DejaVu Sans", 11))
    document.setPageSize(SHEET)
    document.setDocumentMargin(0)
    for picture in PICTURES.glob("*.png"):
        image = QImage(str(picture)).scaledToWidth(WIDTH)
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"pictures/{picture.name}"), image)
    document.setMarkdown(markdown)
    return document.pageCount()
