"""While saving waits for an answer, the window says for whose, offers the copy, and warns who closes it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from ccinc_wizard.app.services import Services
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.wizard import save_panel
from tests.ui.conftest import Driver


@pytest.fixture
def held(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A log that opens only once it is let go."""
    go, real = threading.Event(), services.open_log

    def slow() -> RequestLog:
        go.wait()
        return real()

    monkeypatch.setattr(services, "open_log", slow)
    monkeypatch.setattr(save_panel, "PATIENCE_MS", 10)
    yield go
    go.set()


def test_who_waits_is_told_for_what_and_can_save_a_copy(
    window: Driver, held: threading.Event, services: Services
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    whom = services.texts("log.waits_for.keyring")
    window.until(lambda: whom in window.text("saved_notice"))
    assert window.find("save_copy_button").isEnabled()
    held.set()
    window.until(lambda: bool(window.window.session.saved_reference))
    assert not window.shows("save_copy_button")


def test_closing_in_the_midst_warns_once(window: Driver, held: threading.Event, services: Services) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.window.close()
    assert window.window.isVisible()
    box = window.window.findChild(MessageDialog, "still_saving")
    assert services.texts("log.waits_for.keyring") in box.words
    box.close()
    window.window.close()
    assert not window.window.isVisible()
