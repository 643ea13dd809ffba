"""A helpdesk call in words: letters, what to say, advice, the ticket, the quick reference, and links spelled out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from ccinc_wizard.content.files import ContentError, read_json, read_text, resources_folder
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain import calls
from ccinc_wizard.domain.calls import Advice, Call, Caller, CallStep, Missing, Spelling
from ccinc_wizard.domain.catalog import Catalog, FormLink
from ccinc_wizard.domain.dates import shown_day, shown_moment
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.findings import Finding
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.questions import options_of
from ccinc_wizard.domain.redaction import scrub

MIX_UPS = {
    CallStep.CALLER: ("director", "colleague"),
    CallStep.ROLE: ("both", "chief", "module"),
    CallStep.AUTHORITY: ("agb", "brussels", "facilities", "vzw", "none"),
    CallStep.RESULT: ("rights", "number"),
}


@dataclass(frozen=True, slots=True)
class LetteredOption:
    """One choice: its id, its words and the one key that makes it."""

    id: str
    label: str
    letter: str


@dataclass(frozen=True, slots=True)
class Script:
    """What the agent reads at one step."""

    title: str
    say: str
    ask: str
    listen: str
    mix_ups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One entry of the quick reference; `copyable` is what its copy button gives, if anything."""

    id: str
    title: str
    text: str
    copyable: str = ""


