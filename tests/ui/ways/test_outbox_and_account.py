"""The outbox, the account and the shared folder by real events, with a real mail server."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.share import mail_account, mailing, pack_file, secrets
from desktop.share.letters import Letter
from desktop.share.mailing import MailState
from desktop.share.making import MadePack
from desktop.ui.desk import Desk
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.program.folder_timer import FolderTimer
from desktop.ui.settings.sharing_page import SharingPage
from desktop.ui.settings.view import SettingsView
from desktop.ui.ways import posting
from desktop.ui.ways.acts import Way, acts
from desktop.ui.ways.outbox import OutboxView
from desktop.ui.window import MainWindow
from tests.support import packs
from tests.support.mail_server import USER, Server, certificate, serving
from tests.support.ways import (
    LEFT,
    LEILA,
    Wait,
    keep_account,
    mails,
    press,
    run,
    start,
)


def test_a_wrong_password_is_said_and_trying_again_after_the_right_one_sends(
    window: MainWindow, desk: Desk, ways: list[Way], server: Server, wait: Wait
) -> None:
    keep_account(desk, server, "wrong")
    start(desk)
    run(ways, "Send by my account")
    wait(lambda: "“Reading for Leila” was not sent." in window.banners.sentences)
    keep_account(desk, server)
    press(window, "Outbox")
    wait(lambda: window.is_idle)
    page = window.stack.currentWidget()
    assert isinstance(page, OutboxView)
    assert "refused the user name or the password" in mails(desk)[0].error
    assert not page.again.isHidden()
    assert page.arrived.isHidden()
    QTest.keyClick(page.list, Qt.Key.Key_R)
    wait(lambda: bool(server.got) and window.is_idle and not posting.of(desk).is_sending)
    assert [one.state for one in mails(desk)] == [MailState.SENT]
    wait(lambda: not window.banners.sentences)


def test_of_a_mail_without_a_reply_the_person_is_asked_and_it_is_never_sent_twice(
    window: MainWindow, desk: Desk, ways: list[Way], server: Server, wait: Wait
) -> None:
    keep_account(desk, server)
    server.ways.cut_before_reply = True
    start(desk)
    run(ways, "Send by my account")
    asked = f"Has “Reading for Leila” arrived at {LEILA}?"
    wait(lambda: asked in window.banners.sentences and window.is_idle)
    posting.of(desk).send_now()
    wait(lambda: window.is_idle and not posting.of(desk).is_sending)
    assert len(server.got) == 1
    press(window, "It arrived")
    wait(lambda: [one.state for one in mails(desk)] == [MailState.SENT])
    wait(lambda: not window.banners.sentences)
    assert len(server.got) == 1


def test_closing_stops_a_mail_under_way_and_it_waits_for_the_next_start(
    window: MainWindow,
    desk: Desk,
    person_id: int,
    tmp_path: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cert = certificate(tmp_path / "cert", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert[0]))
    with serving(cert, is_narrow=True) as server:
        keep_account(desk, server)
        assert desk.library is not None
        library = desk.library
        assert library.writer is not None
        letter = Letter((LEILA,), "Large", "x" * 20_000_000, sender=USER)
        mailing.post(library.writer, letter)
        start(desk)
        wait(lambda: any(one.progress.done > 0 for one in desk.works.running))
        assert desk.works.running[0].can_stop
        drained = desk.tasks.start(desk.tasks.drain())
        wait(drained.done)
        assert not server.got
        assert [(one.state, one.error) for one in mailing.outbox(library.reader)] == [(MailState.WAITING, "")]
        desk.open_library(library)
    secrets.forget_session()


def test_a_mail_that_waits_is_taken_out_of_the_outbox_by_a_key(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert desk.library is not None
    assert desk.library.writer is not None
    mailing.post(desk.library.writer, Letter((LEILA,), "Later", "x", sender=USER))
    start(desk)
    wait(lambda: "A mail waits, and there is no mail account." in window.banners.sentences)
    desk.actions.run("outbox")
    wait(lambda: window.is_idle)
    page = window.stack.currentWidget()
    assert isinstance(page, OutboxView)
    assert page.number.text() == "1"
    QTest.keyClick(page.list, Qt.Key.Key_X)
    wait(lambda: not mails(desk) and window.is_idle)
    assert page.empty.isVisible()


def test_the_account_is_tested_by_a_mail_to_oneself_and_forgotten(
    window: MainWindow, desk: Desk, server: Server, wait: Wait
) -> None:
    keep_account(desk, server)
    window.show_view("settings:sharing")
    wait(lambda: window.is_idle)
    view = window.stack.currentWidget()
    assert isinstance(view, SettingsView)
    page = view.pages.currentWidget()
    assert isinstance(page, SharingPage)
    QTest.mouseClick(page.test, LEFT)
    wait(lambda: page.result.words().startswith("It works"))
    assert server.got[0].rcpt_tos == [USER]
    keep_account(desk, server, "wrong")
    QTest.mouseClick(page.test, LEFT)
    wait(lambda: "refused the user name or the password" in page.result.words())
    QTest.mouseClick(page.forget, LEFT)
    box = window.overlays.current
    assert box is not None
    agree = next(one for one in box.findChildren(QAbstractButton) if one.text() == "Forget account")
    QTest.mouseClick(agree, LEFT, pos=QPoint(10, 10))
    wait(lambda: mail_account.account_of(desk.settings) is None and window.is_idle)
    assert page.forget.isHidden()


def test_my_name_is_kept_and_signs_from_now_on(window: MainWindow, desk: Desk, wait: Wait) -> None:
    window.show_view("settings:sharing")
    wait(lambda: window.is_idle)
    page = window.findChild(SharingPage)
    assert page is not None
    page.name.field.clear()
    QTest.keyClicks(page.name.field, "Marta L.")
    QTest.keyClick(page.name.field, Qt.Key.Key_Return)
    assert desk.settings.text("my_name") == "Marta L."
    assert page.six.words.words() == "They are made with the first pack that you sign."


def test_a_colleagues_pack_in_the_shared_folder_is_offered(
    window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "holiday.html").write_text("<html>kithbook</html>", "utf-8")
    pack_file.write(packs.readings(), shared / "a.html", packs.signer())
    desk.settings.set("shared_folder", str(shared))
    watch = FolderTimer(desk, window)
    assert desk.library is not None
    watch.start(desk.library)
    wait(lambda: window.is_idle)
    watch.look()
    wait(lambda: window.toast.text == "A pack from Ana is here")
    press_toast = next(one for one in window.toast.findChildren(QAbstractButton) if one.text() == "Open")
    QTest.mouseClick(press_toast, LEFT)
    wait(lambda: window.is_idle and window.view_name.startswith("received"))
    watch.stop()


def test_a_folder_that_is_gone_is_said_once_and_healed_when_it_is_back(
    window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    desk.settings.set("shared_folder", str(tmp_path / "gone"))
    watch = FolderTimer(desk, window)
    assert desk.library is not None
    watch.start(desk.library)
    wait(lambda: len(window.banners.sentences) == 1)
    assert "is not there" in window.banners.sentences[0]
    (tmp_path / "gone").mkdir()
    wait(lambda: window.is_idle)
    watch.look()
    wait(lambda: not window.banners.sentences)
    watch.stop()


def test_no_address_asks_for_one(
    window: MainWindow, desk: Desk, server: Server, wait: Wait, tmp_path: Path
) -> None:
    async def made() -> MadePack:
        pack = packs.pack(packs.readings().items[:1])
        return MadePack(pack, pack_file.write(pack, tmp_path / "p.html"), None, "")

    keep_account(desk, server)
    run(list(acts(desk, made)), "Send by my account")
    wait(lambda: isinstance(window.overlays.current, LineDialog))
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    QTest.keyClicks(dialog.field, f"{LEILA}, tomas@team.example")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    wait(lambda: bool(server.got) and window.is_idle)
    assert server.got[0].rcpt_tos == [LEILA, "tomas@team.example"]
