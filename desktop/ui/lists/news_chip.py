"""The button over a list that says how many new pages stand above what is seen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from desktop.ui.parts.buttons import Button
from desktop.ui.theme import Lengths, Theme


class NewsChip(Button):
    """Hidden while there is nothing new."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "1 new", icon="arrow-up", kind="main", is_small=True, parent=parent)
        self._list = parent
        self._news: set[int] = set()
        self.hide()

    def add(self, news: Iterable[int], ids: Sequence[int]) -> None:
        """These are new; only what is among ``ids`` counts."""
        self._news = (self._news | set(news)) & set(ids)
        self.setVisible(bool(self._news))
        if self._news:
            self.set_label(f"{len(self._news)} new")
            self.place()

    def forget(self) -> None:
        """They have been seen."""
        self._news.clear()
        self.hide()

    def place(self) -> None:
        """Stand in the middle, below the bar."""
        size = self.sizeHint()
        self.setGeometry(QRect(QPoint((self._list.width() - size.width()) // 2, Lengths.BAR + 8), size))
        self.raise_()
