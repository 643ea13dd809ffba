"""What should be followed up, told at the start with one click to act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import button, label


class FollowUpBar(QFrame):
    """Hidden while nothing is due."""

    def __init__(self, texts: Texts, show: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("follow_up_notice")
        self.setProperty("panel", "advice")
        self._texts = texts
        self._words = label("", name="follow_up_text")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        layout.addWidget(self._words, 1)
        layout.addWidget(button(texts("logview.follow_up.show"), name="follow_up_button", action=show))
        self.hide()

    def show_count(self, count: int) -> None:
        """Tell how many requests are due."""
        key = "logview.follow_up.one" if count == 1 else "logview.follow_up.many"
        self._words.setText(self._texts(key, count=count))
        self.setVisible(count > 0)
