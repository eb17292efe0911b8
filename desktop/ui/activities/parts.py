"""The small parts of an activity's pane: figures, the card of the timer, lines that lead somewhere.

The surprising fact: figures are one painted widget with one sentence for a screen reader.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.languages import tr, trn, writing
from desktop.learning.values import Activity
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import Flow, LinkButton, tall
from desktop.ui.parts.words_card import Words
from desktop.ui.study import timer as study_timer
from desktop.ui.study import words
from desktop.ui.theme import Lengths, Theme

Figure = tuple[str, str, str]
"""Large, small beside it, and what it is."""


class Figures(QWidget):
    """Numbers side by side, each with its words below."""

    HEIGHT = 58

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: list[Figure] = []
        self.setFixedHeight(self.HEIGHT)
        theme.changed.connect(self.update)

    def say(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        self._figures = list(figures)
        self.setAccessibleName(", ".join(f"{large} {small} {what}" for large, small, what in figures))
        self.setVisible(bool(figures))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, x = self._theme, 0
        large_font, small_font, font = theme.font("figure"), theme.font("section", 400), theme.font("caption")
        for large, small, what in self._figures:
            width = QFontMetrics(large_font).horizontalAdvance(large)
            painter.setFont(large_font)
            painter.setPen(theme.colour("text"))
            painter.drawText(QRect(x, 0, width + 2, 36), Qt.AlignmentFlag.AlignBottom, large)
            beside = QFontMetrics(small_font).horizontalAdvance(small)
            painter.setFont(small_font)
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(x + width + 5, 0, beside + 2, 33), Qt.AlignmentFlag.AlignBottom, small)
            painter.setFont(font)
            painter.drawText(QRect(x, 38, 220, 18), Qt.AlignmentFlag.AlignVCenter, what)
            below = QFontMetrics(font).horizontalAdvance(what)
            x += max(width + beside + 5, below) + 28


def figures_of(whole: Activity) -> list[Figure]:
    """What an activity counts: units, time, comments."""
    row, found = whole.row, list[Figure]()
    if row.units:
        of = tr("of {n}").format(n=writing.number(row.units))
        found.append((writing.number(row.units_done), of, tr("units")))
    if row.spent or row.minutes:
        planned = (
            tr("spent, {time} planned").format(time=words.hours(row.minutes)) if row.minutes else tr("spent")
        )
        if row.spent >= 60:
            hours, rest = divmod(row.spent, 60)
            found.append((writing.number(hours), tr("h {minutes}").format(minutes=f"{rest:02}"), planned))
        else:
            found.append((writing.number(row.spent), tr("min"), planned))
    if whole.comments:
        number = len(whole.comments)
        found.append((writing.number(number), "", trn("comment", "comments", number)))
    return found


class TimerCard(QWidget):
    """Start a session, or the one that runs with Stop; log one, plan one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme = desk.theme
        self.study = study_timer.of(desk)
        self._activity_id, self._unit = 0, ""
        theme = desk.theme
        self.says = Words(theme, "body", 18, "on_accent_soft")
        self.stop = Button(theme, tr("Stop"), key="T", is_small=True)
        self.back = Button(theme, tr("Put back"), kind="quiet", is_small=True)
        self.back.setToolTip(tr("Keep nothing of this session"))
        self.start = Button(theme, tr("Start a session"), icon="timer", key="T", is_small=True)
        self.log = Button(theme, tr("Log time"), key="M", is_small=True)
        self.plan = Button(theme, tr("Plan"), key="P", is_small=True)
        self.idle = Flow(self, room=3)
        self.idle.show_widgets((self.start, self.log, self.plan))
        self.card = QWidget(self)
        row = QHBoxLayout(self.card)
        row.setContentsMargins(42, 9, 12, 9)
        row.setSpacing(6)
        row.addWidget(self.says, 1)
        row.addWidget(self.back)
        row.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.card)
        column.addWidget(self.idle)
        self.stop.clicked.connect(self.study.stop)
        self.back.clicked.connect(self.study.cancel)
        self.study.changed.connect(self.refresh)
        self.study.ticked.connect(self.tick)
        theme.changed.connect(self.update)

    def show_activity(self, activity_id: int, unit: str) -> None:
        """This activity may be timed; ``unit``: the next one."""
        self._activity_id, self._unit = activity_id, unit
        self.refresh()

    @property
    def is_running(self) -> bool:
        """Whether this activity is being studied."""
        return bool(self._activity_id) and self.study.activity_id == self._activity_id

    def refresh(self) -> None:
        """Show the timer when it runs here."""
        self.card.setVisible(self.is_running)
        self.idle.setVisible(not self.is_running)
        for button in (self.start, self.log, self.plan):
            button.setEnabled(self._desk.can_write)
        self.tick()
        self.update()

    def tick(self) -> None:
        """Another second."""
        if self.is_running:
            time = self.study.said
            self.says.say(tr("{time} in {unit}").format(time=time, unit=self._unit) if self._unit else time)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.is_running:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._theme.colour
        painter.setPen(QPen(colour("line"), 1) if self._theme.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(colour("accent_soft"))
        painter.drawRoundedRect(QRectF(self.card.geometry()), Lengths.RADIUS_PANEL, Lengths.RADIUS_PANEL)
        picture = icons.pixmap("timer", colour("on_accent_soft"), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(14, self.card.y() + (self.card.height() - 16) // 2), picture)


class PartHead(QWidget):
    """A heading of a part, and one act at its right."""

    def __init__(self, theme: Theme, title: str, act: str = "") -> None:
        super().__init__()
        self.title = Words(theme, "section", 20)
        self.title.say(title)
        self.link = LinkButton(theme, act, "")
        self.link.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 16, 0, 4)
        row.addWidget(self.title, 1)
        row.addWidget(self.link)
        # Only now: a widget without a parent that is shown is a window, and takes the keys.
        self.link.setVisible(bool(act))


class Line(QWidget):
    """Icon, words, something at the right, small buttons; a line below."""

    def __init__(self, theme: Theme, icon: str, text: str, right: str = "", *, is_own: bool = False) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setSizePolicy(tall())
        self.words = Words(theme, "own_row" if is_own else "body", 20 if is_own else 18)
        self.words.say(text)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(26 if icon else 0, 6, 0, 7)
        self.row.setSpacing(4)
        self.row.addWidget(self.words, 1)
        if right:
            self.right = Words(theme, "caption", 18, "muted")
            self.right.say(right)
            self.right.setWordWrap(False)
            self.right.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            self.row.addWidget(self.right)
        theme.changed.connect(self.update)

    def add(self, label: str, icon: str) -> Button:
        """A small button at the right."""
        button = Button(self._theme, label, icon=icon, kind="icon", is_small=True)
        self.row.addWidget(button)
        return button

    def _spare(self) -> int:
        """Room above the first line of the words, which stand in the middle."""
        return max(0, self.words.height() - self.words.heightForWidth(self.words.width()))

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour("line"))
        if self._icon:
            picture = icons.pixmap(self._icon, colour("muted"), 16, self.devicePixelRatioF())
            painter.drawPixmap(QPoint(0, self.words.y() + 1 + self._spare() // 2), picture)


class CommentLine(QWidget):
    """A comment at a moment: the time leads to the film, the person's words carry their rule."""

    def __init__(self, theme: Theme, time: str, text: str, heard: str) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(tall())
        self.time = LinkButton(theme, time, "play")
        self.time.setAccessibleName(tr("Open the video at {time}: {comment}").format(time=time, comment=text))
        self.time.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = Words(theme, "own_card", 23)
        self.words.say(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 0, 10)
        column.setSpacing(2)
        column.addWidget(self.time)
        column.addWidget(self.words)
        if heard:
            line = Words(theme, "caption", 17, "muted")
            line.say(tr("“{line}”").format(line=heard))
            column.addWidget(line)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = self.words.geometry()
        rule = QRect(0, box.top(), 2, box.height())
        QPainter(self).fillRect(rule, self._theme.colour("own_words_rule"))
