"""The drawings: each step has its own, in the colours of the theme; the map shows where one is, in words as well."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from ccinc_wizard.content.facts import load_catalog
from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.outcome import ways
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.register_number import MASK
from ccinc_wizard.ui.kit.drawing import Drawing, PicturedButton
from ccinc_wizard.ui.kit.spoken import as_given, unbroken
from ccinc_wizard.ui.kit.theme import DARK, LIGHT, READING_WIDTH, Colours, palette_of
from ccinc_wizard.ui.kit.widgets import reading_width
from ccinc_wizard.ui.wizard.path_list import step_name
from tests.ui.conftest import Driver

STEPS = sorted({step.id for procedure in load_catalog().procedures.values() for step in procedure.steps})
NEARLY = 12
"""Of 255: a thin line covers no point wholly."""
ICONS = resources_folder() / "icons"


def colours_of(image: QImage) -> set[str]:
    """Every colour that stands somewhere without being mixed with what is behind it."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {QColor(image.pixelColor(x, y)).name() for x, y in points if image.pixelColor(x, y).alpha() == 255}


def strongest_of(image: QImage) -> QColor:
    """The point that is covered most."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return max((image.pixelColor(x, y) for x, y in points), key=QColor.alpha)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_step_is_drawn_in_the_colours_of_the_theme(step: str, theme: Colours, qapp: QApplication) -> None:
    drawing = Drawing(f"step-{step}")
    drawing.setPalette(palette_of(theme))
    drawing.setFixedSize(240, 240)
    drawn = colours_of(drawing.grab().toImage())
    assert {theme.text, theme.accent} <= drawn
    assert not drawing.accessibleName()


def test_no_drawing_is_kept_for_a_step_that_is_gone() -> None:
    assert sorted(path.stem.removeprefix("step-") for path in ICONS.glob("step-*.svg")) == STEPS


def test_a_button_draws_again_in_another_theme(qapp: QApplication) -> None:
    before = QPalette(qapp.palette())
    made = PicturedButton("Kopiëren", "copy")
    try:
        for theme in (LIGHT, DARK):
            qapp.setPalette(palette_of(theme))
            QApplication.sendPostedEvents()
            strongest = strongest_of(made.icon().pixmap(made.iconSize()).toImage())
            wanted = QColor(theme.on_button)
            assert abs(strongest.lightness() - wanted.lightness()) < NEARLY
    finally:
        qapp.setPalette(before)


def test_the_map_says_in_words_where_one_is_and_which_ways_there_are(window: Driver) -> None:
    texts = window.window.services.texts
    window.click("situation_manual")
    window.next()
    window.click("map_button")
    assert window.text("map_here") == texts("wizard.map.here", step=texts("wizard.applicant.step"))
    for number, way in enumerate(ways(), start=1):
        words = window.text(f"map_way_{number}")
        names = [step_name(texts, step) for step in way.steps[:-1]]
        assert " → ".join([*names, texts(f"result.title.{way.outcome}")]) in words
    window.click("map_close")


def test_the_map_is_drawn_anew_for_another_place_and_another_answer(window: Driver) -> None:
    seen = []
    for answer in ("situation_form", "situation_task"):
        window.click(answer)
        seen.append(map_of(window))
    window.next()
    seen.append(map_of(window))
    assert seen[0] != seen[1]
    assert seen[1] != seen[2]


def map_of(window: Driver) -> QImage:
    """What the map shows now."""
    window.click("map_button")
    image = window.find("way_map").grab().toImage()
    window.click("map_close")
    window.until(lambda: not window.shows("way_map"))
    return image


def test_the_path_tells_each_state_in_words_and_by_a_mark(window: Driver) -> None:
    texts = window.window.services.texts
    first = window.find("steps_situation")
    current = first.grab().toImage()
    window.click("situation_form")
    window.next()
    assert first.accessibleName().endswith(texts("wizard.step_state.done"))
    assert window.find("steps_applicant").accessibleName().endswith(texts("wizard.step_state.current"))
    assert window.find("steps_result").accessibleName().endswith(texts("wizard.step_state.coming"))
    assert isinstance(first, QLabel)
    assert grey(first) != current.convertToFormat(QImage.Format.Format_Grayscale8)


def grey(widget: QWidget) -> QImage:
    """Seen without colours."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_a_drawing_makes_no_button_higher(window: Driver) -> None:
    """Beside one without a drawing it stood out by six pixels at 150 per cent."""
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    names = ("open_portal_button", "companion_button", "save_button", "print_button", "next_button")
    assert len({window.find(name).height() for name in names}) == 1


@pytest.mark.parametrize("language", languages())
def test_the_path_at_the_side_keeps_its_width(window: Driver, language: str) -> None:
    """The page beside it moved by some pixels after the step with the longest name."""
    window.window.set_language(language)
    window.until(lambda: window.shows("situation_form"))
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    seen = set()
    for _ in StepId:
        QApplication.processEvents()
        seen.add(window.find("steps").width())
        if window.shows("back_button"):
            window.click("back_button")
    assert window.page == "page_situation"
    assert len(seen) == 1


def test_an_answer_of_several_lines_begins_beside_its_title(window: Driver) -> None:
    window.window.resize(900, 800)
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal " * 6, to="check")
    summary = window.find("answers_summary")
    window.until(lambda: window.find("answer_authority_name").height() > 2 * summary.fontMetrics().height())
    value, change = window.find("answer_authority_name"), window.find("change_authority_name")
    [title] = [made for made in summary.findChildren(QLabel) if made.text() == "Inrichtende macht"]
    letters, tops = title.fontMetrics().height(), []
    for part, within in (
        (title, title.contentsMargins().top()),
        (value, 0),
        (change, (change.height() - letters) // 2),
    ):
        tops.append(part.mapTo(summary, part.rect().topLeft()).y() + within)
    assert max(tops) - min(tops) <= 2


@pytest.mark.parametrize("wide", [900, 1900])
def test_no_button_leaves_the_words_of_a_step_a_narrow_column(window: Driver, wide: int) -> None:
    """That of the number is wider than the others, and its step has the longest words: it took ten lines."""
    window.window.resize(wide, 800)
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    QApplication.processEvents()
    card = window.find("manual_steps")
    words = [made for made in card.findChildren(QLabel) if made.objectName().startswith("step_")]
    copies = [made for made in card.findChildren(QPushButton) if made.objectName().startswith("copy_")]
    assert len(copies) >= 4
    assert min(made.width() for made in words) >= reading_width(card, 50)
    # The others stand beside their words, at one edge.
    edges = [made.mapTo(card, made.rect().topRight()).x() for made in copies]
    assert max(map(edges.count, edges)) == len(copies) - 1


def test_a_masked_number_is_not_parted_at_the_end_of_a_line() -> None:
    told = f"zoek op {MASK}. Ook TNS-6W3 en A-B-C"
    shown = unbroken(told)
    assert [shown.partition("-")[2][0], as_given(shown)] == ["\u2060", told]
    assert shown.count("\u2060") == 2


def test_on_a_wide_screen_the_exam_is_no_wider_than_it_reads_well(window: Driver) -> None:
    window.window.resize(1900, 900)
    window.window.train()
    window.until(lambda: window.shows("training_exam"))
    QApplication.processEvents()
    exam = window.find("training_exam")
    assert exam.x() > window.find("training_scenarios").width()
    assert exam.width() <= reading_width(exam, READING_WIDTH)
