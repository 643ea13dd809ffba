"""One quiet design: palette, spacing and type scale, in light and dark. A contrast theme of the system wins."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6 import QtCore
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ccinc_wizard.app.settings import Theme
from ccinc_wizard.content.files import resources_folder

SPACE = 8
"""The unit of all margins and gaps, in device-independent pixels."""
TARGET = 24
"""The least height and width of what one clicks (WCAG 2.2, 2.5.8)."""
BODY_POINTS = 10.5
"""14 pixels at 100 %: what one reads all day. Larger letters of the system stay."""
TITLE_SCALE = 1.7
SECTION_SCALE = 1.2
_USUAL = "usual_letters"
_OUTSIDE = 10_000
"""So far from its mark a card's own words are not seen: its layout has them, wrapped."""
WRAPPED = 0x1000 | 0x80
"""Wrapped and in the middle of its height, by the numbers of Qt's flags, whose lists would hold the first page up."""
READING_WIDTH = 85
"""Widest line of text, in average characters: some 75 of a sentence, which has more narrow letters than wide ones."""


class Colours(NamedTuple):
    """Text pairs reach 4.5:1, borders and marks 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); tests compute it."""

    window: str
    side: str
    card: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    accent_hover: str
    error: str
    error_back: str
    advice: str
    advice_back: str
    good: str
    good_back: str
    band: str
    on_band: str
    link: str
    on_button: str
    disabled: str
    ink: str = ""
    """Which drawings go with it; none with a contrast theme, where a full box is checked and the arrows are Qt's."""

    @property
    def hairline(self) -> str:
        """What parts a surface from the window: merely seen, but in a contrast theme the only thing that does."""
        return self.side if self.ink else self.border

    def chip(self, state: str) -> tuple[str, str]:
        """Surface and letters of a chip that tells this state."""
        pairs = {"good": (self.good_back, self.good), "error": (self.error_back, self.error)}
        pairs["advice"] = (self.advice_back, self.advice)
        return pairs.get(state, (self.side, self.text))

    def picture(self, name: str) -> str:
        """The check mark or an arrow, as a style sheet names it."""
        if not self.ink:
            return "none"
        return f'url("{(resources_folder() / "icons" / f"{name}-{self.ink}.svg").as_posix()}")'


LIGHT = Colours(
    window="#ffffff", side="#f3f2ee", card="#faf9f6", text="#1c1c1a", muted="#5a5954", border="#85837b",
    accent="#0b4f9e", on_accent="#ffffff", accent_hover="#083b77",
    error="#a8130b", error_back="#fdeeec", advice="#7a4a00", advice_back="#fff5dc", good="#1c6434",
    good_back="#e9f5ec", band="#5b2a86", on_band="#ffffff", link="#0b4f9e", on_button="#1c1c1a", disabled="#5a5954",
    ink="light",
)  # fmt: skip
DARK = Colours(
    window="#1d1e21", side="#17181a", card="#26272b", text="#f2f1ec", muted="#b9b7af", border="#8b8982",
    accent="#8ebcff", on_accent="#10233c", accent_hover="#b3d2ff",
    error="#ff9d94", error_back="#3a2120", advice="#f5c66b", advice_back="#35301f", good="#8fd8a4",
    good_back="#1f3126", band="#d3b2f2", on_band="#2a0f45", link="#8ebcff", on_button="#f2f1ec", disabled="#b9b7af",
    ink="dark",
)  # fmt: skip


def apply_theme(app: QApplication, wanted: Theme) -> None:
    """Colour the whole program; `system` takes light or dark from what the desktop shows."""
    dark = wanted is Theme.DARK or (wanted is Theme.SYSTEM and _is_dark(_desktops(app)))
    _use(app, DARK if dark else LIGHT)


def use_body_letters(app: QApplication) -> None:
    """Give the program letters of the body's size, where the system's are smaller."""
    font = app.font()
    if font.pointSizeF() < BODY_POINTS:
        font.setPointSizeF(BODY_POINTS)
        app.setFont(font)


def use_letters(percent: int) -> None:
    """Let all that is made from now on have letters of so many per cent of the system's."""
    app = QApplication.instance()
    usual = app.property(_USUAL) if app is not None else None
    if not isinstance(app, QApplication) or (usual is None and percent == 100):
        return
    font = app.font()
    if usual is None:
        usual = font.pointSizeF()
        app.setProperty(_USUAL, usual)
    font.setPointSizeF(float(usual) * percent / 100)
    app.setFont(font)


