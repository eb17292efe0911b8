"""The weekly review by real keys: decided step by step, left in the middle, resumed after a restart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.learning import goals, memory, questions, review, toolkit, tries
from desktop.learning.values import GoalState
from desktop.library import basket, lists, undo
from desktop.library.marks import annotations
from desktop.library.sense_values import Colour
from desktop.library.values import Counts
from desktop.paths import Paths
from desktop.settings import Settings
from desktop.store.writer import Writer
from desktop.ui.desk import Desk
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.review.view import ReviewView
from desktop.ui.tags.editor import TagEditor
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def writer_of(desk: Desk) -> Writer:
    assert desk.library is not None
    assert desk.library.writer is not None
    return desk.library.writer


def counts(desk: Desk) -> Counts:
    assert desk.reader is not None
    return lists.counts(desk.reader)


def something_to_review(desk: Desk) -> None:
    """Two highlights without words, a question, a tool, a try that is due, a goal; few pages in the inbox."""
    writer, reader = writer_of(desk), desk.reader
    assert reader is not None
    inbox = [row[0] for row in reader.rows("SELECT id FROM source WHERE state = 'inbox' ORDER BY saved_at")]
    for source_id in inbox[:2]:
        detail = lists.detail(reader, source_id)
        assert detail is not None
        annotations.highlight(writer, detail.capture_id, 0, 20, Colour.SAGE)
    from desktop.library import triage
    from desktop.library.values import State

    triage.move(writer, inbox[2:], State.ARCHIVE)
    goals.make(writer, "Say a range aloud", level_to=3)
    questions.ask(writer, "How do I say a range in a talk?")
    toolkit.make(writer, "DuckDB", "Joins over large files")
    tries.plan(writer, "Ask before I tell", "2026-01-05")


def view_of(window: MainWindow) -> ReviewView:
    shown = window.stack.currentWidget()
    assert isinstance(shown, ReviewView)
    return shown


def press(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    """A key where the focus is, as the person presses it."""
    QTest.keyClick(window.focusWidget() or window, key, held)


def write(window: MainWindow, words: str) -> None:
    field = window.focusWidget()
    assert field is not None
    QTest.keyClicks(field, words)


def open_review(window: MainWindow, wait: Wait) -> ReviewView:
    press(window, Qt.Key.Key_R, CTRL | SHIFT)
    view = view_of(window)
    wait(lambda: window.is_idle and view.table is not None and view.start.begin.hasFocus())
    return view


@pytest.fixture
def view(window: MainWindow, desk: Desk, wait: Wait) -> ReviewView:
    """The review, opened by its key, with something in each step."""
    something_to_review(desk)
    return open_review(window, wait)


def at(view: ReviewView, window: MainWindow, wait: Wait, step: str) -> None:
    wait(lambda: window.is_idle and view.step == step and view.card.isVisible() and view._filled[0] == step)


def go_to(view: ReviewView, window: MainWindow, wait: Wait, step: str) -> None:
    """Begin, and pick a step of the line by keyboard."""
    if view.table is None or view.table.current is None:
        press(window, Qt.Key.Key_Return)
        at(view, window, wait, "inbox")
    button = next(one for one in view.progress.steps if one.step == step)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    at(view, window, wait, step)
    view.card.focus().setFocus()


def test_before_it_begins_the_review_says_what_waits(view: ReviewView) -> None:
    assert view.table is not None
    assert view.table.offers.inbox == 2
    assert len(view.table.offers.wordless) == 2
    assert view.start.isVisible()
    assert view.start.begin.text() == "Begin the review"


def test_pages_of_the_inbox_are_done_with_a_sentence_and_skipped_by_key(
    view: ReviewView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    press(window, Qt.Key.Key_Return)
    at(view, window, wait, "inbox")
    first = view.thing
    assert first is not None
    press(window, Qt.Key.Key_A)
    write(window, "Read it to the team.")
    press(window, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and counts(desk).inbox == 1 and view.thing is not None)

    assert desk.reader is not None
    detail = lists.detail(desk.reader, first.id)
    assert detail is not None
    assert detail.why == "Read it to the team."
    assert view.card.place.text() == "2 of 2"

    press(window, Qt.Key.Key_Right, ALT)
    at(view, window, wait, "highlights")
    assert counts(desk).inbox == 1
    assert view.progress.steps[0].state == "done"


def test_a_highlight_gets_its_sentence_or_goes_and_undo_brings_it_back(
    view: ReviewView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    go_to(view, window, wait, "highlights")
    press(window, Qt.Key.Key_Return)
    assert "one sentence" in view.card.said.words()
    first = view.thing
    assert first is not None
    write(window, "Ask for their plan first.")
    press(window, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and view.thing is not None and view.thing.id != first.id)
    press(window, Qt.Key.Key_X, ALT)
    at(view, window, wait, "goals")

    reader = desk.reader
    assert reader is not None
    assert reader.rows("SELECT comment FROM annotation") == [("Ask for their plan first.",)]
    undo.undo(writer_of(desk))
    undo.undo(writer_of(desk))
    assert len(reader.rows("SELECT id FROM annotation")) == 2


def test_a_highlight_becomes_evidence_a_try_and_a_card_from_where_it_stands(
    view: ReviewView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    go_to(view, window, wait, "highlights")
    evidence, plan, card = view.card.pills.widgets()
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    reader = desk.reader
    assert reader is not None
    wait(lambda: memory.counts(reader)[1] == 1)
    QTest.mouseClick(plan, Qt.MouseButton.LeftButton)
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    QTest.keyClicks(dialog.field, "Say it on Thursday")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and len(tries.all_of(reader)) == 2)
    QTest.mouseClick(evidence, Qt.MouseButton.LeftButton)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    skill = goals.all_of(reader, [GoalState.OPEN])[0].skill
    wait(lambda: any(one.title == skill for one in editor.list.answers.items))
    QTest.keyClicks(editor.field, skill)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)

    wait(lambda: window.is_idle and any(row.evidence for row in goals.all_of(reader)))
    assert view.step == "highlights"


def test_all_eight_steps_by_keyboard_end_in_the_log(
    view: ReviewView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    reader = desk.reader
    assert reader is not None
    go_to(view, window, wait, "tries")
    write(window, "It went quietly.")
    press(window, Qt.Key.Key_2, ALT)
    press(window, Qt.Key.Key_Return)
    at(view, window, wait, "tool")
    press(window, Qt.Key.Key_3, ALT)
    press(window, Qt.Key.Key_Return)
    at(view, window, wait, "questions")
    write(window, "From least to most, and why.")
    press(window, Qt.Key.Key_Return)
    at(view, window, wait, "share")
    while view.step == "share":
        press(window, Qt.Key.Key_Return)
        wait(lambda: window.is_idle)
    at(view, window, wait, "closing")
    press(window, Qt.Key.Key_Return)
    assert "sentence" in view.card.said.words()
    write(window, "Less reading, more asking.")
    press(window, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and view.start.isVisible())

    done = review.log(reader)[0]
    assert done.closing == "Less reading, more asking."
    assert [row.went for row in tries.all_of(reader)] == ["partly"]
    assert toolkit.all_of(reader)[0].verdict == "replace"
    assert questions.open_ones(reader) == []
    assert view.start.begin.text() == "Begin the review"
    words = [one.accessibleName() for one in view.start.findChildren(QWidget) if one.isVisible()]
    assert "Less reading, more asking." in words
    assert len(basket.items(reader)) <= 1


def test_reading_around_a_highlight_and_coming_back_is_at_the_same_thing(
    view: ReviewView, window: MainWindow, wait: Wait
) -> None:
    go_to(view, window, wait, "highlights")
    thing = view.thing
    write(window, "Half a sent")
    QTest.mouseClick(view.card.link, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and window.stack.currentWidget() is window.split)
    press(window, Qt.Key.Key_R, CTRL | SHIFT)
    wait(lambda: window.is_idle and view.card.isVisible())

    assert view.thing == thing
    assert view.card.text == "Half a sent"


def test_a_review_left_in_the_middle_goes_on_there_after_a_restart(
    sample_home: Path, tmp_path: Path, desk_on: Callable[..., Desk], window_on: Callable[..., MainWindow],
    loop: Any, wait: Wait, qapp: Any,
) -> None:  # fmt: skip
    import shutil

    from desktop.library.opening import open_library
    from desktop.ui.theme import Theme

    paths = Paths(tmp_path / "home" / "kithbook")
    shutil.copytree(sample_home, paths.home)
    theme = Theme("light", qapp)
    first = Desk(paths, Settings.load(paths), theme, qapp)
    first.open_library(open_library(paths, write=True))
    something_to_review(first)
    window = window_on(first)
    view = open_review(window, wait)
    go_to(view, window, wait, "highlights")
    thing = view.thing
    write(window, "What I was about to")
    press(window, Qt.Key.Key_P, ALT)
    wait(lambda: window.is_idle and view.start.isVisible())
    assert view.start.begin.text() == "Go on"
    window.hide()
    ended = loop.create_task(first.tasks.close())
    wait(ended.done)
    assert first.library is not None
    first.library.close()
    theme.deleteLater()

    desk = desk_on(paths)
    again = window_on(desk)
    after = open_review(again, wait)
    assert "Step 2 of 8" in after.start.line.words()
    press(again, Qt.Key.Key_Return)
    at(after, again, wait, "highlights")
    assert after.thing == thing
    assert after.card.text == "What I was about to"
    after.card.editor.moveCursor(QTextCursor.MoveOperation.End)
    write(again, " say.")
    press(again, Qt.Key.Key_Return)
    wait(lambda: again.is_idle and after.thing != thing)
    assert desk.reader is not None
    assert ("What I was about to say.",) in desk.reader.rows("SELECT comment FROM annotation")
    assert desk.settings.text("review_draft") == ""


def test_the_review_of_an_empty_library_can_be_gone_through_with_one_key(
    empty_desk: Desk, window_on: Callable[..., MainWindow], wait: Wait
) -> None:
    window = window_on(empty_desk)
    view = open_review(window, wait)
    press(window, Qt.Key.Key_Return)
    for step in review.STEPS[:-1]:
        at(view, window, wait, step)
        assert view.card.quote.words() == "Nothing waits here."
        press(window, Qt.Key.Key_Return)
    at(view, window, wait, "closing")
    QApplication.processEvents()

    assert view.card.editor.isVisible()