class HelpdeskWords:
    """Words in one language for calls."""

    def __init__(self, texts: Texts, catalog: Catalog) -> None:
        self.texts = texts
        self.catalog = catalog

    def options(self, step: CallStep) -> list[LetteredOption]:
        """The choices of a step, each with its letter; letters are unique over all steps of a language."""
        return [self._option(step.value, option) for option in calls.options(step, self.catalog)]

    def situations(self, call: Call) -> list[LetteredOption]:
        """The ways an administrator can choose from at any moment; one or none for other callers."""
        return [self._option("situation", option) for option in calls.situations(call)]

    def every_situation(self) -> list[LetteredOption]:
        """All ways that an administrator can choose from."""
        return [self._option("situation", option) for option in options_of("situation", lambda: self.catalog)]

    def pressed(self, letter: str, call: Call) -> Call | None:
        """The call after this key, or None when it means nothing now.

        Every choice can be made or changed at any moment: who hears the role before the caller says who it is, or
        types faster than one reads, loses no letter.
        """
        for step in CallStep:
            for option in self.options(step):
                if option.letter == letter.casefold():
                    return calls.choose(call, step, option.id)
        for option in self.situations(call) if call.caller else self.every_situation():
            if option.letter == letter.casefold():
                return calls.choose_situation(call, Situation(option.id))
        return None

    def script(self, step: CallStep, caller: Caller | None = None) -> Script:
        """What to say to this caller, to ask, to listen for, and what is often mixed up."""
        area = f"helpdesk.steps.{step}"
        mix_ups = tuple(self.texts(f"{area}.mix_ups.{name}") for name in MIX_UPS[step])
        parts = [self._told_to(caller, f"{area}.{part}") for part in ("title", "say", "ask", "listen")]
        title, say, ask, listen = (self.texts(key) for key in parts)
        return Script(title, say, ask, listen, mix_ups)

    def missing(self, entry: Missing) -> str:
        """One line of the list of what the caller still has to give."""
        field = self.texts(f"wizard.field.{entry.field}")
        return self.texts("helpdesk.missing.kept", field=field) if entry.kept else field

    def advice(self, call: Call, found: Sequence[Finding] = (), *, aloud: bool = False) -> list[str]:
        """What to tell the caller, a line each. `found` is what `calls.doubts` gave.

        What is read `aloud` names no address: the link stands beside it.
        """
        decided = calls.outcome(call, self.catalog, found)
        why = " ".join(map(Wording(self.texts, self.catalog).finding, calls.stops(found)))
        return [
            self._advised("aloud" if aloud else "advice", entry, call, (decided and decided.link) or "", why)
            for entry in calls.advice(call, self.catalog, found)
        ]

    def ticket_text(self, call: Call, now: dt.datetime, found: Sequence[Finding] = ()) -> str:
        """The text for the ticket: no personal data but the agent's own note, cleared of register numbers.

        `now` is local time; `found` is what `calls.doubts` gave. Neither a name nor that of the organisation is in it.
        """
        answers, decided = call.answers, calls.outcome(call, self.catalog, found)
        link = decided.link if decided else None
        caller = self.texts(f"helpdesk.caller.{call.caller}") if call.caller else ""
        note = scrub(call.note).strip()
        lines = [
            self.texts("helpdesk.ticket.heading"),
            self.texts("helpdesk.ticket.time", time=shown_moment(now)),
            *self._told("caller", caller),
            *self._told("situation", self._chosen("situation", answers.situation if decided else None)),
            *self._told("authority", self._chosen("authority", answers.authority)),
            *self._told("role", self._chosen("role", answers.role)),
            self.texts("helpdesk.ticket.link", link=link) if link else self.texts("helpdesk.ticket.no_link"),
            *self._told("advice", " ".join(self._for_ticket(call, found))),
            *([self.texts("helpdesk.ticket.note", note=note)] if note else []),
        ]
        return "\n".join(lines)

    def _for_ticket(self, call: Call, found: Sequence[Finding]) -> list[str]:
        """What was advised; where the wrong kind was said, without the words that name the organisation."""
        return [self.texts("helpdesk.ticket.stopped")] if calls.stops(found) else self.advice(call)

    def mail(self, call: Call, found: Sequence[Finding] = ()) -> tuple[str, str]:
        """Subject and body of a mail that repeats to the caller what was advised; nothing of a person is in it.

        `found` is what `calls.doubts` gave.
        """
        closing = Wording(self.texts, self.catalog).closing()
        greeting = self.texts("result.mail_text.greeting_nobody")
        advice, beyond = self.texts.with_signs(self.advice(call, found))
        parts = filter(None, (greeting, *advice, beyond, closing))
        return self.texts("helpdesk.mail_subject"), "\n\n".join(parts)

    def title(self, kind: str) -> str:
        """What is chosen of this kind: `Role`."""
        return self.texts("helpdesk.who" if kind == CallStep.CALLER else f"wizard.field.{kind}")

    def chosen(self, call: Call) -> dict[str, str]:
        """What was chosen so far in a few words, by kind; the situation only where the caller has, or may have, one."""
        caller = self.texts(f"helpdesk.caller.{call.caller}") if call.caller else ""
        answers = call.answers
        told = {"caller": caller}
        if call.caller is None or len(calls.situations(call)) > 1:
            told["situation"] = self._chosen("situation", answers.situation)
        told |= {"role": self._chosen("role", answers.role), "authority": self._chosen("authority", answers.authority)}
        return {kind: words for kind, words in told.items() if words}

    def summary(self, call: Call) -> str:
        """A call in a few words, by which one knows it again among the parked ones."""
        caller = self.texts(f"helpdesk.caller.{call.caller}") if call.caller else self.texts("helpdesk.counts.nothing")
        chosen = (self._chosen("role", call.answers.role), self._chosen("authority", call.answers.authority))
        return f"{call.started:%H:%M} {', '.join(filter(None, (caller, *chosen)))}"

    def reference(self) -> list[ReferenceEntry]:
        """The quick reference: the links, whom to call, the types explained, the label rule."""
        catalog, say = self.catalog, self.texts
        contacts, places = catalog.contacts, catalog.places
        line = say("helpdesk.quick.information_line_text", phone=contacts.information_line)
        team = say("helpdesk.quick.team_text", team=contacts.team_phone, mail=contacts.team_mail)
        find = say("helpdesk.advice.find_administrator", phone=contacts.information_line)
        remark = say("result.contact.manual_remark", printed=places.manual_as_printed)
        manual = say("helpdesk.quick.manual_text", url=places.manual, remark=remark)
        types = options_of("authority", lambda: catalog)
        due = [self._chosen("authority", known.id) for known in catalog.authorities if catalog.label_due(known.id)]
        label = say("helpdesk.quick.label_text", types=", ".join(due), approver=catalog.label.approver)
        return [
            *map(self._link_entry, catalog.links),
            ReferenceEntry("information_line", say("helpdesk.quick.information_line"), line, contacts.information_line),
            ReferenceEntry("team", say("helpdesk.quick.team"), team, contacts.team_mail),
            ReferenceEntry("find", say("helpdesk.quick.find"), find),
            *(self._type_entry(option) for option in types if option != NoChoice.UNKNOWN),
            ReferenceEntry("label", say("helpdesk.quick.label", label=catalog.label.name), label, catalog.label.name),
            ReferenceEntry("portal", say("helpdesk.quick.portal"), places.portal, places.portal),
            ReferenceEntry("application", say("helpdesk.quick.application"), places.application, places.application),
            ReferenceEntry("manual", say("helpdesk.quick.manual"), manual, places.manual),
        ]

    def count_value(self, by: calls.CountBy, value: str) -> str:
        """One counted value in words."""
        if not value:
            return self.texts("helpdesk.counts.nothing")
        if by is calls.CountBy.DAY:
            return shown_day(dt.date.fromisoformat(value))
        # An older call can be of a type that the facts know no more.
        known = f"helpdesk.counts.outcome.{value}" if by is calls.CountBy.OUTCOME else f"choices.{by}.{value}.label"
        if not self.texts.has(known):
            return value
        return self.texts(known) if by is calls.CountBy.OUTCOME else self._chosen(by.value, value)

    def csv_rows(self, records: Sequence[calls.CallRecord]) -> list[tuple[str, ...]]:
        """The counts for a spreadsheet, headings first."""
        heading, *rows = calls.csv_rows(records)
        words = tuple(self.texts(f"helpdesk.counts.columns.{name}") for name in heading)
        said = [
            tuple(self.count_value(by, value) for by, value in zip(calls.CountBy, row[:-1], strict=True))
            for row in rows
        ]
        return [words, *((*values, row[-1]) for values, row in zip(said, rows, strict=True))]

    def _option(self, kind: str, option: str) -> LetteredOption:
        letter = self.texts(f"helpdesk.letters.{kind}.{option}")
        if kind == CallStep.CALLER:
            return LetteredOption(option, self.texts(f"helpdesk.caller.{option}"), letter)
        return LetteredOption(option, self._chosen(kind, option), letter)

    def _chosen(self, kind: str, value: str | None) -> str:
        return self.texts.short(kind, value) if value else ""

    def _told(self, name: str, value: str) -> list[str]:
        return [self.texts(f"helpdesk.ticket.{name}", **{name: value or self.texts("helpdesk.ticket.unanswered")})]

    def _advised(self, way: str, entry: Advice, call: Call, link: str, why: str) -> str:
        catalog, role = self.catalog, call.answers.role
        values = {
            "link": link,
            "why": why,
            "phone": catalog.contacts.information_line,
            "team": catalog.contacts.team_phone,
            "mail": catalog.contacts.team_mail,
            "portal": catalog.places.portal,
            "right": catalog.names.rights[role] if isinstance(role, Role) else "",
            "module": catalog.names.module,
            "label": catalog.label.name,
            "approver": catalog.label.approver,
        }
        key = own if self.texts.has(own := f"helpdesk.{way}.{entry}") else f"helpdesk.advice.{entry}"
        return self.texts(self._told_to(call.caller, key), **values)

    def _told_to(self, caller: Caller | None, key: str) -> str:
        """The key of the words for this caller, where there are any of their own."""
        return own if self.texts.has(own := f"{key}_{caller}") else key

    def _link_entry(self, link: FormLink) -> ReferenceEntry:
        names = {"authority": self._chosen("authority", link.authority), "role": self._chosen("role", link.role)}
        title = self.texts("helpdesk.quick.link", **names)
        return ReferenceEntry(f"link_{link.authority}_{link.role}", title, link.url, link.url)

    def _type_entry(self, authority: str) -> ReferenceEntry:
        hint = self.texts(f"choices.authority.{authority}.hint")
        return ReferenceEntry(f"type_{authority}", self._chosen("authority", authority), hint)


