"""From other views into the reader: to a highlight, a passage, a lost one; and the person's own words."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.library.marks import annotations
from desktop.library.sense_values import Colour
from desktop.library.values import Detail
from desktop.ui.desk import Desk
from desktop.ui.reader.pane import ReaderView

Wait = Callable[[Callable[[], bool]], None]
Saves = Callable[..., int]
Show = Callable[..., Detail]

HTML = (
    "<h2>Debriefing 🎓</h2><p>Whoever speaks first decides what it is about. Silence is the whole case.</p>"
    "<p>We timed forty debriefs. The first open question came within ninety seconds.</p>"
    "<ul><li>reactions</li><li>understanding</li></ul><p>The rest is manners.</p>"
)


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


def test_my_own_words_in_the_text_are_listed_found_and_made_tags(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, kept: Callable[[int], Detail]
) -> None:
    save(html="<p>Other page.</p>", url="https://b.example/", tags=("work/debriefs",))
    source = save(html=HTML)
    show(source)
    assert reader.foot.words.text() == "1 of my words"
    QTest.mouseClick(reader.foot.words, Qt.MouseButton.LeftButton)
    found, add = reader.drawers.drawer.findChild(QWidget, "own_words").widgets()  # type: ignore[union-attr]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    assert reader.find_row.isVisible()
    assert reader.find_row.field.text() == "debriefs"
    QTest.mouseClick(add, Qt.MouseButton.LeftButton)
    wait(lambda: kept(source).tags == ("work/debriefs",))


def test_another_view_leads_to_a_highlight_and_to_a_passage(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    source = save(html=HTML + "<p>Filler to scroll over.</p>" * 60 + "<p>The zebra stands here.</p>")
    show(source)
    made = make(reader, empty_desk, "zebra stands")
    show(save(html="<p>Another.</p>", url="https://b.example/"))
    empty_desk.ask_mark(source, made)
    wait(lambda: reader.marks.current == made and reader.browser.verticalScrollBar().value() > 0)
    assert reader.marks.picking.bar.isVisible()

    assert reader.detail is not None
    start = reader.detail.text.index("first open question")
    empty_desk.ask_passage(source, start, start + len("first open question"))
    wait(lambda: reader.browser.textCursor().selectedText() == "first open question")


def test_a_highlight_that_lost_its_place_is_shown_in_the_list_when_it_is_asked_for(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    source = save(html=HTML)
    show(source)
    made = make(reader, empty_desk, "The first open question came within ninety seconds.")
    save(html=HTML.replace("The first open question came within ninety seconds.", "Nothing was kept at all."))
    show(save(html="<p>Another.</p>", url="https://b.example/"))
    empty_desk.ask_mark(source, made)
    wait(reader.drawers.drawer.isVisible)
