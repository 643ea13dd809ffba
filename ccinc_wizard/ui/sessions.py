"""The session and the desk that go with a mode. Training's are loaded only where it is the mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.services import Services
from ccinc_wizard.ui.log_worker import LogWorker
from ccinc_wizard.ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from ccinc_wizard.ui.training.desk import TrainingDesk


def make_session(services: Services, worker: LogWorker, answers: Answers, old: Session | None = None) -> Session:
    """A session on these answers; a training session goes on in the room of the old one."""
    if services.mode is not Mode.TRAINING:
        return Session(services, worker, answers)
    from ccinc_wizard.ui.training.room import TrainingRoom
    from ccinc_wizard.ui.training.session import TrainingSession

    room = old.room if isinstance(old, TrainingSession) else TrainingRoom()
    return TrainingSession(services, worker, answers, room)


def make_desk(
    session: Session, views: QStackedWidget, show_wizard: Callable[[], None], show_title: Callable[[str], None]
) -> TrainingDesk | None:
    """What holds the views in training; None in the other modes."""
    if session.services.mode is not Mode.TRAINING:
        return None
    from ccinc_wizard.ui.training.desk import TrainingDesk
    from ccinc_wizard.ui.training.session import TrainingSession

    if not isinstance(session, TrainingSession):
        raise TypeError(session)
    return TrainingDesk(session, views, show_wizard, show_title)
