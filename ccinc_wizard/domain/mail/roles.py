"""Which role a mail asks for, sentence by sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.mail.parts import Mail, Mention, Message, Notice, NoticeKind, Span

_SENTENCE = re.compile(r"[^.!?;\n]+(?:\n(?=[a-zà-ÿ])[^.!?;\n]+)?")
_BOTH = (
    r"|\b(?:beide|allebei de|de twee|twee) (?:gebruikers)?(?:rollen|rechten)\b|"
    r"\b(?:les|des) deux (?:rôles|droits)\b|\b(?:both|the two) (?:roles|rights)\b"
)
_BOTH_WORDS = re.compile(
    r"(?:allebei|beiden?|both|les deux)(?: de)?(?: (?:rollen|rechten|roles|rights|droits))?|(?:de )?twee rollen"
)
_NAMED = {
    Role.INVOERDER: re.compile(r"\binvoerders?\b|\bencodeu(?:r|se)s?\b|\bdata entry\b" + _BOTH, re.IGNORECASE),
    Role.RAADPLEGER: re.compile(r"\braadplegers?\b|\blecteur\b|\blectrice\b|\bread[ -]only\b" + _BOTH, re.IGNORECASE),
}
_TASKS = {
    Role.INVOERDER: re.compile(
        r"\b(?:in te (?:voeren|geven|vullen)|invoeren|ingeven|invullen|invoer|"
        r"encoder|encodage|introduire|saisir|saisie|remplir|compléter|"
        r"enter|fill in|input|submit)\b",
        re.IGNORECASE,
    ),
    Role.RAADPLEGER: re.compile(
        r"\b(?:raadplegen|te raadplegen|bekijken|te bekijken|inkijken|in te kijken|meekijken|kijken|nakijken|"
        r"nalezen|lezen|inzage|inzien|leesrechten|"
        r"consulter|consultation|lire|lecture|"
        r"view|viewing|consult|read|look at)\b",
        re.IGNORECASE,
    ),
}
_OBJECT = re.compile(
    r"\b(?:cijfers?|gegevens|data|registratie|rapport(?:en)?|ccinc|cultuurmonitor|statistieken|resultaten|werking|"
    r"de invoer|chiffres?|données|statistiques|résultats|figures?|numbers|statistics|results|"
    r"alleen|enkel|louter|uniquement|seulement|juste|only|just|rol|rôle|role|recht(?:en)?|droits?|rights?|toegang|accès|access)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:wil|willen|wens|wenst|wensen|wenste|moet|moeten|mag|mogen|zou|zouden|zal|zullen|gaat|graag|nodig|om|kunnen|nog|"
    r"veux|veut|voudrais|voudrait|voudrions|souhaite|souhaitons|dois|doit|devons|devrai|devra|besoin|pour|pouvoir|afin|"
    r"chargée?|"
    r"want|wants|need|needs|would|must|should|like|able|have to|has to|only)\b",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:web)?formulier|\bformulaire|\bform\b|\bvragenlijst|\bhandleiding|\bmanuel\b|\bmanual\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:niet|niets|niks|geen|nooit|zonder|ne|n'|pas|rien|jamais|aucun|sans|"
    r"not|nothing|never|no|without|don't|needn't|"
    r"was|waren|vroeger|était|étais|used to|"
    r"verwijder\w*|schrap\w*|intrek\w*|in te trekken|ingetrokken|stopzet\w*|stop te zetten|afnemen|af te nemen|"
    r"supprime\w*|retire\w*|enlever|révoque\w*|remov\w*|revok\w*|delet\w*|withdraw\w*)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:ik|wij|we|je|nous|i|mijn|onze|ma|mon|my|our)\b[^.?!\n]{0,100}"
    r"\b(?:toegang|recht|rechten|invoer\w{0,5}|raadple\w{0,5}|invullen|ingeven|bekijken|kijken|"
    r"accès|droits?|encod\w{0,4}|consult\w{0,6}|access|rights?|data entry|view|enter)\b",
    re.IGNORECASE,
)
OF_ROLE = re.compile(
    r"\b(?:invoer\w{0,5}|raadple\w{0,5}|"
    r"encod\w{0,4}|lect(?:eur|rice)|consult\w{0,6}|read-only|data entry)\b",
    re.IGNORECASE,
)
_ASKS_YOU = re.compile(
    r"(?:\b(?:u|uw|vous|votre|you|your|jij|jouw|(?:heb|ben|bent|wil|kan|kun|moet|mag|word|zou) je)\b|-vous\b)"
    r"[^?\n]{0,160}\?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s")
_OR = re.compile(r"\b(?:of|óf|ofwel|ou|or)\b", re.IGNORECASE)
_OTHER_MODULE = re.compile(
    r"\b(?:ander|tweede|extra|bijkomend|autre|deuxième|second|another|other|additional)e?\s+modules?\b|"
    r"\bmodules? (?:supplémentaire|en plus)|\bmodules? (?:bibliothe|jeugd|musea|archie|sport)",
    re.IGNORECASE,
)


def find(mail: Mail) -> tuple[list[Mention[Role]], list[Notice]]:
    """The roles asked, by name or by what the person must do; and whether another module is asked as well.

    A sentence that offers both ("Invoerder of Raadpleger?") or that denies ("ik hoef niets in te vullen") asks none.
    """
    found: list[Mention[Role]] = []
    for sentence in _SENTENCE.finditer(mail.text):
        mentions = [mention for part in _clauses(sentence[0], sentence.start()) for mention in _in_clause(*part)]
        if not _offers_both(mail.text, mentions):
            found += mentions
    others = [Notice(NoticeKind.OTHER_MODULE, Span(*match.span())) for match in _OTHER_MODULE.finditer(mail.text)]
    return found, others


def asks(message: Message) -> bool:
    """Whether it asks for access or names a role, other than in a question to the reader."""
    return any(
        (_ASKS.search(sentence) or OF_ROLE.search(sentence)) and not _ASKS_YOU.search(sentence)
        for line in message.lines
        for sentence in _SENTENCE_END.split(line.text)
    )


def both_named(words: str) -> tuple[Role, ...]:
    """The two roles where a few folded words mean both: "allebei", "beide rollen", "les deux"."""
    return tuple(_NAMED) if _BOTH_WORDS.fullmatch(words) else ()


def denies(text: str) -> bool:
    """Whether something in it is denied or taken away, or lies in the past."""
    return bool(_NOT.search(text))


def _clauses(sentence: str, start: int) -> list[tuple[str, int, bool]]:
    """Parts between commas and "maar", each with whether the whole sentence wants something with figures or rights."""
    speaks = all(map(bool, (_OBJECT.search(sentence), _WANTED.search(sentence)))) and not _FORM.search(sentence)
    parts, position = [], 0
    for piece in re.split(r"(,|\bmaar\b|\bmais\b|\bbut\b|\bwel\b)", sentence):
        parts.append((piece, start + position, speaks))
        position += len(piece)
    return parts


def _in_clause(text: str, start: int, speaks: bool) -> list[Mention[Role]]:
    if _NOT.search(text):
        return []
    rules = [("role_named", _NAMED, True), *([("role_by_task", _TASKS, False)] if speaks else [])]
    return [
        Mention(rule, role, Span(start + match.start(), start + match.end()), strong)
        for role in Role
        for rule, patterns, strong in rules
        for match in patterns[role].finditer(text)
    ]


def _offers_both(text: str, mentions: list[Mention[Role]]) -> bool:
    ordered = sorted(mentions, key=lambda mention: mention.span)
    return any(
        _OR.search(text[one.span.end : other.span.start])
        for one, other in pairwise(ordered)
        if one.value is not other.value
    )
