"""What opens in training in the place of a web page or a mail."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import button, column, label, page_title, reading_width, row, selectable


class OfflinePage(QDialog):
    """Says what the real form, or the real mail, would show. Opens nothing outside the program."""

    def __init__(self, texts: Texts, title: str, told: str, shown: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("training_offline")
        self.setWindowTitle(title)
        heading = page_title(title)
        close = button(texts("training.offline.close"), name="training_offline_close", action=self.accept)
        parts = (label(told, name="training_offline_text"), selectable(shown, name="training_offline_shown"))
        layout = column(heading, *parts, row(close), gap=SPACE * 2, margins=SPACE * 3)
        layout.addStrut(reading_width(self, 70))
        self.setLayout(layout)
        close.setFocus()


def show_form(texts: Texts, link: str, parent: QWidget) -> None:
    """In the place of the web form."""
    told, shown = texts("training.offline.text"), texts("training.offline.address", link=link)
    OfflinePage(texts, texts("training.offline.title"), told, shown, parent).open()


def show_mail(texts: Texts, subject: str, body: str, parent: QWidget) -> None:
    """In the place of the mail program."""
    shown = f"{subject}\n\n{body}"
    OfflinePage(texts, texts("training.offline.mail_title"), texts("training.offline.mail"), shown, parent).open()
