"""The same walks on a real X screen: the offscreen platform hides what fonts, focus and windows do there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.screenshots import screen

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(os.environ.get("QT_QPA_PLATFORM") == "xcb", reason="this run is on a real screen already")
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed: no X screen to show on")
def test_walks_on_x11() -> None:
    files = [str(ROOT / "tests" / "ui" / name) for name in ("test_walks.py", "test_log_view.py", "test_clipboard.py")]
    # Before this test itself would be ended for what hangs in there.
    options = ["-q", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=300"]
    command = [sys.executable, "-m", "pytest", *options, *files]
    with screen() as environment:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
