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
    Role.INVOERDER: re.compile(
        r"\binvoerders?\b|\binvoer(?:ders)?rechten?\b|\bencodeu(?:r|se)s?\b|\bdroits? d'encodage\b|\bdata entry\b"
        + _BOTH,
        re.IGNORECASE,
    ),
    Role.RAADPLEGER: re.compile(
        r"\braadplegers?\b|\b(?:raadpleeg|raadplegers|lees|kijk|inkijk|inzage)rechten?\b|\bleestoegang\b|"
        r"\blecteur\b|\blectrice\b|\bdroits? de (?:lecture|consultation)\b|\blecture seule\b|"
        r"\bread[ -]only\b|\bview(?:ing)? (?:rights?|access|only)\b|\bread access\b" + _BOTH,
        re.IGNORECASE,
    ),
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
_AWAY = (
    r"annul(?:eren|eer|eert|ering|atie|er|ez|ée?s?|ation)|geannuleerd|intrekken|intrekking|in te trekken|ingetrokken|"
    r"trek(?:t|ken)?\b[^.?!\n]{0,60}\bin|schrap(?:t|pen|ping)?|geschrapt|verwijder(?:t|d|en|ing)?|"
    r"stopzetten|stopzetting|stop te zetten|stopgezet|afnemen|af te nemen|afgenomen|ontne(?:men|emt?)|ontnomen|"
    r"be[ëe]indig(?:t|d|en|ing)?|opzegg(?:en|ing)|op te zeggen|opgezegd|afzeg(?:gen|ging)|af te zeggen|afgezegd|"
    r"deactiv(?:eren|eert?|ering|atie)|gedeactiveerd|ongedaan|mag (?:er )?(?:weg|uit)|moet (?:er )?(?:weg|uit)|"
    r"supprim(?:er?|ez|ée?s?)|suppression|retir(?:er?|ez|ée?s?)|retrait|enlev(?:er?|ez|ée?s?)|"
    r"r[ée]voqu(?:er?|ez|ée?s?)|r[ée]vocation|r[ée]sili(?:er?|ez|ée?s?|ation)|d[ée]sactiv(?:er?|ez|ée?s?|ation)|"
    r"mettre fin|"
    r"cancel(?:s|l?ed|l?ing|lation)?|remov(?:es?|ed|ing|al)|revok(?:es?|ed|ing)|delet(?:es?|ed|ing|ion)|"
    r"withdr(?:aws?|awn|ew|awing|awal)|deactivat(?:es?|ed|ing|ion)|terminat(?:es?|ed|ing|ion)"
)
"""What is said of something that is to go, in whole words: people are called Deletter or Schrapen, Blok or De Block."""
_NOW = (
    r"huidige? (?:rol|recht)|r[ôo]le actuel|current role|"
    r"(?:ben|is) (?:(?:ik|nu|momenteel|al|reeds) ){1,3}(?:een )?(?:invoerder|raadpleger)|"
    r"suis (?:(?:actuellement|déjà) )(?:encodeur|lecteur)|"
    r"am (?:currently|already) (?:a )?(?:data entry|viewer|read[ -]only)"
)
"""What somebody is already."""
_NOT = re.compile(
    r"\b(?:niet|niets|niks|geen|nooit|zonder|ne|n'|pas|rien|jamais|aucun|sans|"
    r"not|nothing|never|no|without|don't|needn't|"
    rf"was|waren|vroeger|était|étais|used to|{_NOW}|{_AWAY})\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(rf"\b(?:{_AWAY})\b", re.IGNORECASE)
_TURNED_DOWN = re.compile(
    rf"\b(?:{_AWAY}|"
    r"stop|stopt|stoppen|gestopt|weghalen|wegdoen|wissen|gewist|blokke(?:ren|ert?|ring)|geblokkeerd|afsluiten|"
    r"afgesloten|vervalt|weiger(?:t|en|ing)?|geweigerd|afwijz(?:en|ing)|af te wijzen|afgewezen|afkeur(?:en|ing)|"
    r"af te keuren|afgekeurd|uit dienst|vertrokken|"
    r"arr[êe]t(?:er|ez|ée?s?)|bloqu(?:er?|ez|ée?s?)|refus(?:er?|ez|ée?s?)?|rejet(?:er|ez|ée?s?)|fermer|a quitté|"
    r"stopped|block(?:ed|ing)|block (?=access|user|account)|reject(?:s|ed)?|declin(?:es?|ed)|disabled?|undo|"
    r"has left)\b",
    re.IGNORECASE,
)
"""What a few words say besides of what is not wanted; in a mail a form may refuse, or a colleague have left."""
_RIGHT = re.compile(
    r"\b(?:toegang\w*|recht|rechten|gebruikersrecht\w*|rol|rollen|aanvra\w+|account|gebruiker|invoerd\w*|raadpleg\w*|"
    r"accès|droits?|rôles?|demandes?|compte|encod\w+|lect(?:eur|rice)|"
    r"access|rights?|roles?|request|user|data entry|viewer)\b",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"\b(?:ccinc|cultuurmonitor|cijfers?|statistieken|invul\w*|in te vullen|bekijk\w*|inzage|"
    r"chiffres?|données|figures?)\b",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"vergissing|ontvang|geadresseerde|bestemmeling|vertrouwelijk|destinataire|par erreur|confidenti|"
    r"recipient|in error|unauthori[sz]ed",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(
    r"\W*(?:\w+,\s+)?(?:wat|welke?|waarom|quel(?:le)?s?|qu'|que|pourquoi|what|which|why)\b|"
    r"[^\n]*\b(?:verschil|différence|difference)\b",
    re.IGNORECASE,
)
_IN_QUESTION = re.compile(
    r"\b(?:kan|kun|kunnen|mag|mogen|moet|moeten|is|zijn|ben|bent|heb|heeft|hebben|doet|ziet|geeft|volstaat|hoeft|"
    r"peut|peux|puis|dois|doit|est|suis|suffit|can|may|must|should|could|are|am|does|do|has)\b",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(
    r"\W*(?:\w+,\s+)?(?:kan|mag|moet|heeft|is|est|un|le|can|may|must|does|is|has)\b", re.IGNORECASE
)
_TO_GET = re.compile(
    r"\b(?:krijg\w*|word|wordt|worden|toegang|recht|rechten|toevoeg\w*|toe te voegen|toegevoegd|toeken\w*|"
    r"toe te kennen|toegekend|geef|geven|bezorg\w*|stuur|sturen|link|aanmaken|aan te maken|maak|maken|zet|zetten|"
    r"instellen|aanvra\w*|aan te vragen|vraag|vragen om|regel\w*|graag|wil|wens|mogen zijn|kunnen zijn|"
    r"avoir|obtenir|recevoir|donne\w*|accorde\w*|ajout\w*|devenir|accès|droits?|attribue\w*|envoye\w*|lien|mettre|créer|"
    r"inscrire|demand\w*|veux|voudr\w*|souhait\w*|"
    r"get|have(?! to)|become|give|grant|add|access|rights?|make|set up|create|send|register|request|please|want|"
    r"like)\b",
    re.IGNORECASE,
)
_ROLE = (
    r"(?:invoerders?|raadplegers?|lezers?|encodeu(?:r|se)s?|lecteurs?|lectrices?|"
    r"data entry|viewers?|readers?|read[ -]only)"
)
_OF_ANYBODY = re.compile(
    r"\b(?:kan|kunnen|mag|mogen|moet|heeft|is|ziet|doet|krijgt|geeft|volstaat|hoeft|betekent|"
    r"peut|doit|est|voit|donne|suffit|can|may|must|does|do|has|sees|means)\s+"
    rf"(?:(?:een|de|un|une|le|la|an?|the)\s+)?{_ROLE}\b(?!\s+(?:toegev|word|maken|zetten|devenir))|"
    rf"\b(?:zeggen|weten|af|nakijken|nagaan|bevestigen)\s+of\s+(?:(?:een|de)\s+)?{_ROLE}|"
    rf"\bsavoir\s+si\s+(?:(?:un|le)\s+)?{_ROLE}|\b(?:whether|if)\s+(?:(?:an?|the)\s+)?{_ROLE}|"
    rf"\b(?:un|une|le|la)\s+{_ROLE}\s+(?:peut|doit|a-t|voit|est)|"
    rf"\b(?:als|comme|en tant que?|as)\s+(?:(?:een|an?)\s+)?{_ROLE}\s+(?:ook|eveneens|toch|aussi|également|also)\b",
    re.IGNORECASE,
)
_ROLE_AT_END = re.compile(rf"\b{_ROLE}\s*$", re.IGNORECASE)
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
    told: list[Notice] = []
    for sentence in _SENTENCE.finditer(mail.text):
        away = _TAKEN_BACK.search(sentence[0])
        gone = Span(sentence.start() + away.start(), sentence.start() + away.end()) if away else Span(0, 0)
        clauses = _clauses(sentence[0], sentence.start())
        mentions = [one for part in clauses for one in _in_clause(*part) if not gone.start < one.span.start < gone.end]
        if mentions and _asks_about(mail.text, sentence):
            told.append(Notice(NoticeKind.NO_REQUEST, mentions[0].span, "question"))
        elif not _offers_both(mail.text, mentions):
            found += mentions
    others = [Notice(NoticeKind.OTHER_MODULE, Span(*match.span())) for match in _OTHER_MODULE.finditer(mail.text)]
    return found, others + ([] if found else told)


def takes_back(text: str) -> Notice | None:
    """That somebody's access or request is to go, where a sentence says so."""
    for sentence in _SENTENCE.finditer(text):
        away = _TAKEN_BACK.search(sentence[0])
        if away and _RIGHT.search(sentence[0]) and not _SMALL_PRINT.search(sentence[0]):
            return _taken_back(away, sentence.start())
    return None


def turned_down(words: str) -> Notice | None:
    """That something is to go or refused, where a few words say so."""
    away = _TURNED_DOWN.search(words)
    return _taken_back(away, 0) if away else None


def asked_about(text: str) -> list[Notice]:
    """That it asks what a role is or may do, and not for it: "kan ik als raadpleger ook invullen?"."""
    about = any(_asks_about(text, sentence) for sentence in _SENTENCE.finditer(text))
    return [Notice(NoticeKind.NO_REQUEST, None, "question")] if about else []


def speaks_of_rights(text: str) -> bool:
    """Whether it has anything to do with access, a role or the figures."""
    return bool(_RIGHT.search(text) or _FIGURES.search(text))


def _asks_about(text: str, sentence: re.Match[str]) -> bool:
    said, marked = sentence[0], text[sentence.end() : sentence.end() + 1] == "?"
    if _OF_ANYBODY.search(said) and (marked or _OF_WHAT.match(said) or _FIRST_WORD.match(said)):
        return True
    if _TO_GET.search(said):
        return False
    return bool(_OF_WHAT.match(said) or (marked and (_IN_QUESTION.search(said) or _ROLE_AT_END.search(said))))


def _taken_back(away: re.Match[str], start: int) -> Notice:
    return Notice(NoticeKind.NO_REQUEST, Span(start + away.start(), start + away.end()), "withdrawn", {"name": away[0]})


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
