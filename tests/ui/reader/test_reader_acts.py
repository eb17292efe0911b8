"""What the person does in the reader: write, find, open, copy, choose; by real keys and clicks."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop.library import assets
from desktop.library.values import Detail, Media
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import LinkButton, Notice
from desktop.ui.reader.pane import ReaderView

Wait = Callable[[Callable[[], bool]], None]
Saves = Callable[..., int]
Show = Callable[..., Detail]
Kept = Callable[[int], Detail]


def test_w_writes_the_persons_sentence_and_escape_leaves_it(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, kept: Kept
) -> None:
    source = save()
    show(source)
    assert reader.head.card.isHidden()
    reader.browser.setFocus()
    QTest.keyClick(reader.browser, Qt.Key.Key_W)
    assert reader.head.card.editor.hasFocus()
    QTest.keyClicks(reader.head.card.editor, "we do this")
    QTest.keyClick(reader.head.card.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: kept(source).why == "we do this")
    wait(lambda: reader.detail is not None and reader.detail.why == "we do this")

    QTest.mouseClick(reader.head.card, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
    QTest.keyClicks(reader.head.card.editor, "never")
    QTest.keyClick(reader.head.card.editor, Qt.Key.Key_Escape)
    assert reader.head.card.shown.words() == "we do this"


def test_a_page_without_a_sentence_offers_to_write_one(reader: ReaderView, save: Saves, show: Show) -> None:
    show(save())
    [offer] = reader.head.pills.widgets()
    assert isinstance(offer, LinkButton)
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)

    assert reader.head.card.editor.hasFocus()
    assert reader.head.card.isVisible()


def test_the_title_can_be_changed(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, kept: Kept, empty_desk: Desk
) -> None:
    source = save()
    show(source)
    empty_desk.actions.run("rename")
    assert reader.head.field.hasFocus()
    QTest.keyClicks(reader.head.field, "My own title")
    QTest.keyClick(reader.head.field, Qt.Key.Key_Return)

    wait(lambda: reader.head.title.text() == "My own title")
    assert kept(source).title == "My own title"
    assert reader.head.title.isVisible()


def test_who_led_here_can_be_said(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, kept: Kept, empty_desk: Desk
) -> None:
    source = save()
    show(source)
    empty_desk.actions.run("found_through")
    QTest.keyClicks(reader.head.field, "Jonas")
    QTest.keyClick(reader.head.field, Qt.Key.Key_Return)

    wait(lambda: kept(source).found_through == "Jonas")


def test_find_counts_marks_and_goes_round(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    show(save())
    reader.browser.setFocus()
    empty_desk.actions.run("find")
    assert reader.find_row.field.hasFocus()
    QTest.keyClicks(reader.find_row.field, "part")
    assert reader.find_row.count.text() == "1 of 2"
    assert len(reader.browser.extraSelections()) == 2

    QTest.keyClick(reader.find_row.field, Qt.Key.Key_Return)
    assert reader.find_row.count.text() == "2 of 2"
    QTest.keyClick(reader.find_row.field, Qt.Key.Key_Return)
    assert reader.find_row.count.text() == "1 of 2"
    QTest.keyClick(reader.find_row.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert reader.find_row.count.text() == "2 of 2"

    QTest.keyClicks(reader.find_row.field, "y")
    assert reader.find_row.count.text() == "not in this page"
    QTest.keyClick(reader.find_row.field, Qt.Key.Key_Escape)
    assert not reader.find_row.isVisible()
    assert reader.browser.extraSelections() == []
    assert reader.browser.hasFocus()


def test_a_hit_out_of_sight_is_brought_in_sight(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    show(save())
    empty_desk.actions.run("find")
    QTest.keyClicks(reader.find_row.field, "zebra")

    cursor = QTextCursor(reader.browser.document())
    cursor.setPosition(reader.browser.document().find("zebra").selectionStart())
    assert reader.browser.viewport().rect().contains(reader.browser.cursorRect(cursor))


def test_a_link_says_its_host_and_opens_through_the_door(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, opened: list[str]
) -> None:
    show(save())
    cursor = reader.browser.document().find("link here")
    reader.browser.go_to(cursor.selectionStart(), above=100)
    start = QTextCursor(reader.browser.document())
    start.setPosition(cursor.selectionStart() + 2)
    at = reader.browser.cursorRect(start).center()
    assert reader.browser.anchorAt(at) == "https://a.example/x"

    QTest.mouseMove(reader.browser.viewport(), at)
    wait(lambda: reader.foot.link().startswith("a.example   https://a.example/x"))
    QTest.mouseClick(reader.browser.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert opened == ["https://a.example/x"]


def test_a_link_that_may_not_be_opened_is_said_to_stay(
    reader: ReaderView, empty_desk: Desk, opened: list[str]
) -> None:
    said: list[str] = []
    empty_desk.said.connect(lambda text, _undo: said.append(text))
    reader.acts.follow("file:///etc/passwd")

    assert opened == []
    assert said == ["This link was not opened: file:///etc/passwd"]


def test_a_link_only_capture_says_why_and_offers_the_original(
    reader: ReaderView, save: Saves, show: Show, opened: list[str]
) -> None:
    sentence = "Saved as a link only: a PDF."
    show(save(html="", minutes=0, kind="pdf", is_link_only=True, notices=(sentence,)))
    [notice] = reader.head.notices.findChildren(Notice)
    [button] = notice.findChildren(Button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert notice.words.words() == sentence

    assert opened == ["https://a.example/page"]


def test_a_page_without_text_can_be_shown_whole(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    raw = b"<html><body><script>x</script><h1>The app</h1><p>Menu</p><img src='file:///x.png'></body></html>"
    name, digest = assets.keep_page(empty_desk.paths, raw)
    show(save(html="", minutes=0, raw_page=name, raw_sha256=digest))
    [button] = reader.head.notices.findChildren(Button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    wait(lambda: "The app" in reader.browser.toPlainText())
    assert "Menu" in reader.browser.toPlainText()


def test_a_film_opens_at_its_second(reader: ReaderView, save: Saves, show: Show, opened: list[str]) -> None:
    show(save(kind="video", media=Media(70.0, 600.0, "")))
    [button] = reader.head.notices.findChildren(Button)
    assert button.text() == "Open at 1:10"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert opened == ["https://a.example/page#t=70"]


def test_menus_open_and_a_choice_acts(reader: ReaderView, save: Saves, show: Show) -> None:
    show(save())
    QTest.mouseClick(reader.bar.contents, Qt.MouseButton.LeftButton)
    [menu] = [menu for menu in reader.bar.findChildren(QMenu) if menu.isVisible()]
    assert [action.text() for action in menu.actions()] == ["First part 🎓", "Second part"]
    menu.actions()[1].trigger()
    menu.close()

    assert reader.browser.verticalScrollBar().value() > 0


def test_contents_versions_and_my_words_open_by_keys_in_a_narrow_reader_too(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    save(html="<p>Other page.</p>", url="https://b.example/", tags=("zebra",))
    source = save()
    save(html="<p>A newer text without headings.</p>")
    show(source)
    reader.browser.setFocus()
    said: list[str] = []
    empty_desk.said.connect(lambda text, _undo: said.append(text))
    QTest.keyClick(reader.browser, Qt.Key.Key_T)
    QTest.keyClick(reader.browser, Qt.Key.Key_D)
    assert said == ["This page has no headings", "None of your tags and goals stands in this page"]

    show(source, min(version.capture_id for version in reader.detail.versions))  # type: ignore[union-attr]
    reader.resize(480, 600)
    QTest.keyClick(reader.browser, Qt.Key.Key_T)
    [contents] = [menu for menu in reader.bar.findChildren(QMenu) if menu.isVisible()]
    QTest.keyClick(contents, Qt.Key.Key_Down)
    QTest.keyClick(contents, Qt.Key.Key_Down)
    QTest.keyClick(contents, Qt.Key.Key_Return)
    assert reader.browser.verticalScrollBar().value() > 0
    QTest.keyClick(reader.browser, Qt.Key.Key_D)
    assert reader.drawers.drawer.name == "words"
    QTest.keyClick(reader.browser, Qt.Key.Key_D)
    assert reader.drawers.drawer.name == ""
    QTest.keyClick(reader.browser, Qt.Key.Key_V)
    [versions] = [menu for menu in reader.bar.findChildren(QMenu) if menu.isVisible()]
    assert [action.text() for action in versions.actions()][-1].startswith("What changed")
    versions.close()


def test_copied_text_is_plain_text(reader: ReaderView, save: Saves, show: Show) -> None:
    show(save(html="<p>One <b>two</b></p>"))
    reader.browser.selectAll()
    reader.browser.copy()
    data = QGuiApplication.clipboard().mimeData()

    assert data.text() == "One two"
    assert not data.hasHtml()


def test_the_address_can_be_copied(reader: ReaderView, save: Saves, show: Show) -> None:
    show(save())
    reader.acts.copy_link()

    assert QGuiApplication.clipboard().text() == "https://a.example/page"


def test_the_wheel_with_ctrl_and_the_keys_change_the_size(reader: ReaderView, empty_desk: Desk) -> None:
    at = QPointF(reader.browser.viewport().rect().center())
    for turn in (120, 120, -120):
        event = QWheelEvent(
            at, reader.browser.viewport().mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(reader.browser.viewport(), event)
    assert empty_desk.settings.number("reader_size") == 19

    for _ in range(9):
        empty_desk.actions.run("smaller")
    assert empty_desk.settings.number("reader_size") == 15
    empty_desk.actions.run("larger")
    assert empty_desk.settings.number("reader_size") == 17
