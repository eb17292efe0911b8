"""The list: windowed model, geometry, day groups, what a row says and shows."""

from array import array
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.errors import NoSpace
from desktop.library import lists
from desktop.library.values import Order, Row, State, View
from desktop.ui.desk import Desk
from desktop.ui.parts import moments
from desktop.ui.parts.moments import Group
from desktop.ui.rows.delegate import RowDelegate, fitting, meta_tail, row_pills
from desktop.ui.rows.model import PAGE, PAGES_KEPT, RowModel, spoken
from desktop.ui.rows.view import RowView
from desktop.ui.theme import Lengths, Theme
from desktop.ui.window import MainWindow

TODAY = date(2026, 11, 18)


def row(**named: object) -> Row:
    values: dict[str, object] = {
        "id": 1, "capture_id": 1, "title": "Pay bands", "site": "query-desk.example", "author": "",
        "published": "", "saved_at": moments.midnight(TODAY) + 10 * 3_600_000, "minutes": 9, "excerpt": "",
        "why": "", "tags": (), "goals": (), "state": State.INBOX, "is_read": False, "is_link_only": False,
        "kind": "page", "versions": 1, "progress": 0.0,
    }  # fmt: skip
    values.update(named)
    return Row(**values)  # type: ignore[arg-type]


def at(*parts: int) -> int:
    return int(datetime(*parts).timestamp() * 1000)  # type: ignore[arg-type]


def test_headings_go_from_today_over_weekdays_and_months_to_years() -> None:
    labels = [one.label for one in moments.boundaries(TODAY)]

    assert labels[:8] == [
        "Today", "Yesterday", "Monday", "Sunday", "Saturday", "Friday", "Thursday", "Earlier this month",
    ]  # fmt: skip
    assert labels[8:10] == ["October", "September"]
    assert "December 2025" in labels
    assert "2024" in labels
    assert labels[-1] == "Long ago"


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 5), date(2024, 2, 29), date(2026, 12, 31)])
def test_boundaries_fall_and_never_repeat_on_any_day(today: date) -> None:
    since = [one.since for one in moments.boundaries(today)]

    assert since == sorted(set(since), reverse=True)


def test_groups_leave_empty_stretches_out_and_turn_round_for_oldest_first() -> None:
    found = moments.boundaries(TODAY)
    counts = [0] * len(found)
    counts[0], counts[2], counts[8] = 2, 3, 1

    assert moments.groups(found, counts) == [Group(0, "Today"), Group(2, "Monday"), Group(5, "October")]
    assert moments.groups(found, counts, False)[0] == Group(0, "October")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 11, 18, 10, 42), "10:42"),
        (at(2026, 11, 16, 9, 0), "Mon"),
        (at(2026, 11, 2, 9, 0), "2 Nov"),
        (at(2025, 11, 12, 9, 0), "12 Nov 2025"),
        (at(2026, 11, 20, 9, 0), "20 Nov"),
    ],
)
def test_a_row_says_when_in_few_letters(moment: int, words: str) -> None:
    assert moments.short(moment, TODAY) == words


def test_the_groups_of_a_library_add_up_to_its_list(desk: Desk) -> None:
    assert desk.reader is not None
    stamps = [one.since for one in moments.boundaries(date.today())]
    for view in (View(), View(State.INBOX), View(State.TRASH)):
        assert sum(lists.saved_between(desk.reader, view, stamps)) == len(lists.ids(desk.reader, view))


def test_the_model_keeps_qts_rules_while_it_changes(desk: Desk) -> None:
    model = RowModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert desk.reader is not None
    model.use(desk.reader)
    ids = lists.ids(desk.reader, View())
    model.replace(ids[:])
    fewer = array("q", (one for at, one in enumerate(ids) if at % 3))
    model.replace(fewer)
    model.replace(ids[:])
    model.replace(array("q", reversed(ids)))

    assert list(model.ids) == list(reversed(ids))
    assert model.row_at(0) is not None
    assert model.position_of(ids[0]) == len(ids) - 1
    assert model.position_of(-5) == -1


def test_small_changes_are_told_row_by_row(desk: Desk) -> None:
    model = RowModel()
    model.replace(array("q", range(10)))
    told: list[tuple[str, int, int]] = []
    model.rowsRemoved.connect(lambda _p, first, last: told.append(("out", first, last)))
    model.rowsInserted.connect(lambda _p, first, last: told.append(("in", first, last)))
    model.replace(array("q", [0, 1, 5, 6, 7, 8, 9, 20, 21]))

    assert told == [("out", 2, 4), ("in", 7, 8)]


