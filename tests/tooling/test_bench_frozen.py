"""The start of a frozen program is measured as it is, beside a bare window frozen alike."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import bench
import bench_frozen
import pytest

from tests.running import environment
from tests.tooling.project import ROOT

BENCH = [sys.executable, str(ROOT / "tools" / "bench.py"), "start", "--runs", "1", "--frozen"]
TRACE = """\
7  read(3</p/_internal/a.pyd>, "..."..., 4096) = 4096
7  pread64(3</p/_internal/a.pyd>, "..."..., 100, 4096) = 60
8  read(4</p/b.zip>,  <unfinished ...>
7  read(4</etc/fonts.conf>, "..."..., 4096) = 4096
8  <... read resumed>"..."..., 512) = 500
7  mmap(NULL, 9000, PROT_READ, MAP_PRIVATE, 5</p/c.dll>, 0) = 0x7f0000000000
7  mmap(NULL, 7000, PROT_READ, MAP_PRIVATE, 5</p/c.dll>, 0) = 0x7f0000000000
7  mmap(NULL, 8192, PROT_READ, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f0000000000
7  read(6</p/d.dll>, 0x7ffd, 10) = -1 EAGAIN (Resource temporarily unavailable)
7  pread64(7</p/e.pyd>, ""..., 23, 0) = 23
7  +++ exited with 0 +++
"""


def test_files_and_bytes_of_the_programs_own_folder_are_counted() -> None:
    assert bench_frozen.counted(TRACE, "/p/") == bench_frozen.Reads(3, 4096 + 60 + 500 + 9000, 4096 + 60 + 500)


def _frozen(folder: Path) -> Path:
    """What stands for a frozen program: an executable file in a folder, which shows a window."""
    folder.mkdir()
    program = folder / "ccinc-wizard"
    script = f"#!/bin/sh\nexec {sys.executable} {ROOT / 'tools' / 'bare_window.py'}\n"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a Linux build runs on Linux only")
def test_a_frozen_program_is_measured_and_not_changed(tmp_path: Path) -> None:
    program, bare = _frozen(tmp_path / "program"), _frozen(tmp_path / "bare")
    (program / "more").write_bytes(bytes(len((bare / "ccinc-wizard").read_bytes())))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    command = [*BENCH, str(program), "--bare", str(bare)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert re.search(
        r"^start, frozen, native +[\d.]+ .* ms +[\d.]+ .* ms +\d\.\d\d \(.*\) x$", done.stdout, re.MULTILINE
    )
    assert re.search(r"^bytes installed +\d+ +\d+ +2\.00 x$", done.stdout, re.MULTILINE)
    assert re.search(
        r"^(files read in its folder +1 +1 +1\.00 x|files and bytes read: not measured)", done.stdout, re.M
    )
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("bare", [True, False])
def test_what_is_missing_is_said(tmp_path: Path, bare: bool) -> None:
    program = tmp_path if bare else _frozen(tmp_path / "program")
    done = subprocess.run([*BENCH, str(program)], env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert ("holds neither ccinc-wizard.exe nor ccinc-wizard" if bare else "with --bare DIR") in done.stderr
    assert done.stderr.count("\n") == 1


def may_trace() -> bool:
    """Whether strace is there and allowed to look."""
    return bool(shutil.which("strace")) and not subprocess.run(["strace", "-qq", "-o/dev/null", "true"]).returncode


@pytest.mark.skipif(not may_trace(), reason="strace is missing or not allowed to look")
def test_what_a_start_brought_beside_the_window_goes_on(tmp_path: Path) -> None:
    """As Wine's own programs do, on which another build may be at work."""
    (tmp_path / "words.json").write_text("{}", encoding="ascii")
    beside = f"tail -f /dev/null 2>&- & echo $! >{tmp_path}/beside"
    paints = f"cat {tmp_path}/words.json; {beside}; echo '{bench_frozen.PAINTED.decode()}' >&2; exec tail -f /dev/null"
    program = bench_frozen.Frozen(tmp_path, ("sh", "-c", paints), dict(os.environ))
    assert bench_frozen.reads(program, [], tmp_path / "trace", bench.lines_of) == bench_frozen.Reads(1, 2, 2)
    os.kill(int((tmp_path / "beside").read_text()), signal.SIGKILL)  # which there must be
