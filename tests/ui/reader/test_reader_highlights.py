"""Highlights in the reader: made, changed and found again by real keys and clicks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.library import undo
from desktop.library.marks import annotations, highlights
from desktop.library.marks.highlights import Placed
from desktop.library.sense_values import Colour, How
from desktop.library.values import Detail
from desktop.ui.desk import Desk
from desktop.ui.marks.notes import CommentSign, MarginNote
from desktop.ui.reader.pane import ReaderView

Wait = Callable[[Callable[[], bool]], None]
Saves = Callable[..., int]
Show = Callable[..., Detail]
Marked = Callable[[], list[Placed]]

HTML = (
    "<h2>Debriefing 🎓</h2><p>Whoever speaks first decides what it is about. Silence is the whole case.</p>"
    "<p>We timed forty debriefs. The first open question came within ninety seconds.</p>"
    "<ul><li>reactions</li><li>understanding</li></ul><p>The rest is manners.</p>"
)


@pytest.fixture
def marked(reader: ReaderView, empty_desk: Desk) -> Marked:
    """What the library holds of the shown capture's highlights."""

    def look() -> list[Placed]:
        assert empty_desk.reader is not None
        assert reader.detail is not None
        return sorted(
            highlights.of_capture(empty_desk.reader, reader.detail.capture_id),
            key=lambda one: one.annotation.id,
        )

    return look


def make(reader: ReaderView, desk: Desk, quote: str, colour: Colour = Colour.STRAW, comment: str = "") -> int:
    """A highlight made elsewhere, announced as other views' changes are."""
    assert desk.library is not None
    assert desk.library.writer is not None
    assert reader.detail is not None
    start = reader.detail.text.index(quote)
    changes = annotations.highlight(
        desk.library.writer, reader.detail.capture_id, start, start + len(quote), colour, comment
    )
    desk.announce(changes)
    return changes.made


def select(reader: ReaderView, words: str) -> None:
    """Select words by dragging the mouse over them."""
    browser = reader.browser
    browser.lay_out()
    found = browser.document().find(words)
    browser.bring_in_sight(found.selectionStart())
    cursor = QTextCursor(browser.document())
    cursor.setPosition(found.selectionStart())
    start = browser.cursorRect(cursor).center()
    cursor.setPosition(found.selectionEnd())
    stop = browser.cursorRect(cursor).center()
    view = browser.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, stop)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=stop)


