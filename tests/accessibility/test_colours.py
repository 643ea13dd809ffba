"""Every colour that is read or aimed at stands out, in our own themes and in the four contrast themes of Windows."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QMenu

from ccinc_wizard.ui.kit.theme import DARK, LIGHT, Colours, from_system, palette_of, style_sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

TEXT, CONTROL = 4.5, 3.0
SURFACES = ("window", "side", "card")
READ = [
    *(("text", behind) for behind in (*SURFACES, "error_back", "advice_back", "good_back")),
    *((words, behind) for words in ("muted", "link", "on_button", "disabled") for behind in SURFACES),
    *(("link", behind) for behind in ("error_back", "advice_back", "good_back")),
    *(("error", behind) for behind in (*SURFACES, "error_back")),
    *(("good", behind) for behind in (*SURFACES, "good_back")),
    *(("advice", behind) for behind in (*SURFACES, "advice_back")),
    *(("on_accent", behind) for behind in ("accent", "accent_hover")),
    ("on_band", "band"),
]
"""Words, and what they may stand on."""
AIMED_AT = [
    *((line, behind) for line in ("border", "accent", "error", "advice", "good") for behind in SURFACES),
    ("accent", "error_back"),
    ("accent", "advice_back"),
    ("accent", "good_back"),
    ("on_accent", "accent"),
]
"""Frames, marks and the focus, and what they may stand on."""


def contrast_theme(text: str, window: str, link: str, grey: str, chosen: str, on_chosen: str, button: str) -> QPalette:
    """The palette that Windows gives with a contrast theme."""
    palette, role = QPalette(), QPalette.ColorRole
    for place, colour in (
        *((place, text) for place in (role.WindowText, role.Text, role.ToolTipText)),
        *((place, window) for place in (role.Window, role.Base, role.AlternateBase, role.Button, role.ToolTipBase)),
        *((role.Link, link), (role.Highlight, chosen), (role.HighlightedText, on_chosen), (role.ButtonText, button)),
    ):
        palette.setColor(place, QColor(colour))
    for place in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(grey))
    return palette


WINDOWS = {
    "aquatic": contrast_theme("#ffffff", "#202020", "#75e9fc", "#a6a6a6", "#8ee3f0", "#263b50", "#ffffff"),
    "desert": contrast_theme("#3d3d3d", "#fffaef", "#1c5e75", "#676767", "#903909", "#fff5e3", "#202020"),
    "dusk": contrast_theme("#ffffff", "#2d3236", "#70ebde", "#a6a6a6", "#a1bfde", "#212d3b", "#b6f6f0"),
    "night-sky": contrast_theme("#ffffff", "#000000", "#8080ff", "#a6a6a6", "#d6b4fd", "#2b2b2b", "#ffee32"),
}
"""As Microsoft prints them for developers: text, background, link, inactive, chosen, on chosen, button's words."""
THEMES = {"light": LIGHT, "dark": DARK, **{name: from_system(palette) for name, palette in WINDOWS.items()}}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in QColor(colour).getRgb()[:3]]  # type: ignore[operator]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_measure_is_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def faint(theme: str, pairs: list[tuple[str, str]], least: float) -> dict[tuple[str, str], float]:
    """The pairs that stand out less than they must."""
    colours = THEMES[theme]._asdict()
    ratios = {(one, other): contrast(colours[one], colours[other]) for one, other in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_read_and_aimed_at_stands_out(theme: str) -> None:
    assert faint(theme, READ, TEXT) == {}
    assert faint(theme, AIMED_AT, CONTROL) == {}


def test_every_colour_is_judged() -> None:
    judged = {name for pair in (*READ, *AIMED_AT) for name in pair}
    assert judged == set(Colours._fields) - {"ink"}


@pytest.mark.parametrize("theme", THEMES)
def test_the_style_sheet_has_no_colour_beside_the_theme(theme: str) -> None:
    colours = THEMES[theme]
    used = set(re.findall(r"#[0-9a-f]{3,8}\b(?=[ ;,)])", style_sheet(colours)))
    assert used
    assert used <= set(colours)


@pytest.mark.parametrize("theme", WINDOWS)
def test_with_a_contrast_theme_nothing_of_ours_is_left(theme: str) -> None:
    palette, group = WINDOWS[theme], QPalette.ColorGroup
    of_windows = {
        palette.color(state, role).name()
        for state in (group.Active, group.Disabled)
        for role in list(QPalette.ColorRole)[:-1]
    }
    colours = THEMES[theme]
    sheet = style_sheet(colours)
    assert set(colours) - {""} <= of_windows
    assert not set(re.findall(r"#[0-9a-f]{6}\b", sheet)) - of_windows
    assert "url(" not in sheet, "a picture would bring a colour of its own"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_qts_own_drawing_has_the_same_colours(theme: str) -> None:
    palette = palette_of(THEMES[theme])
    assert contrast(palette.text().color().name(), palette.base().color().name()) >= TEXT
    assert contrast(palette.buttonText().color().name(), palette.button().color().name()) >= TEXT
    assert contrast(palette.placeholderText().color().name(), palette.base().color().name()) >= TEXT
    assert contrast(palette.highlightedText().color().name(), palette.highlight().color().name()) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_chosen_in_a_menu_and_what_cannot_be_chosen_look_otherwise(qtbot: QtBot, theme: str) -> None:
    """Who goes through a menu by its arrows sees where one is, and what is not offered now does not look offered."""
    colours, menu = THEMES[theme], QMenu()
    qtbot.addWidget(menu)
    # Of one application's sheet as in the program; this one is taken back by the window that is made next.
    menu.setStyleSheet(style_sheet(colours))
    one, other, closed = (menu.addAction(words) for words in ("One thing to do", "Another thing", "Not offered now"))
    closed.setEnabled(False)
    menu.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    menu.show()
    for chosen, left in ((one, other), (other, one)):
        menu.setActiveAction(chosen)
        assert _drawn(menu, chosen) == (colours.accent, colours.on_accent)
        assert _drawn(menu, left) == (colours.window, colours.text)
        assert _drawn(menu, closed) == (colours.window, colours.disabled)
    menu.close()


def _drawn(menu: QMenu, action: QAction) -> tuple[str, str]:
    """The colour that an entry stands on, and the one that stands out most from it: its words'."""
    picture = menu.grab(menu.actionGeometry(action)).toImage()
    within = product(range(3, picture.width() - 3), range(3, picture.height() - 3))
    seen = Counter(picture.pixelColor(x, y).name() for x, y in within)
    behind = seen.most_common(1)[0][0]
    return behind, max(seen, key=lambda colour: contrast(colour, behind))
