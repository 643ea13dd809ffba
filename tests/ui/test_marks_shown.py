"""The window marks what does not stand on the official page, on every page that says such a thing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from tests.content.marks import marked, unmarked
from tests.ui.conftest import Driver


def said(window: Driver) -> list[str]:
    """All that can be read now."""
    shown = [*window.window.findChildren(QLabel), *window.window.findChildren(QAbstractButton)]
    return [part.text() for part in shown if part.isVisible()]


@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_every_page_marks_what_is_not_on_the_official_page(situation: str, window: Driver) -> None:
    window.click(f"situation_{situation}")
    pages: dict[str, list[str]] = {}
    for page in ("situation", "applicant", "role", "authority", "check", "result"):
        if page == "applicant":
            window.type("applicant_name", "Lieve Voorbeeldt")
            if situation == "manual":
                window.type("register_number", "85073003328")
        elif page == "role":
            window.click("role_raadpleger")
        elif page == "authority":
            window.click("authority_economische_actor")
            window.type("authority_name", "Podium Zeven")
        assert window.page == f"page_{page}"
        pages[page] = said(window)
        if page != "result":
            window.next()
            window.until(lambda before=page: window.page != f"page_{before}")
    assert {page: unmarked(lines) for page, lines in pages.items()} == {page: [] for page in pages}
    assert {page for page, lines in pages.items() if marked(lines)} >= {"role", "authority", "check", "result"}
