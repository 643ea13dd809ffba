"""One desk: a process that has the program loaded, and does each job that it is sent in a child of its own.

The child is the real program: its terminal commands, or the thread and the record that the window saves through. It
tells each line that the program prints and each answer that the window gets. It can be killed at any moment.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import random
import resource
import sys
from collections.abc import Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from ccinc_wizard import __main__
from ccinc_wizard.app import machine, saving
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.lists import Carried
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Mode, Role, Situation, Status
from ccinc_wizard.domain.lists import Column, Row, check
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.terminal import cli_log
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.wizard.record import Record
from soaking.plan import Change, Kind, Order, Person, name_of, written

PASSPHRASE = "vier woorden van betekenis"
ORGANISATION = "AGB De Proefzaal"
STEPS = ("open_portal", "search_person", "compare_name")


def tell(**told: object) -> None:
    """One line to whoever sent the job."""
    os.write(1, (json.dumps(told) + "\n").encode())


class Said(io.TextIOBase):
    """A stream of the program's; what it prints is told at once."""

    def write(self, text: str, /) -> int:
        """Tell it."""
        if text.strip():
            tell(said=text)
        return len(text)


def main() -> None:
    """Do what comes on standard input, a line each."""
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            code = 1
            try:
                tell(begun=os.getpid())
                code = do(json.loads(line))
            except BaseException as error:  # whatever it is, it is told
                tell(broken=f"{type(error).__name__}: {error}")
            finally:
                os._exit(code)
        tell(ended=os.waitpid(child, 0)[1])


def do(order: Order) -> int:
    """One job, by a clock that may be wrong."""
    shift = dt.timedelta(days=order["days"])

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC) + shift

    for place in (machine, cli_log):
        vars(place)["utc_now"] = now
    if order["limit"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], order["limit"]))
    dice = random.Random(order["dice"])
    if order["kind"] == Kind.ASK:
        return sum(_ask(order, dice, person) for person in order["people"])
    if order["kind"] in (Kind.WINDOW, Kind.LIST):
        return _window(order, dice)
    if order["kind"] == "look":
        return _look(_services(order))
    arguments = {
        Kind.BACKUP.value: ["backup", order["file"]],
        Kind.RESTORE.value: ["restore", order["file"]],
        Kind.PURGE.value: ["purge", "--older-than", "400"],
    }
    return _command(order, ["log", *arguments.get(order["kind"], [order["kind"]])], f"{PASSPHRASE}\n")


def _command(order: Order, arguments: list[str], typed: str) -> int:
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8")
    with redirect_stdout(Said()), redirect_stderr(Said()):
        return __main__.main(["--data-dir", order["data"], "--lang", "nl", *arguments])


def _ask(order: Order, dice: random.Random, person: Person) -> int:
    """All answers at once, sometimes with the number where none belongs: the program asks that question again."""
    number = written(dice, person["digits"])
    place = [f"AGB {number}"] * (dice.random() < 0.2) + [ORGANISATION]
    tell(attempt=person["attempt"])
    typed = ["manual", name_of(person["attempt"]), number, person["role"], "agb", *place, "ja", "ja"]
    return _command(order, ["ask"], "\n".join(typed) + "\n")


def _services(order: Order) -> Services:
    return Services(Paths.choose(Path(order["data"])), language="nl", mode=Mode.ADMIN)


def _window(order: Order, dice: random.Random) -> int:
    """What the window's thread does between two jobs of its user."""
    _ = QCoreApplication([])
    services = _services(order)
    worker = LogWorker(services)
    asker = _Asker(worker)
    asker.run("start", lambda log: str(services.erase_what_is_due(log, date_is_right=order["right"]) is None))
    if order["kind"] == Kind.LIST:
        asker.run("list", lambda log: _list(services, log, order["people"]))
    else:
        jobs: list[Callable[[], None]] = []
        jobs += [lambda person=person: _record(services, worker, dice, person) for person in order["people"]]  # type: ignore[misc]
        jobs += [lambda change=change: asker.change(change) for change in order["changes"]]  # type: ignore[misc]
        dice.shuffle(jobs)
        for job in jobs:
            job()
    worker.close(60)
    return 0


