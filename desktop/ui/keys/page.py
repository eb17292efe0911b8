"""The page Keys of the settings: every act with its keys, found by words; Enter or a click changes them.

Surprising: it reads the registry when it is shown, so an act that was added later is there.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.languages import tr
from desktop.ui.actions import Act, Actions, key_text
from desktop.ui.desk import Desk
from desktop.ui.keys.editor import KeyEditor, keep_keys, paint_keys
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.moments import Group
from desktop.ui.parts.page import COLUMN, SIDE, Ground, heading
from desktop.ui.parts.words_card import Words
from desktop.ui.rows.view import RowView

ROW = 38
ACT_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class ActModel(QAbstractListModel):
    """Acts of the registry, group by group, those that have all the words."""

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.acts: list[Act] = []

    def fill(self, words: str) -> tuple[Group, ...]:
        """Read the registry; the headings and where they stand."""
        groups: dict[str, list[Act]] = {}
        for act in self._actions:
            if matches(act, words):
                groups.setdefault(act.group, []).append(act)
        self.beginResetModel()
        self.acts = [act for acts in groups.values() for act in acts]
        self.endResetModel()
        found, start = [], 0
        for label, acts in groups.items():
            found.append(Group(start, tr(label)))
            start += len(acts)
        return tuple(found)

    def renew(self) -> None:
        """Show the keys that hold now."""
        self.acts = [self._actions.get(act.name) for act in self.acts]
        if self.acts:
            self.dataChanged.emit(self.index(0), self.index(len(self.acts) - 1))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.acts)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.acts):
            return None
        act = self.acts[index.row()]
        if role == ACT_ROLE:
            return act
        if role == Qt.ItemDataRole.DisplayRole:
            return act.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{act.label}: {said(act.keys)}"
        return None


class ActDelegate(QStyledItemDelegate):
    """An act and its keys in one line; a dot where the keys are not the usual ones."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._actions = desk.theme, desk.actions

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(300, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        act: Act | None = index.data(ACT_ROLE)
        if act is None:
            return
        box, colour = QRect(option.rect), self._theme.colour
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            is_active = bool(option.state & QStyle.StateFlag.State_Active)
            painter.fillRect(box, colour("selected" if is_active else "selected_idle"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colour("hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        is_own = act.keys != self._actions.usual_keys(act.name)
        painter.setFont(self._theme.font("strong" if is_own else "body"))
        painter.setPen(colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box.adjusted(16, 0, -160, 0), middle, act.label)
        paint_keys(painter, self._theme, box.adjusted(0, 0, -16, 0), act.keys)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(QRectF(box).adjusted(1, 1, -1, -2))
        painter.restore()


class ActList(RowView):
    """The list; a click changes an act's keys as Enter does, Delete gives it its usual ones again."""

    usual_asked = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.usual_asked.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.opened.emit(index)


class KeysPage(Ground):
    """A page of the settings."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme, "surface")
        self._desk = desk
        self.model = ActModel(desk.actions, self)
        self.list = ActList(desk.theme)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ActDelegate(desk, self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(tr("Acts and their keys"))
        self.list.opened.connect(self._on_opened)
        self.list.usual_asked.connect(self._on_row_reset)
        self.find_field = QLineEdit()
        self.find_field.setPlaceholderText(tr("Find an act or a key"))
        self.find_field.setAccessibleName(tr("Find an act or a key"))
        self.find_field.textChanged.connect(self._fill)
        self.find_field.installEventFilter(self)
        self.reset = Button(desk.theme, tr("All usual keys"), icon="undo-2")
        self.reset.clicked.connect(self._on_reset)
        self._nothing = Words(desk.theme, "body", 20, "muted")
        self._build()
        desk.actions.keys_changed.connect(self._on_keys_changed)

    def _build(self) -> None:
        theme = self._desk.theme
        words = Words(theme, "body", 20, "muted")
        words.say(
            tr(
                "Single letters work while the list or the reader has the focus, never while you write. "
                "Enter changes the keys of an act, Delete brings its usual ones back."
            )
        )
        tools = QHBoxLayout()
        tools.setSpacing(12)
        tools.addWidget(self.find_field, 1)
        tools.addWidget(self.reset)
        holder = QWidget()
        holder.setMaximumWidth(COLUMN)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, space in ((heading(theme, tr("Keys")), 4), (words, 12)):
            column.addWidget(widget)
            column.addSpacing(space)
        column.addLayout(tools)
        column.addSpacing(8)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 22, SIDE, 0)
        row.addWidget(holder, 1000)
        row.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the registry anew."""
        super().showEvent(event)
        self._fill(self.find_field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the field into the list."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self.find_field and is_press and event.key() == Qt.Key.Key_Down:  # type: ignore[attr-defined]
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _fill(self, words: str) -> None:
        self.list.arrange(ROW, self.model.fill(words))
        if self.model.acts:
            self.list.setCurrentIndex(self.model.index(0))
        self._nothing.say("" if self.model.acts else tr("No act has these words or this key."))
        self._nothing.setVisible(not self.model.acts)
        self._on_keys_changed()

    def _on_keys_changed(self) -> None:
        self.model.renew()
        actions = self._desk.actions
        self.reset.setEnabled(any(act.keys != actions.usual_keys(act.name) for act in actions))
        self.list.viewport().update()

    def _on_opened(self, index: QModelIndex) -> None:
        act: Act = index.data(ACT_ROLE)
        self._desk.ask_overlay(partial(KeyEditor, self._desk, act.name))

    def _on_row_reset(self, index: QModelIndex) -> None:
        act: Act = index.data(ACT_ROLE)
        keep_keys(self._desk, act.name, self._desk.actions.usual_keys(act.name))

    def _on_reset(self) -> None:
        self._desk.keep_setting("keys", "")


def matches(act: Act, words: str) -> bool:
    """Whether every word is in an act's label, its group or its keys."""
    text = f"{act.label} {tr(act.group)}".casefold()
    keys = {key_text(key).casefold() for key in act.keys}
    wanted = words.casefold().strip()
    return wanted in keys or all(word in text for word in wanted.split())


def said(keys: Sequence[str]) -> str:
    """Keys as a sentence has them."""
    return tr(" or ").join(key_text(key) for key in keys) or tr("no key")
