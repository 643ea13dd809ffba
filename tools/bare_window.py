"""The floor that `bench` measures the start against: a bare PySide6 QWizard of six pages, and nothing else."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWizard, QWizardPage

app = QApplication([])
wizard = QWizard()
for number in range(6):
    page = QWizardPage()
    page.setTitle(f"Page {number}")
    layout = QVBoxLayout(page)
    layout.addWidget(QLabel("Question"))
    layout.addWidget(QLineEdit())
    wizard.addPage(page)
wizard.show()


def end() -> None:
    """Say that the first page is there, in the words of the program itself."""
    print("first page", file=sys.stderr)
    app.exit(0)


QTimer.singleShot(0, end)
app.exec()
