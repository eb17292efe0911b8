"""Received by real events: files are dropped, opened, looked at, kept in part, set aside, answered."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.library import lists, undo
from desktop.library.marks import highlights
from desktop.share import inbox, opening, pack_file, receiving, replies, sent, trust
from desktop.share.signing import Signer
from desktop.share.values import ItemKind, Sender
from desktop.ui.desk import Desk
from desktop.ui.received import answering
from desktop.ui.received.answering import AnswerForm, SendForm
from desktop.ui.received.opening import PhraseDialog
from desktop.ui.received.view import ReceivedView
from desktop.ui.window import MainWindow
from tests.support import packs
from tests.support.colleagues import SAID, TEXT, item, marked

Wait = Callable[[Callable[[], bool]], None]
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
ANA = packs.signer()


def written(folder: Path, name: str = "pack", signer: Signer | None = ANA, passphrase: str = "") -> Path:
    """A pack of three: a page with a comment and its full text, a link, a note."""
    by = signer.name if signer is not None else "Ana"
    mark = marked(comment="Ours does the same.", creator=by, colour="sage")
    whole = item(
        "a", marks=[mark], title="What the first hour decides", html=f"<p>{TEXT}</p>", sentence="*Read* this."
    )
    note = item(
        "n", kind=ItemKind.NOTE, url="", site="", media="", title="Her note", markdown="Short.", excerpt=""
    )
    made = packs.pack(
        (whole, item("b", title="Only a link"), note), message="Three for you.",
        sender=Sender(by),
    )  # fmt: skip
    return pack_file.write(made, folder / name, signer, passphrase=passphrase).path


def drop(window: MainWindow, *files: Path) -> None:
    """Files held over the list and let go, as the window system tells it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    handle = window.windowHandle()
    at = QPoint(400, 300)
    entered = QDragEnterEvent(at, COPY, data, LEFT, NONE)
    QApplication.sendEvent(handle, entered)
    assert entered.isAccepted()
    assert window.dropping.sign.isVisible()
    QApplication.sendEvent(handle, QDropEvent(QPointF(at), COPY, data, LEFT, NONE, QEvent.Type.Drop))
    assert window.dropping.sign.isHidden()


def page(window: MainWindow) -> ReceivedView:
    shown = window.stack.currentWidget()
    assert isinstance(shown, ReceivedView)
    return shown


@pytest.fixture
def received(window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path) -> ReceivedView:
    """The page with a signed pack in it that was dropped."""
    drop(window, written(tmp_path))
    wait(lambda: window.view_name == "received" and window.is_idle and page(window).pane.shown is not None)
    return page(window)


