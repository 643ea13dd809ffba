"""Closing the window: what it would lose without a word is named and asked for, once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from ccinc_wizard.ui.kit.dialogs import MessageDialog, ask, tell
from ccinc_wizard.ui.kit.shell import Holder, Shell
from ccinc_wizard.ui.shell.one_window import bring_forward
from ccinc_wizard.ui.wizard.session import Session


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
    _ask(shell, lost)
    return False


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


def _ask(shell: Shell, lost: list[str]) -> None:
    texts = shell.services.texts
    title, yes, no = (texts(f"app.closing.{part}") for part in ("title", "yes", "no"))
    told = "\n".join([texts("app.closing.text"), *(f"• {texts(f'app.closing.{what}')}" for what in lost)])
    yes_button, no_button = ("close_yes", yes), ("close_no", no)
    close = partial(_close, shell)
    ask(shell.frame, "close_question", title, told, yes=yes_button, no=no_button, then=close, loses=True)


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
