"""Puts the rooms together for whoever asks: window, terminal or command line. Knows no Qt.

What is slow to load is in `opened.py`, and loaded when it is first used.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from ccinc_wizard.app.policies import read_policies
from ccinc_wizard.app.sealing import sealed, this_user, unsealed
from ccinc_wizard.app.settings import MAX_BYTES, TABLE, ReadSettings, Settings, meant
from ccinc_wizard.content.files import read_bounded
from ccinc_wizard.content.texts import SOURCE_LANGUAGE, Texts, languages
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.terms import Administrator, Mode, Situation
from ccinc_wizard.requestlog.atomic_files import write_private

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccinc_wizard.app.drafts import Draft
    from ccinc_wizard.app.opened import Opened
    from ccinc_wizard.app.retention import Doubt
    from ccinc_wizard.content.scenarios import ScenarioSet
    from ccinc_wizard.content.wording import Wording
    from ccinc_wizard.domain.catalog import Catalog
    from ccinc_wizard.domain.findings import Circumstances, EarlierRequest
    from ccinc_wizard.domain.mail.line import LineReading
    from ccinc_wizard.domain.mail.parts import Notice
    from ccinc_wizard.domain.municipalities import Municipalities
    from ccinc_wizard.domain.outcome import Judgement
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.domain.suggestions import Suggestion
    from ccinc_wizard.requestlog.chain import Progress
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.team import TeamLog


APP_NAME = "ccinc-wizard"
WINDOW_LOCK = "window.lock"
"""The file in the data folder that says that a window is open on these data."""
TRAINING_LOCK = "window-training.lock"
"""The same for a window apart in which one practises while the other is open."""
LOCKS = (WINDOW_LOCK, TRAINING_LOCK)


class Paths(NamedTuple):
    """Where the program writes; all of it under one folder when `--data-dir` or `portable.txt` says so."""

    data: Path
    settings: Path
    portable: bool = False
    """Whether it may be a stick, which gets lost."""

    @classmethod
    def choose(cls, data_dir: Path | None = None) -> Self:
        """The given folder, else the one beside a portable program, else the platform's own.

        Raises RuntimeError where it would stand in the home of a user who has none.
        """
        if data_dir is None and getattr(sys, "frozen", False):
            beside = Path(sys.executable).resolve().parent
            if (beside / "portable.txt").is_file():
                return cls(beside / "data", beside / "data" / "settings.json", portable=True)
        if data_dir is not None:
            folder = data_dir.expanduser().absolute()
            return cls(folder, folder / "settings.json")
        import platformdirs

        data = platformdirs.user_data_path(APP_NAME, appauthor=False)
        return cls(data, platformdirs.user_config_path(APP_NAME, appauthor=False) / "settings.json")

    def log_folder(self, mode: Mode) -> Path:
        """The request log's folder; training has its own, so that nothing of it reaches the real log."""
        return self.data / ("training" if mode is Mode.TRAINING else "log")

    def team_folder(self) -> Path:
        """This desk's key and head of its team's log."""
        return self.data / "team"

    def draft(self, mode: Mode) -> Path:
        """The half-finished answers, without the register number; sealed on a stick, as they hold a name."""
        name = "draft-training" if mode is Mode.TRAINING else "draft"
        return self.data / (f"{name}-{this_user()}.sealed" if self.portable else f"{name}.json")

    def in_clear(self) -> Self:
        """The same, where drafts are not sealed."""
        return self._replace(portable=False)


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
    def _opened(self) -> Opened:
        # Late, as the facts below: `link` answers at once, and the first page comes first.
        from ccinc_wizard.app.opened import Opened

        return Opened()

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
        return self._opened.wording(self.texts, self.catalog)

    def circumstances(self, earlier: Sequence[EarlierRequest] = ()) -> Circumstances:
        """What the rules may know now."""
        return self._opened.circumstances(self.catalog, self.municipalities, self.mode, earlier)

    def judge(
        self, answers: Answers, earlier: Sequence[EarlierRequest] = (), before: Judgement | None = None
    ) -> Judgement:
        """What rules and outcome say of these answers today: as before, where nothing has changed since."""
        return self._opened.judge(answers, self.circumstances(earlier), before)

    def numbers_in(self, text: str) -> list[tuple[int, int]]:
        """Where a text holds what could be most of a register number."""
        return self._opened.numbers_in(text)

    def read_line(self, text: str) -> LineReading:
        """What a line or a mail says that is typed or pasted on the first page, in whichever language."""
        return self._opened.read_line(text, self.circumstances(), self.texts)

    def remarks(self, notices: Sequence[Notice]) -> list[str]:
        """What one should know of what was read, in words."""
        return self._opened.remarks(notices, self.texts, self.catalog)

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
        if date_is_right:
            self._opened.believe(self.paths.data, log.now())
        doubt = self._opened.erase_what_is_due(log, self.names_days, self.rest_days, date_is_right=date_is_right)
        if doubt is None:
            from ccinc_wizard.app.drafts import erase_older

            with suppress(OSError):
                erase_older(self.paths.draft(self.mode), self.names_days)
        return doubt

    @property
    def team_log(self) -> TeamLog | None:
        """The log that the organisation shares, where IT has set one; training never uses it."""
        held = self.in_force
        if not held.team_log_url or self.mode is Mode.TRAINING:
            return None
        return self._opened.team_log(held.team_log_url, held.team_log_role, self.paths.team_folder())

    def has_log(self) -> bool:
        """Whether there is a log to look after; looking must not make one."""
        from ccinc_wizard.requestlog.folder import unfinished

        team = self.team_log
        folder = team.folder if team else self.paths.log_folder(self.mode)
        return folder.is_dir() or unfinished(folder)

    def waited_for(self) -> str:
        """Whose answer the log waits for when it is slow, in words."""
        return self.texts("log.waits_for.database" if self.team_log else "log.waits_for.keyring")

    def key_trouble(self) -> str:
        """That the key of the log lies in a file, what that means and what helps; nothing where a keyring has it."""
        from ccinc_wizard.requestlog.keys import KEY_FILE

        team = self.team_log
        folder = team.folder if team else self.paths.log_folder(self.mode)
        if not (folder / KEY_FILE).is_file():
            return ""
        return self.texts("logview.file_key_team" if team else "logview.file_key")

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
            return self.texts("settings.unreadable", file=self.settings_aside.name)
        wrong = [name for name in self.loaded.refused if TABLE[name].shown]
        names = [f"{self.texts(f'settings.{name}.label')} ({name})" for name in wrong]
        return self.texts("settings.refused", names=", ".join(names)) if names else ""

    def open_log(self) -> RequestLog:
        """Open the request log of this mode; slow when the keyring is, so never from the window's thread.

        Raises LogError.
        """
        if team := self.team_log:
            return self._opened.log_of_team(team)
        return self._opened.log(self.paths.log_folder(self.mode), self.bringing_over)

    def earlier_requests(self, log: RequestLog, number: RegisterNumber, but: str = "") -> Sequence[EarlierRequest]:
        """What the log knows of the person with this number, without the request of this reference."""
        return self._opened.earlier_requests(log, number, but)

    def read_scenarios(self, go_on: Callable[[], bool] = lambda: True, *, own: bool = True) -> ScenarioSet:
        """All of them, or the program's alone, in its language. A folder that is laid down wins over the trainer's.

        `go_on` is asked now and then, and ends it by False. Raises StoppedError.
        """
        folder = self.in_force.scenario_folder if own else ""
        return self._opened.scenarios(self.catalog, self.municipalities, self.texts, folder, go_on)

    def own_authorities(self) -> Sequence[Suggestion]:
        """The organisations of which the user is administrator, none while practising."""
        own = () if self.mode is Mode.TRAINING else self.settings.administrator_of
        return self._opened.own_authorities(own, self.catalog, self.municipalities)

    def known_authorities(self, log: RequestLog) -> Sequence[Suggestion]:
        """The same, and those that were asked for lately. Raises LogError."""
        return self._opened.known_authorities(self.own_authorities(), log, self.catalog, self.municipalities)

    def asks_administrator(self, answers: Answers) -> bool:
        """Whether to ask if the user is administrator of the organisation: only who acts there himself, and once."""
        acts = answers.situation in (Situation.MANUAL, Situation.TASK)
        return acts and not self.is_own(answers.authority_name)

    def with_known_administrator(self, answers: Answers) -> Answers:
        """What was said of this organisation, also before: whether the user is its administrator is asked once."""
        answers = answers.for_organisation()
        known = not answers.administrator and self.is_own(answers.authority_name)
        return answers._replace(administrator=Administrator.YES) if known else answers

    def remember_administrator(self, answers: Answers) -> None:
        """Keep that the user is administrator of the organisation, if he said so."""
        if answers.administrator is Administrator.YES and not self.is_own(answers.authority_name):
            self.remember(administrator_of=(*self.settings.administrator_of, answers.authority_name.strip()))

    def is_own(self, name: str) -> bool:
        """Whether the user has said to be administrator of this organisation, by whichever of its names."""
        own = self.settings.administrator_of
        return bool(own) and self._opened.is_among(name, own, self.catalog, self.municipalities)

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
