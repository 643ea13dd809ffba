"""The desktop around the program: clipboard, browser, mail program. No register number stays on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from urllib.parse import quote

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QLibraryInfo,
    QMimeData,
    QObject,
    QSize,
    Qt,
    QTimer,
    QTranslator,
    QUrl,
    Signal,
)
from PySide6.QtGui import QClipboard, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import StepWords
from ccinc_wizard.domain.catalog import StepValue, may_open
from ccinc_wizard.domain.findings import AccessRequest
from ccinc_wizard.ui.kit.dialogs import Dialog, foot
from ccinc_wizard.ui.kit.drawing import PicturedButton
from ccinc_wizard.ui.kit.screens import when_low
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, column, label, page_title, selectable

CLEAR_AFTER_SECONDS = 20
_DWORD_ZERO = QByteArray(b"\x00\x00\x00\x00")
_WINDOWS_MARKS = (
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
    "CanUploadToCloudClipboard",
)
"""Microsoft, Clipboard Formats, "Cloud Clipboard and Clipboard History Formats"."""
_KDE_MARK = "x-kde-passwordManagerHint"


class SecretClipboard(QObject):
    """Copies what must not stay: out of clipboard histories, and gone after 20 s, but only if it is still ours."""

    over = Signal()
    """What was copied is no longer on the clipboard."""

    def __init__(self, parent: QObject | None = None, *, seconds: int = CLEAR_AFTER_SECONDS) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._timer.timeout.connect(self.clear)

    def copy(self, text: str) -> None:
        """Put the text on the clipboard and start the clock."""
        self._text = text
        _clipboard().setMimeData(_marked(text))
        self._timer.start()

    def clear(self) -> None:
        """Empty the clipboard if it still holds what was copied here."""
        self._timer.stop()
        if not self._text:
            return
        if _clipboard().text() == self._text:
            _clipboard().clear()
        self._text = ""
        self.over.emit()


@cache
def copied_by_hand() -> SecretClipboard:
    """The clock of what was copied out of a field: the field may be gone before it has run out."""
    app = QCoreApplication.instance()
    made = SecretClipboard(app)
    if app is not None:
        app.aboutToQuit.connect(made.clear)
    return made


def copy_text(text: str) -> None:
    """Put an ordinary text on the clipboard."""
    _clipboard().setText(text)


def open_in_browser(url: str) -> bool:
    """Open an address of a known host in the browser. False when it is another host or no browser answers."""
    return may_open(url) and QDesktopServices.openUrl(QUrl(url))


def write_mail(subject: str, body: str, to: str = "") -> bool:
    """Open the mail program with a whole mail. False when none answers."""
    # RFC 6068: lines end in CRLF, everything is percent-encoded.
    lines = quote(body.replace("\n", "\r\n"), safe="")
    address = f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={lines}"
    return QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))


def call(number: str) -> bool:
    """Let the telephone program of this machine call a number. False when none answers."""
    return QDesktopServices.openUrl(QUrl(f"tel:{''.join(filter(str.isdigit, number))}"))


def _clipboard() -> QClipboard:
    return QGuiApplication.clipboard()


def _marked(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    data.setData(_KDE_MARK, QByteArray(b"secret"))
    for mark in _WINDOWS_MARKS:
        # Qt on Windows registers what stands between the quotes as the format's name. Elsewhere nobody asks for it.
        data.setData(f'application/x-qt-windows-mime;value="{mark}"', _DWORD_ZERO)
    return data


def translate_qt(app: QCoreApplication, language: str) -> None:
    """Let Qt speak this language instead of the one before."""
    for earlier in app.findChildren(QTranslator):
        app.removeTranslator(earlier)
        earlier.deleteLater()
    translator = QTranslator(app)
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


class OfflinePage(Dialog):
    """Says what the real form, or the real mail, would show. Opens nothing outside the program."""

    def __init__(self, texts: Texts, title: str, told: str, shown: str, parent: QWidget) -> None:
        super().__init__("training_offline", title, parent)
        close = button(
            texts("training.offline.close"), name="training_offline_close", kind="primary", action=self.accept
        )
        words = (label(told, name="training_offline_text"), selectable(shown, name="training_offline_shown"))
        parts = column(page_title(title), *words, gap=SPACE * 2)
        self.lay_out(when_low("training_offline_scroll", title, parts), foot(close))
        close.setFocus()


def show_form(texts: Texts, link: str, parent: QWidget) -> None:
    """In the place of the web form."""
    told, shown = texts("training.offline.text"), texts("training.offline.address", link=link)
    OfflinePage(texts, texts("training.offline.title"), told, shown, parent).open()


def show_mail(texts: Texts, subject: str, body: str, parent: QWidget) -> None:
    """In the place of the mail program."""
    shown = f"{subject}\n\n{body}"
    OfflinePage(texts, texts("training.offline.mail_title"), texts("training.offline.mail"), shown, parent).open()


_SHOWN_MS = 2000


class CopyButton(PicturedButton):
    """Says itself that it has copied, for two seconds, and is wide enough for that beforehand: nothing moves."""

    def __init__(self, texts: Texts, text: str, kind: str = "", told: str = "") -> None:
        super().__init__(text, "copy", kind)
        self._words, self._copied = text, told or texts("result.copied_short")
        self._over = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._over.timeout.connect(self._show_words)

    def answer(self, spoken: str) -> None:
        """Say that it is copied; `spoken` is what a screen reader hears, nothing where it hears that elsewhere."""
        self.setText(self._copied)
        self.show_picture("tick")
        self._over.start()
        if spoken:
            announce(self, spoken)

    def sizeHint(self) -> QSize:
        """Room for either text."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        flag = Qt.TextFlag.TextShowMnemonic.value
        present, *both = (metrics.size(flag, words).width() for words in (self.text(), self._words, self._copied))
        return hint + QSize(max(both) - present, 0)

    def _show_words(self) -> None:
        self.setText(self._words)
        self.show_picture("copy")


