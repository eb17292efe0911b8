"""The reader on a real library: what it shows, and where the person was in it."""

import uuid
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from desktop.library import assets, captures
from desktop.library.values import Detail, NewCapture
from desktop.text.markdown import text_from_html
from desktop.ui.desk import Desk
from desktop.ui.parts.notices import PillButton
from desktop.ui.reader.pane import ReaderView

Wait = Callable[[Callable[[], bool]], None]
Saves = Callable[..., int]
Show = Callable[..., Detail]
Kept = Callable[[int], Detail]


def test_nothing_chosen_says_so(reader: ReaderView) -> None:
    assert reader.nothing.isVisible()
    assert "Choose a capture" in reader.nothing.accessibleName()
    assert not reader.bar.look.isVisible()


def test_a_capture_is_shown_with_its_head(reader: ReaderView, save: Saves, show: Show) -> None:
    source = save(
        author="M. L.", why="My sentence", found_through="Jonas", tags=("pay",), goal="Fair interviews"
    )
    show(source)

    assert reader.browser.isVisible()
    assert reader.head.title.text() == "A page"
    assert reader.head.by.words() == "M. L. · a.example · 9 min"
    assert reader.head.saved.words().endswith("from Firefox · found through Jonas")
    assert reader.head.card.shown.words() == "My sentence"
    assert [pill.accessibleName() for pill in reader.head.pills.widgets()] == [
        "Goal: Fair interviews",
        "Tag: pay",
    ]
    assert reader.foot.accessibleName() == "9 minutes left · 0 %"


def test_headings_are_headings_for_screen_readers_and_for_the_contents(
    reader: ReaderView, save: Saves, show: Show
) -> None:
    show(save())
    block = reader.browser.document().begin()

    assert block.text() == "First part 🎓"
    assert block.blockFormat().headingLevel() == 2
    assert block.next().blockFormat().headingLevel() == 0

    reader.browser.go_to_heading(1)
    at = reader.browser.cursorForPosition(QPoint(reader.browser.side() + 2, 24))
    assert at.block().text() == "Second part"


def test_the_last_asked_page_is_shown_whatever_comes_first(
    reader: ReaderView, save: Saves, wait: Wait, empty_desk: Desk
) -> None:
    sources = [save(url=f"https://a.example/{n}", title=f"Page {n}") for n in range(5)]
    for source in sources:
        reader.show_source(source)
    wait(lambda: empty_desk.tasks.is_idle and reader.detail is not None)

    assert reader.head.title.text() == "Page 4"


def test_the_place_is_kept_and_found_again_in_another_size(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, kept: Kept, empty_desk: Desk
) -> None:
    first, other = save(), save(url="https://a.example/other", title="Other")
    detail = show(first)
    offset = detail.text.index("zebra")
    reader.browser.go_to(reader.places().in_document(offset))
    reader.keep_position()
    wait(lambda: kept(first).position > 0)
    assert abs(kept(first).position - offset) < 60
    assert 0.3 < kept(first).progress < 1

    show(other)
    assert reader.browser.verticalScrollBar().value() == 0
    empty_desk.set_setting("reader_size", 21)
    show(first)

    top = reader.browser.cursorForPosition(QPoint(reader.browser.side() + 1, 8)).block().text()
    assert "zebra" in top


