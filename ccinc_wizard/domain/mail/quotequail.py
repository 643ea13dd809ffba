"""Where quoted text begins in a mail: what is needed of quotequail 0.5.4, its part for plain text.

Copied, since the library is published without a wheel and asks for lxml, which plain text does not need. Changed:
types; all patterns of a kind are tried as one; broken lines are joined by a space; a header names its sender; at the
end of the lists stands what Belgian mail programs write besides. Lines are given in, line numbers come out.

    The MIT License (MIT)

    Copyright (c) 2015 Elastic Inc. (Close.io)

    Permission is hereby granted, free of charge, to any person obtaining a copy
    of this software and associated documentation files (the "Software"), to deal
    in the Software without restriction, including without limitation the rights
    to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
    copies of the Software, and to permit persons to whom the Software is
    furnished to do so, subject to the following conditions:

    The above copyright notice and this permission notice shall be included in all
    copies or substantial portions of the Software.

    THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
    IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
    FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
    AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
    LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
    OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
    SOFTWARE
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_REPLY_PATTERNS = (
    "^On (.*) wrote:$",  # apple mail/gmail reply
    "^Am (.*) schrieb (.*):$",  # German
    "^Le (.*) a écrit :$",  # French
    "^Op (.*) schreef (.*):$",  # Dutch (Apple Mail/Gmail)
    r"^Op (.*) heeft (.*?)(?: het volgende)? geschreven:$",  # Dutch (forum)
    "([0-9]{4}/[0-9]{1,2}/[0-9]{1,2}) (.* <.*@.*>)$",  # gmail (?) reply
    "^(.*@.*) (?:schreef|wrote) (?:op|on) (.*):$",
    "^(.*) schreef op (.*[0-9]:[0-9]{2}.*):$",  # Thunderbird
    "^(.*) a écrit le (.*[0-9]:[0-9]{2}.*) :$",
    "^En date de (.*) a écrit :$",
)
_FORWARD_MESSAGES = (
    # apple mail forward
    "Begin forwarded message",
    "Anfang der weitergeleiteten E-Mail",
    "Début du message réexpédié",
    "Begin [dD]oorgestuurd bericht",  # Dutch
    # gmail/evolution forward
    "Forwarded [mM]essage",
    "Doorgestuurd [bB]ericht",  # Dutch
    # outlook
    "Original [mM]essage",
    "Ursprüngliche Nachricht",
    "Oorspronkelijk [bB]ericht",  # Dutch
    # Thunderbird forward
    "Message transféré",
    "Origineel [bB]ericht",  # Dutch
    "Message d'origine",
    "Message original",
    "Début du message transféré",
    "Begin van doorgestuurd bericht",
    "Original Appointment",
)
_FORWARD_PATTERNS = (
    *(f"---+ ?{message} ?---+$" for message in _FORWARD_MESSAGES),
    *(f"{message}:$" for message in _FORWARD_MESSAGES),
)
_STARTS = {
    "reply": re.compile("|".join(_REPLY_PATTERNS)),
    "forward": re.compile("|".join(_FORWARD_PATTERNS)),
}
_HEADER = re.compile(r"\*?([-\w ]{1,40}):\*?(.*)$")
_HEADER_MAP = {
    **dict.fromkeys(("from", "von", "de", "van", "expéditeur", "afzender"), "from"),
    **dict.fromkeys(("to", "an", "à", "pour", "aan", "destinataire"), "to"),
    **dict.fromkeys(("cc", "kopie", "bcc", "cci", "blindkopie"), "cc"),
    **dict.fromkeys(("reply-to", "antwort an", "répondre à", "antwoord aan", "beantwoorden"), "reply-to"),
    **dict.fromkeys(("date", "sent", "received", "datum", "gesendet", "verzonden", "envoyé", "envoyé le"), "date"),
    **dict.fromkeys(("subject", "betreff", "objet", "sujet", "onderwerp"), "subject"),
}
_MAX_WRAP_LINES = 3
"""Amount to lines to join to check for potential wrapped patterns in plain text messages."""
_LONGEST_START = 400
_ENDS = (":", ">", "-")
_MIN_HEADER_LINES = 2
_MOST_HEADER_LINES = 24


class Start(NamedTuple):
    """Where a wrapped mail begins: first and last line of what introduces it, and what that is."""

    first: int
    last: int
    kind: str
    """`reply`, `forward`, `headers` or `quoted`."""


def find_start(lines: Sequence[str], begin: int = 0) -> Start | None:
    """The first place from `begin` on where a mail is wrapped in this one; None when there is none."""
    for number in range(begin, len(lines)):
        line = lines[number]
        if not line.strip():
            continue
        if found := _find_pattern(lines, number):
            return found
        if line.startswith(">"):
            return Start(number, number, "quoted")
        if length := header_length(lines, number):
            return Start(number, number + length - 1, "headers")
    return None


def header_length(lines: Sequence[str], begin: int) -> int:
    """How many lines from here on are a mail's header, empty ones between them included; 0 when none is."""
    seen: set[str] = set()
    name, extended, length = "", 0, 0
    for number, line in enumerate(lines[begin : begin + _MOST_HEADER_LINES]):
        if not line.strip():
            name = ""
            continue
        match = _HEADER.match(line)
        known = _HEADER_MAP.get(match[1].strip().lower(), "") if match else ""
        if known:
            name, extended, length = known, 0, number + 1
            seen.add(known)
        elif name in ("from", "to", "cc") and extended + 1 < _MAX_WRAP_LINES:
            extended, length = extended + 1, number + 1
        else:
            break
    return length if "from" in seen and len(seen) >= _MIN_HEADER_LINES else 0


def _find_pattern(lines: Sequence[str], number: int) -> Start | None:
    """A reply's or forward's introduction that begins on this line, also where it was broken over several."""
    for more in range(_MAX_WRAP_LINES):
        if number + more >= len(lines) or not lines[number + more].strip():
            return None
        joined = " ".join(lines[number : number + 1 + more])
        if len(joined) > _LONGEST_START:
            return None
        if not joined.endswith(_ENDS):
            continue
        if joined.startswith(">"):
            joined = joined[1:].strip()
        for kind, pattern in _STARTS.items():
            if pattern.match(joined.strip()):
                return Start(number, number + more, kind)
    return None
