"""Everything at once, against a model of what must be there: `python3 run.py soak --minutes N [--seed S] [--rounds N]`.

Three desks work on one log: they save, tick, change and note through the program's own doors, and are killed, with
clocks that are wrong, on a disk that is full, while backups are made and put back and files beside the log are
damaged. After each round the log is compared with what was acknowledged. Register numbers are looked for in every file
of the run, in the open log, on the clipboard and in the list of processes; first some that were put there on purpose.
The seed decides all of it: with `--seed` and `--rounds` the same decisions are made again. Needs `fork`, so no Windows.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from soaking import plan as plans
from soaking.desks import Desk, Report
from soaking.model import Found, Model, Row
from soaking.plan import Job, Kind, Round
from soaking.search import Search, forms

DISK_KB = 96 * 1024
BACKUPS_KEPT = 3
NOW_AND_THEN = 50
"""After how many rounds all files are searched."""
PLANTED = "85073003328"
STATUSES = ("requested", "waiting-for-label", "granted", "rejected", "withdrawn")


class Soak:
    """One run in a folder of its own."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.folder = seed, folder
        self.data = folder / "small" / "data"
        self.people = plans.people(seed)
        self.model = Model()
        self.search = Search(self.people)
        self.desks = [Desk(folder) for _ in range(plans.DESKS)]
        self.pool = ThreadPoolExecutor(plans.DESKS)
        self.mounted = False

    def run(self, until: float, rounds: int) -> bool:
        """Rounds until the time is over or so many were done. Whether nothing was found wrong."""
        number = 0
        while time.monotonic() < until and number < rounds and not self.model.faults:
            number += 1
            self.round(plans.plan(self.seed, number))
            if number % NOW_AND_THEN == 0:
                self.look_for_numbers()
        self.look_for_numbers()
        self.model.figures["rounds"] = number
        return not self.model.faults

    def round(self, decided: Round) -> None:
        """All desks at once, then a look at what is there."""
        model = self.model
        model.day += decided.days
        if decided.flip:
            self._flip(decided)
        dice = random.Random(f"{self.seed}/{decided.number}/whom")
        backup = self._chosen_backup(dice)
        jobs = [job for job in decided.jobs if job.kind is not Kind.RESTORE or backup]
        orders = [self._order(job, dice, place, decided, backup) for place, job in enumerate(jobs)]
        changes = [(c["reference"], c["what"], c["value"]) for order in orders for c in order["changes"]]
        held = model.begin(changes)
        if any(job.jump == 0 and job.kind in (Kind.ASK, Kind.WINDOW, Kind.LIST) for job in jobs):
            model.used = model.day
        with self._full(decided.room):
            told = [self.pool.submit(self.desks[n].run, orders[n], jobs[n].kill) for n in range(len(jobs))]
            self._watch(told)
        reports = [future.result() for future in told]
        for job, order, report in zip(jobs, orders, reports, strict=True):
            self._take(job, report)
            if job.kind is Kind.BACKUP and Path(order["file"]).exists():
                model.backups[order["file"]] = held
        self._look(backup if any(job.kind is Kind.RESTORE for job in jobs) else "")

    def look_for_numbers(self) -> None:
        """Every file of the run, every process and the clipboard."""
        files, found = self.search.files(self.folder)
        self.model.figures["files searched"] += files
        if os.environ.get("DISPLAY"):
            found += self.search.clipboard()
        self.model.faults += [f"a register number stands in {place}" for place in found]

    def _watch(self, told: list[Future[Report]]) -> None:
        """Look at the list of processes while the desks are at work."""
        while True:
            count, found = self.search.processes()
            self.model.figures["processes searched"] += count
            self.model.faults += [f"a register number stands in {place}" for place in found]
            if all(future.done() for future in told):
                return
            for future in told:
                with suppress(TimeoutError):
                    future.result(timeout=0.2)

    def _order(self, job: Job, dice: random.Random, place: int, decided: Round, backup: str) -> plans.Order:
        model, entries = self.model, sorted(self.model.entries)
        order = plans.Order(
            kind=job.kind.value,
            data=str(self.data),
            file=str(self.folder / "backups" / f"{decided.number}.ccinc") if job.kind is Kind.BACKUP else backup,
            days=model.day + job.jump,
            dice=job.dice,
            right=job.jump == 0 and dice.random() < 0.3,
            limit=0 if decided.room is None or self.mounted else self._largest() + decided.room * 1024,
            people=[],
            changes=[],
        )
        if job.kind in (Kind.BACKUP, Kind.RESTORE, Kind.PURGE):
            return order
        size = min(job.size, 2) if job.kind is Kind.ASK else job.size
        for _ in range(size):
            person, role = dice.randrange(plans.PEOPLE), dice.choice(("invoerder", "raadpleger"))
            attempt = model.new_attempt(person, role)
            order["people"].append({"attempt": attempt, "digits": self.people[person], "role": role})
        if job.kind is Kind.WINDOW:
            # Each desk has its own requests to change, so that one may say what becomes of each.
            mine = [reference for number, reference in enumerate(entries) if number % plans.DESKS == place]
            for reference in dice.sample(mine, min(len(mine), job.size)):
                what = dice.choice(("status", "note"))
                value = (
                    dice.choice(STATUSES) if what == "status" else f"belt terug, {plans.name_of(dice.randrange(999))}"
                )
                order["changes"].append({"reference": reference, "what": what, "value": value})
        return order

    def _take(self, job: Job, report: Report) -> None:
        figures = self.model.figures
        figures[f"job: {job.kind}"] += 1
        figures["clock jumps"] += job.jump != 0
        figures["kills"] += report.killed
        figures["restores done"] += job.kind is Kind.RESTORE and report.status == 0
        figures["restores killed"] += job.kind is Kind.RESTORE and report.killed
        figures["refused"] += len(report.refused)
        self.model.faults += report.faults
        for reference, attempt, ticks in report.saved:
            self.model.saved(reference, attempt, ticks)
        for change in report.changed:
            self.model.changed(*change)

    def _look(self, restored: str) -> None:
        order = plans.Order(
            kind="look", data=str(self.data), file="", days=self.model.day, dice=0, right=False, limit=0,
            people=[], changes=[],
        )  # fmt: skip
        seen = self.desks[0].run(order, None)
        self.model.faults += seen.faults
        if seen.status:
            self.model.faults.append(f"the log does not open: {seen.said}")
            return
        found: dict[str, Found] = {"": {}}
        for where, reference, row in seen.rows:
            found.setdefault(where, {})[reference] = Row(*row)  # type: ignore[arg-type]
        if seen.verdict:
            self.model.faults.append(f"the log is not sound: {seen.verdict}")
        if self.search.holds(seen.contents.encode()):
            self.model.faults.append("a register number stands in the open log")
        self.model.figures["bytes of open logs searched"] += len(seen.contents)
        kept = sorted(self.data.glob("log-kept-*"))
        places = [place for place in kept if place.is_dir()]
        if len(places) > bool(restored):
            self.model.faults.append(f"logs were set aside: {places}")
        self.model.check(found[""], found.get(places[0].name, {}) if places else None, restored)
        for place in kept if not self.model.faults else ():
            shutil.rmtree(place) if place.is_dir() else place.unlink()

    def _chosen_backup(self, dice: random.Random) -> str:
        there = sorted(self.model.backups, key=lambda name: int(Path(name).stem))
        for old in there[:-BACKUPS_KEPT]:
            Path(old).unlink()
            del self.model.backups[old]
        return dice.choice(there[-BACKUPS_KEPT:]) if there else ""

    def _flip(self, decided: Round) -> None:
        """One byte beside the log, which costs nothing; or one in a copy of the log, whose check must find it."""
        file = self.data / ("log/log.db" if decided.flip == "log.db" else decided.flip)
        if not file.is_file() or not file.stat().st_size:
            return
        dice = random.Random(f"{self.seed}/{decided.number}/flip")
        if decided.flip == "log.db":
            copy = self.folder / "copy"
            shutil.copytree(self.data, copy)
            file = copy / "log" / "log.db"
        content = bytearray(file.read_bytes())
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        file.write_bytes(content)
        self.model.figures["bytes flipped"] += 1
        if decided.flip == "log.db":
            order = plans.Order(
                kind="verify", data=str(copy), file="", days=self.model.day, dice=0, right=False, limit=0,
                people=[], changes=[],
            )  # fmt: skip
            self.model.figures["damaged copies"] += 1
            if self.desks[0].run(order, None).status == 0:
                self.model.faults.append("a damaged log is called sound")
            shutil.rmtree(copy)

    @contextmanager
    def _full(self, room: int | None) -> Iterator[None]:
        """A disk on which so many kB are left, where root has made a small one."""
        self.model.figures["full disks"] += room is not None
        filler = self.data.parent / "filler"
        if room is not None and self.mounted:
            left = shutil.disk_usage(self.data.parent).free - room * 1024
            with filler.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, max(left, 1))
        try:
            yield
        finally:
            filler.unlink(missing_ok=True)

    def _largest(self) -> int:
        return max((file.stat().st_size for file in self.data.rglob("*") if file.is_file()), default=0)

    def prepare(self) -> None:
        """The folders; and a small disk of its own, where root may mount one."""
        for name in ("small", "backups", "home", "tmp"):
            (self.folder / name).mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", str(self.data.parent)]
        if os.geteuid() == 0 and shutil.which("mount"):
            self.mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0

    def end(self) -> None:
        """Leave no process and no disk behind."""
        self.pool.shutdown()
        for desk in self.desks:
            desk.close()
        if self.mounted:
            subprocess.run(["umount", "-l", str(self.data.parent)], check=True)