def search(entries: Sequence[ReferenceEntry], text: str) -> list[ReferenceEntry]:
    """The entries in which every typed word stands, those with it in the title first."""
    wanted = normalise(text).split()
    found = [entry for entry in entries if all(word in normalise(f"{entry.title} {entry.text}") for word in wanted)]
    return sorted(found, key=lambda entry: not all(word in normalise(entry.title) for word in wanted))


def load_spelling(path: Path | None = None) -> Spelling:
    """The alphabets and words. Raises ContentError with file, line and reason."""
    path = path or resources_folder() / "spelling.json"
    text = read_text(path)
    try:
        return Spelling.model_validate(read_json(path.name, text, _once))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ContentError(path.name, _line_of(first["loc"], text), first["msg"]) from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no name stands twice. Raises ValueError."""
    names = [name for name, _ in pairs]
    if doubled := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"{doubled[0]} stands twice")
    return dict(pairs)


def _line_of(place: tuple[int | str, ...], text: str) -> int:
    """The line of the last name of a place that the text has, each sought after the one before it."""
    position = 0
    for part in place:
        if isinstance(part, int):
            for _ in range(part + 1):
                position = max(text.find("{", position + 1), position)
        else:
            position = max(text.find(f'"{part}"', position), position)
    return text.count("\n", 0, position) + 1
