"""Menus made from the registry: the rows' context menu and the application's own."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.desk import Desk

ROW_ACTS: Final = (
    "open",
    "",
    "done",
    "later",
    "inbox",
    "",
    "tag",
    "goal",
    "link",
    "note_page",
    "try_page",
    "page_activity",
    "basket",
    "for_circle",
    "cite",
    "cite_as",
    "export_selected",
    "mark_unread",
    "",
    "trash",
    "delete",
)
APP_ACTS: Final = (
    "undo", "redo", "", "new_note", "export", "palette", "sort", "group", "density", "theme", "",
    "guide", "connect", "safety", "settings", "keys", "", "quit",
)  # fmt: skip


def menu_of(desk: Desk, names: Sequence[str], parent: QWidget) -> QMenu:
    """A menu of these acts; an empty name is a line. Acts that make no sense now are left out or disabled."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Menu"))
    menu.setToolTipsVisible(True)
    for name in names:
        if not name:
            menu.addSeparator()
            continue
        if not desk.actions.has(name):
            continue
        act, action = desk.actions.get(name), desk.actions.action(name)
        if act.icon:
            role = "danger" if act.is_danger else "muted"
            action.setIcon(icons.icon(act.icon, desk.theme.colour(role)))
        if action.isVisible():
            menu.addAction(action)
    return menu
