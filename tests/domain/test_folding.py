"""What is typed finds what is seen: letters, signs and days compare as people write them."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.domain.dates import shown_day, shown_moment
from ccinc_wizard.domain.folding import index_words, normalise, same_person, search_words


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Yıldırım İpek", "yildirim ipek"),
        ("Łukasz Wałęsa", "lukasz walesa"),
        ("Søren Ærø", "soren aero"),
        ("Strauß", "strauss"),
        ("STRAUẞ", "strauss"),
        ("Cœur", "coeur"),
        ("Zoë\u0308", "zoe"),
        ("D’Hondt", "d hondt"),
        ("Sint\u2011Gillis", "sint gillis"),
        ("Ouder\u200bgem", "oudergem"),
        ("El\u00adse\u2060ne\ufe0f", "elsene"),
        ("Đặng Þór", "dang thor"),
        ("ıłøœæđðþħŋŧ", "ilooeaeddthhnt"),
        ("Иван Петров", "иван петров"),
        ("王小明", "王小明"),
        ("Ｇｅｎｔ", "gent"),
        ("Kunst & Co", "kunst co"),
        ("\u00e9\ufffd", "e\ufffd"),
        ("...", ""),
    ],
)
def test_a_text_compares_as_people_without_these_letters_write_it(written: str, plain: str) -> None:
    assert normalise(written) == plain


@given(st.text(max_size=60))
def test_a_normalised_text_stays_the_same(text: str) -> None:
    plain = normalise(text)
    assert normalise(plain) == plain
    assert plain == " ".join(plain.split())
    assert not any(unicodedata.category(sign)[0] in "PSC" for sign in plain if sign != "\ufffd")


@given(st.text(max_size=40))
def test_a_text_is_always_found_by_itself(text: str) -> None:
    filed = " ".join(index_words(f"voor {text} na")) if normalise(text) else " ".join(index_words(text))
    assert all(word in filed for word in search_words(text))


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("27/11/2026", "27/11/2026"),
        ("27-11-2026", "27/11/2026"),
        ("27.11.2026", "27/11/2026"),
        ("2026-11-27", "27/11/2026"),
        ("3/5/26", "03/05/2026"),  # 3 May, whatever the language
        ("03-05-2026,", "03/05/2026"),
        ("27/11", "27/11"),
        ("27/11/2", "27/11/2"),
        ("27/11/20", "27/11/20"),
        ("27/11/202", "27/11/202"),
    ],
)
def test_a_day_is_one_word_however_it_is_written(typed: str, word: str) -> None:
    assert search_words(typed) == [word]
    assert word in "27/11/2026 03/05/2026"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kunst & Co", ["kunst", "co", "&"]),
        ("Ann D'Hondt", ["ann", "d", "hondt", "dhondt"]),
        ("Sint-Gillis", ["sint", "gillis", "sintgillis"]),
        ("27.11.2026 ++", ["27/11/2026", "27", "11", "2026", "27112026", "++"]),
        ("& ++", ["&", "++"]),
        ("Jan jan", ["jan"]),
        ("", []),
    ],
)
def test_a_text_is_filed_under_each_form_of_its_words(text: str, words: list[str]) -> None:
    assert index_words(text) == words


def test_what_is_no_day_is_words() -> None:
    assert search_words("32/11/2026") == ["32", "11", "2026"]
    assert search_words("11/27/2026") == ["11", "27", "2026"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lieve Voorbeeldt", "voorbeeldt LIEVE"),
        ("Jan Van den Berghe", "Van den Berghe, Jan"),
        ("Ann D'Hondt", "d’hondt ann"),
        ("Ann D'Hondt", "Dhondt Ann"),
        ("Jan-Pieter Maes", "Maes Jan Pieter"),
        ("Иван Петров", "ПЕТРОВ Иван"),
        ("محمد علي", "علي محمد"),
        ("Yıldırım Łukasz", "Lukasz Yildirim"),
    ],
)
def test_one_person_in_either_order_of_the_names(one: str, other: str) -> None:
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Jan Maes", "Jan"), ("Jan Maes", "Jan Claes"), ("", ""), ("...", "!!"), ("Иван", "Игорь")]
)
def test_two_persons_stay_two(one: str, other: str) -> None:
    assert not same_person(one, other)


def test_days_are_shown_in_one_form() -> None:
    assert shown_day(dt.date(2026, 5, 3)) == "03/05/2026"
    assert shown_moment(dt.datetime(2026, 11, 27, 14, 5)) == "27/11/2026 14:05"  # noqa: DTZ001
    aware = dt.datetime(2026, 11, 27, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=5, minutes=45)))
    assert shown_moment(aware) == f"{aware.astimezone():%d/%m/%Y %H:%M}"


def test_signs_are_looked_for_where_nothing_else_is_typed() -> None:
    assert search_words("?! -") == ["?!", "-"]
    assert search_words("a ?!") == ["a"]
