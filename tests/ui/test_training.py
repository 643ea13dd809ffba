"""Scenarios played through the window as a trainee plays them: the real pages, the drawn screens, the feedback."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QWidget

from ccinc_wizard.domain.enums import NoChoice
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.training import practice as do
from ccinc_wizard.domain.training.enums import Graded
from ccinc_wizard.domain.training.practice import GrantForm, ScreenAction
from ccinc_wizard.domain.training.scenario import ASKED, Scenario
from ccinc_wizard.ui.training.session import TrainingRoom, TrainingSession
from tests.training.conftest import reader, scenario_set, scenarios  # noqa: F401
from tests.training.test_played import IDS
from tests.training.trainee import SLIPS, Slip, solution
from tests.ui.conftest import Driver
from tests.ui.keys import Keys


class Trainee:
    """Plays one scenario by the object names, with at most one thing done differently."""

    def __init__(self, driver: Driver, scenario: Scenario) -> None:
        self.driver, self.scenario = driver, scenario
        self.actions: Iterable[ScreenAction] = solution(scenario)
        right = scenario.right_answers()
        self.answers = {
            Graded.SITUATION: str(right.situation),
            Graded.APPLICANT_NAME: right.applicant_name,
            Graded.REGISTER_NUMBER: right.number_text,
            Graded.ROLE: str(right.role),
            Graded.AUTHORITY: str(right.authority),
            Graded.AUTHORITY_NAME: right.authority_name,
            Graded.LABEL_DUE: "yes" if scenario.right.label_due else "no",
            Graded.MODULE: scenario.right.module,
        }

    def start(self) -> None:
        """Choose the scenario from the list."""
        driver = self.driver
        driver.window.train()
        QApplication.processEvents()
        chosen = driver.find("training_scenarios")
        assert isinstance(chosen, QListWidget)
        titles = [chosen.item(line).text() for line in range(chosen.count())]
        chosen.setCurrentRow(titles.index(self.scenario.words["nl"].title))
        driver.click("training_play")
        assert driver.page == "page_situation"

    def play(self) -> None:
        """From the first page to the feedback."""
        self.walk()
        self.practise()
        exam = room(self.driver).exam
        ends = exam is not None and exam.at_end
        self.driver.click("training_check")
        if ends:
            self.driver.click("cancel_leave")

    def type(self, name: str, text: str) -> None:
        """Key by key, or all at once what Qt's test keyboard has no keys for."""
        if text.isascii():
            self.driver.type(name, text)
            return
        field = self.driver.find(name)
        assert isinstance(field, QLineEdit)
        field.clear()
        field.insert(text)
        field.textEdited.emit(text)

    def walk(self) -> None:
        """Answer the wizard's pages, and the two questions before the check page."""
        driver, answers = self.driver, self.answers
        driver.click(f"situation_{answers[Graded.SITUATION]}")
        driver.next()
        self.type("applicant_name", answers[Graded.APPLICANT_NAME])
        if number := answers[Graded.REGISTER_NUMBER]:
            if driver.shows("number_wanted"):
                driver.click("number_wanted")
            driver.type("register_number", number)
        driver.next()
        driver.click(f"role_{answers[Graded.ROLE]}")
        driver.next()
        if driver.page == "page_result":
            return
        authority = answers[Graded.AUTHORITY]
        driver.click(f"authority_{authority.replace('-', '_')}")
        if authority not in list(NoChoice):
            self.type("authority_name", answers[Graded.AUTHORITY_NAME])
        driver.next()
        if driver.page == "page_result":
            return
        self.answer_beyond()
        QApplication.processEvents()
        assert driver.page == "page_check"

    def answer_beyond(self) -> None:
        """Label and module."""
        driver = self.driver
        driver.click(f"training_label_{self.answers[Graded.LABEL_DUE]}")
        modules = driver.find("training_beyond").findChildren(QWidget)
        wanted = self.answers[Graded.MODULE]
        made = next(one for one in modules if one.isVisible() and getattr(one, "text", str)() == wanted)
        driver.click(made.objectName())
        driver.click("training_beyond_next")

    def practise(self) -> None:
        """Carry the actions out on the drawn screens."""
        self.driver.click("training_practice_button")
        for action in self.actions:
            self.act(action)

    def act(self, action: ScreenAction) -> None:
        """One action by the control that stands for it."""
        driver = self.driver
        plain = {
            do.GoHome: "go_home", do.OpenGrant: "open_grant", do.OpenNewPerson: "open_new_person",
            do.OpenTasks: "open_tasks", do.OpenLabel: "open_label", do.ConfirmGrant: "confirm",
            do.OpenTask: "open_task", do.Approve: "approve", do.Reject: "reject",
        }  # fmt: skip
        if isinstance(action, do.GoHome) and not driver.shows("training_go_home"):
            return
        if type(action) in plain:
            driver.click(f"training_{plain[type(action)]}")
        elif isinstance(action, do.Search):
            driver.type(f"training_field_{action.by}", action.text)
            driver.click(f"training_search_{action.by}")
        elif isinstance(action, do.Pick):
            driver.click(f"training_pick_{action.index}")
        elif isinstance(action, do.EnterNumber):
            driver.type("training_field_number", action.text)
            driver.click("training_next")
        elif isinstance(action, do.ConfirmPerson):
            driver.type("training_field_reason", action.reason)
            driver.click("training_confirm")
        elif isinstance(action, do.LinkOrganisation | do.RequestLabel):
            self.choose_organisation(action.organisation)
            driver.click("training_confirm" if isinstance(action, do.LinkOrganisation) else "training_request_label")
        else:
            assert isinstance(action, do.FillIn)
            self.fill_in(action.form)

    def choose_organisation(self, name: str) -> None:
        run = room(self.driver).run
        assert run is not None
        self.driver.click(f"training_organisation_{run.practice.world.organisations.index(name)}")

    def fill_in(self, form: GrantForm) -> None:
        run = room(self.driver).run
        assert run is not None
        self.choose_organisation(form.organisation)
        self.driver.click(f"training_role_{form.role}")
        for module in sorted(form.modules):
            self.driver.click(f"training_module_{run.practice.world.modules.index(module)}")