def test_a_dropped_file_is_shown_with_who_sent_it_and_nothing_is_taken_in(
    received: ReceivedView, window: MainWindow, desk: Desk
) -> None:
    pane = received.pane
    assert desk.reader is not None
    assert [one.item.title for one in pane.list.values.items] == [
        "What the first hour decides", "Only a link", "Her note",
    ]  # fmt: skip
    assert "seen for the first time" in pane.head.line.accessibleName()
    assert pane.head.letter.words.words() == "Three for you."
    assert pane.bar.keep.text() == "Keep 3 of 3"
    said = pane.list.values.data(pane.list.values.index(0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert "Ana: Ours does the same." in said
    assert desk.reader.rows("SELECT count(*) FROM pack_item WHERE is_kept")[0][0] == 0
    assert next(one.count for one in window.sidebar.list.entries if one.name == "received") == 1


def test_space_leaves_out_what_does_not_fit_and_ctrl_enter_keeps_the_rest_undoably(
    received: ReceivedView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    pane = received.pane
    assert desk.reader is not None
    before = lists.counts(desk.reader).all
    QTest.keyClick(received.list, Qt.Key.Key_Return)
    wait(lambda: pane.list.hasFocus())
    QTest.keyClick(pane.list, Qt.Key.Key_Down)
    QTest.keyClick(pane.list, Qt.Key.Key_Space)
    assert pane.bar.keep.text() == "Keep 2 of 3"
    QTest.keyClick(pane.list, Qt.Key.Key_A)
    assert pane.bar.keep.text() == "Keep 3 of 3"
    row = pane.list.visualRect(pane.list.values.index(1))
    QTest.mouseClick(pane.list.viewport(), LEFT, NONE, row.topLeft() + QPoint(36, 22))
    assert pane.bar.keep.text() == "Keep 2 of 3"

    QTest.keyClick(pane.list, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle and lists.counts(desk.reader).all == before + 1)  # type: ignore[arg-type]
    wait(lambda: received.list.current is not None and received.list.current.kept == 2)
    source_id = desk.reader.rows("SELECT source_id FROM pack_item WHERE is_kept AND source_id > 0")[0][0]
    (mark,) = highlights.of_source(desk.reader, source_id)
    assert (mark.creator, mark.quote) == ("Ana", SAID)
    assert window.toast.isVisible()

    assert desk.library is not None
    assert desk.library.writer is not None
    undo.undo(desk.library.writer)
    assert lists.counts(desk.reader).all == before


def test_the_reader_says_who_sent_it_and_an_answer_goes_back_as_a_pack(
    received: ReceivedView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    pane, reader = received.pane, desk.reader
    assert reader is not None
    QTest.keyClick(received.list, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle and received.list.current is not None and received.list.current.kept == 3)
    wait(lambda: pane.shown is not None and len(pane.shown.kept) == 3)
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.reader.detail is not None and window.reader.head.came.isVisible())
    links = [one.accessibleName() for one in window.reader.head.came.links.widgets()]
    assert links[0].startswith("from Ana")
    assert links[-1] == "Answer"

    (spot,) = window.reader.marks.spots.all
    window.reader.marks.open_card(spot.id)
    card = window.reader.marks.card
    wait(lambda: card.isVisible() and window.is_idle)
    assert card.comment.isReadOnly()
    QTest.mouseClick(card.keep_button, LEFT)
    form = window.overlays.current
    assert isinstance(form, AnswerForm)
    QTest.keyClicks(form.said, "We tried it on Monday.")
    QTest.keyClick(form.said, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle and bool(replies.of_source(reader, spot.annotation.source_id)))
    wait(lambda: window.is_idle and bool(window.reader.marks.notes.replies.get(spot.id)))
    notes = window.reader.marks.notes.widgets()
    assert any("Me: We tried it on Monday." in one.accessibleName() for one in notes)

    window.show_view("received")
    wait(lambda: window.is_idle and pane.shown is not None and pane.shown.row.waiting == 1)
    QTest.mouseClick(pane.bar.send, LEFT)
    send = window.overlays.current
    assert isinstance(send, SendForm)
    send.dismiss()
    out = tmp_path / "answer.html"
    assert pane.shown is not None
    answering.send(desk, answering.Sending(pane.shown.row.id, out, "Thank you.", "Marta", (), 0))
    wait(lambda: window.is_idle and bool(sent.all_of(reader, "sent")))
    back = opening.open_pack(out).pack
    assert back.reply_to == pane.shown.offer.opened.pack.uuid
    (said,) = [each for one in back.items for each in one.annotations]
    assert (said.web.comment, said.web.creator, said.reply_to) == (
        "We tried it on Monday.", "Marta", spot.annotation.uuid,
    )  # fmt: skip


def test_a_changed_key_blocks_until_the_person_says_whose_it_is(
    window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    library = desk.library
    assert library is not None
    assert library.writer is not None
    trust.confirm(library.writer, Sender(ANA.name, ANA.key, ANA.age))
    drop(window, written(tmp_path, signer=packs.signer("Ana", bytes(range(1, 33)))))
    wait(lambda: window.view_name == "received" and window.is_idle and page(window).pane.shown is not None)
    pane = page(window).pane
    assert pane.head.banner.isVisible()
    assert pane.head.banner.keys.words().count("Ana") == 2
    assert not pane.bar.keep.isEnabled()
    QTest.keyClick(page(window).list, Qt.Key.Key_Return, CTRL)
    wait(lambda: window.is_idle)
    assert inbox.all_of(library.reader)[0].state == "new"

    QTest.mouseClick(pane.head.banner.accept, LEFT)
    wait(lambda: window.is_idle and not pane.head.banner.isVisible() and pane.bar.keep.isEnabled())


def test_an_encrypted_pack_asks_three_times_and_a_hostile_file_leaves_a_sentence(
    window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    assert desk.reader is not None
    bad = written(tmp_path, "bad")
    bad.write_bytes(bad.read_bytes().replace(b"Three for you", b"Three for me!!"))
    data = bytearray(bad.read_bytes())
    at = data.index(b"application/vnd.kithbook.pack+json") + 60
    data[at] ^= 1
    bad.write_bytes(bytes(data))
    locked = written(tmp_path, "locked", passphrase="five green apples")
    drop(window, bad, locked)
    for phrase in ("wrong", "five green apples"):
        wait(
            lambda: isinstance(window.overlays.current, PhraseDialog) and window.overlays.current.isVisible()
        )
        dialog = window.overlays.current
        assert isinstance(dialog, PhraseDialog)
        QTest.keyClicks(dialog.field, phrase)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        wait(lambda dialog=dialog: window.overlays.current is not dialog)  # type: ignore[misc]
    wait(lambda: window.is_idle and window.view_name == "received")
    assert [one.title for one in inbox.all_of(desk.reader)] == ["Before we rewrite the interview form"]
    assert any("bad.html" in one for one in window.banners.sentences)


def test_turning_back_from_the_pass_phrase_keeps_nothing(
    window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    drop(window, written(tmp_path, passphrase="five green apples"))
    wait(lambda: isinstance(window.overlays.current, PhraseDialog))
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle)
    assert desk.reader is not None
    assert inbox.all_of(desk.reader) == []
    assert window.banners.sentences == []


def test_x_sets_a_pack_aside_and_brings_it_back(
    received: ReceivedView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    for state in ("aside", "new"):
        QTest.keyClick(received.list, Qt.Key.Key_X)
        wait(lambda state=state: window.is_idle and received.list.current.state == state)  # type: ignore[misc, union-attr]


def test_what_somebody_sent_is_found_by_their_comment(
    received: ReceivedView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    shown = received.pane.shown
    assert shown is not None
    assert desk.library is not None
    assert desk.library.writer is not None
    done = receiving.take(
        desk.library.writer, desk.library.reader, desk.paths, shown.offer.opened, shown.offer.wanted
    )
    desk.announce(done)
    asked: asyncio.Task[object] = desk.tasks.start(desk.searching.for_browser("does the same ours", 5))
    wait(asked.done)
    assert asked.result() is not None
