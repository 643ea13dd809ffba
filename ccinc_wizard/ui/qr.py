"""QR codes: black on white with their quiet zone, as cameras want them, whatever the theme."""

from __future__ import annotations

import io

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

_PAPER_SCALE = 6
_SCREEN_SCALE = 3


def qr_png(address: str, scale: int = _PAPER_SCALE) -> bytes:
    """The address as a QR code, of which 15 % may be damaged; `scale` is the width of a module in pixels."""
    import segno

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
