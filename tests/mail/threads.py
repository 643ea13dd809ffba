"""Threads as mail programs write them, from templates that know nothing of how a mail is read. Nobody in it exists."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Person:
    """Somebody who writes, asks or is spoken of."""

    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def address(self) -> str:
        local = "".join(sign for sign in f"{self.first}.{self.last}".lower() if sign.isalpha() or sign in ".-")
        return f"{local.translate(str.maketrans('éèïëô', 'eeieo'))}@voorbeeld.example"


@dataclass(frozen=True)
class Thread:
    """One thread; `right` is whose the number is where the thread says so in full, `signed` whether that person
    alone signed the message with the number."""

    program: str
    language: str
    kind: str
    text: str
    number: str
    right: str
    signed: bool


@dataclass(frozen=True)
class Kind:
    """One way in which a number comes: what is said of it and by whom, and what was asked."""

    name: str
    said: str
    asked: str = "ask"
    by: str = "applicant"
    signed: bool = True
    named: bool = True
    """Whether the thread says in full whose the number is."""


PROGRAMS = ("Outlook", "Outlook bold", "Gmail", "Apple Mail", "Thunderbird", "mobile")
KINDS = (
    Kind("own", "own"),
    Kind("bare", "bare"),
    Kind("named", "named", "ask_other", by="colleague", signed=False),
    Kind("named, asked oneself", "named", by="colleague", signed=False),
    Kind("first name", "first", "ask_other", by="colleague", signed=False, named=False),
    Kind("first name, asked oneself", "first", by="colleague", signed=False, named=False),
    Kind("asked for another", "bare", "ask_other", by="colleague", signed=False, named=False),
    Kind("acknowledged", "own"),
    Kind("service desk", "bare", "desk"),
    Kind("forwarded", "own"),
    Kind("unsigned", "own", signed=False),
    Kind("passed on", "own"),
    Kind("on behalf", "on_behalf", by="colleague", signed=False),
    Kind("for a person", "for_named", by="colleague", signed=False),
    Kind("for a first name", "for_first", by="colleague", signed=False, named=False),
    Kind("below", "bare"),
    Kind("asked back", "asked_back", by="admin", signed=False),
)


def threads(count: int, numbers: Callable[[random.Random], str]) -> Iterator[Thread]:
    """So many threads, each language, program and kind in turn; the same at each run."""
    chance = random.Random(20261125)
    for place in range(count):
        language = ("nl", "fr", "en")[place % 3]
        program = PROGRAMS[place // 3 % len(PROGRAMS)]
        kind = KINDS[place // 18 % len(KINDS)]
        yield _Writer(chance, language, program).thread(kind, numbers(chance))


class _Writer:
    def __init__(self, chance: random.Random, language: str, program: str) -> None:
        self.chance, self.language, self.program = chance, language, program
        self.words = WORDS[language]
        people = chance.sample(WORDS["first_names"], 3)
        self.admin, self.applicant, self.colleague = (
            Person(first, last) for first, last in zip(people, chance.sample(WORDS["last_names"], 3), strict=True)
        )

    def thread(self, kind: Kind, number: str) -> Thread:
        answerer = {"applicant": self.applicant, "colleague": self.colleague, "admin": self.admin}[kind.by]
        reader = self.applicant if kind.by == "admin" else self.admin
        asked, said = (
            self.pick(key).format(n=number, p=self.applicant.name, f=self.applicant.first)
            for key in (kind.asked, kind.said)
        )
        behalf = str(self.words["behalf"]).format(p=self.applicant.name) if kind.name == "on behalf" else ""
        answer = self.message(said, answerer, reader, behalf=behalf, unsigned=kind.name == "unsigned")
        desk = kind.asked == "desk"
        asker = None if desk and self.chance.random() < 0.5 else reader
        request = self.quote(self.message(asked, reader, answerer, desk=desk), asker, answerer)
        text = self.put_together(kind.name, answer, request, answerer) + "\n"
        right = self.applicant.name if kind.named else ""
        return Thread(self.program, self.language, kind.name, text, number, right, kind.signed)

    def put_together(self, kind: str, answer: str, request: str, answerer: Person) -> str:
        """The messages as they stand in one text."""
        if kind.startswith("for a "):
            return answer
        if kind == "below":
            return f"{request}\n\n{answer}" if request.endswith(">") or "\n> " in request else answer
        text = f"{answer}\n\n{request}"
        if kind == "acknowledged":
            text = self.quote(text, answerer, self.admin)
            return f"{self.message(self.pick('done'), self.admin, answerer)}\n\n{text}"
        if kind in ("forwarded", "passed on"):
            text = f"{self.words['forward']}\n{self.header(answerer, self.admin, plain=True)}\n\n\n{text}"
        if kind == "passed on":
            text = f"{self.message(self.pick('forward_it'), self.admin, self.colleague)}\n\n{text}"
        return text

    def pick(self, key: str) -> str:
        return str(self.chance.choice(self.words[key]))

    def message(
        self, said: str, writer: Person, reader: Person, *, desk: bool = False, behalf: str = "", unsigned: bool = False
    ) -> str:
        """A greeting, what is said, a closing and a signature."""
        called = self.chance.choice((writer.name, writer.name, f"{writer.first} {writer.last.upper()}"))
        work = str(self.words["desk_name"]) if desk else behalf or self.pick("roles")
        signature = [called, work]
        if self.program == "mobile":
            signature = [called, *filter(None, [behalf]), "", self.pick("mobile")]
        elif self.chance.random() < 0.3:
            signature = ["", "--", called, work, "T 02 555 01 23", writer.address]
        elif self.chance.random() < 0.2:
            signature = [writer.first, "", called, work, "Grote Markt 1, 9000 Gent"]
        if unsigned:
            signature = [writer.first]
        hello = self.pick("hello").format(reader.first)
        gap = "" if self.chance.random() < 0.15 else "\n"
        bye = self.pick("bye") + self.chance.choice((",", "", ","))
        return "\n".join((f"{hello},", gap + said + gap, bye, *signature)).rstrip()

    def header(self, writer: Person | None, reader: Person, *, plain: bool = False) -> str:
        sender, sent, to, subject, when = self.words["headers"]
        name = f"{writer.name} <{writer.address}>" if writer else f"{self.words['desk_name']} <desk@voorbeeld.example>"
        space = " " if self.language == "fr" else ""
        bold = self.program == "Outlook bold" and not plain
        lines = [
            f"{label}{space}: {value}"
            for label, value in zip(
                (sender, sent, to, subject), (name, when, f"{reader.name} <{reader.address}>", "RE: CCinC"), strict=True
            )
        ]
        if bold:
            lines = [f"*{line.partition(': ')[0]}:* {line.partition(': ')[2]}" for line in lines]
            return ("\n\n" if self.chance.random() < 0.5 else "\n").join(lines)
        return "\n".join(lines)

    def quote(self, text: str, writer: Person | None, reader: Person) -> str:
        name, address = (writer.name, writer.address) if writer else (self.words["desk_name"], "desk@voorbeeld.example")
        if self.program.startswith("Outlook") or (self.program == "mobile" and self.chance.random() < 0.5):
            drawn = self.chance.choice(("_" * 32 + "\n", "_" * 32 + "\n", "", "-----" + "Original Message" + "-----\n"))
            return drawn + self.header(writer, reader) + "\n\n" + text
        key = {"Gmail": "gmail", "Apple Mail": "apple", "Thunderbird": "thunderbird", "mobile": "apple"}[self.program]
        line = str(self.words[key]).format(p=name, a=address)
        if self.chance.random() < 0.25 and "<" in line:
            line = line.replace(" <", self.chance.choice((" <\n", "\n<")))
        if self.chance.random() < 0.2:
            line = line.replace(" :", "\u00a0:").replace(" 2026", "\u00a02026")
        return line + "\n\n" + indent(text, "> ", lambda _: True)