def follow_desktop(app: QApplication, wanted: Callable[[], Theme]) -> None:
    """Keep to the desktop while the program runs. With a contrast theme the system's own colours stay.

    Called once the first page is on the screen: merely naming Qt's enums costs a tenth of a bare start.
    """

    def follow() -> None:
        dress(app, wanted())

    hints = app.styleHints()
    hints.accessibility().contrastPreferenceChanged.connect(follow)
    hints.colorSchemeChanged.connect(follow)
    if _has_contrast_theme(app):
        follow()


def dress(app: QApplication, wanted: Theme) -> None:
    """Colour the whole program; whatever is wanted, a contrast theme of the system stays."""
    if _has_contrast_theme(app):
        # The system's own palette, which comes back when ours is taken away; the style's is another one.
        app.setPalette(QPalette())
        _in_use[:] = [from_system(app.palette())]
        _set_style_sheet(app)
    else:
        apply_theme(app, wanted)


def _has_contrast_theme(app: QApplication) -> bool:
    # Asked anew each time, and not of a passing object: what PySide hands out of hints dies with them.
    hints = app.styleHints()
    return hints.accessibility().contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast


_in_use: list[Colours] = []


def present() -> Colours:
    """The colours in use, for what paints itself."""
    return _in_use[-1] if _in_use else LIGHT


def _use(app: QApplication, colours: Colours) -> None:
    _in_use[:] = [colours]
    app.setPalette(palette_of(colours))
    _set_style_sheet(app)


def _set_style_sheet(app: QApplication) -> None:
    app.setStyleSheet(style_sheet(present()))
    # Windows has smaller letters for menus, lists and tips, and each style sheet brings them back.
    app.setFont(app.font())


def _desktops(app: QApplication) -> QPalette:
    # Until the program has colours of its own it bears the desktop's; asking the style for them holds the start up.
    return app.style().standardPalette() if app.styleSheet() else app.palette()


def _is_dark(palette: QPalette) -> bool:
    return palette.window().color().lightness() < palette.windowText().color().lightness()


def scaled(widget: QWidget, scale: float, *, bold: bool = False) -> None:
    """Give a widget the program's font, so many times larger."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(bold)
    widget.setFont(font)


def palette_of(colours: Colours) -> QPalette:
    """The palette for Qt's own drawing."""
    palette = QPalette()
    role = QPalette.ColorRole
    for place, colour in (
        (role.Window, colours.window), (role.WindowText, colours.text), (role.Base, colours.window),
        (role.AlternateBase, colours.card), (role.Text, colours.text), (role.Button, colours.card),
        (role.ButtonText, colours.on_button), (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent), (role.PlaceholderText, colours.muted), (role.Link, colours.link),
        (role.Mid, colours.border), (role.ToolTipBase, colours.card), (role.ToolTipText, colours.text),
        (role.Accent, colours.accent),
    ):  # fmt: skip
        palette.setColor(place, colour)
    for place in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, colours.disabled)
    return palette


def from_system(palette: QPalette) -> Colours:
    """The colours of a contrast theme, and none of our own: what ours tell apart by colour, frames and words do."""
    window, text = palette.window().color().name(), palette.windowText().color().name()
    accent, on_accent = palette.highlight().color().name(), palette.highlightedText().color().name()
    return Colours(
        window=window, side=window, card=window, text=text, muted=text, border=text, accent=accent,
        on_accent=on_accent, accent_hover=accent, error=text, error_back=window, advice=text, advice_back=window,
        good=text, good_back=window, band=accent, on_band=on_accent, link=palette.link().color().name(),
        on_button=palette.buttonText().color().name(),
        disabled=palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name(),
    )  # fmt: skip


def style_sheet(c: Colours) -> str:
    """All rules, in an order that counts: of two that fit equally well, Qt takes the later one."""
    arrows = _arrows(c) if c.ink else ""
    return _panels(c) + _fields_and_buttons(c) + _choices(c) + _scroll_bars(c) + arrows + _lists(c)


