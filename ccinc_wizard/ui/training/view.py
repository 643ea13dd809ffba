"""Training in the window: the side panel, and one training screen at a time beside the wizard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ccinc_wizard.app.machine import today
from ccinc_wizard.content.scenarios import TrainingWords
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.training.grading import draw
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.actions import Place, listen
from ccinc_wizard.ui.kit.dialogs import ask
from ccinc_wizard.ui.kit.fields import press_digit
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.undo import Offer, offer
from ccinc_wizard.ui.kit.widgets import press_focused, reading_width
from ccinc_wizard.ui.kit.window_geometry import ask_size, keep_whole
from ccinc_wizard.ui.training.exercises import Beyond, Chooser, read_scenarios
from ccinc_wizard.ui.training.panel import Presenter, SidePanel, Watcher
from ccinc_wizard.ui.training.practice_view import PracticeView
from ccinc_wizard.ui.training.results import Feedback, Results, certificate
from ccinc_wizard.ui.training.session import Played, TrainingRoom, TrainingSession, reset
from ccinc_wizard.ui.wizard.paper import write_pdf

_WIDTH = 170
_LOWEST_LINES, _NARROWEST = 3, 60


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
        self._parts = QHBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self._parts.addWidget(views, 2)
        self._parts.addWidget(self._panel)
        Watcher(self._room, self._texts, self)
        self._panel.chooser_wanted.connect(self.stop)
        self._panel.wizard_wanted.connect(show_wizard)
        self._panel.practice_wanted.connect(self.show_practice)
        self._panel.presenter_wanted.connect(self.present)
        self._panel.check_wanted.connect(self.hand_in)
        session.beyond_asked.connect(self._show_beyond)
        session.completed.connect(self.show_practice)
        views.currentChanged.connect(self._place_panel)
        views.currentChanged.connect(self._fit_panel)
        self._fit_panel()
        # The wizard makes a page when it is first asked for, and Qt would let it have its turn behind the panel.
        session.moved.connect(self._order_tabs)
        if self._room.judged is not None:
            self._show_feedback()
        listen(Place.TRAINING, self)

    @property
    def room(self) -> TrainingRoom:
        """What is played, and how it went so far."""
        return self._room

    @property
    def playing(self) -> bool:
        """Whether an exercise or an exam is under way."""
        return self._room.run is not None

    def showEvent(self, event: QShowEvent) -> None:
        """The pages beside the panel keep the room that they have without it, where the screen allows."""
        super().showEvent(event)
        self._order_tabs()
        window = self.window()
        wanted = reading_width(window, _WIDTH) + self._panel.wanted()
        if not window.isMaximized() and window.width() < wanted:
            ask_size(window, wanted, window.height())
            keep_whole(window)

    def minimumSizeHint(self) -> QSize:
        """That of the pages: without room beside them the panel stands below."""
        least = self._views.minimumSizeHint()
        return QSize(max(least.width(), self._panel.wanted()), least.height() + self._lowest_panel())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def _place_panel(self) -> None:
        """Beside the pages where both have room, else below them."""
        pages = max(self._views.minimumSizeHint().width(), reading_width(self, _NARROWEST))
        beside = self.width() >= pages + self._panel.wanted()
        way = self._parts.Direction.LeftToRight if beside else self._parts.Direction.TopToBottom
        if way is not self._parts.direction():
            self._parts.setDirection(way)
            self._parts.setStretchFactor(self._panel, 0 if beside else 1)
            self._panel.stand(0 if beside else self._lowest_panel())

    def _renew_panel(self) -> None:
        self._panel.refresh()
        self._fit_panel()

    def _fit_panel(self) -> None:
        """Beside the other views of training the panel would say nothing, and take a third of a small screen."""
        front = self._views.currentWidget()
        name = front.objectName() if front else "wizard"
        self._panel.follow(name)
        self._panel.setVisible(self.playing or name == "wizard")

    def _lowest_panel(self) -> int:
        return self.fontMetrics().height() * _LOWEST_LINES

    def _order_tabs(self) -> None:
        tab_in_reading_order(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, or goes on, and digits choose: as they do in the wizard."""
        shown = self._shown if self._views.currentWidget() is self._shown else None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            done = press_focused(self.window())
            if not done and isinstance(shown, Beyond) and not event.isAutoRepeat():
                done = True
                shown.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            done = self.leave()
        else:
            done = shown is not None and self._services.settings.letters and press_digit(shown, event)
        if not done:
            super().keyPressEvent(event)

    def leave(self) -> bool:
        """Go back from what stands beside the work: to the wizard, or to what there is to practise."""
        shown = self._shown if self._views.currentWidget() is self._shown else None
        if isinstance(shown, Beyond | PracticeView):
            self._show_wizard()
        elif isinstance(shown, Results):
            self.stop()
        return isinstance(shown, Beyond | PracticeView | Results)

    def offer(self, *, arriving: bool = False) -> None:
        """What there is to practise; an exam under way goes on, as giving it up has a button of its own.

        Whoever comes back from another mode goes on where there is something to lose.
        """
        room = self._room
        stays = arriving and (room.run is not None or room.certificate_due is not None)
        if room.exam is None and not stays:
            self.stop()

    def come_back(self) -> None:
        """From a view beside it to the wizard, or to what was shown where nothing is played."""
        if self._room.run is not None or self._session.unfinished:
            self._show_wizard()
        elif self._shown is None:
            self.offer()
        else:
            self._views.setCurrentWidget(self._shown)
            self._show_title(self._shown.title.text())
            self._shown.focus_first()

    def stop(self) -> None:
        """Leave what is played or an exam's result, either of which can be taken up again, for what else there is."""
        played, judged, back = self._room.run, self._room.judged, self._way_back()
        self.show_chooser()
        if played is not None or (judged is not None and judged.exam):
            told = "undo.stopped" if played else "undo.exam"
            offer(self, Offer(lambda texts: texts(told), back))

    def show_chooser(self) -> Chooser:
        """The list of scenarios; what was being played is given up."""
        self._room.leave()
        self._renew_panel()
        found = read_scenarios(self, self._services)
        view = Chooser(self._services, self._room, found)
        view.chosen.connect(self._begin)
        view.free_wanted.connect(self._show_wizard)
        view.exam_wanted.connect(self._begin_exam)
        view.results_wanted.connect(self.show_results)
        view.reset_wanted.connect(lambda: self._ask(self.reset, "reset_question"))
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
        view.chooser_wanted.connect(self.stop)
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
        """Judge the work, once the user says so of one that is not finished, or that ends an exam."""
        run, exam = self._room.run, self._room.exam
        asked = [] if run is None or run.grade(self._session.answers).complete else ["hand_in"]
        asked += ["hand_in_exam"] if exam is not None and exam.at_end else []
        if asked:
            self._ask(self.check, *asked)
        else:
            self.check()

    def _ask(self, then: Callable[[], object], *asked: str) -> None:
        """Ask what cannot be taken back; of several questions all texts in one, under the last one's title."""
        title, yes, no = (self._texts(f"training.room.{asked[-1]}.{part}") for part in ("title", "yes", "no"))
        told = " ".join(self._texts(f"training.room.{one}.text") for one in asked)
        yes_button, no_button = ("cancel_leave", yes), ("cancel_stay", no)
        ask(self, "cancel_question", title, told, yes=yes_button, no=no_button, then=then, loses=True)

    def check(self) -> None:
        """Judge the work: feedback follows, or an exam's next scenario."""
        room, session = self._room, self._session
        alone, back = room.exam is None, self._way_back()
        if room.run is None:
            return
        if over := room.finish(session.answers):
            session.begin()
            self._renew_panel()
            self._show_feedback()
        else:
            self._start()
        # Whoever has seen an exam's result cannot begin it anew.
        if alone or not over:
            offer(self, Offer(lambda texts: texts("undo.exercise"), back))

    def _way_back(self) -> Callable[[], None]:
        """What takes up again what is played or shown now."""
        again, step, played = self._view_again(), self._session.step, self._room.played
        answers = Answers.from_draft(self._session.answers.draft())

        return lambda: again()._take_back(played, answers, step)

    def _view_again(self) -> Callable[[], TrainingView]:
        """The view that is there by then: another language makes it anew."""
        window = self.window()
        return lambda: next(view for view in window.findChildren(TrainingView) if view.isVisible())

    def _take_back(self, played: Played, answers: Answers, step: StepId) -> None:
        self._room.played = played
        self._session.bring_back(answers, step)
        self._renew_panel()
        if self._room.run is None:
            self._show_feedback()
        else:
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
        again, before = self._view_again(), self._services.settings.scenario_folder
        self._remember_folder(str(folder))
        offer(self, Offer(lambda texts: texts("undo.folder"), lambda: again()._remember_folder(before), "undo.undo"))

    def _remember_folder(self, folder: str) -> None:
        self._services.remember(scenario_folder=folder)
        self.show_chooser()

    def save_certificate(self, path: Path) -> None:
        """Write the last exam's certificate as PDF. Raises OSError."""
        if self._room.judged is not None:
            write_pdf(certificate(self._texts, self._room.judged.result, today()), path)
            self._room.note_certificate()

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
        self._renew_panel()
        self._show_wizard()
        self._order_tabs()
        # Below the pages it scrolls, and followed the focus while its parts were made anew.
        QTimer.singleShot(0, self, lambda: self._panel.verticalScrollBar().setValue(0))

    def _show(self, view: TitledView) -> None:
        old, self._shown = self._shown, view
        self._views.addWidget(view)
        listen(Place.BESIDE, view, self)
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
        view.chooser_wanted.connect(self.stop)
        view.results_wanted.connect(self.show_results)
        view.again_wanted.connect(lambda: self._play(judged.played[0][0]))
        view.next_wanted.connect(lambda: self._play_after(judged.played[0][0]))
        view.certificate_wanted.connect(self._ask_certificate)
        view.presenter_wanted.connect(self.present)
        self._show(view)

    def _play_after(self, scenario: Scenario) -> None:
        scenarios = read_scenarios(self, self._services).scenarios
        place = next((number for number, one in enumerate(scenarios) if one.id == scenario.id), -1)
        self._play(scenarios[(place + 1) % len(scenarios)])

    def present(self) -> None:
        """In large type for a whole room: what is played, else what was judged; or say that there is neither."""
        run, texts, shown = self._room.run, self._texts, self._shown
        if run is None:
            if isinstance(shown, Feedback):
                Presenter(texts, shown.slides(), self).open()
            elif shown is not None:
                self.come_back()
                shown.say(texts("training.room.none_to_show"))
            return
        words = TrainingWords(texts, self._services.catalog).of(run.scenario)
        said = texts(f"training.said.{run.scenario.channel}")
        Presenter(texts, [(texts("training.your_role"), words.your_role), (said, words.said)], self).open()

    def _ask_folder(self) -> None:
        if folder := dialogs.ask_folder(self, self._texts("training.room.folder")):
            self.use_folder(folder)

    def _ask_certificate(self) -> None:
        if path := dialogs.ask_save(self, self._texts("training.exam.certificate"), "attest.pdf", "*.pdf"):
            told = dialogs.save_file(self._texts, path, lambda: self.save_certificate(path))
            if self._shown is not None:
                self._shown.say(*told)
