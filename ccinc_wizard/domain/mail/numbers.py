"""Register numbers in a mail, told from telephone, enterprise and account numbers."""

from __future__ import annotations

import datetime as dt
import re

from ccinc_wizard.domain.mail.found import Mention, Notice, NoticeKind, Span
from ccinc_wizard.domain.mail.parts import Mail
from ccinc_wizard.domain.register_number import RegisterNumber, RegisterNumberError, parse

_GAP = r"[ .\-/]{0,3}"
_GROUPS = _GAP.join((r"\d{2}", r"\d{2}", r"\d{2}", r"\d{3}", r"\d{2}"))
_WRITTEN = re.compile(rf"(?<![\w+.\-/]){_GROUPS}(?![\w/]|[.\-]\d)")
_CARD = re.compile(r"\d{2}\.\d{2}\.\d{2} ?- ?\d{3}[.\-]\d{2}")
_LABEL = re.compile(
    r"rijksregister|nationaal nummer|\brr ?-?n(?:r|ummer)?\b|\brrnr?\b|\binsz\b|\bbis-?(?: ?nummer|nr)?\b|"
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


def find(mail: Mail, today: dt.date, *, fictional: bool) -> tuple[list[Mention[RegisterNumber]], list[Notice]]:
    """Every number that can be right, and a notice for each that is called a register number and cannot be.

    A mention is strong when the mail calls it a register number or writes it as the identity card does. What is
    called a telephone, enterprise, account or reference number is none, however well its digits add up.
    """
    found: list[Mention[RegisterNumber]] = []
    wrong: list[Notice] = []
    for match in _WRITTEN.finditer(mail.text):
        span, label = Span(*match.span()), _label_before(mail.text, match.start())
        if label == "other":
            continue
        strong = label == "own" or bool(_CARD.fullmatch(match[0]))
        try:
            number = parse(match[0], today=today, fictional=fictional)
        except RegisterNumberError as error:
            if strong:
                wrong.append(Notice(NoticeKind.NUMBER_WRONG, span, error.reason.value))
            continue
        found.append(Mention("labelled_number" if label else "written_number", number, span, strong))
    return found, wrong


def _label_before(text: str, start: int) -> str:
    """Which kind of label stands nearest before a number, on its line or the one before: own, other or none."""
    before = "\n".join(text[max(0, start - _NEAR) : start].split("\n")[-2:])
    own = max((match.end() for match in _LABEL.finditer(before)), default=-1)
    other = max((match.end() for match in _OTHER_LABEL.finditer(before)), default=-1)
    if own == other:
        return ""
    return "own" if own > other else "other"
