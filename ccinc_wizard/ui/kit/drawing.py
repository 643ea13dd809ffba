"""The small drawings of `resources/icons/`: one source each, in the colours of the moment, sharp at every scale."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import segno
from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.ui.kit.widgets import SingleClickButton

_LINE, _ACCENT = "currentColor", "#0b4f9e"
"""What the sources say; put in their place are the colours of the palette."""
_STEP_LINES = 2.2
"""Height of a step's drawing, in lines of text."""
_BUTTON_LINES = 1.0
_ICON_SIDES = (16, 24, 32, 48, 64, 128, 256)


class Drawing(QWidget):
    """Decoration beside words that say it all: it has no name, so a screen reader passes it by."""

    def __init__(self, name: str, lines: float = _STEP_LINES) -> None:
        """`lines` is its height in lines of text."""
        super().__init__()
        self._name = name
        side = round(self.fontMetrics().height() * lines)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of the text and of the accent."""
        painter = QPainter(self)
        palette = self.palette()
        line, accent = palette.windowText().color(), palette.highlight().color()
        _renderer(self._name, line.name(), accent.name()).render(painter, QRectF(self.rect()))
        painter.end()


class PicturedButton(SingleClickButton):
    """A button with a drawing before its words; the drawing follows the theme."""

    def __init__(self, text: str, picture: str, kind: str = "") -> None:
        super().__init__(text)
        self._picture = picture
        side = round(self.fontMetrics().height() * _BUTTON_LINES)
        self.setIconSize(QSize(side, side))
        self.setProperty("kind", kind)
        self._show_picture()

    def show_picture(self, picture: str) -> None:
        """Another drawing before the words."""
        self._picture = picture
        self._show_picture()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme needs other colours."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._show_picture()
        super().changeEvent(event)

    def _show_picture(self) -> None:
        role = QPalette.ColorRole
        normal = role.HighlightedText if self.property("kind") == "primary" else role.ButtonText
        app = QGuiApplication.palette()  # Not the button's own, which the style sheet changes.
        icon = QIcon()
        for mode, colour in (
            (QIcon.Mode.Normal, app.color(normal)),
            (QIcon.Mode.Disabled, app.color(QPalette.ColorGroup.Disabled, role.ButtonText)),
        ):
            icon.addPixmap(self._pixmap(colour), mode)
        self.setIcon(icon)

    def _pixmap(self, colour: QColor) -> QPixmap:
        side, ratio = self.iconSize().width(), self.devicePixelRatioF()
        pixmap = _painted(round(side * ratio), _renderer(self._picture, colour.name(), colour.name()))
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def program_icon() -> QIcon:
    """The program's own drawing, sharp from the title bar to the task switcher."""
    icon = QIcon()
    for side in _ICON_SIDES:
        icon.addPixmap(_painted(side, QSvgRenderer(str(_file("app")))))
    return icon


def pictured(picture: str, kind: str = "") -> Callable[[str], PicturedButton]:
    """What makes a button with this drawing, for `widgets.button`."""
    return partial(PicturedButton, picture=picture, kind=kind)


def _painted(side: int, drawing: QSvgRenderer) -> QPixmap:
    """The drawing in a square of so many pixels."""
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def _file(name: str) -> Path:
    return resources_folder() / "icons" / f"{name}.svg"


@cache
def _renderer(name: str, line: str, accent: str) -> QSvgRenderer:
    source = _file(name).read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace(_ACCENT, accent).replace(_LINE, line).encode()))


_PAPER_SCALE = 6
_SCREEN_SCALE = 3


def qr_png(address: str, scale: int = _PAPER_SCALE) -> bytes:
    """The address as a QR code, of which 15 % may be damaged; `scale` is the width of a module in pixels."""
    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=scale, border=4)
    return picture.getvalue()


class QrCode(QLabel):
    """The code at the sharpness of the screen it is on, also after its window has moved to another one."""

    def __init__(self, address: str, spoken: str) -> None:
        super().__init__()
        self.setAccessibleName(spoken)
        self._address = address
        self._draw()

    def event(self, event: QEvent) -> bool:
        """Draws anew on a screen of another pixel ratio."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap()
        # Whole pixels a module, so that cameras read it.
        pixmap.loadFromData(qr_png(self._address, max(_SCREEN_SCALE, round(_SCREEN_SCALE * ratio))))
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)
        self.setMinimumSize(self.sizeHint())
