"""Notes by real events: written and kept by itself, quoted into, read, followed, deleted and brought back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.library import lists, notes, undo
from desktop.library.marks import annotations
from desktop.library.sense_values import Colour, Note
from desktop.ui.desk import Desk
from desktop.ui.highlights.view import HighlightsView
from desktop.ui.notes.quote_picker import QuotePicker
from desktop.ui.notes.view import NotesView
from desktop.ui.tags.editor import TagEditor
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def view_of(window: MainWindow) -> NotesView:
    shown = window.stack.currentWidget()
    assert isinstance(shown, NotesView)
    return shown


def kept(desk: Desk) -> list[Note]:
    assert desk.reader is not None
    found = [notes.read(desk.reader, row.id) for row in notes.all_of(desk.reader)]
    return [note for note in found if note is not None]


def mark_some(window: MainWindow, desk: Desk, number: int = 3) -> list[int]:
    """Highlights on the first pages of the list."""
    assert desk.reader is not None
    assert desk.library is not None
    assert desk.library.writer is not None
    made = []
    for page in range(number):
        detail = lists.detail(desk.reader, window.list.model.ids[page])
        assert detail is not None
        changes = annotations.highlight(desk.library.writer, detail.capture_id, 0, 20, Colour.SAGE, "Mine.")
        made.append(changes.made)
    return made


@pytest.fixture
def new_note(window: MainWindow, wait: Wait) -> NotesView:
    """The Notes view with a new note, by its key."""
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    view = view_of(window)
    wait(lambda: window.is_idle and view.editor.title.hasFocus())
    return view


def test_a_note_is_kept_while_it_is_written_and_one_sitting_is_one_undo(
    new_note: NotesView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    editor = new_note.editor
    QTest.keyClicks(editor.title, "Plan")
    QTest.keyClick(editor.title, Qt.Key.Key_Return)
    assert editor.body.hasFocus()
    QTest.keyClicks(editor.body, "First ")
    wait(lambda: window.is_idle and [note.body for note in kept(desk)] == ["First "])
    QTest.keyClicks(editor.body, "and more")
    wait(lambda: window.is_idle and [note.body for note in kept(desk)] == ["First and more"])
    assert kept(desk)[0].title == "Plan"
    assert [row.title for row in new_note.list.values.items] == ["Plan"]
    assert not window.toast.isVisible()

    QTest.keyClick(editor.body, Qt.Key.Key_Escape)
    assert new_note.list.hasFocus()
    desk.actions.run("undo")
    wait(lambda: window.is_idle and not kept(desk))
    wait(lambda: new_note.stack.currentWidget() is new_note.empty)
    desk.actions.run("redo")
    wait(lambda: window.is_idle and [note.body for note in kept(desk)] == ["First and more"])


def test_a_change_of_mind_leaves_nothing_behind(
    new_note: NotesView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClick(new_note.editor.title, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle and new_note.stack.currentWidget() is new_note.empty)
    assert not kept(desk)
    assert new_note.empty.title == "No notes yet"


def test_what_was_written_last_is_kept_when_another_view_is_shown(
    new_note: NotesView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClicks(new_note.editor.body, "Half a")
    window.show_view("inbox")
    wait(lambda: window.is_idle and [note.body for note in kept(desk)] == ["Half a"])


def test_quotations_are_chosen_put_in_and_lead_back(
    new_note: NotesView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    marked = mark_some(window, desk)
    editor = new_note.editor
    QTest.keyClicks(editor.body, "Before")
    QTest.mouseClick(editor.quote, Qt.MouseButton.LeftButton)
    picker = window.overlays.current
    assert isinstance(picker, QuotePicker)
    wait(lambda: window.is_idle and picker.model.rowCount() == 3)
    QTest.keyClick(picker.field, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    assert editor.body.hasFocus()
    assert editor.body.toPlainText().startswith("Before\n\n> ")
    wait(lambda: window.is_idle and bool(kept(desk)) and len(kept(desk)[0].quotations) == 2)
    note = kept(desk)[0]
    assert [one.annotation_id for one in note.quotations] == [marked[2], marked[1]]

    editor.toggle_mode()
    wait(lambda: window.is_idle and "Before" in editor.browser.toPlainText())
    assert "kithbook:" not in editor.browser.toPlainText()
    asked: list[tuple[int, int]] = []
    desk.mark_asked.connect(lambda *what: asked.append(what))
    editor.browser.link_followed.emit(f"kithbook:annotation/{note.quotations[0].uuid}")
    wait(lambda: bool(asked) and window.is_idle)
    assert asked == [(note.quotations[0].source_id, marked[2])]
    assert window.stack.currentWidget() is window.split


def test_a_note_is_tagged_made_private_deleted_and_brought_back_by_keys(
    new_note: NotesView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    QTest.keyClicks(new_note.editor.body, "Words")
    QTest.keyClick(new_note.editor.body, Qt.Key.Key_Escape)
    wait(lambda: window.is_idle and len(new_note.list.selected()) == 1)
    QTest.keyClick(new_note.list, Qt.Key.Key_NumberSign)
    tags = window.overlays.current
    assert isinstance(tags, TagEditor)
    wait(lambda: window.is_idle)
    QTest.keyClicks(tags.field, "work/plans")
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    QTest.keyClick(tags.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and kept(desk)[0].tags == ("work/plans",))
    QTest.keyClick(new_note.list, Qt.Key.Key_P)
    wait(lambda: window.is_idle and kept(desk)[0].is_private and new_note.editor.lock.isChecked())
    QTest.keyClick(new_note.list, Qt.Key.Key_X)
    wait(lambda: window.is_idle and not kept(desk))
    desk.actions.run("undo")
    wait(lambda: window.is_idle and len(new_note.list.values.items) == 1)
    assert kept(desk)[0].tags == ("work/plans",)
    assert kept(desk)[0].is_private


def test_a_note_is_made_of_the_chosen_highlights(window: MainWindow, desk: Desk, wait: Wait) -> None:
    marked = mark_some(window, desk)
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    shown = window.stack.currentWidget()
    assert isinstance(shown, HighlightsView)
    wait(lambda: window.is_idle and shown.model.rowCount() == 3 and shown.list.hasFocus())
    QTest.keyClick(shown.list, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(shown.list, Qt.Key.Key_Q)
    wait(lambda: window.is_idle and isinstance(window.stack.currentWidget(), NotesView))
    view = view_of(window)
    wait(lambda: window.is_idle and bool(view.editor.note_id) and view.editor.is_reading)

    note = kept(desk)[0]
    assert {one.annotation_id for one in note.quotations} == {marked[2], marked[1]}
    assert "Mine." in note.body


def test_a_note_about_a_page_begins_with_the_page(window: MainWindow, desk: Desk, wait: Wait) -> None:
    source_id = window.list.current
    desk.actions.run("note_page")
    view = view_of(window)
    wait(lambda: window.is_idle and "kithbook:capture/" in view.editor.body.toPlainText())
    QTest.keyClicks(view.editor.body, "It says")
    wait(lambda: window.is_idle and any(one.body.startswith("It says\n") for one in kept(desk)))
    assert [one.source_id for one in kept(desk)[0].quotations] == [source_id]


def test_what_undo_changes_is_shown_in_the_open_note(
    new_note: NotesView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    assert desk.library is not None
    writer = desk.library.writer
    assert writer is not None
    note = notes.make(writer, "Plan", "Old").made
    desk.ask_view(f"note:{note}")
    wait(lambda: window.is_idle and new_note.editor.note_id == note and new_note.editor.is_reading)
    new_note.editor.toggle_mode()
    QTest.keyClicks(new_note.editor.body, " and new")
    wait(lambda: window.is_idle and kept(desk)[0].body == "Old and new")
    new_note.editor.saving.save()
    desk.tasks.run("undo", undo.undo)
    wait(lambda: window.is_idle and new_note.editor.body.toPlainText() == "Old")


def test_in_a_narrow_window_list_and_note_share_the_room(
    window_on: Callable[..., MainWindow], desk: Desk, wait: Wait
) -> None:
    assert desk.library is not None
    assert desk.library.writer is not None
    notes.make(desk.library.writer, "Plan", "Words")
    window = window_on(desk, 560, 600)
    QTest.keyClick(window, Qt.Key.Key_7, CTRL)
    view = view_of(window)
    wait(lambda: window.is_idle and len(view.list.values.items) == 1)
    assert view.list.isVisible()
    assert not view.editor.isVisible()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and view.editor.isVisible() and not view.list.isVisible())
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert view.list.isVisible()
    assert view.list.hasFocus()


def test_the_last_words_are_kept_when_the_window_closes(
    new_note: NotesView, window: MainWindow, desk: Desk
) -> None:
    QTest.keyClicks(new_note.editor.body, "Last words")
    new_note.editor.saving._save_last()  # what the tasks do when all else has ended
    new_note.editor.saving._save_last()
    assert [note.body for note in kept(desk)] == ["Last words"]
