"""What the list does not do while one types, moves and looks: work that would be felt at every key."""

from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.library import lists
from desktop.library.values import Order
from desktop.paths import Paths
from desktop.ui.desk import Desk
from desktop.ui.lists import search as list_search
from desktop.ui.lists.loading import TYPED
from desktop.ui.parts.shadow import paint_floating
from desktop.ui.rows import delegate as row_delegate
from desktop.ui.rows.delegate import paint_lines
from desktop.ui.rows.model import RowModel
from desktop.ui.rows.view import RowView
from desktop.ui.theme import Theme
from desktop.ui.window import MainWindow
from tests.support.many import fill

Wait = Callable[[Callable[[], bool]], None]
MANY = 400


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.number = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.number += event.type() == QEvent.Type.Paint
        return False


class Rows(QStyledItemDelegate):
    """Notes which rows are painted."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.painted: list[int] = []

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.painted.append(index.row())


@pytest.fixture
def typing(
    desk_on: Callable[..., Desk],
    window_on: Callable[[Desk], MainWindow],
    tmp_path: Path,
    wait: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> MainWindow:
    """A window on many pages whose search takes no pause by itself."""
    paths = Paths(tmp_path / "many" / "kithbook")
    fill(paths, MANY)
    monkeypatch.setattr(list_search, "PAUSE", 600_000)
    window = window_on(desk_on(paths))
    wait(lambda: window.list._desk.searching.is_open)
    current = window.list._desk.tasks.start(window.list._desk.searching.is_current())
    wait(current.done)
    window.show_view("all")
    wait(lambda: window.is_idle)
    window.list._desk.actions.run("search")
    return window


def pause(window: MainWindow) -> None:
    window.list.search.asked.emit(window.list.search.text, True)


def test_while_one_types_the_first_are_shown_and_the_number_when_typing_pauses(
    typing: MainWindow, wait: Wait
) -> None:
    QTest.keyClicks(typing.list.search.field, "sh")
    wait(lambda: typing.list.bar.accessibleName() == f"All, {TYPED}+" and typing.is_idle)
    assert len(typing.list.model.ids) == TYPED

    pause(typing)
    wait(lambda: typing.is_idle and len(typing.list.model.ids) > TYPED)
    assert typing.list.bar.accessibleName() == f"All, {len(typing.list.model.ids)}"


def test_the_reader_follows_once_typing_pauses(typing: MainWindow, wait: Wait) -> None:
    followed: list[int] = []
    typing.list.current_changed.connect(followed.append)
    QTest.keyClicks(typing.list.search.field, "shift")
    wait(lambda: typing.is_idle and 0 < len(typing.list.model.ids) <= TYPED)
    QTest.qWait(150)  # twice as long as a held key is waited for
    assert followed == []

    pause(typing)
    wait(lambda: followed == [typing.list.current] and typing.is_idle)


def test_letters_keep_the_order_of_the_list(typing: MainWindow, wait: Wait) -> None:
    desk = typing.list._desk
    desk.settings.set("list_order", Order.TITLE.value)
    QTest.keyClicks(typing.list.search.field, "sh")
    wait(lambda: typing.is_idle and len(typing.list.model.ids) == TYPED)
    titles = [row.title for row in lists.page(desk.reader, typing.list.model.ids)]  # type: ignore[arg-type]

    assert titles == sorted(titles, key=str.lower)


def test_what_was_found_while_typing_is_not_painted_again_when_it_is_all(
    typing: MainWindow, wait: Wait
) -> None:
    QTest.keyClicks(typing.list.search.field, "regression")
    wait(lambda: typing.is_idle and 0 < len(typing.list.model.ids) < TYPED)
    found = array("q", typing.list.model.ids)
    resets: list[bool] = []
    typing.list.model.modelReset.connect(lambda: resets.append(True))
    pause(typing)
    wait(lambda: typing.is_idle and typing.list.search.words.isVisible() is False)

    assert array("q", sorted(typing.list.model.ids)) == array("q", sorted(found))
    assert len(resets) <= (typing.list.model.ids != found)


@pytest.fixture
def view(qapp: QApplication) -> RowView:
    theme = Theme("light")
    view = RowView(theme)
    view.setModel(RowModel(view))
    view.setItemDelegate(Rows(view))
    view.resize(300, 400)
    view.show()
    QTest.qWaitForWindowExposed(view)
    return view


def test_a_list_that_is_shown_anew_is_painted_once(view: RowView, qapp: QApplication) -> None:
    qapp.processEvents()
    paints = Paints(view.viewport())
    model = view.model()
    assert isinstance(model, RowModel)
    model.reset(array("q", range(50)))
    view.arrange(92, ())
    for _ in range(5):
        qapp.processEvents()

    assert paints.number == 1


def test_only_the_rows_below_what_moves_are_painted(view: RowView, qapp: QApplication) -> None:
    model, rows = view.model(), view.itemDelegate()
    assert isinstance(model, RowModel)
    assert isinstance(rows, Rows)
    model.reset(array("q", range(50)))
    view.arrange(92, ())
    for _ in range(5):
        qapp.processEvents()
    rows.painted.clear()
    view.viewport().repaint(QRect(0, 100, 300, 20))

    assert rows.painted == [1]


def test_a_row_that_leaves_costs_no_reading_of_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []
    page = lists.page
    monkeypatch.setattr(lists, "page", lambda reader, ids: (asked.append(list(ids)), page(reader, ids))[1])
    assert desk.reader is not None
    model = RowModel()
    model.use(desk.reader)
    ids = array("q", [one for (one,) in desk.reader.rows("SELECT id FROM source ORDER BY id LIMIT 9")])
    model.reset(ids[:])
    model.row_at(0)
    model.replace(array("q", ids[1:]))
    model.row_at(0)
    model.replace(ids[:])
    model.row_at(0)
    assert asked == [list(ids)]

    model.forget([ids[2]])
    assert model.row_at(2) is not None
    assert asked == [list(ids), [ids[2]]]


def test_lines_that_are_painted_again_look_the_same(qapp: QApplication) -> None:
    theme = Theme("light")
    row_delegate._laid_out.cache_clear()

    def picture(text: str) -> QImage:
        image = QImage(240, 60, QImage.Format.Format_ARGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setPen(theme.colour("text"))
        paint_lines(painter, text, theme.font("row"), QRect(4, 4, 230, 0), 19, 2)
        painter.end()
        return image

    long = "Shift planning for people who never liked them, " * 5
    first = picture(long)
    assert picture(long) == first
    assert picture("Pay bands") != first
    assert row_delegate._laid_out.cache_info().hits == 1


def test_a_shadow_is_kept_by_size_and_theme(qapp: QApplication) -> None:
    def picture(theme: Theme, width: int) -> QImage:
        image = QImage(200, 120, QImage.Format.Format_ARGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        paint_floating(painter, theme, QRect(30, 30, width, 50).toRectF(), is_dialog=False)
        painter.end()
        return image

    light = picture(Theme("light"), 100)

    assert picture(Theme("light"), 100) == light
    assert picture(Theme("light"), 120) != light
    assert picture(Theme("dark"), 100) != light


def test_sources_are_put_into_the_order_of_a_list(desk: Desk) -> None:
    assert desk.reader is not None
    ids = [one for (one,) in desk.reader.rows("SELECT id FROM source ORDER BY id LIMIT 9")]
    found = lists.in_order(desk.reader, [*ids, 999_999], Order.TITLE)
    titles = [row.title.lower() for row in lists.page(desk.reader, found)]

    assert sorted(found) == ids
    assert titles == sorted(titles)