def copies(texts: Texts, kind: str = "", told: str = "") -> Callable[[str], CopyButton]:
    """What makes a button that copies, for `widgets.button`; what it calls lets it answer, by `told` or usual words."""
    return partial(CopyButton, texts, kind=kind, told=told)


def answer_at(owner: QWidget, name: str, spoken: str) -> bool:
    """Let the copy button of this name answer; False where none is in sight, as a key copies wherever one is."""
    shown = [made for made in owner.findChildren(CopyButton, name) if made.isVisible()]
    seen = [made for made in shown if made.visibleRegion().contains(made.rect().center())]
    for made in shown:
        made.answer(spoken if made in seen else "")
    return bool(seen)


class Copier:
    """Copies the values of one request's steps; the button beside the value says so."""

    def __init__(self, texts: Texts, owner: QWidget, say: Callable[[str], None], copied: Callable[[], object]) -> None:
        """`copied` is told of each copy."""
        self._texts, self._owner, self._say, self._copied = texts, owner, say, copied
        self._clipboard = SecretClipboard(owner)
        self._clipboard.over.connect(lambda: say(texts("result.number_gone")))

    def can_copy(self, step: StepWords, request: AccessRequest) -> bool:
        """Whether the step has a value that is known."""
        return (step.value is StepValue.NUMBER and request.number is not None) or step.copyable is not None

    def copy(self, step: StepWords, request: AccessRequest, name: str) -> None:
        """Put the step's value on the clipboard, and let the button of this name answer; without a value, nothing."""
        if step.value is StepValue.NUMBER:
            if request.number is not None:
                self._clipboard.copy(request.number.clear_format())
                self._answer(name, self._texts("result.copied_number", count=CLEAR_AFTER_SECONDS))
        elif step.copyable is not None:
            self.copy_text(step.copyable, self._value(step), name)

    def copy_text(self, text: str, value: str, name: str) -> None:
        """Put an ordinary text on the clipboard; `value` is what it is called, `name` its button's."""
        copy_text(text)
        self._answer(name, self._texts("result.copied", value=value))

    def button(self, step: StepWords, request: AccessRequest, *, name: str, text: str = "") -> QPushButton:
        """A button that copies the step's value."""
        named = self._texts(f"steps.copy.{step.value}")
        passing = step.value is StepValue.NUMBER
        told = self._texts("result.copied_for", count=CLEAR_AFTER_SECONDS) if passing else ""
        action = partial(self.copy, step, request, name)
        return button(text or named, name=name, spoken=named, of=copies(self._texts, told=told), action=action)

    def clear(self) -> None:
        """Take a copied register number off the clipboard, if it is still there."""
        self._clipboard.clear()

    def _answer(self, name: str, told: str) -> None:
        self._copied()
        if not answer_at(self._owner, name, told):
            self._say(told)

    def _value(self, step: StepWords) -> str:
        return self._texts(f"steps.value.{step.value}")
