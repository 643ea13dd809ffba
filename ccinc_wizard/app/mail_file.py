"""A mail as a file: its sender and text. What is attached is left alone; of HTML only the words are taken."""

from __future__ import annotations

import email.policy
import errno
import io
import re
from collections.abc import Callable, Iterable
from email.message import EmailMessage, MIMEPart
from email.parser import BytesFeedParser
from enum import StrEnum
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from ccinc_wizard.content.files import OverLimitError, Watch, decoded, read_bounded

ENDINGS = (".eml", ".msg", ".txt", ".htm", ".html")
"""The files that are read as a mail; of other content only the text is."""
MAX_BYTES = 50_000_000
MAX_SIGNS, MAX_PARTS, SECONDS = 2_000_000, 5_000, 20.0
"""Of a text or of HTML; headers and parts of a mail; and what reading one may take."""
_LONGEST_HEADER, _DEEPEST_QUOTE = 4_000, 50
_PIECE, _LONGEST_HEADS, _HEADS_END = 100_000, 1_000_000, re.compile(rb"\n\r?\n")
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:From |(?:Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+|"
    rb"From|To|Date|Subject|DKIM-Signature|Authentication-Results|Reply-To|Importance|Thread-[\w-]+|References):)",
    re.IGNORECASE,
)
_OF_MAIL = re.compile(rb"^(?:MIME-Version|Message-ID|Received|Content-Type|X-Unsent):", re.IGNORECASE | re.MULTILINE)
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<body|<div|<p[ >]|<meta|<head)", re.IGNORECASE)
_HEADS = 4_000


class MailTrouble(StrEnum):
    """Why no text comes out of a file; the words for it stand under `reading.file`."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    ENCRYPTED = "encrypted"
    NO_MAIL = "no_mail"
    TOO_BIG = "too_big"


class MailFileError(Exception):
    """A file is no mail that can be read. Carries the reason, nothing of the file."""

    def __init__(self, trouble: MailTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class OpenedMail(NamedTuple):
    """The text of a mail with its sender above it, and how many files hung on it."""

    text: str
    attached: int = 0


def open_mail(path: Path, go_on: Callable[[], bool] = lambda: True) -> OpenedMail:
    """The mail in this file. Raises MailFileError, StoppedError, and OSError where the file cannot be read."""
    try:
        content = read_bounded(path, MAX_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise MailFileError(MailTrouble.TOO_BIG) from error
        raise
    return opened(content, go_on)


def opened(content: bytes, go_on: Callable[[], bool] = lambda: True) -> OpenedMail:
    """The mail that this is: Outlook's own file, a mail as it is sent, HTML or text.

    `go_on` is asked now and then, and ends it by False. Raises MailFileError, StoppedError.
    """
    watch = Watch(go_on, seconds=SECONDS, most=MAX_PARTS)
    try:
        mail = _read(content, watch)
    except (OverLimitError, RecursionError) as error:
        raise MailFileError(MailTrouble.TOO_BIG) from error
    if len(mail.text) > MAX_SIGNS:
        raise MailFileError(MailTrouble.TOO_BIG)
    if not content.strip():
        raise MailFileError(MailTrouble.EMPTY)
    if not mail.text.strip():
        raise MailFileError(MailTrouble.NO_TEXT)
    return mail


def _read(content: bytes, watch: Watch) -> OpenedMail:
    if content.startswith(_OUTLOOK):
        return _of_outlook(content, watch)
    if _HEADER.match(content) and _OF_MAIL.search(content[:_HEADS]):
        return _as_sent(content, watch)
    return OpenedMail(_text_of(content, watch))


def words_of_html(source: str, watch: Watch | None = None) -> str:
    """The words of HTML, with a line for each line shown, tabs between cells and marks before what is quoted.

    Raises what the watch raises.
    """
    if len(source) > MAX_BYTES // 5:
        raise OverLimitError
    watch = watch or Watch(seconds=SECONDS)
    reader = _read_html(source, _Words(watch))
    # What was hidden and never ends would take the rest of the mail with it.
    return (_read_html(source, _Words(watch, hiding=False)) if reader.hidden else reader).words()


def _read_html(source: str, reader: _Words) -> _Words:
    for place in range(0, len(source), _PIECE):
        reader.feed(source[place : place + _PIECE])
    reader.close()
    return reader


def _text_of(content: bytes, watch: Watch) -> str:
    if b"\0" in content[:_HEADS] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise MailFileError(MailTrouble.NO_MAIL)
    try:
        text = decoded(content)[0]
    except UnicodeDecodeError:
        raise MailFileError(MailTrouble.NO_MAIL) from None
    return words_of_html(text, watch) if _HTML.match(text) else text


class _Policy(email.policy.EmailPolicy):
    """The library's own, which takes minutes for a header that somebody has made long."""

    watch = Watch()

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """One header as it stands in the mail, counted. Raises what the watch raises."""
        self.watch.check(1)
        return super().header_source_parse(sourcelines)

    def header_fetch_parse(self, name: str, value: str) -> object:  # type: ignore[override]
        """One header, read as far as anyone needs it."""
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER] if type(value) is str else value)