def middle_of(reader: ReaderView, words: str) -> QPoint:
    found = reader.browser.document().find(words)
    reader.browser.bring_in_sight(found.selectionStart())
    cursor = QTextCursor(reader.browser.document())
    cursor.setPosition((found.selectionStart() + found.selectionEnd()) // 2)
    return reader.browser.cursorRect(cursor).center() + QPoint(2, 0)


def painted(reader: ReaderView) -> list[str]:
    return [one.cursor.selectedText() for one in reader.browser.extraSelections()]


def test_dragging_over_words_brings_the_toolbar_and_a_click_on_a_colour_marks_them(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, marked: Marked
) -> None:
    show(save(html=HTML))
    select(reader, "Silence is the whole case.")
    bar = reader.marks.picking.bar
    wait(bar.isVisible)
    assert bar.panel().bottom() < reader.browser.selection_box().top()
    QTest.mouseClick(bar.dots[2], Qt.MouseButton.LeftButton)

    wait(lambda: len(reader.marks.spots.all) == 1)
    [one] = marked()
    assert one.annotation.quote == "Silence is the whole case."
    assert one.annotation.colour is Colour.SKY
    assert painted(reader) == ["Silence is the whole case."]
    assert not bar.isVisible()
    assert reader.foot.marks.text() == "1 highlight on this page"


def test_a_passage_is_marked_by_keys_alone(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, marked: Marked
) -> None:
    show(save(html=HTML))
    browser = reader.browser
    browser.setFocus()
    QTest.keyClick(browser, Qt.Key.Key_H)
    assert browser.textCursor().selectedText() == "Debriefing 🎓"
    QTest.keyClick(browser, Qt.Key.Key_Down)
    assert browser.textCursor().selectedText() == "Whoever speaks first decides what it is about."
    QTest.keyClick(browser, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(browser, Qt.Key.Key_2)
    wait(lambda: len(reader.marks.spots.all) == 1)
    [one] = marked()
    assert one.annotation.quote.endswith("Silence is the whole case.")
    assert one.annotation.colour is Colour.SAGE

    QTest.keyClick(browser, Qt.Key.Key_H)
    QTest.keyClick(browser, Qt.Key.Key_Down)
    QTest.keyClick(browser, Qt.Key.Key_Right)
    QTest.keyClick(browser, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert browser.textCursor().selectedText() == "Whoever speaks"
    QTest.keyClick(browser, Qt.Key.Key_Return)
    wait(lambda: len(reader.marks.spots.all) == 2)
    assert marked()[1].annotation.colour is Colour.SAGE


def test_escape_leaves_choosing_and_the_arrow_keys_scroll_again(
    reader: ReaderView, save: Saves, show: Show
) -> None:
    show(save())
    browser = reader.browser
    browser.setFocus()
    QTest.keyClick(browser, Qt.Key.Key_H)
    assert reader.foot.link().startswith("Choosing")
    QTest.keyClick(browser, Qt.Key.Key_Escape)
    assert not browser.textCursor().hasSelection()
    assert not reader.marks.picking.bar.isVisible()
    assert reader.foot.link() == ""
    before = browser.verticalScrollBar().value()
    QTest.keyClick(browser, Qt.Key.Key_Down)

    assert browser.verticalScrollBar().value() > before


def test_n_writes_a_comment_with_tags_and_ctrl_enter_keeps_it(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, marked: Marked
) -> None:
    show(save(html=HTML))
    select(reader, "ninety seconds")
    wait(reader.marks.picking.bar.isVisible)
    QTest.keyClick(reader.browser, Qt.Key.Key_N)
    card = reader.marks.card
    wait(lambda: card.isVisible() and card.comment.hasFocus())
    QTest.keyClicks(card.comment, "measure ours e x")
    QTest.keyClick(card.comment, Qt.Key.Key_Tab)
    assert card.tags.hasFocus()
    QTest.keyClicks(card.tags, "feedback, ward")
    QTest.keyClick(card.tags, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    wait(lambda: bool(marked()) and marked()[0].annotation.tags == ("feedback", "ward"))
    assert marked()[0].annotation.comment == "measure ours e x"
    wait(lambda: not card.isVisible() and len(reader.marks.notes.widgets()) == 1)
    assert reader.browser.hasFocus()


def test_a_click_on_a_highlight_opens_its_card_and_escape_changes_nothing(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk, marked: Marked
) -> None:
    show(save(html=HTML))
    make(reader, empty_desk, "timed forty debriefs", comment="was there")
    wait(lambda: len(reader.marks.spots.all) == 1)
    QTest.mouseClick(
        reader.browser.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(reader, "timed forty debriefs")
    )
    card = reader.marks.card
    wait(lambda: card.isVisible() and card.comment.hasFocus())
    assert card.comment.toPlainText() == "was there"
    QTest.keyClicks(card.comment, " never")
    QTest.keyClick(card.comment, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert marked()[0].annotation.comment == "was there"


def test_a_highlight_is_removed_by_key_and_undo_brings_it_back(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk, marked: Marked
) -> None:
    show(save(html=HTML))
    said: list[tuple[str, bool]] = []
    empty_desk.said.connect(lambda text, can_undo: said.append((text, can_undo)))
    make(reader, empty_desk, "understanding")
    wait(lambda: len(reader.marks.spots.all) == 1)
    reader.browser.setFocus()
    QTest.keyClick(reader.browser, Qt.Key.Key_BracketRight)
    assert reader.marks.picking.bar.buttons["remove"].isVisible()
    QTest.keyClick(reader.browser, Qt.Key.Key_Delete)
    wait(lambda: not marked() and not reader.marks.spots.all)
    assert said[-1][1]

    assert empty_desk.library is not None
    assert empty_desk.library.writer is not None
    empty_desk.announce(undo.undo(empty_desk.library.writer))
    wait(lambda: painted(reader) == ["understanding"])


def test_next_and_previous_walk_over_the_highlights_and_digits_recolour(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk, marked: Marked
) -> None:
    show(save(html=HTML))
    for quote in ("Silence", "ninety", "manners"):
        make(reader, empty_desk, quote)
    wait(lambda: len(reader.marks.spots.all) == 3)
    reader.browser.setFocus()
    QTest.keyClick(reader.browser, Qt.Key.Key_BracketRight)
    QTest.keyClick(reader.browser, Qt.Key.Key_BracketRight)
    QTest.keyClick(reader.browser, Qt.Key.Key_5)
    wait(lambda: marked()[1].annotation.colour is Colour.LILAC)
    QTest.keyClick(reader.browser, Qt.Key.Key_BracketLeft)
    QTest.keyClick(reader.browser, Qt.Key.Key_4)
    wait(lambda: marked()[0].annotation.colour is Colour.ROSE)
    assert marked()[2].annotation.colour is Colour.STRAW


def test_enter_on_a_highlight_opens_its_card_and_number_sign_its_tags(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML))
    make(reader, empty_desk, "ninety")
    wait(lambda: len(reader.marks.spots.all) == 1)
    reader.browser.setFocus()
    QTest.keyClick(reader.browser, Qt.Key.Key_BracketRight)
    QTest.keyClick(reader.browser, Qt.Key.Key_Return)
    card = reader.marks.card
    wait(lambda: card.isVisible() and card.comment.hasFocus())
    QTest.keyClick(card.comment, Qt.Key.Key_Escape)
    QTest.keyClick(reader.browser, Qt.Key.Key_BracketRight)
    QTest.keyClicks(reader.browser, "#")
    wait(lambda: card.isVisible() and card.tags.hasFocus())


def test_a_passage_is_copied_as_a_quotation_with_its_source(
    reader: ReaderView, save: Saves, show: Show, wait: Wait
) -> None:
    show(save(html=HTML, author="M. Lind", published="2026-11-12"))
    select(reader, "forty debriefs")
    wait(reader.marks.picking.bar.isVisible)
    QTest.keyClick(reader.browser, Qt.Key.Key_C)

    assert QGuiApplication.clipboard().text() == (
        "“forty debriefs”\n— M. Lind, “A page”, a.example, 12 November 2026\nhttps://a.example/page"
    )
    assert '<a href="https://a.example/page">A page</a>' in QGuiApplication.clipboard().mimeData().html()


def test_comments_stand_in_the_margin_where_they_fit_and_as_signs_where_not(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML))
    make(reader, empty_desk, "Silence is the whole case.", comment="Say **this** first.")
    make(reader, empty_desk, "ninety seconds", comment="Stopwatch.")
    wait(lambda: len(reader.marks.notes.widgets()) == 2)
    assert all(isinstance(one, CommentSign) for one in reader.marks.notes.widgets())

    reader.resize(1100, 600)
    wait(lambda: all(isinstance(one, MarginNote) for one in reader.marks.notes.widgets()))
    first, second = reader.marks.notes.widgets()
    edge = reader.browser.side() + reader.browser.measure()
    assert first.x() > edge
    assert not first.geometry().intersects(second.geometry())
    assert "Say this first." in first.accessibleName()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    wait(lambda: reader.marks.card.isVisible())
    assert reader.marks.card.x() > edge


def test_many_notes_become_widgets_only_near_what_is_seen(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    lines = "".join(f"<p>Line number {n} has a few words of its own.</p>" for n in range(120))
    show(save(html=lines))
    for number in range(0, 120, 6):
        make(reader, empty_desk, f"Line number {number} has", comment=f"About {number}")
    wait(lambda: len(reader.marks.spots.all) == 20)
    shown: list[QWidget] = reader.marks.notes.widgets()
    assert 0 < len(shown) < 20
    reader.browser.verticalScrollBar().setValue(reader.browser.verticalScrollBar().maximum())
    wait(lambda: any("About 114" in one.accessibleName() for one in reader.marks.notes.widgets()))


def test_a_highlight_that_lost_its_place_is_listed_and_placed_again(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk, marked: Marked
) -> None:
    show(save(html=HTML))
    made = make(reader, empty_desk, "The first open question came within ninety seconds.")
    changed = HTML.replace(
        "The first open question came within ninety seconds.", "Nothing of it was kept at all."
    )
    source = save(html=changed)
    show(source)
    wait(lambda: len(reader.marks.spots.unplaced) == 1)
    assert not reader.marks.spots.all
    assert reader.foot.marks.text() == "0 highlights on this page, 1 lost its place"
    QTest.mouseClick(reader.foot.marks, Qt.MouseButton.LeftButton)
    drawer = reader.drawers.drawer
    assert drawer.isVisible()
    [row] = drawer.findChildren(QWidget, "lost_row")

    select(reader, "Nothing of it was kept")
    wait(reader.marks.picking.bar.isVisible)
    QTest.mouseClick(row.place, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    wait(lambda: [spot.id for spot in reader.marks.spots.all] == [made])
    assert painted(reader) == ["Nothing of it was kept"]
    assert not drawer.isVisible()


def test_an_older_version_shows_highlights_where_they_stand_there(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    old = show(save(html=HTML))
    make(reader, empty_desk, "Silence is the whole case.")
    changed = "<p>A new beginning that was not there before.</p>" + HTML
    show(save(html=changed))
    wait(lambda: painted(reader) == ["Silence is the whole case."])
    there = reader.marks.spots.all[0].start
    show(old.id, old.capture_id)
    wait(lambda: painted(reader) == ["Silence is the whole case."])

    assert reader.marks.spots.all[0].start < there
    assert all(one.place.how is not How.LOST for one in reader.marks.placed)


def test_words_outside_the_text_are_said_not_to_be_markable(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    said: list[str] = []
    empty_desk.said.connect(lambda text, _can_undo: said.append(text))
    show(save(html=HTML, left_out=("<p>Subscribe to our newsletter today.</p>",)))
    reader.toggle_left_out()
    select(reader, "Subscribe to our newsletter")
    wait(reader.marks.picking.bar.isVisible)
    QTest.keyClick(reader.browser, Qt.Key.Key_1)

    assert "cannot be highlighted" in said[-1]
    assert not reader.marks.spots.all


def test_the_theme_changes_and_highlights_stay(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    show(save(html=HTML))
    make(reader, empty_desk, "manners")
    wait(lambda: painted(reader) == ["manners"])
    for name in ("dark", "contrast", "light"):
        empty_desk.theme.choose(name)
        [one] = reader.browser.extraSelections()
        assert one.cursor.selectedText() == "manners"
        ground = one.format.background().color()
        assert ground == empty_desk.theme.colour("hl_straw")


def test_what_is_written_on_the_card_is_kept_when_another_page_is_shown(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    source = save(html=HTML)
    detail = show(source)
    one = make(reader, empty_desk, "manners")
    wait(lambda: len(reader.marks.spots.all) == 1)
    reader.marks.open_card(one)
    wait(lambda: reader.marks.card.comment.hasFocus())
    reader.marks.card.comment.setPlainText("half a thought")
    show(save(html="<p>Another.</p>", url="https://b.example/"))

    def comment() -> str:
        assert empty_desk.reader is not None
        return highlights.of_capture(empty_desk.reader, detail.capture_id)[0].annotation.comment

    wait(lambda: comment() == "half a thought")
