"""Choose highlights to quote in a note: type words of them, go down, Enter.

Surprising: with nothing typed it shows the newest ones, since that is what one has just been reading.
"""

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.library.marks.highlights import Filter, HighlightOrder
from desktop.ui.desk import Desk
from desktop.ui.highlights.model import HighlightModel, Loaded, load
from desktop.ui.highlights.rows import HighlightList
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.overlay import Overlay
from desktop.ui.parts.page import faint
from desktop.ui.theme import Lengths

MOST = 60
PAUSE_MS = 60


class QuotePicker(Overlay):
    """``chosen`` says the highlights, in list order."""

    chosen = Signal(list)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        title = tr("Insert a quotation")
        super().__init__(desk.theme, title, Lengths.PALETTE, parent)
        self._desk = desk
        heading = QLabel(title, self.panel)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(desk.theme.font("section"))
        self.field = QLineEdit(self.panel)
        self.field.setMinimumHeight(36)
        self.field.setPlaceholderText(tr("Words of the highlight, of my comment or of the page’s title"))
        self.field.setAccessibleName(tr("Find a highlight"))
        self.field.installEventFilter(self)
        self.model = HighlightModel(self)
        self.list = HighlightList(desk, self.model, self.panel)
        self.list.setAccessibleName(tr("My highlights"))
        self.list.opened.connect(self._on_opened)
        self.said = faint(desk.theme, parent=self.panel)
        self.cancel = Button(desk.theme, tr("Cancel"), parent=self.panel)
        self.cancel.clicked.connect(self.dismiss)
        self.agree = Button(desk.theme, tr("Insert"), kind="main", key="Enter", parent=self.panel)
        self.agree.clicked.connect(self.insert)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.field.textChanged.connect(lambda: self._pause.start())
        self._build(heading)
        self._ask()

    def _build(self, heading: QLabel) -> None:
        words = QVBoxLayout()
        words.setContentsMargins(24, 0, 24, 0)
        words.setSpacing(10)
        words.addWidget(heading)
        words.addWidget(self.field)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.agree)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(1, 18, 1, 16)
        layout.setSpacing(12)
        layout.addLayout(words)
        layout.addWidget(self.list, 1)
        layout.addLayout(row)

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width, height = min(self._width, self.width() - 32), min(560, self.height() - 48)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def insert(self) -> None:
        """Say what is selected, and close."""
        places = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        rows = [row for place in places if (row := self.model.row_at(place)) is not None]
        if rows:
            self.dismiss()
            self.chosen.emit(rows)

    def _ask(self) -> None:
        self._desk.tasks.start(self._load(self.field.text().strip()))

    async def _load(self, words: str) -> None:
        found: Loaded | None = await self._desk.tasks.read(load, Filter(words=words), HighlightOrder.NEWEST)
        if found is None or self._is_closing or words != self.field.text().strip():
            return
        self.model.show(self._desk.reader, found.ids[:MOST])
        self.list.updateGeometries()
        self.agree.setEnabled(bool(found.ids))
        if found.ids:
            self._choose(0)
            self.said.setText(tr("Shift and Down choose several"))
        else:
            self.said.setText(tr("No highlight says that.") if words else tr("No highlights yet."))

    def _choose(self, place: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self.model.index(place), flag)

    def _on_opened(self, _index: QModelIndex) -> None:
        self.insert()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                is_more = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.list.go(1 if event.key() == Qt.Key.Key_Down else -1, is_more)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.insert()
                return True
        return super().eventFilter(watched, event)
