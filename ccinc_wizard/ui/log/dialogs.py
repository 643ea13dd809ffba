"""The dialogs of the log menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from ccinc_wizard.app import retention
from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.app.retention import Doubt, doubt_in_words, preview
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import DAYS
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.register_number import RegisterNumber
from ccinc_wizard.requestlog.backup import SHORTEST_PASSPHRASE
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan
from ccinc_wizard.requestlog.team import KeyStanding, TeamLog, code_of_key, make_key, take_key
from ccinc_wizard.ui.kit.choosing import NumberBox
from ccinc_wizard.ui.kit.dialogs import Dialog, foot
from ccinc_wizard.ui.kit.fields import TextField, titled
from ccinc_wizard.ui.kit.screens import when_low
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, column, label, plain, rename, say, section, selectable, status_line
from ccinc_wizard.ui.kit.worker import Latest, LogWorker


class Asking(Dialog):
    """A dialog with a reason, its fields, and two buttons: go on or not."""

    def __init__(self, name: str, texts: Texts, title: str, why: str, parent: QWidget | None) -> None:
        super().__init__(name, title, parent, lasting=True)
        self.texts = texts
        self._said = section(title), label(why, "muted")

    def finish(self, go: str, *parts: QWidget | QLayout) -> None:
        """Put the fields and, under them, the buttons; `go` is the key of what the main one does."""
        self.go = button(self.texts(go), name="care_ok", kind="primary", action=self.check)
        self.leave = button(self.texts("care.cancel"), name="care_cancel", action=self.reject)
        self.foot = foot(self.leave, self.go)
        body = column(*self._said, *parts, gap=SPACE * 2)
        self.lay_out(when_low("care_scroll", self.windowTitle(), body), self.foot)
        self.go.setDefault(True)

    def number_field(self, name: str) -> TextField:
        """A masked field for a register number, empty again once the dialog is closed in whatever way."""
        made = TextField(name, self.texts("care.forget.number"), "")
        made.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.finished.connect(made.input.clear)
        return made

    def check(self) -> None:
        """Accept when nothing is missing."""
        self.accept()


class PassphraseDialog(Asking):
    """Asks for a passphrase; twice for a new one."""

    def __init__(self, texts: Texts, *, new: bool, parent: QWidget | None) -> None:
        kind = "backup" if new else "restore"
        title, why = texts(f"care.passphrase.title_{kind}"), texts(f"care.passphrase.why_{kind}")
        super().__init__("passphrase_dialog", texts, title, why, parent)
        self._shortest = SHORTEST_PASSPHRASE
        hint = texts("care.passphrase.hint", count=self._shortest) if new else ""
        self._field = TextField("passphrase", texts("care.passphrase.field"), hint)
        self._again = TextField("passphrase_again", texts("care.passphrase.again"), "") if new else None
        fields = [field for field in (self._field, self._again) if field]
        for field in fields:
            field.input.setEchoMode(QLineEdit.EchoMode.Password)
        self.finish(f"care.passphrase.go_{kind}", *fields)

    def passphrase(self) -> str:
        """What was typed."""
        return self._field.input.text()

    def check(self) -> None:
        """A new passphrase is long enough and typed twice alike."""
        typed = self.passphrase()
        if self._again and len(typed) < self._shortest:
            self._field.refuse(self.texts("care.passphrase.short", count=self._shortest))
        elif self._again and self._again.input.text() != typed:
            self._again.refuse(self.texts("care.passphrase.different"))
        else:
            self.accept()


class RetentionDialog(Asking):
    """The two terms with their reason, and what would be erased now; another term is another preview."""

    def __init__(self, services: Services, worker: LogWorker, parent: QWidget | None) -> None:
        texts = services.texts
        super().__init__("retention_dialog", texts, texts("care.retention.title"), texts("care.retention.why"), parent)
        self._worker, self._latest = worker, Latest()
        self.plan: ErasurePlan | None = None
        """What the preview tells of, once it is there."""
        self._names = _days("names", texts, services)
        self._rest = _days("rest", texts, services)
        self._preview = label("", name="retention_preview")
        parts: list[QWidget | QLayout] = []
        if services.is_fixed("names_days") or services.is_fixed("rest_days"):
            parts.append(label(texts("care.retention.policy"), name="retention_policy"))
        for key, spin in (("names", self._names), ("rest", self._rest)):
            spin.valueChanged.connect(self._look)
            parts.append(titled(texts(f"care.retention.{key}"), spin))
        automatic = label(texts("care.retention.automatic"), "muted")
        self.finish("care.retention.go", *parts, self._preview, automatic)
        self._look()

    def names_days(self) -> int:
        """After how many days names and notes go."""
        return self._names.value()

    def rest_days(self) -> int:
        """After how many days the rest goes."""
        return max(self._rest.value(), self._names.value())

    def _look(self) -> None:
        names_days, rest_days = self.names_days(), self.rest_days()
        self.plan = None
        self.go.setEnabled(False)
        self._preview.setText(self.texts("logview.loading"))

        def find(log: RequestLog) -> tuple[ErasurePlan, Doubt | None]:
            return preview(log, names_days, rest_days)

        def show(found: tuple[ErasurePlan, Doubt | None]) -> None:
            plan, doubt = found
            counts = {"names": len(plan.names), "rest": len(plan.rest)}
            words = self.texts("care.retention.nothing" if plan.empty else "care.retention.preview", **counts)
            say(self._preview, f"{words} {doubt_in_words(self.texts, doubt)}" if doubt else words)
            self.plan = plan
            rename(self.go, self.texts("care.retention.go" if plan.empty else "care.retention.go_erase"))
            self.go.setEnabled(True)

        # Whoever turns the number further no longer waits for this answer.
        self._worker.run(find, done=show, failed=self._fail, wanted=self._latest.ask())

    def _fail(self, error: Exception) -> None:
        say(self._preview, log_trouble(self.texts, error))


class ForgetDialog(Asking):
    """Asks whom to forget, tells how much there is, and erases it at the second press."""

    def __init__(
        self, services: Services, worker: LogWorker, tell: Callable[[str], None], parent: QWidget | None
    ) -> None:
        texts = services.texts
        super().__init__("forget_dialog", texts, texts("care.forget.title"), texts("care.forget.why"), parent)
        self._services, self._worker, self._tell = services, worker, tell
        self._plan: ErasurePlan | None = None
        self._latest = Latest()
        """Whoever is typed now may be another than was looked for."""
        self._name = TextField("forget_name", texts("care.forget.name"), "")
        self._number = self.number_field("forget_number")
        self._found = status_line("forget_found", "")
        self.finish("care.forget.search", self._name, self._number, self._found)
        for field in (self._name, self._number):
            field.typed.connect(self._start_over)

    def check(self) -> None:
        """First look, then erase."""
        plan = self._plan
        if plan is not None and not plan.empty:
            self._worker.run(lambda log: log.erase(plan), done=self._erased, failed=self._failed)
            return
        number, wrong = typed_number(self._services, self._number.input.text())
        self._number.show_error("")
        if wrong:
            self._number.refuse(self.texts("care.forget.number_wrong"))
            return
        name = self._name.input.text()

        def find(log: RequestLog) -> ErasurePlan:
            return retention.of_person(log, name, log.fingerprint(number.clear_digits()) if number else None)

        self._worker.run(find, done=self._show, failed=self._failed, wanted=self._latest.ask())

    def _show(self, plan: ErasurePlan) -> None:
        self._plan = plan
        say(self._found, self.texts("care.forget.preview", count=len(plan.rest)))
        rename(self.go, self.texts("care.forget.search" if plan.empty else "care.forget.go"))

    def _start_over(self) -> None:
        self._latest.forget()
        self._plan = None
        say(self._found, "")
        rename(self.go, self.texts("care.forget.search"))

    def _erased(self, _: None) -> None:
        self.accept()
        self._tell(self.texts("care.erased"))

    def _failed(self, error: Exception) -> None:
        say(self._found, log_trouble(self.texts, error))


class SamePersonDialog(Asking):
    """Asks the register number again before a logged request is picked up."""

    def __init__(self, services: Services, parent: QWidget | None) -> None:
        texts = services.texts
        super().__init__("same_person_dialog", texts, texts("care.pick_up.title"), texts("care.pick_up.why"), parent)
        self._services = services
        self._field = self.number_field("same_person_number")
        self.number: RegisterNumber | None = None
        self.finish("care.pick_up.go", self._field)

    def check(self) -> None:
        """Accept a number that can be right."""
        self.number, wrong = typed_number(self._services, self._field.input.text())
        if self.number is None or wrong:
            self._field.refuse(self.texts("care.forget.number_wrong"))
        else:
            self.accept()


def typed_number(services: Services, text: str) -> tuple[RegisterNumber | None, bool]:
    """The number that was typed, and whether something wrong was."""
    asking = Answers(situation=Situation.MANUAL, number_text=text)
    number = rules.number_of(asking, services.circumstances())
    return number, bool(text.strip()) and number is None


def _days(what: str, texts: Texts, services: Services) -> NumberBox:
    days = services.rest_days if what == "rest" else services.names_days
    spin = NumberBox(f"retention_{what}", plain(texts(f"care.retention.{what}")), DAYS, days)
    spin.setEnabled(not services.is_fixed(f"{what}_days"))
    return spin


class TeamKeyDialog(Asking):
    """Makes the key, takes its code, or shows it, by how this desk stands towards it."""

    def __init__(
        self,
        services: Services,
        worker: LogWorker,
        team: TeamLog,
        standing: KeyStanding,
        taken: Callable[[], object],
        parent: QWidget | None,
    ) -> None:
        texts = services.texts
        title, why = texts("care.team_key.title"), texts(f"care.team_key.why_{standing}")
        super().__init__("team_key_dialog", texts, title, why, parent)
        self._worker, self._team, self._standing, self._taken = worker, team, standing, taken
        self._field = TextField("team_key", texts("care.team_key.field"), texts("care.team_key.hint"))
        self._field.setVisible(standing is KeyStanding.WANTED)
        self._code = selectable("", name="team_key_code")
        self._told = status_line("team_key_told", "")
        self.finish(f"care.team_key.go_{standing}", self._field, self._told)
        # Beside the buttons it leaves no hole while there is none.
        self.foot.insertWidget(0, self._code, 1)
        self.foot.setStretch(1, 0)

    def check(self) -> None:
        """Do what the button says."""
        self.go.setEnabled(False)
        team, typed = self._team, self._field.input.text()

        def job() -> str:
            if self._standing is KeyStanding.NEW:
                make_key(team, utc_now())
            elif self._standing is KeyStanding.WANTED:
                take_key(team, typed, utc_now())
            return code_of_key(team)

        self._worker.run_closed(job, done=self._done, failed=self._failed)

    def _done(self, code: str) -> None:
        if self._standing is KeyStanding.WANTED:
            self.accept()
            self._taken()
            return
        self._code.setText(code)
        say(self._told, self.texts("care.team_key.keep"))
        self.go.hide()
        self.leave.setText(self.texts("care.close"))
        self.leave.setFocus()

    def done(self, result: int) -> None:
        """Closed in whatever way, it keeps no key."""
        super().done(result)
        self._field.input.clear()
        self._code.setText("")

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        say(self._told, log_trouble(self.texts, error))
