"""The pages about a tool: a line for each on its card, and the box that finds another one.

The surprising fact: a line is a button, so Enter opens the page and Delete says that it is not about the
tool; the page itself stays.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from desktop.languages import tr
from desktop.learning import toolkit
from desktop.library import lists
from desktop.library.values import Row, View
from desktop.store.reader import Reader
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.palette.choice_list import ChoiceList
from desktop.ui.palette.rows import ONE_LINE, Answer
from desktop.ui.parts import moments
from desktop.ui.parts.overlay import Overlay
from desktop.ui.theme import Lengths, Theme

SHOWN = 7
MOST = 200
"""Lines on one card; a tool with more pages is found by the search."""


class PageLine(QAbstractButton):
    """Title and day of a page. ``clicked`` opens it, ``untied`` says that it is not about the tool."""

    untied = Signal(int)

    def __init__(self, theme: Theme, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.row = theme, row
        self._when = moments.short(row.saved_at, date.today())
        self.setText(row.title or row.site)
        self.setAccessibleName(f"{self.text()}, {moments.spoken(row.saved_at, date.today())}")
        self.setAccessibleDescription(tr("Press Delete when it is not about this tool"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("hover"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        middle = self.height() // 2
        picture = icons.pixmap("book-open", theme.colour("muted"), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(6, middle - 8), picture)
        small, font = theme.font("caption"), theme.font("body")
        day = QFontMetrics(small).horizontalAdvance(self._when)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        room = self.width() - 32 - day - 20
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        words = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(32, 0, room, self.height() - 1), flags, words)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(self.width() - day - 8, 0, day + 2, self.height() - 1), flags, self._when)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -2), 4, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.untied.emit(self.row.id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu_of_it()
        menu.popup(event.globalPos())

    def menu_of_it(self) -> QMenu:
        """What can be done with it; the menu deletes itself when it closes."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ink = self._theme.colour("muted")
        menu.addAction(icons.icon("book-open", ink), tr("Open")).triggered.connect(self.click)
        away = menu.addAction(icons.icon("unlink", ink), tr("Not about this tool"))
        away.triggered.connect(self._untie)
        return menu

    def _untie(self) -> None:
        self.untied.emit(self.row.id)


class PagePicker(Overlay):
    """Finds a page by its title, site or tags; Enter says that it is about the tool."""

    def __init__(self, desk: Desk, tool_id: int, but: Sequence[int], parent: QWidget) -> None:
        title = tr("A page about this tool")
        super().__init__(desk.theme, title, Lengths.DIALOG, parent)
        self._desk, self._tool_id, self._but = desk, tool_id, frozenset(but)
        heading = QLabel(title, self.panel)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setFont(desk.theme.font("section"))
        self.field = QLineEdit(self.panel)
        self.field.setMinimumHeight(36)
        self.field.setPlaceholderText(tr("Title, site or tag of the page"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._find)
        self.list = ChoiceList(desk.theme, tr("Pages that fit"), SHOWN * ONE_LINE, self.panel)
        self.list.taken.connect(self._take)
        top = QVBoxLayout()
        top.setContentsMargins(24, 0, 24, 0)
        top.setSpacing(10)
        top.addWidget(heading)
        top.addWidget(self.field)
        layout = QVBoxLayout(self.panel)
        layout.setContentsMargins(0, 18, 0, 12)
        layout.addLayout(top)
        layout.addWidget(self.list)
        self.list.fill(())
        self._find("")

    def first_focus(self) -> QWidget:
        return self.field

    def panel_box(self) -> QRect:
        width = min(self._width, self.width() - 32)
        height = min(self.height_for(width), self.height() - 32)
        return QRect((self.width() - width) // 2, max(16, min(110, self.height() // 7)), width, height)

    def _find(self, words: str) -> None:
        self._desk.tasks.start(self._fill(words.strip()))

    async def _fill(self, words: str) -> None:
        rows = await self._desk.tasks.read(_pages, words, self._but)
        if rows is None or self._is_closing or words != self.field.text().strip():
            return
        lines = [Answer(ONE_LINE, row.title or row.site, row.site, icon="book-open", fills=str(row.id))
                 for row in rows]  # fmt: skip
        self.list.fill(lines, is_first_chosen=bool(words))
        self.refit()

    def _take(self, choice: Answer) -> None:
        self.dismiss()
        self._desk.tasks.run("tie a page to a tool", toolkit.tie, self._tool_id, [int(choice.fills)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.list.go(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                chosen = self.list.chosen or self.list.first
                if chosen is not None:
                    self._take(chosen)
                return True
        return super().eventFilter(watched, event)


def about(reader: Reader, source_ids: Sequence[int]) -> list[Row]:
    """The pages about a tool that are shown on its card, the newest first."""
    return sorted(lists.page(reader, source_ids[-MOST:]), key=lambda row: -row.saved_at)


def _pages(reader: Reader, words: str, but: frozenset[int]) -> list[Row]:
    """Pages that fit; the newest with nothing typed."""
    if words:
        rows = lists.find_titles(reader, words, SHOWN + len(but))
    else:
        rows = lists.page(reader, list(lists.ids(reader, View())[: SHOWN + len(but)]))
    return [row for row in rows if row.id not in but][:SHOWN]
