"""A list below a field: what fits what was typed. The keys stay with the field, Up and Down choose.

Surprising: nothing is chosen until the person goes down, so Enter means what was typed and not what was
guessed; a list that only offers what there is chooses its first line by itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from desktop.ui.palette.box import AnswerModel
from desktop.ui.palette.rows import Answer, AnswerDelegate
from desktop.ui.parts.overlay_bar import OverlayBar
from desktop.ui.theme import Theme


class ChoiceList(QListView):
    """As high as its lines, up to ``tallest`` pixels. ``taken`` says the `Answer` that was clicked."""

    taken = Signal(object)

    def __init__(self, theme: Theme, name: str, tallest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tallest = tallest
        self.answers = AnswerModel(self)
        self.setModel(self.answers)
        self.setItemDelegate(AnswerDelegate(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setViewportMargins(8, 0, 8, 0)  # the signs stand below the edge of the field
        self.bar = OverlayBar(theme, self)
        self.clicked.connect(self._on_clicked)

    def fill(self, choices: Sequence[Answer], *, is_first_chosen: bool = False) -> None:
        """Show these."""
        self.answers.show(choices)
        height = min(self._tallest, sum(one.height for one in choices))
        self.setFixedHeight(height)
        self.setVisible(bool(choices))
        self.updateGeometry()
        if is_first_chosen:
            self.go(1)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @property
    def chosen(self) -> Answer | None:
        """The line that is chosen, if one is."""
        row = self.currentIndex().row()
        return self.answers.items[row] if 0 <= row < len(self.answers.items) else None

    @property
    def first(self) -> Answer | None:
        """The first line that can be chosen."""
        return next((one for one in self.answers.items if one.is_choice), None)

    def go(self, step: int) -> None:
        """Choose the next line (1) or the one before (-1); above the first, none is chosen."""
        rows = [at for at, one in enumerate(self.answers.items) if one.is_choice]
        row = self.currentIndex().row()
        place = (rows.index(row) if row in rows else -1) + step
        if place < 0 or not rows:
            self.setCurrentIndex(QModelIndex())
            self.scrollToTop()
            return
        self.setCurrentIndex(self.answers.index(rows[min(place, len(rows) - 1)]))
        if place == 0:
            self.scrollToTop()

    def _on_clicked(self, index: QModelIndex) -> None:
        choice = self.answers.items[index.row()]
        if choice.is_choice:
            self.taken.emit(choice)
