"""Puts the rooms together for whoever asks: window, terminal or command line. Knows no Qt.

What is slow to load is imported where it is used: `link` answers at once, and the first page comes first.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ccinc_wizard.app.paths import Paths, sealed, unsealed, whole
from ccinc_wizard.app.policies import read_policies
from ccinc_wizard.app.settings import MAX_BYTES, TABLE, ReadSettings, Settings, meant
from ccinc_wizard.content.files import read_bounded
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE, Mode, Status
from ccinc_wizard.requestlog.atomic_files import write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccinc_wizard.app.drafts import Draft
    from ccinc_wizard.app.retention import Doubt
    from ccinc_wizard.content.scenarios import ScenarioSet
    from ccinc_wizard.content.wording import Wording
    from ccinc_wizard.domain.catalog import Catalog
    from ccinc_wizard.domain.findings import Circumstances, EarlierRequest
    from ccinc_wizard.domain.mail.line import LineReading
    from ccinc_wizard.domain.mail.parts import Notice
    from ccinc_wizard.domain.mail.reading import Reading
    from ccinc_wizard.domain.municipalities import Municipalities
    from ccinc_wizard.domain.outcome import Judgement
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.domain.suggestions import Suggestion
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.model import Progress
    from ccinc_wizard.requestlog.team import TeamLog


_RECENT = 20
"""Of how many requests the organisations are offered again."""


class Services:
    """One program run: its paths, settings, words, facts and log."""

    def __init__(self, paths: Paths | None, *, language: str = "", mode: Mode | None = None) -> None:
        self._paths = paths
        self.loaded = ReadSettings.of(paths.settings) if paths else ReadSettings()
        self.settings = self.loaded.settings
        self.policies = read_policies()
        held = self.in_force
        wanted = held.language if self.is_fixed("language") else language or held.language or _language_of_setup()
        self.texts = Texts(wanted if wanted in languages() else SOURCE_LANGUAGE)
        self.mode = held.mode if self.is_fixed("mode") else mode or held.mode
        self.asked = (None if self.is_fixed("mode") else mode, "" if self.is_fixed("language") else language)
        """Mode and language that this start asked for, where the user may choose them."""
        self.bringing_over: Progress | None = None
        """Is told how far a log of an earlier format is brought over, and of how much."""
        self.apart = False
        """Whether this is a window for training beside another one."""

    @property
    def in_force(self) -> Settings:
        """The settings, with what is laid down in the place of what the user chose."""
        return self.settings._replace(**self.policies.held)  # type: ignore[arg-type]

    def is_fixed(self, name: str) -> bool:
        """Whether the organisation has laid this setting down."""
        return name in self.policies.held

    @property
    def paths(self) -> Paths:
        """Where the program writes. Raises LogError NO_FOLDER for a user without a home, who can still have a link."""
        if self._paths is None:
            from ccinc_wizard.requestlog.errors import LogError, LogErrorCode

            raise LogError(LogErrorCode.NO_FOLDER)
        return self._paths

    @cached_property
    def catalog(self) -> Catalog:
        """The facts. Raises ContentError when the file is refused."""
        from ccinc_wizard.content.facts import load_catalog

        return load_catalog()

    @cached_property
    def municipalities(self) -> Municipalities:
        """The municipalities. Raises ContentError when a file is refused."""
        from ccinc_wizard.content.facts import load_municipalities

        return load_municipalities()

    @property
    def wording(self) -> Wording:
        """Words in the present language for findings and outcomes."""
        from ccinc_wizard.content.wording import Wording

        return Wording(self.texts, self.catalog)

    def circumstances(self, earlier: Sequence[EarlierRequest] = ()) -> Circumstances:
        """What the rules may know now."""
        from ccinc_wizard.app.machine import today
        from ccinc_wizard.domain.findings import Circumstances

        return Circumstances(today(), self.catalog, self.municipalities, self.mode, earlier)

    def judge(
        self, answers: Answers, earlier: Sequence[EarlierRequest] = (), before: Judgement | None = None
    ) -> Judgement:
        """What rules and outcome say of these answers today: as before, where nothing has changed since."""
        from ccinc_wizard.domain.outcome import Judgement

        now = self.circumstances(earlier)
        return before.again(answers, now) if before else Judgement(answers, now)

    def numbers_in(self, text: str, known: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Where a text holds what could be most of a register number, and the known ones; those that meet as one."""
        from ccinc_wizard.domain.redaction import merged, spans_in

        return merged([*known, *spans_in(text)])

    def read_mail(self, text: str) -> Reading:
        """What a mail says."""
        from ccinc_wizard.domain.mail.reading import read_mail

        now, made_up = self.circumstances(), self.mode is Mode.TRAINING
        return read_mail(
            text, today=now.today, catalog=now.catalog, municipalities=now.municipalities, fictional=made_up
        )

    def read_line(self, text: str) -> LineReading:
        """What a line or a mail says that is typed or pasted on the first page, in whichever language."""
        from ccinc_wizard.content.list_words import ListWords
        from ccinc_wizard.domain.mail.line import read_line

        known = ListWords(self.texts, self.catalog).vocabulary
        catalog, places = self.catalog, self.municipalities
        return read_line(text, self.read_mail, vocabulary=known, catalog=catalog, municipalities=places)

    def remarks(self, notices: Sequence[Notice]) -> list[str]:
        """What one should know of what was read, in words."""
        from ccinc_wizard.content.mail_words import ReadingWords

        return list(map(ReadingWords(self.texts, self.catalog).notice, notices))

    @property
    def names_days(self) -> int:
        """After how many days names and notes are erased."""
        return self.in_force.names_days

    @property
    def rest_days(self) -> int:
        """After how many days the rest is erased; never before the names."""
        return max(self.in_force.rest_days, self.names_days)

    def erase_what_is_due(self, log: RequestLog, *, date_is_right: bool = False) -> Doubt | None:
        """Erase what has been kept long enough; tells what would go instead where the clock is in doubt.

        `date_is_right` is what a user says who was told. Raises LogError.
        """
        from ccinc_wizard.app.call_book import CallBook
        from ccinc_wizard.app.drafts import erase_older
        from ccinc_wizard.app.retention import erase_what_is_due

        if date_is_right:
            CallBook(self.paths.data).believe(log.now())
        doubt = erase_what_is_due(log, self.names_days, self.rest_days, date_is_right=date_is_right)
        if doubt is None:
            with suppress(OSError):
                erase_older(self.paths.draft(self.mode), self.names_days)
        return doubt

    @property
    def team_log(self) -> TeamLog | None:
        """The log that the organisation shares, where IT has set one; training never uses it."""
        held = self.in_force
        if not held.team_log_url or self.mode is Mode.TRAINING:
            return None
        from ccinc_wizard.requestlog.team import TeamLog

        return TeamLog(held.team_log_url, held.team_log_role, self.paths.data / "team")

    def has_log(self) -> bool:
        """Whether there is a log to look after; looking must not make one."""
        from ccinc_wizard.requestlog.folder import unfinished

        return self._log_folder.is_dir() or unfinished(self._log_folder)

    @property
    def _log_folder(self) -> Path:
        return self.team_log.folder if self.team_log else self.paths.log_folder(self.mode)

    def waited_for(self) -> str:
        """Whose answer the log waits for when it is slow, in words."""
        return self.texts("log.waits_for.database" if self.team_log else "log.waits_for.keyring")

    def key_trouble(self) -> str:
        """That the key of the log lies in a file, what that means and what helps; nothing where a keyring has it."""
        from ccinc_wizard.requestlog.keys import KEY_FILE

        if not (self._log_folder / KEY_FILE).is_file():
            return ""
        return self.texts("logview.file_key_team" if self.team_log else "logview.file_key")

    def share_trouble(self) -> str:
        """That the log lies on a network share, what that means and what helps; nothing where it does not."""
        from ccinc_wizard.requestlog.sqlite_store import on_share

        return self.texts("logview.share") if not self.team_log and on_share(self.paths.data) else ""

    def own_log_folder(self) -> Path:
        """The folder of a log that is this user's alone. Raises LogError TEAM_BACKUP for a team's log."""
        if self.team_log:
            from ccinc_wizard.requestlog.errors import LogError, LogErrorCode

            raise LogError(LogErrorCode.TEAM_BACKUP)
        return self.paths.log_folder(self.mode)

    def remember(self, **changes: object) -> None:
        """Change settings and keep them; a folder that cannot be written costs only the memory of them.

        Raises ValueError for what cannot be meant.
        """
        values = {name: meant(name, value) for name, value in changes.items()}
        if wrong := [name for name, value in values.items() if value is None]:
            raise ValueError(*wrong)
        self.settings = self.settings._replace(**values)  # type: ignore[arg-type]
        path = self.paths.settings
        try:
            if self.loaded.unreadable and not self.settings_aside.exists():
                path.replace(self.settings_aside)
            self.settings.write(path)
        except OSError:
            return

    @property
    def settings_aside(self) -> Path:
        """Where a file of settings that could not be read is kept."""
        return self.paths.settings.with_suffix(".unreadable.json")

    def settings_trouble(self) -> str:
        """What is wrong with the file of settings, in words; nothing when all is well."""
        if self.loaded.unreadable:
            return self.texts("settings.unreadable", file=whole(self.settings_aside))
        wrong = [name for name in self.loaded.refused if TABLE[name].shown]
        names = [f"{self.texts(f'settings.{name}.label')} ({name})" for name in wrong]
        return self.texts("settings.refused", names=", ".join(names)) if names else ""

    def open_log(self) -> RequestLog:
        """Open the request log of this mode; slow when the keyring is, so never from the window's thread.

        Raises LogError.
        """
        from ccinc_wizard.app.machine import current_user, utc_now
        from ccinc_wizard.app.retention import note_use
        from ccinc_wizard.requestlog.log import RequestLog
        from ccinc_wizard.requestlog.team import open_team

        user, words = current_user(), _words_of_status()
        if team := self.team_log:
            log = open_team(team, user=user, vocabulary=words)
        else:
            folder, told = self.paths.log_folder(self.mode), self.bringing_over
            log = RequestLog.open(folder, clock=utc_now, user=user, vocabulary=words, progress=told)
        note_use(log)
        return log

    def earlier_requests(self, log: RequestLog, number: RegisterNumber, but: str = "") -> Sequence[EarlierRequest]:
        """What the log knows of the person with this number, without the request of this reference."""
        from ccinc_wizard.app.saving import earlier_requests

        return earlier_requests(log, number, but)

    def read_scenarios(self, go_on: Callable[[], bool] = lambda: True, *, own: bool = True) -> ScenarioSet:
        """All of them, or the program's alone, in its language. A folder that is laid down wins over the trainer's.

        `go_on` is asked now and then, and ends it by False. Raises StoppedError.
        """
        from ccinc_wizard.content.scenarios import ScenarioReader

        folder = self.in_force.scenario_folder if own else ""
        reader = ScenarioReader(self.catalog, self.municipalities, self.texts)
        return reader.read_all(*([Path(folder)] if folder else []), go_on=go_on)

    def own_authorities(self) -> Sequence[Suggestion]:
        """The organisations of which the user is administrator, none while practising."""
        from ccinc_wizard.domain.suggestions import of_name

        own = () if self.mode is Mode.TRAINING else self.settings.administrator_of
        return [of_name(name, self.catalog, self.municipalities) for name in own]

    def known_authorities(self, log: RequestLog) -> Sequence[Suggestion]:
        """The same, and those that were asked for lately. Raises LogError."""
        from ccinc_wizard.domain.suggestions import Suggestion, each_organisation_once

        lately = [Suggestion(one.authority_name, one.authority_type) for one in log.page(limit=_RECENT)]
        return each_organisation_once([*self.own_authorities(), *lately], self.catalog, self.municipalities)

    def is_own(self, name: str) -> bool:
        """Whether the user has said to be administrator of this organisation, by whichever of its names."""
        if not (own := self.settings.administrator_of):
            return False
        from ccinc_wizard.domain.suggestions import identity

        wanted = identity(name, self.catalog, self.municipalities)
        return any(identity(one, self.catalog, self.municipalities) == wanted for one in own)

    def save_draft(self, answers: Answers, mode: Mode | None = None) -> None:
        """Keep the answers for the next start in this mode, without the register number; no folder, no draft."""
        kept, mode = answers.draft(), mode or self.mode
        path = self.paths.draft(mode)
        try:
            if self.paths.portable:
                self.paths.in_clear().draft(mode).unlink(missing_ok=True)
            if not kept:
                path.unlink(missing_ok=True)
                return
            content = json.dumps(kept, ensure_ascii=False)
            write_private(path, sealed(content.encode()) if self.paths.portable else content)
        except OSError:
            return

    def load_draft(self, path: Path | None = None) -> Answers:
        """The answers that were left half-way, or none: the last ones, or those of a file that waits."""
        found = _read_draft(self.paths, path or self.paths.draft(self.mode))
        if not found and path is None and self.paths.portable:  # a version that did not seal may have left one
            found = _read_draft(self.paths.in_clear(), self.paths.in_clear().draft(self.mode))
        return Answers.from_draft({str(name): str(value) for name, value in found.items()})

    def waiting_drafts(self, *, in_place: bool) -> list[Draft]:
        """What was left half-way and waits, the newest first; `in_place`: with the one that the next one replaces."""
        from ccinc_wizard.app.drafts import waiting

        present = self.paths.draft(self.mode)
        return waiting(present, lambda path: self.load_draft(None if path == present else path), in_place=in_place)

    def set_draft_aside(self) -> None:
        """Let the present draft wait beside others, so that the next one does not take its place."""
        from ccinc_wizard.app.drafts import set_aside

        if not self.paths.draft(self.mode).exists():  # a version that did not seal may have left one
            self.save_draft(self.load_draft())
        set_aside(self.paths.draft(self.mode))

    def forget_draft(self, draft: Draft) -> None:
        """One that waited has been taken up."""
        for one in self.waiting_drafts(in_place=False):
            if one.answers == draft.answers:
                one.path.unlink(missing_ok=True)


def _words_of_status() -> dict[str, str]:
    """The words of all languages by which a status is found in the log."""
    spoken = [Texts(language) for language in languages()]
    keys = {status.value: f"log.status.{status}" for status in Status}
    return {name: " ".join(texts(key) for texts in spoken if texts.has(key)) for name, key in keys.items()}


def _language_of_setup() -> str:
    """The one in which somebody installed the program by hand: it goes on in that until another is chosen."""
    if not getattr(sys, "frozen", False):
        return ""
    try:
        return (Path(sys.executable).parent / "_internal" / "language").read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def _read_draft(paths: Paths, path: Path) -> dict[object, object]:
    try:
        content = read_bounded(path, MAX_BYTES)
        found = json.loads(unsealed(content) if paths.portable else content)
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
