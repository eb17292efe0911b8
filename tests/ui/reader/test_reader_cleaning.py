"""Cleaning a capture in the reader: by clicks and by keys; undone, kept, and highlights stay."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from desktop.library import undo
from desktop.library.marks import annotations
from desktop.library.values import Detail
from desktop.ui.desk import Desk
from desktop.ui.reader.pane import ReaderView

Wait = Callable[[Callable[[], bool]], None]
Saves = Callable[..., int]
Show = Callable[..., Detail]
Kept = Callable[[int], Detail]

HTML = (
    "<h2>Heading</h2><p>The first paragraph is the article.</p><p>Share this with your friends now.</p>"
    "<ul><li>one thing</li><li>another thing</li></ul><p>The last words are good ones.</p>"
)
LEFT_OUT = ("<p>About the author of it.</p>", "<p>More from this site.</p>")


def text_of(reader: ReaderView) -> str:
    return reader.browser.document().toPlainText()


def begin(reader: ReaderView, desk: Desk, wait: Wait) -> None:
    desk.actions.run("clean")
    wait(lambda: bool(reader.cleaning.targets()))


def middle_of(reader: ReaderView, words: str) -> QPoint:
    found = reader.browser.document().find(words)
    reader.browser.bring_in_sight(found.selectionStart())
    cursor = QTextCursor(reader.browser.document())
    cursor.setPosition((found.selectionStart() + found.selectionEnd()) // 2)
    return reader.browser.cursorRect(cursor).center()


def test_a_click_takes_a_block_out_and_undo_brings_it_back(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk, kept: Kept
) -> None:
    source = save(html=HTML)
    show(source)
    begin(reader, empty_desk, wait)
    QTest.mouseClick(
        reader.browser.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(reader, "Share this with")
    )
    wait(lambda: "Share this" not in text_of(reader))
    assert "first paragraph" in text_of(reader)
    assert "Share this" in kept(source).text  # the original is kept

    assert empty_desk.library is not None
    assert empty_desk.library.writer is not None
    empty_desk.announce(undo.undo(empty_desk.library.writer))
    wait(lambda: "Share this" in text_of(reader))
    assert reader.cleaning.is_on


def test_blocks_are_taken_out_by_keys_alone_and_a_whole_list_at_once(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML))
    begin(reader, empty_desk, wait)
    for _ in range(3):
        QTest.keyClick(reader.browser, Qt.Key.Key_Down)
    QTest.keyClick(reader.browser, Qt.Key.Key_Left)
    QTest.keyClick(reader.browser, Qt.Key.Key_Return)
    wait(lambda: "another thing" not in text_of(reader))
    assert "one thing" not in text_of(reader)

    wait(lambda: bool(reader.cleaning.targets()) and reader.cleaning.reset.isEnabled())
    QTest.mouseClick(reader.cleaning.reset, Qt.MouseButton.LeftButton)
    wait(lambda: "another thing" in text_of(reader))
    QTest.keyClick(reader.browser, Qt.Key.Key_Escape)
    assert not reader.cleaning.is_on
    assert not reader.cleaning.bar.isVisible()


def test_what_was_left_out_is_brought_into_the_text(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML, left_out=LEFT_OUT))
    begin(reader, empty_desk, wait)
    assert "About the author" in text_of(reader)
    QTest.mouseClick(
        reader.browser.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(reader, "About the author")
    )
    wait(lambda: reader.page is not None and "About the author" in reader.page.text)
    QTest.keyClick(reader.browser, Qt.Key.Key_Escape)
    assert "More from this site" not in text_of(reader)
    assert "About the author" in text_of(reader)
    assert reader.foot.left_out.text() == "what was left out (1 block)"


def test_highlights_stay_while_blocks_go(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML))
    assert reader.detail is not None
    assert empty_desk.library is not None
    assert empty_desk.library.writer is not None
    for quote in ("Share this with your friends now.", "last words"):
        start = reader.detail.text.index(quote)
        empty_desk.announce(
            annotations.highlight(
                empty_desk.library.writer, reader.detail.capture_id, start, start + len(quote)
            )
        )
    wait(lambda: len(reader.marks.spots.all) == 2)
    begin(reader, empty_desk, wait)
    QTest.mouseClick(
        reader.browser.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(reader, "Share this with")
    )
    wait(lambda: [spot.annotation.quote for spot in reader.marks.spots.all] == ["last words"])
    assert [one.quote for one in reader.marks.spots.unplaced] == ["Share this with your friends now."]


def test_highlighting_ends_cleaning(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML))
    begin(reader, empty_desk, wait)
    QTest.keyClick(reader.browser, Qt.Key.Key_H)
    assert not reader.cleaning.is_on
    assert reader.marks.picking.is_walking


def test_what_changed_between_versions_is_shown_and_escape_leads_back(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    old = show(save(html=HTML))
    changed = HTML.replace("last words are good", "last sentences are very good")
    show(save(html=changed))
    entries = {entry.label: entry.run for entry in reader.acts.more_entries()}
    entries["What changed: version 1"]()
    wait(lambda: reader.comparing.is_on)
    assert "version 1 to version 2: 2 words added, 1 taken out" in reader.comparing.bar.words.words()
    assert "words" in text_of(reader)
    assert "sentences" in text_of(reader)
    grounds = [
        reader.browser.document().find(word).charFormat().background().color()
        for word in ("sentences", "very")
    ]
    assert grounds == [empty_desk.theme.colour("success_soft")] * 2
    empty_desk.theme.choose("dark")
    empty_desk.theme.choose("light")
    assert reader.comparing.is_on

    reader.browser.setFocus()
    QTest.keyClick(reader.browser, Qt.Key.Key_Escape)
    wait(lambda: not reader.comparing.is_on)
    assert not reader.comparing.bar.isVisible()
    assert reader.is_article
    assert old.id == reader.wanted
