"""The floor that `bench` measures the start against: a bare PySide6 QWizard of six pages, and nothing else."""

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
app.exec()
