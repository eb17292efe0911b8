"""What the window does about thousands of rows is done in one pass, however long the list."""

from array import array
from collections.abc import Callable
from typing import Any

import pytest

from desktop.library import lists
from desktop.library.values import State, View
from desktop.paths import Paths
from desktop.ui.desk import Desk
from desktop.ui.rows import model as row_model
from desktop.ui.rows.model import RowModel
from desktop.ui.window import MainWindow
from tests.support.many import fill

Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def many(desk_on: Callable[..., Desk], tmp_path: Any) -> Desk:
    paths = Paths(tmp_path / "many" / "kithbook")
    fill(paths, 1_500)
    return desk_on(paths)


def test_positions_of_many_are_found_in_list_order() -> None:
    model = RowModel()
    model.reset(array("q", [9, 4, 7, 1]))

    assert model.positions_of({1, 4, 5}) == [1, 3]
    assert model.positions_of(frozenset()) == []
    assert row_model.without(model.ids, {4, 5}) == array("q", [9, 7, 1])
    assert row_model.stretches([1, 2, 5, 7, 8, 9]) == [(7, 9), (5, 5), (1, 2)]


def test_a_large_act_and_its_undo_look_up_no_row_of_its_own(
    many: Desk, window_on: Callable[[Desk], MainWindow], wait: Wait, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(many)
    window.show_view("archive")
    wait(lambda: window.is_idle)
    window.list.view.verticalScrollBar().setValue(400)  # rows are pinned: what comes is announced
    before = lists.ids(many.reader, View(State.ARCHIVE))  # type: ignore[arg-type]
    asked: list[int] = []
    position_of = RowModel.position_of
    monkeypatch.setattr(
        RowModel, "position_of", lambda self, one: (asked.append(one), position_of(self, one))[1]
    )
    many.actions.run("select_all")
    many.actions.run("later")
    wait(lambda: window.is_idle and not window.list.model.ids)
    many.actions.run("undo")
    wait(lambda: window.is_idle and window.list.model.ids == before)

    assert len(before) > 1_000
    assert len(asked) < 100


def test_rows_that_leave_at_a_key_stay_away_while_the_list_is_read(
    many: Desk, window_on: Callable[[Desk], MainWindow], wait: Wait
) -> None:
    window = window_on(many)
    window.show_view("inbox")
    wait(lambda: window.is_idle)
    count = len(window.list.model.ids)
    gone = window.list.current
    many.actions.run("done")
    window.list.refresh()  # read once more while the act is under way

    assert gone not in window.list.model.ids
    assert len(window.list.model.ids) == count - 1
    wait(lambda: window.is_idle)
    assert gone not in window.list.model.ids
