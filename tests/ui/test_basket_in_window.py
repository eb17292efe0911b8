"""The basket by real events: sentences in place, full texts, order, what leaves word for word, the file."""

from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from desktop.library import basket, basket_draft, captures, lists, notes
from desktop.library.marks import annotations
from desktop.library.sense_values import BasketItem
from desktop.share import circles, opening, sent
from desktop.share.leaving import Leaves
from desktop.text.showing import visible
from desktop.ui.article.tree import tree
from desktop.ui.basket import words
from desktop.ui.basket.forms import PassphraseForm, ReasonForm
from desktop.ui.basket.handing import Seal
from desktop.ui.basket.rows import shifted
from desktop.ui.basket.view import BasketView
from desktop.ui.desk import Desk
from desktop.ui.dialogs.confirm import Confirm
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WHY = "It settles what we argued about"


@pytest.fixture
def full(window: MainWindow, desk: Desk, wait: Wait) -> BasketView:
    """The view, opened by its key, with two pages (the first says why it matters), a highlight and a note."""
    assert desk.reader is not None
    assert desk.library is not None
    writer = desk.library.writer
    assert writer is not None
    ids = list(window.list.model.ids[:3])
    detail = lists.detail(desk.reader, ids[2])
    assert detail is not None
    one = annotations.highlight(writer, detail.capture_id, 0, 20).made
    note = notes.make(writer, "Plan", "Words").made
    captures.set_why(writer, ids[0], WHY)
    captures.set_why(writer, ids[1], "")
    basket.put(writer, ids[:2], [one], [note])
    QTest.keyClick(window, Qt.Key.Key_8, CTRL)
    shown = window.stack.currentWidget()
    assert isinstance(shown, BasketView)
    wait(lambda: settled(window, shown) and len(shown.list.values.items) == 4 and shown.list.hasFocus())
    return shown


def settled(window: MainWindow, view: BasketView) -> bool:
    return window.is_idle and not view.leaving.is_waiting and not view.reading.is_stale


def item_ids(view: BasketView) -> list[int]:
    return [row.id for row in view.list.values.items]


def items(desk: Desk) -> list[BasketItem]:
    assert desk.reader is not None
    return basket.items(desk.reader)


