"""Buttons whose words take several lines, and the key that presses them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import button, column, label


def wrapping_link(text: str, *, name: str, spoken: str = "", action: Callable[[], object]) -> QPushButton:
    """A button that looks like a link and whose words may take several lines."""
    made = button("", name=name, kind="link", spoken=spoken or text, action=action)
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QSizePolicy

    words = label(text, "link")
    words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.setLayout(column(words, margins=SPACE // 2 + 2))
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
    return made


def close_suggestions() -> bool:
    """Close a list in which one stands on a suggestion, as Enter should: it is in the field. False without one."""
    from PySide6.QtWidgets import QAbstractItemView, QApplication

    popup = QApplication.activePopupWidget()
    if isinstance(popup, QAbstractItemView) and popup.selectionModel().hasSelection():
        popup.hide()
        return True
    return False


def press_focused(window: QWidget) -> bool:
    """Press the button that has the focus, as Enter should. False when the focus is elsewhere."""
    focused = window.focusWidget()
    if isinstance(focused, QPushButton):
        focused.click()
        return True
    return False
