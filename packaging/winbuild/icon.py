"""Draws icon and the setup's picture, in the Python that has Qt: `python icon.py DRAWING.svg ICON.ico PICTURE.bmp`."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
PICTURE_SIZE = (164, 314)
GROUND = "#dfe8f1"
"""Light, so that the icon's own dark ground stands out."""


def draw(drawing: bytes, size: int) -> bytes:
    """The drawing as a square PNG of so many pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub asks for bytes, Qt refuses them
    return bytes(buffer.data().data())


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """A Windows icon file of these PNG pictures by their size: Qt's own writer keeps only one."""
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset, entries = len(header) + 16 * len(pictures), b""
    for size, picture in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return header + entries + b"".join(pictures.values())


def picture(drawing: bytes) -> bytes:
    """What stands at the side of the setup's first and last page, as a bitmap of 164 by 314 pixels."""
    from PySide6.QtCore import QBuffer, QByteArray, QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(*PICTURE_SIZE, QImage.Format.Format_RGB888)
    image.fill(QColor(GROUND))
    painter = QPainter(image)
    side = PICTURE_SIZE[0] * 5 // 8
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF((PICTURE_SIZE[0] - side) // 2, 40, side, side))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "BMP")  # type: ignore[call-overload]  # as above
    return bytes(buffer.data().data())


if __name__ == "__main__":
    svg = Path(sys.argv[1]).read_bytes()
    Path(sys.argv[2]).write_bytes(icon_file({size: draw(svg, size) for size in SIZES}))
    Path(sys.argv[3]).write_bytes(picture(svg))
