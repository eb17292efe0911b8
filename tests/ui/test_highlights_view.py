"""All highlights in one list, by real events: filters, quotations, colours, removal with undo, the jump."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.errors import NoSpace
from desktop.library import lists
from desktop.library.marks import annotations, highlights
from desktop.library.sense_values import Colour
from desktop.paths import Paths
from desktop.ui.desk import Desk
from desktop.ui.highlights.model import PAGE
from desktop.ui.highlights.view import HighlightsView
from desktop.ui.window import MainWindow
from tests.support.many import fill
from tests.support.many_marks import mark

Wait = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier


MARKS = (
    (0, 0, Colour.STRAW, ("work/sql",)),
    (0, 30, Colour.SAGE, ("work",)),
    (0, 60, Colour.STRAW, ()),
    (1, 0, Colour.SKY, ("work",)),
    (1, 30, Colour.LILAC, ()),
)
"""Page of the list, where in its text, colour, tags."""


@pytest.fixture
def view(window: MainWindow, desk: Desk, wait: Wait) -> HighlightsView:
    """The view, opened by its key, on a library with five highlights."""
    assert desk.reader is not None
    assert desk.library is not None
    assert desk.library.writer is not None
    for page, start, colour, tags in MARKS:
        detail = lists.detail(desk.reader, window.list.model.ids[page])
        assert detail is not None
        annotations.highlight(
            desk.library.writer, detail.capture_id, start, start + 25, colour, comment="Mine.", tags=tags
        )
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    shown = window.stack.currentWidget()
    assert isinstance(shown, HighlightsView)
    wait(lambda: window.is_idle and shown.model.rowCount() == len(MARKS) and shown.list.hasFocus())
    return shown


def test_colours_are_chosen_together_and_the_numbers_follow(
    view: HighlightsView, window: MainWindow, wait: Wait
) -> None:
    whole = view.model.rowCount()
    straw, sage = view.filters.chips[:2]
    assert sum(int(chip.text().split()[-1]) for chip in view.filters.chips) == whole
    QTest.mouseClick(straw, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and {row.colour for row in view.model.rows} == {Colour.STRAW})
    few = view.model.rowCount()
    QTest.mouseClick(sage, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and {row.colour for row in view.model.rows} == {Colour.STRAW, Colour.SAGE})

    assert few < view.model.rowCount() < whole
    assert view.filters.words.text().startswith(f"{view.model.rowCount()} highlights")


def test_tag_time_and_source_narrow_and_an_empty_answer_offers_all(
    view: HighlightsView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    whole = view.model.rowCount()
    work = next(one for one in view.filters.menu("tag").actions() if one.text() == "work")
    work.trigger()
    wait(lambda: window.is_idle and 0 < view.model.rowCount() < whole)
    assert all(any(tag.startswith("work") for tag in row.tags) for row in view.model.rows)

    view.filters.menu("source_id").actions()[1].trigger()
    wait(lambda: window.is_idle and len({row.source_id for row in view.model.rows}) == 1)
    lilac = view.filters.chips[-1]
    QTest.mouseClick(lilac, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and view.stack.currentWidget() is view.empty)
    assert view.empty.title == "No highlight fits"
    QTest.mouseClick(view.empty._main, Qt.MouseButton.LeftButton)
    wait(lambda: window.is_idle and view.model.rowCount() == whole)
    assert not lilac.isChecked()


def test_a_quotation_is_copied_with_its_source(view: HighlightsView, window: MainWindow) -> None:
    row = view.selected()[0]
    QTest.keyClick(view.list, Qt.Key.Key_C)
    text = QGuiApplication.clipboard().text()

    assert text.startswith(f"“{row.quote}”\n— ")
    assert row.title in text
    assert row.url in text
    html = QGuiApplication.clipboard().mimeData().html()
    assert "<blockquote" in html
    assert f'href="{row.url}"' in html
    assert window.toast.isVisible()


def test_enter_asks_the_reader_for_the_place(
    view: HighlightsView, window: MainWindow, desk: Desk, wait: Wait
) -> None:
    asked: list[tuple[int, int]] = []
    desk.mark_asked.connect(lambda *what: asked.append(what))
    QTest.keyClick(view.list, Qt.Key.Key_J)
    row = view.selected()[0]
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    wait(lambda: window.is_idle)

    assert asked == [(row.source_id, row.id)]
    assert window.reader.isVisible()
    assert window.stack.currentWidget() is window.split


def test_keys_recolour_and_remove_and_undo_brings_back(
    view: HighlightsView, window: MainWindow, wait: Wait
) -> None:
    whole, row = view.model.rowCount(), view.selected()[0]
    QTest.keyClick(view.list, Qt.Key.Key_5)
    wait(lambda: window.is_idle and view.model.rows[0].colour is Colour.LILAC)
    QTest.keyClick(view.list, Qt.Key.Key_X)
    wait(lambda: window.is_idle and view.model.rowCount() == whole - 1)
    assert row.id not in [one.id for one in view.model.rows]
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and view.model.rowCount() == whole)
    assert row.id in [one.id for one in view.model.rows]


def test_a_library_without_highlights_says_how_to_make_one(
    window_on: Callable[..., MainWindow], empty_desk: Desk, wait: Wait
) -> None:
    window = window_on(empty_desk)
    empty_desk.ask_view("highlights")
    page = window.stack.currentWidget()
    assert isinstance(page, HighlightsView)
    wait(lambda: window.is_idle and page.empty.title == "No highlights yet")
    assert page.filters.isHidden()


def test_of_very_many_only_what_is_seen_is_read(
    desk_on: Callable[..., Desk],
    window_on: Callable[[Desk], MainWindow],
    tmp_path: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paths = Paths(tmp_path / "many" / "kithbook")
    fill(paths, 400)
    mark(paths, 1_000)
    asked: list[int] = []
    page = highlights.page
    monkeypatch.setattr(
        highlights, "page", lambda reader, ids: (asked.append(len(ids)), page(reader, ids))[1]
    )
    desk = desk_on(paths)
    window = window_on(desk)
    QTest.keyClick(window, Qt.Key.Key_6, CTRL)
    view = window.stack.currentWidget()
    assert isinstance(view, HighlightsView)
    wait(lambda: window.is_idle and view.model.rowCount() > 500 and bool(asked))
    assert sum(asked) <= 2 * PAGE

    view.list.verticalScrollBar().setValue(view.list.verticalScrollBar().maximum())
    view.list.viewport().repaint()
    last = view.model.row_at(view.model.rowCount() - 1)
    assert last is not None
    assert last.id == view.model.ids[-1]
    assert sum(asked) <= 4 * PAGE
    assert len(view.filters.choices["source_id"]) == 30


def test_what_changes_while_the_choices_are_read_is_shown_too(
    view: HighlightsView, window: MainWindow, wait: Wait
) -> None:
    shown = view.model.ids
    view.list.recoloured.emit(Colour.ROSE)
    view.refresh()
    wait(lambda: window.is_idle and view.model.rows[0].colour is Colour.ROSE)

    assert view.model.ids == shown


def test_rows_that_cannot_be_read_stay_empty_and_are_told_once(
    view: HighlightsView, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    error = NoSpace("The disk cannot be read.", "")
    view.model.failed.connect(told.append)

    def page(*_: object) -> list[object]:
        raise error

    monkeypatch.setattr(highlights, "page", page)
    view.model.show(desk.reader, view.model.ids[:])

    assert [view.model.row_at(place) for place in (0, 1, 0)] == [None, None, None]
    assert told == [error]


def test_tab_goes_from_the_list_to_the_filters(view: HighlightsView, window: MainWindow) -> None:
    reached = set()
    for _ in range(30):
        focus = window.focusWidget()
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)

    assert set(view.filters.chips) <= reached
    assert {view.quote, view.copy, view.gather, view.sort} <= reached
