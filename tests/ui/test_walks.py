"""The whole window, driven by its object names: every pair, every change, every refusal."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from ccinc_wizard.domain.answers import Answers
from tests.expected_links import EXPECTED_LINKS
from tests.ui.conftest import Driver

NAMES = {
    "vlaamse-gemeente": "Torhout",
    "brusselse-gemeente": "Etterbeek",
    "agb": "AGB De Proefzaal",
    "economische-actor": "Het Verzonnen Podium vzw",
}
PAIRS = sorted(EXPECTED_LINKS)
LABEL_DUE = {"brusselse-gemeente", "economische-actor"}


@pytest.mark.parametrize(("authority", "role"), PAIRS)
def test_form_route_shows_the_exact_link(window: Driver, authority: str, role: str) -> None:
    window.walk("form", role, authority, NAMES[authority])
    assert window.text("form_link") == EXPECTED_LINKS[authority, role]
    assert window.shows("label_notice") == (authority in LABEL_DUE)
    assert not window.shows("manual_steps")


@pytest.mark.parametrize("situation", ["manual", "task"])
@pytest.mark.parametrize("authority", sorted(NAMES))
def test_other_routes_show_steps_and_no_link(window: Driver, situation: str, authority: str) -> None:
    window.walk(situation, "raadpleger", authority, NAMES[authority])
    assert window.shows("manual_steps")
    assert not window.shows("form_link")
    assert window.shows("label_notice") == (authority in LABEL_DUE)
    assert window.shows("step_label") == (authority in LABEL_DUE)


def test_every_change_from_the_check_page_equals_a_fresh_run(window: Driver) -> None:
    """All 64 changes between the eight combinations."""
    window.walk("form", "invoerder", "agb", "De Proefzaal", to="check")
    for start in PAIRS:
        for target in PAIRS:
            for authority, role in (start, target):
                window.click("change_authority")
                window.click(f"authority_{authority.replace('-', '_')}")
                window.next()
                window.click("change_role")
                window.click(f"role_{role}")
                window.next()
                assert window.page == "page_check"
            window.next()
            assert window.text("form_link") == EXPECTED_LINKS[target]
            assert window.shows("label_notice") == (target[0] in LABEL_DUE)
            window.click("back_button")


def test_next_is_never_disabled_and_says_what_is_missing(window: Driver) -> None:
    for fields, answer in (
        (["situation"], lambda: window.click("situation_manual")),
        (["applicant_name", "register_number"], lambda: _fill_applicant(window)),
        (["role"], lambda: window.click("role_invoerder")),
        (["authority"], lambda: window.click("authority_agb")),
    ):
        window.next()
        summary = window.find("error_summary")
        assert window.window.focusWidget() is summary
        for field in fields:
            assert window.text(f"{field}_error")
            assert window.text(f"{field}_error") in summary.accessibleName()
        window.click("error_line_1")
        assert window.window.focusWidget() is not summary
        answer()
        if window.page != "page_authority":
            window.next()
    window.next()
    assert window.text("authority_name_error")


def _fill_applicant(window: Driver) -> None:
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.type("register_number", "85073003328")


def test_a_wrong_region_is_stopped_and_corrected_by_one_click(window: Driver) -> None:
    window.walk("manual", "invoerder", "vlaamse-gemeente", "Etterbeek", to="check")
    assert window.shows("finding_wrong_region")
    window.next()
    assert window.page == "page_check"
    assert window.shows("error_summary")
    window.click("correct_wrong_region")
    assert not window.shows("finding_wrong_region")
    window.next()
    window.until(lambda: window.page == "page_result")
    assert window.shows("label_notice")


@pytest.mark.parametrize(
    ("page", "choice"),
    [("role", "role_unknown"), ("authority", "authority_unknown"), ("authority", "authority_none")],
)
def test_honest_ignorance_leads_to_help(window: Driver, page: str, choice: str) -> None:
    window.click("situation_form")
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.next()
    if page == "authority":
        window.click("role_raadpleger")
        window.next()
    window.click(choice)
    window.next()
    assert window.page == "page_result"
    assert window.shows("referral_text")
    assert window.shows("contacts")
    assert not window.shows("form_link")
    assert not window.shows("save_button")
    window.click("back_button")
    assert window.page == f"page_{page}"


def test_number_is_not_asked_where_it_is_not_needed(window: Driver) -> None:
    window.click("situation_form")
    window.next()
    assert not window.shows("register_number")
    window.click("number_wanted")
    window.type("register_number", "85.07.30-033.29")
    assert window.text("register_number_error")


def test_number_is_masked_laid_out_and_revealed_on_request(window: Driver) -> None:
    window.click("situation_manual")
    window.next()
    field = window.find("register_number")
    assert isinstance(field, QLineEdit)
    QApplication.clipboard().setText("８５０７３０03328")
    field.paste()
    assert field.text() == "85.07.30-033.28"
    assert field.echoMode() is QLineEdit.EchoMode.Password
    window.click("reveal_button")
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.next()
    window.click("back_button")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.text() == "85.07.30-033.28"


def test_a_paste_at_any_cursor_place_works(window: Driver) -> None:
    window.click("situation_manual")
    window.next()
    field = window.find("register_number")
    assert isinstance(field, QLineEdit)
    for place in range(5):
        window.type("register_number", "8507")
        field.setCursorPosition(place)
        field.selectAll()
        QApplication.clipboard().setText(" 85 07 30 033 28\n")
        field.paste()
        assert field.text() == "85.07.30-033.28"


def test_random_walks_lose_no_answer(window: Driver) -> None:
    """Next, back, change and edit in any order: what the session holds is what the pages show."""
    dice = random.Random(20261124)
    window.walk("form", "invoerder", "agb", "De Proefzaal", to="check")
    for _ in range(400):
        before = window.window.session.answers
        move = dice.choice(["next", "back", "change", "edit"])
        if move == "next" and window.page != "page_result":
            window.next()
        elif move == "back" and window.shows("back_button"):
            window.click("back_button")
        elif move == "change" and window.page == "page_check":
            window.click(dice.choice(["change_role", "change_authority", "change_authority_name", "change_situation"]))
        elif move == "edit":
            _edit_something(window, dice)
            continue
        assert _kept(window.window.session.answers) == _kept(before)


def _edit_something(window: Driver, dice: random.Random) -> None:
    if window.page == "page_role":
        window.click(dice.choice(["role_invoerder", "role_raadpleger"]))
    elif window.page == "page_authority":
        window.click(dice.choice(["authority_agb", "authority_economische_actor"]))
    elif window.page == "page_situation":
        window.click(dice.choice(["situation_form", "situation_task"]))


def _kept(answers: Answers) -> dict[str, str]:
    # Whether one is administrator may be filled in from what was said before.
    return {name: value for name, value in answers.draft().items() if name != "administrator"}


@pytest.mark.parametrize(
    ("typed", "place", "keys", "shown", "cursor"),
    [
        ("850730", 1, "9", "89.50.73-0", 2),
        ("850730", 2, "9", "85.90.73-0", 4),
        ("85073003328", 5, "\b", "85.03.00-332.8", 4),
        ("85073003328", 3, "\b", "80.73.00-332.8", 1),
        ("85073003328", 3, "\b\b", "07.30.03-328", 0),
        ("85073003328", 0, "12", "1285.07.30-033.28", 2),
        ("", 0, "85.07.30-", "85.07.30", 8),
    ],
)
def test_the_cursor_stays_where_one_types(
    window: Driver, typed: str, place: int, keys: str, shown: str, cursor: int
) -> None:
    window.click("situation_manual")
    window.next()
    window.type("register_number", typed)
    field = window.find("register_number")
    assert isinstance(field, QLineEdit)
    field.setCursorPosition(place)
    window.qtbot.keyClicks(field, keys)
    assert (field.text(), field.cursorPosition()) == (shown, cursor)
