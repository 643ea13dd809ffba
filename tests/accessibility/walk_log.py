"""The log of requests: search, one request, and the dialogs that look after the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccinc_wizard.content.texts import Texts

if TYPE_CHECKING:
    from tests.accessibility.reader import Reader


def walk(reader: Reader, language: str) -> None:
    """A log with three requests, of which one is followed up."""
    texts = Texts(language)

    def choose(menu: str, action: str) -> None:
        reader.choose(texts(menu).replace("&", ""), texts(action).replace("&", ""))

    choose("care.menu", "app.action_log")
    reader.need("log_view")
    reader.hear(texts("logview.found", count=3))
    reader.look("log", tab=True)
    reader.write("log_search", "Torhout")
    reader.hear(texts("logview.found", count=1))
    reader.look("log searched")
    _details(reader, texts)
    choose("app.menu.view", "app.action_settings")
    reader.need("settings_view")
    reader.look("settings", tab=True)
    reader.press("settings_terms")
    reader.hear(texts("care.retention.nothing"))
    reader.look("retention", within="retention_dialog", tab=True)
    _leave(reader, "retention_dialog")
    choose("care.menu", "care.action_forget")
    reader.need("forget_name")
    reader.look("forget", within="forget_dialog", tab=True)
    _forget(reader, texts)
    _leave(reader, "forget_dialog")


def _leave(reader: Reader, dialog: str) -> None:
    reader.press("care_cancel")
    reader.gone(dialog)


def _details(reader: Reader, texts: Texts) -> None:
    """A request is opened by its row, noted upon and taken further."""
    reader.choose_row("log_table", 0)
    reader.need("log_add_note")
    reader.look("details", tab=True)
    reader.write("log_note", "85073003328")
    reader.press("log_add_note")
    reader.need("log_note_error")
    reader.look("note refused")
    reader.write("log_note", "Gebeld")
    reader.press("log_to_granted")
    reader.hear(texts("logview.details.changed", status=texts("log.status.granted")))
    told = texts("undo.status", status=texts("log.status.granted"))
    reader.hear(f"{told} {texts.pair('F6', texts('undo.undo'))}")
    reader.press("undo_button")
    reader.hear(texts("undo.back_status", status=texts("log.status.requested")))
    reader.gone("undo_button")
    reader.look("details changed")


def _forget(reader: Reader, texts: Texts) -> None:
    reader.write("forget_number", "123")
    reader.press("care_ok")
    reader.hear(texts("care.forget.number_wrong"))
    reader.look("forget refused", within="forget_dialog")
    reader.write("forget_number", "")
    reader.write("forget_name", "Lieve Voorbeeldt")
    reader.press("care_ok")
    reader.hear(texts("care.forget.preview", count=1))
