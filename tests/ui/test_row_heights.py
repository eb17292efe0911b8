"""Rows of different heights: where each stands, how few of many are measured, and that nothing jumps."""

from itertools import pairwise
from operator import itemgetter

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.rows.heights import EqualHeights, MeasuredHeights
from desktop.ui.rows.items import At, ItemDelegate, ItemList, ItemModel

Thing = tuple[int, int]
"""Its number, its height."""
MANY = 20_000


class Sizes(ItemDelegate[Thing]):
    """Every value is as high as it says; notes which were asked for."""

    HEIGHT = 50
    IS_MEASURED = True

    def height(self, item: Thing, width: int) -> int:
        asked.append(item[0])
        return item[1] + (20 if width < 300 else 0)

    def paint_item(self, painter: QPainter, box: QRect, item: Thing, at: At) -> None:
        painter.drawText(box, 0, str(item[0]))


asked: list[int] = []


def _things(number: int) -> list[Thing]:
    return [(at, 30 + at * 7 % 60) for at in range(number)]


@pytest.fixture
def many(qtbot: QtBot, empty_desk: Desk) -> ItemList[Thing]:
    asked.clear()
    values: ItemModel[Thing] = ItemModel(itemgetter(0), lambda one: str(one[0]), lambda one: str(one[0]))
    made = ItemList(empty_desk, "Things", values, Sizes(empty_desk.theme), {}, {})
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    qtbot.waitExposed(made)
    made.show_items(_things(MANY))
    return made


def _boxes(shown: ItemList[Thing]) -> list[tuple[int, int, int]]:
    boxes = ((row, shown.visualRect(shown.values.index(row))) for row in shown.visible_rows())
    return [(row, box.top(), box.height()) for row, box in boxes]


def _is_seamless(shown: ItemList[Thing]) -> bool:
    boxes = _boxes(shown)
    return all(one[1] + one[2] == two[1] for one, two in pairwise(boxes))


def test_heights_add_up_and_unknown_ones_are_taken_for_usual() -> None:
    heights = MeasuredHeights(10)
    heights.resize(4)
    assert (heights.edge(2), heights.edge(4), heights.at(25)) == (20, 40, 2)

    heights.learn([1], [30])

    assert [heights.edge(row) for row in range(5)] == [0, 10, 40, 50, 60]
    assert [heights.at(y) for y in (0, 9, 10, 39, 40)] == [0, 0, 1, 1, 2]
    assert heights.unknown(range(9)) == [0, 2, 3]
    heights.resize(2)
    assert heights.unknown(range(2)) == [0, 1]


def test_equal_heights_are_plain_arithmetic() -> None:
    heights = EqualHeights(56)
    assert (heights.edge(100_000), heights.at(57)) == (5_600_000, 1)


def test_only_rows_that_are_near_are_measured(many: ItemList[Thing]) -> None:
    assert set(asked) < set(range(40))
    many.verticalScrollBar().setValue(many.verticalScrollBar().maximum() // 2)
    assert len(set(asked)) < 100


def test_every_row_seen_has_its_own_height_and_they_stand_close(many: ItemList[Thing]) -> None:
    for place in (0, 333_333, many.verticalScrollBar().maximum()):
        many.verticalScrollBar().setValue(place)
        assert all(height == 30 + row * 7 % 60 for row, _, height in _boxes(many))
        assert _is_seamless(many)


def test_a_row_is_found_where_it_is_painted(many: ItemList[Thing]) -> None:
    many.verticalScrollBar().setValue(12_345)
    for row, top, height in _boxes(many)[1:-1]:
        assert many.indexAt(QPoint(5, top)).row() == row
        assert many.indexAt(QPoint(5, top + height - 1)).row() == row


@pytest.mark.parametrize("row", [0, 57, 9_999, MANY - 1])
def test_a_row_that_is_wanted_comes_wholly_into_sight(many: ItemList[Thing], row: int) -> None:
    many.choose(row)
    many.scrollTo(many.values.index(row), QAbstractItemView.ScrollHint.EnsureVisible)
    box = many.visualRect(many.values.index(row))
    assert box.top() >= 0
    assert box.bottom() < many.viewport().height()


def test_the_row_at_the_top_stays_when_all_are_measured_anew(many: ItemList[Thing]) -> None:
    many.scrollTo(many.values.index(7_000), QAbstractItemView.ScrollHint.PositionAtTop)
    top = many.visible_rows().start
    many.show_items(_things(MANY))  # the same, read anew
    assert many.visible_rows().start == top
    many.resize(280, 600)  # other widths, other heights
    assert many.visible_rows().start == top
    assert all(height == 50 + row * 7 % 60 for row, _, height in _boxes(many))


def test_keys_reach_the_end_and_fewer_rows_leave_nothing_behind(many: ItemList[Thing]) -> None:
    QTest.keyClick(many, Qt.Key.Key_End)
    assert many.current == (MANY - 1, 30 + (MANY - 1) * 7 % 60)
    many.show_items(_things(3))
    assert many.verticalScrollBar().maximum() == 0
    assert [row for row, _, _ in _boxes(many)] == [0, 1, 2]
    assert many.current is not None
    many.show_items(())
    assert many.current is None
    assert many.selected() == []
    many.grab()


def test_headings_stand_between_rows_of_different_heights(many: ItemList[Thing]) -> None:
    many.show_items(_things(4), (("First", 1), ("Others", 3)))
    tops = [top for _, top, _ in _boxes(many)]
    first = 30
    assert tops[1] - tops[0] > first
    assert many.indexAt(QPoint(5, tops[1] - 1)).row() == -1  # the heading


def test_what_was_selected_stays_selected_when_rows_come_and_go(many: ItemList[Thing]) -> None:
    many.show_items(_things(5))
    many.choose_key(3)
    many.show_items([thing for thing in _things(5) if thing[0] != 1])
    assert many.current == _things(5)[3]
    many.show_items([thing for thing in _things(5) if thing[0] not in (1, 3)])
    assert [one[0] for one in many.selected()] == [4]  # what stands in its place
