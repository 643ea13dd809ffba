"""What views, menus and dialogs may ask of the window around them. `MainWindow` is one; only `shell.app` knows that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QWidget

    from ccinc_wizard.app.errorlog import ErrorLog
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.app.settings import Theme
    from ccinc_wizard.domain.answers import Answers
    from ccinc_wizard.domain.enums import Mode
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.dropping import Dropped
    from ccinc_wizard.ui.kit.worker import LogWorker


class Shell(Protocol):
    """The window around the views: one view at a time, its menus, its language and mode."""

    services: Services
    worker: LogWorker

    notes: dict[str, str]
    """What is being typed of notes, by the references of their requests: views come and go."""
    organisation: str
    """What is being typed in the settings of an organisation that is not added yet."""
    may_lose: bool
    """Whether the window closes without asking: its user has said so, or the session of the desktop ends."""
    told_of_saving: bool
    """Whether was said, as the window was to close, that a request is still being saved."""
    lists: dict[Mode, object]
    """The list that was open in each mode, for the view that is made anew."""
    logs: dict[Mode, object]
    """Where one was in the log in each mode, likewise."""

    @property
    def frame(self) -> QMainWindow:
        """The window itself, on which dialogs stand."""

    @property
    def views(self) -> QWidget:
        """What holds the views of the present language and mode."""

    @property
    def errors(self) -> ErrorLog:
        """What went wrong in this run."""

    @property
    def answers(self) -> Answers:
        """What has been answered in the wizard so far."""

    @property
    def topic(self) -> str:
        """What help would be about: the wizard's page, or the name of another view."""

    def show_wizard(self) -> None:
        """Bring the wizard to the front."""

    def present_view(self) -> QWidget:
        """The view that is shown: the wizard, the log, or one of training."""

    def show_again(self, view: str) -> None:
        """Show the view of this name as it was before the views were made anew."""

    def save_draft(self) -> None:
        """Keep the half-finished answers, without the number."""

    def bring_up(self, view: QWidget, title: str) -> None:
        """Show a view beside the wizard, under the title that stands at this key."""

    def leave(self) -> None:
        """Go back from a view beside it to where one works: the call, the exercises, else the wizard."""

    def new_request(self) -> None:
        """Begin a new request; at the helpdesk, the next call."""

    def pick_up(self, answers: Answers, logged: LoggedRequest | None = None) -> None:
        """Take up a logged request again, from the check page on."""

    def begin_another(self, answers: Answers) -> None:
        """Begin a request for somebody else of the organisation of these answers."""

    def show_companion_of(self, answers: Answers, logged: LoggedRequest) -> None:
        """Show the steps of a logged request beside the browser."""

    def show_log(self, *, due: bool = False, reference: str = "") -> object:
        """Bring the request log to the front: what should be followed up, or one request."""

    def verify_log(self) -> None:
        """Bring the request log to the front and check it."""

    def show_log_anew(self) -> None:
        """The whole log has changed: where it is shown, show what is in it now."""

    def paste_mail(self, dropped: Dropped | None = None, words: str = "") -> None:
        """Read a mail, perhaps a dropped one or these words; what is taken over shows in the wizard."""

    def train(self) -> None:
        """Switch to training and show what there is to practise."""

    def set_mode(self, mode: Mode) -> None:
        """Switch the mode."""

    def set_language(self, language: str) -> None:
        """Switch the language; answers, page or view, and what stands in its fields stay."""

    def set_letter_size(self, percent: int) -> None:
        """Set everything in letters of another size."""

    def set_theme(self, theme: Theme) -> None:
        """Switch between light, dark and the system's choice."""

    def close(self) -> bool:
        """Close the window."""


@runtime_checkable
class Holder(Protocol):
    """A view, or what stands behind one, that may hold what is neither saved nor in the draft."""

    def unsaved(self) -> str:
        """What closing would lose, as the key of its words under `app.closing`; empty where it is nothing."""