def _panels(c: Colours) -> str:
    # Of two colours, a bar and a hairline would meet in a slanting corner.
    edge = "none" if c.ink else f"1px solid {c.border}"
    return f"""
    QFrame#steps {{ background: {c.side}; border: none; border-right: 1px solid {c.hairline}; }}
    QMenu {{ background: {c.window}; color: {c.text}; border: 1px solid {c.border}; }}
    QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QMenu::item:disabled {{ background: {c.window}; color: {c.disabled}; }}
    QMenu::separator {{ height: 1px; background: {c.border}; margin: 4px {SPACE}px; }}
    QFrame#steps QLabel {{ color: {c.muted}; }}
    QFrame#steps QLabel[state="current"] {{ color: {c.text}; font-weight: bold; background: {c.window};
        border-radius: 4px; }}
    QFrame#steps QLabel[state="done"] {{ color: {c.text}; }}
    QLabel[kind="muted"] {{ color: {c.muted}; }}
    QLabel[kind="error"] {{ color: {c.error}; font-weight: bold; }}
    QLabel[kind="found"] {{ color: {c.advice}; font-weight: bold; }}
    QLabel[kind="good"] {{ color: {c.good}; }}
{"".join(_chip(c, state) for state in ("good", "error", "advice"))}
    QLabel#training_band {{ background: {c.band}; color: {c.on_band}; padding: 6px; font-weight: bold; }}
    QFrame[panel="card"] {{ background: {c.card}; border: 1px solid {c.hairline}; border-radius: {SPACE}px; }}
    QFrame[panel="error"] {{ background: {c.error_back}; border: 1px solid {c.error};
        border-left: 6px solid {c.error}; }}
    QFrame[panel="error"]:focus {{ border: 3px solid {c.error}; border-left: 8px solid {c.error}; }}
    QFrame[panel="advice"] {{ background: {c.advice_back}; border: {edge}; border-left: 6px solid {c.advice}; }}
    QFrame[panel="notice"] {{ background: {c.card}; border: {edge}; border-left: 6px solid {c.accent}; }}
    QFrame[panel="good"] {{ background: {c.good_back}; border: {edge}; border-left: 6px solid {c.good}; }}
    QScrollArea, QScrollArea > #qt_scrollarea_viewport > QWidget {{ background: transparent; }}
    """


def _chip(c: Colours, state: str) -> str:
    back, ink = c.chip(state)
    return f"""    QLabel[kind="chip"][state="{state}"] {{ background: {back}; color: {ink}; border-color: {ink}; }}
"""


def _fields_and_buttons(c: Colours) -> str:
    return f"""
    QLineEdit, QPlainTextEdit {{ placeholder-text-color: {c.muted}; }}
    QPushButton, QRadioButton, QCheckBox {{ outline: none; }}
    QLineEdit, QPlainTextEdit, QComboBox {{ border: 1px solid {c.border}; border-radius: 4px; padding: 7px;
        background: {c.window}; color: {c.text}; selection-background-color: {c.accent};
        selection-color: {c.on_accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {c.accent}; padding: 6px; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {c.error}; padding: 6px; }}
    QPushButton {{ border: 1px solid {c.border}; border-radius: 4px; padding: 7px 16px; background: {c.card};
        color: {c.on_button}; }}
    QPushButton:hover {{ border-color: {c.accent}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 6px 15px; }}
    QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
        font-weight: bold; }}
    QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; }}
    QPushButton:disabled, QPushButton[kind="primary"]:disabled {{ background: {c.card}; color: {c.disabled};
        border: 1px dashed {c.border}; }}
    QComboBox:disabled {{ background: {c.card}; color: {c.disabled}; border: 1px dashed {c.border}; }}
    QPushButton[kind="link"] {{ border: 1px solid transparent; background: transparent; color: {c.link};
        text-decoration: underline; padding: 5px 1px; text-align: left; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {c.accent}; padding: 4px 0; }}
    QPushButton[kind="choice"] {{ padding: 0; background: {c.window}; }}
    QPushButton[kind="choice"]:checked {{ border-color: {c.accent}; background: {c.card}; }}
    QPushButton[kind="choice"]:focus {{ border: 2px solid {c.accent}; padding: 0; }}
    QLabel[kind="link"] {{ color: {c.link}; text-decoration: underline; }}
    QLabel[kind="key"] {{ border: 1px solid {c.border}; border-radius: 3px; padding: 1px 6px; font-weight: bold; }}
    QLabel[kind="chip"] {{ border: 1px solid {c.border}; border-radius: 10px; padding: 2px 10px;
        background: {c.side}; }}
    QFrame#undo_bar {{ background: {c.side}; border: none; border-top: 1px solid {c.border}; }}
    QLabel[kind="key"][state="chosen"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    """


