"""The week above the list: seven days with what was studied (a tick) and what is planned.

The surprising fact: it is one widget with a day chosen in it; the arrow keys move the day and Enter opens
its first activity.
"""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QToolTip, QWidget

from desktop.languages import tr, writing
from desktop.learning.week import DayItem, Week, WeekDay
from desktop.ui import icons
from desktop.ui.parts.tooltips import tooltip
from desktop.ui.study import words
from desktop.ui.theme import Theme

HEIGHT, SIDE, GAP, PAD, LINES = 88, 20, 6, 8, 2


class WeekStrip(QAbstractButton):
    """``picked`` says the activity of a day that was clicked or opened by Enter."""

    picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._days: tuple[WeekDay, ...] = ()
        self.chosen = date.today().weekday()
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("This week"))
        self.clicked.connect(self._open)
        theme.changed.connect(self.update)

    def show_week(self, week: Week) -> None:
        """Show these days."""
        self._days = week.days
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def _say(self) -> None:
        if self._days:
            self.setAccessibleName(tr("This week: {day}").format(day=spoken(self._days[self.chosen])))

    def _open(self) -> None:
        items = self._days[self.chosen].items if self._days else ()
        if items:
            self.picked.emit(items[0].activity_id)

    def box_of(self, number: int) -> QRectF:
        """Where a day stands, Monday is 0."""
        width = (self.width() - 2 * SIDE - 6 * GAP) / 7
        return QRectF(SIDE + number * (width + GAP), 12, width, HEIGHT - 25)

    def _day_at(self, point: QPoint) -> int:
        return next((one for one in range(len(self._days)) if self.box_of(one).contains(point)), -1)

    # ── events ──────────────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day >= 0:
            self.chosen = day
            self._say()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step and self._days:
            self.chosen = min(6, max(0, self.chosen + step))
            self._say()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            day = self._day_at(event.pos())
            said = "\n".join(_line(item) for item in self._days[day].items) if day >= 0 else ""
            QToolTip.showText(event.globalPos(), tooltip(said) if said else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
        today = date.today().isoformat()
        for number, day in enumerate(self._days):
            self._paint_day(painter, self.box_of(number), day, day.day == today)
            if self.hasFocus() and number == self.chosen:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self._theme.colour("focus"), 2))
                painter.drawRoundedRect(self.box_of(number).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_day(self, painter: QPainter, box: QRectF, day: WeekDay, is_today: bool) -> None:
        colour = self._theme.colour
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft" if is_today else "bg"))
        painter.drawRoundedRect(box, 5, 5)
        then = date.fromisoformat(day.day)
        ink = colour("on_accent_soft" if is_today else "muted")
        inside = box.adjusted(PAD if box.width() > 64 else 3, 5, -3, -4).toRect()
        font = self._theme.font("caption", 600 if is_today else 400)
        painter.setFont(font)
        painter.setPen(ink)
        name = f"{writing.short_weekday(then)} {then.day}"
        if QFontMetrics(font).horizontalAdvance(name) > inside.width():
            name = str(then.day)
        painter.drawText(
            QRect(inside.left(), inside.top(), inside.width(), 16), Qt.AlignmentFlag.AlignVCenter, name
        )
        if len(day.items) == 1:
            self._paint_one(painter, inside, day.items[0], is_today)
            return
        for number, item in enumerate(day.items[:LINES]):
            is_last = number == LINES - 1 and len(day.items) > LINES
            text = f"+{len(day.items) - number}" if is_last else _short(item)
            line = QRect(inside.left(), inside.top() + 19 + number * 17, inside.width(), 16)
            self._paint_item(painter, line, text, item.is_done and not is_last, is_today)

    def _paint_one(self, painter: QPainter, inside: QRect, item: DayItem, is_today: bool) -> None:
        """A day's only item has both lines: when and what, or what and how long."""
        first = item.time or item.title
        length = words.hours(item.minutes) if item.minutes else ""
        second = item.title if item.time else length
        line = QRect(inside.left(), inside.top() + 19, inside.width(), 16)
        self._paint_item(painter, line, first, item.is_done, is_today)
        self._paint_item(painter, line.translated(0, 17), second, False, is_today)

    def _paint_item(self, painter: QPainter, box: QRect, text: str, is_done: bool, is_today: bool) -> None:
        ink = self._theme.colour("on_accent_soft" if is_today else "text")
        font = self._theme.font("caption")
        if is_done:
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(QPoint(box.left() - 1, box.top() + 2), icons.pixmap("check", ink, 12, ratio))
            box = box.adjusted(14, 0, 0, 0)
        painter.setFont(font)
        painter.setPen(ink)
        text = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


def _short(item: DayItem) -> str:
    """``16:00 Webinar``, ``Python``: the time, then what it is."""
    return " ".join(part for part in (item.time, item.title) if part)


def _line(item: DayItem) -> str:
    length = words.hours(item.minutes) if item.minutes else ""
    how = tr("studied") if item.is_done else tr("planned")
    return ", ".join(part for part in (item.time, item.title, how, length) if part)


def spoken(day: WeekDay) -> str:
    """A day as a screen reader says it."""
    then = date.fromisoformat(day.day)
    said = "; ".join(_line(item) for item in day.items) or tr("nothing planned")
    return f"{writing.weekday(then)}, {said}"
