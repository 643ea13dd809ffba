"""What should be followed up, told at the start with one click to act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import button, label


class FollowUpBar(QFrame):
    """How many requests are due."""

    def __init__(self, texts: Texts, count: int, show: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("follow_up_notice")
        self.setProperty("panel", "advice")
        key = "logview.follow_up.one" if count == 1 else "logview.follow_up.many"
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        layout.addWidget(label(texts(key, count=count), name="follow_up_text"), 1)
        layout.addWidget(button(texts("logview.follow_up.show"), name="follow_up_button", action=show))
