"""Without a keyring the key lies beside the log: said in plain words in the log view, the settings and `verify`."""

from __future__ import annotations

from collections.abc import Callable

import keyring
import pytest

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.terminal import cli, cli_log
from ccinc_wizard.ui.shell.places import show_settings
from tests.requestlog.conftest import MemoryKeyring
from tests.ui.conftest import Driver


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kept", [True, False])
def test_who_has_no_keyring_is_told_what_that_means_and_what_helps(
    open_window: Callable[[], Driver],
    services: Services,
    capsys: pytest.CaptureFixture[str],
    language: str,
    kept: bool,
) -> None:
    services.texts = Texts(language)
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring() if kept else before)
    try:
        with services.open_log():
            pass
        words = services.texts("logview.file_key")
        window = open_window()
        window.window.show_log()
        window.until(lambda: window.shows("log_place") is not kept)
        assert kept or window.text("log_place") == words
        window.click("log_verify_button")
        limits = services.texts("logview.verdict.limits")
        window.until(lambda: limits in window.text("log_message"))
        assert (words in window.text("log_message")) is not kept
        show_settings(window.window)
        assert window.shows("settings_key") is not kept
        assert kept or window.text("settings_key") == words
        chosen = cli.build_parser(services, ["log", "verify"]).parse_args(["log", "verify"])
        assert cli_log.run(chosen, services) == 0
        assert (words in capsys.readouterr().err) is not kept
    finally:
        keyring.set_keyring(before)
    assert all(one in words for one in ("BitLocker", "LUKS"))
