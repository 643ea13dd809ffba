"""Closing the window, or making its views anew: what that would lose is kept, or named and asked for, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from ccinc_wizard.ui.kit.dialogs import MessageDialog, ask, tell
from ccinc_wizard.ui.kit.fields import content_of, named_fields, put_back
from ccinc_wizard.ui.kit.shell import Holder, Shell
from ccinc_wizard.ui.shell.one_window import bring_forward
from ccinc_wizard.ui.wizard.session import Session

_STOPPED = ("mails",)
"""What is under way in a view that goes: what was typed or answered in it is kept."""
_STOPPED_BY_MODE = ("mails", "change", "ticks")
"""The same, where the log of the mode is closed as well."""


def may_close(shell: Shell, session: Session, holders: Iterable[object]) -> bool:
    """Whether the window closes now; else its user is told why not, or asked.

    Each is said once: a further wish to close, as from a session that ends, is followed.
    """
    if shell.may_lose:
        return True
    if not shell.told_of_saving and _still_saving(shell, session):
        shell.told_of_saving = True
        return False
    asking = shell.frame.findChild(MessageDialog, "close_question")
    lost = unsaved(shell, holders)
    if not lost or (asking is not None and asking.isVisible()):
        return True
    # Should the program be ended while its question stands.
    shell.save_draft()
    if shell.frame.isMinimized():
        bring_forward(shell.frame)
    _ask(shell, "closing", "close", lost, partial(_close, shell))
    return False


def when_nothing_stops(shell: Shell, holders: Iterable[object], then: Callable[[], object], *, mode: bool) -> None:
    """Make the views anew, in another mode perhaps; what that would stop is named first, and goes on if so wished."""
    stopped = [what for what in unsaved(shell, holders) if what in (_STOPPED_BY_MODE if mode else _STOPPED)]
    if stopped:
        _ask(shell, "stopping", "stop", stopped, then)
    else:
        then()


def unsaved(shell: Shell, holders: Iterable[object]) -> list[str]:
    """All that closing would lose of what was typed or answered, each once, by the keys of its words."""
    typed = {"note": "".join(shell.notes.values()), "organisation": shell.organisation}
    found = [what for what, text in typed.items() if text.strip()]
    found += [part.unsaved() for part in holders if isinstance(part, Holder)]
    return list(dict.fromkeys(filter(None, found)))


def end_session(shell: Shell) -> None:
    """The session of the desktop ends, which no question may hold up."""
    shell.may_lose = True
    shell.save_draft()


def _ask(shell: Shell, words: str, name: str, lost: list[str], then: Callable[[], object]) -> None:
    texts = shell.services.texts
    title, yes, no = (texts(f"app.{words}.{part}") for part in ("title", "yes", "no"))
    told = "\n".join([texts(f"app.{words}.text"), *(f"• {texts(f'app.closing.{what}')}" for what in lost)])
    yes_button, no_button = (f"{name}_yes", yes), (f"{name}_no", no)
    ask(shell.frame, f"{name}_question", title, told, yes=yes_button, no=no_button, then=then, loses=True)


def _close(shell: Shell) -> None:
    shell.may_lose = True
    shell.close()


def _still_saving(shell: Shell, session: Session) -> bool:
    """Whether a request is still being saved; says what is waited for, and what one can do."""
    if session.saving():
        shell.worker.settle(2.0)
    if not session.saving():
        return False
    texts = shell.services.texts
    waits = texts("log.waits", whom=shell.services.waited_for())
    title, text = texts("result.saving_still"), texts("result.saving_close", waits=waits)
    tell(shell.frame, "still_saving", title, text, texts("care.close")).open()
    return True


class CarriedView:
    """Which view was open, what stood in its fields, and whether its help was open. Held in memory only."""

    def __init__(self, shell: Shell, show: Mapping[str, Callable[[Shell], object]]) -> None:
        """`show` opens what is in none of training's places, by its name."""
        self._show = show
        view = shell.present_view()
        self._view = view.objectName()
        fields = [] if self._view in ("wizard", "batch_view") else named_fields(view)
        self._fields = {field.objectName(): content_of(field) for field in fields}
        helps = [shown for shown in shell.frame.findChildren(QWidget, "help_window") if shown.isVisible()]
        self._helped = bool(helps)
        for shown in helps:
            shown.close()

    def restore(self, shell: Shell) -> None:
        """Open the same view again, with the same in its fields."""
        if self._view in self._show:
            self._show[self._view](shell)
        else:
            shell.show_again(self._view)
        for field in named_fields(shell.present_view()):
            if field.objectName() in self._fields:
                put_back(field, self._fields[field.objectName()])
        if self._helped:
            self._show["help_window"](shell)
