"""`mail`: what a mail says for each field, for other programs. The register number shows with `--number` only."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from ccinc_wizard.app import mail_file
from ccinc_wizard.app.output import put, say
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.mail_words import ReadingWords
from ccinc_wizard.content.texts import system_reason
from ccinc_wizard.domain.mail.parts import NoticeKind, Sureness
from ccinc_wizard.domain.mail.reading import MailField, Reading
from ccinc_wizard.terminal.console import patiently


def run(chosen: argparse.Namespace, services: Services) -> int:
    """Read the mail and print what was found. Returns the exit code."""
    try:
        go_on = patiently(services.texts("cli.reading"))
        opened = mail_file.open_mail(Path(chosen.file), go_on) if chosen.file else mail_file.opened(_typed(services))
    except mail_file.MailFileError as refused:
        say(services.texts(f"reading.file.{refused.trouble}"))
        return 1
    except OSError as error:
        say(services.texts("reading.file.unreadable", reason=system_reason(services.texts, error)))
        return 1
    reading = services.read_mail(opened.text)
    if chosen.number:
        return _number(reading)
    words = ReadingWords(services.texts, services.catalog)
    notices = [words.notice(notice) for notice in reading.notices]
    notices += [services.texts("reading.file.attached", count=opened.attached)] if opened.attached else []
    found = {field: _told(field, reading, words, services) for field in MailField}
    if chosen.json:
        put(json.dumps({**found, "notices": notices}, ensure_ascii=False, indent=1))
        return 0
    for field in reading.found():
        told = found[field]
        put("\t".join([field, *(told[part] or "" for part in ("sureness", "value", "why"))]))
    for notice in notices:
        say(notice)
    return 0


def _typed(services: Services) -> bytes:
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        say(services.texts("cli.mail.hint"))
    return sys.stdin.buffer.read(mail_file.MAX_BYTES + 1)


def _number(reading: Reading) -> int:
    found = reading.number
    if found is not None and found.value is not None:
        put(f"ok\t{found.value.kind}\t{found.value.clear_format()}")
        return 0
    put("error\tseveral" if found is not None and len(found.candidates) > 1 else "error\tnone")
    return 1


def _told(field: MailField, reading: Reading, words: ReadingWords, services: Services) -> dict[str, str | None]:
    """What is said of a field; the value is none where it stays open."""
    found = reading.found().get(field)
    if found is None:
        wrong = [notice for notice in reading.notices if notice.kind is NoticeKind.NUMBER_WRONG]
        why = (
            words.notice(wrong[0]) if field is MailField.REGISTER_NUMBER and wrong else services.texts("reading.absent")
        )
        return {"value": None, "sureness": None, "why": why}
    value = None if found.value is None else str(found.value)
    why = words.why_open(field, reading) if found.sureness is Sureness.AMBIGUOUS else words.why(found)
    return {"value": value, "sureness": found.sureness, "why": " ".join(why.split())}
