"""The row at the foot of the window while a session of study is timed: how long, at what, Stop and Cancel.

The surprising fact: it is there in every view, and gone when no timer runs.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.languages import tr
from desktop.ui import icons
from desktop.ui.desk import Desk
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.notices import tooltip
from desktop.ui.parts.words_card import Words
from desktop.ui.study import timer as study_timer

HEIGHT = 40
NAME = "study_bar"


def floor(window: QWidget) -> int:
    """Where what floats over the window may end: its height, or the top of this row while that is shown."""
    bar = window.findChild(StudyBar, NAME)
    return window.height() - (bar.height() if bar is not None and not bar.isHidden() else 0)


class StudyBar(QWidget):
    """Below the panes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.study = study_timer.of(desk)
        self.setObjectName(NAME)
        self.setFixedHeight(HEIGHT)
        theme = desk.theme
        self.time = Words(theme, "strong", 18, "on_accent_soft")
        self.time.setWordWrap(False)
        self.time.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.what = Button(theme, "", kind="quiet", is_small=True, parent=self)
        self.what.setMinimumWidth(40)
        self.stop = Button(theme, tr("Stop"), icon="square", is_small=True, parent=self)
        self.cancel = Button(theme, tr("Put back"), kind="quiet", is_small=True, parent=self)
        self.stop.setAccessibleName(tr("Stop the timer and keep the minutes"))
        self.cancel.setAccessibleName(tr("Put the timer back and keep nothing"))
        self.cancel.setToolTip(tr("Keep nothing of this session"))
        row = QHBoxLayout(self)
        row.setContentsMargins(44, 1, 16, 0)
        row.setSpacing(8)
        row.addWidget(self.time)
        row.addWidget(self.what)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.stop)
        self.what.clicked.connect(self._open)
        self.stop.clicked.connect(self.study.stop)
        self.cancel.clicked.connect(self.study.cancel)
        self.study.changed.connect(self._on_changed)
        self.study.ticked.connect(self._tick)
        desk.theme.changed.connect(self.update)
        self.hide()

    def _open(self) -> None:
        self._desk.ask_view(f"activity:{self.study.activity_id}")

    def _on_changed(self) -> None:
        row = self.study.row
        self.setVisible(row is not None)
        if row is None:
            return
        room = max(120, self.width() - 360)
        title = self.what.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, room)
        self.what.set_label(title)
        self.what.setAccessibleName(tr("Studying: {title}").format(title=row.title))
        self.what.setToolTip(tooltip(row.title))
        self._tick()

    def _tick(self) -> None:
        self.time.say(self.study.said)
        self.time.setAccessibleName(tr("Time studied: {time}").format(time=self.study.said))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._desk.theme.colour
        painter.fillRect(self.rect(), colour("accent_soft"))
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        ink = colour("on_accent_soft")
        painter.drawPixmap(QPoint(16, 13), icons.pixmap("timer", ink, 16, self.devicePixelRatioF()))