def test_the_basket_is_put_in_order_and_emptied_by_keys(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    first = item_ids(full)
    QTest.keyClick(full.list, Qt.Key.Key_Down, ALT)
    wait(lambda: settled(window, full) and item_ids(full) == [first[1], first[0], *first[2:]])
    assert [row.id for row in full.list.selected()] == [first[0]]
    grip = full.list.visualRect(full.list.values.index(0)).topLeft() + QPoint(14, 20)
    below = full.list.visualRect(full.list.values.index(1)).bottomLeft() + QPoint(14, -4)
    QTest.mousePress(full.list.viewport(), Qt.MouseButton.LeftButton, pos=grip)
    QTest.mouseMove(full.list.viewport(), below)
    QTest.mouseRelease(full.list.viewport(), Qt.MouseButton.LeftButton, pos=below)
    wait(lambda: settled(window, full) and item_ids(full) == first)
    QTest.keyClick(full.list, Qt.Key.Key_X)
    wait(lambda: settled(window, full) and len(item_ids(full)) == 3)
    full.empty_it()
    wait(lambda: settled(window, full) and full.stack.currentWidget() is full.empty)
    assert full.empty.title == "The basket is empty"
    assert not full.leaving.isVisible()
    desk.actions.run("undo")
    wait(lambda: settled(window, full) and len(item_ids(full)) == 3)


def test_o_opens_what_lies_in_the_basket(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    asked: list[tuple[int, int]] = []
    desk.mark_asked.connect(lambda *what: asked.append(what))
    QTest.keyClick(full.list, Qt.Key.Key_End)
    QTest.keyClick(full.list, Qt.Key.Key_O)
    wait(lambda: window.is_idle and window.view_name == "notes")
    desk.ask_view("basket")
    QTest.keyClick(full.list, Qt.Key.Key_K)
    QTest.keyClick(full.list, Qt.Key.Key_O)
    wait(lambda: window.is_idle and bool(asked))
    assert window.stack.currentWidget() is window.split


def test_a_sentence_is_written_where_it_stands(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    editor = full.rows.editor
    QTest.keyClick(full.list, Qt.Key.Key_Return)
    assert editor.hasFocus()
    assert editor.toPlainText() == WHY, "why it matters is where the sentence may begin"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert full.list.hasFocus()
    assert not any(one.sentence for one in items(desk)), "looking at it keeps nothing"
    assert WHY not in full.leaving.preview.toPlainText()
    QTest.keyClick(full.list, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "Read the second half.")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    wait(lambda: settled(window, full) and items(desk)[0].sentence == "Read the second half.")
    wait(lambda: settled(window, full) and "Read the second half." in full.leaving.preview.toPlainText())
    assert full.list.hasFocus()
    place = full.rows.delegate.sentence(
        full.list.visualRect(full.list.values.index(1)), full.list.values.items[1]
    )
    QTest.mouseClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    QTest.keyClicks(editor, "And this.")
    full.letter.title.setFocus()
    wait(lambda: settled(window, full) and items(desk)[1].sentence == "And this.")


def test_a_full_text_goes_along_for_a_reason(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    row = full.list.values.items[0]
    tick = full.rows.delegate.tick(full.list.visualRect(full.list.values.index(0)), row)
    QTest.mouseClick(full.list.viewport(), Qt.MouseButton.LeftButton, pos=tick.center())
    form = window.overlays.current
    assert isinstance(form, ReasonForm)
    assert not form.agree.isEnabled()
    QTest.keyClicks(form.why, "They have no network")
    QTest.keyClick(form.why, Qt.Key.Key_Return)
    wait(lambda: settled(window, full) and items(desk)[0].full_text)
    told = "The full text: They have no network"
    wait(lambda: settled(window, full) and told in full.leaving.preview.toPlainText())
    assert "1 full text" in full.leaving.foot.figures.accessibleName()
    assert "No licence was found" in full.leaving.foot.look_twice.words()
    full.list.setFocus()
    QTest.keyClick(full.list, Qt.Key.Key_F)
    wait(lambda: settled(window, full) and not items(desk)[0].full_text)


def test_the_preview_says_word_for_word_what_the_file_says(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    assert desk.library is not None
    writer = desk.library.writer
    assert writer is not None
    desk.keep_setting("my_name", "Marta")
    QTest.keyClicks(full.letter.title, "For Thursday")
    QTest.keyClicks(full.letter.message, "Read the *first* one. <b>")
    one, *_ = items(desk)
    desk.tasks.run("say", basket_draft.say, one.id, "A & <i>B</i>, 1 < 2")
    desk.tasks.run("full", basket_draft.with_full_text, [one.id], "why not")
    desk.tasks.run("under", basket_draft.put_under, [one.id], "First")
    wait(lambda: settled(window, full) and "For Thursday" in full.leaving.preview.toPlainText())
    saved = desk.tasks.start(full.leaving.handing.save_as(tmp_path / "out.kithbook.html"))
    wait(lambda: saved.done() and settled(window, full))
    made = saved.result()
    assert made is not None
    assert made.written.path == tmp_path / "out.kithbook.html"
    page = made.written.path.read_text(encoding="utf-8").partition("<script")[0]
    shown = full.leaving.preview.toPlainText().replace("\xa0", " ").replace("\u2028", " ")
    file_words = [word for part in tree(page).find("main") for word in all_words(part)]
    if made.signer is not None and full.leaving.seen is not None and not full.leaving.seen.will_sign:
        file_words = file_words[: file_words.index("Signed")]
        shown = shown.partition("Not signed")[0]
    assert [word for word in shown.split() if word != "￼"] == file_words
    opened = opening.open_pack(made.written.path)
    assert opened.pack.title == "For Thursday"
    (left,) = [one for one in sent.all_of(desk.library.reader, "sent") if one.uuid == made.pack.uuid]
    assert (left.file_name, left.way) == ("out.kithbook.html", "file")


def all_words(node: object) -> list[str]:
    """Words in order, those of neighbouring elements apart as they are on a page."""
    from desktop.ui.article.tree import Node

    assert isinstance(node, Node)
    text: list[str] = []

    def walk(one: Node) -> None:
        if not one.tag:
            text.append(one.text)
        if one.is_block or one.tag == "br" or "by" in one.attributes.get("class", ""):
            text.append(" ")
        for child in one.children:
            walk(child)
        if one.is_block or "by" in one.attributes.get("class", ""):
            text.append(" ")

    walk(node)
    return visible("".join(text).replace("\n", " ")).split()


def test_a_page_for_fewer_people_goes_only_once_it_was_confirmed_by_name(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    leaving = full.leaving
    page = items(desk)[0]
    desk.tasks.run("circle", circles.set_circle, [page.source_id], circles.TEAM)
    wait(lambda: settled(window, full) and leaving.banner.isVisible())
    assert leaving.banner.words.words() == "Number 1 is for “Team” only."
    asked: list[str] = []
    leaving.handing.save = lambda choice: asked.append(choice.title)  # type: ignore[method-assign]
    QTest.keyClick(full.list, Qt.Key.Key_S, CTRL)
    dialog = window.overlays.current
    assert isinstance(dialog, Confirm)
    assert f"“{page.title}” is for Team." in dialog.words.text()
    assert not asked
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and not leaving.banner.isVisible())
    QTest.keyClick(full.list, Qt.Key.Key_S, CTRL)
    assert len(asked) == 1
    menu = leaving.foot.to.menu_of()
    choose(menu.actions(), "Public")
    wait(lambda: settled(window, full) and leaving.banner.isVisible())
    assert leaving.banner.all_the_same.text() == "Send to Public all the same"
    QTest.mouseClick(leaving.banner.leave_out, Qt.MouseButton.LeftButton)
    wait(lambda: settled(window, full) and len(item_ids(full)) == 3 and not leaving.banner.isVisible())


def choose(actions: list[QAction], label: str) -> None:
    next(one for one in actions if one.text().partition("\t")[0] == label).trigger()


def test_the_name_is_asked_once_and_a_pass_phrase_twice(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    leaving = full.leaving
    desk.keep_setting("my_name", "")
    wait(lambda: settled(window, full))
    going = desk.tasks.start(leaving.handing.is_named())
    wait(lambda: isinstance(window.overlays.current, LineDialog))
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    wait(going.done)
    assert going.result() is False
    going = desk.tasks.start(leaving.handing.is_named())
    wait(lambda: isinstance(window.overlays.current, LineDialog))
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    QTest.keyClicks(dialog.field, "Marta")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    wait(going.done)
    assert going.result() is True
    assert desk.settings.text("my_name") == "Marta"
    leaving.ask_passphrase()
    form = window.overlays.current
    assert isinstance(form, PassphraseForm)
    QTest.keyClicks(form.first, "four plain words")
    QTest.keyClicks(form.again, "four plain word")
    QTest.keyClick(form.again, Qt.Key.Key_Return)
    assert form.fault.words() == "The two are not the same."
    QTest.keyClicks(form.again, "s")
    QTest.keyClick(form.again, Qt.Key.Key_Return)
    assert leaving.handing.seal == Seal(passphrase="four plain words")
    assert not leaving.foot.lock.isHidden()
    leaving.seal_by(Seal(to=(str(pyrage.x25519.Identity.generate().to_public()),)))  # a phrase takes a second
    saved = desk.tasks.start(leaving.handing.save_as(tmp_path / "shut.html"))
    wait(saved.done)
    made = saved.result()
    assert made is not None
    assert made.written.path.name == "shut.html.age"
    assert made.written.path.read_bytes().startswith(b"age-encryption.org/v1")
    assert made.pack.sender.name == "Marta"
    wait(lambda: settled(window, full))


def test_what_is_still_being_written_leaves_too_and_a_tighter_page_never_by_haste(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    QTest.keyClick(full.list, Qt.Key.Key_End)
    QTest.keyClick(full.list, Qt.Key.Key_Return)
    QTest.keyClicks(full.rows.editor, "The last word.")
    full.letter.message.setPlainText("Just typed")
    saved = desk.tasks.start(full.leaving.handing.save_as(tmp_path / "b.html"))
    wait(lambda: saved.done() and settled(window, full))
    made = saved.result()
    assert made is not None
    assert (made.pack.message, made.pack.items[-1].sentence) == ("Just typed", "The last word.")
    assert desk.library is not None
    assert desk.library.writer is not None
    circles.set_circle(desk.library.writer, [items(desk)[0].source_id], circles.TEAM)
    saved = desk.tasks.start(full.leaving.handing.save_as(tmp_path / "c.html"))
    wait(lambda: saved.done() and settled(window, full))
    assert saved.result() is None
    assert not (tmp_path / "c.html").exists()


def test_what_was_gathered_can_be_left_behind_after_it_was_saved(
    full: BasketView, window: MainWindow, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    saved = desk.tasks.start(full.leaving.handing.save_as(tmp_path / "a.html"))
    wait(lambda: saved.done() and settled(window, full) and full.leaving.banner.isVisible())
    assert full.leaving.banner.leave_out.text() == "Empty the basket"
    QTest.mouseClick(full.leaving.banner.leave_out, Qt.MouseButton.LeftButton)
    wait(lambda: settled(window, full) and not item_ids(full))
    desk.actions.run("undo")
    wait(lambda: settled(window, full) and len(item_ids(full)) == 4)


def test_a_narrow_window_shows_the_list_or_what_leaves(
    full: BasketView, window: MainWindow, wait: Wait
) -> None:
    window.resize(820, 700)
    wait(lambda: settled(window, full))
    assert full.list.isVisible()
    assert not full.leaving.preview.isVisible()
    assert full.leaving.foot.save.isVisible()
    QTest.mouseClick(full.eye, Qt.MouseButton.LeftButton)
    wait(lambda: settled(window, full) and bool(full.leaving.preview.toPlainText()))
    assert full.leaving.preview.isVisible()
    assert not full.list.isVisible()
    QTest.mouseClick(full.leaving.list_again, Qt.MouseButton.LeftButton)
    wait(lambda: settled(window, full) and full.list.isVisible())


def test_nothing_is_said_that_is_zero() -> None:
    assert words.leaving(Leaves(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, False)) == ["1 note"]
    assert words.leaving(Leaves(2, 0, 1, 1, 3, 0, 0, 0, 0, 0, False)) == [
        "1 link", "1 page without its link", "3 quotes", "1 of my comments",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "step", "order"),
    [
        ({3}, -1, [1, 3, 2, 4]),
        ({1}, -1, [1, 2, 3, 4]),
        ({1, 2}, 1, [3, 1, 2, 4]),
        ({2, 4}, -1, [2, 1, 4, 3]),
        ({3, 4}, 1, [1, 2, 3, 4]),
    ],
)
def test_what_is_moved_together_stays_together(chosen: set[int], step: int, order: list[int]) -> None:
    assert shifted([1, 2, 3, 4], chosen, step) == order
