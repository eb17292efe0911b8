"""The tag editor offers the person's own words, with the reason, for pages, highlights and notes alike."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.library import lists, tags
from desktop.library.marks import annotations
from desktop.library.sense_values import Colour
from desktop.ui.desk import Desk
from desktop.ui.highlights.view import HighlightsView
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.sidebar.menus import TagMenu
from desktop.ui.tags.editor import TagEditor
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(window: MainWindow, wait: Wait) -> TagEditor:
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    wait(lambda: window.is_idle)
    return editor


def tags_of(desk: Desk, source_id: int) -> tuple[str, ...]:
    assert desk.reader is not None
    return lists.page(desk.reader, [source_id])[0].tags


def test_a_suggestion_says_its_reason_and_is_taken_by_going_down(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    source_id = window.list.current
    assert desk.reader is not None
    word = lists.page(desk.reader, [source_id])[0].title.split()[-1].strip(".,")
    desk.tasks.run("tag", tags.tag, tuple(window.list.model.ids[-1:]), (f"work/{word}",), ())
    wait(lambda: window.is_idle)
    QTest.keyClick(window.list.view, Qt.Key.Key_NumberSign)
    editor = opened(window, wait)
    wait(lambda: any(one.title == f"work/{word}" for one in editor.list.answers.items))
    reasons = {one.title: one.meta for one in editor.list.answers.items}
    assert "stands in the title" in reasons[f"work/{word}"]
    while editor.list.chosen is None or editor.list.chosen.title != f"work/{word}":
        QTest.keyClick(editor.field, Qt.Key.Key_Down)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert editor.words[-1] == f"work/{word}"
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and f"work/{word}" in tags_of(desk, source_id))


def test_another_word_for_a_tag_completes_to_the_tag(window: MainWindow, desk: Desk, wait: Wait) -> None:
    source_id = window.list.current
    desk.tasks.run("tag", tags.tag, tuple(window.list.model.ids[-1:]), ("work/sheets",), ())
    desk.tasks.run("alias", tags.add_alias, "work/sheets", "quattro")
    wait(lambda: window.is_idle)
    QTest.keyClick(window.list.view, Qt.Key.Key_NumberSign)
    editor = opened(window, wait)
    QTest.keyClicks(editor.field, "quat")
    wait(lambda: editor.list.first is not None and editor.list.first.title == "work/sheets")
    assert editor.list.first is not None
    assert "quattro" in editor.list.first.meta
    QTest.keyClick(editor.field, Qt.Key.Key_Tab)
    assert editor.words[-1] == "work/sheets"
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and "work/sheets" in tags_of(desk, source_id))


def test_enter_means_what_was_typed_even_when_something_fits(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    desk.tasks.run("tag", tags.tag, tuple(window.list.model.ids[-1:]), ("hiring/leeds",), ())
    wait(lambda: window.is_idle)
    QTest.keyClick(window.list.view, Qt.Key.Key_NumberSign)
    editor = opened(window, wait)
    QTest.keyClicks(editor.field, "lee")
    wait(lambda: editor.list.first is not None and editor.list.first.title == "hiring/leeds")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert editor.words[-1] == "lee"


def test_highlights_are_tagged_together(window: MainWindow, desk: Desk, wait: Wait) -> None:
    assert desk.reader is not None
    assert desk.library is not None
    writer = desk.library.writer
    assert writer is not None
    detail = lists.detail(desk.reader, window.list.current)
    assert detail is not None
    annotations.highlight(writer, detail.capture_id, 0, 20, tags=("old",))
    annotations.highlight(writer, detail.capture_id, 30, 50)
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    view = window.stack.currentWidget()
    assert isinstance(view, HighlightsView)
    wait(lambda: window.is_idle and view.model.rowCount() == 2)
    view.list.selectAll()
    QTest.keyClick(view.list, Qt.Key.Key_NumberSign)
    editor = opened(window, wait)
    wait(lambda: editor.words == ["old"])
    QTest.keyClicks(editor.field, "new")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and {row.tags for row in view.model.rows} == {("new", "old"), ("new",)})


def test_other_words_are_added_and_removed_in_the_sidebar(window: MainWindow, desk: Desk, wait: Wait) -> None:
    desk.tasks.run("tag", tags.tag, tuple(window.list.model.ids[:1]), ("garden",), ())
    wait(lambda: window.is_idle and window.sidebar._menu("tag:garden") is not None)

    def chosen(words: str) -> None:
        menu = window.sidebar._menu("tag:garden")
        assert isinstance(menu, TagMenu)
        below = next(one for one in menu.actions() if one.text() == "Other words for it").menu()
        next(one for one in below.actions() if one.text() == words).trigger()  # type: ignore[attr-defined]

    chosen("Add a word …")
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    QTest.keyClicks(dialog.field, "yard")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and any("yard" in one.aliases for one in window.sidebar._tags))
    chosen("Remove “yard”")
    wait(lambda: window.is_idle and not any("yard" in one.aliases for one in window.sidebar._tags))


def test_the_person_names_the_colours(window: MainWindow, desk: Desk, wait: Wait) -> None:
    assert desk.library is not None
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    view = window.stack.currentWidget()
    assert isinstance(view, HighlightsView)
    wait(lambda: window.is_idle)
    chip = next(one for one in view.filters.chips if one.colour is Colour.ROSE)
    dot = next(one for one in window.reader.marks.card.dots if one.colour is Colour.ROSE)
    assert chip.text().startswith("Rose")
    desk.set_setting("name_rose", "  Doubt it ")
    assert chip.text().startswith("Doubt it")
    assert dot.accessibleName() == "Doubt it"
    assert desk.actions.get("mark_4").label == "Highlight in Doubt it"
    assert any(one.text().startswith("Doubt it") for one in view.menu().actions())
    desk.set_setting("name_rose", "")
    assert dot.accessibleName() == "Rose"
