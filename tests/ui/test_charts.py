"""The painter widget: every chart speaks, its values are reached by keys, and it paints in any size."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.charts.chart import Chart, drawing_of
from desktop.ui.charts.drawing import ticks
from desktop.ui.charts.values import (
    Aim,
    Axes,
    Bar,
    Bars,
    Dot,
    Drawn,
    Ladder,
    Spot,
    Stack,
    StackedBars,
    Step,
    StepLine,
)
from desktop.ui.theme import Theme

WORDS = ("heard of it", "can follow", "can do with help", "can do alone", "can teach it")
LINE = StepLine(
    "Began low.", WORDS,
    (Step(date(2026, 6, 1), 1, "began"), Step(date(2026, 10, 12), 2, "raised", "raised")),
    (Dot(date(2026, 8, 1), "a page"), Dot(date(2026, 11, 2), "a try")),
    Aim(3, date(2027, 3, 31), "aim"), date(2026, 11, 18),
)  # fmt: skip
ALL: tuple[Drawn, ...] = (
    LINE,
    Bars("Minutes.", tuple(Bar(value, f"{value} minutes", "week") for value in (20, 0, 90)), 60, "plan 60"),
    StackedBars("Acts.", (Stack((3, 2, 0), ("3 seek", "2 sense", "0 share"), "now"),)),
    Ladder("Now: can follow.", WORDS, 1, 3),
    Axes("Moving up.", (Spot(0.1, 0.2, "then"), Spot(0.4, 0.5, "now", "now")), "sharing", "sense"),
)


@pytest.fixture
def theme(qapp: object) -> Iterator[Theme]:
    made = Theme("light")
    yield made
    made.deleteLater()


@pytest.mark.parametrize("drawn", ALL, ids=lambda drawn: type(drawn).__name__)
def test_a_chart_says_its_sentence_and_each_value(drawn: Drawn, theme: Theme, qtbot: QtBot) -> None:
    chart = Chart(theme, "Chart")
    qtbot.addWidget(chart)
    chart.resize(400, 180)
    chart.show_chart(drawn)
    chart.show()
    chart.setFocus()
    spots = drawing_of(theme, drawn, QRectF(0, 0, 400, 180)).spots

    said = []
    for _ in spots:
        QTest.keyClick(chart, Qt.Key.Key_Right)
        said.append(chart.said)

    assert chart.accessibleDescription() == drawn.sentence
    assert said == [spot.said for spot in spots]
    assert chart.accessibleName() == f"Chart: {said[-1]}"
    assert not chart.grab().isNull()


def test_the_values_of_a_line_come_in_order_of_their_days_and_the_aim_last(theme: Theme) -> None:
    spots = drawing_of(theme, LINE, QRectF(0, 0, 500, 180)).spots

    assert [spot.said for spot in spots] == ["began", "a page", "raised", "a try", "aim"]
    assert [spot.box.x() for spot in spots] == sorted(spot.box.x() for spot in spots)
    assert spots[0].box.y() > spots[2].box.y() > spots[4].box.y()


def test_a_value_is_picked_by_enter_and_by_a_click(theme: Theme, qtbot: QtBot) -> None:
    chart = Chart(theme, "Minutes")
    qtbot.addWidget(chart)
    chart.resize(400, 180)
    chart.show_chart(ALL[1])
    chart.is_pickable = True
    chart.show()
    picked: list[int] = []
    chart.picked.connect(picked.append)

    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.box_of(0).center())

    assert picked == [2, 0]


@pytest.mark.parametrize("size", [(20, 20), (160, 40), (2000, 400)])
def test_every_chart_paints_in_every_size(size: tuple[int, int], theme: Theme, qtbot: QtBot) -> None:
    for drawn in (
        *ALL,
        Bars("None.", ()),
        StackedBars("None.", ()),
        StepLine("Just begun.", WORDS, (Step(date(2026, 11, 18), 0, "began"),), today=date(2026, 11, 18)),
        Axes("None.", (), "sharing", "sense"),
    ):
        chart = Chart(theme, "Chart")
        qtbot.addWidget(chart)
        chart.show_chart(drawn)
        chart.resize(*size)

        assert not chart.grab().isNull()


@pytest.mark.parametrize(
    ("highest", "marks"),
    [(0, [0]), (1, [0, 1]), (27, [0, 10, 20]), (150, [0, 60, 120]), (5000, [0, 2400, 4800])],
)
def test_the_grid_has_few_round_numbers(highest: int, marks: list[int]) -> None:
    assert ticks(highest) == marks
