"""Chips in lines, as words in a text: the layout of the tag editor.

Surprising: Qt has no such layout of its own.
"""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Widgets in lines, as words in a text."""

    GAP = 6

    def __init__(self, parent: QWidget, usual: int) -> None:
        super().__init__(parent)
        self._usual = usual
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take every widget out and let it go."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._arrange(box, is_trial=False)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self._usual))

    def minimumSize(self) -> QSize:
        return QSize(60, 26 if self._items else 0)

    def _arrange(self, box: QRect, *, is_trial: bool) -> int:
        edge = self.contentsMargins()
        box = box.marginsRemoved(edge)
        x, y, line = box.left(), box.top(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > box.left() and x + size.width() > box.right() + 1:
                x, y, line = box.left(), y + line + self.GAP, 0
            if not is_trial:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.GAP
            line = max(line, size.height())
        return y + line - box.top() + edge.top() + edge.bottom()
