"""The rows of a list, and one of them: all that was noticed, and once it is saved its link and mail or its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from ccinc_wizard.content.list_words import ListWords
from ccinc_wizard.content.lists import Product
from ccinc_wizard.content.wording import Wording, step_lines
from ccinc_wizard.domain.lists import Checked, Report, RowVerdict
from ccinc_wizard.domain.redaction import scrub, scrub_name
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.desktop import answer_at, copies
from ccinc_wizard.ui.kit.screens import Scrolled, at_top
from ccinc_wizard.ui.kit.tables import Rows
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, card, clear, column, fill, label, row, section, selectable

_MAIL_LINES = 12


class RowDetails(Scrolled):
    """Empty until a row is chosen."""

    def __init__(
        self, words: ListWords, wording: Wording, accept: Callable[[int], None], correct: Callable[[int, str], None]
    ) -> None:
        """`accept` is told the row for which the user answers that it is right, `correct` the name to put into it."""
        super().__init__("batch_details")
        self._words, self._wording, self._texts = words, wording, words.texts
        self._accept, self._correct = accept, correct
        self._content = column(gap=SPACE * 2, margins=SPACE * 2)
        self.setWidget(at_top(self._content))
        self.forget()

    def forget(self) -> None:
        """Show no row."""
        clear(self._content)
        self._content.addWidget(label(self._texts("list.details"), "muted"))

    def show_row(self, checked: Checked, product: Product | None) -> None:
        """Show this row; `product` once it is in the log."""
        clear(self._content)
        title = self._texts.pair(self._texts("list.row", row=checked.row), scrub_name(checked.name))
        self._content.addWidget(section(title, name="batch_row"))
        lines = self._words.lines(checked, self._wording) or [self._texts("list.nothing")]
        for number, line in enumerate(lines, start=1):
            panel = "notice" if checked.good else "error"
            self._content.addWidget(card(panel, selectable(scrub(line)), name=f"batch_finding_{number}"))
        if product is None:
            self._show_corrections(checked)
        if checked.answerable:
            right = button(self._texts("list.accept"), name="batch_accept", action=lambda: self._accept(checked.row))
            fill(self._content, [row(right)])
        if product is not None and product.outcome.link:
            self._show_link(product, product.outcome.link)
        elif product is not None:
            self._show_steps(product)

    def _show_corrections(self, checked: Checked) -> None:
        for found in checked.findings:
            named = found.corrected.authority_name if found.corrected else checked.answers.authority_name
            if named != checked.answers.authority_name:
                put = partial(self._correct, checked.row, named)
                told = self._wording.correction(found)
                fill(self._content, [row(button(told, name=f"batch_correct_{found.rule}", action=put))])

    def _show_link(self, product: Product, link: str) -> None:
        texts = self._texts

        def copy(made: str, text: str, what: str) -> None:
            desktop.copy_text(text)
            answer_at(self, made, texts("result.copied", value=what))

        form, mail = texts("result.form_link"), texts("list.mail")
        name, action = "batch_copy_link", partial(copy, "batch_copy_link", link, form)
        copy_link = button(texts("list.copy_link"), name=name, of=copies(texts), action=action)
        body = f"{product.mail_subject}\n\n{product.mail_body}"
        name, action = "batch_copy_mail", partial(copy, "batch_copy_mail", body, mail)
        copy_mail = button(texts("list.copy_mail"), name=name, of=copies(texts), action=action)
        shown = selectable(link, name="batch_link", tab=True)
        shown.setAccessibleDescription(form)
        written = QPlainTextEdit(body)
        written.setObjectName("batch_mail")
        written.setAccessibleName(mail)
        written.setReadOnly(True)
        written.setTabChangesFocus(True)
        written.setMinimumHeight(written.fontMetrics().lineSpacing() * _MAIL_LINES)
        self._content.addWidget(card("card", section(form), shown, row(copy_link)))
        self._content.addWidget(card("card", section(mail), written, row(copy_mail)))

    def _show_steps(self, product: Product) -> None:
        steps = self._wording.steps(product.outcome, product.request.case.role, product.request)
        lines = [selectable(line) for line in step_lines(steps)]
        self._content.addWidget(card("card", section(self._texts("result.steps")), *lines, name="batch_steps"))


class AsideCard(QFrame):
    """Asks whether rows count that the sheet hides or strikes through; not seen where there are none."""

    def __init__(self, words: ListWords, count: Callable[[], None], leave_out: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("batch_aside")
        self.setProperty("panel", "advice")
        self._words, self._told = words, label("", name="batch_aside_told")
        buttons = row(
            button(words.texts("list.aside.count"), name="batch_aside_count", action=count),
            button(words.texts("list.aside.leave_out"), name="batch_aside_leave_out", action=leave_out),
        )
        self.setLayout(column(self._told, buttons, gap=SPACE // 2, margins=SPACE + 4))
        self.hide()

    def show_report(self, report: Report) -> None:
        """Ask about the rows of this report."""
        told = "\n".join(self._words.aside(report))
        self._told.setText(told)
        self.setAccessibleName(told)
        self.setVisible(bool(told))


_VERDICT = 2
"""The column that is painted as a chip."""


class ReportModel(Rows):
    """All rows, or those alone that ask for attention first."""

    def __init__(self, words: ListWords, wording: Wording) -> None:
        super().__init__(words.report_columns())
        self._words, self._wording = words, wording
        self._report = Report(())
        self._rows: tuple[Checked, ...] = ()
        self._only_bad = False
        self._order = 0, Qt.SortOrder.AscendingOrder
        self._references: Mapping[int, str] = {}

    def show(self, report: Report, references: Mapping[int, str] | None = None) -> None:
        """Show this report; `references` are those in the log, by row."""
        self.beginResetModel()
        self._report, self._references = report, references or {}
        column, order = self._order
        key = (lambda row: row.row) if column == 0 else (lambda row: self._cells(row)[column].casefold())
        shown = report.bad if self._only_bad else report.rows
        self._rows = tuple(sorted(shown, key=key, reverse=order == Qt.SortOrder.DescendingOrder))
        self.endResetModel()

    sorts = True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; those of the list itself by their number."""
        self._order = column, order
        self.show(self._report, self._references)

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        return self._order

    def state(self, row: int, column: int) -> str:
        checked = self._rows[row]
        if column != _VERDICT:
            return ""
        return "good" if checked.good else "advice" if checked.verdict is RowVerdict.QUESTION else "error"

    def show_only_bad(self, only: bool) -> None:
        """Leave the rows in order out, or show them again."""
        self._only_bad = only
        self.show(self._report, self._references)

    def checked(self, row: int) -> Checked:
        """The row of the list that stands in this row of the table."""
        return self._rows[row]

    def cells(self) -> list[list[str]]:
        """The whole report in words, whatever is shown of it."""
        return [self._cells(row) for row in self._report.rows]

    def count(self) -> int:
        return len(self._rows)

    def cell(self, row: int, column: int) -> str:
        return self._cells(self._rows[row])[column]

    def _cells(self, row: Checked) -> list[str]:
        return self._words.report_cells(row, self._wording, self._references.get(row.row, ""))