def room(driver: Driver) -> TrainingRoom:
    session = driver.window.session
    assert isinstance(session, TrainingSession)
    return session.room


def standing(driver: Driver, question: Graded) -> set[str]:
    """How a question stands on the feedback that is shown."""
    cards = driver.window.findChildren(QFrame, f"training_verdict_{question}")
    return {str(card.property("standing")) for card in cards if card.isVisible()}


@pytest.fixture
def trainee(window: Driver, scenarios: dict[str, Scenario]) -> Callable[[str], Trainee]:  # noqa: F811
    def begin(scenario_id: str) -> Trainee:
        made = Trainee(window, scenarios[scenario_id])
        made.start()
        return made

    return begin


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_perfect_trainee_has_100(trainee: Callable[[str], Trainee], scenario_id: str) -> None:
    played = trainee(scenario_id)
    played.play()
    judged = room(played.driver).judged
    assert judged is not None
    assert judged.result.score == 100
    assert standing(played.driver, Graded.PRACTICE) == {"right"}


KINDS = [
    ("gewone-aanvraag", Graded.SITUATION), ("formulier-al-ingevuld", Graded.REGISTER_NUMBER),
    ("voorzitter-kijkt-mee", Graded.ROLE), ("van-de-stad", Graded.AUTHORITY),
    ("bijna-dezelfde-gemeente", Graded.AUTHORITY_NAME), ("van-de-stad", Graded.LABEL_DUE),
    ("tweede-module", Graded.MODULE),
]  # fmt: skip


@pytest.mark.parametrize(("scenario_id", "question"), KINDS)
def test_a_listed_mistake_is_found_and_explained(
    trainee: Callable[[str], Trainee], scenario_id: str, question: Graded
) -> None:
    played = trainee(scenario_id)
    listed = [one for one in played.scenario.mistakes if one.question is question]
    assert listed, [one.question for one in played.scenario.mistakes]
    answer = listed[0].answers[0]
    played.answers[question] = played.scenario.person.number if answer == ASKED else answer
    played.play()
    shown = played.driver.find("training_feedback")
    told = played.scenario.words["nl"].mistakes[listed[0].id]
    assert any(told in card.accessibleName() for card in shown.findChildren(QFrame))
    assert standing(played.driver, question) == {"wrong"}
    judged = room(played.driver).judged
    assert judged is not None
    assert judged.result.score < 100


@pytest.mark.parametrize("slip", ["searched-by-name", "wrong-person"])
def test_a_slip_on_the_drawn_screens_is_found(trainee: Callable[[str], Trainee], slip: str) -> None:
    played = trainee("gewone-aanvraag")
    played.actions = SLIPS[Slip(slip)](played.scenario)
    played.play()
    assert standing(played.driver, Graded.PRACTICE) == {"wrong"}


def test_the_wizard_itself_goes_on_to_the_drawn_screens(trainee: Callable[[str], Trainee]) -> None:
    played = trainee("gewone-aanvraag")
    played.walk()
    driver = played.driver
    driver.click("administrator_yes")
    driver.next()
    driver.until(lambda: driver.page == "page_result")
    answers = driver.window.session.answers
    driver.next()
    assert driver.shows("training_practice")
    assert driver.window.session.answers == answers


