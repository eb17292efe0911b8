"""Acts on the window itself: where to go, how it looks, how lists are sorted."""

from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.languages import mark, tr
from desktop.library.values import Order
from desktop.ui.actions import Act
from desktop.ui.desk import Desk
from desktop.ui.views import SEEK

GO, LOOK = mark("Go to"), mark("Window")

ORDERS = (
    (Order.NEWEST, mark("Newest first")),
    (Order.OLDEST, mark("Oldest first")),
    (Order.SHORTEST, mark("Shortest first")),
    (Order.LONGEST, mark("Longest first")),
    (Order.TITLE, mark("By title")),
    (Order.SITE, mark("By site")),
)
_NEXT_THEME = {"light": "dark", "dark": "contrast", "contrast": "light"}


class WindowActs(QObject):
    """Registers what needs no widget; the window adds what does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        add = desk.actions.add
        for number, place in enumerate(SEEK, 1):
            go = partial(desk.ask_view, place.name)
            add(
                Act(
                    f"show_{place.name}",
                    tr("Open {label}").format(label=place.label),
                    go,
                    (f"Ctrl+{number}",),
                    place.icon,
                    GO,
                )
            )
        show = partial(desk.ask_view, "highlights")
        add(Act("show_highlights", tr("Open Highlights"), show, ("Ctrl+6",), "highlighter", GO))
        add(Act("settings", tr("Settings"), partial(desk.ask_view, "settings"), ("Ctrl+,",), "settings", GO))
        add(Act("connect", tr("Connect a browser"), partial(desk.ask_view, "connect"), (), "globe", GO))
        add(Act("guide", tr("First steps"), partial(desk.ask_view, "guide"), (), "list-checks", GO))
        add(Act("group", tr("Group the list by day, or not"), self.group, (), "calendar-days", LOOK))
        add(Act("density", tr("Compact or comfortable rows"), self.density, (), "rows-3", LOOK))
        add(Act("theme", tr("Light, dark or high contrast"), self.theme, (), "moon", LOOK))
        add(Act("sort", tr("Sort the list"), self.sort, (), "arrow-up-down", LOOK))

    def group(self) -> None:
        """Headings for days, or none."""
        self._desk.set_setting("group_by_day", not self._desk.settings.flag("group_by_day"))

    def density(self) -> None:
        """The other height of rows."""
        is_compact = self._desk.settings.text("density") == "compact"
        self._desk.set_setting("density", "comfortable" if is_compact else "compact")

    def theme(self) -> None:
        """The next theme."""
        self._desk.set_setting("theme", _NEXT_THEME[self._desk.theme.name])

    def sort(self) -> None:
        """Ask the window for the menu of orders."""
        self._desk.sort_asked.emit()


def sort_menu(desk: Desk, parent: QWidget) -> QMenu:
    """The orders of a list, the present one ticked."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Sort the list"))
    group = QActionGroup(menu)
    now = desk.settings.text("list_order")
    for order, label in ORDERS:
        action = QAction(tr(label), menu)
        action.setCheckable(True)
        action.setChecked(order.value == now)
        action.triggered.connect(partial(desk.set_setting, "list_order", order.value))
        group.addAction(action)
        menu.addAction(action)
    return menu


def below(button: QWidget) -> QPoint:
    """Where a menu of ``button`` opens."""
    return button.mapToGlobal(QPoint(0, button.height() + 2))
