"""A desk as the soak sees it: sends it a job, kills it where that is decided, and takes what it told."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from soaking.plan import Kill, Order, name_of

ROOT = Path(__file__).resolve().parent.parent.parent
HUNG_SECONDS = 240.0
_SAVED = re.compile(r"logboek als ([A-Z2-9]{3}-[A-Z2-9]{3})\.")


@dataclass
class Report:
    """What one job came to. `status` is what its process ended with, 0 for done."""

    status: int = -1
    killed: bool = False
    saved: list[tuple[str, int, list[str]]] = field(default_factory=list)
    """Reference, attempt and ticks of what was acknowledged."""
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    rows: list[tuple[str, str, list[object]]] = field(default_factory=list)
    verdict: list[str] = field(default_factory=list)
    contents: str = ""


def surroundings(folder: Path) -> dict[str, str]:
    """Where the desks find their home and their folder for what is passing: in the run's own."""
    return {
        "HOME": str(folder / "home"),
        **{f"XDG_{name}_HOME": str(folder / "home" / name.lower()) for name in ("DATA", "CONFIG", "CACHE")},
        "TMPDIR": str(folder / "tmp"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tools"))),
        "PYTHONUTF8": "1",
    }


class Desk:
    """One process, with everything loaded."""

    def __init__(self, folder: Path) -> None:
        environment = os.environ | surroundings(folder) | {"QT_QPA_PLATFORM": "offscreen"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "soaking.desk"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=ROOT, env=environment,
        )  # fmt: skip
        self._people: dict[str, int] = {}
        self._attempt = 0

    def close(self) -> None:
        """Let it end."""
        with suppress(OSError):
            self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait()

    def run(self, order: Order, kill: Kill | None) -> Report:
        """One job to its end."""
        report, timers = Report(), list[threading.Timer]()
        answered, child = 0, 0
        self._people = {name_of(person["attempt"]): person["attempt"] for person in order["people"]}
        self._process.stdin.write(json.dumps(order) + "\n")  # type: ignore[union-attr]

        def end(hung: bool = False) -> None:
            report.killed = True
            report.faults += ["it hung"] * hung
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)

        def after(seconds: float, **hung: bool) -> None:
            timers.append(threading.Timer(seconds, end, kwargs=hung))
            timers[-1].start()

        for line in self._process.stdout:  # type: ignore[union-attr]
            told = json.loads(line)
            if "ended" in told:
                report.status = told["ended"]
                report.killed = os.WIFSIGNALED(report.status)
                break
            child = told.get("begun", child)
            acknowledged = self._take(report, told)
            answered += acknowledged
            if "begun" in told:
                after(HUNG_SECONDS, hung=True)
            if kill and answered == kill.after and (acknowledged or "begun" in told):
                after(kill.milliseconds / 1000)
        else:
            report.faults.append("the desk itself ended")
        for timer in timers:
            timer.cancel()
        return report

    def _take(self, report: Report, told: dict[str, object]) -> bool:
        """Note what was told; whether it was an acknowledgement."""
        before = len(report.saved) + len(report.changed)
        match told:
            case {"row": list(row), "where": str(where), "reference": str(reference)}:
                report.rows.append((where, reference, row))
            case {"verdict": list(verdict), "contents": str(contents)}:
                report.verdict, report.contents = verdict, contents
            case {"acknowledged": str(what)}:
                self._note(report, what, told)
            case {"refused": what, "why": why}:
                report.refused.append(f"{what}: {why}")
            case {"broken": str(why)}:
                report.faults.append(why)
            case {"attempt": int(attempt)}:
                self._attempt = attempt
            case {"said": str(said)}:
                report.said.append(said)
                report.saved += [(reference, self._attempt, []) for reference in _SAVED.findall(said)]
        return len(report.saved) + len(report.changed) > before

    def _note(self, report: Report, what: str, told: dict[str, object]) -> None:
        match told:
            case {"attempt": int(attempt), "reference": str(reference), "ticks": list(ticks)}:
                report.saved.append((reference, attempt, ticks))
            case {"reference": str(reference), "wanted": str(value)}:
                report.changed.append((reference, what, value))
            case {"value": str(value)} if what == "list":
                report.saved += [(ref, self._people[name], []) for name, ref in json.loads(value).items()]