def _parsed(content: bytes, watch: Watch) -> EmailMessage:
    def part(policy: email.policy.Policy = email.policy.default) -> EmailMessage:
        watch.check(1)
        return EmailMessage(policy=policy)

    parser = BytesFeedParser(part, policy=_Policy(watch=watch))  # type: ignore[call-overload]
    for place in range(0, len(content), _PIECE):
        watch.check()
        parser.feed(content[place : place + _PIECE])
    mail: EmailMessage = parser.close()
    return mail


def _as_sent(content: bytes, watch: Watch) -> OpenedMail:
    if len(content) > _LONGEST_HEADS and not _HEADS_END.search(content[:_LONGEST_HEADS]):
        raise OverLimitError
    mail = _parsed(content, watch)
    kind = mail.get_content_type()
    if kind == "multipart/encrypted" or (kind.endswith("pkcs7-mime") and "signed" not in str(mail.get("Content-Type"))):
        raise MailFileError(MailTrouble.ENCRYPTED)
    text = ""
    for wanted in ("plain", "html"):
        body = mail.get_body((wanted,))
        if body is not None and not text.strip():
            text = _content(body) if wanted == "plain" else words_of_html(_content(body), watch)
    attached = sum(1 for _ in mail.iter_attachments()) if mail.is_multipart() else 0
    return _with_heads(((name, str(mail.get(name, ""))) for name in ("From", "Date", "To", "Subject")), text, attached)


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        # A character set that Python does not know, or a part that is not in the one it says.
        held = part.get_payload(decode=True)
        return decoded(held)[0] if isinstance(held, bytes) else str(held or "")


class _Watched(io.BytesIO):
    """Looks at the watch with each sector that is read."""

    def __init__(self, content: bytes, watch: Watch) -> None:
        super().__init__(content)
        self._watch = watch

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes. Raises what the watch raises."""
        self._watch.check()
        return super().read(size)


def _of_outlook(content: bytes, watch: Watch) -> OpenedMail:
    """Outlook's own file: a folder of streams, each named by a property of the message ([MS-OXMSG], [MS-OXPROPS])."""
    from olefile import OleFileIO

    try:
        with OleFileIO(_Watched(content, watch)) as file:
            streams = {entry[0]: entry for entry in file.listdir() if len(entry) == 1}
            if "__properties_version1.0" not in streams:
                raise MailFileError(MailTrouble.NO_MAIL)
            told = {
                name[-8:]: file.openstream(streams[name]).read()
                for name in streams
                if name.startswith("__substg1.0_") and name[-8:-4] in _PROPERTIES
            }
            attached = sum(entry[0].startswith("__attach") for entry in file.listdir(False, True) if len(entry) == 1)
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise MailFileError(MailTrouble.NO_MAIL) from error
    if "smime" in _property(told, "001A").casefold() and "multipartsigned" not in _property(told, "001A").casefold():
        raise MailFileError(MailTrouble.ENCRYPTED)
    text = _property(told, "1000")
    if not text.strip():
        text = words_of_html(_property(told, "1013"), watch)
    sender = f"{_property(told, '0C1A')} <{_property(told, '5D01') or _property(told, '0C1F')}>"
    heads = (("From", sender), ("To", _property(told, "0E04")), ("Subject", _property(told, "0037")))
    return _with_heads(heads, text, attached)


