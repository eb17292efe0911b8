"""Tags in the sidebar: a tree whose parents find their children; renamed, merged, coloured, deleted."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from desktop.library import tags
from desktop.library.sense_values import TagRow
from desktop.ui.desk import Desk
from desktop.ui.parts.line_dialog import LineDialog
from desktop.ui.sidebar.menus import TagMenu
from desktop.ui.sidebar.pane import most_used
from desktop.ui.sidebar.places import Entry, plus_of
from desktop.ui.window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier


def entry(window: MainWindow, name: str) -> Entry | None:
    return next((one for one in window.sidebar.list.entries if one.name == name), None)


def menu(window: MainWindow, name: str) -> TagMenu:
    found = window.sidebar._menu(name)
    assert isinstance(found, TagMenu)
    return found


def choose(window: MainWindow, name: str, label: str) -> LineDialog:
    next(one for one in menu(window, name).actions() if one.text() == label).trigger()
    dialog = window.overlays.current
    assert isinstance(dialog, LineDialog)
    return dialog


def answer(dialog: LineDialog, text: str) -> None:
    dialog.field.clear()
    QTest.keyClicks(dialog.field, text)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def test_a_parent_stands_above_its_children_and_finds_them(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    some = tuple(window.list.model.ids[:2])
    desk.tasks.run("tag", tags.tag, some[:1], ("garden/roses",), ())
    desk.tasks.run("tag", tags.tag, some[1:], ("garden/beds/raised",), ())
    wait(lambda: window.is_idle and entry(window, "tag:garden/beds/raised") is not None)
    names = [one.name for one in window.sidebar.list.entries]
    parent = entry(window, "tag:garden")

    assert parent is not None
    assert (parent.count, parent.depth) == (2, 0)
    assert names.index("tag:garden") < names.index("tag:garden/beds") < names.index("tag:garden/beds/raised")
    desk.ask_view("tag:garden")
    wait(lambda: window.is_idle and window.view_name == "tag:garden")
    assert set(window.list.model.ids) == set(some)


def test_a_shown_tag_is_renamed_and_undone(window: MainWindow, desk: Desk, wait: Wait) -> None:
    desk.ask_view("tag:health")
    wait(lambda: window.is_idle and window.list.bar.count > 0)
    count = window.list.bar.count
    answer(choose(window, "tag:health", "Rename …"), "body/health")
    wait(lambda: window.is_idle and window.view_name == "tag:body/health" and window.list.bar.count == count)
    assert entry(window, "tag:health") is None

    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    wait(lambda: window.is_idle and entry(window, "tag:health") is not None)
    assert entry(window, "tag:body/health") is None


def test_two_tags_are_merged_and_one_is_deleted(window: MainWindow, desk: Desk, wait: Wait) -> None:
    some = tuple(window.list.model.ids[:3])
    desk.tasks.run("tag", tags.tag, some[:2], ("alpha",), ())
    desk.tasks.run("tag", tags.tag, some[1:], ("beta",), ())
    wait(lambda: window.is_idle and entry(window, "tag:beta") is not None)
    answer(choose(window, "tag:alpha", "Merge into …"), "beta")
    wait(lambda: window.is_idle and entry(window, "tag:alpha") is None)
    merged = entry(window, "tag:beta")
    assert merged is not None
    assert merged.count == 3

    menu(window, "tag:beta").actions()[-1].trigger()
    wait(lambda: window.is_idle and entry(window, "tag:beta") is None)
    assert window.toast.isVisible()


def test_the_sign_beside_saved_searches_asks_what_to_search_for_and_its_name(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    pane = window.sidebar.list
    row = next(at for at, one in enumerate(pane.entries) if one.act)
    box = pane.visualRect(pane.model().index(row, 0))
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=plus_of(box).center())
    for text in ("is:unread", "To read"):
        wait(lambda: isinstance(window.overlays.current, LineDialog))
        dialog = window.overlays.current
        assert isinstance(dialog, LineDialog)
        answer(dialog, text)

    wait(lambda: [(one.name, one.query) for one in window.sidebar.searches] == [("To read", "is:unread")])


def test_a_colour_is_given_from_the_menu(window: MainWindow, wait: Wait) -> None:
    colours = next(one.menu() for one in menu(window, "tag:health").actions() if one.text() == "Colour")
    next(one for one in colours.actions() if one.text() == "Sky").trigger()
    wait(lambda: window.is_idle and (entry(window, "tag:health") or Entry("", "")).colour == "sky")


def test_many_tags_keep_their_tree_and_the_most_used_come_first() -> None:
    def row(name: str, total: int, depth: int) -> TagRow:
        return TagRow(1, name, None, total, total, 0, 0, depth, ())

    tree = [row("a", 2, 0), row("a/x", 1, 1), row("b", 9, 0), row("b/y", 3, 1)]

    assert [one.name for one in most_used(tree, 3)] == ["b", "b/y", "a"]


def test_a_tag_that_is_let_go_on_another_one_stands_below_it(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    some = tuple(window.list.model.ids[:1])
    desk.tasks.run("tag", tags.tag, some, ("roses", "garden"), ())
    wait(lambda: window.is_idle and entry(window, "tag:roses") is not None)
    view = window.sidebar.list
    names = [one.name for one in view.entries]
    model = view.model()
    roses, garden = (model.index(names.index(f"tag:{name}"), 0) for name in ("roses", "garden"))
    inbox = model.index(names.index("inbox"), 0)
    assert not model.flags(inbox) & Qt.ItemFlag.ItemIsDropEnabled
    view.scrollTo(garden)
    dragged = model.mimeData([roses])
    drop = QDropEvent(
        QPointF(view.visualRect(garden).center()),
        Qt.DropAction.MoveAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(drop)
    wait(lambda: window.is_idle and entry(window, "tag:garden/roses") is not None)
    assert entry(window, "tag:roses") is None
    desk.actions.run("undo")
    wait(lambda: window.is_idle and entry(window, "tag:roses") is not None)
