"""Training in the window: the side panel, and one training screen at a time beside the wizard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ccinc_wizard.content.scenarios import TrainingWords
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.training.grading import draw
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.dialogs import ask
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.undo import Offer, offer
from ccinc_wizard.ui.kit.widgets import press_focused, reading_width
from ccinc_wizard.ui.kit.window_geometry import keep_whole
from ccinc_wizard.ui.training.exercises import Beyond, Chooser, read_scenarios
from ccinc_wizard.ui.training.panel import Presenter, SidePanel, Watcher
from ccinc_wizard.ui.training.practice_view import PracticeView
from ccinc_wizard.ui.training.results import Feedback, Results, certificate
from ccinc_wizard.ui.training.session import Played, TrainingSession, reset
from ccinc_wizard.ui.wizard.paper import write_pdf

_WIDTH = 170


class TrainingView(QWidget):
    """Holds the window's views and shows the room's own among them."""

    def __init__(
        self,
        session: TrainingSession,
        views: QStackedWidget,
        show_wizard: Callable[[], None],
        show_title: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.setObjectName("training_desk")
        self._session, self._views, self._room = session, views, session.room
        self._services, self._texts = session.services, session.services.texts
        self._show_wizard, self._show_title = show_wizard, show_title
        self._shown: TitledView | None = None
        self._panel = SidePanel(self._services, self._room)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(views, 1)
        layout.addWidget(self._panel)
        Watcher(self._room, self._texts, self)
        self._panel.chooser_wanted.connect(self.stop)
        self._panel.wizard_wanted.connect(show_wizard)
        self._panel.practice_wanted.connect(self.show_practice)
        self._panel.presenter_wanted.connect(self._present)
        self._panel.check_wanted.connect(self.hand_in)
        session.beyond_asked.connect(self._show_beyond)
        session.completed.connect(self.show_practice)
        # The wizard makes a page when it is first asked for, and Qt would let it have its turn behind the panel.
        session.moved.connect(self._order_tabs)
        if self._room.judged is not None:
            self._show_feedback()

    def showEvent(self, event: QShowEvent) -> None:
        """The pages beside the panel keep the room that they have without it, where the screen allows."""
        super().showEvent(event)
        self._order_tabs()
        window = self.window()
        wanted = reading_width(window, _WIDTH) + self._panel.width()
        if not window.isMaximized() and window.width() < wanted:
            window.resize(wanted, window.height())
            keep_whole(window)

    def _order_tabs(self) -> None:
        tab_in_reading_order(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as it does in the wizard."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (entered and press_focused(self.window())):
            super().keyPressEvent(event)

    def offer(self) -> None:
        """What there is to practise; an exam under way goes on, as giving it up has a button of its own."""
        if self._room.exam is None:
            self.stop()

    def stop(self) -> None:
        """Give up what is played, which can be taken up again, and show what else there is."""
        played, back = self._room.run, self._way_back()
        self.show_chooser()
        if played is not None:
            offer(self, Offer(lambda texts: texts("undo.stopped"), back))

    def show_chooser(self) -> Chooser:
        """The list of scenarios; what was being played is given up."""
        self._room.leave()
        self._panel.refresh()
        found = read_scenarios(self, self._services)
        view = Chooser(self._services, self._room, found)
        view.chosen.connect(self._begin)
        view.exam_wanted.connect(self._begin_exam)
        view.results_wanted.connect(self.show_results)
        view.reset_wanted.connect(self.reset)
        view.folder_wanted.connect(self._ask_folder)
        self._show(view)
        if found.stopped:
            view.say(self._texts("training.room.stopped"))
        return view

    def show_practice(self) -> None:
        """The drawn screens, as far as they were worked on."""
        if self._room.run is not None:
            self._show(PracticeView(self._services, self._room.run))

    def show_results(self) -> Results:
        """The session's table and plot."""
        view = Results(self._services, self._room)
        view.chooser_wanted.connect(self.show_chooser)
        self._show(view)
        return view

    def show_again(self, view: str) -> None:
        """Open the view of this name, as it was before all were made anew; the feedback opens by itself."""
        again = {
            "training_chooser": self.show_chooser,
            "training_practice": self.show_practice,
            "training_results": self.show_results,
            "training_beyond": self._show_beyond,
        }
        if view in again:
            again[view]()

    def hand_in(self) -> None:
        """Judge the work, once the user says so of one that is not finished."""
        run, texts = self._room.run, self._texts
        if run is None or run.grade(self._session.answers).complete:
            self.check()
            return
        words = {part: texts(f"training.room.hand_in.{part}") for part in ("title", "text", "yes", "no")}
        yes, no = ("cancel_leave", words["yes"]), ("cancel_stay", words["no"])
        ask(self, "cancel_question", words["title"], words["text"], yes=yes, no=no, then=self.check, loses=True)

    def check(self) -> None:
        """Judge the work: feedback follows, or an exam's next scenario."""
        room, session = self._room, self._session
        alone, back = room.exam is None, self._way_back()
        if room.run is None:
            return
        if room.finish(session.answers):
            session.begin()
            self._panel.refresh()
            self._show_feedback()
            if alone:
                offer(self, Offer(lambda texts: texts("undo.exercise"), back))
        else:
            self._start()

    def _way_back(self) -> Callable[[], None]:
        """What takes up again what is played now."""
        room, window, step = self._room, self.window(), self._session.step
        played = room.run, room.results, room.exam
        answers = Answers.from_draft(self._session.answers.draft())

        def back() -> None:
            # In the view that is there by then: another language makes it anew.
            view = next(view for view in window.findChildren(TrainingView) if view.isVisible())
            view._take_back(played, answers, step)

        return back

    def _take_back(self, played: Played, answers: Answers, step: StepId) -> None:
        self._room.take_back(*played)
        self._session.bring_back(answers, step)
        self._panel.refresh()
        self._show_wizard()
        self._order_tabs()

    def reset(self) -> None:
        """Empty all that training wrote, in one go."""
        self._room.leave()
        self._session.begin()
        texts = self._texts
        view = self.show_chooser()
        self._session.worker.run_closed(
            lambda: reset(self._services.paths),
            done=lambda _: view.say(texts("training.room.reset_done")),
            failed=lambda error: view.say(texts("training.room.reset_failed", reason=str(error)), "error"),
        )

    def use_folder(self, folder: Path) -> None:
        """Read a trainer's own scenarios from here, too, from now on."""
        self._services.remember(scenario_folder=str(folder))
        self.show_chooser()

    def save_certificate(self, path: Path) -> None:
        """Write the last exam's certificate as PDF. Raises OSError."""
        if self._room.judged is not None:
            today = dt.date.today()  # noqa: DTZ011
            write_pdf(certificate(self._texts, self._room.judged.result, today), path)

    def _begin(self, scenario_id: str) -> None:
        if (scenario := read_scenarios(self, self._services).find(scenario_id)) is not None:
            self._play(scenario)

    def _begin_exam(self, seed: int, count: int) -> None:
        self._room.begin_exam(seed, draw(read_scenarios(self, self._services).scenarios, seed, count))
        self._start()

    def _play(self, scenario: Scenario) -> None:
        self._room.begin(scenario)
        self._start()

    def _start(self) -> None:
        self._session.begin()
        self._panel.refresh()
        self._show_wizard()
        self._order_tabs()

    def _show(self, view: TitledView) -> None:
        old, self._shown = self._shown, view
        self._views.addWidget(view)
        self._views.setCurrentWidget(view)
        if old is not None:
            self._views.removeWidget(old)
            old.deleteLater()
        self._show_title(view.title.text())
        self._order_tabs()
        view.focus_first()

    def _show_beyond(self) -> None:
        if self._room.run is not None:
            view = Beyond(self._services, self._room.run)
            view.answered.connect(self._after_beyond)
            view.back_wanted.connect(self._show_wizard)
            self._show(view)

    def _after_beyond(self) -> None:
        self._session.go(StepId.CHECK)
        self._show_wizard()

    def _show_feedback(self) -> None:
        judged = self._room.judged
        if judged is None:
            return
        view = Feedback(self._services, judged)
        view.chooser_wanted.connect(self.show_chooser)
        view.results_wanted.connect(self.show_results)
        view.again_wanted.connect(lambda: self._play(judged.played[0][0]))
        view.next_wanted.connect(lambda: self._play_after(judged.played[0][0]))
        view.certificate_wanted.connect(self._ask_certificate)
        view.presenter_wanted.connect(lambda: Presenter(self._texts, view.slides(), self).open())
        self._show(view)

    def _play_after(self, scenario: Scenario) -> None:
        scenarios = read_scenarios(self, self._services).scenarios
        place = next((number for number, one in enumerate(scenarios) if one.id == scenario.id), -1)
        self._play(scenarios[(place + 1) % len(scenarios)])

    def _present(self) -> None:
        run, texts = self._room.run, self._texts
        if run is None:
            return
        words = TrainingWords(texts, self._services.catalog).of(run.scenario)
        said = texts(f"training.said.{run.scenario.channel}")
        Presenter(texts, [(texts("training.your_role"), words.your_role), (said, words.said)], self).open()

    def _ask_folder(self) -> None:
        if folder := dialogs.ask_folder(self, self._texts("training.room.folder")):
            self.use_folder(folder)

    def _ask_certificate(self) -> None:
        if path := dialogs.ask_save(self, self._texts("training.exam.certificate"), "attest.pdf", "*.pdf"):
            told = dialogs.save(self._texts, path, lambda: self.save_certificate(path))
            if self._shown is not None:
                self._shown.say(*told)
