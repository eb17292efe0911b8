"""Every view for those who use no mouse, no eyes or large letters: names, the way of Tab, room, contrast."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QWidget

from desktop.learning import toolkit
from desktop.ui.desk import Desk
from desktop.ui.window import MainWindow
from tests.support.learning import learn_some

Wait = Callable[..., None]
LISTS = ("inbox", "all", "trash", "tag:hiring")
PAGES = (
    "highlights", "notes", "goals", "goal:1", "learning", "learning:tries",
    "review", "resurfacing", "questions", "balance", "people", "toolkit", "portfolio",
    "basket", "received", "outbox", "connect", "settings", "settings:keys", "settings:sharing", "safety",
)  # fmt: skip
OVER = ("guide", "keys", "palette", "tag", "goal")
SPEAKING = (
    QAccessible.Role.Button, QAccessible.Role.PushButton, QAccessible.Role.EditableText,
    QAccessible.Role.List, QAccessible.Role.ListItem, QAccessible.Role.Table, QAccessible.Role.Cell,
    QAccessible.Role.CheckBox, QAccessible.Role.ComboBox, QAccessible.Role.RadioButton,
    QAccessible.Role.Tree, QAccessible.Role.TreeItem, QAccessible.Role.Slider, QAccessible.Role.SpinBox,
)  # fmt: skip


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The sample library with a tool about one of its pages, for the views that would be empty."""
    assert desk.library is not None
    assert desk.library.writer is not None
    source = desk.library.reader.rows("SELECT id FROM source LIMIT 1")[0][0]
    toolkit.make(desk.library.writer, "Timer", "Keeps the time", review_on="2026-01-01", source_ids=[source])
    learn_some(desk.library, has_comment=False)
    return desk


def open_view(window: MainWindow, desk: Desk, wait: Wait, view: str) -> None:
    wait(lambda: window.is_idle)
    if window.overlays.current is not None:
        window.overlays.current.dismiss()
    if view in OVER:
        desk.actions.run(view)
    else:
        window.show_view(view)
    wait(lambda: window.is_idle)
    QApplication.processEvents()


def walk(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None and child.isValid():
            yield from walk(child)


def test_every_control_of_every_view_says_its_name(window: MainWindow, desk: Desk, wait: Wait) -> None:
    for view in (*LISTS, *PAGES, *OVER):
        open_view(window, desk, wait, view)

        assert nameless(window) == [], view


def nameless(window: MainWindow) -> list[tuple[QAccessible.Role, str]]:
    """Controls that are seen and say nothing."""
    top = QAccessible.queryAccessibleInterface(window)
    assert top is not None
    found = []
    for one in walk(top):
        is_seen = one.role() in SPEAKING and not one.state().invisible  # type: ignore[attr-defined]
        if is_seen and not one.text(QAccessible.Text.Name).strip():
            found.append((one.role(), type(one.object()).__name__))
    return found


def test_tab_goes_to_every_button_of_every_view_and_comes_back(
    window: MainWindow, desk: Desk, wait: Wait
) -> None:
    for view in ("inbox", *PAGES):
        open_view(window, desk, wait, view)

        assert not_reached(window) == [], view


def not_reached(window: MainWindow) -> list[str]:
    """Buttons that Tab does not come to on its way round."""
    window.sidebar.list.setFocus()
    seen: list[QWidget] = []
    for _ in range(150):
        focus = window.focusWidget()
        assert focus is not None
        if focus in seen:
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert window.focusWidget() in seen
    return [
        one.accessibleName() or one.text()
        for one in window.findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled() and one not in seen and not _is_reached_otherwise(one, seen)
    ]


def _is_reached_otherwise(button: QAbstractButton, seen: list[QWidget]) -> bool:
    """Arrow keys go through exclusive buttons; Qt's own button in a field needs no focus."""
    group = button.group()
    beside = [one for one in seen if isinstance(one, QAbstractButton) and one.parent() is button.parent()]
    is_exclusive = (group is not None and group.exclusive()) or button.autoExclusive()
    return (is_exclusive and bool(beside)) or isinstance(button.parent(), QLineEdit)


def test_at_twice_the_size_every_button_stands_inside_the_window(
    window_on: Callable[..., MainWindow], desk: Desk, wait: Wait
) -> None:
    """A screen of 1280 × 800 at 200 % has room for 640 × 400."""
    window = window_on(desk, 640, 400)
    for view in ("inbox", *PAGES, "guide", "keys"):
        open_view(window, desk, wait, view)

        assert outside_of(window) == [], view


def outside_of(window: MainWindow) -> list[str]:
    """Buttons that stand beyond an edge, where nothing can be rolled into sight."""
    outside = []
    for one in window.findChildren(QAbstractButton):
        left = one.mapTo(window, QPoint(0, 0)).x()
        if one.isVisible() and not _is_scrolled(one) and (left < 0 or left + one.width() > window.width()):
            outside.append(one.accessibleName())
    return outside


def _is_scrolled(widget: QWidget) -> bool:
    """Whether it can be brought into sight sideways."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea) and above.horizontalScrollBar().maximum() > 0:
            return True
        above = above.parentWidget()
    return False


def test_only_the_toast_moves_and_it_keeps_still_when_asked(root: Path) -> None:
    moving = {
        path.name
        for path in (root / "desktop" / "ui").rglob("*.py")
        if "Animation(" in path.read_text("utf-8") or "QTimeLine" in path.read_text("utf-8")
    }

    assert moving <= {"toast.py"}
