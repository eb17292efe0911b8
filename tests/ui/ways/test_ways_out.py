"""The ways out of the basket by real events: a draft, a mail by a real server, the folder, the clipboard."""

import email
import email.policy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit

from desktop.share.mailing import MailState
from desktop.ui import open_url
from desktop.ui.desk import Desk
from desktop.ui.ways import posting
from desktop.ui.ways.account_form import AccountForm
from desktop.ui.ways.acts import Way
from desktop.ui.ways.link_form import LinkForm
from desktop.ui.window import MainWindow
from tests.support.mail_server import PASSWORD, USER, Server
from tests.support.ways import LEILA, Wait, mails, recorded, run


def test_a_draft_holds_the_pack_and_is_opened_in_the_mail_program(
    window: MainWindow,
    desk: Desk,
    ways: list[Way],
    opened: list[QUrl],
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(open_url, "has_mail_program", lambda: True)
    run(ways, "Mail draft")
    wait(lambda: bool(opened) and window.is_idle)
    file = Path(opened[0].toLocalFile())
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (letter["To"], letter["X-Unsent"]) == (LEILA, "1")
    (enclosed,) = letter.iter_attachments()
    assert enclosed.get_filename() == "Reading.kithbook.html"
    assert b"Reading for Leila" in enclosed.get_payload(decode=True)
    assert recorded(desk) == ["draft"]
    assert window.toast.text == "The draft is open in your mail program. Nothing has left yet."


def test_without_a_mail_program_the_address_and_the_folder_are_opened(
    window: MainWindow, ways: list[Way], opened: list[QUrl], wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_url, "has_mail_program", lambda: False)
    run(ways, "Mail draft")
    wait(lambda: len(opened) == 2 and window.is_idle)
    folder, mail = opened
    assert list(Path(folder.toLocalFile()).glob("Reading.kithbook.html"))
    assert mail.toString().startswith(f"mailto:{LEILA}?subject=Reading for Leila")


def test_the_first_mail_asks_for_the_account_and_goes_through_a_real_server(
    window: MainWindow, desk: Desk, ways: list[Way], server: Server, wait: Wait
) -> None:
    run(ways, "Send by my account")
    form = window.overlays.current
    assert isinstance(form, AccountForm)
    wait(lambda: window.is_idle)
    QTest.keyClicks(form.address, USER)
    QTest.keyClick(form.address, Qt.Key.Key_Return)
    assert "not known here" in form.fault.words()
    QTest.keyClicks(form.host, "127.0.0.1")
    form.security.setCurrentIndex(1)
    QTest.keyClicks(form.port, str(server.port))
    assert form.password.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(form.password, PASSWORD)
    QTest.keyClick(form.password, Qt.Key.Key_Return)
    wait(lambda: bool(server.got) and window.is_idle and not posting.of(desk).is_sending)
    assert window.overlays.current is None
    assert server.got[0].rcpt_tos == [LEILA]
    assert b'filename="Reading.kithbook.html"' in server.bodies[0]
    assert [one.state for one in mails(desk)] == [MailState.SENT]
    assert recorded(desk) == ["mail"]
    assert window.toast.text == f"Sent to {LEILA}"
    assert PASSWORD not in desk.paths.settings.read_text("utf-8")


def test_a_provider_that_is_known_fills_the_form_and_says_what_to_know(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    desk.ask_overlay(lambda parent: AccountForm(desk, parent))
    form = window.overlays.current
    assert isinstance(form, AccountForm)
    QTest.keyClicks(form.address, "ana@gmail.com")
    assert (form.host.text(), form.security.currentIndex()) == ("smtp.gmail.com", 0)
    assert "app password" in form.hint.words()
    wait(lambda: window.is_idle)
    assert "no keyring" in form.where.words()


def test_the_pack_goes_into_the_folder_that_is_asked_for_once(
    window: MainWindow, desk: Desk, ways: list[Way], opened: list[QUrl], wait: Wait, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    run(ways, "Put into the shared folder")
    dialog = window.findChild(QFileDialog, "shared_folder")
    assert dialog is not None
    dialog.fileSelected.emit(str(shared))
    dialog.reject()
    wait(lambda: recorded(desk) == ["folder"] and window.is_idle)
    (file,) = shared.iterdir()
    assert file.name.startswith("Reading for Leila ")
    assert file.name.endswith(".kithbook.html")
    run(ways, "Put into the shared folder")
    wait(lambda: window.is_idle)
    assert list(shared.iterdir()) == [file]


def test_words_for_a_chat_are_on_the_clipboard_as_text_and_as_html(
    window: MainWindow, ways: list[Way], wait: Wait
) -> None:
    run(ways, "Copy for chat")
    wait(lambda: window.is_idle and window.toast.text.startswith("Copied"))
    data = QGuiApplication.clipboard().mimeData()
    assert "https://peopleatwork.example/" in data.text()
    assert data.text().startswith("Have a *look*.")
    assert "<i>look</i>" in data.html()


def test_a_link_is_opened_at_the_network_with_the_persons_words(
    window: MainWindow, ways: list[Way], opened: list[QUrl], wait: Wait
) -> None:
    run(ways, "Share a link on …")
    wait(lambda: isinstance(window.overlays.current, LinkForm))
    form = window.overlays.current
    assert isinstance(form, LinkForm)
    form.network.setCurrentIndex(form.network.findData("mastodon"))
    form.instance.clear()
    form.words.setPlainText("Worth your time")
    QTest.keyClick(form.network, Qt.Key.Key_Return)
    assert "Which server" in form.fault.words()
    QTest.keyClicks(form.instance, "@me@social.example")
    QTest.keyClick(form.instance, Qt.Key.Key_Return)
    (url,) = opened
    assert url.host() == "social.example"
    assert "Worth%20your%20time" in url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert window.overlays.current is None


def test_the_page_in_the_reader_is_shared_by_its_menu(
    window: MainWindow, desk: Desk, opened: list[QUrl], wait: Wait
) -> None:
    window.show_source(window.list.model.ids[0])
    wait(lambda: window.is_idle and window.reader.detail is not None)
    desk.actions.run("share_link")
    form = window.overlays.current
    assert isinstance(form, LinkForm)
    assert window.reader.detail is not None
    assert form.link.url == window.reader.detail.url
    assert form.words.toPlainText() == window.reader.detail.title
