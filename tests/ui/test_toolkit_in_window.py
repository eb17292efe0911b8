"""The toolkit by real events: cards made, reviewed, changed in place, tied to pages, exported, undone."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from desktop.learning import toolkit
from desktop.learning.review_values import ToolRow
from desktop.learning.values import Verdict
from desktop.library import lists
from desktop.ui.desk import Desk
from desktop.ui.parts import day_words
from desktop.ui.tags.editor import TagEditor
from desktop.ui.toolkit.card import ToolCard
from desktop.ui.toolkit.export import save
from desktop.ui.toolkit.form import ToolForm
from desktop.ui.toolkit.pages import PagePicker
from desktop.ui.toolkit.view import ToolkitView
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
TODAY = date.today()


def cards(desk: Desk) -> list[ToolRow]:
    assert desk.reader is not None
    return toolkit.all_of(desk.reader)


def made(desk: Desk, name: str, **named: Any) -> int:
    """A card, put in as the window does it."""
    assert desk.library is not None
    assert desk.library.writer is not None
    changes = toolkit.make(desk.library.writer, name, **named)
    desk.announce(changes)
    return changes.made


def on(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


@pytest.fixture
def view(window: MainWindow, wait: Wait) -> ToolkitView:
    """The page of the window."""
    window.show_view("toolkit")
    wait(lambda: window.is_idle)
    page = window.stack.currentWidget()
    assert isinstance(page, ToolkitView)
    return page


def names(view: ToolkitView) -> list[str]:
    return [row.name for row in view.list.values.items]


def press(view: ToolkitView, key: Qt.Key) -> None:
    QTest.keyClick(view.list, key)


def test_a_card_is_added_by_one_key_a_name_and_enter(
    window: MainWindow, view: ToolkitView, desk: Desk, wait: Wait
) -> None:
    assert view.empty.title == "No tools yet"
    QTest.keyClick(view.empty._main, Qt.Key.Key_Space)
    form = window.overlays.current
    assert isinstance(form, ToolForm)
    assert form.name.hasFocus()
    assert not form.agree.isEnabled()
    QTest.keyClicks(form.name, "DuckDB")
    QTest.keyClick(form.name, Qt.Key.Key_Tab)
    QTest.keyClicks(form.problem, "Joins over large files")
    QTest.keyClick(form.problem, Qt.Key.Key_Tab)
    QTest.keyClick(form.level, Qt.Key.Key_Right)
    QTest.keyClick(form.problem, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and names(view) == ["DuckDB"])
    (row,) = cards(desk)
    assert (row.problem, row.level, row.verdict) == ("Joins over large files", 1, None)
    assert row.review_on == on(toolkit.FIRST)
    assert view.card.row is not None
    assert view.card.row.id == row.id

    press(view, Qt.Key.Key_N)
    again = window.overlays.current
    assert isinstance(again, ToolForm)
    wait(lambda: window.is_idle)
    QTest.keyClicks(again.name, "duckdb")
    QTest.keyClick(again.name, Qt.Key.Key_Return)
    assert again.fault.words() == "“duckdb” is in the toolkit already."
    QTest.keyClick(again.name, Qt.Key.Key_Escape)
    desk.actions.run("undo")
    wait(lambda: window.is_idle and view.stack.currentIndex() == 1)
    assert not cards(desk)


def test_the_example_is_a_card_that_goes_by_one_key(
    window: MainWindow, view: ToolkitView, desk: Desk, wait: Wait
) -> None:
    assert desk.actions.first_key("about_tool") in view.empty._says.hint  # type: ignore[union-attr]
    QTest.keyClick(view.empty._other, Qt.Key.Key_Space)
    wait(lambda: window.is_idle and len(view.list.values.items) == 1)
    wait(lambda: "example" in view.card.note.shown.words())

    press(view, Qt.Key.Key_X)
    wait(lambda: window.is_idle and not cards(desk))
    desk.actions.run("undo")
    wait(lambda: window.is_idle and len(view.list.values.items) == 1)


def test_what_is_due_stands_first_and_is_reviewed_one_after_the_other(
    window: MainWindow, view: ToolkitView, desk: Desk, wait: Wait
) -> None:
    made(desk, "Abacus", review_on=on(30))
    made(desk, "Timer", review_on=on(-2), verdict=Verdict.KEEP)
    made(desk, "Whiteboard", review_on=on(-9))
    wait(lambda: window.is_idle and names(view) == ["Whiteboard", "Timer", "Abacus"])
    assert view.due_bar.accessibleName() == "2 tools are due for their review."
    wait(lambda: window.sidebar.list.entries[_entry(window, "toolkit")].count == 2)

    QTest.mouseClick(view.due_bar.review, Qt.MouseButton.LeftButton)
    assert names(view) == ["Whiteboard", "Timer"]
    wait(lambda: window.is_idle and view.card.row is not None and view.card.row.name == "Whiteboard")
    press(view, Qt.Key.Key_2)
    wait(lambda: window.is_idle and names(view) == ["Timer"])
    wait(lambda: view.card.row is not None and view.card.row.name == "Timer")
    press(view, Qt.Key.Key_R)
    wait(lambda: window.is_idle and names(view) == [])
    found = {row.name: (row.verdict, row.review_on) for row in cards(desk)}
    assert found["Whiteboard"] == (Verdict.LEARN, on(toolkit.NEXT[Verdict.LEARN]))
    assert found["Timer"] == (Verdict.KEEP, on(toolkit.NEXT[Verdict.KEEP]))
    assert view.none.isVisible()
    assert not view.card.isEnabled()


def _entry(window: MainWindow, name: str) -> int:
    return next(at for at, one in enumerate(window.sidebar.list.entries) if one.name == name)


def test_words_and_a_verdict_filter_the_cards(
    window: MainWindow, view: ToolkitView, desk: Desk, wait: Wait
) -> None:
    made(desk, "Abacus", problem="Counts without power", verdict=Verdict.REPLACE)
    made(desk, "Timer", problem="Keeps the time", verdict=Verdict.KEEP)
    wait(lambda: window.is_idle and len(names(view)) == 2)
    press(view, Qt.Key.Key_Slash)
    assert view.field.hasFocus()
    QTest.keyClicks(view.field, "power cOUNTS")
    assert names(view) == ["Abacus"]
    QTest.keyClick(view.field, Qt.Key.Key_Escape)
    assert view.list.hasFocus()
    assert len(names(view)) == 2
    QTest.mouseClick(view.filter.segments()[2], Qt.MouseButton.LeftButton)
    assert names(view) == ["Timer"]
    desk.ask_view(f"toolkit:{cards(desk)[0].id}")  # one that the filter hides
    wait(lambda: window.is_idle and view.card.row is not None and view.card.row.name == "Abacus")


def type_review(card: ToolCard, day: str) -> None:
    card.review.setFocus()
    card.review.selectAll()
    QTest.keyClicks(card.review, day)
    QTest.keyClick(card.review, Qt.Key.Key_Return)


def test_a_card_is_changed_where_it_stands(
    window: MainWindow, view: ToolkitView, desk: Desk, wait: Wait
) -> None:
    tool = made(desk, "Timer", cost="free", review_on=on(9))
    wait(lambda: window.is_idle and view.card.row is not None)
    press(view, Qt.Key.Key_Return)
    card = view.card
    assert card.name.hasFocus()
    QTest.keyClicks(card.name, " two")
    QTest.keyClick(card.name, Qt.Key.Key_Escape)
    assert card.name.text() == "Timer"
    QTest.keyClicks(card.name, " of mine")
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and names(view) == ["Timer of mine"])
    card.level.setFocus()
    QTest.keyClick(card.level, Qt.Key.Key_Right)
    assert card.level.accessibleName() == "How well I know it: can follow"
    type_review(card, "someday")
    assert card.review.text() != "someday"
    type_review(card, "+40")
    wait(lambda: window.is_idle)
    QTest.mouseClick(card.used, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and not card.used.isEnabled())
    QTest.keyClick(card.problem, Qt.Key.Key_Return)
    QTest.keyClicks(card.problem.editor, "Keeps my talks short")
    QTest.keyClick(card.problem.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.mouseClick(card.verdict.segments()[2], Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and cards(desk)[0].verdict is Verdict.REPLACE)
    row = toolkit.read(desk.reader, tool)  # type: ignore[arg-type]
    assert row is not None
    assert (row.name, row.level, row.last_used) == ("Timer of mine", 1, TODAY.isoformat())
    assert row.problem == "Keeps my talks short"

    for _ in range(2):  # the verdict with its day, the sentence
        desk.actions.run("undo")
        wait(lambda: window.is_idle)
    wait(lambda: card.review_word.words() == "in 5 weeks" and not card.problem.shown.words())
    card.name.setFocus()
    card.name.selectAll()
    QTest.keyClick(card.name, Qt.Key.Key_Delete)
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and cards(desk)[0].name == "Timer of mine")


def test_pages_are_tied_to_a_tool_from_the_list_by_its_name(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    here = window.list.current
    QTest.keyClick(window.list.view, Qt.Key.Key_A)
    editor = window.overlays.current
    assert isinstance(editor, TagEditor)
    assert editor.field.accessibleName() == "Add a tool"
    wait(lambda: window.is_idle)
    QTest.keyClicks(editor.field, "Score sheet, short")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and len(cards(desk)) == 1)
    (row,) = cards(desk)
    assert (row.name, row.sources) == ("Score sheet, short", (here,))

    window.show_view(f"toolkit:{row.id}")
    view = window.stack.currentWidget()
    assert isinstance(view, ToolkitView)
    wait(lambda: window.is_idle and [line.row.id for line in view.card.lines] == [here])
    QTest.mouseClick(view.card.add_page, Qt.MouseButton.LeftButton)
    picker = window.overlays.current
    assert isinstance(picker, PagePicker)
    wait(lambda: window.is_idle and picker.list.first is not None)
    other = int(picker.list.first.fills)  # type: ignore[union-attr]
    assert other != here
    QTest.keyClicks(picker.field, lists.page(desk.reader, [other])[0].title[:14])  # type: ignore[arg-type]
    wait(lambda: window.is_idle and picker.list.chosen is not None)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    wait(lambda: window.is_idle and {line.row.id for line in view.card.lines} == {here, other})
    first = next(line for line in view.card.lines if line.row.id == here)
    QTest.keyClick(first, Qt.Key.Key_Delete)
    wait(lambda: window.is_idle and [line.row.id for line in view.card.lines] == [other])
    desk.actions.run("undo")
    wait(lambda: window.is_idle and len(view.card.lines) == 2)
    QTest.keyClick(next(line for line in view.card.lines if line.row.id == here), Qt.Key.Key_Return)
    wait(lambda: window.is_idle and window.reader.wanted == here)


def test_in_a_narrow_window_card_and_table_share_the_room(
    window_on: Callable[..., MainWindow], desk: Desk, wait: Wait
) -> None:
    made(desk, "Timer")
    window = window_on(desk, 820, 700)
    window.show_view("toolkit")
    view = window.stack.currentWidget()
    assert isinstance(view, ToolkitView)
    wait(lambda: window.is_idle and view.card.row is not None)
    assert view.left.isVisible()
    assert not view.card.isVisible()
    press(view, Qt.Key.Key_Return)
    assert view.card.name.hasFocus()
    assert not view.left.isVisible()
    QTest.keyClick(view.card.name, Qt.Key.Key_Escape)
    assert view.list.hasFocus()


def test_the_table_is_written_in_three_forms(
    window: MainWindow, view: ToolkitView, desk: Desk, wait: Wait, tmp_path: Path
) -> None:
    made(desk, "=1+1 <b>", problem="Counts | adds", url="https://example.invalid/")
    wait(lambda: window.is_idle and view.card.row is not None)
    QTest.mouseClick(view.export, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QFileDialog, "save")
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(tmp_path / "tools.csv"))
    dialog.accept()
    wait(lambda: window.is_idle and (tmp_path / "tools.csv").exists())
    for name in ("tools.md", "tools.html"):
        desk.tasks.start(save(desk, tmp_path / name))
    wait(lambda: window.is_idle)
    table, text, page = ((tmp_path / f"tools.{end}").read_text("utf-8") for end in ("csv", "md", "html"))

    assert table.startswith("\ufeffname,problem,")
    assert "'=1+1 <b>" in table
    assert "Counts \\| adds" in text
    assert "<td>=1+1 &lt;b&gt;</td>" in page
    assert "default-src 'none'" in page
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_days_grow_coarse_with_distance() -> None:
    said = [day_words.ago(on(-days), TODAY) for days in (0, 1, 13, 14, 59, 60, 729, 730)]

    assert said == ["today", "yesterday", "13 days ago", "2 weeks ago", "8 weeks ago", "2 months ago",
                    "24 months ago", "2 years ago"]  # fmt: skip
    assert day_words.ago("", TODAY) == "never"
    assert [day_words.until(days) for days in (None, -70, -14, -1, 0, 1, 2, 182)] == [
        "", "2 months late", "2 weeks late", "1 day late", "today", "tomorrow", "in 2 days", "in 6 months",
    ]  # fmt: skip
