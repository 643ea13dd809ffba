"""Empties everything that training wrote. Never touches the real log, whose folder is another one."""

from __future__ import annotations

import shutil
from contextlib import suppress

from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.folder import head_path
from ccinc_wizard.requestlog.keys import forget, known_keys
from ccinc_wizard.services import Paths


def reset(paths: Paths) -> None:
    """Remove the training log, the ones set aside from it, its key and its draft; the log must be closed.

    Raises OSError when something cannot be removed.
    """
    folder = paths.log_folder(Mode.TRAINING)
    for log in (folder, *folder.parent.glob(f"{folder.name}-kept-*")):
        if log.is_dir():
            # A key that cannot be read any more cannot be forgotten either.
            with suppress(LogError):
                forget(known_keys(log))
            shutil.rmtree(log)
        head_path(log).unlink(missing_ok=True)
        log.unlink(missing_ok=True)
    paths.draft(Mode.TRAINING).unlink(missing_ok=True)
