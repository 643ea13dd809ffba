"""The log of requests: search, one request, and the dialogs that look after the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccinc_wizard.content.texts import Texts

if TYPE_CHECKING:
    from tests.accessibility.reader import Reader


def walk(reader: Reader, language: str) -> None:
    """A log with three requests, of which one is followed up."""
    texts = Texts(language)
    menus = {key: texts(key).replace("&", "") for key in ("app.menu.requests", "app.action_log", "care.menu")}
    reader.choose(menus["app.menu.requests"], menus["app.action_log"])
    reader.need("log_view")
    reader.hear(texts("logview.found", count=3))
    reader.look("log", tab=True)
    reader.write("log_search", "Torhout")
    reader.hear(texts("logview.found_one"))
    reader.look("log searched")
    _details(reader, texts)
    for dialog, named, ended in (("retention", "retention_names", "preview"), ("forget", "forget_name", "")):
        reader.choose(menus["care.menu"], texts(f"care.action_{dialog}").replace("&", ""))
        reader.need(named)
        if ended:
            reader.hear(texts("care.retention.nothing"))
        reader.look(dialog, within=f"{dialog}_dialog", tab=True)
        if dialog == "forget":
            _forget(reader, texts)
        reader.press("care_cancel")
        reader.gone(f"{dialog}_dialog")


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