_PROPERTIES = ("001A", "1000", "1013", "0C1A", "0C1F", "5D01", "0E04", "0037")
"""Class, body, HTML body, sender's name and address (as Exchange and as the internet write it), receivers, subject."""


def _property(told: dict[str, bytes], name: str) -> str:
    """Unicode where the file is, else the character set of the machine that wrote it, here taken for a Western one."""
    if (wide := told.get(f"{name}001F")) is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    for kind in ("001E", "0102"):
        if (narrow := told.get(name + kind)) is not None:
            return decoded(narrow.rstrip(b"\0"))[0]
    return ""


def _with_heads(heads: Iterable[tuple[str, str]], text: str, attached: int) -> OpenedMail:
    """Sender, receivers and subject stand above the text as in a mail that is passed on."""
    shown = [f"{name}: {' '.join(value.split())}" for name, value in heads if value.strip(" <>")]
    body = text.replace("\r\n", "\n").strip("\n")
    return OpenedMail("\n".join([*shown, "", body]) if body.strip() else "", attached)


_LINES = frozenset(
    ("p", "div", "br", "tr", "li", "table", "h1", "h2", "h3", "h4", "hr", "pre", "blockquote", "ul", "ol")
)
_APART = frozenset(("p", "table", "hr", "blockquote", "ul", "ol"))
_HOLD = frozenset(("div", "span", "table", "td", "font", "section"))
"""Elements that hide what is not meant for the eye, such as the first line that a list of mails shows."""
_HIDES = re.compile(
    r"^style=.{0,2000}?(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)|^hidden=",
    re.IGNORECASE | re.DOTALL,
)
_NO_WORDS = frozenset(("style", "script", "head", "title", "svg", "template"))


class _Words(HTMLParser):
    def __init__(self, watch: Watch, *, hiding: bool = True) -> None:
        super().__init__(convert_charrefs=True)
        self._watch, self._hiding = watch, hiding
        self._lines: list[str] = []
        self._line = ""
        self._quoted = 0
        self._silent = 0
        self.hidden: list[str] = []
        """An element that is not shown, and those of its kind within it."""

    def feed(self, data: str) -> None:
        """The next piece. Raises what the watch raises."""
        self._watch.check()
        super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._watch.check()
        hides = self._hiding and tag in _HOLD and any(_HIDES.search(f"{name}={value}") for name, value in attrs)
        if hides if not self.hidden else tag == self.hidden[0]:
            self.hidden.append(tag)
        if tag in _NO_WORDS:
            self._silent += 1
        elif tag in ("td", "th"):
            self._line += "\t" if self._line.strip() else ""
        elif tag in _LINES:
            self._end_line(apart=tag in _APART, always=tag == "br")
            self._quoted += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if self.hidden[:1] == [tag]:
            self.hidden.pop()
        if tag in _NO_WORDS:
            self._silent = max(0, self._silent - 1)
        elif tag in _LINES and tag != "br":
            self._end_line(apart=tag in _APART)
            self._quoted = max(0, self._quoted - (tag == "blockquote"))

    def handle_data(self, data: str) -> None:
        self._watch.check()
        if self._silent or self.hidden:
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        self._line += words.lstrip(" ") if not self._line or self._line.endswith(("\t", " ")) else words

    def words(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self._lines)).strip("\n")

    def _end_line(self, *, apart: bool = False, always: bool = False) -> None:
        mark = "> " * min(self._quoted, _DEEPEST_QUOTE)
        if self._line.strip() or always:
            self._lines.append(mark + self._line.strip(" "))
        if apart and self._lines and self._lines[-1].strip("> "):
            self._lines.append(mark.rstrip())
        self._line = ""
