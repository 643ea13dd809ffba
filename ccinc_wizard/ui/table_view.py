"""A screen with a table that can be saved as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.tables import Cells, with_ending, write_table
from ccinc_wizard.ui.titled_view import TitledView
from ccinc_wizard.ui.widgets import announce, label


class TableView(TitledView):
    """Says how the saving went in a label, which the screen puts where it wants."""

    def __init__(self, name: str, title: str, status: str, texts: Texts) -> None:
        """`status` is the label's name."""
        super().__init__(name, title, wide=True)
        self.texts = texts
        self.status = label("", "good", name=status)
        self.status.hide()

    def table(self) -> tuple[Sequence[str], Cells]:
        """Headings and lines, as they go to the file."""
        raise NotImplementedError

    def save_to(self, path: Path) -> None:
        """Write the table to this file and say how it went."""
        try:
            write_table(path, *self.table())
        except OSError as error:
            self._say(self.texts("paper.failed", reason=error.strerror or str(error)))
        else:
            self._say(self.texts("paper.saved", file=path.name))

    def ask_file(self, ending: str) -> None:
        """Let the user choose a file with this ending, and write it."""
        name, _ = QFileDialog.getSaveFileName(self, self.title.text(), f"ccinc.{ending}", f"*.{ending}")
        if name:
            self.save_to(with_ending(Path(name), ending))

    def _say(self, text: str) -> None:
        self.status.setText(text)
        self.status.show()
        announce(self.status, text)