def test_the_number_is_heard_first_and_read_from_the_card_when_asked_again(
    trainee: Callable[[str], Trainee],
) -> None:
    played = trainee("tikfout")
    person = played.scenario.person
    assert person.number_heard
    assert not played.driver.shows("training_number")
    played.driver.click("training_ask_number")
    assert person.number_heard in played.driver.text("training_number")
    played.driver.click("training_ask_number")
    assert person.number in played.driver.text("training_number")


def test_label_and_module_are_asked_once_and_before_the_check_page(trainee: Callable[[str], Trainee]) -> None:
    played = trainee("bis-nummer")
    driver = played.driver
    played.walk()
    driver.click("change_authority")
    driver.next()
    assert driver.page == "page_check"
    assert not driver.shows("training_beyond")


def walk_to_beyond(played: Trainee) -> None:
    """Up to the two questions before the check page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(played, "answer_beyond", lambda: None)
        with pytest.raises(AssertionError):
            played.walk()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_small_laptop_shows_both_questions_and_the_way_on(trainee: Callable[[str], Trainee], language: str) -> None:
    """1366 by 768 pixels at 150 per cent, less a frame and a task bar."""
    played = trainee("gewone-aanvraag")
    driver = played.driver
    driver.window.resize(894, 460)
    walk_to_beyond(played)
    driver.window.set_language(language)
    driver.until(lambda: driver.shows("training_beyond_next"))
    on = driver.find("training_beyond_next")
    driver.until(lambda: on.visibleRegion().boundingRect() == on.rect())


def test_an_answer_before_the_check_page_stays_in_another_language_and_on_the_way_back(
    trainee: Callable[[str], Trainee],
) -> None:
    played = trainee("gewone-aanvraag")
    driver = played.driver
    walk_to_beyond(played)
    driver.click("training_label_no")
    driver.window.set_language("fr")
    driver.until(lambda: driver.shows("training_beyond_next"))
    assert driver.find("training_label_no").property("checked")
    driver.click("training_beyond_back")
    driver.next()
    driver.until(lambda: driver.shows("training_beyond_next"))
    assert driver.find("training_label_no").property("checked")
    driver.click("training_beyond_next")
    assert not driver.shows("training_label_error")
    assert driver.shows("training_module_error")


def test_going_on_without_an_answer_says_what_is_missing(trainee: Callable[[str], Trainee]) -> None:
    played = trainee("gewone-aanvraag")
    walk_to_beyond(played)
    played.driver.click("training_beyond_next")
    assert played.driver.text("training_label_error")
    assert played.driver.window.session.step is StepId.AUTHORITY
    played.answer_beyond()
    assert played.driver.page == "page_check"


def test_label_and_module_are_answered_by_digits_and_enter_as_in_the_wizard(
    trainee: Callable[[str], Trainee],
) -> None:
    played = trainee("gewone-aanvraag")
    played.answer_beyond = lambda: None  # type: ignore[method-assign]
    with pytest.raises(AssertionError):
        played.walk()
    keys = Keys(played.driver.window)
    keys.press(Qt.Key.Key_2)
    assert played.driver.find("training_label_no").property("checked")
    keys.enter()
    assert played.driver.text("training_module_error")
    keys.press(Qt.Key.Key_1)
    keys.enter()
    assert played.driver.page == "page_check"
    assert played.driver.shows("page_check")


def test_a_right_that_is_already_held_is_told_by_the_scenario_and_not_by_a_log(
    trainee: Callable[[str], Trainee],
) -> None:
    played = trainee("heeft-al-een-rol")
    played.walk()
    rules = [finding.rule for finding in played.driver.window.session.judgement.findings]
    assert any("role" in rule for rule in rules), rules
    assert not played.driver.window.services.has_log()
    played.driver.next()
    played.driver.until(lambda: played.driver.page == "page_result")
    assert played.driver.text("title_result") == "Er is niets toe te kennen"
    assert played.driver.shows("finding_role_already_granted")


def test_the_language_changes_in_the_middle_and_nothing_is_lost(trainee: Callable[[str], Trainee]) -> None:
    played = trainee("gewone-aanvraag")
    played.walk()
    window = played.driver.window
    window.set_language("fr")
    QApplication.processEvents()
    assert played.driver.text("training_said") == played.scenario.words["fr"].said
    played.practise()
    played.driver.click("training_check")
    judged = room(played.driver).judged
    assert judged is not None
    assert judged.result.score == 100