def test_the_place_stays_when_type_size_and_width_change(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    detail = show(save())
    reader.browser.go_to(reader.places().in_document(detail.text.index("zebra")))
    for name, value in (
        ("reader_size", 24),
        ("reader_font", "sans"),
        ("reader_width", 560),
        ("line_height", "open"),
    ):
        empty_desk.set_setting(name, value)
    reader.resize(520, 500)

    top = reader.browser.cursorForPosition(QPoint(reader.browser.side() + 1, 12)).block().text()
    assert "zebra" in top
    assert reader.browser.document().begin().next().charFormat().fontFamilies()[0] == "Inter"


def test_scrolling_keeps_the_place_by_itself(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, kept: Kept
) -> None:
    source = save()
    show(source)
    reader.browser.setFocus()
    QTest.keyClick(reader.browser, Qt.Key.Key_PageDown)
    QTest.keyClick(reader.browser, Qt.Key.Key_PageDown)

    wait(lambda: kept(source).position > 0)


def test_a_page_that_was_looked_at_counts_as_read(save: Saves, show: Show, wait: Wait, kept: Kept) -> None:
    source = save()
    show(source)

    wait(lambda: kept(source).is_read)


def test_a_saved_passage_is_shown_unless_it_is_the_whole_text(
    reader: ReaderView, save: Saves, show: Show
) -> None:
    show(save(kind="selection", quote="One link here in a short line."))
    assert reader.head.passage.isVisible()

    words = "Only this."
    show(save(url="https://a.example/2", html=f"<p>{words}</p>", kind="selection", quote=words))
    assert not reader.head.passage.isVisible()


def test_what_was_left_out_is_shown_below_and_hidden_again(
    reader: ReaderView, save: Saves, show: Show
) -> None:
    show(save(left_out=("<p>Menu</p>", "<p>Advert</p>")))
    assert reader.foot.left_out.text() == "what was left out (2 blocks)"
    QTest.mouseClick(reader.foot.left_out, Qt.MouseButton.LeftButton)
    assert "What was left out\nMenu\nAdvert" in reader.browser.toPlainText()
    assert reader.browser.verticalScrollBar().value() > 0

    QTest.mouseClick(reader.foot.left_out, Qt.MouseButton.LeftButton)
    assert "Menu" not in reader.browser.toPlainText()


def test_another_version_can_be_chosen(
    article: str, reader: ReaderView, save: Saves, show: Show, wait: Wait
) -> None:
    source = save()
    save(html=article + "<p>A new last sentence.</p>")
    detail = show(source)
    assert detail.version == 2
    assert reader.bar.versions.text() == "Version 2"

    entries = [entry for entry in reader.acts.more_entries() if entry.is_on is not None]
    assert [entry.is_on for entry in entries] == [True, False]
    entries[1].run()
    wait(lambda: reader.detail is not None and reader.detail.version == 1)
    assert "A new last sentence" not in reader.browser.toPlainText()


def test_the_type_panel_changes_the_text_at_once(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    show(save())
    QTest.mouseClick(reader.bar.look, Qt.MouseButton.LeftButton)
    assert reader.panel.isVisible()
    QTest.mouseClick(reader.panel.choices["reader_size"].segments()[3], Qt.MouseButton.LeftButton)
    reader.panel.hide()

    assert empty_desk.settings.number("reader_size") == 21
    assert reader.browser.document().begin().next().charFormat().font().pixelSize() == 21


def test_the_theme_changes_the_text_at_once(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    show(save())
    empty_desk.set_setting("theme", "dark")
    colour = reader.browser.document().begin().next().charFormat().foreground().color().name()
    empty_desk.set_setting("theme", "light")

    assert colour.upper() == "#EAE5DB"


def test_a_change_elsewhere_is_shown_and_the_text_is_not_laid_out_anew(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    source = save()
    show(source)
    reader.browser.verticalScrollBar().setValue(300)
    empty_desk.tasks.run("Tagging", captures.tag, (source,), add=("new",))

    wait(lambda: any(isinstance(pill, PillButton) for pill in reader.head.pills.widgets()))
    assert reader.browser.verticalScrollBar().value() > 200


def test_a_page_that_got_its_text_shows_it(
    reader: ReaderView, save: Saves, show: Show, wait: Wait, empty_desk: Desk
) -> None:
    source = save(html="", text="", minutes=0, is_link_only=True)
    detail = show(source)
    html = "<p>Here is the text now.</p>"
    new = NewCapture(
        uuid=str(uuid.uuid4()), url="https://a.example/page", captured_at=1, title="A page", html=html,
        text=text_from_html(html),
    )  # fmt: skip
    empty_desk.tasks.run("Completing", captures.complete, detail.capture_id, new)

    wait(lambda: "Here is the text now." in reader.browser.toPlainText())


def test_a_picture_shrinks_with_the_column(
    reader: ReaderView, save: Saves, show: Show, empty_desk: Desk
) -> None:
    image = QImage(1200, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    path = empty_desk.paths.home / "made.png"
    assert image.save(str(path))
    picture = assets.keep(empty_desk.paths, path.read_bytes(), "png")
    name = f"res/{picture.sha256}.png"
    show(save(html=f'<p>x</p><p><img src="{name}" alt="blue"></p>', pictures=(picture,)))
    assert width_of_picture(reader) == 628

    reader.resize(460, 600)
    assert width_of_picture(reader) == 460 - 2 * 24


def test_a_hidden_reader_has_no_timer_running(reader: ReaderView, save: Saves, show: Show) -> None:
    show(save())
    reader.browser.verticalScrollBar().setValue(200)
    reader.hide()

    assert not reader._keep_timer.isActive()
    assert not reader._read_timer.isActive()


def test_every_control_has_a_name(reader: ReaderView, save: Saves, show: Show) -> None:
    show(save(tags=("a",), why="b", left_out=("<p>x</p>",)))
    unnamed = [
        widget
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for widget in reader.findChildren(kind)
        if not widget.accessibleName() and widget.isVisible()
    ]

    assert unnamed == []
    assert reader.browser.accessibleName() == "Article"


def test_a_long_article_is_set_without_holding_the_window(
    paragraph: str, reader: ReaderView, save: Saves, show: Show
) -> None:
    detail = show(save(html=paragraph * 250))

    assert detail.text.count(" ") > 20_000
    assert reader.browser.document().blockCount() == 250


def width_of_picture(reader: ReaderView) -> int:
    block = reader.browser.document().begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            form = walk.fragment().charFormat()
            if form.isImageFormat():
                return int(form.toImageFormat().width())
            walk += 1
        block = block.next()
    return 0
