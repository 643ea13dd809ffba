"""What could be a register number is told beside its field as one types, before anything is kept."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.register_number import MASK
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told."""
    said: list[str] = []

    def note(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return said


TYPED = ["85.07.30-033.29", "85,07,30 : 033", "30/07/1985 volgnummer 033"]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize(("page", "field"), [("applicant", "applicant_name"), ("authority", "authority_name")])
def test_the_wizard_tells_it_while_one_types(
    window: Driver, page: str, field: str, typed: str, heard: list[str]
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.click(f"change_{field}")
    assert window.page == f"page_{page}"
    window.type(field, f"Lieve {typed}")
    told = window.text(f"{field}_error")
    assert "Lieve •" in told
    assert "033" not in told
    assert len([said for said in heard if "Lieve •" in said]) == 1, "not with each further key"
    window.next()
    assert window.page == f"page_{page}"
    window.type(field, "Lieve Peeters, 0485 12 34 56" if page == "authority" else "Lieve Peeters")
    assert not window.shows(f"{field}_error")


@pytest.mark.parametrize("typed", TYPED)
def test_a_note_in_the_log_waits_to_be_worded_otherwise(
    window: Driver, services: Services, typed: str, heard: list[str]
) -> None:
    with services.open_log() as log:
        reference = log.save(request("Lieve Voorbeeldt")).reference
    window.window.show_log()
    window.until(lambda: window.find("log_table").model().rowCount() == 1)
    window.find("log_table").selectRow(0)
    window.until(lambda: window.shows("log_note"))
    window.type("log_note", f"belt terug {typed}")
    assert f"belt terug {MASK}" in window.text("log_note_error")
    assert len([said for said in heard if "belt terug" in said]) == 1
    window.click("log_add_note")
    window.type("log_note", "belt terug op 0485 12 34 56")
    assert not window.shows("log_note_error")
    window.click("log_add_note")
    window.until(lambda: window.text("log_note") == "")
    with services.open_log() as log:
        assert [event.note for event in log.events(reference) if event.note] == ["belt terug op 0485 12 34 56"]


@pytest.mark.parametrize("typed", TYPED)
def test_the_call_desk_says_what_it_takes_out(desk: Desk, typed: str, heard: list[str]) -> None:
    note = desk.find("call_note")
    assert isinstance(note, QPlainTextEdit)
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    note.setFocus()
    desk.qtbot.keyClicks(note, f"belt terug {typed}")
    assert f"belt terug {MASK}" in desk.text("call_note_error")
    assert desk.calls.call.note == f"belt terug {MASK}"
    assert len([said for said in heard if "belt terug" in said]) == 1
    desk.find("call_organisation").setFocus()
    QApplication.processEvents()
    assert note.toPlainText() == f"belt terug {MASK}"
    assert desk.shows("call_note_error")
    desk.qtbot.keyClicks(desk.find("call_organisation"), f"AGB {typed}")
    assert f"AGB {MASK}" in desk.text("call_organisation_error")
    assert len([said for said in heard if "AGB" in said]) == 1
    desk.ctrl("n")
    assert not desk.shows("call_note_error")
    assert not desk.shows("call_organisation_error")
