"""A pasted text as it is read: look-alike signs made one, invisible ones left out, each place one of the pasted."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.mail.parts import MAX_LINE, MAX_SIGNS, Span, take_apart

ALIKE = {
    " ": "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "'": "\u2019\u2018\u00b4`",
    '"': "\u201c\u201d\u201e\u00ab\u00bb",
    "\n": "\r\v\f\u0085\u2028\u2029",
    "": "\u00ad\u200b\u2060\ufeff\u202a",
}


@pytest.mark.parametrize(("read", "sign"), [(read, sign) for read, signs in ALIKE.items() for sign in signs])
def test_a_sign_is_read_as_what_it_looks_like(read: str, sign: str) -> None:
    mail = take_apart(f"ab{sign}cd")
    assert mail.text == f"ab{read}cd"
    place = mail.text.index("cd")
    assert mail.pasted(Span(place, place + 2)) == Span(3, 5)


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("ab  \tcd", "ab  |cd"),
        ("\tab", " ab"),
        ("ab\n\tcd", "ab\n cd"),
        ("Naam\n\nJan", "Naam| Jan"),
        ("Naam\nRol\nJan", "Naam\nRol|Jan"),
    ],
)
def test_tabs_and_lines_between_cells_are_bars(pasted: str, read: str) -> None:
    assert take_apart(pasted).text == read


def test_what_is_drawn_is_no_message() -> None:
    mail = take_apart("______\n-----\nVan: Jan Maes\nAan: x\n\nDag")
    assert [line.text for line in mail.messages[0].head if line.text] == ["______", "-----", "Van: Jan Maes", "Aan: x"]
    assert len(mail.messages) == 1


def test_how_much_is_read() -> None:
    whole, longer = take_apart("x" * MAX_SIGNS), take_apart("x" * (MAX_SIGNS + 1))
    assert (whole.cut, len(whole.text)) == (False, MAX_SIGNS)
    assert (longer.cut, len(longer.text)) == (True, MAX_SIGNS)
    assert [len(line.text) for line in whole.lines] == [MAX_LINE]
    assert whole.message_at(MAX_LINE + 1) == 0, "what stands beyond a line's end is of the newest message"


@pytest.mark.parametrize(
    "pasted",
    [
        "\n".join(f"Van: Jan Maes\nAan: x\n\nDag {number}\n" for number in range(50)),
        "\n\n".join(f"Tekst {number}\n> Dag {number}" for number in range(50)),
    ],
)
def test_of_forty_messages_the_rest_is_one(pasted: str) -> None:
    mail = take_apart(pasted)
    assert len(mail.messages) == 41
    assert "Dag 49" in "".join(line.text for line in mail.lines)


def test_what_is_quoted_deeper_than_eight_times_is_one() -> None:
    mail = take_apart("\n".join(f"{'>' * depth} Dag {depth}" for depth in range(13)))
    assert [len(message.body) for message in mail.messages] == [1, 1, 1, 1, 1, 1, 1, 1, 5]
