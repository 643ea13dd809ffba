"""Logs to save to."""

from tests.requestlog.conftest import (  # noqa: F401
    _no_keyring,
    clock,
    folder,
    log,
    open_log,
    store_kind,
    team,
)
