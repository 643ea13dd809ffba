"""How the view of a list comes into the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccinc_wizard.ui.batch.view import BatchView

if TYPE_CHECKING:
    from ccinc_wizard.ui.main_window import MainWindow


def show_batch(window: MainWindow) -> BatchView:
    """Bring the view to the front, as it was left."""
    # Beside the present wizard: those of another language may not be gone yet.
    beside = window.wizard.parentWidget() or window
    view = beside.findChild(BatchView) or BatchView(window.services, window.worker, window.leave)
    window.bring_up(view, "batch.title")
    view.focus_first()
    return view