def _choices(c: Colours) -> str:
    return f"""
    QRadioButton, QCheckBox {{ spacing: 10px; padding: 4px 2px; border: 2px solid transparent; border-radius: 4px;
        min-height: {TARGET}px; }}
    QLabel[tab="true"] {{ border: 2px solid transparent; border-radius: 4px; }}
    QLabel[tab="true"]:focus {{ border-color: {c.accent}; }}
    QRadioButton:focus, QCheckBox:focus {{ border-color: {c.accent}; }}
    QRadioButton::indicator, QCheckBox::indicator {{ width: {TARGET - 4}px; height: {TARGET - 4}px;
        border: 2px solid {c.border}; background: {c.window}; }}
    QRadioButton::indicator {{ border-radius: {TARGET // 2}px; }}
    QCheckBox::indicator {{ border-radius: 4px; }}
    QRadioButton::indicator:checked {{ border-color: {c.accent}; background: qradialgradient(cx: 0.5, cy: 0.5, fx: 0.5,
        fy: 0.5, radius: 0.5, stop: 0 {c.accent}, stop: 0.56 {c.accent}, stop: 0.64 {c.window}, stop: 1 {c.window}); }}
    QRadioButton[kind="card"] {{ border: 1px solid {c.border}; border-radius: {SPACE}px; padding: 2px;
        background: {c.window}; spacing: {_OUTSIDE}px; }}
    QRadioButton[kind="card"]:hover {{ border-color: {c.accent}; background: {c.card}; }}
    QRadioButton[kind="card"]:checked {{ border: 2px solid {c.accent}; padding: 1px; background: {c.card}; }}
    QRadioButton[kind="card"]:pressed {{ border: 2px dashed {c.accent}; padding: 1px; background: {c.side}; }}
    QRadioButton[kind="card"]:focus {{ border: 3px solid {c.accent}; padding: 0; }}
    QRadioButton[kind="card"]::indicator {{ subcontrol-position: top left; margin: {SPACE - 3}px; }}
    QCheckBox::indicator:checked {{ border-color: {c.accent}; background: {c.accent}; image: {c.picture("check")}; }}
    """


def _scroll_bars(c: Colours) -> str:
    return f"""
    QScrollBar:vertical {{ background: transparent; width: 14px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 14px; margin: 0; }}
    QScrollBar::handle {{ background: {c.border}; border-radius: 4px; margin: 3px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _lists(c: Colours) -> str:
    return f"""
    QListView::item {{ min-height: {TARGET}px; padding: 2px {SPACE}px; }}
    QListView::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QListView {{ border: 1px solid {c.border}; padding: 1px; background: {c.window}; color: {c.text}; outline: none; }}
    QTableView {{ border: 1px solid {c.border}; padding: 1px; gridline-color: transparent;
        background: {c.window}; outline: none;
        alternate-background-color: {c.card}; }}
    QListView:focus, QTableView:focus {{ border: 2px solid {c.accent}; padding: 0; }}
    QTableView::item {{ padding: 4px; }}
    QTableView::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QHeaderView::section {{ background: {c.side}; color: {c.text}; border: none; border-bottom: 1px solid {c.hairline};
        padding: 7px; font-weight: bold; }}
    QProgressBar {{ border: 1px solid {c.border}; border-radius: 4px; background: {c.side}; max-height: {SPACE}px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QFrame#button_row {{ border: none; border-top: 1px solid {c.hairline}; }}
    """


def _arrows(c: Colours) -> str:
    """Fields with arrows. Once their frame is ours, Qt leaves the arrows to us as well.

    A drop-down keeps its padding when it has the focus, as Qt makes room for its list by the one and lays the list out
    by the other: it would cut the last row off.
    """
    return f"""
    QSpinBox {{ border: 1px solid {c.border}; border-radius: 4px; padding: 5px {SPACE}px; background: {c.window};
        color: {c.text}; min-height: {TARGET}px; }}
    QSpinBox:focus {{ border: 2px solid {c.accent}; padding: 4px {SPACE - 1}px; }}
    QComboBox {{ padding: 6px; margin: 1px; }}
    QComboBox:focus {{ margin: 0; }}
    QComboBox::drop-down, QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {TARGET}px; }}
    QComboBox::down-arrow, QSpinBox::down-arrow {{ image: {c.picture("down")}; width: 14px; height: 14px; }}
    QSpinBox::up-arrow {{ image: {c.picture("up")}; width: 14px; height: 14px; }}
    """
