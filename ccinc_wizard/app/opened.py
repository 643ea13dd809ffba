"""What a program run opens when it is first needed, as it is slow to load: rules, their words, and the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ccinc_wizard.app import retention, saving
from ccinc_wizard.app.call_book import CallBook
from ccinc_wizard.app.machine import current_user, utc_now
from ccinc_wizard.content.list_words import BatchWords
from ccinc_wizard.content.mail_words import ReadingWords
from ccinc_wizard.content.scenarios import ScenarioReader, ScenarioSet
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.findings import Circumstances, EarlierRequest
from ccinc_wizard.domain.mail.line import LineReading, read_line
from ccinc_wizard.domain.mail.parts import Notice
from ccinc_wizard.domain.mail.reading import read_mail
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.outcome import Judgement
from ccinc_wizard.domain.redaction import spans_in
from ccinc_wizard.domain.register_number import RegisterNumber
from ccinc_wizard.domain.suggestions import Suggestion, identity, of_name
from ccinc_wizard.domain.terms import Mode, Status
from ccinc_wizard.requestlog.chain import Progress
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.team import TeamLog, open_team


class Opened:
    """The slow half of `Services`, which alone asks it."""

    def wording(self, texts: Texts, catalog: Catalog) -> Wording:
        """Words for findings and outcomes."""
        return Wording(texts, catalog)

    def circumstances(
        self, catalog: Catalog, municipalities: Municipalities, mode: Mode, earlier: Sequence[EarlierRequest]
    ) -> Circumstances:
        """What the rules may know today."""
        return Circumstances(dt.date.today(), catalog, municipalities, mode, earlier)  # noqa: DTZ011

    def judge(self, answers: Answers, now: Circumstances, before: Judgement | None) -> Judgement:
        """What rules and outcome say of these answers: as before, where nothing has changed since."""
        if before is None:
            return Judgement(answers, now)
        known = before.circumstances
        if (before.answers, known.today, known.earlier) == (answers, now.today, now.earlier):
            return before
        return Judgement(answers, replace(known, today=now.today, earlier=now.earlier))

    def numbers_in(self, text: str) -> list[tuple[int, int]]:
        """Where a text holds what could be most of a register number."""
        return spans_in(text)

    def read_line(self, text: str, now: Circumstances, texts: Texts) -> LineReading:
        """What a line or a mail says, by the rules for mails and by the words that lists know."""
        catalog, places = now.catalog, now.municipalities
        fictional = now.mode is Mode.TRAINING
        mail = read_mail(text, today=now.today, catalog=catalog, municipalities=places, fictional=fictional)
        known = BatchWords(texts, catalog).vocabulary
        return read_line(text, mail, vocabulary=known, catalog=catalog, municipalities=places)

    def remarks(self, notices: Sequence[Notice], texts: Texts, catalog: Catalog) -> list[str]:
        """What one should know of what was read, in words."""
        return list(map(ReadingWords(texts, catalog).notice, notices))

    def own_authorities(
        self, names: Sequence[str], catalog: Catalog, municipalities: Municipalities
    ) -> list[Suggestion]:
        """Organisations of these names, each with its type where the name says it for certain."""
        return [of_name(name, catalog, municipalities) for name in names]

    def known_authorities(
        self, own: Sequence[Suggestion], log: RequestLog, catalog: Catalog, municipalities: Municipalities
    ) -> list[Suggestion]:
        """One's own organisations, then those of the last requests, each once. Raises LogError."""
        recent = [Suggestion(one.authority_name, one.authority_type) for one in log.page(limit=_RECENT)]
        found: dict[str, Suggestion] = {}
        for one in [*own, *recent]:
            first = found.setdefault(identity(one.name, catalog, municipalities), one)
            if not first.kind:
                found[identity(one.name, catalog, municipalities)] = first._replace(kind=one.kind)
        return list(found.values())

    def is_among(self, name: str, names: Sequence[str], catalog: Catalog, municipalities: Municipalities) -> bool:
        """Whether one of these names is another one of the same organisation, or the same."""
        wanted = identity(name, catalog, municipalities)
        return any(identity(one, catalog, municipalities) == wanted for one in names)

    def team_log(self, url: str, role: str, folder: Path) -> TeamLog:
        """The log that an organisation shares; this desk's key and head of it are in the folder."""
        return TeamLog(url, role, folder)

    def log(self, folder: Path, progress: Progress | None) -> RequestLog:
        """This user's own log in the folder, brought over from an earlier format if need be. Raises LogError."""
        log = RequestLog.open(folder, clock=utc_now, user=current_user(), vocabulary=_vocabulary(), progress=progress)
        retention.note_use(log)
        return log

    def log_of_team(self, team: TeamLog) -> RequestLog:
        """A team's log. Raises LogError."""
        log = open_team(team, user=current_user(), vocabulary=_vocabulary())
        retention.note_use(log)
        return log

    def erase_what_is_due(
        self, log: RequestLog, names_days: int, rest_days: int, *, date_is_right: bool
    ) -> retention.Doubt | None:
        """Erase what has been kept for so long, or tell why not. Raises LogError."""
        return retention.erase_what_is_due(log, names_days, rest_days, date_is_right=date_is_right)

    def believe(self, data: Path, now: dt.datetime) -> None:
        """The user says that this is the date: the calls that are counted believe it as well."""
        CallBook(data).believe(now)

    def earlier_requests(self, log: RequestLog, number: RegisterNumber, but: str) -> list[EarlierRequest]:
        """What the log knows of the person. Raises LogError."""
        return saving.earlier_requests(log, number, but)

    def scenarios(
        self, catalog: Catalog, municipalities: Municipalities, texts: Texts, own: str, go_on: Callable[[], bool]
    ) -> ScenarioSet:
        """The program's own and those of the trainer's folder, where one is named. Raises StoppedError."""
        reader = ScenarioReader(catalog, municipalities, texts)
        return reader.read_all(*([Path(own)] if own else []), go_on=go_on)


_RECENT = 20


def _vocabulary() -> dict[str, str]:
    """The words of all languages by which a status is found in the log."""
    spoken = [Texts(language) for language in languages()]
    keys = {status.value: f"log.status.{status}" for status in Status}
    return {name: " ".join(texts(key) for texts in spoken if texts.has(key)) for name, key in keys.items()}
