"""One role a person, with a log that is slow, that changes meanwhile, or that others write to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from ccinc_wizard.app.interview import LogLookup
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode, Status
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.wizard import session
from tests.requestlog.conftest import DIGITS, request
from tests.ui.conftest import Driver


@pytest.fixture
def as_invoerder(services: Services) -> str:
    """A request in the log for the person of the walks, as Invoerder."""
    with services.open_log() as log:
        return log.save(request(fingerprint=log.fingerprint(DIGITS), role="invoerder")).reference


@pytest.fixture
def slow_log(services: Services, as_invoerder: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """The log with that request answers only once this is set, and nobody has the patience to wait for it."""
    assert as_invoerder
    answers, real = threading.Event(), services.open_log

    def open_slowly() -> RequestLog:
        answers.wait(20)
        return real()

    monkeypatch.setattr(services, "open_log", open_slowly)
    monkeypatch.setattr(session, "PATIENCE_MS", 50)
    yield answers
    answers.set()


def to_result_unasked(window: Driver) -> None:
    """As Raadpleger to the result, past a check page to which the log did not answer in time."""
    window.walk("manual", "raadpleger", "agb", "AGB De Proefzaal", to="check")
    window.click("administrator_yes")
    window.until(lambda: window.window.session.lookup is LogLookup.UNAVAILABLE)
    window.next()
    assert window.page == "page_result"


def test_whoever_withdraws_the_earlier_request_can_go_on(window: Driver, as_invoerder: str, services: Services) -> None:
    window.walk("manual", "raadpleger", "agb", "AGB De Proefzaal", to="check")
    window.until(lambda: window.shows("finding_one_role"))
    window.window.show_log()
    with services.open_log() as log:
        log.change(as_invoerder, Status.WITHDRAWN)
    window.click("log_back_button")
    window.until(lambda: not window.shows("finding_one_role"))
    window.next()
    window.until(lambda: window.page == "page_result")


def test_a_late_answer_that_forbids_the_result_takes_it_back(slow_log: threading.Event, window: Driver) -> None:
    to_result_unasked(window)
    slow_log.set()
    window.until(lambda: window.page == "page_check")
    assert window.shows("finding_one_role")


def test_a_second_role_is_not_saved_even_if_the_log_was_too_slow_to_be_asked(
    slow_log: threading.Event, as_invoerder: str, window: Driver, services: Services
) -> None:
    to_result_unasked(window)
    window.click("save_button")
    slow_log.set()
    window.until(lambda: window.page == "page_check" and window.shows("finding_one_role"))
    window.window.worker.close()
    with services.open_log() as log:
        assert [entry.reference for entry in log.page()] == [as_invoerder]


def test_a_second_role_that_another_desk_saved_meanwhile_stops_the_saving(
    window: Driver, services: Services, request: pytest.FixtureRequest
) -> None:
    window.walk("manual", "raadpleger", "agb", "AGB De Proefzaal")
    reference = request.getfixturevalue("as_invoerder")
    window.click("save_button")
    window.until(lambda: window.page == "page_check" and window.shows("finding_one_role"))
    assert not window.window.session.saved_reference
    window.click("correct_one_role")
    window.until(lambda: window.shows("finding_same_role"))
    window.next()
    window.until(lambda: window.page == "page_result")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    window.window.worker.close()
    with services.open_log() as log:
        assert len(log.page()) == 2
        assert {entry.role for entry in log.page()} == {"invoerder"}
        assert reference in {entry.reference for entry in log.page()}


def test_coming_back_to_a_result_looks_once_more(window: Driver, request: pytest.FixtureRequest) -> None:
    window.walk("manual", "raadpleger", "agb", "AGB De Proefzaal")
    window.window.show_log()
    request.getfixturevalue("as_invoerder")
    window.click("log_back_button")
    window.until(lambda: window.page == "page_check" and window.shows("finding_one_role"))


def test_a_change_of_language_in_the_midst_of_a_change_returns_to_the_check_page(window: Driver) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.click("change_applicant_name")
    window.window.set_language("fr")
    assert window.page == "page_applicant"
    window.until(lambda: window.shows("next_button"))
    window.next()
    assert window.page == "page_check"


def test_what_was_said_of_one_organisation_is_not_said_of_another(window: Driver, services: Services) -> None:
    window.walk("task", "invoerder", "vlaamse-gemeente", "Gent", to="check")
    window.click("administrator_yes")
    window.click("change_authority_name")
    window.type("authority_name", "Aalst")
    window.next()
    answers = window.window.session.answers
    assert answers.administrator is None
    window.click("change_authority_name")
    window.next()
    window.click("administrator_yes")
    window.click("back_button")
    window.next()
    assert window.window.session.answers.administrator == "yes", "the same organisation is not asked again"
    window.next()
    window.until(lambda: window.page == "page_result")
    window.click("save_button")
    window.until(lambda: services.settings.administrator_of == ("Aalst",))


def test_a_known_organisation_says_nothing_of_the_next_one(window: Driver, services: Services) -> None:
    services.remember(administrator_of=("Gent",))
    window.walk("task", "invoerder", "vlaamse-gemeente", "Gent", to="check")
    assert not window.shows("administrator_question")
    window.click("change_authority_name")
    window.type("authority_name", "Aalst")
    window.next()
    assert window.shows("administrator_question")
    assert window.window.session.answers.administrator is None


@pytest.mark.parametrize("name", ["gent", "Stad Gent", "Gand", "9000 Gent"])
def test_a_known_organisation_is_known_by_each_of_its_names(window: Driver, services: Services, name: str) -> None:
    services.remember(administrator_of=("Gent",))
    window.walk("task", "invoerder", "vlaamse-gemeente", name, to="check")
    assert not window.shows("administrator_question")
    assert window.window.session.answers.administrator == "yes"
    window.window.session.mark_saved()
    assert services.settings.administrator_of == ("Gent",)


def test_the_right_name_of_the_same_organisation_keeps_what_was_said(window: Driver) -> None:
    window.walk("task", "invoerder", "vlaamse-gemeente", "Galmaarden", to="check")
    window.click("administrator_yes")
    window.until(lambda: window.shows("correct_official_name"))
    window.click("correct_official_name")
    window.click("back_button")
    window.next()
    assert window.window.session.answers.authority_name == "Pajottegem"
    assert window.window.session.answers.administrator == "yes"


def _question(window: Driver) -> MessageDialog | None:
    boxes = (box for box in window.window.findChildren(MessageDialog, "cancel_question") if box.isVisible())
    return next(boxes, None)


def _answer(window: Driver, choice: str) -> None:
    box = _question(window)
    assert box is not None
    window.click(f"cancel_{choice}")


def test_a_new_request_asks_before_a_number_is_lost(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.window.new_request()
    _answer(window, "stay")
    assert window.window.session.answers.authority_name == "AGB De Proefzaal"
    window.window.new_request()
    _answer(window, "leave")
    assert window.page == "page_situation"
    assert window.window.session.answers.situation is None
    window.window.new_request()
    assert _question(window) is None, "nothing is half answered"
    window.click("situation_task")
    window.window.new_request()
    assert _question(window) is None, "it can be brought back"
    assert window.text("undo_said") == window.window.services.texts("undo.cleared")
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.window.new_request()
    assert _question(window) is None, "there is a result, and its own button does not ask either"


def test_picking_a_logged_request_up_offers_the_half_answered_one_back(window: Driver, services: Services) -> None:
    with services.open_log() as log:
        log.save(request("Uit het logboek"))
    window.click("situation_task")
    window.window.show_log(due=False)
    table = window.window.findChild(type(window.find("log_table")), "log_table")
    assert table is not None
    window.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_pick_up"))
    window.click("log_pick_up")
    assert _question(window) is None
    assert window.window.session.answers.applicant_name == "Uit het logboek"
    assert window.page == "page_check"
    window.click("undo_button")
    assert window.window.session.answers.applicant_name == ""
    assert window.find("situation_task").property("checked")


@pytest.mark.parametrize("end", ["close", "mode"])
def test_a_request_that_is_just_being_saved_does_not_come_back_as_a_draft(
    window: Driver, services: Services, end: str
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.window.save_draft()
    draft = services.paths.draft(Mode.ADMIN)
    assert draft.exists()
    window.click("save_button")
    ends: dict[str, Callable[[], object]] = {
        "close": window.window.close,
        "mode": lambda: window.window.set_mode(Mode.TRAINING),
    }
    ends[end]()
    assert not draft.exists()
    services.mode = Mode.ADMIN
    with services.open_log() as log:
        assert log.count() == 1


def test_a_log_that_opens_only_after_the_mode_changed_leaves_no_draft_of_what_it_saved(
    window: Driver, services: Services
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    record = window.window.session.record()
    assert record is not None
    services.mode = Mode.TRAINING
    services.save_draft(window.window.session.answers)
    services.mode = Mode.ADMIN
    services.save_draft(window.window.session.answers)
    services.mode = Mode.TRAINING
    window.window.session.mark_saved()
    assert not services.paths.draft(Mode.ADMIN).exists()
    assert services.paths.draft(Mode.TRAINING).exists()