def planted_found(folder: Path) -> tuple[int, list[str]]:
    """Put a number wherever one is looked for; how many were put, and where it was not found."""
    search, missed, count = Search([PLANTED]), [], 0
    for place in ("small", "home", "tmp"):
        for number, form in enumerate(forms(PLANTED)):
            file = folder / place / f"planted-{number}"
            file.write_bytes(b"\x00\xff before " + form + b" after")
            count += 1
            missed += [] if search.files(folder)[1] == [str(file)] else [str(file)]
            file.unlink()
    for where in ("cmdline", "environ"):
        shown = [PLANTED] if where == "cmdline" else []
        kept = {"SHOWN": PLANTED} if where == "environ" else {}
        command, pipe = [sys.executable, "-c", "print(flush=True); input()", *shown], subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=kept) as process:
            process.stdout.readline()  # type: ignore[union-attr]
            count += 1
            missed += [] if any(str(process.pid) in told for told in search.processes()[1]) else [where]
            process.communicate(b"\n")
    if os.environ.get("DISPLAY"):
        count += 1
        missed += [] if search.clipboard(PLANTED) else ["clipboard"]
    return count, missed


def main() -> int:
    """Run until the time is over. Returns 0 where nothing was missing and nothing found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--rounds", type=int, default=10**9, help="stop after so many, to come to a round again")
    parser.add_argument("--plan", action="store_true", help="only print what --rounds rounds of this seed decide")
    chosen = parser.parse_args()
    if chosen.plan:
        for number in range(1, chosen.rounds + 1):
            print(plans.plan(chosen.seed, number))
        return 0
    print(f"seed {chosen.seed}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="ccinc-soak-"))
    soak = Soak(chosen.seed, folder)
    sound = False
    try:
        soak.prepare()
        planted, missed = planted_found(folder)
        if missed:
            print(f"numbers that were put there on purpose were not found, so the search counts for nothing: {missed}")
            return 2
        print(f"planted numbers found: {planted} of {planted}", flush=True)
        sound = soak.run(time.monotonic() + chosen.minutes * 60, chosen.rounds)
        if not sound and soak.mounted:
            shutil.copytree(soak.data, folder / "data-at-the-fault")
    finally:
        soak.end()
    return _told(soak, sound)


def _told(soak: Soak, sound: bool) -> int:
    figures = soak.model.figures
    for name, count in sorted(figures.items()):
        print(f"{name}: {count:,}")
    for fault in soak.model.faults:
        print(f"FAULT in round {figures['rounds']}: {fault}")
    numbers = sum("register number" in fault for fault in soak.model.faults)
    print(f"{figures['acknowledged and missing']} acknowledged saves missing, {numbers} register numbers found")
    if sound:
        shutil.rmtree(soak.folder)
    else:
        print(f"again: --seed {soak.seed} --rounds {figures['rounds']}; left as it was: {soak.folder}")
    return 0 if sound else 1


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
