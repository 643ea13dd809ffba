"""Mails and lists dropped on the window or opened as a file, and what is said where a drop brings nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from ccinc_wizard.app import mail_file
from ccinc_wizard.content.files import StoppedError
from ccinc_wizard.ui.kit import dialogs, worker
from ccinc_wizard.ui.shell import places
from tests.app.test_mail_file import HTML, TEXT, sent
from tests.mail import outlook
from tests.surroundings import ROOT
from tests.ui.conftest import Driver

OUTLOOK = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'


def holding(*paths: Path, **formats: str) -> QMimeData:
    """What a file manager gives for these files."""
    held = QMimeData()
    if paths:
        held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    for name, text in formats.items():
        held.setData(name, text.encode())
    return held


def drop(target: QObject, held: QMimeData) -> bool:
    """Drag this over the target and let it go there. False where it is not welcome."""
    buttons, keys, action = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(5, 5), action, held, buttons, keys)
    entering.ignore()
    QApplication.sendEvent(target, entering)
    if entering.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), action, held, buttons, keys, QEvent.Type.Drop))
    return entering.isAccepted()


def text_of(window: Driver) -> str:
    field = window.find("mail_text")
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


@pytest.fixture(autouse=True)
def watching(window: Driver) -> None:
    places.watch_mouse(window.window)


@pytest.fixture(params=["eml", "msg", "txt", "html only"])
def mail(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    contents = {
        "eml": sent(TEXT, attached=True).as_bytes(),
        "msg": outlook.message(TEXT, attached=1),
        "txt": TEXT.encode(),
        "html only": sent(html=HTML).as_bytes(),
    }
    path = tmp_path / f"RE toegang.{'eml' if ' ' in request.param else request.param}"
    path.write_bytes(contents[request.param])
    return path


def test_a_mail_dropped_on_the_window_is_read_at_once(window: Driver, mail: Path) -> None:
    assert drop(window.window.windowHandle(), holding(mail))
    window.until(lambda: window.shows("mail_result"))
    assert "85.07.30-033.28" in text_of(window)
    assert window.shows("mail_found")
    attached = mail.suffix == ".msg" or b"kaart.pdf" in mail.read_bytes()
    assert window.shows("mail_notice_attached") == attached
    window.click("mail_take_over")
    window.until(lambda: not window.shows("paste_mail_dialog"))
    assert window.window.session.answers.applicant_name == "Griet Schijnbaere"
    assert window.window.session.answers.number_text == "85.07.30-033.28"


def test_each_sample_gives_its_answer_through_the_window(window: Driver) -> None:
    folder = ROOT / "tests" / "mail" / "samples"
    for name, right in json.loads((folder / "mails.json").read_text(encoding="utf-8")).items():
        window.window.session.restart()
        assert drop(window.window.windowHandle(), holding(folder / f"{name}.txt"))
        window.until(lambda: window.shows("mail_found"))
        window.click("mail_take_over")
        window.until(lambda: not window.shows("paste_mail_dialog"))
        answers = window.window.session.answers
        assert (answers.applicant_name or None) in right["applicant_name"]
        assert answers.number_text == right["register_number"]


def test_another_mail_dropped_on_the_open_dialog_takes_the_place_of_the_first(window: Driver, tmp_path: Path) -> None:
    for name in ("Griet Schijnbaere", "Joris Oefenmans"):
        (tmp_path / f"{name}.txt").write_text(f"Naam: {name}\nGraag toegang", encoding="utf-8")
    assert drop(window.window.windowHandle(), holding(tmp_path / "Griet Schijnbaere.txt"))
    window.until(lambda: window.shows("mail_result"))
    assert drop(window.find("paste_mail_dialog"), holding(tmp_path / "Joris Oefenmans.txt"))
    window.until(lambda: "Joris" in text_of(window))
    assert "Griet" not in text_of(window)


def test_a_mail_can_be_opened_as_a_file(window: Driver, mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_open", lambda *_: mail)
    window.window.paste_mail()
    window.click("mail_open")
    assert window.shows("mail_result")
    assert "85.07.30-033.28" in text_of(window)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (holding(**{OUTLOOK: "x", "text/plain": "Van Onderwerp Ontvangen"}), "naar een map"),
        (holding(**{"text/uri-list": "message:%3Cabc%3E"}), "naar een map"),
        (holding(Path("a.eml"), Path("b.eml")), "één mail"),
        (holding(Path("foto.png")), "geen mail en geen lijst"),
        (holding(Path("weg.eml")), "kan niet gelezen worden"),
    ],
)
def test_where_a_drop_brings_nothing_the_window_says_what_to_do(window: Driver, held: QMimeData, words: str) -> None:
    assert drop(window.window.windowHandle(), held)
    window.until(lambda: window.shows("mail_told"))
    told = window.find("mail_told")
    assert isinstance(told, QLabel)
    assert words in told.text()
    assert text_of(window) == ""
    window.find("mail_text").setPlainText("Naam: Griet Schijnbaere")  # type: ignore[attr-defined]
    assert not window.shows("mail_told")


def test_a_list_dropped_on_the_window_is_judged(window: Driver, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(
        "naam;rijksregisternummer;rol;soort inrichtende macht;naam inrichtende macht\n"
        "Jan Peeters;85.07.30-033.28;invoerder;vlaamse-gemeente;Gent\n",
        encoding="utf-8",
    )
    assert drop(window.window.windowHandle(), holding(path))
    window.until(lambda: window.shows("batch_table"))


def test_a_file_over_a_field_is_opened_and_not_typed(window: Driver, mail: Path) -> None:
    """Qt gives what is dragged to the field under the mouse; the window's own screen has it first."""
    assert drop(window.window.windowHandle(), holding(mail))
    window.until(lambda: window.shows("mail_result"))
    assert all(field.text() == "" for field in window.window.wizard.findChildren(QLineEdit))


def test_words_that_are_dragged_are_no_file(window: Driver) -> None:
    held = QMimeData()
    held.setText("Dag")
    assert not drop(window.window.windowHandle(), held)


def test_a_mail_that_takes_long_shows_so_and_stops_at_stop(
    window: Driver, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOMENT", 0.0)
    stopped: list[str] = []

    def stop(path: Path, go_on: Callable[[], bool]) -> mail_file.OpenedMail:
        assert go_on()
        stopped.append(window.text("progress_words"))
        window.click("progress_stop")
        assert not go_on()
        raise StoppedError

    monkeypatch.setattr(mail_file, "open_mail", stop)
    assert drop(window.window.windowHandle(), holding(mail))
    texts = window.window.services.texts
    window.until(lambda: bool(stopped))
    assert stopped == [texts("reading.file.reading")]
    assert texts("reading.file.stopped") in [label.text() for label in window.window.findChildren(QLabel)]
    assert text_of(window) == ""
    assert not window.shows("work_progress")
