"""Checks this installation: what a helpdesk or IT department runs first when something seems wrong. Knows no Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ccinc_wizard.app import installation
from ccinc_wizard.app.machine import current_user, utc_now
from ccinc_wizard.app.output import put
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import system_reason
from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.terminal import starting

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.keys import Keys
    from ccinc_wizard.requestlog.model import NewRequest

QT_PROBE = "--qt-probe"
"""Hidden argument of the child process that tries Qt, so that a crash of Qt is only a failed check."""
_SENTINEL = "Zelftest-naam-die-versleuteld-moet-zijn"
_PLAIN_SQLITE = b"SQLite format 3"
_CHILD_SECONDS = 120


class CheckFailedError(Exception):
    """A check found something wrong; says what and what to do."""


class SelfTest:
    """The checks. Each returns a remark or nothing, and raises what is wrong."""

    def __init__(self, services: Services) -> None:
        self._services, self._texts = services, services.texts

    def run(self) -> int:
        """Print `ok`, `notice` or `error`, the check's name and a sentence, with tabs between. 1 if one failed."""
        checks: dict[str, Callable[[], str]] = {
            **({"files": self._files} if installation.FROZEN else {}),
            "modules": lambda: str(installation.import_all(window=False)),
            "catalog": lambda: self._services.catalog.version,
            "links": self._links,
            "municipalities": lambda: str(len(self._services.municipalities.rows)),
            "texts": self._words,
            "scenarios": self._scenarios,
            "spelling": self._spelling,
            "qt": lambda: str(self._probed["version"]),
            "window": lambda: str(self._probed["modules"]),
            "fonts": self._fonts,
            "translations": self._translations,
            "data-folder": self._data_folder,
            "log-encryption": self._log_encryption,
        }
        failed = False
        for name, check in checks.items():
            try:
                told = ("ok", name, check())
            except Exception as error:  # whatever a check meets is its answer
                failed = True
                told = ("error", name, self._reason(error))
            self._tell(*told)
        self._tell(*self._keyring())
        return int(failed)

    def _reason(self, error: Exception) -> str:
        from ccinc_wizard.content.wording import log_trouble
        from ccinc_wizard.requestlog.errors import LogError

        if isinstance(error, LogError):
            return f"{log_trouble(self._texts, error)} ({error})"
        return str(error) or type(error).__name__

    @staticmethod
    def _tell(verdict: str, name: str, remark: str = "") -> None:
        words = " ".join(scrub(remark).split())
        put("\t".join(filter(None, (verdict, name, words))), flush=True)

    def _files(self) -> str:
        program = Path(sys.executable).parent
        shipped = installation.shipped_files(program)
        if lost := installation.damaged(program, shipped):
            raise CheckFailedError(self._texts("cli.selftest.files", count=len(lost), first=lost[0]))
        return str(len(shipped))

    def _links(self) -> str:
        catalog = self._services.catalog
        links = {catalog.link(authority.id, role) for authority in catalog.authorities for role in Role}
        wanted = len(catalog.authorities) * len(Role)
        if len(links) != wanted:
            raise CheckFailedError(self._texts("cli.selftest.links", found=len(links), wanted=wanted))
        return str(wanted)

    def _words(self) -> str:
        from ccinc_wizard.content.texts import first_mistake, languages

        if mistake := first_mistake():
            raise mistake
        return " ".join(languages())

    def _scenarios(self) -> str:
        from ccinc_wizard.content.scenarios import ScenarioReader

        found = ScenarioReader(self._services.catalog, self._services.municipalities, self._texts).read_all()
        if found.refused:
            raise found.refused[0]
        return str(len(found.scenarios))

    def _spelling(self) -> str:
        from ccinc_wizard.content.helpdesk import load_spelling

        load_spelling()
        return ""

    def _fonts(self) -> str:
        if not self._probed["fonts"]:
            raise CheckFailedError(self._texts("cli.selftest.fonts"))
        return str(self._probed["fonts"])

    def _translations(self) -> str:
        from ccinc_wizard.content.texts import languages

        spoken = str(self._probed["translations"]).split()
        if missing := [language for language in languages() if language not in spoken]:
            raise CheckFailedError(self._texts("cli.selftest.translations", languages=" ".join(missing)))
        return " ".join(spoken)

    @cached_property
    def _probed(self) -> dict[str, object]:
        package = [] if installation.FROZEN else ["-m", "ccinc_wizard"]
        beside = str(Path(__file__).resolve().parents[2])
        paths = os.pathsep.join(filter(None, (beside, os.environ.get("PYTHONPATH"))))
        # As the window would be opened here: each platform of Qt has its own plugin and its own way to fonts.
        seen = starting.has_screen() and not starting.why_no_screen()
        # Into files, not pipes: what Qt or the system starts may hold those open long after the child has ended.
        with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as trouble:
            code = subprocess.run(
                [sys.executable, *package, QT_PROBE],
                env={**os.environ, **({} if seen else {"QT_QPA_PLATFORM": "offscreen"}), "PYTHONPATH": paths},
                stdout=said,
                stderr=trouble,
                timeout=_CHILD_SECONDS,
                check=False,
            ).returncode
            said.seek(0)
            trouble.seek(0)
            results, told = said.read(), trouble.read().decode("utf-8", errors="replace").strip().splitlines()
        if code:
            raise CheckFailedError(self._texts("cli.selftest.qt", reason=told[-1] if told else str(code)))
        answer: dict[str, object] = json.loads(results)
        return answer

    def _data_folder(self) -> str:
        paths = self._services.paths
        for folder in dict.fromkeys((paths.data, paths.settings.parent)):
            try:
                _try_to_write(folder)
            except OSError as error:
                reason = system_reason(self._texts, error)
                raise CheckFailedError(
                    self._texts("cli.selftest.data_folder", folder=str(folder), reason=reason)
                ) from error
        return self._services.share_trouble()

    def _log_encryption(self) -> str:
        with tempfile.TemporaryDirectory(prefix="ccinc-wizard-") as folder:
            self._check_log(Path(folder) / "log")
        return ""

    def _check_log(self, folder: Path) -> None:
        from ccinc_wizard.requestlog.keys import forget
        from ccinc_wizard.requestlog.log import RequestLog

        keys: Keys | None = None
        try:
            with RequestLog.open(folder, clock=utc_now, user=current_user()) as log:
                keys = log.keys
                log.save(self._request())
                written = b"".join(file.read_bytes() for file in folder.iterdir())
            written += b"".join(file.read_bytes() for file in folder.iterdir())
        finally:
            if keys is not None:
                forget(keys)
        if _PLAIN_SQLITE in written or _SENTINEL.encode() in written:
            raise CheckFailedError(self._texts("cli.selftest.not_encrypted"))

    @staticmethod
    def _request() -> NewRequest:
        from ccinc_wizard.requestlog.model import NewRequest

        return NewRequest(
            mode="training",
            situation="form",
            applicant_name=_SENTINEL,
            fingerprint=None,
            role="invoerder",
            authority_type="agb",
            authority_name=_SENTINEL,
            label_due=False,
            outcome="link",
            content_version="0",
            rules_version="0",
        )

    def _keyring(self) -> tuple[str, str, str]:
        try:
            import keyring
            from keyring.backends.fail import Keyring as Absent

            backend = keyring.get_keyring()
            if not isinstance(backend, Absent):
                return "ok", "keyring", backend.name
        except Exception as error:  # a keyring that breaks serves as little as one that is absent
            return "notice", "keyring", f"{self._texts('logview.file_key')} ({type(error).__name__})"
        return "notice", "keyring", self._texts("logview.file_key")


def _try_to_write(folder: Path) -> None:
    """Write where the folder is, or where it would be made. Leaves nothing behind. Raises OSError."""
    place = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    with tempfile.TemporaryFile(prefix="ccinc-wizard-", dir=place) as file:
        file.write(b"-")
        file.flush()