def test_only_a_window_of_pages_is_kept(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    asked: list[int] = []

    def page(_reader: object, ids: "array[int]") -> list[Row]:
        asked.append(len(ids))
        return [row(id=one) for one in ids]

    monkeypatch.setattr(lists, "page", page)
    model = RowModel()
    model.use(desk.reader)
    model.replace(array("q", range(PAGE * 100)))
    for number in range(100):
        model.row_at(number * PAGE)
    assert len(model._rows) == PAGES_KEPT * PAGE

    model.row_at(99 * PAGE)
    assert len(asked) == 100
    model.row_at(0)
    assert len(asked) == 101


def test_geometry_is_exact_with_and_without_headings(qapp: QApplication) -> None:
    theme = Theme("light")
    view = RowView(theme)
    model = RowModel(view)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(theme, view))
    view.resize(372, 500)
    model.replace(array("q", range(1, 1001)))
    view.arrange(104, [Group(0, "Today"), Group(3, "Yesterday"), Group(700, "Long ago")])
    for position in (0, 2, 3, 4, 699, 700, 999):
        view.verticalScrollBar().setValue(0)
        box = view.visualRect(model.index(position))
        headings = sum(start <= position for start in (0, 3, 700))
        assert box.top() == position * 104 + headings * Lengths.DAY
        view.scrollTo(model.index(position))
        seen = view.visualRect(model.index(position))
        assert view.viewport().rect().contains(seen)
        assert view.indexAt(seen.center()).row() == position

    view.verticalScrollBar().setValue(0)
    assert not view.indexAt(QPoint(20, 10)).isValid()  # the heading
    assert view.verticalScrollBar().maximum() == 1000 * 104 + 3 * Lengths.DAY - view.viewport().height()
    view.deleteLater()


def test_the_list_draws_headings_and_rows_where_they_are_clicked(window: MainWindow, desk: Desk) -> None:
    view = window.list.view
    third = window.list.model.id_at(2)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(window.list.model.index(2)).center()
    )

    assert desk.selected == (third,)
    assert not view.shows_ring  # the mouse needs no ring
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.shows_ring


def test_shift_click_selects_a_range_and_ctrl_click_single_rows(window: MainWindow, desk: Desk) -> None:
    view, ids = window.list.view, list(window.list.model.ids)

    def click(position: int, held: Qt.KeyboardModifier) -> None:
        place = view.visualRect(window.list.model.index(position)).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)

    click(1, Qt.KeyboardModifier.NoModifier)
    click(3, Qt.KeyboardModifier.ShiftModifier)
    assert set(desk.selected) == set(ids[1:4])
    click(2, Qt.KeyboardModifier.ControlModifier)
    assert set(desk.selected) == {ids[1], ids[3]}


def test_a_row_is_spoken_with_all_that_it_shows() -> None:
    words = spoken(
        row(
            tags=("pay", "hiring"),
            goals=("Fair interviews",),
            why="For January.",
            versions=2,
            is_link_only=True,
        ),
        TODAY,
    )

    assert words == (
        "Pay bands, query-desk.example, unread, link only, 9 min, saved today 10:00, version 2, "
        "why: For January., for Fair interviews, 2 tags: pay, hiring"
    )


def test_the_meta_line_names_time_and_version() -> None:
    assert meta_tail(row(versions=3), TODAY) == "9 min · 10:00 · version 3"
    assert meta_tail(row(minutes=0, saved_at=at(2026, 11, 16, 8, 0)), TODAY) == "Mon"


def test_pills_that_do_not_fit_become_a_number(qapp: QApplication) -> None:
    theme = Theme("light")
    pills = row_pills(row(tags=("one", "two", "three"), goals=("Fair interviews",), is_link_only=True))
    assert [one.text for one in pills] == ["link only", "Fair interviews", "one", "two", "three"]

    assert fitting(theme, pills, 2000) == pills
    assert [one.text for one in fitting(theme, pills, 30)] == ["+5"]
    assert [one.text for one in fitting(theme, pills, 110)] == ["link only", "+4"]


def test_sort_and_density_are_kept_and_seen(
    window: MainWindow, desk: Desk, wait: Callable[[Callable[[], bool]], None]
) -> None:
    newest = list(window.list.model.ids)
    assert window.list.view._starts
    desk.set_setting("list_order", "oldest")
    wait(lambda: list(window.list.model.ids) == newest[::-1] and window.is_idle)
    desk.actions.run("density")
    wait(lambda: window.list.view.row_height == Lengths.ROW_COMPACT)
    wait(lambda: not window.list.view._starts)

    assert desk.settings.text("density") == "compact"
    assert window.list.order is Order.OLDEST


def test_days_of_the_week_stand_a_week_back_only() -> None:
    week_ago = TODAY - timedelta(7)

    assert moments.spoken(at(week_ago.year, week_ago.month, week_ago.day, 8), TODAY) == "11 November 2026"


def test_rows_that_cannot_be_read_are_said_once_and_stay_empty(
    window: MainWindow,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    wait: Callable[[Callable[[], bool]], None],
) -> None:
    def refuses(*_args: object) -> list[Row]:
        raise NoSpace("The disk refuses to read or write the library.")

    monkeypatch.setattr(lists, "page", refuses)
    window.list.model.forget()
    for _ in range(3):
        window.list.view.viewport().repaint()

    assert window.list.model.row_at(0) is None
    wait(lambda: window.banners.sentences == ["The disk refuses to read or write the library."])


def test_days_are_headings_unless_the_person_wants_none(
    window: MainWindow, desk: Desk, wait: Callable[[Callable[[], bool]], None]
) -> None:
    assert len(window.list.view._groups) > 1
    desk.actions.run("group")
    wait(lambda: window.is_idle and not window.list.view._groups)
    assert desk.settings.flag("group_by_day") is False
    desk.actions.run("group")
    wait(lambda: window.is_idle and len(window.list.view._groups) > 1)
