"""Register numbers in a mail, told from telephone, enterprise and account numbers."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

from ccinc_wizard.domain.mail.parts import Mail, Mention, Notice, NoticeKind, Span
from ccinc_wizard.domain.register_number import RegisterNumber, RegisterNumberError, parse

_SIGNS = r" \t.\-/_·•∙‧⋅․˙・－．⁻"
"""What may stand between digits, as in the number field; signs without a width are out of the text already."""
_GAP = rf"[{_SIGNS}]{{0,4}}(?:\n[ >|]{{0,9}}[{_SIGNS}]{{0,2}})?"
_GROUPS = _GAP.join((r"\d{2}", r"\d{2}", r"\d{2}", r"\d{3}", r"\d{2}"))
_WRITTEN = re.compile(rf"(?<![\w+.\-/]){_GROUPS}(?![\w/]|[.\-]\d)")
_CARD = re.compile(r"\d{2}\.\d{2}\.\d{2} ?- ?\d{3}[.\-]\d{2}")
_LABEL = re.compile(
    r"rijksregister|nationaal nummer|\brr ?-?n(?:r|ummer)?\b|\brrnr?\b|\brr\b(?=\W{0,3}\d)|\binsz\b|"
    r"\bbis-?(?: ?nummer|nr)?\b|"
    r"registre national|num[ée]ro national|\bniss\b|\bnrn\b|national (?:register |registration |insurance )?number|"
    r"num[ée]ro bis\b|\bssin\b|\bbis number|identiteitsnummer",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(
    r"\btel\b|\bt[ée]l[ée]?(?:foon|phone|ph)|\bgsm\b|\bmobiel|\bfax\b|\bphone|\bmobile|\bkbo\b|\bbce\b|\bcbe\b|"
    r"ondernemingsn|num[ée]ro d'entreprise|enterprise number|\bbtw\b|\btva\b|\bvat\b|\biban\b|rekening|"
    r"\bcompte\b|\baccount\b|dossier|"
    r"referentie|r[ée]f[ée]rence|\bref\b|ticket|factuur|facture|invoice|bestel|commande|order|klantn|kaartn|lidn",
    re.IGNORECASE,
)
_NEAR = 70
"""How far before a number a word says whether it is one, in signs: the line and the one above."""
_AFTER_LABEL = re.compile(
    rf"[^\n\d]{{0,40}}(?:\n[ >|]{{0,9}}){{0,2}}[^\n\d]{{0,12}}(\d[\d{_SIGNS}]{{1,30}}[^\s()]{{0,20}})"
)
"""What stands after a label where one expects digits."""
_DATE_OR_HOUR = re.compile(
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2})(?![./-]?[\d*xX•?])|"
    r"0\d{2,3}[ /]"
)
_NOT_BEFORE = re.compile(r"\b(?:niet(?: langer| meer)?|geen|pas|plus|not|no longer)[ :]{1,3}$", re.IGNORECASE)
_WRONG_BEHIND = re.compile(
    r"[ ,;:()\-]{0,4}(?:(?:is|was|bleek|klopt|est|était)\s{1,2}(?:niet|pas|plus|not)\b|"
    r"(?:(?:is|was|bleek|est|était)\s{1,2})?(?:fout|verkeerd|onjuist|faux\b|erron|incorrect|wrong\b))",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 6
"""What follows a label with fewer is no number with a slip in it."""
_DIGITS, _MOST_ZEROS = 11, 3
"""Those born from January to September 2000 have three zeros in front."""


def find(mail: Mail, today: dt.date, *, fictional: bool) -> tuple[list[Mention[RegisterNumber]], list[Notice]]:
    """Every number that can be right, and a notice for each that is called a register number and cannot be read.

    A mention is strong when the mail calls it a register number, writes it as the identity card does or answers a
    message that asks for one. What is called a telephone, enterprise, account or reference number is none, however
    well its digits add up. A leading zero that a spreadsheet dropped is put back where a label stands before it.
    """
    found: list[Mention[RegisterNumber]] = []
    wrong: list[Notice] = []
    taken: set[int] = set()
    asked = _asked_for(mail)
    for match in _WRITTEN.finditer(mail.text):
        span, label = Span(*match.span()), label_before(mail.text, match.start())
        if label == "other":
            continue
        said = label == "own" or bool(_CARD.fullmatch(match[0])) or mail.message_at(span.start) in asked
        strong = said and not _denied(mail.text, span)
        taken.update(range(*span))
        try:
            number = parse(_digits(match[0]), today=today, fictional=fictional)
        except RegisterNumberError as error:
            if strong:
                wrong.append(Notice(NoticeKind.NUMBER_WRONG, span, error.reason.value))
            continue
        found.append(Mention("labelled_number" if label else "written_number", number, span, strong))
    for called in _LABEL.finditer(mail.text):
        if (expected := _expected(mail.text, called, taken)) is None:
            continue
        try:
            number = _short(_digits(mail.text[expected.start : expected.end]), today, fictional=fictional)
        except RegisterNumberError as error:
            wrong.append(Notice(NoticeKind.NUMBER_WRONG, expected, error.reason.value))
            continue
        found.append(Mention("labelled_number", number, expected, strong=True))
    return found, wrong


def label_before(text: str, start: int) -> str:
    """Which kind of label stands nearest before a number, on its line or the one before: own, other or none."""
    before = "\n".join(re.split(r"\n+", text[max(0, start - _NEAR) : start])[-2:])
    own = max((match.end() for match in _LABEL.finditer(before)), default=-1)
    other = max((match.end() for match in _OTHER_LABEL.finditer(before)), default=-1)
    if own == other:
        return ""
    return "own" if own > other else "other"


def _denied(text: str, span: Span) -> bool:
    """Whether it is said of a number that it is not the right one."""
    return bool(_NOT_BEFORE.search(text, max(0, span.start - _NEAR), span.start) or _WRONG_BEHIND.match(text, span.end))


def _asked_for(mail: Mail) -> set[int]:
    """The messages in which a number without a label is one: they, or the one before, speak of it."""
    bodies = enumerate(message.body for message in mail.messages)
    speaking = {number for number, body in bodies if any(_LABEL.search(line.text) for line in body)}
    return speaking | {number - 1 for number in speaking}


def _expected(text: str, label: re.Match[str], taken: set[int]) -> Span | None:
    """The digits after a label that are no readable number; None where there are none, or those at `taken`."""
    after = _AFTER_LABEL.match(text, label.end())
    if after is None or label_before(text, after.start(1)) != "own":
        return None
    shown = after[1].rstrip(" .,;:!-/_\t")
    span = Span(after.start(1), after.start(1) + len(shown))
    if not taken.isdisjoint(range(*span)):
        return None
    if sum(map(str.isdecimal, shown)) < _FEWEST_DIGITS or _DATE_OR_HOUR.match(shown):
        return None
    return span


def _short(digits: str, today: dt.date, *, fictional: bool) -> RegisterNumber:
    """The number of which a spreadsheet dropped the zeros in front.

    Raises RegisterNumberError with the reason why the digits as they stand are none.
    """
    if len(digits) >= _DIGITS - _MOST_ZEROS:
        with suppress(RegisterNumberError):
            return parse(digits.zfill(_DIGITS), today=today, fictional=fictional)
    return parse(digits, today=today, fictional=fictional)


def _digits(text: str) -> str:
    return re.sub(r"[^\w*?•]|_", "", text).replace("•", "*")