class _Asker:
    """Asks the window's thread and waits for the answer."""

    def __init__(self, worker: LogWorker) -> None:
        self._worker = worker

    def run(self, what: str, job: Callable[[RequestLog], str], **more: str) -> None:
        """One job; `acknowledged` or `refused` is told."""
        self._worker.run(
            job,
            done=lambda value: tell(acknowledged=what, value=value, **more),
            failed=lambda error: tell(refused=what, why=str(error), **more),
        )
        self._worker.settle(60)

    def change(self, change: Change) -> None:
        """A status or a note, as the log's view does it."""
        reference, what, value = change["reference"], change["what"], change["value"]

        def job(log: RequestLog) -> str:
            done = saving.change(log, reference, Status(value)) if what == "status" else log.add_note(reference, value)
            return done.status.value if what == "status" else done.note

        self.run(what, job, reference=reference, wanted=value)


def _record(services: Services, worker: LogWorker, dice: random.Random, person: Person) -> None:
    """A request saved by its first tick or before it, as the result page and the companion do."""
    tell(attempt=person["attempt"])
    record = Record.of(worker, services.judge(_answers(person)))
    if record is None:
        tell(broken="these answers make no request")
        return
    record.kept.connect(
        lambda kept: tell(
            acknowledged="record", attempt=person["attempt"], reference=kept.reference, ticks=list(kept.ticks)
        )
    )
    record.failed.connect(lambda error: tell(refused="record", attempt=person["attempt"], why=str(error)))
    if dice.random() < 0.6:
        record.save()
    for step in STEPS[: dice.randrange(4)]:
        record.tick(step, done=True)
    worker.settle(60)


def _answers(person: Person) -> Answers:
    return Answers(
        situation=Situation.MANUAL,
        applicant_name=name_of(person["attempt"]),
        number_text=person["digits"],
        role=Role(person["role"]),
        authority="agb",
        authority_name=ORGANISATION,
        administrator=Administrator.YES,
    )


def _list(services: Services, log: RequestLog, people: list[Person]) -> str:
    tell(attempts=[person["attempt"] for person in people])
    rows = [
        Row(
            place,
            {
                Column.NAME: name_of(person["attempt"]),
                Column.NUMBER: person["digits"],
                Column.ROLE: person["role"],
                Column.AUTHORITY: "agb",
                Column.AUTHORITY_NAME: ORGANISATION,
            },
        )
        for place, person in enumerate(people, start=2)
    ]
    circumstances = services.circumstances()
    vocabulary = {Column.ROLE: {role.value: role.value for role in Role}, Column.AUTHORITY: {"agb": "agb"}}

    def judge() -> object:
        def known(number: object) -> object:
            return saving.earlier_requests(log, number)  # type: ignore[arg-type]

        return check(rows, circumstances, vocabulary, situation=Situation.MANUAL, earlier_of=known)  # type: ignore[arg-type]

    done = saving.save_list(log, judge(), judge, circumstances, services.wording)  # type: ignore[arg-type]
    saved = done.saved if isinstance(done, Carried) else ()
    return json.dumps({entry.applicant_name: entry.reference for entry in saved})


def _look(services: Services) -> int:
    """All that is there, in the log and in those that were set aside, and the log's verdict on itself."""
    folder = services.paths.log_folder(Mode.ADMIN)
    with services.open_log() as log:
        _tell_rows("", log)
        tell(verdict=[found.trouble for found in log.verify().findings], contents=_contents(log))
    for kept in sorted(folder.parent.glob(f"{folder.name}-kept-*")):
        if kept.is_dir():
            with closing(RequestLog.open(kept, clock=machine.utc_now, user="soak")) as log:
                _tell_rows(kept.name, log)
    return 0


def _tell_rows(where: str, log: RequestLog) -> None:
    before: int | None = None
    while page := log.page(before=before, limit=500):
        for row in page:
            values = [row.applicant_name, row.role, row.status.value, list(row.ticks), row.note, row.names_erased]
            tell(where=where, reference=row.reference, row=values)
        before = page[-1].id


def _contents(log: RequestLog) -> str:
    """All that the log holds in clear, for the search."""
    rows = (*log.store.stream("SELECT content FROM contents"), *log.store.stream("SELECT * FROM requests"))
    return "\n".join(str(value) for row in rows for value in row if not isinstance(value, bytes))


if __name__ == "__main__":
    main()
