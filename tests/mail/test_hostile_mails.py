"""Whatever is pasted, the reader answers: no crash, no runaway, no number where none may be."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.mail.parts import MAX_SIGNS, NoticeKind
from ccinc_wizard.domain.mail.reading import read_mail, take_over
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.redaction import spans_in
from tests.domain.numbers import TODAY
from tests.mail.test_mails import read

PIECES = (
    *(
        "Ik ben ",
        "Jan Peeters",
        "voor ",
        "vzw ",
        "AGB De Kring ",
        "gemeente Gent",
        "\n",
        "\r\n",
        "> ",
        "Van: ",
        ",",
        "ß",
    ),
    *("84.03.12-999.38", "84031299938", " invoerder ", " raadpleger? ", "Met vriendelijke groeten\n", "\u0301", "\x00"),
    "inrichtende macht: ",
)
BOMBS = (
    *(
        "a",
        "A",
        " ",
        "\n",
        ">",
        "1",
        "1.",
        "1 ",
        "Van: ",
        "Jan ",
        "vzw ",
        "AGB ",
        "agb\n",
        "gemeente ",
        "gemeente Gent ",
        "É",
    ),
    *(
        "Naam: ",
        "Ik ben Jan ",
        "toegang voor ",
        "invoerder of raadpleger ",
        "Op a schreef ",
        "- ",
        "84.03.12-999.3 ",
        "'",
    ),
    *("inrichtende macht is ", "Met vriendelijke groeten\n", "a@", "niet ", ",", "collega Jan ", "On a\n", "voor "),
    *("-----Original\n", "Van: Jan Peeters\nAan: x\nx\n", "84.03.12-999.38 ", "Stad Gent\n", "Naam: Jan Peeters\n"),
)


@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_text_is_read(catalog: Catalog, municipalities: Municipalities, text: str) -> None:
    reading = read(text, catalog, municipalities)
    filled = take_over(reading, Answers(situation=Situation.FORM)).answers
    assert filled.number_text == ""
    for value in (filled.applicant_name, filled.authority_name):
        assert spans_in(value) == []
    for found in reading.found().values():
        for candidate in found.candidates:
            assert all(0 <= span.start < span.end <= len(text) for span in candidate.spans)


@pytest.mark.parametrize("text", ['A84031299938"VZW', "Inrichtende macht: AGB 84031299938"])
def test_no_name_holds_a_register_number(catalog: Catalog, municipalities: Municipalities, text: str) -> None:
    filled = take_over(read(text, catalog, municipalities), Answers()).answers
    assert filled.authority_name == filled.applicant_name == ""


def test_outside_training_a_practice_number_is_refused_aloud(catalog: Catalog, municipalities: Municipalities) -> None:
    reading = read_mail(
        "Rijksregisternummer: 84.03.12-999.38", today=TODAY, catalog=catalog, municipalities=municipalities
    )
    assert reading.number is None
    assert [(notice.kind, notice.variant) for notice in reading.notices] == [(NoticeKind.NUMBER_WRONG, "sequence")]


@pytest.mark.parametrize("first", ["x", "\u00ad"])
def test_a_text_without_end_is_cut_and_that_is_told(
    first: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    reading = read(first + "x" * MAX_SIGNS + "\nNaam: Jan Peeters", catalog, municipalities)
    assert reading.name is None
    assert [notice.kind for notice in reading.notices] == [NoticeKind.CUT]


@pytest.mark.parametrize("bomb", BOMBS, ids=repr)
def test_twice_the_text_takes_no_more_than_about_twice_the_time(
    bomb: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    def seconds(signs: int) -> float:
        text = (bomb * signs)[:signs]
        taken = []
        for _ in range(3):
            begun = time.thread_time()
            read(text, catalog, municipalities)
            taken.append(time.thread_time() - begun)
        return min(taken)

    # Quadratic work would show as 16. Time of this thread alone: what else runs on the machine must not count.
    assert seconds(40_000) < 9 * seconds(10_000) + 0.02
