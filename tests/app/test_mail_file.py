"""A mail as a file: its text and sender come out, attachments stay out and are counted, trouble has a name."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage
from itertools import count
from pathlib import Path

import pytest

from ccinc_wizard.app.mail_file import (
    MAX_BYTES,
    MailFileError,
    MailTrouble,
    OpenedMail,
    open_mail,
    opened,
    words_of_html,
)
from ccinc_wizard.content import files
from ccinc_wizard.content.files import StoppedError
from ccinc_wizard.content.texts import Texts
from tests.mail import outlook

TEXT = "Dag An,\n\nMijn rijksregisternummer is 85.07.30-033.28.\n\nGroeten\nGriet Schijnbaere"
HTML = """<html><head><title>RE</title><style>p { color: red }</style></head><body>
<p class=MsoNormal>Dag An,<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>
<p>Mijn rijksregisternummer is <b>85.07.30-033.28</b>.</p><p>Groeten<br>Griet&nbsp;Schijnbaere</p>
<div style="border-top:solid"><p><b>Van:</b> An Dewael &lt;an@voorbeeld.example&gt;<br><b>Aan:</b> Griet</p></div>
<table><tr><td>Rol</td><td>Invoerder</td></tr></table>
<div>Op wo 25 nov. 2026 om 10:11 schreef An:</div><blockquote>Dag<blockquote>dieper</blockquote></blockquote>
</body></html>"""
WORDS = """Dag An,

Mijn rijksregisternummer is 85.07.30-033.28.

Groeten
Griet\u00a0Schijnbaere

Van: An Dewael <an@voorbeeld.example>
Aan: Griet

Rol\tInvoerder

Op wo 25 nov. 2026 om 10:11 schreef An:

> Dag
>
> > dieper"""


def sent(text: str = "", html: str = "", *, attached: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Griet Schijnbaere <griet@voorbeeld.example>", "An Dewael <an@voorbeeld.example>"
    mail["Subject"] = "Toegang tot CCinC – vraag"
    if text:
        mail.set_content(text, cte="quoted-printable")
    if html:
        (mail.add_alternative if text else mail.set_content)(html, subtype="html")
    if attached:
        mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="kaart.pdf")
    return mail


HEADS = (
    "From: Griet Schijnbaere <griet@voorbeeld.example>\n"
    "To: An Dewael <an@voorbeeld.example>\nSubject: Toegang tot CCinC – vraag\n\n"
)


def test_html_is_read_as_its_words() -> None:
    assert words_of_html(HTML).rstrip(">\n ") == WORDS


@pytest.mark.parametrize("attached", [False, True])
def test_a_mail_as_sent_gives_its_plain_text(attached: bool) -> None:
    for html in ("", "<p>anders</p>"):
        mail = sent(TEXT, html, attached=attached).as_bytes(policy=email.policy.SMTP)
        assert opened(mail) == OpenedMail(HEADS + TEXT, int(attached))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<div style="display:none">raadpleger</div><p>invoerder</p>', "invoerder"),
        ("<p>in<span hidden>x</span>voerder</p>", "invoerder"),
        ('<div style="color:red; DISPLAY : none"><div>a</div>b<br></div>c', "c"),
        ('<div style="display:none">a<p>invoerder</p>', "a\ninvoerder"),
        ('<p style="display:block">a</p>', "a"),
        ('<img style="display:none">a', "a"),
    ],
)
def test_of_html_what_is_not_shown_is_not_read_but_where_it_never_ends(html: str, words: str) -> None:
    assert "\n".join(filter(None, words_of_html(html).split("\n"))) == words


def test_a_mail_with_html_only_gives_its_words() -> None:
    assert opened(sent(html=HTML).as_bytes()).text.rstrip(">\n ") == HEADS + WORDS


def test_a_character_set_that_nobody_knows_does_not_stop_the_reading() -> None:
    mail = sent("Dag Zoë").as_bytes().replace(b"utf-8", b"x-unknown")
    assert "Dag Zoë" in opened(mail).text


@pytest.mark.parametrize("text", [TEXT, "Van: An\nAan: Griet\n\nDag", "From: An\nTo: Griet\n\nDag"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_stays_as_it_is(text: str, encoding: str) -> None:
    assert opened(f"{text} Zoë".encode(encoding)) == OpenedMail(f"{text} Zoë")


def test_a_page_of_html_gives_its_words() -> None:
    assert opened(HTML.encode()).text.rstrip(">\n ") == WORDS


def test_outlooks_file_gives_text_and_sender_and_counts_what_hangs_on_it(tmp_path: Path) -> None:
    path = tmp_path / "RE toegang.msg"
    sender = ("Griet Schijnbaere", "griet@voorbeeld.example")
    path.write_bytes(outlook.message(TEXT.replace("\n", "\r\n"), HTML, sender, "An Dewael", "Toegang", attached=2))
    heads = "From: Griet Schijnbaere <griet@voorbeeld.example>\nTo: An Dewael\nSubject: Toegang\n\n"
    assert open_mail(path) == OpenedMail(heads + TEXT, 2)


def test_outlooks_file_with_html_only_gives_its_words() -> None:
    assert opened(outlook.message(html=HTML)).text.strip("\n> ") == WORDS


def test_outlooks_file_stops_at_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_ASK_EVERY", 0.0)
    asked = count(1)
    with pytest.raises(StoppedError):
        opened(outlook.message(TEXT * 1000), lambda: next(asked) < 20)
    assert next(asked) == 21, "it is not asked again"


ENCRYPTED = (
    b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx"
)
TROUBLES = {
    MailTrouble.EMPTY: [b"", b" \r\n"],
    MailTrouble.NO_TEXT: [
        sent(attached=True).as_bytes(),
        outlook.message(attached=1),
        b"<html><body><img></body></html>",
    ],
    MailTrouble.ENCRYPTED: [ENCRYPTED],
    MailTrouble.NO_MAIL: [b"\x89PNG\0\0", outlook.compound({"Workbook": b"x"}, []), outlook.message(TEXT)[:600]],
}


@pytest.mark.parametrize(
    ("trouble", "content"), [(trouble, content) for trouble, all_of_it in TROUBLES.items() for content in all_of_it]
)
def test_what_holds_no_text_is_told_by_its_reason(trouble: MailTrouble, content: bytes) -> None:
    with pytest.raises(MailFileError) as refused:
        opened(content)
    assert refused.value.trouble is trouble


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "groot.eml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(MailFileError) as refused:
        open_mail(path)
    assert refused.value.trouble is MailTrouble.TOO_BIG


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("trouble", MailTrouble)
def test_each_trouble_has_words(language: str, trouble: MailTrouble) -> None:
    assert Texts(language)(f"reading.file.{trouble}")
