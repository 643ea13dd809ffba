"""Where a quoted mail begins, by what mail programs in four languages write above it."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.mail.parts import take_apart
from ccinc_wizard.domain.mail.quotequail import Start, find_start, header_length

REPLIES = [
    "On Wed, 25 Nov 2026, Jan Maes wrote:",
    "Am 25.11.2026 schrieb Jan Maes:",
    "Le 25 nov. 2026, Jan Maes a écrit :",
    "Op 25 nov. 2026 schreef Jan Maes:",
    "Op 25 nov. 2026 heeft Jan Maes het volgende geschreven:",
    "Op 25 nov. 2026 heeft Jan Maes geschreven:",
    "2026/11/25 Jan Maes <jan@voorbeeld.example>",
    "jan@voorbeeld.example schreef op 25 november:",
    "jan@voorbeeld.example wrote on 25 November:",
    "Jan Maes schreef op 25/11/2026 10:11:",
    "Jan Maes a écrit le 25/11/2026 10:11 :",
    "En date de mercredi, Jan Maes a écrit :",
]
FORWARDS = [
    *("Begin forwarded message", "Anfang der weitergeleiteten E-Mail", "Début du message réexpédié"),
    *("Begin doorgestuurd bericht", "Begin Doorgestuurd bericht", "Forwarded message", "Forwarded Message"),
    *("Doorgestuurd bericht", "Doorgestuurd Bericht", "Original Message", "Ursprüngliche Nachricht"),
    *("Oorspronkelijk bericht", "Message transféré", "Origineel bericht", "Message d'origine", "Message original"),
    *("Début du message transféré", "Begin van doorgestuurd bericht", "Original Appointment"),
]
SENDERS = ["From", "Von", "De", "Van", "Expéditeur", "Afzender"]
HEADERS = [
    *("To", "An", "À", "Pour", "Aan", "Destinataire", "Cc", "Kopie", "Bcc", "Cci", "Blindkopie"),
    *("Reply-To", "Antwort an", "Répondre à", "Antwoord aan", "Beantwoorden"),
    *("Date", "Sent", "Received", "Datum", "Gesendet", "Verzonden", "Envoyé", "Envoyé le"),
    *("Subject", "Betreff", "Objet", "Sujet", "Onderwerp"),
]


@pytest.mark.parametrize("line", REPLIES)
def test_what_stands_above_an_answered_mail_is_known(line: str) -> None:
    first, _, rest = line.partition(" ")
    assert find_start(["Dank u.", "", line, "..."]) == Start(2, 2, "reply")
    assert find_start([first, rest, "..."]) == Start(0, 1, "reply"), "also where it was broken"
    assert find_start([f"> {line}"]) == Start(0, 0, "reply"), "also where it is quoted"
    assert find_start([f">{line}"]) == Start(0, 0, "reply"), "also without a space"


@pytest.mark.parametrize("message", FORWARDS)
@pytest.mark.parametrize("written", ["---- {} ----", "-----{}-----", "{}:"])
def test_what_stands_above_a_forwarded_mail_is_known(written: str, message: str) -> None:
    assert find_start(["Zie onder.", written.format(message)]) == Start(1, 1, "forward")


@pytest.mark.parametrize(
    "said",
    [
        "Op te merken:",
        "Dit is alles <voor nu>",
        "- een -",
        "Onderwerp:",
        "Ik schreef:",
        "---- Original Message of Jan ----",
        "Original Message of Jan:",
    ],
)
def test_what_people_write_is_no_start(said: str) -> None:
    assert find_start([said, "Groeten"]) is None


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize("written", ["{}: x", "*{}:* x", "{}:"])
def test_a_sender_and_any_other_line_are_a_header(written: str, name: str) -> None:
    for sender in SENDERS:
        lines = [written.format(sender), "", written.format(name)]
        assert header_length(lines, 0) == 3
        assert find_start(["Dag,", *lines]) == Start(1, 3, "headers")
    assert header_length([written.format(name), "Dag"], 0) == 0, "a mail has a sender"
    assert header_length(["From: x", "Dag"], 0) == 0, "and more than that"


@pytest.mark.parametrize(
    ("lines", "length"),
    [
        (["From: x", "y", "z", "To: x"], 4),
        (["From: x", "1", "2", "3", "To: x"], 0),
        (["To: x", "y", "z", "From: x", "y", "z", "1"], 6),
        (["Cc: x", "y", "From: x"], 3),
        (["From: x", "Subject: x", "y"], 2),
        (["From: x", "Date: x", "y", "To: x"], 2),
        (["From: x", "Subject: x", "Naam: x"], 2),
        (["From: x", "Naam: x"], 0),
        (["From: x", "To: x", "", "y"], 2),
        (["From: x", "", "y", "To: x"], 0),
        (["From: x", "From: x"], 0),
        (["To: x", *["Cc: x"] * 22, "From: x"], 24),
        (["To: x", *["Cc: x"] * 23, "From: x"], 0),
        ([f"{'x' * 41}: y", "From: x", "To: x"], 0),
        (["From the city: x", "To: x"], 0),
    ],
)
def test_how_far_a_header_goes(lines: list[str], length: int) -> None:
    assert header_length(lines, 0) == length
    assert header_length(["", "Dag", *lines], 2) == length


def test_a_quoted_line_is_a_start_and_an_empty_one_is_none() -> None:
    assert find_start(["Dag", "", "> Dag"]) == Start(2, 2, "quoted")
    assert find_start(["> Dag", "> Dag"], 1) == Start(1, 1, "quoted")
    assert find_start(["", " "]) is None


def test_a_start_is_broken_over_three_lines_at_most_and_no_longer_than_any_is() -> None:
    assert find_start(["On Wed", "Jan", "wrote:"]) == Start(0, 2, "reply")
    assert find_start(["On Wed", "Jan", "Maes", "wrote:"]) is None
    assert find_start(["On Wed", "", "wrote:"]) is None
    assert find_start(["On <", "jan@voorbeeld.example> wrote:"]) == Start(0, 1, "reply")
    assert find_start([f"On {'x' * 390} wrote:"]) == Start(0, 0, "reply")
    assert find_start([f"On {'x' * 391} wrote:"]) is None


REPLY = "Op 25 nov. 2026 schreef Jan Maes:"
HEADER = ["----- Forwarded message -----", "Van: Jan Maes", "Aan: x", "Onderwerp: y"]


@pytest.mark.parametrize(
    ("pasted", "messages"),
    [
        (["Dag", "", REPLY, "Graag.", "Groeten"], [([], ["Dag"]), ([REPLY], ["Graag.", "Groeten"])]),
        (["Dag", "", f"*{REPLY}*", "Graag."], [([], ["Dag"]), ([f"*{REPLY}*"], ["Graag."])]),
        (["Dag", "", *HEADER, "", "> Graag.", "", "Dank u"], [([], ["Dag", "Dank u"]), (HEADER, ["Graag."])]),
        ([REPLY, "", "> Graag.", "Dank u"], [([], ["Dank u"]), ([REPLY], ["Graag."])]),
    ],
)
def test_a_message_is_what_stands_under_its_head(
    pasted: list[str], messages: list[tuple[list[str], list[str]]]
) -> None:
    parts = [(message.head, message.body) for message in take_apart("\n".join(pasted)).messages]
    assert [tuple([line.text for line in lines if line.text] for lines in part) for part in parts] == messages
