"""What the window does once its first page is on the screen: all of it may be slow to load."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ccinc_wizard.app import machine
from ccinc_wizard.app.errorlog import ErrorLog
from ccinc_wizard.app.paths import TRAINING_LOCK, WINDOW_LOCK
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.kit.dialogs import ask, tell
from ccinc_wizard.ui.kit.drawing import program_icon
from ccinc_wizard.ui.kit.spoken import give_roles, keep_focus_in_sight
from ccinc_wizard.ui.kit.theme import apply_theme
from ccinc_wizard.ui.kit.widgets import plain
from ccinc_wizard.ui.kit.window_geometry import keep_whole
from ccinc_wizard.ui.log.reminders import tell_elsewhere
from ccinc_wizard.ui.shell import closing, places
from ccinc_wizard.ui.shell.help import DiagnosticsWindow
from ccinc_wizard.ui.shell.main_window import MainWindow
from ccinc_wizard.ui.shell.one_window import OneWindow, Wish, bring_forward
from ccinc_wizard.ui.shell.unexpected import TroubleWindow, Unexpected


def go_on(window: MainWindow, guards: ExitStack) -> None:
    """Fill the menus, watch for errors and other starts, load the facts, look after the log."""
    # Before anything can be typed.
    machine.leave_no_dumps()
    give_roles()
    QApplication.setWindowIcon(program_icon())
    window.fill_menus()
    keep_whole(window)
    if not _guard(window, guards):
        window.close()
        return
    _follow_session(window)
    keep_focus_in_sight(QApplication.instance())
    places.watch_mouse(window)
    window.follow_desktop()
    window.translate_qt()
    if _load_facts(window):
        window.helpdesk.open()
        window.offer_exercises()
    window.look_after_log()


def _follow_session(window: MainWindow) -> None:
    if isinstance(app := QApplication.instance(), QApplication):
        app.commitDataRequest.connect(lambda _: closing.end_session(window))


def is_first(services: Services) -> bool:
    """Whether this start opens a window; else the one that is open on these data comes forward and follows it.

    While one works in another mode, a start for training opens a window apart, unless there is one already.
    """
    mode, language = services.asked
    first, services.apart = _claim(services, WINDOW_LOCK, Wish(mode, language))
    if services.apart or (first and services.mode is Mode.TRAINING):
        first, _ = _claim(services, TRAINING_LOCK, Wish(language=language))
    return first


def _claim(services: Services, lock: str, wish: Wish) -> tuple[bool, bool]:
    """Whether nobody holds this lock, and whether who does asks for a window apart."""
    only = OneWindow(services.paths.data / lock)
    first = only.is_first(wish)
    only.release()
    return first, only.apart


def _guard(window: MainWindow, guards: ExitStack) -> bool:
    """Watch for errors and further starts. False when another start was quicker."""
    lock = TRAINING_LOCK if window.services.apart else WINDOW_LOCK
    # A window that did not answer before the first paint is not waited for again.
    only, unexpected = OneWindow(window.services.paths.data / lock, patience=0), Unexpected(window)
    mode, language = window.services.asked
    if not only.is_first(Wish(mode, language)):
        return False
    window.claim = only
    guards.callback(only.release)
    only.listen(partial(follow, window))
    tell = partial(_tell_elsewhere, window, only)
    window.filled.connect(tell)
    only.take_over(tell)
    tell()
    guards.callback(unexpected.remove)
    unexpected.install()
    return True


def _tell_elsewhere(window: MainWindow, only: OneWindow) -> None:
    tell_elsewhere(window.services.texts, window.above, only.elsewhere)


def follow(window: MainWindow, wish: Wish) -> bool:
    """Come forward in the mode and language that another start asked for. False where training wants a window apart."""
    if wish.mode is Mode.TRAINING and window.services.mode is not Mode.TRAINING:
        return False
    bring_forward(window)
    # The start that asks waits for an answer.
    QTimer.singleShot(0, window, partial(_switch, window, wish))
    return True


def _switch(window: MainWindow, wish: Wish) -> None:
    services = window.services
    if (asking := QApplication.activeModalWidget()) is not None:
        # What is asked is answered first.
        asking.destroyed.connect(lambda: QTimer.singleShot(0, window, partial(_switch, window, wish)))
        return
    if wish.language and wish.language != services.texts.language and not services.is_fixed("language"):
        window.set_language(wish.language)
    if wish.mode is None or wish.mode is services.mode or services.is_fixed("mode"):
        return
    go = partial(places.choose_mode, window, wish.mode)
    if not _at_work(window):
        go()
        return
    texts = services.texts
    ask(
        window,
        "follow_question",
        texts("app.follow.title"),
        texts("app.follow.text", mode=plain(texts(f"app.action_mode_{wish.mode}"))),
        yes=("follow_switch", texts("app.follow.switch")),
        no=("follow_stay", texts("app.follow.stay")),
        then=go,
        loses=True,
    )


def _at_work(window: MainWindow) -> bool:
    """Whether another mode would take its user away from something: a half-finished request, a list, an exercise."""
    view = window.present_view()
    elsewhere = view not in (window.wizard, window.helpdesk.desk) and view.objectName() != "log_view"
    return window.session.unfinished or elsewhere


def _load_facts(window: MainWindow) -> bool:
    """Whether the facts are there; if they are refused, the program ends."""
    services = window.services
    try:
        services.catalog, services.municipalities  # noqa: B018
    except (ContentError, FileNotFoundError) as error:
        refuse(services, str(error))
        QApplication.exit(1)
        return False
    return True


def tell_that_it_stops(app: QApplication, services: Services, error: Exception) -> None:
    """The window could not be made: say why, and what helps."""
    apply_theme(app, services.settings.theme)
    if isinstance(error, ContentError | FileNotFoundError):
        refuse(services, str(error))
        return
    errors = ErrorLog(services.paths.data)
    if (fault := errors.take(error)) is not None:

        def copy(parent: QWidget) -> None:
            DiagnosticsWindow(services, errors, "not opened", parent).open()

        TroubleWindow(services.texts, fault, copy, None, starting=True).exec()


def refuse(services: Services, why: str) -> None:
    """Say that the facts are damaged: the program shows no doubtful link."""

    texts = services.texts
    title, text = texts("app.refused.title"), texts("app.refused.text", why=why)
    tell(None, "catalog_refused", title, text, texts("care.close")).exec()
